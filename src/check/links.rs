//! Links the republisher laid over words of the original.

use super::{Kind, Severity, draft::Draft, edits::quoted, framing::Surroundings, pair::Pair};
use crate::extract::{ByteRange, Link};

/// Judges every link of the copy that covers matched words.
pub(super) fn find(pair: &Pair<'_>, surroundings: &Surroundings<'_>, drafts: &mut Vec<Draft>) {
    let mut words: Vec<(usize, usize)> = pair.same_words().map(|(left, right)| (right, left)).collect();
    words.sort_unstable();
    let side = &pair.alignment.copy;
    for link in &pair.copy.links {
        let start = side.words.partition_point(|word| word.bytes.end <= link.bytes.start);
        let end = side.words.partition_point(|word| word.bytes.start < link.bytes.end);
        let first = words.partition_point(|(right, _)| *right < start);
        let covered = words.get(first..).unwrap_or_default().iter().take_while(|(right, _)| *right < end);
        let originals: Vec<usize> = covered.map(|(_, left)| *left).collect();
        let (Some(least), Some(most)) = (originals.iter().min(), originals.iter().max()) else { continue };
        if surroundings.is_set_aside(pair.alignment.original.block_of(*least)) {
            continue;
        }
        let original = pair.alignment.original.bytes(&(*least..*most + 1));
        let known = pair.original.links.iter().find(|other| overlap(&other.bytes, &original));
        let (severity, message) = match known {
            Some(other) if same_target(&other.href, &link.href) => continue,
            Some(other) if leads_astray(pair, &other.href, &link.href) => {
                (Severity::Warning, "leads to another site than in the original")
            }
            Some(_) => (Severity::Note, "leads to another address than in the original"),
            None => (Severity::Note, "is a link that the original does not have"),
        };
        let bytes = side.bytes(&(start..end));
        let text = pair.copy.text.get(bytes.clone()).unwrap_or_default();
        let message = format!("{} {message}.", quoted(text));
        let draft = Draft::in_copy(Kind::Link, severity, bytes, message).against(original);
        drafts.push(Draft { href: Some(link.href.clone()), ..draft });
    }
}

/// Whether a link that led to one site leads to another that is not the republisher's own. An address that holds the first, as those of
/// archives and counters of clicks do, leads there.
fn leads_astray(pair: &Pair<'_>, was: &str, is: &str) -> bool {
    let (Some(old), Some(new)) = (host(was), host(is)) else { return false };
    let home = pair.copy.metadata.canonical.as_deref().and_then(host);
    let related = |left: &str, right: &str| {
        left == right || left.ends_with(&format!(".{right}")) || right.ends_with(&format!(".{left}"))
    };
    let passes_on = is.to_ascii_lowercase().contains(&old.to_ascii_lowercase()) || SHORTENERS.contains(&new);
    home.is_some_and(|home| !related(home, new)) && !related(old, new) && !passes_on && !SHORTENERS.contains(&old)
}

/// Sites whose addresses stand for those of others.
const SHORTENERS: [&str; 10] =
    ["t.co", "bit.ly", "buff.ly", "ow.ly", "tinyurl.com", "goo.gl", "lnkd.in", "is.gd", "dlvr.it", "doi.org"];

/// The host in an address, if it names one.
pub(super) fn host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.trim().split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    let web = scheme.is_empty() || scheme.eq_ignore_ascii_case("http:") || scheme.eq_ignore_ascii_case("https:");
    (web && !host.is_empty()).then(|| host.strip_prefix("www.").unwrap_or(host))
}

fn overlap(left: &ByteRange, right: &ByteRange) -> bool {
    left.start < right.end && right.start < left.end
}

/// Whether two addresses lead to the same place, as far as their text tells: scheme, trailing slash, fragment and tracking
/// parameters aside; an address without host is one of the page's own site.
pub(super) fn same_target(left: &str, right: &str) -> bool {
    let plain = |href: &str| {
        let href = href.trim().split('#').next().unwrap_or_default();
        let (path, query) = href.split_once('?').unwrap_or((href, ""));
        let path = path.strip_prefix("https:").or(path.strip_prefix("http:")).unwrap_or(path).trim_end_matches('/');
        let kept: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("utm_")).collect();
        (path.to_ascii_lowercase(), kept.join("&"))
    };
    let ((left, query), (right, other)) = (plain(left), plain(right));
    let relative = |one: &str, whole: &str| one.starts_with('/') && !one.starts_with("//") && whole.ends_with(one);
    query == other && (left == right || relative(&left, &right) || relative(&right, &left))
}

/// Whether a link leads anywhere at all.
pub(super) fn leads_somewhere(link: &Link) -> bool {
    let href = link.href.trim();
    !href.is_empty() && !href.starts_with('#') && !href.to_ascii_lowercase().starts_with("javascript:")
}

#[cfg(test)]
mod tests {
    use super::same_target;

    #[test]
    fn the_same_place_by_another_address() {
        assert!(same_target("http://example.org/a/", "https://example.org/a#top"));
        assert!(same_target("/a?b=1&utm_source=x", "https://example.org/a?b=1"));
        assert!(!same_target("https://example.org/a", "https://example.org/b"));
    }
}
