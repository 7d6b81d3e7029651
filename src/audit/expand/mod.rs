//! Which pairs a plan comes to: folders and archives are listed, nothing is read or fetched yet. A plan and its folder go in, pairs
//! in the plan's order come out, or what in the plan cannot be.
//!
//! `place` knows what one side of a mirror holds.

mod place;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    glob::Chosen,
    plan::{At, Mirror, Mistake, Pairs, Placed, Plan, Rule},
};
use crate::{capture::Locator, digest::Digest};
use place::{Listed, Side};

/// The most pairs of a plan.
const MOST: usize = 1_000_000;

/// An original and a copy that are to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The rule it is from: its place in the plan.
    pub rule: usize,
    /// The same in every run: derived from the names of both.
    pub id: String,
    /// The original.
    pub original: Source,
    /// The copy.
    pub copy: Source,
}

/// Where one of the two is to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where.
    pub locator: Locator,
    /// What it is called in outputs: as the plan has it, secrets in addresses taken out.
    pub name: String,
    /// For files: the path from the plan's folder, where it lies below that.
    pub path: Option<String>,
    /// Why it is not even tried.
    pub refused: Option<&'static str>,
    /// Where the plan names it, or the place it is from.
    pub at: At,
}

/// Finds the pairs of `plan`, whose file lies in `folder`. A pair that several rules name belongs to the first.
///
/// # Errors
/// What in the plan cannot be: a place that is not there, a rule that comes to nothing.
pub fn pairs(plan: &Plan, folder: &Path) -> Result<Vec<Pair>, Mistake> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, rule) in plan.rules.iter().enumerate() {
        let found = match &rule.pairs {
            Pairs::One { original, copy } => {
                let sides = [place::source(original, folder), place::source(copy, folder)];
                if place::is_same(&sides[0].locator, &sides[1].locator) {
                    return Err(Mistake::new(copy.at, "the copy is the original itself"));
                }
                vec![sides]
            }
            Pairs::Mirror(mirror) => mirrored(mirror, rule, folder)?,
        };
        let several = found.len();
        let before = all.len();
        for [original, copy] in found {
            let id = id(&original.name, &copy.name);
            if seen.insert(id.clone()) {
                all.push(Pair { rule: place, id, original, copy });
            }
        }
        if all.len() == before {
            let why = if several == 0 {
                "matches nothing".to_owned()
            } else {
                "comes to nothing: all its pairs belong to rules before it".to_owned()
            };
            return Err(Mistake::new(rule.at, format_args!("the rule {:?} {why}", rule.name)));
        }
        if all.len() > MOST {
            return Err(Mistake::new(rule.at, format_args!("the plan comes to more than {MOST} pairs")));
        }
    }
    Ok(all)
}

/// What a pair is known by from run to run.
pub fn id(original: &str, copy: &str) -> String {
    Digest::of(format!("{original}\n{copy}").as_bytes()).to_string().chars().take(16).collect()
}

/// The pairs of a mirror, by path.
fn mirrored(mirror: &Mirror, rule: &Rule, folder: &Path) -> Result<Vec<[Source; 2]>, Mistake> {
    let chosen = Chosen::of(&mirror.matches, &mirror.except)?;
    let side = |place| Side::of(place, &mirror.index, folder);
    let (originals, copies) = (side(&mirror.original)?, side(&mirror.copy)?);
    let beside = originals.is_same(&copies);
    if beside && mirror.replace.is_empty() {
        return Err(Mistake::new(mirror.copy.typed.at, "the copies are the originals themselves"));
    }
    let paths = match &mirror.list {
        Some(list) => listed(list, folder)?.into_iter().map(|path| (path, [Listed::File; 2])).collect(),
        None => both(mirror, rule, &originals, &copies)?,
    };
    let is_listed = mirror.list.is_some() || originals.is_archive() || copies.is_archive();
    let is_meant = |path: &str, told: &[Listed; 2]| match told.iter().any(|told| matches!(told, Listed::Folder(_))) {
        true => !chosen.leaves_out(path),
        false => chosen.has(path, is_listed),
    };
    chosen.none_is_idle(paths.keys().map(String::as_str))?;
    let mut found = Vec::new();
    let mut replaced = BTreeSet::new();
    for (path, told) in paths.iter().filter(|(path, told)| is_meant(path, told)) {
        let mut of_original = path.clone();
        for (from, to) in &mirror.replace {
            if of_original.contains(from.value.as_str()) {
                replaced.insert(from.value.as_str());
                of_original = of_original.replace(from.value.as_str(), to);
            }
        }
        if beside && of_original == *path {
            // Where copies and originals lie side by side, what the replacement does not touch is an original.
            continue;
        }
        let mut pair = [originals.at(&of_original), copies.at(path)];
        for (own, told) in pair.iter_mut().zip(told) {
            own.refused = told.refused().or(own.refused);
        }
        found.push(pair);
    }
    match mirror.replace.iter().find(|(from, _)| !replaced.contains(from.value.as_str())) {
        Some((idle, _)) if !found.is_empty() => {
            Err(Mistake::new(idle.at, format_args!("{:?} stands in no path that is meant", idle.value)))
        }
        Some(_) | None => Ok(found),
    }
}

/// The paths that either side holds, with what is to be said of them on each.
fn both(
    mirror: &Mirror,
    rule: &Rule,
    originals: &Side,
    copies: &Side,
) -> Result<BTreeMap<String, [Listed; 2]>, Mistake> {
    let (first, second) = (originals.paths()?, copies.paths()?);
    if first.is_none() && second.is_none() {
        let mistake =
            Mistake::new(rule.at, format_args!("the rule {:?} does not say which pages there are", rule.name));
        return Err(mistake.hint("addresses cannot be listed: name a file with a path a line as `list`"));
    }
    // What only the original has is missing in the copy, which is to be told; not so where names differ.
    let first = first.filter(|_| mirror.replace.is_empty() || second.is_none());
    let mut paths: BTreeMap<String, [Listed; 2]> = BTreeMap::new();
    for (side, listed) in [first, second].into_iter().enumerate() {
        for (path, told) in listed.into_iter().flatten() {
            let own = paths.entry(path).or_insert([Listed::File; 2]);
            if let Some(own) = own.get_mut(side) {
                *own = told;
            }
        }
    }
    Ok(paths)
}

/// The paths that a file lists, one a line; empty lines and those that begin with `#` are none.
fn listed(list: &Placed<String>, folder: &Path) -> Result<BTreeSet<String>, Mistake> {
    let text = place::text(&folder.join(&list.value));
    let text = text.map_err(|why| Mistake::new(list.at, format_args!("{}: {why}", list.value)))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut paths = BTreeSet::new();
    for (number, line) in (1..).zip(lines) {
        let number: usize = number;
        let Some(path) = place::plain(line) else {
            let what = format_args!("{}: entry {number} is no path below a folder: {line:?}", list.value);
            return Err(Mistake::new(list.at, what));
        };
        paths.insert(path);
    }
    Ok(paths)
}
