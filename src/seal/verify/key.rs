//! Steps 3 and 5: which trusted key signed, and whether it may have.

use super::{Bundle, Failure, Outcome, Step, fail};
use crate::{
    moment::Moment,
    seal::{
        keys::PublicKey,
        policy::{Policy, Trust},
    },
};

/// What the search among the trusted keys came to.
pub(super) enum Found {
    /// This key signed.
    Key(PublicKey),
    /// The seal names this trusted key, and it did not sign.
    Forged(PublicKey),
    /// None of them signed.
    Unknown,
}

/// Tries the trusted and the revoked keys, those the seal hints at first. Hints order the attempts and do nothing else.
pub(super) fn find(bundle: &Bundle, signed: &[u8], policy: &Policy) -> Found {
    let trusted: Vec<PublicKey> = match &policy.trust {
        Trust::Nobody => Vec::new(),
        Trust::Key(key) => vec![*key],
        Trust::Signers(signers) => signers.iter().map(|signer| signer.key).collect(),
    };
    let hinted = |key: &PublicKey| key.hint() == bundle.hint || key.keyid() == bundle.keyid;
    let mut keys: Vec<&PublicKey> = trusted.iter().chain(&policy.revoked).collect();
    keys.sort_by_cached_key(|key| !hinted(key));
    match keys.iter().find(|key| key.verifies(signed, &bundle.signature)) {
        Some(key) => Found::Key(**key),
        // That a key is listed as revoked does not make it trusted.
        None => trusted.into_iter().find(hinted).map_or(Found::Unknown, Found::Forged),
    }
}

/// Why no key was found, in words.
pub(super) fn unknown(bundle: &Bundle, policy: &Policy) -> String {
    match &policy.trust {
        Trust::Nobody => "no key is trusted: name one with --trust or --key".to_owned(),
        Trust::Key(_) | Trust::Signers(_) => format!("the seal's hint is {:?}", bundle.hint),
    }
}

/// Step 5: whose key it is, if it is not revoked, valid at `now` and of the signer asked for.
pub(super) fn standing(key: &PublicKey, policy: &Policy, now: Moment) -> Step<Option<String>> {
    if policy.revoked.contains(key) {
        return fail(Outcome::Revoked, format!("{} is on the revocation list", key.fingerprint()));
    }
    let signers = match &policy.trust {
        Trust::Nobody => return fail(Outcome::UnknownKey, "no key is trusted"),
        Trust::Key(_) => {
            return match &policy.signer {
                Some(name) => fail(Outcome::WrongSigner, format!("a bare key says nothing of being {name}'s")),
                None => Ok(None),
            };
        }
        Trust::Signers(signers) => signers,
    };
    let of_key = || signers.iter().filter(|signer| signer.key == *key);
    if of_key().next().is_none() {
        return fail(Outcome::UnknownKey, "the key is not among those trusted");
    }
    let mut asked = of_key().filter(|signer| policy.signer.as_ref().is_none_or(|name| signer.is_of(name))).peekable();
    if asked.peek().is_none() {
        let names: Vec<&str> = of_key().map(|signer| signer.principals.as_str()).collect();
        return fail(Outcome::WrongSigner, format!("the key is that of {}", names.join(", ")));
    }
    match asked.find(|signer| signer.is_valid_at(now)) {
        Some(signer) => Ok(Some(policy.signer.clone().unwrap_or_else(|| signer.principals.clone()))),
        None => Err(Failure::Outcome(Outcome::Expired, format!("the key was not valid at {now}"))),
    }
}
