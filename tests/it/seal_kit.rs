//! What the tests of seals share: a small evidence folder sealed by a known key at a known time, and ways to tamper with it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use vidimus::{
    Capture, Moment, Options,
    digest::Digest,
    pipeline,
    seal::{
        self, Outcome, Policy, Question, Sealed, Signer, SigningKey, Statement, Trust, Verification,
        folder::{self, Folder},
        policy,
    },
    text::base64,
};

use crate::support::{
    Run, Sandbox,
    sandbox::{self, NOW},
};

/// RFC 8032, section 7.1, test 1.
pub const SEED: [u8; 32] = [
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5,
    0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
];

/// Whose key that is in these tests.
pub const PRINCIPAL: &str = "desk@example.org";

pub const ORIGINAL: &str = "<!doctype html><title>Joint statement</title><h1>Joint statement</h1>\
    <p>The ministers agreed that there is no military solution to the conflict in the region.</p>\
    <p>They confirmed that talks will continue in Geneva in the spring of next year.</p>\n";
pub const COPY: &str = "<!doctype html><title>Joint statement</title><h1>Joint statement</h1>\
    <p>The ministers agreed that there is <b>no military solution</b> to the conflict in the region.</p>\
    <p>They confirmed that talks will continue in Geneva in the spring of next year.</p>\n";

/// The key that seals.
pub fn key() -> SigningKey {
    SigningKey::from_seed(&SEED)
}

/// A key nobody trusts.
pub fn other_key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

/// The time of every test.
pub fn now() -> Moment {
    Moment::from_unix(NOW.parse().unwrap())
}

/// The line that says whose the key is.
pub fn allowed_signers() -> String {
    format!("{PRINCIPAL} namespaces=\"{}\" {}\n", seal::NAMESPACE, key().public().to_ssh())
}

/// A policy that trusts the signers of `text`.
pub fn trusting(text: &str) -> Policy {
    Policy { trust: Trust::Signers(policy::allowed_signers(text).unwrap().0), ..Policy::default() }
}

/// The statement about two pages.
pub fn statement_of(original: &str, copy: &str) -> Statement {
    let page = |name: &str, text: &str| Capture::from_bytes(name, text.as_bytes().to_vec(), Some("text/html")).unwrap();
    let (original, copy) = (page("release.html", original), page("repost.html", copy));
    let options = Options::new(now());
    pipeline::statement(&vidimus::check(&original, &copy, &options), &[original], &copy, &options)
}

/// Seals any bytes with any key.
pub fn sealed(payload: &[u8], key: &SigningKey) -> Sealed {
    seal::sign(payload, &Signer::of(key)).unwrap()
}

/// An evidence folder in a sandbox, with `allowed_signers` and `signer.pem` beside it.
pub struct Evidence {
    pub sandbox: Sandbox,
}

impl Evidence {
    /// A folder in which nothing is wrong.
    pub fn new() -> Self {
        Self::of(ORIGINAL, COPY)
    }

    /// The same about other pages.
    pub fn of(original: &str, copy: &str) -> Self {
        let sandbox = Sandbox::new();
        let statement = statement_of(original, copy);
        let sealed = sealed(&statement.bytes, &key());
        folder::write(&sandbox.path("evidence"), &statement, Some(&sealed)).unwrap();
        sandbox.write("allowed_signers", allowed_signers());
        sandbox.write("signer.pem", key().public().to_pem());
        Self { sandbox }
    }

