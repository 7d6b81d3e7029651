//! Timestamps: what `verify` makes of tokens, good and bad, and how they get into a seal. The authority is openssl's.

use std::fs;

use serde_json::Value;
use vidimus::{
    Moment,
    digest::Digest,
    seal::{
        self, Outcome, Policy, Question, SEAL, Verification,
        folder::Folder,
        timestamp::{Authorities, Token, check, query},
    },
    text::base64,
};

use crate::{
    seal_kit::{Evidence, PRINCIPAL, allowed_signers, key, private, tool, trusting},
    support::{Reply, Sandbox, Server},
    tsa_kit::{Authority, Made, SOUND},
};

/// A time long after every token of these tests, at which the authorities' certificates have expired.
const LATE: &str = "2095-01-01T00:00:00Z";

pub fn pinned(pem: &str) -> Authorities {
    Authorities::from_pem(pem.as_bytes()).unwrap()
}

/// Verifies at a late time, trusting the key with these options and the authorities of `pem`.
fn late(evidence: &Evidence, options: &str, pem: Option<&str>) -> Verification {
    let signers = allowed_signers().replace("namespaces", &format!("{options}namespaces"));
    let policy = Policy { authorities: pem.map(pinned).unwrap_or_default(), ..trusting(&signers) };
    let question = Question::at(Moment::parse(LATE).unwrap());
    seal::verify(&Folder::open(&evidence.folder()).unwrap(), &policy, &question).unwrap()
}

fn stamped(authority: &Authority) -> Evidence {
    let evidence = Evidence::new();
    evidence.set_timestamps(&[&authority.token(&evidence.signature(), "sha256")]);
    evidence
}

#[test]
fn a_token_of_a_pinned_authority_says_when() {
    for made in [
        SOUND,
        Made { key: "RSA:2048", ..SOUND },
        Made { key: "EC:P-384", digest: "sha384", ..SOUND },
        Made { key: "RSA:3072", digest: "sha512", ..SOUND },
    ] {
        let authority = Authority::made(&made);
        for hash in ["sha256", "sha384", "sha512"] {
            let token = authority.token(b"signed", hash);
            for pem in [authority.root(), authority.certificate(), authority.root() + &authority.certificate()] {
                let Token::Trusted(time) = check(&token, b"signed", &pinned(&pem)) else {
                    panic!("{} {hash}", made.key)
                };
                assert!(time > Moment::parse("2026-01-01T00:00:00Z").unwrap());
            }
        }
    }
}

/// An authority that may be wrong by an hour vouches for an hour later.
#[test]
fn how_wrong_an_authority_may_be_puts_its_time_later() {
    let authority = Authority::new();
    let root = pinned(&authority.root());
    let time = || match check(&authority.token(b"signed", "sha256"), b"signed", &root) {
        Token::Trusted(time) => time.unix(),
        other @ (Token::Unpinned(_) | Token::Invalid(_)) => panic!("{other:?}"),
    };
    let configuration = fs::read_to_string(authority.sandbox.path("tsa.cnf")).unwrap();
    let before = time();
    authority.sandbox.write("tsa.cnf", configuration + "accuracy = secs:3599, millisecs:500\n");
    let later = time() - 3600;
    assert!((before..before + 600).contains(&later), "{before} {later}");
}

