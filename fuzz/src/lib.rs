//! What is fuzzed: bytes from outside go in, and nothing may panic, hang, or come out that is not true.
//!
//! One function a target, by public interface only. `fuzz_targets/` hands them to libFuzzer; `tests/it/fuzzed.rs` runs them with
//! random changes to the seeds on a stable compiler. Add a target here, in `TARGETS`, in `fuzz_targets/`, and its seeds.

use std::{fs, path::PathBuf};

use vidimus::{
    Capture, Checked, Moment, Options,
    capture::{
        self, wacz,
        warc::{Answer, Label, Reader, unchunked},
    },
    check::{
        Anchor, QuoteStatus,
        apparatus::{self, siglum},
        quotes::{Against, hold},
    },
    diff,
    digest::Digest,
    extract::{self, Document},
    seal::{
        self, Policy, PublicKey, Question, SigningKey, Trust,
        audited::{self, Leaves},
        folder::Single,
        note, policy, timestamp, tree,
    },
};

/// A target: its name and what is done with the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 21] = [
    ("html", html),
    ("css", css),
    ("text", text),
    ("markdown", markdown),
    ("charset", charset),
    ("diff", diff),
    ("check", check),
    ("quotes", quotes),
    ("collate", collate),
    ("seal", seal),
    ("keys", keys),
    ("warc", warc),
    ("wacz", wacz),
    ("token", token),
    ("sidecar", sidecar),
    ("bag", bag),
    ("wacz_signature", wacz_signature),
    ("allowed_signers", allowed_signers),
    ("bundle", bundle),
    ("statement", statement),
    ("proof", proof),
];

/// What parts the two texts of one input.
const BETWEEN: &[u8] = b"\n%%%\n";

fn read(name: &str, bytes: &[u8], media_type: Option<&str>) -> Option<Capture> {
    // What is no text at all is refused, which is an answer.
    Capture::from_bytes(name, bytes.to_vec(), media_type).ok()
}

/// A page.
pub fn html(data: &[u8]) {
    if let Some(capture) = read("page.html", data, Some("text/html; charset=utf-8")) {
        assert_sound(&extract::read(&capture));
    }
}

/// A style sheet, a style attribute and presentational attributes on a page that has something for each to match.
pub fn css(data: &[u8]) {
    let sheet = String::from_utf8_lossy(data);
    let attribute = sheet.replace(['"', '&'], "");
    let page = format!(
        "<!doctype html><style>{sheet}</style><body class=a id=b><p style=\"{attribute}\">One <b class=\"c d\">two</b> <i id=e>three</i></p>\
         <ul><li>four<li hidden>five</ul><table><tr><td>six</table><a href=/x>seven</a><div>eight</div>"
    );
    html(page.as_bytes());
}

/// Plain text.
pub fn text(data: &[u8]) {
    if let Some(capture) = read("text.txt", data, Some("text/plain; charset=utf-8")) {
        assert_sound(&extract::read(&capture));
    }
}

/// Markdown.
pub fn markdown(data: &[u8]) {
    if let Some(capture) = read("text.md", data, Some("text/markdown; charset=utf-8")) {
        assert_sound(&extract::read(&capture));
    }
}

/// Bytes of a charset to be found out. The first byte chooses what is declared.
pub fn charset(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let media_type = match first % 6 {
        0 => None,
        1 => Some("text/html"),
        2 => Some("text/html; charset=windows-1252"),
        3 => Some("text/html; charset=utf-16le"),
        4 => Some("text/html; charset=shift_jis"),
        _ => Some("text/plain; charset=nonsense"),
    };
    if let Some(capture) = read("page.html", rest, media_type) {
        assert_sound(&extract::read(&capture));
        capture::is_challenge(&capture.body);
    }
}

/// Two plain texts laid beside each other.
pub fn diff(data: &[u8]) {
    let (first, second) = parted(data);
    let document =
        |bytes| read("text.txt", bytes, Some("text/plain; charset=utf-8")).map(|capture| extract::read(&capture));
    let (Some(original), Some(copy)) = (document(first), document(second)) else { return };
    let alignment = diff::align(&original, &copy);
    let (mut o, mut c) = (0, 0);
    for step in &alignment.steps {
        assert_eq!((step.original.start, step.copy.start), (o, c), "the steps leave something out");
        let pairs = || step.original.clone().zip(step.copy.clone());
        let same =
            |(left, right): (usize, usize)| alignment.original.words[left].key == alignment.copy.words[right].key;
        assert!(
            !step.same || (step.original.len() == step.copy.len() && pairs().all(same)),
            "words that are not the same"
        );
        (o, c) = (step.original.end, step.copy.end);
    }
    assert_eq!((o, c), (alignment.original.words.len(), alignment.copy.words.len()));
}

