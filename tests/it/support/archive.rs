//! A web archive on loopback that answers as pywb does (tried with 2.10.0), or as the Wayback Machine has its index: records by date,
//! raw forms, an index, a TimeGate and a TimeMap.

use vidimus::{
    Moment,
    digest::{base32, sha1},
};

use super::{Reply, Server};

/// How an archive's index looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Index {
    /// An object a line.
    Lines,
    /// One list of lists, the first of names.
    Table,
    /// There is none: the TimeGate has to be asked.
    None,
}

/// One record: its 14 digits, the address it is of, and what was recorded.
#[derive(Clone, Debug)]
struct Record {
    digits: String,
    url: String,
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    digest: String,
}

/// An archive to be.
#[derive(Clone, Debug)]
pub struct Archive {
    index: Index,
    records: Vec<Record>,
}

impl Archive {
    /// An empty one.
    pub fn new(index: Index) -> Self {
        Self { index, records: Vec::new() }
    }

    /// With one record more: an answer as it was recorded.
    #[must_use]
    pub fn with(mut self, digits: &str, url: &str, answer: Reply) -> Self {
        let Reply::Answer { status, headers, body } = answer else { panic!("only answers are recorded") };
        let digest = base32(&sha1(&body));
        self.records.push(Record { digits: digits.to_owned(), url: url.to_owned(), status, headers, body, digest });
        self
    }

    /// With one page more.
    #[must_use]
    pub fn page(self, digits: &str, url: &str, body: impl Into<Vec<u8>>) -> Self {
        self.with(digits, url, Reply::html(body))
    }

    /// With another digest in the index for the last record.
    #[must_use]
    pub fn digest(mut self, digest: &str) -> Self {
        self.records.last_mut().unwrap().digest = digest.to_owned();
        self
    }

    /// Starts it; its records are below `/web`.
    pub fn start(self) -> Server {
        Server::answering(move |path| self.answer(path))
    }

    fn answer(&self, path: &str) -> Reply {
        let missing = Reply::status(404, "no such record");
        let Some(rest) = path.strip_prefix("/web/") else { return missing };
        if let Some(query) = rest.strip_prefix("cdx?") {
            return self.rows(query);
        }
        if let Some(url) = rest.strip_prefix("timemap/link/") {
            return self.time_map(url);
        }
        match rest.split_once("id_/") {
            Some((digits, url)) if digits.len() == 14 => self.nearest(digits, url).map_or(missing, replayed),
            Some(_) | None => self.gate(rest),
        }
    }

    fn of<'a>(&'a self, url: &'a str) -> impl Iterator<Item = &'a Record> {
        self.records.iter().filter(move |record| record.url == url)
    }

    fn nearest<'a>(&'a self, digits: &str, url: &'a str) -> Option<&'a Record> {
        let at = Moment::parse_digits(digits)?.unix();
        self.of(url).min_by_key(|record| moment(record).unix().abs_diff(at))
    }

    /// The TimeGate, which knows no date but the latest: a redirect to the frame, as archives have it.
    fn gate(&self, url: &str) -> Reply {
        match self.of(url).last() {
            Some(record) => Reply::redirect(302, &format!("/web/{}/{url}", record.digits)),
            None => Reply::status(404, "no such record").header("Vary", "accept-datetime"),
        }
    }

    fn rows(&self, query: &str) -> Reply {
        let url = query.split('&').find_map(|pair| pair.strip_prefix("url=")).unwrap_or_default();
        let url = url.replace("%3A", ":").replace("%2F", "/").replace("%3F", "?").replace("%3D", "=");
        match self.index {
            Index::None => Reply::status(404, "no index here"),
            Index::Lines => {
                let line = |record: &Record| {
                    let Record { digits, url, status, digest, .. } = record;
                    format!(
                        "{{\"timestamp\": \"{digits}\", \"url\": \"{url}\", \"status\": \"{status}\", \"digest\": \"{digest}\"}}\n"
                    )
                };
                Reply::page("text/x-ndjson", self.of(&url).map(line).collect::<String>())
            }
            Index::Table => {
                let row = |record: &Record| {
                    let Record { digits, url, status, digest, .. } = record;
                    format!(",[\"{digits}\",\"{url}\",\"{status}\",\"{digest}\"]")
                };
                let names = r#"["timestamp","original","statuscode","digest"]"#;
                Reply::page("application/json", format!("[{names}{}]", self.of(&url).map(row).collect::<String>()))
            }
        }
    }

    fn time_map(&self, url: &str) -> Reply {
        let link = |record: &Record| {
            format!(",\n<http://x/{}/{url}>; rel=\"memento\"; datetime=\"{}\"", record.digits, moment(record).to_http())
        };
        let links: String = self.of(url).map(link).collect();
        if links.is_empty() {
            return Reply::page("application/link-format", "").with_status(404);
        }
        Reply::page("application/link-format", format!("<{url}>; rel=\"original\"{links}"))
    }
}

fn moment(record: &Record) -> Moment {
    Moment::parse_digits(&record.digits).unwrap()
}

/// A record in its raw form: as it was sent, with the time it is of.
fn replayed(record: &Record) -> Reply {
    let answer = Reply::Answer { status: record.status, headers: record.headers.clone(), body: record.body.clone() };
    answer.header("Memento-Datetime", &moment(record).to_http())
}