#[test]
fn the_time_is_told_and_can_be_demanded() {
    let authority = Authority::new();
    let evidence = stamped(&authority);
    evidence.sandbox.write("tsa.pem", authority.root());
    let found = late(&evidence, "", Some(&authority.root()));
    assert_eq!(found.outcome, Outcome::Verified, "{found:#?}");
    assert!(!found.notes.iter().any(|note| note.contains("timestamp")), "{found:#?}");
    let run = evidence.vidimus(&["--tsa", "tsa.pem", "--require-timestamp", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.ended(0).stdout).unwrap();
    assert_eq!(json["timestamp"], found.timestamp.clone().unwrap());
    let run = evidence.vidimus(&["--tsa", "tsa.pem"]);
    assert!(run.stdout.contains(&format!("not made later than {}", found.timestamp.unwrap())), "{run:#?}");
    // Without pinned certificates there is no time, and the note says so.
    let run = evidence.vidimus(&["--require-timestamp"]);
    assert!(run.ended(1).stdout.starts_with("NO-TIMESTAMP"), "{run:#?}");
    let run = evidence.vidimus(&[]);
    assert!(run.ended(0).stdout.contains("counts as none"), "{run:#?}");
    evidence.sandbox.write("empty.pem", "no certificate");
    evidence.vidimus(&["--tsa", "empty.pem"]).trouble("empty.pem");
    evidence.vidimus(&["--tsa", "none.pem"]).trouble("none.pem");
}

#[test]
fn retired_with_token() {
    let authority = Authority::new();
    let evidence = stamped(&authority);
    let retired = "valid-before=\"20900101Z\",";
    assert_eq!(late(&evidence, retired, Some(&authority.root())).outcome, Outcome::Verified);
    // Without the authority the time is the one of asking, and then the key is retired.
    assert_eq!(late(&evidence, retired, None).outcome, Outcome::Expired);
    // The token is younger than the end of the key: whoever took the key may have signed.
    let stolen = "valid-before=\"20200101Z\",";
    assert_eq!(late(&evidence, stolen, Some(&authority.root())).outcome, Outcome::Expired);
    // So is a token older than the key.
    assert_eq!(late(&evidence, "valid-after=\"20900101Z\",", Some(&authority.root())).outcome, Outcome::Expired);
    // A new key beside the retired one changes nothing about either.
    let both = format!(
        "{}{PRINCIPAL} {}\n",
        allowed_signers().replace("namespaces", &format!("{retired}namespaces")),
        crate::seal_kit::other_key().public().to_ssh()
    );
    let policy = Policy { authorities: pinned(&authority.root()), ..trusting(&both) };
    let asked = Policy { signer: Some(PRINCIPAL.to_owned()), ..policy.clone() };
    let question = Question::at(Moment::parse(LATE).unwrap());
    for policy in [&policy, &asked] {
        let found = seal::verify(&Folder::open(&evidence.folder()).unwrap(), policy, &question).unwrap();
        assert_eq!((found.outcome, found.signer.as_deref()), (Outcome::Verified, Some(PRINCIPAL)));
    }
    // A stolen key is refused whatever the token says.
    let revoked = Policy { revoked: vec![key().public()], ..policy };
    let found = seal::verify(&Folder::open(&evidence.folder()).unwrap(), &revoked, &question).unwrap();
    assert_eq!(found.outcome, Outcome::Revoked);
}

/// Its certificate has expired at the time of asking; the token has not.
#[test]
fn tsa_expired_since() {
    let authority = Authority::new();
    let evidence = stamped(&authority);
    let found = late(&evidence, "", Some(&authority.root()));
    assert_eq!(found.outcome, Outcome::Verified, "{found:#?}");
    assert!(found.timestamp.is_some());
    // A certificate that had expired when it signed is another matter.
    for valid in [["20100101000000Z", "20200101000000Z"], ["20800101000000Z", "20900101000000Z"]] {
        let authority = Authority::made(&Made { valid, ..SOUND });
        let evidence = stamped(&authority);
        for pem in [Some(authority.root()), Some(authority.certificate()), None] {
            let found = late(&evidence, "", pem.as_deref());
            assert_eq!(found.outcome, Outcome::TimestampInvalid);
            assert!(found.detail.unwrap().contains("not valid when it signed"));
        }
    }
}

#[test]
fn token_of_other_signature() {
    let authority = Authority::new();
    let evidence = Evidence::new();
    let token = authority.token(b"another signature", "sha256");
    evidence.set_timestamps(&[&token]);
    // It does not fit whether or not anybody trusts the authority.
    for pem in [Some(authority.root()), None] {
        let found = late(&evidence, "", pem.as_deref());
        assert_eq!(found.outcome, Outcome::TimestampInvalid, "{found:#?}");
        assert!(found.timestamp.is_none() && found.verified.is_none());
    }
    // Beside one that fits, too.
    evidence.set_timestamps(&[&authority.token(&evidence.signature(), "sha256"), &token]);
    assert_eq!(late(&evidence, "", Some(&authority.root())).outcome, Outcome::TimestampInvalid);
}

#[test]
fn unpinned_tsa() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let evidence = stamped(&theirs);
    let found = late(&evidence, "", Some(&ours.root()));
    assert_eq!((found.outcome, found.timestamp.as_deref()), (Outcome::Verified, None), "{found:#?}");
    assert!(found.notes.iter().any(|note| note.contains("counts as none")), "{found:#?}");
    // It keeps no retired key alive.
    assert_eq!(late(&evidence, "valid-before=\"20900101Z\",", Some(&ours.root())).outcome, Outcome::Expired);
    // One of ours beside it counts.
    let signature = evidence.signature();
    evidence.set_timestamps(&[&theirs.token(&signature, "sha256"), &ours.token(&signature, "sha512")]);
    assert!(late(&evidence, "", Some(&ours.root())).timestamp.is_some());
}

