//! A sealed folder with one byte changed: sampled here, every byte with `VIDIMUS_MUTATE=all`. It never verifies, unless nothing of
//! what it says is another thing.

use std::{fs, path::Path};

use serde_json::Value;
use vidimus::{
    Moment,
    seal::{self, Outcome, Policy, Question, SEAL, Verification, folder::Folder, timestamp::Authorities},
};

use crate::{
    seal_kit::{Evidence, allowed_signers, trusting},
    support::Chance,
    tsa_kit::Authority,
};

/// Changed bytes a file, where not every byte is.
const SAMPLE: usize = 60;

#[expect(clippy::disallowed_methods, reason = "the switch is for people, so it is in the environment")]
fn all() -> bool {
    std::env::var_os("VIDIMUS_MUTATE").is_some_and(|value| value == "all")
}

/// What counts of a seal: not the hints that help to find the key, nor names of fields that nobody reads.
fn meant(seal: &[u8]) -> Option<[Option<Value>; 5]> {
    let value: Value = serde_json::from_slice(seal).ok()?;
    let paths = [
        "/mediaType",
        "/dsseEnvelope/payloadType",
        "/dsseEnvelope/payload",
        "/dsseEnvelope/signatures/0/sig",
        "/verificationMaterial/timestampVerificationData/rfc3161Timestamps",
    ];
    Some(paths.map(|path| value.pointer(path).cloned()))
}

/// Changes bytes of every file in `folder`, one at a time, and verifies each time: what verifies nonetheless says what it said before.
#[expect(clippy::print_stdout, reason = "the count of a long run is for people: `--nocapture` shows it")]
fn changed(folder: &Path, policy: &Policy, question: &Question<'_>) {
    let verify = || seal::verify(&Folder::open(folder).unwrap(), policy, question).unwrap();
    let sound = verify();
    assert_eq!(sound.outcome, Outcome::Verified, "{sound:#?}");
    let told = |found: &Verification| found.verified.as_ref().map(|verified| verified.statement().clone());
    let (mut chance, mut count, mut hints) = (Chance::new(7), 0, 0);
    for entry in Folder::open(folder).unwrap().entries() {
        let (name, path) = (&entry.name, folder.join(&entry.name));
        let good = fs::read(&path).unwrap();
        assert!(!good.is_empty(), "{name}");
        let places: Vec<usize> =
            if all() { (0..good.len()).collect() } else { (0..SAMPLE).map(|_| chance.below(good.len())).collect() };
        for place in places {
            let mut bad = good.clone();
            bad[place] ^= 1 << chance.below(8);
            fs::write(&path, &bad).unwrap();
            let found = verify();
            count += 1;
            if found.outcome == Outcome::Verified {
                // Hints, and what a timestamp does not sign (such as its status in words), decide nothing.
                let hint = meant(&bad) == meant(&good);
                let token = sound.timestamp.is_some() && bad.len() == good.len() && !hint;
                assert!(name == SEAL && (hint || token), "{name}, byte {place}: {found:#?}");
                assert_eq!((&found.signer, &found.key), (&sound.signer, &sound.key));
                assert_eq!((told(&found), &found.timestamp), (told(&sound), &sound.timestamp));
                hints += 1;
            } else {
                assert!(found.verified.is_none(), "{name}, byte {place}");
            }
        }
        fs::write(&path, &good).unwrap();
    }
    assert_eq!(verify().outcome, Outcome::Verified, "and it is put right again");
    let shown = folder.file_name().unwrap_or_default().display();
    println!(
        "{shown}: {count} bytes changed, {hints} of them in hints and in what nobody signed, none says anything else"
    );
}

fn question() -> Question<'static> {
    Question::at(Moment::parse("2030-01-01T00:00:00Z").unwrap())
}

#[test]
fn no_byte_can_be_another() {
    let authority = Authority::new();
    let evidence = Evidence::new();
    evidence.set_timestamps(&[&authority.token(&evidence.signature(), "sha256")]);
    let authorities = Authorities::from_pem(authority.root().as_bytes()).unwrap();
    let policy = Policy { authorities, ..trusting(&allowed_signers()) };
    changed(&evidence.folder(), &policy, &Question { require_timestamp: true, ..question() });
}

/// The same with pages that were fetched, whose exchanges are sealed as well.
#[test]
fn no_byte_of_a_recording_can_be_another() {
    let (evidence, _) = crate::sealed_captures::evidence();
    changed(&evidence.folder(), &trusting(&allowed_signers()), &question());
}

/// The same with an audit: record, page, leaves and checkpoint.
#[test]
fn no_byte_of_an_audit_can_be_another() {
    let sandbox = crate::audit_seal::sealed("");
    changed(&crate::audit_seal::evidence(&sandbox), &trusting(&allowed_signers()), &question());
}
