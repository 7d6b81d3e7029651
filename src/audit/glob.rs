//! Patterns of paths. The home of the `globset` crate: `*` and `?` stay within a name, `**` crosses folders, `{a,b}` and `[a-z]`
//! choose.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::plan::{Mistake, Placed};

/// What ends the names of pages, where a plan does not say which paths are meant.
const PAGES: [&str; 6] = ["html", "htm", "xhtml", "txt", "md", "markdown"];

/// Which paths are meant.
#[derive(Clone, Debug)]
pub struct Chosen {
    matches: Option<GlobSet>,
    except: GlobSet,
}

impl Chosen {
    /// Reads patterns.
    ///
    /// # Errors
    /// The first that is none.
    pub fn of(matches: &[Placed<String>], except: &[Placed<String>]) -> Result<Self, Mistake> {
        let matches = if matches.is_empty() { None } else { Some(set(matches)?) };
        Ok(Self { matches, except: set(except)? })
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
