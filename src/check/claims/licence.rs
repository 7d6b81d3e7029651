//! Licences as pages name them: Creative Commons ones are compared by their letters, all others by their words.

use super::{ClaimStatus, untold};
use crate::extract::Document;

/// A Creative Commons licence: its conditions in a fixed order, and the version where one is named.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Commons {
    conditions: Vec<&'static str>,
    version: Option<String>,
}

/// Words for each condition, in small letters; what is no condition of any licence is not listed.
const CONDITIONS: [(&str, &[&str]); 4] = [
    ("by", &["by", "attribution"]),
    ("nc", &["nc", "noncommercial", "non-commercial"]),
    ("nd", &["nd", "noderivs", "noderivatives", "no-derivatives", "noderivative"]),
    ("sa", &["sa", "sharealike", "share-alike"]),
];

/// The licence that `text` names, where it is one of the Creative Commons.
fn commons(text: &str) -> Option<Commons> {
    let text = text.to_lowercase();
    let at = ["creative commons", "creativecommons.org/licenses", "cc by", "cc-by"]
        .iter()
        .filter_map(|name| text.find(name))
        .min()?;
    let named: String = text.get(at..)?.chars().take(120).collect();
    let named = named.replace("non-commercial", "noncommercial").replace("share-alike", "sharealike");
    let named = named.replace("no-derivatives", "noderivatives").replace("no derivatives", "noderivatives");
    let pieces: Vec<&str> = named.split(|c: char| !c.is_alphanumeric() && c != '.').collect();
    let has = |names: &[&str]| pieces.iter().any(|piece| names.contains(&piece.trim_matches('.')));
    let conditions: Vec<&str> = CONDITIONS.iter().filter(|(_, names)| has(names)).map(|(code, _)| *code).collect();
    let number = |piece: &&&str| matches!(piece.trim_end_matches('.'), "1.0" | "2.0" | "2.5" | "3.0" | "4.0");
    let version = pieces.iter().find(number).map(|piece| piece.trim_end_matches('.').to_owned());
    (!conditions.is_empty()).then_some(Commons { conditions, version })
}

/// Holds a licence that the copy names against what the original says of its own.
pub(super) fn held(claimed: &str, original: &Document) -> (ClaimStatus, String) {
    let stated = original.metadata.licence.as_deref();
    let own = stated.and_then(commons).or_else(|| commons(&original.text));
    match (commons(claimed), own) {
        (Some(theirs), Some(mine)) if theirs.conditions == mine.conditions => {
            let versions = theirs.version.zip(mine.version);
            match versions.filter(|(theirs, mine)| theirs != mine) {
                Some((_, mine)) => {
                    (ClaimStatus::Contradicted, format!("The original names version {mine} of that licence."))
                }
                None => (ClaimStatus::Confirmed, "The original names the same licence.".to_owned()),
            }
        }
        (Some(_), Some(mine)) => {
            let name = mine.conditions.join("-").to_uppercase();
            (ClaimStatus::Contradicted, format!("The original is under Creative Commons {name}."))
        }
        (Some(_) | None, Some(_) | None) => match stated {
            Some(stated) if stated == claimed => {
                (ClaimStatus::Confirmed, "The original names the same licence.".to_owned())
            }
            Some(_) | None => untold("The original names no such licence."),
        },
    }
}

/// Whether `text` names a licence that can be compared.
pub(super) fn is_named(text: &str) -> bool {
    commons(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_known_by_its_letters() {
        let original = |text: &str| Document { text: text.to_owned(), ..Document::default() };
        for (claimed, own, status) in [
            ("https://creativecommons.org/licenses/by/4.0/", "Under CC BY 4.0.", ClaimStatus::Confirmed),
            ("Creative Commons Attribution-NonCommercial 4.0", "CC BY-NC 4.0", ClaimStatus::Confirmed),
            ("CC BY-SA 4.0", "Creative Commons Attribution 4.0 International", ClaimStatus::Contradicted),
            ("CC BY 3.0", "CC BY 4.0", ClaimStatus::Contradicted),
            ("CC BY", "CC BY 4.0", ClaimStatus::Confirmed),
            ("CC BY 4.0", "All rights reserved.", ClaimStatus::Unverifiable),
            ("MIT", "CC BY 4.0", ClaimStatus::Unverifiable),
        ] {
            assert_eq!(held(claimed, &original(own)).0, status, "{claimed} {own}");
        }
        assert!(!is_named("republished with permission"));
    }
}
