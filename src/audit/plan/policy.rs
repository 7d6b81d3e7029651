//! What a plan lets pass: a table of the plan goes in, a [`Policy`] comes out that gives everything found its level.

use std::collections::BTreeMap;

use super::table::{Mistake, Placed, Table, nearest};
use crate::{
    capture::Assurance,
    check::{Facet, Kind, QuoteStatus, Severity, Verdict},
    report::{audit::Rule, wire::audit::Level},
};

/// What passes, what is pointed out, and what the audit fails for.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    severity: BTreeMap<Severity, Level>,
    rules: BTreeMap<String, Level>,
    facets: BTreeMap<Facet, Level>,
    /// The least share of the original's words that must stand in the copy.
    pub minimum_coverage: Option<f64>,
    /// What must speak at least for where the original is from.
    pub original_assurance: Option<Assurance>,
    /// The same for the copy.
    pub copy_assurance: Option<Assurance>,
    /// How old a capture may be, in seconds.
    pub max_age: Option<i64>,
}

/// The keys of a policy.
const KEYS: [&str; 10] = [
    "severity",
    "findings",
    "facets",
    "verdicts",
    "quotes",
    "claims",
    "unchecked",
    "minimum_coverage",
    "required_assurance",
    "max_age",
];

impl Default for Policy {
    /// What can lead or mislead a reader fails, and so does what could not be told; the rest passes.
    fn default() -> Self {
        let severity =
            [(Severity::Error, Level::Deny), (Severity::Warning, Level::Deny), (Severity::Note, Level::Allow)];
        let beside = [
            // What is planned as a copy and only quotes is another page in its place.
            (Rule::Verdict(Verdict::Quoting), Level::Deny),
            (Rule::Verdict(Verdict::Unrelated), Level::Deny),
            (Rule::Verdict(Verdict::Undetermined), Level::Deny),
            (Rule::ClaimContradicted, Level::Allow),
            (Rule::Unchecked, Level::Deny),
            (Rule::Coverage, Level::Deny),
            (Rule::Assurance, Level::Deny),
            (Rule::Age, Level::Deny),
        ];
        Self {
            severity: severity.into(),
            rules: beside.into_iter().map(|(rule, level)| (rule.slug(), level)).collect(),
            facets: BTreeMap::new(),
            minimum_coverage: None,
            original_assurance: None,
            copy_assurance: None,
            max_age: None,
        }
    }
}

impl Policy {
    /// The level of something found. A facet that the plan names goes before the kind, the kind before the severity; of several
    /// facets the strictest counts.
    pub fn level(&self, rule: &str, severity: Severity, facets: &[Facet]) -> Level {
        let by_facet = facets.iter().filter_map(|facet| self.facets.get(facet)).max();
        let by_rule = || self.rules.get(rule);
        let by_severity = || self.severity.get(&severity);
        by_facet.or_else(by_rule).or_else(by_severity).copied().unwrap_or(Level::Deny)
    }

    /// Whether a verdict is something to be said by itself, and its level then.
    pub fn verdict(&self, verdict: Verdict) -> Option<Level> {
        self.rules.get(&Rule::Verdict(verdict).slug()).copied()
    }

