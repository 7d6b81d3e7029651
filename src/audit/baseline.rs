//! What somebody accepted: a file of TOML goes in, a [`Baseline`] comes out that marks what is found. What it accepts stays in every
//! output; it only does not count, until its day is over.
//!
//! Each acceptance names a fingerprint, says why and who; pair, rule, copy and message are there for the people who read it.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use super::plan::{
    Mistake,
    table::{self, Table},
};
use crate::{
    moment::Moment,
    report::{
        audit::Rule,
        wire::audit::{Accepted, Entry, Outcome, Resolved, State},
    },
};

/// The version of baselines that is read.
const VERSION: f64 = 1.0;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// Something somebody accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// What is accepted.
    pub fingerprint: String,
    /// The pair it was found in.
    pub pair: String,
    /// What kind of thing it is.
    pub rule: String,
    /// The copy, as the plan has it.
    pub copy: String,
    /// The sentence about it.
    pub message: String,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub author: String,
    /// The last day it is accepted.
    pub expires: Option<String>,
}

impl Acceptance {
    /// What is said of it when it is `now`.
    fn accepted(&self, now: Moment) -> Accepted {
        Accepted {
            reason: self.reason.clone(),
            author: self.author.clone(),
            expires: self.expires.clone(),
            expired: self.expires.as_deref().is_some_and(|day| is_over(day, now)),
        }
    }

    /// It as something that is there no longer.
    pub fn resolved(&self) -> Resolved {
        Resolved {
            fingerprint: self.fingerprint.clone(),
            pair: self.pair.clone(),
            rule: self.rule.clone(),
            copy: self.copy.clone(),
            message: self.message.clone(),
        }
    }
}

/// Whether a day such as `2026-12-31` is over.
pub fn is_over(day: &str, now: Moment) -> bool {
    let last = Moment::parse_digits(&day.replace('-', ""));
    last.is_some_and(|last| now.unix() >= last.unix() + DAY)
}

/// Everything that is accepted, by fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By fingerprint.
    pub accepted: BTreeMap<String, Acceptance>,
}

impl Baseline {
    /// Marks what is accepted among what was found of a pair.
    pub fn mark(&self, entry: &mut Entry, now: Moment) {
        // Nobody can accept what nobody has seen.
        let seen = entry.findings.iter_mut().filter(|found| found.rule != Rule::Unchecked.slug());
        for found in seen {
            if let Some(acceptance) = self.accepted.get(&found.fingerprint) {
                found.state = State::Unchanged;
                found.accepted = Some(acceptance.accepted(now));
            }
        }
    }
}

/// Which acceptances have something to accept, told pair by pair.
#[derive(Clone, Debug)]
pub struct Watch<'b> {
    baseline: &'b Baseline,
    /// The pairs that it names.
    pairs: BTreeSet<&'b str>,
    met: BTreeSet<String>,
    checked: BTreeSet<String>,
}

impl<'b> Watch<'b> {
    /// Watches over a baseline.
    pub fn over(baseline: &'b Baseline) -> Self {
        let pairs = baseline.accepted.values().map(|one| one.pair.as_str()).collect();
        Self { baseline, pairs, met: BTreeSet::new(), checked: BTreeSet::new() }
    }

    /// Takes in a pair.
    pub fn see(&mut self, entry: &Entry) {
        if !self.pairs.contains(entry.id.as_str()) {
            return;
        }
        self.met.extend(entry.findings.iter().map(|found| found.fingerprint.clone()));
        if matches!(entry.outcome, Outcome::Checked(_)) {
            self.checked.insert(entry.id.clone());
        }
    }

    /// The acceptances whose pair was checked and does not have what they accept. Of a pair that was not checked nobody can say.
    pub fn resolved(&self) -> impl Iterator<Item = &'b Acceptance> {
        let gone = |one: &&Acceptance| !self.met.contains(&one.fingerprint) && self.checked.contains(&one.pair);
        self.baseline.accepted.values().filter(gone)
    }
}