/// A copy against its original, through to the report.
pub fn check(data: &[u8]) {
    let (first, second) = parted(data);
    let page = |bytes| read("page.html", bytes, Some("text/html; charset=utf-8"));
    let (Some(original), Some(copy)) = (page(first), page(second)) else { return };
    let checked = vidimus::check(&original, &copy, &Options::new(Moment::from_unix(0)));
    for finding in &checked.report.findings {
        let sides = [(&checked.original, &finding.original), (&checked.copy, &finding.copy)];
        sides
            .into_iter()
            .for_each(|(document, anchor)| anchor.iter().for_each(|anchor| assert_holds(document, anchor)));
    }
    assert!((0.0..=1.0).contains(&checked.report.coverage.share));
    printed(&checked);
}

/// The quotations of an article held against what it quotes.
pub fn quotes(data: &[u8]) {
    let (first, second) = parted(data);
    let document =
        |bytes| read("page.html", bytes, Some("text/html; charset=utf-8")).map(|capture| extract::read(&capture));
    let (Some(original), Some(article)) = (document(first), document(second)) else { return };
    let against = Against { document: &original, name: "original", address: Some("https://example.org/") };
    let mut last = 0;
    for quote in hold(&article, &[against]) {
        assert_holds(&article, &quote.copy);
        quote.original.iter().for_each(|anchor| assert_holds(&original, anchor));
        assert!(quote.position[0] >= last, "quotations are in the order of the article");
        last = quote.position[0];
        let wrong = quote.changes.iter().any(|change| !change.permitted && !change.kind.is_beside());
        let found = quote.original.is_some();
        match quote.status {
            QuoteStatus::Exact | QuoteStatus::Adapted => assert!(found && !wrong, "{quote:#?}"),
            QuoteStatus::Elided | QuoteStatus::Altered | QuoteStatus::Spliced => assert!(found && wrong, "{quote:#?}"),
            QuoteStatus::Misattributed => assert!(found && quote.speaker.is_some(), "{quote:#?}"),
            QuoteStatus::NotFound | QuoteStatus::Unchecked => assert!(!found, "{quote:#?}"),
        }
    }
}

/// Three versions of a text beside one another.
pub fn collate(data: &[u8]) {
    let (first, rest) = parted(data);
    let (second, third) = parted(rest);
    let document =
        |bytes| read("page.html", bytes, Some("text/html; charset=utf-8")).map(|capture| extract::read(&capture));
    let (Some(first), Some(second), Some(third)) = (document(first), document(second), document(third)) else {
        return;
    };
    let versions = [&first, &second, &third];
    for place in apparatus::collate(&versions, &[&third]).places {
        let of = |name: &str| versions.iter().enumerate().find(|(at, _)| siglum(*at) == name).map(|(_, own)| *own);
        assert_holds(of(&place.base).expect("a version"), &place.lemma);
        let mut sigla: Vec<&String> = place.readings.iter().flat_map(|reading| &reading.sigla).collect();
        let count = sigla.len();
        sigla.sort_unstable();
        sigla.dedup();
        assert!(count == sigla.len() && place.readings.len() > 1, "each version reads once: {place:#?}");
        for reading in &place.readings {
            let own = reading.sigla.first().and_then(|name| of(name)).expect("a reading is a version's");
            reading.anchor.iter().for_each(|anchor| assert_holds(own, anchor));
        }
    }
}

/// Every form of the report can be made.
fn printed(checked: &Checked) {
    let Checked { report, original, copy, alignment } = checked;
    assert!(!vidimus::report::json::render(report).is_empty());
    assert!(!vidimus::report::html::render(report, original, copy, alignment).is_empty());
}

/// A bundle from anybody, and a statement by somebody who is trusted.
pub fn seal(data: &[u8]) {
    let key = SigningKey::from_seed(&[7; 32]);
    let policy = Policy { trust: Trust::Key(key.public()), ..Policy::default() };
    let question = Question::at(Moment::from_unix(0));
    let single = Single { path: PathBuf::new(), digest: Digest::of(b"a file"), length: 6 };
    let outcome = |bundle: &[u8]| seal::file(&single, None, bundle, &policy, &question).expect("no file is read");
    let found = outcome(data);
    assert!(found.verified.is_none(), "bytes that the key never signed are verified");
    if let Ok(sealed) = seal::sign(data, &seal::Signer::of(&key)) {
        outcome(&sealed.bundle);
    }
}

