//! What a report comes to in an audit: a report goes in and what is kept of it comes out ([`Judged`]); with the pair it is about and
//! the policy of its rule that becomes the pair's [`Entry`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    expand::{Pair, Source},
    place::{self, Lines},
    plan::{Policy, Rule as PlanRule},
};
use crate::{
    capture::{Assurance, Capture},
    check::{Anchor, ClaimStatus, Facet, Severity, Verdict},
    digest::Digest,
    extract::Style,
    moment::Moment,
    pipeline,
    report::{
        self, Report,
        audit::Rule,
        wire::audit::{Because, Checked, Entry, Found, Level, Outcome, Side, State, Unchecked},
    },
};

/// What is kept of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The original.
    pub original: Side,
    /// The copy.
    pub copy: Side,
    /// The result.
    pub checked: Checked,
    /// What there is to say, in reading order of the copy.
    pub things: Vec<Thing>,
}

/// One thing a report says, before anybody's policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    rule: String,
    id: Option<String>,
    severity: Severity,
    message: String,
    original: Option<Anchor>,
    copy: Option<Anchor>,
    styles: Vec<Style>,
    facets: Vec<Facet>,
    href: Option<String>,
    declared: bool,
    /// The words around it by which it is known.
    around: String,
    /// The line of the copy's file.
    line: Option<u64>,
}

/// What is known of a comparison beside its report.
pub struct Beside<'a> {
    /// The comparison.
    pub checked: &'a pipeline::Checked,
    /// The copy's file, where it is one.
    pub file: Option<&'a Capture>,
}

impl Thing {
    fn new(rule: Rule, severity: Severity, message: String) -> Self {
        Self {
            rule: rule.slug(),
            id: None,
            severity,
            message,
            original: None,
            copy: None,
            styles: Vec::new(),
            facets: Vec::new(),
            href: None,
            declared: false,
            around: String::new(),
            line: None,
        }
    }

    /// The same with where it stands.
    fn placed(mut self, beside: Option<&Beside<'_>>, lines: &mut Option<Lines>) -> Self {
        let sides = [&self.original, &self.copy];
        self.around = match beside {
            Some(beside) => place::around(beside.checked, self.original.as_ref(), self.copy.as_ref()),
            None => sides
                .into_iter()
                .flatten()
                .next()
                .map_or(String::new(), |anchor| format!("{}\n{}", anchor.prefix, anchor.suffix)),
        };
        let file = beside.and_then(|beside| beside.file);
        self.line = self.copy.as_ref().zip(file).and_then(|(anchor, file)| {
            // A page without findings is not read a second time.
            lines.get_or_insert_with(|| Lines::of(file)).line(anchor)
        });
        self
    }

    /// What it is known by inside its pair, but for how often that came before.
    fn stem(&self) -> String {
        // The id of a finding is made of its kind and its words; where a link leads is not among them.
        let words = |anchor: &Option<Anchor>| anchor.as_ref().map_or(String::new(), |anchor| anchor.exact.clone());
        let href = self.href.as_deref().unwrap_or_default();
        let styles: Vec<&str> = self.styles.iter().map(|style| style.slug()).collect();
        let own =
            [self.rule.as_str(), &words(&self.original), &words(&self.copy), href, &styles.join(" "), &self.around];
        own.join("\n")
    }
}

impl Judged {
    /// Takes from `report`, whose JSON has the digest `sha256`, what an audit says of it. Without what is `beside` it, passages are known
    /// by what the report has of the words around them, and no line is told.
    pub fn of(report: &Report, sha256: Digest, beside: Option<&Beside<'_>>) -> Self {
        let mut lines = None;
        let quotes = report.quotes.iter().filter_map(|quote| {
            let severity = quote.severity()?;
            let mut facets: Vec<Facet> = quote.changes.iter().flat_map(|change| change.facets.clone()).collect();
            facets.sort_unstable();
            facets.dedup();
            // A quotation whose words are right can still set some of them off.
            let rule = quote.status.severity().map_or(Rule::QuoteEmphasised, |_| Rule::Quote(quote.status));
            Some(Thing {
                id: Some(quote.id.clone()),
                original: quote.original.clone(),
                copy: Some(quote.copy.clone()),
                facets,
                ..Thing::new(rule, severity, quote.message.clone())
            })
        });
        let claims =
            report.claims.iter().filter(|claim| claim.status == ClaimStatus::Contradicted).map(|claim| Thing {
                id: Some(claim.id.clone()),
                copy: claim.copy.clone(),
                ..Thing::new(
                    Rule::ClaimContradicted,
                    Severity::Warning,
                    format!("“{}”: {}", claim.text, claim.evidence),
                )
            });
        let findings = report.findings.iter().map(|finding| Thing {
            id: Some(finding.id.clone()),
            original: finding.original.clone(),
            copy: finding.copy.clone(),
            styles: finding.styles.clone(),
            facets: finding.facets.clone(),
            href: finding.href.clone(),
            declared: finding.declared_by.is_some(),
            ..Thing::new(Rule::Finding(finding.kind), finding.severity, finding.message.clone())
        });
        Self {
            things: findings.chain(quotes).chain(claims).map(|thing| thing.placed(beside, &mut lines)).collect(),
            original: side(&report.original),
            copy: side(&report.copy),
            checked: Checked {
                verdict: report.verdict,
                disclosed: report.disclosed,
                coverage: report.coverage,
                limits: report.limits.clone(),
                summary: report.summary.clone(),
                report_sha256: sha256.to_string(),
            },
        }
    }
}

