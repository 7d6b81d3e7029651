//! Indexes of archives: the rows of a CDX API and of a TimeMap go in, records come out.
//!
//! Two shapes of CDX are about: an object a line (pywb) and one list of lists whose first names the columns (the Wayback Machine). A
//! row that cannot be read is passed over: an index that lost one is still an index. Nothing is fetched here.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::moment::Moment;

/// The most rows that are looked at.
const ROWS: usize = 20_000;

/// A record, as an index of the archive lists it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The address it is a record of, as the archive has it.
    pub url: String,
    /// When it was recorded.
    pub datetime: Moment,
    /// The HTTP status; absent where the index does not say, as for records that only say "as before".
    pub status: Option<u16>,
    /// The SHA-1 of the payload in base32; absent where the index does not say.
    pub digest: Option<String>,
}

/// Reads what a CDX API answered; `None` where this is no index at all. An index without rows has none.
pub(super) fn rows(body: &str) -> Option<Vec<Record>> {
    let body = body.trim();
    if body.is_empty() {
        return Some(Vec::new());
    }
    if let Ok(table) = serde_json::from_str::<Vec<Vec<Value>>>(body) {
        let names: Vec<String> = table.first().into_iter().flatten().map(text).collect();
        let rows = table.iter().skip(1).take(ROWS);
        return Some(
            rows.filter_map(|row| record(&names.iter().cloned().zip(row.iter().map(text)).collect())).collect(),
        );
    }
    let objects: Vec<BTreeMap<String, Value>> =
        body.lines().take(ROWS).filter_map(|line| serde_json::from_str(line).ok()).collect();
    // Not a line of it is an object: this is some page.
    let objects = Some(objects).filter(|objects| !objects.is_empty())?;
    let named =
        |object: BTreeMap<String, Value>| object.into_iter().map(|(name, value)| (name, text(&value))).collect();
    Some(objects.into_iter().filter_map(|object| record(&named(object))).collect())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn record(fields: &BTreeMap<String, String>) -> Option<Record> {
    let field = |names: [&str; 2]| names.iter().find_map(|name| fields.get(*name)).filter(|value| *value != "-");
    let sha1 = |digest: &&str| digest.len() == 32 && digest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    Some(Record {
        url: field(["url", "original"])?.clone(),
        datetime: Moment::parse_digits(fields.get("timestamp")?)?,
        status: field(["status", "statuscode"]).and_then(|status| status.parse().ok()),
        digest: field(["digest", "digest"])
            .map(|digest| digest.strip_prefix("sha1:").unwrap_or(digest))
            .filter(sha1)
            .map(str::to_ascii_uppercase),
    })
}

/// Reads a TimeMap in link format (RFC 7089, 5): its mementos, with `url` as the address they are records of.
pub(super) fn time_map(body: &str, url: &str) -> Vec<Record> {
    // Addresses may hold commas; what follows a link is a comma and the next `<`.
    let links = body.split('<').skip(1).take(ROWS).filter_map(|link| link.split_once('>'));
    let of = |parameters: &str| {
        let parameter = |name: &str| {
            let (_, rest) = parameters.split_once(&format!("{name}=\""))?;
            rest.split('"').next()
        };
        let memento = parameter("rel")?.split_whitespace().any(|rel| rel == "memento");
        let datetime = parameter("datetime").and_then(Moment::parse_http).filter(|_| memento)?;
        Some(Record { url: url.to_owned(), datetime, status: None, digest: None })
    };
    links.filter_map(|(_, parameters)| of(parameters)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn both_shapes_of_an_index_are_read() {
        let expected = vec![
            Record {
                url: "http://example.org/a".to_owned(),
                datetime: moment("2017-11-16T09:00:00Z"),
                status: Some(200),
                digest: Some("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ".to_owned()),
            },
            Record {
                url: "http://example.org/a".to_owned(),
                datetime: moment("2018-01-01T00:00:00Z"),
                status: None,
                digest: None,
            },
        ];
        let lines = "{\"urlkey\": \"org,example)/a\", \"timestamp\": \"20171116090000\", \"url\": \"http://example.org/a\", \
            \"status\": \"200\", \"digest\": \"3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\"}\nbroken\n\
            {\"timestamp\": \"20180101000000\", \"url\": \"http://example.org/a\", \"status\": \"-\"}\n";
        assert_eq!(rows(lines).as_ref(), Some(&expected));
        let table = r#"[["urlkey","timestamp","original","mimetype","statuscode","digest","length"],
            ["org,example)/a","20171116090000","http://example.org/a","text/html","200","sha1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj","7"],
            ["org,example)/a","20180101000000","http://example.org/a","warc/revisit","-","-","7"],
            ["org,example)/a","20189901000000","http://example.org/a"], []]"#;
        assert_eq!(rows(table), Some(expected));
        assert_eq!((rows(""), rows("[]"), rows("<html>not found</html>")), (Some(vec![]), Some(vec![]), None));
    }

    #[test]
    fn a_time_map_is_read() {
        let map = "<http://example.org/a,b>; rel=\"original\",\n<http://archive.example/timemap/link/x>; rel=\"self\",\n\
            <http://archive.example/20171116090000/http://example.org/a,b>; rel=\"first memento\"; datetime=\"Thu, 16 Nov 2017 \
            09:00:00 GMT\",\n<http://archive.example/x>; rel=\"memento\"; datetime=\"never\"";
        let found = time_map(map, "http://example.org/a,b");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].datetime, moment("2017-11-16T09:00:00Z"));
    }
}