/// Reads a baseline.
///
/// # Errors
/// The first mistake in it.
pub fn read(text: &str) -> Result<Baseline, Mistake> {
    table::open(text, |table| {
        let missing = || Mistake::new(table.at(), "`version` is missing").hint("begin with version = 1");
        let version = table.number("version")?.ok_or_else(missing)?;
        match table::standing(version.value, VERSION) {
            Ordering::Equal => {}
            Ordering::Greater => {
                return Err(Mistake::new(version.at, "the baseline is of a later version than this build reads"));
            }
            Ordering::Less => {
                let mistake = Mistake::new(version.at, "there is no such version of baselines");
                return Err(mistake.hint("write version = 1"));
            }
        }
        table.only(&["version", "accepted"])?;
        let mut baseline = Baseline::default();
        for one in table.tables("accepted")? {
            let acceptance = acceptance(one)?;
            let fingerprint = acceptance.fingerprint.clone();
            if baseline.accepted.insert(fingerprint.clone(), acceptance).is_some() {
                return Err(Mistake::new(one.at(), format_args!("{fingerprint} is accepted twice")));
            }
        }
        Ok(baseline)
    })
}

fn acceptance(table: Table<'_>) -> Result<Acceptance, Mistake> {
    table.only(&["fingerprint", "pair", "rule", "copy", "message", "reason", "author", "expires"])?;
    let said = |key: &str| -> Result<String, Mistake> {
        let text = table.needed(key)?;
        match text.value.trim().is_empty() {
            true => Err(Mistake::new(text.at, format_args!("`{key}` is empty"))),
            false => Ok(text.value),
        }
    };
    let aside = |key: &str| Ok(table.string(key)?.map_or(String::new(), |text| text.value));
    Ok(Acceptance {
        fingerprint: said("fingerprint")?,
        pair: said("pair")?,
        reason: said("reason")?,
        author: said("author")?,
        rule: aside("rule")?,
        copy: aside("copy")?,
        message: aside("message")?,
        expires: table.day("expires")?.map(|day| day.value),
    })
}

/// Writes a baseline, sorted by copy, so that two people's additions meet in few places.
pub fn write(baseline: &Baseline) -> String {
    let mut all: Vec<&Acceptance> = baseline.accepted.values().collect();
    all.sort_by_key(|one| (&one.copy, &one.pair, &one.rule, &one.fingerprint));
    let mut out = String::from(
        "# What is accepted, by whom and why. `vidimus baseline update` writes it; reasons are for people to write.\nversion = 1\n",
    );
    for one in all {
        out.push_str("\n[[accepted]]\n");
        let fields = [
            ("copy", &one.copy),
            ("rule", &one.rule),
            ("message", &one.message),
            ("reason", &one.reason),
            ("author", &one.author),
        ];
        for (name, value) in fields {
            out.push_str(&format!("{name} = {}\n", table::quoted(value)));
        }
        if let Some(expires) = &one.expires {
            out.push_str(&format!("expires = {}\n", table::quoted(expires)));
        }
        out.push_str(&format!("pair = {}\n", table::quoted(&one.pair)));
        out.push_str(&format!("fingerprint = {}\n", table::quoted(&one.fingerprint)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let one = |fingerprint: &str, reason: &str, expires: Option<&str>| Acceptance {
            fingerprint: fingerprint.to_owned(),
            pair: "p".to_owned(),
            rule: "text-replaced".to_owned(),
            copy: "mirror/a \"b\"\\.html".to_owned(),
            message: "A line\nand \u{1b}another".to_owned(),
            reason: reason.to_owned(),
            author: "desk".to_owned(),
            expires: expires.map(str::to_owned),
        };
        let all = [one("a", "known", None), one("b", "until then", Some("2026-12-31"))];
        let baseline = Baseline { accepted: all.map(|one| (one.fingerprint.clone(), one)).into() };
        assert_eq!(read(&write(&baseline)), Ok(baseline));
    }

    #[test]
    fn an_acceptance_ends_with_its_day() {
        let text = "version = 1\n[[accepted]]\nfingerprint = \"f\"\npair = \"p\"\nreason = \"r\"\nauthor = \"a\"\nexpires = 2026-12-31\n";
        let baseline = read(text).unwrap();
        let expired = |at: &str| baseline.accepted["f"].accepted(Moment::parse(at).unwrap()).expired;
        assert!(!expired("2026-12-31T23:59:59Z") && expired("2027-01-01T00:00:00Z"));
        let mistake = read(&text.replace("2026-12-31", "2026-02-30")).unwrap_err();
        assert_eq!(mistake.at.line, 7, "{mistake}");
    }
}
