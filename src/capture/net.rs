//! Fetching over HTTP. The only file that names the `reqwest` crate.
