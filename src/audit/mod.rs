//! Many pairs: a plan goes in, an [`Entry`](crate::report::wire::audit::Entry) for each of its pairs and a summary come out.
//!
//! `plan` reads what is to be done, `expand` finds the pairs, `run` checks them, `cache` and `journal` remember, `outcome` says what a
//! report comes to under a policy, `place` where in it something stands, `baseline` what of it somebody accepted, `order` puts everything in the plan's order. No printing
//! and no clock: the time comes in as an argument, and progress is told to whoever asks.

pub mod baseline;
mod cache;
mod expand;
mod glob;
mod journal;
mod order;
mod outcome;
mod place;
pub mod plan;
mod run;

pub use cache::Cache;
pub use expand::{Pair, Source, pairs};
pub use journal::{Journal, Run};
pub use order::{count, in_order, is_settled, not_selected};
pub use outcome::alone;
pub use run::{Done, Web, Work, sheets_beside};
