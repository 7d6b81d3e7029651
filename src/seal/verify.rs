//! Verifying, step by step. The first step that fails names the outcome; what could not be looked at is `unchecked`.
//!
//! 1 read the seal · 2 media type, one envelope, one signature, payload type · 3 signature, strict, keys in hint order · 4
//! timestamp · 5 key: revoked, valid then, right signer · 6 only now parse the payload · 7 hash every file named · 8 sidecars
//! agree · 9 signed parts agree · 10 age and chain, if asked.

mod audit;
mod files;
mod key;
mod proof;
mod series;
mod sidecars;
mod time;

use std::io;

use serde_json::Value;

pub(in crate::seal) use self::proof::LEAF;
use self::{files::Files, key::Found};
pub use self::{
    proof::{Page, page as page_of_audit, sealed_within},
    series::Before,
};
use super::{
    OWN, SEAL, STATEMENT, audited,
    bundle::{self, Bundle, Unreadable},
    captured, consistency, dsse,
    folder::{self, Folder, Single},
    keys::PublicKey,
    outcome::{FileStatus, Listed, Outcome, Verification, Verified},
    policy::Policy,
    statement::{PREDICATE_TYPE, Statement, TYPE},
    strict_json, whence,
};
use crate::{digest::Digest, moment::Moment, text::shorten};

/// The names of the report's two forms.
const REPORT: &str = "report.json";
const PAGE: &str = "report.html";

/// The largest seal, statement and report that are read, in bytes.
const SEAL_BYTES: usize = 16 << 20;
const STATEMENT_BYTES: usize = 8 << 20;
const REPORT_BYTES: usize = 256 << 20;
/// The largest recording of the exchanges that is looked into, in bytes.
const CAPTURE_BYTES: usize = 512 << 20;

/// How many files lie in a folder beside the artefacts.
const SIDECARS: usize = 5;

/// The most that is repeated of what evidence says, in characters.
const TOLD: usize = 600;

/// Whether verifying could read what is about to be sealed: a writer must not make what its own verifier refuses.
///
/// # Errors
/// What is too large, in one phrase.
pub fn readable(statement: &Statement) -> Result<(), String> {
    let large = |name: &str| format!("{name} would be larger than `vidimus verify` reads");
    if statement.bytes.len() > STATEMENT_BYTES {
        return Err(large(STATEMENT));
    }
    if statement.artefacts.len() + SIDECARS > folder::ENTRIES {
        return Err("the folder would hold more files than `vidimus verify` reads".to_owned());
    }
    for artefact in &statement.artefacts {
        let read = artefact.name == REPORT || artefact.name == PAGE;
        let reports = artefact.name == REPORT && !strict_json::fits_report(&artefact.bytes);
        let recording = artefact.role == Some(captured::ROLE) && artefact.bytes.len() > CAPTURE_BYTES;
        if reports || recording || (read && artefact.bytes.len() > REPORT_BYTES) {
            return Err(large(&artefact.name));
        }
    }
    Ok(())
}

/// What is asked beside the policy.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The time key validity and age are judged at.
    pub now: Moment,
    /// Whether files that are not sealed are refused.
    pub strict: bool,
    /// Whether a timestamp is demanded.
    pub require_timestamp: bool,
    /// The oldest seal accepted, in seconds before `now`.
    pub max_age: Option<i64>,
    /// The folders of the runs before, latest first.
    pub previous: &'a [Folder],
}

impl Question<'_> {
    /// Nothing beyond the policy, judged at `now`.
    pub fn at(now: Moment) -> Self {
        Self { now, strict: false, require_timestamp: false, max_age: None, previous: &[] }
    }
}

/// How a step failed.
#[derive(Debug)]
enum Failure {
    /// It says so about the evidence.
    Outcome(Outcome, String),
    /// It could not be carried out.
    Trouble(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Trouble(error)
    }
}

type Step<T> = Result<T, Failure>;

fn fail<T>(outcome: Outcome, detail: impl Into<String>) -> Step<T> {
    Err(Failure::Outcome(outcome, detail.into()))
}

