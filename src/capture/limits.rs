//! How much a capture may take and where it may lead: every bound of the stage in one place.

use std::time::Duration;

use super::{
    Address, BadAddress,
    zone::{self, Zone},
};

/// Bounds on one capture. Sizes are bytes and are counted on what comes out, not on what was promised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The largest body, in bytes, after content encoding was undone.
    pub body_bytes: usize,
    /// The most redirects that are followed.
    pub redirects: usize,
    /// How long connecting may take.
    pub connect: Duration,
    /// How long a server may take to begin its answer, connecting included.
    pub first_byte: Duration,
    /// How long the whole exchange may take, redirects and waits included.
    pub total: Duration,
    /// How often a server is asked again that is too busy (429) or has trouble of its own (500, 502, 503, 504).
    pub retries: u32,
    /// How long is waited before asking again the first time; twice as long each time after.
    pub backoff: Duration,
    /// The longest wait that a server may ask for with `Retry-After`; one that asks for more is not asked again.
    pub longest_wait: Duration,
    /// How long is waited between two requests to one archive, where many records are fetched.
    pub delay: Duration,
    /// Where requests may lead, and how they go there.
    pub reach: Reach,
    /// Bounds on the style sheets of a page.
    pub sheets: SheetLimits,
}

/// Bounds on the style sheets gathered with one page. What goes beyond them is a limit of the report, not an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SheetLimits {
    /// The most sheets that are asked for, those included that cannot be got.
    pub count: usize,
    /// The largest single sheet, in bytes.
    pub each_bytes: usize,
    /// The most bytes of all of them together.
    pub total_bytes: usize,
    /// How deep sheets may import each other.
    pub depth: usize,
    /// How long fetching the sheets of all pages together may take.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024 * 1024,
            redirects: 10,
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(30),
            total: Duration::from_secs(60),
            retries: 2,
            backoff: Duration::from_millis(500),
            longest_wait: Duration::from_secs(20),
            delay: Duration::from_secs(1),
            reach: Reach::default(),
            sheets: SheetLimits::default(),
        }
    }
}

impl Default for SheetLimits {
    fn default() -> Self {
        Self {
            count: 100,
            each_bytes: 4 * 1024 * 1024,
            total_bytes: 8 * 1024 * 1024,
            depth: 8,
            total: Duration::from_secs(30),
        }
    }
}

/// Where requests may lead, and how they go there. The default is the web at large, asked directly, and of private addresses only
/// the host that the user named.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    /// Whether redirects and names may lead into private networks. Where no page of the web is, such as at the metadata services of
    /// clouds, they never lead; this then lets the user name such an address.
    pub private: bool,
    /// The page that the address was found on, where the user did not name it: then only that page's host may be private, and none
    /// where it is no address.
    pub found_on: Option<String>,
    /// The `http` or `https` address of a proxy that is to be asked. It looks up the names then, so they are not held
    /// against private networks here.
    pub proxy: Option<String>,
    /// Certificates (PEM) of authorities that are trusted beside the system's.
    pub roots: Vec<u8>,
    /// Where the person who asks can be reached; servers are told.
    pub contact: Option<String>,
}

impl Reach {
    /// Refuses an address that leads into a private network, unless its host is that of `asked`, which the user typed, or of the page
    /// that it was found on, where that is so.
    ///
    /// # Errors
    /// [`BadAddress::Private`] and, where private networks are allowed, [`BadAddress::Reserved`].
    pub fn check(&self, at: &Address, asked: &Address) -> Result<(), BadAddress> {
        let found_on = self.found_on.as_deref().map(Address::parse);
        let named = match &found_on {
            None => Some(asked),
            Some(page) => page.as_ref().ok(),
        };
        let is_named = named.is_some_and(|named| at.host() == named.host());
        let allowed = match zone::of_host(at.host()) {
            Zone::Public => true,
            Zone::Own => is_named || self.private,
            Zone::Never => is_named && self.private,
        };
        match (allowed, self.private) {
            (true, _) => Ok(()),
            (false, true) => Err(BadAddress::Reserved),
            (false, false) => Err(BadAddress::Private),
        }
    }
}