/// A certificate for other things, for timestamps among other things, or for timestamps but not critically so. `openssl ts` signs
/// with none of these, so `openssl cms` does.
#[test]
fn an_authority_is_one_for_timestamps_and_nothing_else() {
    let token = |extensions: &str| {
        let authority = Authority::made(&Made { extensions, ..SOUND });
        let made = authority.signing(b"signed", "sha256", "");
        check(&made, b"signed", &pinned(&authority.root()))
    };
    assert!(matches!(token("leaf"), Token::Trusted(_)), "{:?}", token("leaf"));
    for extensions in ["loose", "both", "none"] {
        let Token::Invalid(why) = token(extensions) else { panic!("{extensions}") };
        assert!(why.contains("not one for timestamps and nothing else"), "{extensions}: {why}");
    }
}

/// Every byte of a token counts, or what it says stays the same.
#[test]
fn a_token_with_a_byte_changed_says_nothing_else() {
    let authority = Authority::new();
    let token = authority.token(b"signed", "sha256");
    let root = pinned(&authority.root());
    let sound = check(&token, b"signed", &root);
    assert!(matches!(sound, Token::Trusted(_)));
    let mut refused = 0;
    for at in 0..token.len() {
        let mut changed = token.clone();
        changed[at] ^= 1 << (at % 8);
        let found = check(&changed, b"signed", &root);
        let same = found == sound;
        assert!(same || !matches!(found, Token::Trusted(_)), "byte {at}: {found:?}");
        refused += usize::from(!same);
    }
    assert!(refused * 10 > token.len() * 5, "{refused} of {}", token.len());
    for cut in 0..token.len() {
        assert!(!matches!(check(&token[..cut], b"signed", &root), Token::Trusted(_)), "{cut}");
    }
    assert!(matches!(check(&[], b"signed", &root), Token::Invalid(_)));
    assert!(matches!(check(&vec![0x30; 300 * 1024], b"signed", &root), Token::Invalid(_)));
}

#[test]
fn tokens_that_are_none_and_too_many_of_them() {
    let evidence = Evidence::new();
    evidence.set_timestamps(&[b"no token"]);
    evidence.comes_to(Outcome::TimestampInvalid);
    evidence.set_timestamps(&[b"no token".as_slice(); 17]);
    evidence.comes_to(Outcome::Malformed);
    for broken in [serde_json::json!([{}]), serde_json::json!([{ "signedTimestamp": "!" }]), serde_json::json!({})] {
        let evidence = Evidence::new();
        evidence.edit_seal(|seal| {
            seal["verificationMaterial"]["timestampVerificationData"] =
                serde_json::json!({ "rfc3161Timestamps": broken });
        });
        evidence.comes_to(Outcome::Malformed);
    }
}