fn side(source: &report::Source) -> Side {
    Side {
        locator: source.locator.clone(),
        path: None,
        url: source.final_url.clone().or_else(|| source.url.clone()),
        sha256: Some(source.sha256.clone()),
        text_sha256: Some(source.text_sha256.clone()),
        retrieved_at: source.retrieved_at,
        via: Some(source.via),
        assurance: Some(source.assurance),
        title: source.title.clone(),
    }
}

/// What a source is before anything is known of it.
fn unread(source: &Source) -> Side {
    Side {
        locator: source.name.clone(),
        path: source.path.clone(),
        url: None,
        sha256: None,
        text_sha256: None,
        retrieved_at: None,
        via: None,
        assurance: None,
        title: None,
    }
}

/// A pair with its place in the plan and the rule it is from.
#[derive(Clone, Copy)]
pub struct Planned<'a> {
    /// Its place, from 0.
    pub index: u64,
    /// The pair.
    pub pair: &'a Pair,
    /// The rule.
    pub rule: &'a PlanRule,
}

impl Planned<'_> {
    /// The entry of a pair that was checked when it was `now`.
    pub fn checked(self, judged: Judged, now: Moment) -> Entry {
        let Judged { mut original, mut copy, checked, things } = judged;
        for (side, source) in [(&mut original, &self.pair.original), (&mut copy, &self.pair.copy)] {
            side.locator.clone_from(&source.name);
            side.path.clone_from(&source.path);
        }
        let policy = &self.rule.policy;
        let whole = verdict(&checked, policy).into_iter().chain(demands(policy, &checked, [&original, &copy], now));
        let findings = levelled(&self.pair.id, &self.rule.policy, whole.chain(things).collect());
        let outcome = Outcome::Checked(Box::new(checked));
        self.entry(original, copy, outcome, findings)
    }

    /// The entry of a pair that was not.
    pub fn unchecked(self, because: Because, reason: String) -> Entry {
        let severity = match because {
            Because::NotSelected | Because::BrokenOff => Severity::Note,
            Because::Unreadable | Because::NotFetched | Because::Fault => Severity::Error,
        };
        let things = vec![Thing::new(Rule::Unchecked, severity, reason.clone())];
        let mut findings = levelled(&self.pair.id, &self.rule.policy, things);
        // What was not looked at yet is no fault of the pair; that the run is a part only is said of the run.
        if severity == Severity::Note {
            findings.iter_mut().for_each(|found| found.level = Level::Allow);
        }
        let sides = [unread(&self.pair.original), unread(&self.pair.copy)];
        let [original, copy] = sides;
        self.entry(original, copy, Outcome::Unchecked(Unchecked { because, reason }), findings)
    }

    fn entry(self, original: Side, copy: Side, outcome: Outcome, findings: Vec<Found>) -> Entry {
        let (id, rule) = (self.pair.id.clone(), self.rule.name.clone());
        let plan_line = Some(self.pair.copy.at.line as u64);
        Entry { index: self.index, id, rule, original, copy, plan_line, unchanged: false, outcome, findings }
    }
}

