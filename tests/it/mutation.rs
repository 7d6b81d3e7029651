//! A sealed folder with one byte changed: sampled here, every byte with `VIDIMUS_MUTATE=all`. It never verifies, unless nothing of
//! what it says is another thing.

use serde_json::Value;
use vidimus::{
    Moment,
    seal::{self, Outcome, Policy, Question, SEAL, SUMS, folder::Folder, timestamp::Authorities},
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

/// What counts of a seal: all but the hints that help to find the key.
fn meant(seal: &[u8]) -> Option<Value> {
    let mut value: Value = serde_json::from_slice(seal).ok()?;
    value["verificationMaterial"]["publicKey"]["hint"] = Value::Null;
    value["dsseEnvelope"]["signatures"][0]["keyid"] = Value::Null;
    Some(value)
}

#[test]
fn no_byte_can_be_another() {
    let authority = Authority::new();
    let evidence = Evidence::new();
    evidence.set_timestamps(&[&authority.token(&evidence.signature(), "sha256")]);
    let authorities = Authorities::from_pem(authority.root().as_bytes()).unwrap();
    let policy = Policy { authorities, ..trusting(&allowed_signers()) };
    let question = Question { require_timestamp: true, ..Question::at(Moment::parse("2030-01-01T00:00:00Z").unwrap()) };
    let verify = || seal::verify(&Folder::open(&evidence.folder()).unwrap(), &policy, &question).unwrap();
    let sound = verify();
    assert_eq!(sound.outcome, Outcome::Verified, "{sound:#?}");
    let mut chance = Chance::new(7);
    for name in evidence.names() {
        let good = evidence.read(&name);
        let places: Vec<usize> =
            if all() { (0..good.len()).collect() } else { (0..SAMPLE).map(|_| chance.below(good.len())).collect() };
        for place in places {
            let mut bad = good.clone();
            bad[place] ^= 1 << chance.below(8);
            evidence.write(&name, &bad);
            let found = verify();
            if found.outcome == Outcome::Verified {
                // Hints, and what a timestamp does not sign (such as its status in words), decide nothing.
                let same = name == SEAL && found.timestamp == sound.timestamp;
                let hint = meant(&bad) == meant(&good);
                let token = bad.len() == good.len() && !hint;
                assert!(same && (hint || token), "{name}, byte {place}: {found:#?}");
                assert_eq!((&found.signer, &found.key), (&sound.signer, &sound.key));
                assert_eq!(
                    found.verified.map(|verified| verified.statement().clone()),
                    sound.verified.as_ref().map(|verified| verified.statement().clone())
                );
            } else {
                assert!(found.verified.is_none(), "{name}, byte {place}");
            }
        }
        evidence.write(&name, &good);
        assert!(name != SUMS || !good.is_empty());
    }
    assert_eq!(verify().outcome, Outcome::Verified, "and it is put right again");
}
