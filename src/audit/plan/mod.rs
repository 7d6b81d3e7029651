//! The plan of an audit, `vidimus.toml`: a text goes in, a [`Plan`] comes out that knows of each value where it stands. Nothing is
//! opened here.
//!
//! `table` reads TOML with positions, `policy` what is let pass. Which pairs a plan comes to is for `expand` to find out.

mod policy;
pub(super) mod table;

pub use policy::Policy;
pub use table::{At, Mistake, Placed, text};

use std::cmp::Ordering;

use table::Table;

/// The version of plans that is read.
const VERSION: f64 = 1.0;

/// What is to be audited.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Where pairs are from, in the order of the plan.
    pub rules: Vec<Rule>,
    /// The file that says what is accepted.
    pub baseline: Option<Placed<String>>,
    /// How the audit is sealed.
    pub seal: Option<SealPlan>,
}

impl Plan {
    /// The files beside the plan that it names to say what is audited and what passes: its baseline and its lists.
    pub fn files(&self) -> impl Iterator<Item = &Placed<String>> {
        self.baseline.iter().chain(self.rules.iter().filter_map(|rule| match &rule.pairs {
            Pairs::One { .. } => None,
            Pairs::Mirror(mirror) => mirror.list.as_ref(),
        }))
    }
}

/// A rule of the plan: one pair, or many.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What it is called in outputs.
    pub name: String,
    /// Where it stands.
    pub at: At,
    /// What it comes to.
    pub pairs: Pairs,
    /// What passes.
    pub policy: Policy,
}

/// Where pairs are from.
#[derive(Clone, Debug, PartialEq)]
pub enum Pairs {
    /// An original and a copy, each an address, a file or a page in an archive.
    One {
        /// The original.
        original: Placed<String>,
        /// The copy.
        copy: Placed<String>,
    },
    /// Everything below two places that has the same path.
    Mirror(Box<Mirror>),
}

/// Two places that should hold the same pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Mirror {
    /// Where the originals are: a folder, the beginning of addresses, or an archive.
    pub original: Place,
    /// Where the copies are.
    pub copy: Place,
    /// The paths that are meant; all where there are none.
    pub matches: Vec<Placed<String>>,
    /// The paths that are not.
    pub except: Vec<Placed<String>>,
    /// A file that lists the paths, one a line.
    pub list: Option<Placed<String>>,
    /// What stands in the path of a copy, and what in its place in that of its original.
    pub replace: Vec<(Placed<String>, String)>,
    /// The file that an address ending in `/` stands for.
    pub index: String,
}

/// One side of a mirror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// As typed.
    pub typed: Placed<String>,
    /// In an archive: how the addresses that are meant begin.
    pub prefix: Option<Placed<String>>,
}

/// How an audit is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealPlan {
    /// Where the table begins.
    pub at: At,
    /// The key, as `--key` takes it; absent where that is left to whoever seals.
    pub key: Option<Placed<String>>,
    /// Who must be trusted to sign: the key has to be one of these.
    pub trust: Option<Placed<String>>,
    /// What the origins of checkpoints begin with.
    pub origin: Option<Placed<String>>,
    /// Whether leaves are salted, so that nobody can guess one from its hash.
    pub salt: bool,
}

/// Reads a plan.
///
/// ```
/// use vidimus::audit::plan;
/// let plan = plan::read("version = 1\n[[pair]]\noriginal = \"release.html\"\ncopy = \"repost.html\"\n").unwrap();
/// assert_eq!(plan.rules[0].name, "pair 1");
/// let mistake = plan::read("version = 1\n[[pair]]\norignal = \"release.html\"\n").unwrap_err();
/// assert_eq!(mistake.to_string(), "3:1: unknown key `orignal`");
/// assert_eq!(mistake.hint.as_deref(), Some("did you mean `original`?"));
/// ```
///
/// # Errors
/// The first mistake in it.
pub fn read(text: &str) -> Result<Plan, Mistake> {
    table::open(text, |table| {
        version(&table)?;
        table.only(&["version", "policy", "baseline", "seal", "pair", "mirror"])?;
        let policy = match table.table("policy")? {
            Some(table) => Policy::default().with(table)?,
            None => Policy::default(),
        };
        let mut rules = Vec::new();
        for (number, one) in (1..).zip(table.tables("pair")?) {
            rules.push(pair(one, number, &policy)?);
        }
        for (number, one) in (1..).zip(table.tables("mirror")?) {
            rules.push(mirror(one, number, &policy)?);
        }
        rules.sort_by_key(|rule| rule.at);
        distinct(&rules)?;
        if rules.is_empty() {
            let mistake = Mistake::new(table.at(), "the plan names nothing to check");
            return Err(mistake.hint("write a [[pair]] or a [[mirror]]"));
        }
        Ok(Plan { rules, baseline: table.string("baseline")?, seal: table.table("seal")?.map(seal).transpose()? })
    })
}

