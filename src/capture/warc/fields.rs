//! The named fields of a record's head: lines in, names and values out.
//!
//! Values are asked for by name in any case. Older programs fold long lines and write addresses in angle brackets; both are
//! read. What a field means is not known here.

/// The named fields of one record, in the order they stand there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads lines of `Name: value`; `None` if one is neither that nor the continuation of the line before.
    pub fn parse<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            if line.starts_with([' ', '\t']) {
                let (_, value) = fields.last_mut()?;
                value.push(' ');
                value.push_str(line.trim());
                continue;
            }
            let (name, value) = line.split_once(':')?;
            let is_token = |byte: u8| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?={}".contains(&byte);
            if name.is_empty() || !name.bytes().all(is_token) {
                return None;
            }
            fields.push((name.to_owned(), value.trim().to_owned()));
        }
        Some(Self(fields))
    }

    /// The first value of a field, its name in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The same where the value is an address or an identifier: without the angle brackets some programs put around it.
    pub fn uri(&self, name: &str) -> Option<&str> {
        let value = self.get(name)?;
        Some(value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_in_any_case_without_brackets_and_folded() {
        let lines = ["WARC-Target-URI: <http://example.org/a:b>", "content-length:  12 ", "X: a", "\tb"];
        let fields = Fields::parse(lines.into_iter()).unwrap();
        assert_eq!(fields.uri("warc-target-uri"), Some("http://example.org/a:b"));
        assert_eq!((fields.get("Content-Length"), fields.get("x")), (Some("12"), Some("a b")));
        assert_eq!(fields.get("WARC-Date"), None);
        for line in ["no colon", " folded at once", ": no name", "a b: c"] {
            assert_eq!(Fields::parse([line].into_iter()), None, "{line:?}");
        }
    }
}