/// A check that asks the authority itself, verified by us, by `openssl ts`, and by those who only have the folder.
#[test]
fn a_check_can_ask_for_a_timestamp() {
    let authority = Authority::new();
    let sandbox = pages();
    sandbox.write("tsa.pem", authority.root());
    let url = authority.serve(1, |answer| answer);
    let check = ["check", "copy.html", "--original", "original.html", "--out", "evidence", "--key", "key.pem"];
    let run = sandbox.vidimus(check.iter().chain(&["--timestamp", &url]));
    run.ended(1);
    let verify =
        ["verify", "evidence", "--trust", "allowed_signers", "--tsa", "tsa.pem", "--require-timestamp", "--rerun"];
    sandbox.vidimus(verify).ended(0);
    // What a stranger does: openssl over the token and the signature, as the documentation has it.
    let seal: Value = serde_json::from_slice(&fs::read(sandbox.path("evidence").join(SEAL)).unwrap()).unwrap();
    let token = &seal["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"][0]["signedTimestamp"];
    sandbox.write("t", base64::decode(token.as_str().unwrap()).unwrap());
    sandbox.write("s", base64::decode(seal["dsseEnvelope"]["signatures"][0]["sig"].as_str().unwrap()).unwrap());
    let verify = ["ts", "-verify", "-in", "t", "-data", "s", "-CAfile", "tsa.pem"];
    assert_eq!(tool(&sandbox, "openssl", &verify, b"").status, Some(0));
    sandbox.write("s", b"another signature");
    assert_ne!(tool(&sandbox, "openssl", &verify, b"").status, Some(0));
}

fn pages() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("original.html", crate::seal_kit::ORIGINAL);
    sandbox.write("copy.html", crate::seal_kit::COPY);
    sandbox.write("allowed_signers", allowed_signers());
    private(&sandbox, "key.pem", &key().to_pem(None, &[0; 32]).unwrap());
    sandbox
}

/// Whatever an authority answers that is not what was asked for, nothing is written and standard output stays empty.
#[test]
fn an_answer_that_does_not_fit_is_trouble_and_nothing_is_written() {
    let other = Authority::new().token(b"another signature", "sha256");
    let check = |url: &str, cause: &str| {
        let sandbox = pages();
        let check = ["check", "copy.html", "--original", "original.html", "--out", "evidence", "--key", "key.pem"];
        sandbox.vidimus(check.iter().chain(&["--timestamp", url])).trouble(cause);
        assert!(!sandbox.path("evidence").exists());
    };
    check(&Authority::new().serve(1, move |_| other.clone()), "something else than this signature");
    check(&Authority::new().serve(1, |_| b"<html>".to_vec()), "none of a timestamp authority");
    check(&Authority::new().serve(1, |_| vec![0x30; 300 * 1024]), "larger than");
    // The same query again: right in everything but the nonce.
    let stale = |answer: Vec<u8>| {
        let at =
            answer.windows(10).position(|part| part.starts_with(&[2, 8, 0x40]) || part.starts_with(&[2, 8])).unwrap();
        let mut answer = answer;
        answer[at + 5] ^= 1;
        answer
    };
    check(&Authority::new().serve(1, stale), "");
    // SEQUENCE { SEQUENCE { INTEGER 2 (rejection) } }.
    check(&Authority::new().serve(1, |_| vec![0x30, 5, 0x30, 3, 2, 1, 2]), "refused");
    let server = Server::new([("/moved", Reply::redirect(307, "/elsewhere"))]);
    check(&server.url("/moved"), "307");
    check("ftp://example.org/", "ftp");
    check("http://127.0.0.1:1/", "could not connect");
}