/// Gives everything its level and its fingerprint.
fn levelled(pair: &str, policy: &Policy, things: Vec<Thing>) -> Vec<Found> {
    let mut seen = BTreeMap::new();
    let found = |thing: Thing| {
        let stem = thing.stem();
        let before = seen.entry(stem.clone()).or_insert(0_u64);
        *before += 1;
        let fingerprint = Digest::of(format!("{}\n{stem}\n{before}", pair).as_bytes());
        Found {
            level: policy.level(&thing.rule, thing.severity, &thing.facets),
            fingerprint: fingerprint.to_string().chars().take(32).collect(),
            rule: thing.rule,
            id: thing.id,
            severity: thing.severity,
            state: State::New,
            accepted: None,
            message: thing.message,
            original: thing.original,
            copy: thing.copy,
            styles: thing.styles,
            facets: thing.facets,
            href: thing.href,
            declared: thing.declared,
            line: thing.line,
        }
    };
    things.into_iter().map(found).collect()
}

/// The entry of a report that no plan asked for: its findings weigh what they weigh where a plan says nothing, but that a warning
/// warns.
pub fn alone(report: &Report, sha256: Digest) -> Entry {
    let Judged { original, copy, checked, things } = Judged::of(report, sha256, None);
    let policy = Policy::default();
    let whole = verdict(&checked, &policy);
    let id = super::expand::id(&original.locator, &copy.locator);
    let mut findings = levelled(&id, &policy, whole.into_iter().chain(things).collect());
    for found in findings.iter_mut().filter(|found| found.severity == Severity::Warning) {
        found.level = found.level.min(Level::Warn);
    }
    let outcome = Outcome::Checked(Box::new(checked));
    Entry {
        index: 0,
        id,
        rule: "report".to_owned(),
        original,
        copy,
        plan_line: None,
        unchanged: false,
        outcome,
        findings,
    }
}

/// What the verdict is by itself, where the policy has something to say of it.
fn verdict(checked: &Checked, policy: &Policy) -> Option<Thing> {
    policy.verdict(checked.verdict)?;
    let severity = match checked.verdict {
        Verdict::Verbatim => Severity::Note,
        Verdict::Emphasised | Verdict::Excerpted | Verdict::Quoting | Verdict::Undetermined => Severity::Warning,
        Verdict::Altered | Verdict::Unrelated => Severity::Error,
    };
    let (_, sentence) = report::words::verdict(checked.verdict);
    let why = checked.limits.iter().filter(|_| checked.verdict == Verdict::Undetermined);
    let why: String = why.take(3).map(|limit| format!(" {}", limit.message)).collect();
    Some(Thing::new(Rule::Verdict(checked.verdict), severity, format!("{sentence}{why}")))
}

/// What the plan demands and is not so.
fn demands(policy: &Policy, checked: &Checked, sides: [&Side; 2], now: Moment) -> Vec<Thing> {
    let mut things = Vec::new();
    if let Some(least) = policy.minimum_coverage.filter(|least| checked.coverage.share < *least) {
        let message = format!(
            "{:.1} % of the original’s words stand in the copy; the plan demands {:.1} %.",
            checked.coverage.share * 100.0,
            least * 100.0
        );
        things.push(Thing::new(Rule::Coverage, Severity::Error, message));
    }
    let wanted = [policy.original_assurance, policy.copy_assurance];
    for ((side, wanted), name) in sides.into_iter().zip(wanted).zip(["original", "copy"]) {
        let Some((wanted, is)) = wanted.zip(side.assurance) else { continue };
        if rank(is) < rank(wanted) {
            let message = format!("The {name} is {}; the plan demands {}.", graded(is), graded(wanted));
            things.push(Thing::new(Rule::Assurance, Severity::Error, message));
        }
    }
    for (side, name) in sides.into_iter().zip(["original", "copy"]) {
        let Some(most) = policy.max_age else { continue };
        let message = match side.retrieved_at {
            Some(at) if now.unix() - at.unix() <= most => continue,
            Some(at) => format!("The {name} was captured at {at}, which is longer ago than the plan allows."),
            None => format!("Nobody knows when the {name} was captured, and the plan allows it no more than some age."),
        };
        things.push(Thing::new(Rule::Age, Severity::Error, message));
    }
    things
}

fn rank(assurance: Assurance) -> u8 {
    match assurance {
        Assurance::Supplied => 0,
        Assurance::Archive => 1,
        Assurance::Publisher => 2,
    }
}

fn graded(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Supplied => "a file somebody handed over (supplied)",
        Assurance::Archive => "a web archive’s record (archive)",
        Assurance::Publisher => "fetched from its own host (publisher)",
    }
}