/// A bundle from anybody: what reads it for verifying and what adds to it agree about whose signature it holds.
pub fn bundle(data: &[u8]) {
    let key = SigningKey::from_seed(&[7; 32]);
    let policy = Policy { trust: Trust::Key(key.public()), revoked: vec![key.public()], ..Policy::default() };
    let question = Question { require_timestamp: true, ..Question::at(Moment::from_unix(0)) };
    let single = Single { path: PathBuf::new(), digest: Digest::of(b"a file"), length: 6 };
    let found = seal::file(&single, Some("copy"), data, &policy, &question).expect("no file is read");
    assert!(found.verified.is_none() && found.signer.is_none(), "a revoked key, and a signature that it never made");
    assert!(found.detail.as_ref().is_some_and(|why| why.chars().count() < 700), "{found:?}");
    if let (Ok(signature), Ok(stamped)) = (seal::signature(data), seal::with_timestamp(data, b"0")) {
        assert_eq!(seal::signature(&stamped), Ok(signature), "a timestamp changes what is signed");
    }
}

/// A statement by somebody who is trusted, about a file in each role: no more is said of a source than its record shows.
pub fn statement(data: &[u8]) {
    let key = SigningKey::from_seed(&[7; 32]);
    let policy = Policy { trust: Trust::Key(key.public()), ..Policy::default() };
    let question = Question { max_age: Some(0), ..Question::at(Moment::from_unix(1_511_827_200)) };
    let Ok(sealed) = seal::sign(data, &seal::Signer::of(&key)) else { return };
    // The files of the seeds, so that something in them fits.
    for (body, role) in [(&b"a copy"[..], None), (b"a copy", Some("copy")), (b"an original", Some("original"))] {
        let single = Single { path: PathBuf::new(), digest: Digest::of(body), length: body.len() as u64 };
        let found = seal::file(&single, role, &sealed.bundle, &policy, &question).expect("no file is read");
        let Some(verified) = &found.verified else { continue };
        assert_eq!(found.outcome, seal::Outcome::Verified);
        for which in ["original", "copy"] {
            let Some(source) = verified.statement().pointer(&format!("/predicate/{which}")) else { continue };
            let told = seal::text::origin(source);
            let of = |name: &str| source.get(name).and_then(|value| value.as_str());
            assert!(told.chars().count() < 2000, "{told}");
            assert!(
                !told.starts_with("fetched") || (of("via") == Some("http") && source.get("record").is_some()),
                "{told}"
            );
        }
    }
}

/// Leaves of an audit, and behind the mark what somebody makes of a proof: a leaf is proved by its own and in its own place only.
pub fn proof(data: &[u8]) {
    let (lines, made) = parted(data);
    let leaves: Vec<&[u8]> = lines.split(|byte| *byte == b'\n').take(64).collect();
    let Some(all) = Leaves::of(leaves.iter().map(|leaf| leaf.to_vec())) else { return };
    let (size, root) = (all.tree.size(), all.tree.root());
    let key = SigningKey::from_seed(&[7; 32]);
    let checkpoint = note::sign("example.org/fuzz", size, &root, &seal::Signer::of(&key)).expect("the key signs");
    let policy = Policy { trust: Trust::Key(key.public()), ..Policy::default() };
    let outcome = |proof: &[u8], leaf: &[u8]| {
        let page = seal::Page { proof, leaf, report: None };
        let found = seal::page_of_audit(page, &policy, &Question::at(Moment::from_unix(0)));
        found.expect("no file is read").outcome
    };
    for (index, leaf) in (0_u64..).zip(&leaves) {
        let path = all.tree.path(index).expect("there is such a leaf");
        assert_eq!(tree::root(index, size, tree::leaf(leaf), &path), Some(root), "a leaf that is not in its own tree");
        assert_ne!(tree::root(index, size, tree::leaf(b"another"), &path), Some(root));
        let good = audited::proof(index, &all.tree, &checkpoint).expect("there is such a leaf");
        assert_ne!(outcome(good.as_bytes(), leaf), seal::Outcome::Forged);
        assert_ne!(outcome(good.as_bytes(), b"{\"index\":0}x"), seal::Outcome::Verified, "what is no leaf");
    }
    // A true checkpoint under a proof of somebody's making, for a leaf of somebody's making.
    let (head, leaf) = made.split_at(made.len() / 2);
    for leaf in leaves.iter().copied().chain([leaf]) {
        let forged = [head, b"\n\n", checkpoint.as_bytes()].concat();
        let proved = [made, &forged].iter().any(|proof| outcome(proof, leaf) == seal::Outcome::Verified);
        assert!(!proved || leaves.contains(&leaf), "a leaf that was never in the tree");
    }
}

