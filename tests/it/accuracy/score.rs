//! Reports held against what was really done to a text.

use std::collections::BTreeMap;

use vidimus::{
    Checked, Verdict,
    check::{Anchor, Class, Finding, Kind, Severity},
    extract::Document,
};

use super::{article::Label, pages::Page};
use crate::support::rebuild::line;

/// Figures over many cases.
#[derive(Debug, Default)]
pub struct Score {
    /// By alteration: found, found with exactly its words, made.
    pub kinds: BTreeMap<&'static str, [usize; 3]>,
    /// Framing of pages: found as such, printed.
    pub framing: BTreeMap<&'static str, [usize; 2]>,
    /// Findings that nothing was done for.
    pub false_alarms: Vec<String>,
    /// Findings about words of the page's furniture.
    pub furniture: Vec<String>,
    /// Alterations told of by more than one finding.
    pub shredded: Vec<String>,
    /// Alterations no finding tells of, and those whose finding has other words.
    pub missed: Vec<String>,
    /// Verdicts that do not follow from what was done.
    pub verdicts: Vec<String>,
    /// Reports that do not account for every word.
    pub unbalanced: Vec<String>,
    /// Pages looked at, and those without an alteration.
    pub pages: [usize; 2],
    /// Pages without an alteration that came out as verbatim.
    pub verbatim: usize,
}

impl Score {
    /// Counts one case.
    pub fn add(&mut self, name: &str, page: &Page, labels: &[Label], checked: &Checked) {
        let report = &checked.report;
        self.pages[0] += 1;
        let mut used = vec![false; report.findings.len()];
        for label in labels {
            self.label(name, label, &report.findings, &mut used);
        }
        let made: Vec<String> =
            labels.iter().flat_map(|label| [folded(&label.before), folded(&label.after)]).flatten().collect();
        let unused = report.findings.iter().zip(&used).filter(|(_, used)| !**used).map(|(finding, _)| finding);
        for finding in unused {
            let words = folded(&text(finding));
            if is_scored(finding) && (words.is_empty() || share(&words, &made) < 0.9) {
                self.false_alarms.push(format!("{name}:{}", line(finding)));
            }
        }
        self.page(name, page, &report.findings, &checked.copy);
        self.verdict(name, labels, report.verdict);
        let rebuilt = crate::support::rebuild::rebuild(report, &checked.original, &checked.copy, &checked.alignment);
        if let Some(Err(cause)) = rebuilt {
            self.unbalanced.push(format!("{name}: {cause}"));
        }
    }

    fn label(&mut self, name: &str, label: &Label, findings: &[Finding], used: &mut [bool]) {
        let mut hits: Vec<usize> = (0..findings.len()).filter(|index| hits(label, &findings[*index])).collect();
        let exact = hits.iter().any(|index| is_exact(label, &findings[*index]));
        if exact {
            // Words like “the” stand in other findings as well.
            hits.retain(|index| is_exact(label, &findings[*index]));
        }
        let counts = self.kinds.entry(label.name).or_default();
        counts[0] += usize::from(!hits.is_empty());
        counts[1] += usize::from(exact);
        counts[2] += 1;
        hits.iter().for_each(|index| used[*index] = true);
        let told = |findings: Vec<&Finding>| findings.into_iter().map(line).collect::<Vec<_>>().join("\n  ");
        let what = format!("{name}: {} {:?} -> {:?}", label.name, label.before, label.after);
        if hits.is_empty() {
            let near = findings.iter().filter(|finding| touches(label, finding)).collect();
            self.missed.push(format!("missed {what}\n  {}", told(near)));
        } else if !exact {
            self.missed
                .push(format!("inexact {what}\n  {}", told(hits.iter().map(|index| &findings[*index]).collect())));
        }
        // What hides old words and what shows new ones are two things to tell of.
        let kinds: std::collections::BTreeSet<Kind> = hits.iter().map(|index| findings[*index].kind).collect();
        let paragraph = label.name == "edit/paragraph-replaced" || kinds.contains(&Kind::HiddenText);
        if hits.len() > 1 && !(paragraph && kinds.len() == hits.len()) {
            self.shredded.push(format!("{what}\n  {}", told(hits.iter().map(|index| &findings[*index]).collect())));
        }
    }

