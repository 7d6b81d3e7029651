//! Why a source could not be captured, in words for the person who named it.
//!
//! Each cause is a variant, so that callers can tell them apart without reading messages. `locator` is the source as it was
//! named, secrets in addresses taken out. Add a cause here, its sentence in `Display` and what to do about it in `hint`.

use std::{fmt, time::Duration};

use super::{
    Broken,
    address::without_credentials,
    store::{Store, Trouble},
};
use crate::moment::Moment;

/// Why there is no capture. Its text is one line that names the input and the cause; [`Error::hint`] may say what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// There is nothing but white space, or not a single byte.
    Empty {
        /// The source as named.
        locator: String,
    },
    /// The bytes are no text.
    Binary {
        /// The source as named.
        locator: String,
        /// What they seem to be, such as `a PDF file`.
        what: &'static str,
    },
    /// The body is larger than the limit.
    TooLarge {
        /// The source as named.
        locator: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// A file could not be read; never a matter of its content.
    Unreadable {
        /// The source as named.
        locator: String,
        /// What stood in the way.
        cause: Unreadable,
    },
    /// The address cannot be asked for.
    Address {
        /// The source as named.
        locator: String,
        /// What is wrong with it.
        cause: BadAddress,
    },
    /// This build of the library has no network.
    NoNetwork {
        /// The source as named.
        locator: String,
    },
    /// No answer, or only half of one.
    Transport {
        /// The source as named.
        locator: String,
        /// One clause: what happened.
        cause: String,
    },
    /// The server took too long.
    TimedOut {
        /// The source as named.
        locator: String,
        /// What was waited for.
        phase: Phase,
        /// How long was waited.
        after: Duration,
    },
    /// A name of the web at large leads into a private network.
    Private {
        /// The source as named.
        locator: String,
        /// The name.
        host: String,
    },
    /// The redirects come back to an address already asked.
    RedirectLoop {
        /// The source as named.
        locator: String,
        /// The address that came a second time.
        again: String,
    },
    /// More redirects than are followed.
    TooManyRedirects {
        /// The source as named.
        locator: String,
        /// How many are followed.
        limit: usize,
    },
    /// A redirect to somewhere that cannot be asked.
    BadRedirect {
        /// The source as named.
        locator: String,
        /// The target as sent, without user information.
        target: String,
        /// What is wrong with it.
        cause: BadAddress,
    },
    /// The server answered with something else than the page.
    Status {
        /// The source as named.
        locator: String,
        /// The HTTP status.
        status: u16,
        /// Whether the answer reads like a test for robots.
        challenge: bool,
        /// How long the server asks to be left alone, where it says.
        retry_after: Option<Duration>,
    },
    /// The archive holds no record of the address.
    NotArchived {
        /// The source as named.
        locator: String,
        /// The archive.
        archive: String,
    },
    /// What the archive recorded is no page but an error.
    Recorded {
        /// The source as named.
        locator: String,
        /// The HTTP status that was recorded.
        status: u16,
        /// When.
        at: Moment,
    },
    /// What was asked as an archive does not answer as one.
    NoArchive {
        /// The source as named.
        locator: String,
        /// The archive.
        archive: String,
        /// One clause: what it did.
        cause: String,
    },
    /// The body is packed in a way that was not asked for or cannot be undone.
    Encoding {
        /// The source as named.
        locator: String,
        /// One clause: what is wrong.
        cause: String,
    },
    /// An archive does not give the page.
    Archive {
        /// The source as named.
        locator: String,
        /// What is wrong with the archive, or with what was asked of it.
        cause: Broken,
    },
    /// The site asks programs that follow links by themselves not to fetch it.
    Robots {
        /// The source as named.
        locator: String,
        /// Why that is taken to be so where its rules could not be had: one clause.
        cause: Option<String>,
    },
    /// No browser shows it.
    Unrendered {
        /// The source as named.
        locator: String,
        /// One clause: why.
        cause: String,
    },
    /// The snapshot store holds no capture of it, and the network is not to be asked.
    NotStored {
        /// The source as named.
        locator: String,
        /// The store.
        store: String,
        /// Whether one that was rendered is wanted.
        rendered: bool,
    },
    /// The snapshot store does not give the page.
    Store {
        /// The source as named.
        locator: String,
        /// What is wrong with the store.
        cause: Trouble,
    },
}

/// What a server was waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// A connection.
    Connection,
    /// The beginning of an answer.
    FirstByte,
    /// The page, redirects included.
    Page,
}

/// What stood in the way of reading a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// There is no such file.
    Missing,
    /// It is a folder.
    Directory,
    /// Its permissions forbid it.
    Denied,
    /// It is a pipe, a socket or a device, which may never end.
    NotRegular,
    /// Anything else the system said.
    Other(String),
}