/// The version comes first, so that a plan of a later version is not blamed for its new keys.
fn version(table: &Table<'_>) -> Result<(), Mistake> {
    let Some(version) = table.number("version")? else {
        return Err(Mistake::new(table.at(), "`version` is missing").hint("begin with version = 1"));
    };
    match table::standing(version.value, VERSION) {
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(Mistake::new(version.at, "the plan is of a later version than this build reads")),
        Ordering::Less => Err(Mistake::new(version.at, "there is no such version of plans").hint("write version = 1")),
    }
}

fn distinct(rules: &[Rule]) -> Result<(), Mistake> {
    let mut seen = std::collections::BTreeMap::new();
    for rule in rules {
        if let Some(before) = seen.insert(&rule.name, rule.at) {
            let line = before.line;
            return Err(Mistake::new(rule.at, format_args!("the rule of line {line} is called {:?} too", rule.name)));
        }
    }
    Ok(())
}

fn own_policy(table: Table<'_>, general: &Policy) -> Result<Policy, Mistake> {
    match table.table("policy")? {
        Some(own) => general.clone().with(own),
        None => Ok(general.clone()),
    }
}

fn name(table: Table<'_>, otherwise: String) -> Result<String, Mistake> {
    let Some(name) = table.string("name")? else { return Ok(otherwise) };
    if name.value.trim().is_empty() || name.value.chars().any(char::is_control) || name.value.chars().count() > 80 {
        return Err(Mistake::new(name.at, "a name is a short text on one line"));
    }
    Ok(name.value)
}

fn pair(table: Table<'_>, number: u32, policy: &Policy) -> Result<Rule, Mistake> {
    table.only(&["name", "original", "copy", "policy"])?;
    let sides = [table.needed("original")?, table.needed("copy")?];
    for side in &sides {
        if side.value.is_empty() || side.value == "-" {
            return Err(Mistake::new(side.at, "an audit reads addresses, files and archives"));
        }
    }
    let [original, copy] = sides;
    Ok(Rule {
        name: name(table, format!("pair {number}"))?,
        at: table.at(),
        pairs: Pairs::One { original, copy },
        policy: own_policy(table, policy)?,
    })
}

fn mirror(table: Table<'_>, number: u32, policy: &Policy) -> Result<Rule, Mistake> {
    table.only(&[
        "name",
        "original",
        "copy",
        "original_prefix",
        "copy_prefix",
        "match",
        "except",
        "list",
        "replace",
        "index",
        "policy",
    ])?;
    let place = |side: &str| {
        let typed = table.needed(side)?;
        if typed.value.is_empty() || typed.value == "-" {
            return Err(Mistake::new(typed.at, "a mirror is between folders, addresses and archives"));
        }
        Ok(Place { typed, prefix: table.string(&format!("{side}_prefix"))? })
    };
    let replace = match table.table("replace")? {
        Some(pairs) => {
            let one = |(from, to): (Placed<String>, table::Value<'_>)| Ok((from, to.string("replace")?.value));
            pairs.entries().map(one).collect::<Result<Vec<_>, Mistake>>()?
        }
        None => Vec::new(),
    };
    let mirror = Mirror {
        original: place("original")?,
        copy: place("copy")?,
        matches: table.strings("match")?,
        except: table.strings("except")?,
        list: table.string("list")?,
        replace,
        index: table.string("index")?.map_or("index.html".to_owned(), |index| index.value),
    };
    Ok(Rule {
        name: name(table, format!("mirror {number}"))?,
        at: table.at(),
        pairs: Pairs::Mirror(Box::new(mirror)),
        policy: own_policy(table, policy)?,
    })
}

fn seal(table: Table<'_>) -> Result<SealPlan, Mistake> {
    table.only(&["key", "trust", "origin", "salt"])?;
    let origin = table.string("origin")?;
    if let Some(origin) = &origin {
        let reserved = ["SSHSIG", "DSSEv1"].iter().any(|start| origin.value.starts_with(start));
        let plain = !origin.value.is_empty() && origin.value.chars().all(|c| c.is_ascii_graphic() && c != '+');
        if reserved || !plain || origin.value.len() > 200 {
            let mistake = Mistake::new(origin.at, "`origin` is plain ASCII without white space and `+`");
            return Err(mistake.hint("such as example.org/audit"));
        }
    }
    Ok(SealPlan {
        at: table.at(),
        key: table.string("key")?,
        trust: table.string("trust")?,
        origin,
        salt: table.truth("salt")?.unwrap_or(false),
    })
}

/// A plan with an example of everything in comments: what `vidimus init` writes.
pub const TEMPLATE: &str = include_str!("template.toml");
