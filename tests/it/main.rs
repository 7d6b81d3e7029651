//! The integration tests, as one program.
//!
//! Each module below is about one command, one stage or one kind of rule. What they share is in `support`. Nothing here
//! needs the network beyond loopback, the author's machine, or anything but what Cargo brings and stock openssl and ssh-keygen.

mod support;

/// What people hand over by mistake or in malice: every entry is an error that says so, or a report with limits.
mod bad_input;
/// How bytes are got: redirects, encodings, limits, and what is recorded of it.
mod capture;
/// The frame around the commands: help, exit status, where output goes.
mod cli;
/// Each crate of other people is named in one home.
mod homes;
/// Imports only point down.
mod layers;
/// Sizes, heads, declared files, pages for every kind: the rules about the files themselves.
mod tidy;