/// What is wrong with an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadAddress {
    /// It does not follow the rules for addresses.
    Malformed,
    /// Its scheme is neither `http` nor `https`.
    Scheme,
    /// It names no host.
    NoHost,
    /// It leads into a private network, where nobody asked to go.
    Private,
    /// It leads where no page of the web is, such as to the metadata services of clouds, and not even allowing private networks allows that.
    Reserved,
}

impl Error {
    /// The cause by itself, in one clause, without the name of the source.
    pub fn cause(&self) -> String {
        let text = self.to_string();
        let locator = self.locator();
        text.strip_prefix(locator).and_then(|rest| rest.strip_prefix(": ")).map_or(text.clone(), str::to_owned)
    }

    /// The source as it was named.
    pub fn locator(&self) -> &str {
        match self {
            Self::Empty { locator }
            | Self::Binary { locator, .. }
            | Self::TooLarge { locator, .. }
            | Self::Unreadable { locator, .. }
            | Self::Address { locator, .. }
            | Self::NoNetwork { locator }
            | Self::Transport { locator, .. }
            | Self::TimedOut { locator, .. }
            | Self::Private { locator, .. }
            | Self::RedirectLoop { locator, .. }
            | Self::TooManyRedirects { locator, .. }
            | Self::BadRedirect { locator, .. }
            | Self::Status { locator, .. }
            | Self::NotArchived { locator, .. }
            | Self::Recorded { locator, .. }
            | Self::NoArchive { locator, .. }
            | Self::Encoding { locator, .. }
            | Self::Archive { locator, .. }
            | Self::Robots { locator, .. }
            | Self::Unrendered { locator, .. }
            | Self::NotStored { locator, .. }
            | Self::Store { locator, .. } => locator,
        }
    }

    /// What the user could do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Binary { .. } => "vidimus reads HTML, Markdown and plain text",
            Self::Unreadable { cause: Unreadable::NotRegular, .. } => "give - and pipe the text in",
            Self::Unreadable { cause: Unreadable::Directory, .. } => "name a file inside it",
            Self::Status { challenge: true, .. } => {
                "the site wants to see a browser: save the page in one and give the file"
            }
            Self::Status { status: 401..=403, .. } | Self::RedirectLoop { .. } => {
                "if a browser shows the page, save it there and give the file"
            }
            Self::Status { retry_after: Some(wait), .. } => {
                return Some(format!("the server asks to be left alone for {} seconds", wait.as_secs()));
            }
            Self::Private { .. }
            | Self::Address { cause: BadAddress::Private, .. }
            | Self::BadRedirect { cause: BadAddress::Private, .. } => "--allow-private follows into private networks",
            Self::TooLarge { .. } => "--max-bytes raises the limit",
            Self::TimedOut { phase: Phase::Page, .. } => "--timeout gives it more time",
            Self::NotArchived { .. } => {
                "that says nothing of whether it was ever published; --archive asks another archive"
            }
            Self::Recorded { .. } => "--at with another day may find a record of the page",
            Self::NoNetwork { .. } => "fetch the page and give the file",
            Self::Address { cause: BadAddress::Scheme, .. } => "a file is named by its path alone",
            Self::Archive { cause, .. } => return cause.hint(),
            Self::Robots { .. } => "whoever names a page by itself may fetch it: vidimus capture",
            Self::Unrendered { .. } => "without --render it is read as it was received",
            Self::NotStored { rendered: true, .. } => "vidimus capture --render keeps it there",
            Self::NotStored { rendered: false, .. } => {
                "vidimus capture keeps it there, as does any run with --store and without --offline"
            }
            Self::Store { cause, .. } => return cause.hint(),
            Self::Empty { .. }
            | Self::Unreadable { cause: Unreadable::Missing | Unreadable::Denied | Unreadable::Other(_), .. }
            | Self::Address { .. }
            | Self::Transport { .. }
            | Self::TimedOut { phase: Phase::Connection | Phase::FirstByte, .. }
            | Self::TooManyRedirects { .. }
            | Self::BadRedirect { .. }
            | Self::Status { .. }
            | Self::Encoding { .. } => return None,
            Self::NoArchive { .. } => "--archive names another: what its addresses have before the date",
        };
        Some(hint.to_owned())
    }
}

impl Error {
    /// What the user could have meant, where the source holds several pages: a name each, to be put behind a `#`.
    pub fn choices(&self) -> &[String] {
        if let Self::Archive { cause, .. } = self { cause.choices() } else { &[] }
    }