    /// What the page itself puts around the text.
    fn page(&mut self, name: &str, page: &Page, findings: &[Finding], copy: &Document) {
        for (what, kinds, words) in &page.framing {
            let found = findings
                .iter()
                .any(|finding| kinds.contains(&finding.kind) && letters(&text(finding)).contains(&letters(words)));
            let counts = self.framing.entry(*what).or_default();
            counts[0] += usize::from(found);
            counts[1] += 1;
            if !found {
                let near = findings.iter().filter(|finding| letters(&text(finding)).contains(&letters(words)));
                self.missed.push(format!(
                    "framing {name}: {what} {words:?}\n  {}",
                    near.map(line).collect::<Vec<_>>().join("\n  ")
                ));
            }
        }
        for finding in findings.iter().filter(|finding| finding.kind != Kind::Link) {
            let Some(anchor) = &finding.copy else { continue };
            let block = letters(copy.block_text(anchor.block));
            if page.furniture.iter().any(|part| letters(part) == block) {
                self.furniture.push(format!("{name}:{}", line(finding)));
            }
        }
    }

    fn verdict(&mut self, name: &str, labels: &[Label], verdict: Verdict) {
        let wanted = labels.iter().filter_map(|label| label.verdict).max().unwrap_or(Verdict::Verbatim);
        let open = labels.iter().any(|label| label.verdict.is_none());
        if labels.is_empty() {
            self.pages[1] += 1;
            self.verbatim += usize::from(verdict == Verdict::Verbatim);
        }
        if verdict != wanted && !(open && verdict == Verdict::Altered) {
            self.verdicts.push(format!("{name}: {verdict:?} for {wanted:?}"));
        }
    }

    /// Found, found exactly, made: over all kinds.
    pub fn total(&self) -> [usize; 3] {
        self.kinds.values().fold([0; 3], |sum, counts| [sum[0] + counts[0], sum[1] + counts[1], sum[2] + counts[2]])
    }

    /// How much there is to look into.
    pub fn trouble(&self) -> usize {
        [&self.missed, &self.false_alarms, &self.furniture, &self.shredded, &self.verdicts, &self.unbalanced]
            .into_iter()
            .map(Vec::len)
            .sum()
    }

    /// Everything as a table for people.
    pub fn table(&self) -> String {
        let mut out = String::new();
        for (name, [found, exact, made]) in &self.kinds {
            out += &format!("{name:<36} found {found:>4} / {made:<4} exact {exact:>4}\n");
        }
        for (name, [found, made]) in &self.framing {
            out += &format!("{name:<36} found {found:>4} / {made:<4}\n");
        }
        let lists = [
            ("missed or inexact", &self.missed),
            ("false alarms", &self.false_alarms),
            ("furniture told of", &self.furniture),
            ("shredded", &self.shredded),
            ("verdicts", &self.verdicts),
            ("unbalanced", &self.unbalanced),
        ];
        for (name, list) in &lists {
            list.iter().take(200).for_each(|entry| out += &format!("{name}: {entry}\n"));
        }
        let [found, exact, made] = self.total();
        out += &format!(
            "pages {}, alterations {made}, found {found}, exact {exact}; unaltered {} of which verbatim {}\n",
            self.pages[0], self.pages[1], self.verbatim
        );
        lists.iter().for_each(|(name, list)| out += &format!("{name}: {}\n", list.len()));
        out
    }
}