/// Verifies the evidence in `folder`.
///
/// # Errors
/// If a file cannot be read. Everything wrong with the evidence itself is an outcome, not an error.
pub fn verify(folder: &Folder, policy: &Policy, question: &Question<'_>) -> io::Result<Verification> {
    let mut found = blank();
    let ended = run(folder, policy, question, &mut found);
    if found.files.is_empty() {
        // Nothing was looked at: say so about everything that lies there.
        let unchecked = |entry: &super::folder::Entry| Listed {
            name: entry.name.clone(),
            role: "unknown".to_owned(),
            status: FileStatus::Unchecked,
        };
        found.files = folder.entries().iter().map(unchecked).collect();
    }
    conclude(found, ended)
}

/// Verifies that `single` is the one sealed by `seal` as `role` (any role if none is named).
///
/// # Errors
/// As [`verify`].
pub fn file(
    single: &Single,
    role: Option<&str>,
    seal: &[u8],
    policy: &Policy,
    question: &Question<'_>,
) -> io::Result<Verification> {
    let mut found = blank();
    let ended = file_steps(single, role, seal, policy, question, &mut found);
    conclude(found, ended)
}

fn blank() -> Verification {
    Verification {
        verify: 1,
        outcome: Outcome::Unsigned,
        detail: None,
        signer: None,
        key: None,
        timestamp: None,
        files: Vec::new(),
        rerun: None,
        rerun_findings: None,
        notes: Vec::new(),
        alone: None,
        verified: None,
    }
}

/// The same for what was looked at by itself, and is no statement.
fn conclude_alone(mut found: Verification, ended: Step<()>) -> io::Result<Verification> {
    match ended {
        Ok(()) => found.outcome = Outcome::Verified,
        Err(failure) => return conclude(found, Err(failure)),
    }
    found.notes.iter_mut().for_each(|text| *text = shorten::to(text, TOLD));
    Ok(found)
}

fn conclude(mut found: Verification, ended: Step<Verified>) -> io::Result<Verification> {
    found.files.sort_by(|left, right| left.name.cmp(&right.name));
    match ended {
        Ok(verified) => {
            found.outcome = Outcome::Verified;
            found.verified = Some(verified);
        }
        Err(Failure::Outcome(outcome, detail)) => {
            found.outcome = outcome;
            found.detail = Some(detail);
        }
        Err(Failure::Trouble(error)) => return Err(error),
    }
    // Whoever writes evidence can fill it with text; none of that is needed in full.
    let roles = found.files.iter_mut().map(|file| &mut file.role);
    for text in found.detail.iter_mut().chain(&mut found.notes).chain(roles) {
        *text = shorten::to(text, TOLD);
    }
    Ok(found)
}

fn run(folder: &Folder, policy: &Policy, question: &Question<'_>, found: &mut Verification) -> Step<Verified> {
    if let Some(entry) = folder.entries().iter().find(|entry| !entry.regular && OWN.contains(&entry.name.as_str())) {
        return fail(Outcome::Malformed, format!("{} is not a regular file", entry.name));
    }
    let Some(seal) = limited(folder, SEAL, SEAL_BYTES)? else {
        return fail(Outcome::Unsigned, format!("the seal is missing: there is no {SEAL}{}", proof::instead(folder)));
    };
    let Opened { statement, payload, key } = seal_steps(&seal, policy, question, found)?;
    let files = Files::of(&statement)?;
    files.regular(folder)?;
    // Steps 7 and 8.
    found.files = files.compare(folder, &payload)?;
    files.judge(folder, &found.files)?;
    sidecars::judge(&files, folder, &payload, &key, found)?;
    unlisted(question, found)?;
    // Step 9, on the very bytes that were sealed.
    if is_of_audit(&statement) {
        audit::agrees(&files, folder, &statement, &key)?;
        return verified(folder, statement, &files, question, found);
    }
    files.predicate_agrees(&statement)?;
    files.lengths_agree(&statement, |name| folder.length(name))?;
    let report = files.sealed(folder, REPORT, REPORT_BYTES)?;
    let html = files.sealed(folder, PAGE, REPORT_BYTES)?;
    let predicate = statement.get("predicate").unwrap_or(&Value::Null);
    consistency::agree(predicate, &report, Some(&html)).map_err(|(outcome, why)| Failure::Outcome(outcome, why))?;
    come_by(predicate, found)?;
    exchanges(&files, folder, predicate, found)?;
    found.notes.extend(files.unread(&statement));
    verified(folder, statement, &files, question, found)
}