    pub fn folder(&self) -> PathBuf {
        self.sandbox.path("evidence")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// The names of what lies in the folder.
    pub fn names(&self) -> Vec<String> {
        Folder::open(&self.folder()).unwrap().entries().iter().map(|entry| entry.name.clone()).collect()
    }

    /// The statement as data.
    pub fn statement(&self) -> Value {
        serde_json::from_slice(&self.read(seal::STATEMENT)).unwrap()
    }

    /// The seal as data.
    pub fn seal(&self) -> Value {
        serde_json::from_slice(&self.read(seal::SEAL)).unwrap()
    }

    /// Changes the seal's JSON and nothing else.
    pub fn edit_seal(&self, edit: impl FnOnce(&mut Value)) {
        let mut value = self.seal();
        edit(&mut value);
        self.write(seal::SEAL, value.to_string());
    }

    /// Changes a field of the seal, by its JSON pointer.
    pub fn set_seal(&self, pointer: &str, value: impl Into<Value>) {
        self.edit_seal(|seal| *seal.pointer_mut(pointer).unwrap() = value.into());
    }

    /// The bytes of the signature.
    pub fn signature(&self) -> [u8; 64] {
        seal::signature(&self.read(seal::SEAL)).unwrap()
    }

    /// What anybody can do: put these timestamps into the seal.
    pub fn set_timestamps(&self, tokens: &[&[u8]]) {
        let list: Vec<Value> =
            tokens.iter().map(|token| serde_json::json!({ "signedTimestamp": base64::encode(token) })).collect();
        self.edit_seal(|seal| {
            seal["verificationMaterial"]["timestampVerificationData"] =
                serde_json::json!({ "rfc3161Timestamps": list });
        });
    }

    /// What the holder of the key can do: seal other bytes, sidecars and all.
    pub fn reseal(&self, payload: &[u8], key: &SigningKey) {
        let sealed = sealed(payload, key);
        self.write(seal::SEAL, &sealed.bundle);
        self.write(seal::SSH_SIGNATURE, &sealed.ssh_signature);
        self.write(seal::STATEMENT, payload);
        self.write_sums();
    }

    /// The same with a change to the statement.
    pub fn edit_statement(&self, edit: impl FnOnce(&mut Value)) {
        let mut value = self.statement();
        edit(&mut value);
        self.reseal(value.to_string().as_bytes(), &key());
    }

    /// The same with a change to an artefact: its digest is put right wherever the statement names it.
    pub fn edit_artefact(&self, name: &str, bytes: &[u8]) {
        let old = Digest::of(&self.read(name)).to_string();
        self.write(name, bytes);
        let text = String::from_utf8(self.read(seal::STATEMENT)).unwrap();
        self.reseal(text.replace(&old, &Digest::of(bytes).to_string()).as_bytes(), &key());
    }

    /// The same with a change to the report that statement and page are made to agree with: what a careful liar does.
    pub fn edit_report(&self, edit: impl FnOnce(&mut Value)) {
        let old = self.read("report.json");
        let mut report: Value = serde_json::from_slice(&old).unwrap();
        edit(&mut report);
        let new = serde_json::to_vec_pretty(&report).unwrap();
        let page = String::from_utf8(self.read("report.html")).unwrap();
        self.edit_artefact("report.json", &new);
        let [old, new] = [old, new].map(|bytes| Digest::of(&bytes).to_string());
        self.edit_artefact("report.html", page.replace(&old, &new).as_bytes());
        self.edit_statement(|statement| {
            let predicate = &mut statement["predicate"];
            predicate["tool"] = report["tool"].clone();
            for name in ["verdict", "disclosed", "summary"] {
                predicate["result"][name] = report[name].clone();
            }
        });
    }

    /// `SHA256SUMS` of what lies there, sidecars and seal left out.
    fn write_sums(&self) {
        let line = |name: String| {
            let listed = ![seal::SEAL, seal::SSH_SIGNATURE, seal::SUMS].contains(&name.as_str());
            listed.then(|| format!("{}  {name}\n", Digest::of(&self.read(&name))))
        };
        let sums: String = self.names().into_iter().filter_map(line).collect();
        self.write(seal::SUMS, sums);
    }

    /// Verifies with the library under `policy`.
    pub fn verify_under(&self, policy: &Policy) -> Verification {
        seal::verify(&Folder::open(&self.folder()).unwrap(), policy, &Question::at(now())).unwrap()
    }

    /// Verifies with the library, trusting the key.
    pub fn verify(&self) -> Verification {
        self.verify_under(&trusting(&allowed_signers()))
    }

    /// Fails unless verifying, by the library and by the program, comes to `outcome`; gives back what made it so.
    #[track_caller]
    pub fn comes_to(&self, outcome: Outcome) -> String {
        let found = self.verify();
        assert_eq!(found.outcome, outcome, "{found:#?}");
        assert_eq!(found.verified.is_some(), outcome == Outcome::Verified, "{found:#?}");
        let run = self.vidimus(&[]);
        run.ended(i32::from(outcome != Outcome::Verified));
        assert!(run.stdout.starts_with(&format!("{}  ", outcome.slug().to_uppercase())), "{run:#?}");
        found.detail.unwrap_or_default()
    }

    /// Runs `vidimus verify evidence --trust allowed_signers` with more arguments.
    pub fn vidimus(&self, more: &[&str]) -> Run {
        self.sandbox.vidimus(["verify", "evidence", "--trust", "allowed_signers"].iter().chain(more))
    }
}

/// Runs a tool of somebody else in a sandbox. A tool that is not there fails the test and says so.
#[track_caller]
pub fn tool(sandbox: &Sandbox, program: &str, arguments: &[&str], input: &[u8]) -> Run {
    let found = ["/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin"]
        .iter()
        .any(|folder| Path::new(folder).join(program).exists());
    assert!(found, "this test needs {program}, and it is not installed");
    let mut command = Command::new(program);
    command.args(arguments);
    sandbox.settle(&mut command);
    sandbox::run(&mut command, input)
}

/// Writes a file that only its owner may read, as key files must be.
pub fn private(sandbox: &Sandbox, name: &str, text: &str) {
    mode(sandbox, name, text, 0o600);
}

/// Writes a file with these permissions, where there are such.
#[cfg(unix)]
pub fn mode(sandbox: &Sandbox, name: &str, text: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(sandbox.write(name, text), fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
pub fn mode(sandbox: &Sandbox, name: &str, text: &str, _mode: u32) {
    sandbox.write(name, text);
}