#[test]
fn a_token_is_added_to_a_finished_seal() {
    let authority = Authority::new();
    let evidence = Evidence::new();
    evidence.sandbox.write("tsa.pem", authority.root());
    let before = evidence.read(SEAL);
    // By way of files, as somebody does whose authority is reached by curl.
    let run = evidence.sandbox.vidimus(["timestamp", "evidence", "--query", "query.tsq"]);
    run.ended(0);
    assert_eq!(evidence.read(SEAL), before);
    let asked = fs::read(evidence.sandbox.path("query.tsq")).unwrap();
    assert!(asked.windows(32).any(|part| part == Digest::of(&evidence.signature()).as_bytes()));
    evidence.sandbox.vidimus(["timestamp", "evidence", "--query", "query.tsq"]).trouble("query.tsq");
    evidence.sandbox.write("answer.tsr", authority.answer(&asked));
    evidence.sandbox.vidimus(["timestamp", "evidence", "--token", "answer.tsr", "--tsa", "tsa.pem"]).ended(0);
    evidence.vidimus(&["--tsa", "tsa.pem", "--require-timestamp", "--strict"]).ended(0);
    evidence.sandbox.vidimus(["timestamp", "evidence", "--token", "answer.tsr"]).trouble("already");
    // A bare token is kept as an answer, which openssl reads.
    authority.openssl("ts -reply -in answer.tsr -token_out -out bare.tst", b"");
    let bare = fs::read(authority.sandbox.path("bare.tst")).unwrap();
    let evidence = Evidence::new();
    evidence.sandbox.write("other.tst", authority.token(b"another signature", "sha256"));
    evidence.sandbox.write("tsa.pem", Authority::new().root());
    evidence.sandbox.vidimus(["timestamp", "evidence", "--token", "other.tst"]).trouble("something else than this");
    evidence.sandbox.write("bare.tst", &bare);
    let run = evidence.sandbox.vidimus(["timestamp", "evidence", "--token", "bare.tst", "--tsa", "tsa.pem"]);
    run.trouble("none of those that are trusted");
    assert_eq!(evidence.read(SEAL), before, "what does not fit is not added");
    evidence.sandbox.vidimus(["timestamp", "evidence", "--token", "bare.tst"]).ended(0);
    let seal = evidence.seal();
    let kept = &seal["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"][0]["signedTimestamp"];
    authority.sandbox.write("kept.tsr", base64::decode(kept.as_str().unwrap()).unwrap());
    authority.sandbox.write("s", evidence.signature());
    authority.openssl("ts -verify -in kept.tsr -data s -CAfile root.pem", b"");
    // By asking.
    let root = authority.root();
    let evidence = Evidence::new();
    evidence.sandbox.write("tsa.pem", root);
    let url = authority.serve(1, |answer| answer);
    evidence.sandbox.vidimus(["timestamp", "evidence", "--timestamp", &url, "--tsa", "tsa.pem"]).ended(0);
    evidence.vidimus(&["--tsa", "tsa.pem", "--require-timestamp"]).ended(0);
    // There has to be a seal.
    evidence.remove(SEAL);
    evidence.sandbox.vidimus(["timestamp", "evidence", "--query", "q"]).trouble("there is no seal");
    evidence.sandbox.vidimus(["timestamp", "evidence"]).trouble("required");
}

/// `openssl ts` reads our query as it reads its own.
#[test]
fn openssl_reads_our_query() {
    let sandbox = Sandbox::new();
    sandbox.write("ours.tsq", query(b"signed", [0xff; 8]));
    let run = tool(&sandbox, "openssl", &["ts", "-query", "-in", "ours.tsq", "-text"], b"");
    assert_eq!(run.status, Some(0));
    for line in ["Hash Algorithm: sha256", "Nonce: 0x7FFFFFFFFFFFFFFF", "Certificate required: yes"] {
        assert!(run.stdout.contains(line), "{run:#?}");
    }
}

/// Whoever pins an authority trusts it with times, and not with making other authorities.
#[test]
fn an_authoritys_own_certificate_vouches_for_no_other() {
    let authority = Authority::new();
    let own = pinned(&authority.certificate());
    authority.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out evil.key", b"");
    authority.openssl("req -new -key evil.key -out evil.csr -config tsa.cnf -subj /CN=Evil", b"");
    let issue = format!(
        "x509 -req -in evil.csr -CA tsa.pem -CAkey tsa.key -CAcreateserial -days 20000 -extfile tsa.cnf -extensions {} -out evil.pem",
        SOUND.extensions
    );
    authority.openssl(&issue, b"");
    for part in ["key", "pem"] {
        let path = |name: &str| authority.sandbox.path(format!("{name}.{part}"));
        fs::rename(path("evil"), path("tsa")).unwrap();
    }
    let token = authority.token(b"signed", "sha256");
    assert!(matches!(check(&token, b"signed", &own), Token::Unpinned(_)));
    assert!(matches!(check(&token, b"signed", &pinned(&authority.root())), Token::Unpinned(_)));
}
