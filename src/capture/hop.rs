//! One request and its answer, kept so that an archive can store them.
//!
//! Headers and bytes go in as the HTTP library gives them; what comes out is as near to the wire as it lets anybody see: header
//! names are in lower case, chunk framing is undone, the content encoding is kept. Cookies and credentials are dropped here, at
//! the one place every header passes, so that nothing behind it can store them.

use super::address::without_credentials;

/// Headers that hold or make secrets between a visitor and a server, in lower case. Never stored.
const SECRET: [&str; 6] = ["authorization", "cookie", "cookie2", "proxy-authorization", "set-cookie", "set-cookie2"];

/// A header: its name in lower case and its value as sent.
pub type Header = (String, Vec<u8>);

/// One request and its answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hop {
    /// The address asked for, without user information.
    pub url: String,
    /// The protocol spoken, such as `HTTP/1.1`.
    pub protocol: String,
    /// The address and port of the machine that answered, where the HTTP library knows it.
    pub peer: Option<String>,
    /// The certificate that the machine showed (DER), absent without TLS. The HTTP library gives no more of the chain.
    pub certificate: Option<Vec<u8>>,
    /// The headers of the request, without secrets; empty where the request is not known.
    pub request: Vec<Header>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What that status is called; what the server called it is not known.
    pub reason: String,
    /// The headers of the answer, without secrets.
    pub response: Vec<Header>,
    /// Which secret headers were left out, in lower case.
    pub left_out: Vec<String>,
    /// The body with transfer encoding undone and content encoding kept; absent where that is the body of the capture itself.
    pub payload: Option<Vec<u8>>,
    /// Why `payload` is not all of it, in the words of WARC: `length`, `time` or `disconnect`.
    pub truncated: Option<&'static str>,
    /// The id of the record in an archive that it was read from, without angle brackets; absent where we asked ourselves.
    pub copied_from: Option<String>,
}

impl Hop {
    /// Takes in the headers of the answer, leaving out what must not be stored.
    pub fn take_response<'a>(&mut self, headers: impl Iterator<Item = (&'a str, &'a [u8])>) {
        for (name, value) in headers {
            let name = name.to_ascii_lowercase();
            if SECRET.contains(&name.as_str()) {
                self.left_out.push(name);
                continue;
            }
            let text = std::str::from_utf8(value).ok().filter(|_| name == "location");
            let value = text.map_or_else(|| value.to_vec(), |target| without_credentials(target).into_bytes());
            self.response.push((name, value));
        }
        self.left_out.sort();
        self.left_out.dedup();
    }

    /// The first value of a header of the answer.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.response.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out_and_named() {
        let mut hop = Hop::default();
        let sent: [(&str, &[u8]); 4] = [
            ("Set-Cookie", b"session=sekrit"),
            ("Content-Type", b"text/html"),
            ("Location", b"http://me:sekrit@host.example/x"),
            ("set-cookie", b"more=sekrit"),
        ];
        hop.take_response(sent.into_iter());
        assert_eq!(hop.left_out, ["set-cookie"]);
        assert_eq!(hop.header("location"), Some(b"http://host.example/x".as_slice()));
        assert!(!format!("{:?}", hop.response).contains("sekrit"));
    }
}
