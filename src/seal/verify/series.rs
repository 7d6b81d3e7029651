//! Step 10: how old the seal is, and which runs came before it.

use serde_json::Value;

use super::{Failure, Outcome, Question, Step, Verification, fail, limited, parse};
use crate::{
    digest::Digest,
    moment::Moment,
    seal::{STATEMENT, verify::STATEMENT_BYTES},
};

/// Fails where the seal is older than is accepted, or does not follow from the folders given.
pub(super) fn follows(statement: &Value, question: &Question<'_>, found: &mut Verification) -> Step<()> {
    age(statement, question, found)?;
    chain(statement, question, found)
}

/// A clock may be this wrong, in seconds.
const SKEW: i64 = 300;

fn age(statement: &Value, question: &Question<'_>, found: &mut Verification) -> Step<()> {
    let made = statement.pointer("/predicate/generatedAt").and_then(Value::as_str).and_then(Moment::parse);
    let Some(made) = made else {
        return fail(Outcome::Malformed, "the statement does not say when it was made");
    };
    if statement.pointer("/predicate/generatedAt").and_then(Value::as_str) != Some(made.to_string().as_str()) {
        return fail(Outcome::Malformed, "the statement does not say in whole seconds of UTC when it was made");
    }
    let age = question.now.unix().saturating_sub(made.unix());
    let ahead = age < -SKEW;
    if ahead {
        found
            .notes
            .push(format!("the signer's clock said {made}, which is after the time judged at, {}", question.now));
    }
    match question.max_age {
        // A seal from the future would never grow old.
        Some(_) if ahead => fail(Outcome::Stale, format!("made at {made}, after {}: it has no age", question.now)),
        Some(most) if age > most => fail(Outcome::Stale, format!("made at {made}")),
        Some(_) | None => Ok(()),
    }
}

/// Each statement names the digest of the one before; the folders are given latest first.
fn chain(statement: &Value, question: &Question<'_>, found: &mut Verification) -> Step<()> {
    let previous = |statement: &Value| {
        statement.pointer("/predicate/previous/digest/sha256").and_then(Value::as_str).map(str::to_owned)
    };
    let mut named = previous(statement);
    let mut later = "the statement".to_owned();
    for folder in question.previous {
        let path = folder.path().display().to_string();
        let of_folder = |failure| match failure {
            Failure::Outcome(outcome, why) => Failure::Outcome(outcome, format!("{path}: {why}")),
            Failure::Trouble(error) => Failure::Trouble(error),
        };
        let Some(bytes) = limited(folder, STATEMENT, STATEMENT_BYTES).map_err(of_folder)? else {
            return fail(Outcome::BrokenChain, format!("{path}: there is no {STATEMENT}"));
        };
        if named.as_deref() != Some(Digest::of(&bytes).to_string().as_str()) {
            return fail(Outcome::BrokenChain, format!("{path}: {later} names another one before it, or none"));
        }
        named = previous(&parse(&bytes).map_err(of_folder)?);
        found.notes.push(format!("{path} comes before, by its statement alone: whether it verifies was not asked"));
        later = format!("the statement of {path}");
    }
    Ok(())
}
