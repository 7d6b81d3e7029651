//! Timestamps by authorities of other kinds: keys that are for RSA-PSS alone, and several authorities that somebody trusts, each in a file
//! of its own. What a timestamp is worth otherwise is in `timestamps`.

use vidimus::seal::{
    Outcome,
    timestamp::{Token, check},
};

use crate::{
    seal_kit::Evidence,
    timestamps::pinned,
    tsa_kit::{Authority, Made, SOUND, salt},
};

/// RSA-PSS, by a key for RSA in general, by one for RSA-PSS alone, and by one that names its hash.
#[test]
fn rsa_pss_is_read_whatever_its_key_is_for() {
    for hash in ["sha256", "sha384", "sha512"] {
        let pss =
            format!("-keyopt rsa_padding_mode:pss -keyopt rsa_mgf1_md:{hash} -keyopt rsa_pss_saltlen:{}", salt(hash));
        for key in ["RSA:2048", "RSA-PSS:2048", &format!("RSA-PSS:2048:{hash}")] {
            let authority = Authority::made(&Made { key, ..SOUND });
            let token = authority.signing(b"signed", hash, &pss);
            let found = check(&token, b"signed", &pinned(&authority.root()));
            assert!(matches!(found, Token::Trusted(_)), "{key}, {hash}: {found:?}");
            assert!(matches!(check(&token, b"other", &pinned(&authority.root())), Token::Invalid(_)), "{key}, {hash}");
            let stranger = check(&token, b"signed", &pinned(&Authority::new().root()));
            assert!(matches!(stranger, Token::Unpinned(_)), "{key}, {hash}: {stranger:?}");
        }
    }
}

/// The key of an issuer, and what it signs certificates with.
#[test]
fn certificates_may_be_signed_with_rsa_pss() {
    for (kind, more) in
        [("RSA", "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32"), ("RSA-PSS", "-sigopt rsa_pss_saltlen:32")]
    {
        let authority = Authority::new();
        authority.openssl(&format!("genpkey -algorithm {kind} -pkeyopt rsa_keygen_bits:2048 -out root.key"), b"");
        let made =
            "-new -key root.key -out root.pem -days 36500 -config tsa.cnf -extensions root -subj /CN=Root -sha256";
        authority.openssl(&format!("req -x509 {made} {more}"), b"");
        let issued = "-req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 36500 -extfile tsa.cnf -extensions leaf -sha256";
        authority.openssl(&format!("x509 {issued} {more} -out tsa.pem"), b"");
        let token = authority.token(b"signed", "sha256");
        let found = check(&token, b"signed", &pinned(&authority.root()));
        assert!(matches!(found, Token::Trusted(_)), "{kind}: {found:?}");
        // Somebody else's root of the same name and kind did not sign it.
        authority.openssl(&format!("genpkey -algorithm {kind} -pkeyopt rsa_keygen_bits:2048 -out root.key"), b"");
        authority.openssl(&format!("req -x509 {made} {more}"), b"");
        assert!(matches!(check(&token, b"signed", &pinned(&authority.root())), Token::Unpinned(_)), "{kind}");
    }
}

#[test]
fn several_authorities_are_named_one_by_one() {
    let (first, second) = (Authority::new(), Authority::new());
    let evidence = Evidence::new();
    evidence.set_timestamps(&[&second.token(&evidence.signature(), "sha256")]);
    evidence.sandbox.write("first.pem", first.root());
    evidence.sandbox.write("second.pem", second.root());
    evidence.sandbox.write("none.pem", "");
    let verify = |files: &[&str]| {
        let tsa: Vec<&str> = files.iter().flat_map(|file| ["--tsa", file]).chain(["--require-timestamp"]).collect();
        evidence.vidimus(&tsa)
    };
    for files in [["first.pem", "second.pem"], ["second.pem", "first.pem"], ["second.pem", "second.pem"]] {
        assert!(verify(&files).ended(0).stdout.starts_with(&Outcome::Verified.slug().to_uppercase()), "{files:?}");
    }
    assert!(verify(&["first.pem", "first.pem"]).ended(1).stdout.starts_with("NO-TIMESTAMP"));
    verify(&["first.pem", "none.pem"]).trouble("none.pem: no certificate");
    // More than are looked at, all files together.
    let many: String = (0..3).map(|_| Authority::new().root()).collect();
    evidence.sandbox.write("many.pem", many.repeat(22));
    verify(&["many.pem"]).trouble("many.pem: more than 64 certificates");
    let token = second.token(&evidence.signature(), "sha384");
    evidence.sandbox.write("answer.tsr", token);
    let add = ["timestamp", "evidence", "--token", "answer.tsr"];
    evidence.sandbox.vidimus(add.iter().chain(&["--tsa", "first.pem"])).trouble("none of those that are trusted");
    evidence.sandbox.vidimus(add.iter().chain(&["--tsa", "first.pem", "--tsa", "second.pem"])).ended(0);
}
