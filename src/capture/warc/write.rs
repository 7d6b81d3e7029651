//! Writes captures as WARC/1.1: a `Capture` in; request, response and metadata records out, a gzip member each, and a conversion record of what a browser made of a page.
//!
//! Redirects are records of their own. Bodies are stored as they were sent, content encoding kept; chunk framing was undone by the
//! HTTP library, so the header that announced it is renamed. What was read from another archive is a copy of its record, with no
//! request, since that is not known. Cookies and credentials never get here: `capture::Hop` has none.
//! Ids are made from content, so that the same captures give the same file. Captures that did not come over HTTP are not
//! written: they have no exchange to record.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use crate::{
    capture::{Capture, Exchange, Header, Hop, Obedience, RenderFacts, Rendered, coding},
    digest::{Digest, base32, sha1},
    moment::Moment,
};

/// Where a response stands in the file, and what it holds: a line of an index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The address.
    pub url: String,
    /// When it was recorded.
    pub date: Moment,
    /// The media type without its parameters, `unk` where there is none.
    pub media_type: String,
    /// The HTTP status.
    pub status: u16,
    /// The digest of the payload, such as `sha256:…`.
    pub payload: String,
    /// The digest of the gzip member.
    pub record: String,
    /// Where the gzip member begins, in bytes.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
}

/// What a seal says of a capture's record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// The id of the response record, without angle brackets.
    pub id: String,
    /// The SHA-256 of its gzip member.
    pub digest: Digest,
    /// The length of the payload, content encoding kept, in bytes.
    pub payload_bytes: u64,
    /// Its SHA-256.
    pub payload_sha256: Digest,
    /// Its SHA-1 in base32, as the indexes of archives count it.
    pub payload_sha1_base32: String,
    /// The content encoding that is kept, absent where there is none.
    pub content_encoding: Option<String>,
}

/// Writes one WARC file.
pub struct Writer<W: Write> {
    out: W,
    at: u64,
    info: String,
    ids: BTreeSet<[u8; 16]>,
    entries: Vec<Entry>,
}

impl<W: Write> Writer<W> {
    /// Begins a file called `name`, made at `now` by `software` (such as `vidimus/0.1.0`).
    ///
    /// # Errors
    /// What writing to `out` says.
    pub fn new(out: W, name: &str, software: &str, now: Moment) -> io::Result<Self> {
        let mut writer = Self { out, at: 0, info: String::new(), ids: BTreeSet::new(), entries: Vec::new() };
        let block = format!(
            "software: {}\r\nformat: WARC File Format 1.1\r\n\
             conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
             description: HTTP headers as the HTTP library gave them, names in lower case; chunk framing undone; cookies left out\r\n",
            clean(software)
        );
        let fields = [("WARC-Filename", name.to_owned())];
        let (id, ..) = writer.record("warcinfo", now, "application/warc-fields", &fields, block.as_bytes())?;
        writer.info = id;
        Ok(writer)
    }

    /// Writes everything that was exchanged for `capture`, its style sheets included; gives back what there is to say of the record with its page. Nothing is
    /// written, and `None` given back, of a capture that did not come over HTTP. `now` dates what has no time of its own.
    ///
    /// # Errors
    /// What writing says.
    pub fn capture(&mut self, capture: &Capture, now: Moment) -> io::Result<Option<Facts>> {
        let date = capture.retrieved_at.unwrap_or(now);
        let facts = self.exchange(capture.exchange.as_ref(), capture.received(), date)?;
        if let (Some(facts), Some(rendered), Some(exchange)) = (&facts, &capture.rendered, &capture.exchange) {
            self.conversion(&exchange.final_url, &facts.id, &capture.body, rendered, date)?;
        }
        for sheet in &capture.sheets {
            self.exchange(sheet.exchange.as_ref(), &sheet.body, date)?;
        }
        Ok(facts)
    }

    /// Writes what a browser made of the page at `url`, whose answer is the record `of`, and how that came about.
    fn conversion(&mut self, url: &str, of: &str, dom: &[u8], rendered: &Rendered, date: Moment) -> io::Result<()> {
        let own = [
            ("WARC-Target-URI", url.to_owned()),
            ("WARC-Warcinfo-ID", format!("<{}>", self.info)),
            ("WARC-Refers-To", format!("<{of}>")),
            ("WARC-Payload-Digest", format!("sha256:{}", Digest::of(dom))),
        ];
        let (id, ..) = self.record("conversion", date, "text/html; charset=utf-8", &own, dom)?;
        let RenderFacts { browser, unfinished, unwritable, refused, led_to } = &rendered.facts;
        let mut said = format!("renderedBy: {}\r\n", clean(browser));
        if *unfinished {
            said.push_str("renderedState: unfinished\r\n");
        }
        if *unwritable {
            said.push_str("renderedState: unwritable\r\n");
        }
        refused.iter().for_each(|host| said.push_str(&format!("hostNotAsked: {}\r\n", clean(host))));
        led_to.iter().for_each(|target| said.push_str(&format!("notFollowed: {}\r\n", clean(target))));
        let [target, info, ..] = own;
        let fields = [target, info, ("WARC-Refers-To", format!("<{id}>"))];
        self.record("metadata", date, "application/warc-fields", &fields, said.as_bytes()).map(|_| ())
    }