/// A policy: an error names a line that is there, and a signer that comes out has a name and one reading.
pub fn allowed_signers(data: &[u8]) {
    let lines = data.iter().filter(|byte| **byte == b'\n').count() + 1;
    let placed = |error: policy::PolicyError| {
        let there = (1..=lines).contains(&error.line) || error.why.contains("too large");
        assert!(there && !error.why.is_empty() && !error.hint.is_empty(), "{error:?}");
    };
    let text = match policy::text(data) {
        Ok(text) => text,
        Err(error) => return placed(error),
    };
    policy::revoked(text).err().map(placed);
    let signers = match policy::allowed_signers(text) {
        Ok((signers, _)) => signers,
        Err(error) => return placed(error),
    };
    assert_eq!(policy::allowed_signers(&text.replace('\n', "\r\n")).map(|read| read.0), Ok(signers.clone()));
    for signer in signers {
        assert!(!signer.principals.is_empty() && !signer.principals.contains(['"', '\n']), "{signer:?}");
        // A name that was written without patterns is that of its line and no other.
        if !signer.principals.contains(['*', '?', '!', ',']) {
            assert!(
                signer.is_of(&signer.principals) && !signer.is_of(&format!("{}x", signer.principals)),
                "{signer:?}"
            );
        }
    }
}

/// Keys and lists of keys.
pub fn keys(data: &[u8]) {
    // A passphrase costs seconds by design: none is given.
    let _ = SigningKey::from_pem(data, || None);
    let _ = PublicKey::from_ssh_wire(data);
    let text = String::from_utf8_lossy(data);
    let _ = PublicKey::from_pem(&text);
    let _ = policy::allowed_signers(&text);
    let _ = policy::revoked(&text);
}

/// A WARC file, gone over record by record, its answers read.
pub fn warc(data: &[u8]) {
    let Ok(mut reader) = Reader::new(data, 0) else { return };
    let mut last = 0;
    while let Ok(Some(head)) = reader.record() {
        assert!(last <= head.offset && head.offset <= data.len() as u64, "a record outside the file");
        last = head.offset;
        let Ok(block) = reader.block(1 << 20) else { continue };
        assert_eq!(block.len() as u64, head.length, "a block of another length than its head says");
        if let Some(answer) = Answer::parse(&block) {
            let body = &block[answer.body..];
            for cut_short in [false, true] {
                assert!(unchunked(body, cut_short).is_none_or(|whole| whole.len() <= body.len()));
            }
        }
        for label in ["WARC-Block-Digest", "WARC-Payload-Digest"] {
            let fits = Label::held(head.fields.get(label), &block) == Label::Fits;
            assert!(!fits || Label::held(head.fields.get(label), &[&block[..], b"x"].concat()) == Label::Differs);
        }
    }
}

/// A WACZ file in memory. A record that is found has the digest the file gives its member.
pub fn wacz(data: &[u8]) {
    let id = "urn:uuid:31322709-5a16-88de-85f8-4b3c7388f0c7";
    if let Ok(found) = capture::recorded(data, id, 1 << 20) {
        assert!(found.responses.iter().any(|(url, _)| *url == found.url));
        assert!(found.body.is_none_or(|body| body.len() <= 1 << 20));
    }
}

/// An authority's answer, and certificates to trust.
pub fn token(data: &[u8]) {
    let nobody = timestamp::Authorities::default();
    let found = timestamp::check(data, b"signed", &nobody);
    assert!(!matches!(found, timestamp::Token::Trusted(_)), "nobody is trusted");
    if let Ok(kept) = timestamp::accept(data, b"signed", None) {
        assert!(
            !matches!(timestamp::check(&kept, b"signed", &nobody), timestamp::Token::Invalid(_)),
            "kept, and not read again"
        );
    }
    if let Ok(authorities) = timestamp::Authorities::from_pem(data) {
        timestamp::check(data, b"signed", &authorities);
    }
}

