//! *What did the republisher change, and can I prove it?*
//!
//! vidimus holds a republished copy of an official release against its original. It tells apart **emphasis** (the words
//! are the same, somebody made them shout), **framing** (what was put around them), **edits** (what was done to them) and
//! **concealment** (what the reader cannot see), holds what the copy says of its own origin against the original, and
//! seals report and evidence so that a third party can verify them with stock tools.
//!
//! # Example
//!
//! ```
//! use vidimus::{Capture, Moment, Options, Verdict};
//!
//! let original = Capture::from_bytes("release.html", b"<p>There is no military solution.</p>".to_vec(), Some("text/html"))?;
//! let copy = Capture::from_bytes("repost.html", b"<p>There is <b>no</b> military solution.</p>".to_vec(), Some("text/html"))?;
//! let checked = vidimus::check(&original, &copy, &Options::new(Moment::from_unix(1_511_827_200)));
//!
//! assert_eq!(checked.report.verdict, Verdict::Emphasised);
//! assert_eq!(checked.report.findings[0].kind.slug(), "emphasis-added");
//! # Ok::<(), vidimus::capture::Error>(())
//! ```
//!
//! # The stages, in the order data flows
//!
//! `Locator → Capture → Document → Alignment → Finding/Verdict → Report → Manifest → Sealed → Verified`
//!
//! The library never prints, exits, reads the environment or asks the clock: time and randomness come in as arguments.
//! Offsets count Unicode code points unless a name says bytes.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod digest;
pub mod moment;
pub mod text;

pub mod capture;

pub mod extract;

pub mod diff;

pub mod check;

pub mod report;

pub mod seal;

pub mod pipeline;

#[cfg(feature = "audit")]
pub mod audit;

pub use capture::Capture;
pub use check::Verdict;
pub use moment::Moment;
pub use pipeline::{Checked, Options, check, check_against};
pub use report::Report;