    /// Writes one exchange with its redirects, whose body is `body` where it did not come packed.
    fn exchange(&mut self, exchange: Option<&Exchange>, body: &[u8], date: Moment) -> io::Result<Option<Facts>> {
        let hops = exchange.map_or(&[] as &[Hop], |exchange| &exchange.hops);
        let robots = exchange.and_then(|exchange| exchange.robots);
        let mut facts = None;
        for (number, hop) in hops.iter().enumerate() {
            let last = number + 1 == hops.len();
            let payload = match &hop.payload {
                Some(payload) => payload.as_slice(),
                None if last => body,
                None => &[],
            };
            let via = number.checked_sub(1).and_then(|before| hops.get(before)).map(|before| before.url.as_str());
            facts = Some(self.hop(hop, payload, date, via.map(|via| (number, via)), robots)?);
        }
        Ok(facts)
    }

    /// Ends the file: gives back what was written to, and an index of the responses in the order they stand there.
    ///
    /// # Errors
    /// What writing says.
    pub fn finish(mut self) -> io::Result<(W, Vec<Entry>)> {
        self.out.flush()?;
        Ok((self.out, self.entries))
    }

    fn hop(
        &mut self,
        hop: &Hop,
        payload: &[u8],
        date: Moment,
        via: Option<(usize, &str)>,
        robots: Option<Obedience>,
    ) -> io::Result<Facts> {
        let info = ("WARC-Warcinfo-ID", format!("<{}>", self.info));
        let target = ("WARC-Target-URI", hop.url.clone());
        let protocol = (hop.protocol == "HTTP/2.0").then(|| ("WARC-Protocol", "h2".to_owned()));
        let mut block = head(&first_line(hop), &hop.response, payload.len());
        block.extend_from_slice(payload);
        let payload_digest = Digest::of(payload);
        let mut fields =
            vec![target.clone(), info.clone(), ("WARC-Payload-Digest", format!("sha256:{payload_digest}"))];
        fields.extend(protocol);
        fields.extend(hop.peer.clone().map(|peer| ("WARC-IP-Address", peer)));
        fields.extend(hop.truncated.map(|why| ("WARC-Truncated", why.to_owned())));
        let offset = self.at;
        let (id, digest, length) =
            self.record("response", date, "application/http; msgtype=response", &fields, &block)?;
        let text = |name| hop.header(name).map(|value| String::from_utf8_lossy(value).trim().to_owned());
        let media_type = text("content-type").unwrap_or_default();
        let media_type = media_type.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase();
        self.entries.push(Entry {
            url: hop.url.clone(),
            date,
            media_type: if media_type.is_empty() { "unk".to_owned() } else { media_type },
            status: hop.status,
            payload: format!("sha256:{payload_digest}"),
            record: format!("sha256:{digest}"),
            offset,
            length,
        });
        let concurrent = ("WARC-Concurrent-To", format!("<{id}>"));
        // Of what was read from an archive the request is not known, and none is made up.
        if hop.copied_from.is_none() {
            let path =
                crate::capture::Address::parse(&hop.url).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
            let asked = head(&format!("GET {path} HTTP/1.1"), &hop.request, 0);
            let fields = [target.clone(), info.clone(), concurrent.clone()];
            self.record("request", date, "application/http; msgtype=request", &fields, &asked)?;
        }
        let said = about(hop, via, robots);
        let fields = [target, info, concurrent, ("WARC-Refers-To", format!("<{id}>"))];
        self.record("metadata", date, "application/warc-fields", &fields, said.as_bytes())?;
        Ok(Facts {
            id,
            digest,
            payload_bytes: u64::try_from(payload.len()).unwrap_or(u64::MAX),
            payload_sha256: payload_digest,
            payload_sha1_base32: base32(&sha1(payload)),
            content_encoding: text("content-encoding").filter(|encoding| !encoding.is_empty()),
        })
    }