/// Step 10, and the end.
fn verified(
    folder: &Folder,
    statement: Value,
    files: &Files,
    question: &Question<'_>,
    found: &mut Verification,
) -> Step<Verified> {
    series::follows(&statement, question, found)?;
    let digests = files.all().map(|(name, digest)| (name.to_owned(), digest)).collect();
    Ok(Verified { statement, files: Some((folder.clone(), digests)) })
}

/// Whether a statement is about an audit, and not about one comparison.
fn is_of_audit(statement: &Value) -> bool {
    statement.get("predicateType").and_then(Value::as_str) == Some(audited::PREDICATE_TYPE)
}

/// Whether the statement says of no source that it was come by in a way which what is sealed cannot bear out.
fn come_by(predicate: &Value, found: &mut Verification) -> Step<()> {
    if let Some(why) = whence::contradiction(predicate) {
        return fail(Outcome::Inconsistent, why);
    }
    found.notes.extend(whence::unrecorded(predicate));
    Ok(())
}

/// Whether the records of the exchanges are what the statement says of them, and what signatures the sealed archives carry.
fn exchanges(files: &Files, folder: &Folder, predicate: &Value, found: &mut Verification) -> Step<()> {
    let name = files.of_role(captured::ROLE);
    let mut recording = None;
    for (archive, _) in files.all().filter(|(name, _)| name.ends_with(".wacz")) {
        // How large one may be of which nothing depends is not for this version to say.
        if folder.length(archive)?.is_some_and(|length| length <= CAPTURE_BYTES as u64) {
            let bytes = files.sealed(folder, archive, CAPTURE_BYTES)?;
            found.notes.extend(captured::signature(archive, &bytes));
            recording = Some(bytes).filter(|_| name == Some(archive)).or(recording);
        }
    }
    if !captured::names_a_record(predicate) {
        let unused = name.map(|name| format!("{name} is sealed, but the statement names no record in it"));
        found.notes.extend(unused);
        return Ok(());
    }
    let file = match (recording, name) {
        (None, Some(name)) => Some(files.sealed(folder, name, CAPTURE_BYTES)?),
        (recording, _) => recording,
    };
    match captured::contradiction(predicate, file.as_deref()) {
        Some(why) => fail(Outcome::Inconsistent, why),
        None => Ok(()),
    }
}

fn file_steps(
    single: &Single,
    role: Option<&str>,
    seal: &[u8],
    policy: &Policy,
    question: &Question<'_>,
    found: &mut Verification,
) -> Step<Verified> {
    let Opened { statement, .. } = seal_steps(seal, policy, question, found)?;
    let files = Files::of(&statement)?;
    found.files = files.unchecked();
    let (name, role) = files.single(&single.digest, role, &mut found.files)?;
    let predicate = statement.get("predicate").unwrap_or(&Value::Null);
    if !is_of_audit(&statement) {
        files.predicate_agrees(&statement)?;
        come_by(predicate, found)?;
    }
    files.lengths_agree(&statement, |own| Ok((own == name).then_some(single.length)))?;
    if role == "report" {
        let report = match folder::read(&single.path, REPORT_BYTES) {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return beyond(&name),
            other => other?,
        };
        if Digest::of(&report) != single.digest {
            return fail(Outcome::ArtefactChanged, "the file changed while it was read");
        }
        consistency::agree(predicate, &report, None).map_err(|(outcome, why)| Failure::Outcome(outcome, why))?;
    }
    found.alone = Some(role);
    found
        .notes
        .push("only this file was looked at, and whether the sealed files agree with each other was not".to_owned());
    found.notes.extend(files.unread(&statement));
    series::follows(&statement, question, found)?;
    Ok(Verified { statement, files: None })
}

/// Reads a file; one that is too large for its kind is malformed, not trouble.
fn limited(folder: &Folder, name: &str, limit: usize) -> Step<Option<Vec<u8>>> {
    match folder.read(name, limit) {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            fail(Outcome::Malformed, format!("{name} is larger than is read"))
        }
        other => Ok(other?),
    }
}

/// A sealed file of the right digest that is larger than is read.
fn beyond<T>(name: &str) -> Step<T> {
    let why =
        "is as it was sealed, but larger than this version reads: whether it agrees with the rest was not looked at";
    fail(Outcome::Malformed, format!("{name} {why}"))
}