    /// This policy with what `table` says otherwise.
    pub fn with(mut self, table: Table<'_>) -> Result<Self, Mistake> {
        table.only(&KEYS)?;
        if let Some(levels) = table.table("severity")? {
            let names = [Severity::Note, Severity::Warning, Severity::Error].map(|one| (one.slug(), one));
            self.severity.extend(chosen(levels, &names, "severity")?);
        }
        if let Some(levels) = table.table("findings")? {
            let names = Kind::ALL.map(|kind| (kind.slug(), kind));
            let found = chosen(levels, &names, "kind of finding")?;
            self.rules.extend(found.into_iter().map(|(kind, level)| (Rule::Finding(kind).slug(), level)));
        }
        if let Some(levels) = table.table("facets")? {
            self.facets.extend(chosen(levels, &Facet::ALL.map(|facet| (facet.slug(), facet)), "facet")?);
        }
        if let Some(levels) = table.table("verdicts")? {
            let names = Verdict::ALL.map(|verdict| (verdict.slug(), verdict));
            let found = chosen(levels, &names, "verdict")?;
            self.rules.extend(found.into_iter().map(|(verdict, level)| (Rule::Verdict(verdict).slug(), level)));
        }
        if let Some(levels) = table.table("quotes")? {
            let graded = QuoteStatus::ALL.into_iter().filter(|status| status.severity().is_some());
            let rules = graded.map(|status| (status.slug(), Rule::Quote(status)));
            let names: Vec<_> = rules.chain([("emphasised", Rule::QuoteEmphasised)]).collect();
            let found = chosen(levels, &names, "status of a quotation")?;
            self.rules.extend(found.into_iter().map(|(rule, level)| (rule.slug(), level)));
        }
        for (key, rule) in [("claims", Rule::ClaimContradicted), ("unchecked", Rule::Unchecked)] {
            if let Some(typed) = table.string(key)? {
                self.rules.insert(rule.slug(), level(&typed)?);
            }
        }
        self.demands(table)
    }

    fn demands(mut self, table: Table<'_>) -> Result<Self, Mistake> {
        if let Some(share) = table.number("minimum_coverage")? {
            if !(0.0..=1.0).contains(&share.value) {
                return Err(Mistake::new(share.at, "`minimum_coverage` is a share from 0 to 1"));
            }
            self.minimum_coverage = Some(share.value);
        }
        if let Some(sides) = table.table("required_assurance")? {
            sides.only(&["original", "copy"])?;
            let assurance = |side| sides.string(side)?.as_ref().map(assurance).transpose();
            self.original_assurance = assurance("original")?.or(self.original_assurance);
            self.copy_assurance = assurance("copy")?.or(self.copy_assurance);
        }
        if let Some(typed) = table.string("max_age")? {
            self.max_age = Some(age(&typed)?);
        }
        Ok(self)
    }
}

/// The levels of a table whose keys are some of `names`.
fn chosen<T: Copy>(table: Table<'_>, names: &[(&str, T)], what: &str) -> Result<Vec<(T, Level)>, Mistake> {
    let mut found = Vec::new();
    for (key, value) in table.entries() {
        let one = names.iter().find(|(name, _)| *name == key.value);
        let Some((name, one)) = one else {
            let mistake = Mistake::new(key.at, format_args!("`{}` is no {what}", key.value));
            let all: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            return Err(match nearest(&key.value, all.iter().copied()) {
                Some(near) => mistake.hint(format_args!("did you mean `{near}`?")),
                None => mistake.hint(format_args!("there are: {}", all.join(", "))),
            });
        };
        found.push((*one, level(&value.string(name)?)?));
    }
    Ok(found)
}

fn level(typed: &Placed<String>) -> Result<Level, Mistake> {
    let known = Level::ALL.into_iter().find(|level| level.slug() == typed.value);
    known.ok_or_else(|| {
        let mistake = Mistake::new(typed.at, format_args!("{:?} is no level", typed.value));
        mistake.hint("there are: allow, warn, deny")
    })
}

fn assurance(typed: &Placed<String>) -> Result<Assurance, Mistake> {
    match typed.value.as_str() {
        "publisher" => Ok(Assurance::Publisher),
        "archive" => Ok(Assurance::Archive),
        "supplied" => Ok(Assurance::Supplied),
        other => {
            let mistake = Mistake::new(typed.at, format_args!("{other:?} is no assurance"));
            Err(mistake.hint("there are: publisher, archive, supplied"))
        }
    }
}

/// An age as a plan has it: a number and s, m, h or d.
fn age(typed: &Placed<String>) -> Result<i64, Mistake> {
    let units = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];
    let found = units.into_iter().find_map(|(unit, seconds)| {
        let number = typed.value.strip_suffix(unit)?.parse::<u32>().ok()?;
        Some(i64::from(number) * seconds)
    });
    found.ok_or_else(|| Mistake::new(typed.at, format_args!("{:?} is no age such as 90m, 12h or 30d", typed.value)))
}