    /// Writes one record; gives back its id, the digest of its gzip member and the length of that.
    fn record(
        &mut self,
        kind: &str,
        date: Moment,
        media_type: &str,
        fields: &[(&str, String)],
        block: &[u8],
    ) -> io::Result<(String, Digest, u64)> {
        let block_digest = Digest::of(block);
        let id = self.id(kind, date, fields, block_digest);
        let mut text = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{id}>\r\nWARC-Date: {date}\r\n");
        for (name, value) in fields {
            text.push_str(&format!("{name}: {}\r\n", clean(value)));
        }
        text.push_str(&format!(
            "WARC-Block-Digest: sha256:{block_digest}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        ));
        let member = coding::member(&[text.as_bytes(), block, b"\r\n\r\n"].concat())?;
        self.out.write_all(&member)?;
        let length = u64::try_from(member.len()).unwrap_or(u64::MAX);
        self.at += length;
        Ok((id, Digest::of(&member), length))
    }

    /// An id made from what the record says (a UUID of version 8, RFC 9562), and from a number where it says the same as another.
    fn id(&mut self, kind: &str, date: Moment, fields: &[(&str, String)], block: Digest) -> String {
        let said: String = fields.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        for number in 0_u64.. {
            let digest = Digest::of(format!("vidimus record\n{number}\n{kind}\n{date}\n{block}\n{said}").as_bytes());
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&digest.as_bytes()[..16]);
            bytes[6] = bytes[6] & 0x0f | 0x80;
            bytes[8] = bytes[8] & 0x3f | 0x80;
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let id = format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
            if self.ids.insert(bytes) {
                return id;
            }
        }
        String::new()
    }
}

/// What is said of an exchange beside what was sent.
fn about(hop: &Hop, via: Option<(usize, &str)>, robots: Option<Obedience>) -> String {
    let mut said = String::new();
    if let Some((hops, via)) = via {
        said.push_str(&format!("via: {}\r\nhopsFromSeed: {}\r\n", clean(via), "R".repeat(hops)));
    }
    match &hop.copied_from {
        Some(id) => said.push_str(&format!("copiedFromRecord: {}\r\n", clean(id))),
        None => said.push_str(&format!("httpProtocol: {}\r\n", clean(&hop.protocol))),
    }
    match robots {
        Some(Obedience::Obeyed) => said.push_str("robots: obeyed\r\n"),
        Some(Obedience::Ignored) => said.push_str("robots: ignored\r\n"),
        None => {}
    }
    if !hop.left_out.is_empty() {
        said.push_str(&format!("headersLeftOut: {}\r\n", clean(&hop.left_out.join(", "))));
    }
    said
}

/// The first line of an answer. What the server wrote behind the status is not kept by the HTTP library.
fn first_line(hop: &Hop) -> String {
    let line = format!("HTTP/1.{} {} {}", u8::from(hop.protocol != "HTTP/1.0"), hop.status, clean(&hop.reason));
    line.trim_end().to_owned()
}

/// The head of a request or an answer whose body has `length` bytes.
fn head(first: &str, headers: &[Header], length: usize) -> Vec<u8> {
    let mut head = format!("{first}\r\n").into_bytes();
    for (name, value) in headers {
        let untrue = match name.as_str() {
            "transfer-encoding" => true,
            "content-length" => value.as_slice() != length.to_string().as_bytes(),
            _ => false,
        };
        head.extend_from_slice(if untrue { b"x-archive-orig-" } else { b"" });
        head.extend_from_slice(clean(name).as_bytes());
        head.extend_from_slice(b": ");
        head.extend(value.iter().map(|byte| if matches!(byte, b'\r' | b'\n' | 0) { b' ' } else { *byte }));
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// `value` on one line.
fn clean(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture() -> Capture {
        let header = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
        let hop = Hop {
            url: "http://example.org/page?a=b".to_owned(),
            protocol: "HTTP/1.1".to_owned(),
            status: 200,
            reason: "OK".to_owned(),
            request: vec![header("host", "example.org")],
            response: vec![header("content-type", "Text/HTML; charset=utf-8"), header("transfer-encoding", "chunked")],
            left_out: vec!["set-cookie".to_owned()],
            ..Hop::default()
        };
        let mut capture = Capture::from_bytes("page.html", b"<p>Text</p>".to_vec(), None).unwrap();
        capture.exchange = Some(Exchange { hops: vec![hop], ..Exchange::default() });
        capture
    }

    fn written(captures: &[Capture]) -> (Vec<u8>, Vec<Entry>, Vec<Option<Facts>>) {
        let mut writer = Writer::new(Vec::new(), "a.warc.gz", "vidimus/0", Moment::from_unix(0)).unwrap();
        let facts = captures.iter().map(|one| writer.capture(one, Moment::from_unix(1)).unwrap()).collect();
        let (file, entries) = writer.finish().unwrap();
        (file, entries, facts)
    }

    #[test]
    fn the_same_captures_give_the_same_file_and_no_id_twice() {
        let (file, entries, facts) = written(&[capture(), capture()]);
        assert_eq!(file, written(&[capture(), capture()]).0);
        let [Some(first), Some(second)] = &facts[..] else { panic!("two records") };
        assert_ne!(first.id, second.id);
        assert_eq!(first.payload_sha256, Digest::of(b"<p>Text</p>"));
        let entry = &entries[0];
        assert_eq!((entry.media_type.as_str(), entry.status, entry.date.unix()), ("text/html", 200, 1));
        let member = &file[usize::try_from(entry.offset).unwrap()..][..usize::try_from(entry.length).unwrap()];
        assert_eq!(Digest::of(member), first.digest);
        let text = String::from_utf8(coding::undo(Some("gzip"), member.to_vec(), 10_000).unwrap()).unwrap();
        assert!(text.ends_with("x-archive-orig-transfer-encoding: chunked\r\n\r\n<p>Text</p>\r\n\r\n"), "{text}");
    }

    #[test]
    fn a_file_that_was_handed_over_is_not_written() {
        let file = Capture::from_bytes("page.html", b"<p>Text</p>".to_vec(), None).unwrap();
        let (_, entries, facts) = written(&[file]);
        assert_eq!((entries.len(), facts), (0, vec![None]));
    }
}
