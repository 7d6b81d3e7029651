//! Step 4: what time a trusted authority vouches for. Key validity is judged at that time, never at the one the signer claims: a
//! thief would put it back.

use super::{Bundle, Outcome, Question, Step, Verification, fail};
use crate::{
    moment::Moment,
    seal::{
        policy::Policy,
        timestamp::{self, Token},
    },
};

/// The earliest time a pinned authority vouches for, if one does. A token that does not fit the signature fails, pinned or not.
pub(super) fn vouched(
    bundle: &Bundle,
    policy: &Policy,
    question: &Question<'_>,
    found: &mut Verification,
) -> Step<Option<Moment>> {
    let mut earliest: Option<Moment> = None;
    for token in &bundle.timestamps {
        match timestamp::check(token, &bundle.signature, &policy.authorities) {
            Token::Trusted(time) => earliest = Some(earliest.map_or(time, |own| own.min(time))),
            Token::Unpinned(why) => found.notes.push(format!("a timestamp counts as none: {why}")),
            Token::Invalid(why) => return fail(Outcome::TimestampInvalid, why),
        }
    }
    if earliest.is_none() {
        if question.require_timestamp {
            let none = if bundle.timestamps.is_empty() { "the seal carries none" } else { "none that counts" };
            return fail(Outcome::NoTimestamp, none);
        }
        found.notes.push("no timestamp: when this was sealed rests on the signer's word".to_owned());
    }
    Ok(earliest)
}