/// Whether a finding says that words were altered.
fn is_scored(finding: &Finding) -> bool {
    match finding.kind.class() {
        Class::Emphasis | Class::Concealment => true,
        Class::Edit => !matches!(finding.kind, Kind::Typography | Kind::ParagraphsSplit | Kind::ParagraphsJoined),
        Class::Framing => finding.severity > Severity::Note && finding.kind == Kind::Interjection,
    }
}

fn exact(anchor: &Option<Anchor>) -> &str {
    anchor.as_ref().map_or("", |anchor| anchor.exact.as_str())
}

/// The words a finding is about.
fn text(finding: &Finding) -> String {
    let copy = exact(&finding.copy);
    if copy.is_empty() { exact(&finding.original).to_owned() } else { copy.to_owned() }
}

/// Letters and figures alone, folded.
pub fn letters(text: &str) -> String {
    vidimus::text::words::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn folded(text: &str) -> Vec<String> {
    text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect()
}

/// The share of `these` words that are among `those`.
fn share(these: &[String], those: &[String]) -> f64 {
    let mut left: Vec<&String> = those.iter().collect();
    let found = these
        .iter()
        .filter(|word| left.iter().position(|other| other == word).map(|at| left.swap_remove(at)).is_some());
    let found = found.count();
    if these.is_empty() { 0.0 } else { found as f64 / these.len() as f64 }
}

fn hits(label: &Label, finding: &Finding) -> bool {
    if !label.kinds.contains(&finding.kind) {
        return false;
    }
    let side = |wanted: &str, got: &str| {
        let (wanted, got) = (folded(wanted), folded(got));
        !wanted.is_empty()
            && share(&wanted, &got) >= 0.6
            && (share(&got, &wanted) >= 0.3 || got.len() <= wanted.len() + 6)
    };
    // What was hidden stands in the message, not in an anchor.
    let hidden = finding.kind == Kind::HiddenText
        && [&label.before, &label.after]
            .iter()
            .any(|words| !words.is_empty() && letters(&finding.message).contains(&letters(words)));
    side(&label.after, exact(&finding.copy)) || side(&label.before, exact(&finding.original)) || hidden
}

fn is_exact(label: &Label, finding: &Finding) -> bool {
    let (before, after) = without_edges(&label.before, &label.after);
    let same = |wanted: &str, got: &str| letters(wanted) == letters(got);
    let old = same(&before, exact(&finding.original));
    let new = same(&after, exact(&finding.copy));
    match finding.kind.class() {
        _ if finding.kind == Kind::HiddenText => true,
        // A paragraph that came for another is one that went and one that came.
        Class::Edit if finding.copy.is_none() && !before.is_empty() => old,
        Class::Framing => new,
        // Emphasis that went away is about the words that had it, wherever its anchor in the copy ends.
        Class::Emphasis if after.is_empty() => old,
        Class::Emphasis | Class::Edit | Class::Concealment => new && (old || before.is_empty()),
    }
}

/// Both runs without the words they have in common at either end: a finding takes in no unchanged word.
fn without_edges(before: &str, after: &str) -> (String, String) {
    let (mut old, mut new): (Vec<_>, Vec<_>) =
        (before.split_whitespace().collect(), after.split_whitespace().collect());
    let differ = letters(before) != letters(after);
    let alike = |left: Option<&&str>, right: Option<&&str>| {
        left.zip(right).is_some_and(|(left, right)| letters(left) == letters(right))
    };
    while differ && alike(old.first(), new.first()) {
        old.remove(0);
        new.remove(0);
    }
    while differ && alike(old.last(), new.last()) {
        old.pop();
        new.pop();
    }
    (old.join(" "), new.join(" "))
}

fn touches(label: &Label, finding: &Finding) -> bool {
    let wanted: Vec<String> = folded(&label.before).into_iter().chain(folded(&label.after)).collect();
    let got: Vec<String> = folded(exact(&finding.original)).into_iter().chain(folded(exact(&finding.copy))).collect();
    share(&wanted, &got) >= 0.5
}
