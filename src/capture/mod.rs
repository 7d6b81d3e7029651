//! Stage 1, `Locator → Capture`: bytes, and how they were got.
//!
//! The only stage that touches network or disk for its input, so the only one before the seal that can fail. It never
//! looks at what the bytes mean. Add a way to get bytes as a file of its own here and a [`Via`].

mod address;
mod archive;
mod challenge;
mod coding;
mod error;
mod file;
mod gather;
mod hop;
mod limits;
mod locator;
mod memento;
#[cfg(feature = "net")]
pub mod net;
#[cfg(feature = "net")]
mod origin;
mod reference;
mod rendered;
mod robots;
mod sheets;
mod sniff;
pub mod store;
pub mod wacz;
pub mod warc;
mod zone;

pub use address::{Address, without_credentials};
pub use archive::{Broken, Caveat, Fit, Recorded, Shelves, Stored, pages, recorded};
pub use challenge::is_challenge;
pub use error::{BadAddress, Error, Phase, Unreadable, reason};
pub use file::{file, stdin};
pub use gather::{Progress, one, pair};
pub use hop::{Header, Hop};
pub use limits::{Limits, Reach, SheetLimits};
pub use locator::Locator;
pub use memento::{Memento, Request, WAYBACK};
#[cfg(feature = "net")]
pub use memento::{Record, Records};
pub use reference::{Base, Target, undo_percents};
pub use rendered::{RenderFacts, Rendered};
pub use robots::Robots;
pub use sheets::{MissedSheet, Page, Sheet, gather as gather_sheets};
pub use sniff::Format;

use serde::{Deserialize, Serialize};

use crate::{digest::Digest, moment::Moment};

/// How the bytes of a source came to us.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// Fetched over HTTP from the address itself.
    Http,
    /// A web archive's record, asked for by date.
    Memento,
    /// A record of a WARC file.
    Warc,
    /// A record of a WACZ file.
    Wacz,
    /// The project's own snapshot store.
    Snapshot,
    /// A file on disk.
    File,
    /// Standard input.
    Stdin,
}

/// What speaks for the origin of a source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// Fetched by us from the host asked for, which is taken for the publisher's own.
    Publisher,
    /// A web archive's record of that host.
    Archive,
    /// A file somebody handed over, or a host that only they can ask: its origin is asserted, not observed.
    Supplied,
}

/// One hop of a redirect chain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Redirect {
    /// The address that answered with a redirect, without user information.
    pub url: String,
    /// Its HTTP status, 301 to 308.
    pub status: u16,
}

/// What was done about a site's `robots.txt`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obedience {
    /// It was asked, and allows what was fetched.
    Obeyed,
    /// It was not asked, as whoever ran the program wished.
    Ignored,
}

/// The HTTP facts of a capture.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Exchange {
    /// The address asked for, without user information.
    pub url: String,
    /// The address that answered in the end.
    pub final_url: String,
    /// The hops between the two, in order.
    pub redirects: Vec<Redirect>,
    /// Each request and its answer, redirects first and the page last; empty where nobody kept them.
    pub hops: Vec<Hop>,
    /// What the archive says of the record, where the page is one; the other facts are then those of the page it is a record of,
    /// and `hops` are the requests to the archive.
    pub memento: Option<Memento>,
    /// The HTTP status of the last answer.
    pub status: u16,
    /// The `Content-Type` header as sent, absent if there was none.
    pub content_type: Option<String>,
    /// The `Content-Encoding` that was undone to get the body, absent if there was none.
    pub content_encoding: Option<String>,
    /// What was done about what the site asks of programs, where it was a program that chose the address.
    pub robots: Option<Obedience>,
    /// Whether the address as typed carried a user name or password. They were not sent: the page is what anybody gets.
    pub credentials_dropped: bool,
}

/// A source's bytes and how they were got. Building one is the only way into the judging stages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Capture {
    /// The source as the user named it; secrets in URLs are taken out.
    pub locator: String,
    /// The body with transfer and content encoding undone; where it was rendered, the DOM that a browser had of it, as HTML.
    pub body: Vec<u8>,
    /// The kind of text the body holds.
    pub format: Format,
    /// The charset the transport declares, before anything in the body is looked at.
    pub declared_charset: Option<String>,
    /// How it came to us.
    pub via: Via,
    /// What speaks for its origin.
    pub assurance: Assurance,
    /// The HTTP facts, absent for files.
    pub exchange: Option<Exchange>,
    /// What the archive says of the record it was read from, absent for anything else.
    pub stored: Option<Stored>,
    /// When it was fetched; absent where nobody can know (a file's date proves nothing).
    pub retrieved_at: Option<Moment>,
    /// The style sheets captured with it, in the order they were asked for.
    pub sheets: Vec<Sheet>,
    /// Sheets that were asked for and could not be got. Of very many only the first are listed.
    pub missed_sheets: Vec<MissedSheet>,
    /// What was received, where the body is what a browser made of it; absent otherwise.
    pub rendered: Option<Rendered>,
}

impl Capture {
    /// Takes bytes somebody handed over. `locator` names them in reports; `media_type` (such as `text/html; charset=utf-8`)
    /// says what they are, otherwise the ending of `locator` and the bytes themselves do.
    ///
    /// # Errors
    /// [`Error::Empty`] and [`Error::Binary`]: there is no text in it that could be checked.
    pub fn from_bytes(locator: &str, body: Vec<u8>, media_type: Option<&str>) -> Result<Self, Error> {
        let format = sniff::format(locator, &body, media_type).map_err(|unfit| unfit.of(locator))?;
        Ok(Self {
            locator: locator.to_owned(),
            format,
            declared_charset: media_type.and_then(sniff::charset_parameter),
            body,
            via: Via::File,
            assurance: Assurance::Supplied,
            exchange: None,
            stored: None,
            retrieved_at: None,
            sheets: Vec::new(),
            missed_sheets: Vec::new(),
            rendered: None,
        })
    }

    /// The same page with the style sheets captured beside it. Their addresses are what the page's references lead to, and for
    /// bytes from nowhere on the web the paths from the page's own folder.
    ///
    /// ```
    /// use vidimus::{Capture, Moment, Options, Verdict, capture::Sheet};
    /// let page = |text: &str| Capture::from_bytes("page.html", text.as_bytes().to_vec(), Some("text/html"));
    /// let original = page("<p>There is no solution.</p>")?;
    /// let sheet = Sheet::new("style/site.css", b".x { font-weight: bold }".to_vec(), None);
    /// let copy = page("<link rel=stylesheet href=style/site.css><p>There is <i class=x style=font-style:normal>no</i> solution.</p>")?;
    /// let checked = vidimus::check(&original, &copy.with_sheets(vec![sheet]), &Options::new(Moment::from_unix(0)));
    /// assert_eq!(checked.report.verdict, Verdict::Emphasised);
    /// # Ok::<(), vidimus::capture::Error>(())
    /// ```
    #[must_use]
    pub fn with_sheets(self, sheets: Vec<Sheet>) -> Self {
        Self { sheets, ..self }
    }

    /// The SHA-256 of the body.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.body)
    }
}
