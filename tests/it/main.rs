//! The integration tests, as one program.
//!
//! Each module below is about one command, one stage or one kind of rule. What they share is in `support`. Nothing here
//! needs the network beyond loopback, the author's machine, or anything but what Cargo brings and stock openssl, ssh-keygen and jq.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

mod accuracy;
mod archives;
mod archives_wacz;
mod bad_input;
mod broken_off;
mod capture;
mod cases;
mod cases_seed;
mod check;
mod claims;
mod collate;
mod declarations;
mod docs;
mod docs_readme;
mod docs_verify;
mod export;
mod fetch;
mod fetch_hostile;
mod fetch_reading;
mod fuzzed;
mod help;
mod history;
mod homes;
mod hostile;
mod html;
mod invariants;
mod key;
mod languages;
mod layers;
mod library;
mod memento;
mod mutation;
mod newsroom;
mod quotes;
mod quotes_editors;
mod quotes_grammar;
mod quotes_links;
mod referees;
mod referees_policy;
mod references;
mod rerun;
mod schema;
mod schema_docs;
mod seal;
mod seal_kit;
mod sealed_captures;
mod seek;
mod seen;
mod sheets;
mod sheets_sealed;
mod spelling;
mod standins;
mod support;
mod surroundings;
mod terminal;
mod threats;
mod threats_files;
mod threats_lies;
mod threats_signer;
mod tidy;
mod timestamps;
mod tsa_kit;
mod vectors;
mod verify;
mod verify_aids;
mod verify_golden;
mod wide;
mod witnesses;
mod witnesses_sealed;
