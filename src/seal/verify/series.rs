//! Step 10: how old the seal is, and which runs came before it.

use std::io;

use serde_json::Value;

use super::{Failure, Folder, Outcome, Question, Step, Verification, fail, limited, parse};
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
    let mut named = named(statement)?;
    let mut later = ("the statement".to_owned(), statement.clone());
    for folder in question.previous {
        let path = folder.path().display().to_string();
        let of_folder = |failure| match failure {
            Failure::Outcome(outcome, why) => Failure::Outcome(outcome, format!("{path}: {why}")),
            Failure::Trouble(error) => Failure::Trouble(error),
        };
        let Some(bytes) = limited(folder, STATEMENT, STATEMENT_BYTES).map_err(of_folder)? else {
            return fail(Outcome::BrokenChain, format!("{path}: there is no {STATEMENT}"));
        };
        if named != Some(Digest::of(&bytes)) {
            return fail(Outcome::BrokenChain, format!("{path}: {} names another one before it, or none", later.0));
        }
        let own = parse(&bytes).map_err(of_folder)?;
        match leads(&own, &later.1) {
            Ok(note) => found.notes.extend(note.map(|note| format!("{path} {note}"))),
            Err(why) => return fail(Outcome::BrokenChain, format!("{path} {why}")),
        }
        named = self::named(&own).map_err(of_folder)?;
        found.notes.push(format!("{path} comes before, by its statement alone: whether it verifies was not asked"));
        later = (format!("the statement of {path}"), own);
    }
    if let Some(digest) = named {
        let told = "names a run before it, which was not looked at";
        found.notes.push(format!("{} {told}: its {STATEMENT} has the SHA-256 {digest} (--previous)", later.0));
    }
    Ok(())
}

/// The digest of the statement before this one, if it names one.
fn named(statement: &Value) -> Step<Option<Digest>> {
    let Some(previous) = statement.pointer("/predicate/previous") else { return Ok(None) };
    let digest = previous.pointer("/digest/sha256").and_then(Value::as_str).and_then(Digest::from_hex);
    match digest {
        Some(digest) => Ok(Some(digest)),
        None => fail(Outcome::Malformed, "the statement names a run before it without a SHA-256"),
    }
}

/// Whether `earlier` can be of the run before that of `later`, both of one series; gives back what there is to be said of it.
///
/// # Errors
/// Why not, to be said of the earlier one.
fn leads(earlier: &Value, later: &Value) -> Result<Option<String>, String> {
    let text = |statement: &Value, path: &str| statement.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let both = |path: &str| (text(earlier, path), text(later, path));
    let (before, after) = both("/predicateType");
    if before != after {
        return Err("is evidence of another kind: a comparison and an audit are no series".to_owned());
    }
    let (before, after) = both("/predicate/generatedAt");
    let [before, after] = [before, after].map(|time| time.and_then(|time| Moment::parse(&time)));
    if before.zip(after).is_some_and(|(before, after)| before.unix() > after.unix().saturating_add(SKEW)) {
        return Err("was made later".to_owned());
    }
    // Every audit has a name of its own, below that of its series.
    if let (Some(before), Some(after)) = both("/predicate/tree/origin") {
        let series = |origin: &str| origin.rsplit_once('/').map(|(series, _)| series.to_owned());
        let same = series(&before) == series(&after);
        return if same { Ok(None) } else { Err(format!("is an audit of another series, {before}")) };
    }
    match both("/predicate/copy/url") {
        (Some(before), Some(after)) if before != after => Err(format!("is about another copy, {before}")),
        (Some(_), Some(_)) => Ok(None),
        // Files can be called otherwise every day: whether they are one series is for people to see.
        (None, _) | (_, None) => {
            let (before, after) = both("/predicate/copy/locator");
            Ok(before
                .filter(|before| Some(before) != after.as_ref())
                .map(|name| format!("is about a copy called {name}")))
        }
    }
}

/// The statement of a run, for the run after it to name.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    digest: Digest,
    statement: Value,
}

impl Before {
    /// That of the evidence in `folder`. Whether it verifies is not asked.
    ///
    /// # Errors
    /// If the statement cannot be read or is none of ours, in one phrase.
    pub fn of(folder: &Folder) -> io::Result<Self> {
        let other = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
        let bytes = folder.read(STATEMENT, STATEMENT_BYTES)?;
        let bytes = bytes.ok_or_else(|| other(format!("there is no {STATEMENT}")))?;
        match parse(&bytes) {
            Ok(statement) => Ok(Self { digest: Digest::of(&bytes), statement }),
            Err(Failure::Outcome(_, why)) => Err(other(why)),
            Err(Failure::Trouble(error)) => Err(error),
        }
    }

    /// The digest of its statement, where `statement` can be of the run after it.
    ///
    /// # Errors
    /// Why it cannot, to be said of this one: it is of another series, or was made later.
    pub(in crate::seal) fn followed_by(&self, statement: &Value) -> Result<Digest, String> {
        leads(&self.statement, statement).map(|_| self.digest)
    }
}