/// A minisign or OpenSSH signature beside a seal: one text fits, the one that is written for it.
pub fn sidecar(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let key = SigningKey::from_seed(&[7; 32]);
    let mini = seal::minisign::sign(b"{}", &seal::Signer::of(&key)).expect("the key signs");
    assert_eq!(seal::minisign::fits(text, b"{}", &key.public()), text == mini, "two texts of one signature");
    assert!(!seal::minisign::fits(text, b"{ }", &key.public()), "a signature over something else");
    if let Some(signature) = seal::sshsig::signature(text, seal::NAMESPACE, &key.public()) {
        let again = seal::sshsig::armour(seal::NAMESPACE, &key.public(), &signature);
        let read = seal::sshsig::signature(&again, seal::NAMESPACE, &key.public());
        assert_eq!(read, Some(signature), "what is written is not read");
        assert_eq!(seal::sshsig::signature(text, "git", &key.public()), None, "a signature in two namespaces");
    }
}

/// A statement in a folder with two files, put into a bag: nothing lands beside the bag, and in it only what the statement names.
pub fn bag(data: &[u8]) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("target/fuzzed-bag-{}", std::process::id()));
    let (evidence, bag) = (root.join("evidence"), root.join("bag"));
    let fresh = || {
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&evidence)?;
        fs::write(evidence.join("copy.html"), b"a copy")?;
        fs::write(evidence.join("original.html"), b"an original")?;
        fs::write(evidence.join(seal::STATEMENT), data)
    };
    fresh().expect("the folder can be made");
    if let Ok(whole) = seal::bag::Whole::open(&evidence) {
        assert_eq!(whole.statement(), data);
        whole.predicate();
        whole.bag(&bag).expect("what is whole goes into a bag");
        let names = |folder: &std::path::Path| -> Vec<String> {
            let entries = fs::read_dir(folder).expect("the bag can be read");
            let mut names: Vec<String> =
                entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&root), ["bag", "evidence"]);
        assert_eq!(names(&bag).len(), 7, "the lists, bagit.txt, bag-info.txt and data");
        let known = ["copy.html", "original.html", seal::STATEMENT];
        assert!(names(&bag.join("data")).iter().all(|name| known.contains(&name.as_str())));
        let info = fs::read_to_string(bag.join("bag-info.txt")).expect("it is text");
        assert!(info.lines().all(|line| line.contains(": ")), "a line of a catalogue that is none: {info}");
    }
    let _ = fs::remove_dir_all(&root);
}

/// What a WACZ file says of its signature: always a sentence, never a word of trust.
pub fn wacz_signature(data: &[u8]) {
    if let Some(told) = wacz::signature_told(data, b"{}") {
        assert!(
            told.starts_with("carries a ") && told.ends_with("it changes no outcome.") && told.len() < 8192,
            "{told}"
        );
        assert!(told.contains("not trusted") || told.contains("never trusted"), "{told}");
        assert!(!told.contains(char::is_control), "{told:?}");
    }
}

fn parted(data: &[u8]) -> (&[u8], &[u8]) {
    let at = data.windows(BETWEEN.len()).position(|window| window == BETWEEN);
    at.map_or_else(|| data.split_at(data.len() / 2), |at| (&data[..at], &data[at + BETWEEN.len()..]))
}

/// What holds for every document: blocks in order over the text, spans inside it.
fn assert_sound(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        let start = if index == 0 { 0 } else { end + 1 };
        assert_eq!(block.bytes.start, start, "blocks follow one another");
        assert!(
            text.get(block.bytes.clone()).is_some_and(|text| !text.is_empty() && !text.contains('\n')),
            "a block is text"
        );
        assert!(block.container < document.containers.len().max(1));
        end = block.bytes.end;
    }
    assert_eq!(end, text.len());
    for bytes in document.emphasis.iter().map(|span| &span.bytes).chain(document.links.iter().map(|link| &link.bytes)) {
        assert!(text.get(bytes.clone()).is_some(), "a span outside the text");
    }
    let points = document.hidden.iter().map(|hidden| hidden.at).chain(document.media.iter().map(|media| media.at));
    points.for_each(|at| assert!(text.is_char_boundary(at)));
}

fn assert_holds(document: &Document, anchor: &Anchor) {
    let Some(block) = document.blocks.get(anchor.block) else {
        assert!(anchor.exact.is_empty(), "an anchor without a block");
        return;
    };
    let there: String = document.text[block.bytes.start..].chars().take(anchor.end).skip(anchor.start).collect();
    assert_eq!(there, anchor.exact, "an anchor that does not hold");
}
