//! Lines of a CDXJ index: what a WARC file holds goes in, sorted lines come out.
//!
//! The key turns an address round (`org,example)/page`) and evens out what servers do not mind, so that readers find a page under
//! either spelling. It is written as `surt` and pywb make it, numeric
//! hosts included; nothing here reads an index.

use serde_json::json;

use crate::capture::{Address, warc::Entry};

/// The index of one WARC file called `filename`, sorted, a line a response.
pub fn index(entries: &[Entry], filename: &str) -> String {
    let mut lines: Vec<String> = entries
        .iter()
        .map(|entry| {
            let date: String = entry.date.to_string().chars().filter(char::is_ascii_digit).collect();
            let facts = json!({
                "url": entry.url,
                "mime": entry.media_type,
                "status": entry.status.to_string(),
                "digest": entry.payload,
                "recordDigest": entry.record,
                "offset": entry.offset.to_string(),
                "length": entry.length.to_string(),
                "filename": filename,
            });
            format!("{} {date} {facts}\n", key(&entry.url))
        })
        .collect();
    lines.sort();
    lines.concat()
}

/// The key of an address.
fn key(url: &str) -> String {
    let Ok(address) = Address::parse(url) else { return url.to_ascii_lowercase() };
    let host = address.host();
    let port = address.authority().strip_prefix(host).unwrap_or_default();
    let host = if host.starts_with('[') {
        host.to_owned()
    } else {
        without_www(host).rsplit('.').collect::<Vec<_>>().join(",")
    };
    let (path, query) = match address.path().split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (address.path(), None),
    };
    let path = if path.len() > 1 { path.strip_suffix('/').unwrap_or(path) } else { path };
    let mut key = format!("{host}{port}){path}").to_lowercase();
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        let query = query.to_lowercase();
        let mut arguments: Vec<&str> = query.split('&').collect();
        arguments.sort_unstable();
        key.push('?');
        key.push_str(&arguments.join("&"));
    }
    key
}

/// A host without `www.`, `www2.` and the like before it.
fn without_www(host: &str) -> &str {
    let bare = host.strip_prefix("www").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    bare.and_then(|rest| rest.strip_prefix('.')).filter(|rest| rest.contains('.')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_turned_round_and_evened_out() {
        for (url, expected) in [
            ("https://www.Example.org/Page/", "org,example)/page"),
            ("http://example.org", "org,example)/"),
            ("http://news.example.org:8080/a?b=2&A=1", "org,example,news:8080)/a?a=1&b=2"),
            ("http://www2.example.org/", "org,example)/"),
            ("http://127.0.0.1:8000/x", "1,0,0,127:8000)/x"),
        ] {
            assert_eq!(key(url), expected);
        }
    }
}
