//! How much a capture may take: every bound of the stage in one place.

use std::time::Duration;

/// Bounds on one capture. Sizes are bytes and are counted on what comes out, not on what was promised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The largest body, in bytes, after content encoding was undone.
    pub body_bytes: usize,
    /// The most redirects that are followed.
    pub redirects: usize,
    /// How long connecting may take.
    pub connect: Duration,
    /// How long the whole exchange may take, redirects included.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024 * 1024,
            redirects: 10,
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
        }
    }
}
