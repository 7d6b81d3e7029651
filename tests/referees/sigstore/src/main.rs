//! Verifies a seal with Sigstore's own library for Rust. tests/referees/seal.sh sets this up.
//!
//!     vidimus-sigstore vidimus.sigstore.json signer.pem FILE tsa.pem tsa-ca.pem
//!
//! The key comes from outside, and so does the chain of the timestamp authority, leaf first. FILE has to be one of the files that were
//! sealed. Anything wrong is one line on standard error and status 1.

use std::{error::Error, fs, process::ExitCode};

use sigstore_verify::{
    PublicKeyVerificationPolicy, Verifier,
    trust_root::TrustedRoot,
    types::{Bundle, DerPublicKey},
};

fn main() -> ExitCode {
    match verify() {
        Ok(()) => {
            println!("OK");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:?}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn verify() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seal, signer, file, chain @ ..] = arguments.as_slice() else { return Err("too few arguments".into()) };
    let certificates: Vec<serde_json::Value> = chain.iter().map(|path| certificate(path)).collect::<Result<_, _>>()?;
    let root = serde_json::json!({
        "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        "tlogs": [], "ctlogs": [], "certificateAuthorities": [],
        "timestampAuthorities": [{ "subject": { "organization": "Test", "commonName": "Test" }, "uri": "http://127.0.0.1/",
            "certChain": { "certificates": certificates }, "validFor": { "start": "2020-01-01T00:00:00Z" } }],
    });
    let root = TrustedRoot::from_json(&root.to_string())?;
    let bundle = Bundle::from_json(&fs::read_to_string(seal)?)?;
    let key = DerPublicKey::from_pem(&fs::read_to_string(signer)?)?;
    let policy = PublicKeyVerificationPolicy::new(key).skip_tlog_unsafe();
    Verifier::new(&root)?.verify(fs::read(file)?.as_slice(), &bundle, &policy)?;
    Ok(())
}

/// A certificate as a trusted root has it: the base64 of its PEM form.
fn certificate(path: &str) -> Result<serde_json::Value, Box<dyn Error>> {
    let pem = fs::read_to_string(path)?;
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    Ok(serde_json::json!({ "rawBytes": body }))
}
