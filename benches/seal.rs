//! How long verifying takes where the captures are large: a gigabyte, beside what `openssl dgst -sha256` takes for the same file.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use divan::{Bencher, counter::BytesCount};
use serde_json::{Value, json};
use vidimus::{
    Capture, Moment, Options,
    digest::Hasher,
    pipeline,
    seal::{
        self, Outcome, Policy, Question, SEAL, Signer, SigningKey, Trust,
        folder::{self, Folder},
    },
};

const GIGABYTE: usize = 1 << 30;

fn main() {
    divan::main();
}

/// Sealed evidence with a recording of a gigabyte.
fn evidence() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gigabyte");
        // What an earlier run left.
        let _ = std::fs::remove_dir_all(&folder);
        let page = |text: &str| Capture::from_bytes("page.html", text.into(), Some("text/html")).expect("it is a page");
        let (original, copy) = (page("<p>Talks will continue in May."), page("<p>Talks may continue in May."));
        let options = Options::new(Moment::from_unix(0));
        let mut statement = pipeline::statement(&vidimus::check(&original, &copy, &options), &[original], &copy, &options);
        let piece: Vec<u8> = (0..1_u32 << 18).flat_map(|place| place.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let mut hasher = Hasher::default();
        (0..GIGABYTE / piece.len()).for_each(|_| hasher.update(&piece));
        let mut value: Value = serde_json::from_slice(&statement.bytes).expect("a statement is JSON");
        let capture = json!({ "name": "capture.wacz", "digest": { "sha256": hasher.finish().to_string() }, "annotations": { "role": "capture" } });
        value["subject"].as_array_mut().expect("there are subjects").insert(0, capture);
        statement.bytes = value.to_string().into_bytes();
        let sealed = seal::sign(&statement.bytes, &Signer::of(&key())).expect("it is a key of ours");
        folder::write(&folder, &statement, Some(&sealed)).expect("there is room");
        let mut file = File::create(folder.join("capture.wacz")).expect("there is room");
        (0..GIGABYTE / piece.len()).for_each(|_| file.write_all(&piece).expect("there is room"));
        // It lists what was there before the recording.
        std::fs::remove_file(folder.join("SHA256SUMS")).expect("it is there");
        assert!(folder.join(SEAL).exists());
        folder
    })
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

#[divan::bench(sample_count = 5)]
fn verify(bencher: Bencher<'_, '_>) {
    let folder = evidence();
    let policy = Policy { trust: Trust::Key(key().public()), ..Policy::default() };
    bencher.counter(BytesCount::new(GIGABYTE)).bench(|| {
        let lies = Folder::open(folder).expect("it was written");
        let found = seal::verify(&lies, &policy, &Question::at(Moment::from_unix(0))).expect("it can be read");
        assert_eq!(found.outcome, Outcome::Verified, "{found:#?}");
    });
}

#[divan::bench(sample_count = 5)]
fn openssl(bencher: Bencher<'_, '_>) {
    let file = evidence().join("capture.wacz");
    bencher.counter(BytesCount::new(GIGABYTE)).bench(|| {
        let run = Command::new("openssl").args(["dgst", "-sha256"]).arg(&file).output().expect("openssl is there");
        assert!(run.status.success());
    });
}