    /// That `store` has nothing of what was typed; `rendered` is whether it has to be something that was rendered.
    pub fn not_stored(typed: &str, store: &Store, rendered: bool) -> Self {
        Self::NotStored { locator: without_credentials(typed), store: store.root().display().to_string(), rendered }
    }

    /// Whether the page is not to be had where it was, or not by us, so that an archive's record may stand in for it.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status { status: 401..=404 | 410 | 451, .. } | Self::Status { challenge: true, .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { locator } => write!(f, "{locator}: empty, there is no text to check"),
            Self::Binary { locator, what } => write!(f, "{locator}: this is {what}, which cannot be checked"),
            Self::TooLarge { locator, limit } => write!(f, "{locator}: larger than the limit of {limit} bytes"),
            Self::Unreadable { locator, cause } => write!(f, "{locator}: {cause}"),
            Self::Address { locator, cause } => write!(f, "{locator}: {cause}"),
            Self::NoNetwork { locator } => write!(f, "{locator}: this build cannot fetch addresses"),
            Self::Transport { locator, cause } => write!(f, "{locator}: {cause}"),
            Self::TimedOut { locator, phase, after } => {
                write!(f, "{locator}: {phase} within {} seconds", after.as_secs_f64())
            }
            Self::Private { locator, host } => {
                write!(f, "{locator}: the name {host} leads into a private network, which is not followed")
            }
            Self::RedirectLoop { locator, again } => {
                write!(f, "{locator}: its redirects run in a loop, back to {again}")
            }
            Self::TooManyRedirects { locator, limit } => write!(f, "{locator}: more than {limit} redirects"),
            Self::BadRedirect { locator, target, cause } => write!(f, "{locator}: redirected to {target}: {cause}"),
            Self::Status { locator, status, challenge: true, .. } => {
                write!(f, "{locator}: the server answered with status {status} and a test for robots")
            }
            Self::Status { locator, status, challenge: false, .. } => {
                write!(f, "{locator}: the server answered with status {status}{}", in_words(*status))
            }
            Self::NotArchived { locator, archive } => {
                write!(f, "{locator}: not archived, {archive} has no record of it")
            }
            Self::Recorded { locator, status, at } => {
                write!(f, "{locator}: the record of {at} is an answer with status {status}{}", in_words(*status))
            }
            Self::NoArchive { locator, archive, cause } => write!(f, "{locator}: the archive {archive} {cause}"),
            Self::Encoding { locator, cause } => write!(f, "{locator}: {cause}"),
            Self::Archive { locator, cause } => write!(f, "{locator}: {cause}"),
            Self::Robots { locator, cause: None } => {
                write!(f, "{locator}: the site’s robots.txt asks programs not to fetch it")
            }
            Self::Robots { locator, cause: Some(cause) } => {
                write!(f, "{locator}: the site’s robots.txt could not be had ({cause}), so nothing is fetched there")
            }
            Self::Unrendered { locator, cause } => write!(f, "{locator}: not rendered: {cause}"),
            Self::NotStored { locator, store, rendered: true } => {
                write!(
                    f,
                    "{locator}: not in the snapshot store {store} as a browser showed it, and without the network that is all there is"
                )
            }
            Self::NotStored { locator, store, rendered: false } => {
                write!(f, "{locator}: not in the snapshot store {store}, and without the network that is all there is")
            }
            Self::Store { locator, cause } => write!(f, "{locator}: {cause}"),
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connection => "no connection",
            Self::FirstByte => "no beginning of an answer",
            Self::Page => "no complete answer",
        })
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "there is no such file",
            Self::Directory => "this is a folder, not a file",
            Self::Denied => "permission denied",
            Self::NotRegular => "this is a pipe or device, not a file",
            Self::Other(cause) => cause,
        })
    }
}

impl fmt::Display for BadAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not a valid address",
            Self::Scheme => "only http and https addresses are fetched",
            Self::NoHost => "the address names no host",
            Self::Private => "a private address, which is only asked where it was named",
            Self::Reserved => "an address where no page of the web is, which is only asked where it was named",
        })
    }
}

/// What the system says of a file, as a clause: in lower case and without the number it gives errors.
///
/// ```
/// use vidimus::capture::reason;
/// assert_eq!(reason(&std::io::Error::other("Out of paper (os error 28)")), "out of paper");
/// ```
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let plain = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = plain.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

/// The meaning of the statuses people meet most, as an aside.
fn in_words(status: u16) -> &'static str {
    match status {
        401 => " (it wants a login)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone for good)",
        429 => " (too many requests)",
        451 => " (withheld for legal reasons)",
        500..=599 => " (the server has trouble of its own)",
        _ => "",
    }
}

impl std::error::Error for Error {}
