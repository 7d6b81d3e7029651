//! Records of web archives (RFC 7089): an address and a day go in, the page as it was recorded comes out.
//!
//! The record is asked for in its raw form (`id_`), since any other is a page of the archive's making. What the archive says of the
//! time is believed, not the time asked for; redirects, the recorded ones too, are followed within the archive and never into the
//! live web. That an archive holds nothing says nothing about the page. `listing` asks for indexes, which are read in `cdx`; all requests go through `net`.

#[cfg(feature = "net")]
mod cdx;
#[cfg(feature = "net")]
mod listing;
#[cfg(feature = "net")]
mod replay;

#[cfg(feature = "net")]
pub use cdx::Record;
#[cfg(feature = "net")]
pub use replay::Records;
#[cfg(feature = "net")]
pub(super) use replay::{fetch, sheet};

use serde::{Deserialize, Serialize};

use super::{
    Address,
    zone::{self, Zone},
};
use crate::moment::Moment;

/// The archive that is asked where none is named.
pub const WAYBACK: &str = "https://web.archive.org/web";

/// An address and the day it is wanted of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// The address, as typed.
    pub address: String,
    /// The moment that the record should be near.
    pub at: Moment,
    /// The archive: what stands before `/20171116090000id_/http://…` in the addresses of its records.
    pub archive: String,
}

/// What an archive says of a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Memento {
    /// The address of the record, in its raw form.
    pub uri: String,
    /// When it was recorded, as the archive says.
    pub datetime: Moment,
    /// The moment that was asked for.
    pub requested: Moment,
    /// The archive.
    pub archive: String,
    /// The SHA-1 of the payload in base32 as the archive's index has it; absent where it says none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index_sha1: Option<String>,
    /// The SHA-1 in base32 of what the archive gave: of the payload as it was sent or, where the index means that, unpacked.
    pub payload_sha1: String,
}

impl Memento {
    /// Whether what the archive gave is not what its index says. Archives count the payload in different ways, so this is no proof of
    /// anything.
    pub fn differs_from_index(&self) -> bool {
        self.index_sha1.as_ref().is_some_and(|index| *index != self.payload_sha1)
    }

    /// Whether the archive is in somebody's own network, so that others cannot ask it.
    pub fn is_private(&self) -> bool {
        Address::parse(&self.archive).is_ok_and(|archive| zone::of_host(archive.host()) != Zone::Public)
    }

    /// Whether it was recorded more than a day away from what was asked for.
    pub fn is_far(&self) -> bool {
        self.datetime.unix().abs_diff(self.requested.unix()) > 24 * 3600
    }
}
