//! Patterns of paths. The home of the `globset` crate: `*` and `?` stay within a name, `**` crosses folders, `{a,b}` and `[a-z]`
//! choose.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::plan::{Mistake, Placed};

/// What ends the names of pages, where a plan does not say which paths are meant.
const PAGES: [&str; 6] = ["html", "htm", "xhtml", "txt", "md", "markdown"];

/// Which paths are meant.
#[derive(Clone, Debug)]
pub struct Chosen {
    matches: Option<GlobSet>,
    /// The patterns of `matches`, as the plan has them.
    typed: Vec<Placed<String>>,
    except: GlobSet,
}

impl Chosen {
    /// Reads patterns.
    ///
    /// # Errors
    /// The first that is none.
    pub fn of(matches: &[Placed<String>], except: &[Placed<String>]) -> Result<Self, Mistake> {
        let typed = matches.to_vec();
        let matches = if matches.is_empty() { None } else { Some(set(matches)?) };
        Ok(Self { matches, typed, except: set(except)? })
    }

    /// Refuses a pattern that none of `paths` fits: it was meant for something.
    ///
    /// # Errors
    /// The first such pattern.
    pub fn none_is_idle<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Result<(), Mistake> {
        let Some(matches) = &self.matches else { return Ok(()) };
        let used: BTreeSet<usize> = paths.flat_map(|path| matches.matches(path)).collect();
        match self.typed.iter().enumerate().find(|(place, _)| !used.contains(place)) {
            Some((_, idle)) => Err(Mistake::new(idle.at, format_args!("{:?} matches nothing", idle.value))),
            None => Ok(()),
        }
    }

    /// Whether everything below the folder `path` is left out.
    pub fn leaves_out(&self, path: &str) -> bool {
        self.except.is_match(path) || self.except.is_match(format!("{path}/index.html"))
    }

    /// Whether the path with `/` between its names is meant. Without patterns, files are pages by their ending; `listed` ones are
    /// pages because somebody said so.
    pub fn has(&self, path: &str, listed: bool) -> bool {
        let is_page = || {
            let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
            listed || ending.is_some_and(|ending| PAGES.iter().any(|page| ending.eq_ignore_ascii_case(page)))
        };
        let meant = self.matches.as_ref().map_or_else(is_page, |matches| matches.is_match(path));
        meant && !self.except.is_match(path)
    }
}

fn set(patterns: &[Placed<String>]) -> Result<GlobSet, Mistake> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(&pattern.value).literal_separator(true).build();
        set.add(glob.map_err(|error| Mistake::new(pattern.at, format_args!("{}: {}", pattern.value, error.kind())))?);
    }
    let at = patterns.first().map(|pattern| pattern.at).unwrap_or_default();
    set.build().map_err(|error| Mistake::new(at, format_args!("these patterns cannot be used: {}", error.kind())))
}