/// What steps 1 to 6 open: a statement that was signed by somebody trusted.
struct Opened {
    statement: Value,
    payload: Vec<u8>,
    key: PublicKey,
}

/// Steps 1 to 6.
fn seal_steps(seal: &[u8], policy: &Policy, question: &Question<'_>, found: &mut Verification) -> Step<Opened> {
    if seal.len() > SEAL_BYTES {
        return fail(Outcome::Malformed, "the seal is larger than is read");
    }
    let bundle = read(seal)?;
    if bundle.payload_type != dsse::PAYLOAD_TYPE {
        return fail(Outcome::WrongType, format!("the payload is of type {:?}", bundle.payload_type));
    }
    let signed = dsse::pae(&bundle.payload_type, &bundle.payload);
    let key = match key::find(&bundle, &signed, policy) {
        Found::Key(key) => key,
        Found::Forged(key) => {
            return fail(Outcome::Forged, format!("the seal names {}, whose signature this is not", key.fingerprint()));
        }
        Found::Unknown => return fail(Outcome::UnknownKey, key::unknown(&bundle, policy)),
    };
    found.key = Some(key.fingerprint());
    let time = time::vouched(&bundle, policy, question, found)?;
    found.timestamp = time.map(|time| time.to_string());
    found.signer = key::standing(&key, policy, time.unwrap_or(question.now))?;
    if bundle.log_entries > 0 {
        found
            .notes
            .push("the seal carries entries of a transparency log, which this version does not check".to_owned());
    }
    Ok(Opened { statement: parse(&bundle.payload)?, payload: bundle.payload, key })
}

fn read(seal: &[u8]) -> Step<Bundle> {
    let value = strict_json::parse(seal).or_else(|why| fail(Outcome::Malformed, format!("the seal: {why}")))?;
    bundle::read(&value).map_err(|error| match error {
        Unreadable::Unsigned => Failure::Outcome(Outcome::Unsigned, "the seal holds no signature".to_owned()),
        Unreadable::Malformed(why) => Failure::Outcome(Outcome::Malformed, why),
        Unreadable::WrongType(why) => Failure::Outcome(Outcome::WrongType, why),
        Unreadable::Newer(why) => Failure::Outcome(Outcome::NewerFormat, why),
        Unreadable::Older(why) => Failure::Outcome(Outcome::OlderFormat, why),
    })
}

/// Step 6. The payload is verified, but whoever signed it may still have written it badly.
fn parse(payload: &[u8]) -> Step<Value> {
    if payload.len() > STATEMENT_BYTES {
        return fail(Outcome::Malformed, "the statement is larger than is read");
    }
    let value = strict_json::parse(payload).or_else(|why| fail(Outcome::Malformed, format!("{STATEMENT}: {why}")))?;
    if value.get("_type").and_then(Value::as_str) != Some(TYPE) {
        return fail(Outcome::WrongType, "the statement is no in-toto statement of version 1");
    }
    let kind = value.get("predicateType").and_then(Value::as_str).unwrap_or_default();
    let known = ["urn:vidimus:comparison:v", "urn:vidimus:audit:v"];
    let version =
        known.iter().find_map(|known| kind.strip_prefix(known)).and_then(|version| version.parse::<u32>().ok());
    match version {
        Some(1) if [PREDICATE_TYPE, audited::PREDICATE_TYPE].contains(&kind) => Ok(value),
        Some(0) => fail(Outcome::OlderFormat, format!("the statement is of type {kind}")),
        Some(version) if version > 1 => fail(Outcome::NewerFormat, format!("the statement is of type {kind}")),
        Some(_) | None => fail(Outcome::WrongType, format!("the statement is of type {kind:?}")),
    }
}

fn unlisted(question: &Question<'_>, found: &mut Verification) -> Step<()> {
    let strangers: Vec<&str> =
        found.files.iter().filter(|file| file.status == FileStatus::Unlisted).map(|file| file.name.as_str()).collect();
    if strangers.is_empty() {
        return Ok(());
    }
    let list = strangers.join(", ");
    if question.strict {
        return fail(Outcome::UnlistedFile, format!("not sealed: {list}"));
    }
    found.notes.push(format!("not sealed: {list}"));
    Ok(())
}
