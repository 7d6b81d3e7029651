//! `vidimus verify`: is this evidence as it was sealed, and by whom?

use std::{
    fmt::Write as _,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::{ValueEnum, ValueHint};
use vidimus::{
    Moment, pipeline,
    report::escape::visible,
    seal::{
        self, Outcome, Policy, PublicKey, Question, Sides, Trust, Verification,
        folder::{self, Folder, Single},
        policy, text,
    },
};

use super::timestamp::authorities;
use crate::cli::{
    env::Env,
    exit::Exit,
    fault::{Fault, reason},
    key_file, new_file, output,
};

/// The largest seal or policy file that is read, in bytes.
const FILE: u64 = 32 << 20;

/// The largest proof or leaf of a page of an audit that is read, in bytes.
const PAGE_FILE: usize = 1 << 20;
/// The largest report of a page, in bytes.
const REPORT: usize = 256 << 20;
/// The name of a proof beside its page's leaf and report.
const PROOF: &str = "page.tlog-proof";

/// The roles a file can be sealed in.
const ROLES: [&str; 12] = [
    "copy",
    "report",
    "report-html",
    "capture",
    "original",
    "witness",
    "copy-sheet",
    "original-sheet",
    "audit",
    "audit-html",
    "leaves",
    "checkpoint",
];

/// Verify an evidence folder, or that a file is the one a seal names
///
/// Without --trust or --key no key is trusted, and nothing can be verified: a key found beside the evidence proves nothing.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  verified, and nothing else
  1  any other outcome
  2  trouble: usage, a folder or policy that cannot be read

Examples:
  vidimus verify evidence --trust allowed_signers
  vidimus verify evidence --key signer.pub.pem --format json
  vidimus verify evidence --trust allowed_signers --rerun
  vidimus verify repost.html --seal evidence/vidimus.sigstore.json --role copy --trust allowed_signers
  vidimus verify page.tlog-proof --leaf leaf.json --trust allowed_signers
  vidimus verify --page verify.html")]
pub struct Args {
    /// The evidence folder, or with --seal a file
    #[arg(value_hint = ValueHint::AnyPath, required_unless_present = "page")]
    path: Option<PathBuf>,
    /// Ask whether the file is the one sealed here
    #[arg(long, value_name = "SEAL", value_hint = ValueHint::FilePath)]
    seal: Option<PathBuf>,
    /// The role the file must have been sealed in, such as copy
    #[arg(long, value_name = "ROLE", requires = "seal", value_parser = ROLES)]
    role: Option<String>,
    /// Trust the signers of this OpenSSH allowed_signers file
    #[arg(long, value_name = "FILE", conflicts_with = "key", help_heading = "Trust")]
    trust: Option<PathBuf>,
    /// Trust exactly this public key, whoever holds it
    #[arg(long, value_name = "FILE", help_heading = "Trust")]
    key: Option<PathBuf>,
    /// Demand this signer
    #[arg(long, value_name = "PRINCIPAL", conflicts_with = "key", help_heading = "Trust")]
    signer: Option<String>,
    /// Refuse the public keys listed here at any date
    #[arg(long, value_name = "FILE", help_heading = "Trust")]
    revoked: Option<PathBuf>,
    /// Trust the timestamps of these authorities: their certificates as PEM; again for more
    #[arg(long, value_name = "FILE", help_heading = "Trust")]
    tsa: Vec<PathBuf>,
    /// Judge whether the key was valid at this time (RFC 3339) instead of now
    #[arg(long, value_name = "TIME", value_parser = moment, help_heading = "Trust")]
    at: Option<Moment>,
    /// Refuse files that are not sealed
    #[arg(long, conflicts_with = "seal", help_heading = "Demands")]
    strict: bool,
    /// Refuse a seal without a timestamp of an authority named with --tsa
    #[arg(long, help_heading = "Demands")]
    require_timestamp: bool,
    /// Refuse a seal older than this: a number and s, m, h or d
    #[arg(long, value_name = "AGE", value_parser = age, help_heading = "Demands")]
    max_age: Option<i64>,
    /// The folder of the run before; again for those before it, latest first
    #[arg(long, value_name = "DIR", help_heading = "Demands")]
    previous: Vec<PathBuf>,
    /// Make the comparison again from the sealed files, and refuse a report that does not come out the same
    #[arg(long, conflicts_with = "seal", help_heading = "Demands")]
    rerun: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Ask whether the page of an audit that has this leaf is proved by PATH, a .tlog-proof or the folder with page.tlog-proof
    #[arg(long, value_name = "LEAF", conflicts_with_all = ["seal", "strict", "rerun", "previous", "max_age"], value_hint = ValueHint::FilePath)]
    leaf: Option<PathBuf>,
    /// Verify nothing: write the page that verifies in a browser into this new file
    #[arg(long, value_name = "FILE", exclusive = true, value_hint = ValueHint::FilePath)]
    page: Option<PathBuf>,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// For reading here
    Terminal,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    if let Some(page) = &args.page {
        new_file::create(page, seal::page::render().as_bytes(), new_file::For::Everybody)?;
        return Ok(Exit::Fine);
    }
    let Some(path) = &args.path else { return Err(Fault::new("verify: no evidence is named")) };
    let (policy, passed) = policy_of(&args)?;
    let previous: Vec<Folder> = args.previous.iter().map(|path| open(path)).collect::<Result<_, _>>()?;
    let question = Question {
        now: args.at.unwrap_or(env.now),
        strict: args.strict,
        require_timestamp: args.require_timestamp,
        max_age: args.max_age,
        previous: &previous,
    };
    let fault = |error: &std::io::Error| Fault::new(format_args!("{}: {}", path.display(), reason(error)));
    let mut found = match &args.seal {
        None if args.leaf.is_some() => page(path, &args, &policy, &question)?,
        None => seal::verify(&open(path)?, &policy, &question).map_err(|error| fault(&error))?,
        Some(seal) => {
            let of_seal = |error| Fault::new(format_args!("{}: {}", seal.display(), reason(&error)));
            let seal = folder::read(seal, FILE as usize).map_err(of_seal)?;
            let single = Single::at(path).map_err(|error| fault(&error))?;
            seal::file(&single, args.role.as_deref(), &seal, &policy, &question).map_err(|error| fault(&error))?
        }
    };
    if args.rerun {
        found = pipeline::again(found).map_err(|error| fault(&error))?;
    }
    found.notes.extend(passed);
    if found.key.is_some() {
        found.notes.extend(judged_at(args.at, env, found.timestamp.as_deref()));
    }
    let text = match args.format {
        Format::Terminal => terminal(&found, env.columns),
        Format::Json => json(&found)?,
    };
    output::print(&text)?;
    Ok(if found.outcome == Outcome::Verified { Exit::Fine } else { Exit::Found })
}

/// Verifies one page of an audit, by its leaf and its proof; its report is looked at where it lies beside the leaf.
fn page(path: &Path, args: &Args, policy: &Policy, question: &Question<'_>) -> Result<Verification, Fault> {
    let leaf_path = args.leaf.clone().unwrap_or_default();
    let proof_path = if path.is_dir() { path.join(PROOF) } else { path.to_owned() };
    let read = |path: &Path| {
        let bytes = folder::read(path, PAGE_FILE);
        bytes.map_err(|error| Fault::new(format_args!("{}: {}", path.display(), reason(&error))))
    };
    let (proof, leaf) = (read(&proof_path)?, read(&leaf_path)?);
    let report = leaf_path.with_file_name("report.json");
    let report = if report.exists() {
        let bytes = folder::read(&report, REPORT);
        Some(bytes.map_err(|error| Fault::new(format_args!("{}: {}", report.display(), reason(&error))))?)
    } else {
        None
    };
    let report = report.as_deref();
    seal::page_of_audit(seal::Page { proof: &proof, leaf: &leaf, report }, policy, question)
        .map_err(|error| Fault::new(format_args!("{}: {}", path.display(), reason(&error))))
}

/// The time keys and age were judged at, where it is not the clock's.
fn judged_at(asked: Option<Moment>, env: &Env, timestamp: Option<&str>) -> Option<String> {
    let what = if timestamp.is_some() { "the age was" } else { "key and age were" };
    match asked {
        Some(at) => Some(format!("{what} judged at {at}, as asked with --at")),
        None if env.now_is_given => Some(format!("{what} judged at {}, as SOURCE_DATE_EPOCH says", env.now)),
        None => None,
    }
}

/// Who is trusted, and notes about lines of the policy that were passed over.
fn policy_of(args: &Args) -> Result<(Policy, Vec<String>), Fault> {
    let mut notes = Vec::new();
    let mut told = |path: &Path, passed: Vec<String>| {
        notes.extend(passed.into_iter().map(|note| format!("{}: {note}", path.display())));
    };
    let trust = match (&args.trust, &args.key) {
        (Some(path), _) => {
            let (signers, passed) = policy_file(path, policy::allowed_signers)?;
            told(path, passed);
            Trust::Signers(signers)
        }
        (None, Some(path)) => Trust::Key(key_file::public_key(path)?),
        (None, None) => Trust::Nobody,
    };
    let revoked: Vec<PublicKey> = match &args.revoked {
        Some(path) => {
            let (keys, passed) = policy_file(path, policy::revoked)?;
            told(path, passed);
            keys
        }
        None => Vec::new(),
    };
    let authorities = authorities(&args.tsa)?;
    Ok((Policy { trust, revoked, signer: args.signer.clone(), authorities }, notes))
}

/// What a policy file holds, and notes about lines that were passed over.
type Held<T> = (Vec<T>, Vec<String>);

fn policy_file<T>(path: &Path, holds: fn(&str) -> Result<Held<T>, policy::PolicyError>) -> Result<Held<T>, Fault> {
    let bytes = read(path)?;
    policy::text(&bytes)
        .and_then(holds)
        .map_err(|error| Fault::new(format_args!("{}: {error}", path.display())).hint(Some(error.hint.to_owned())))
}

fn open(path: &Path) -> Result<Folder, Fault> {
    Folder::open(path).map_err(|error| {
        let hint = (path.is_file()).then(|| "to ask about a single file, name its seal with --seal".to_owned());
        Fault::new(format_args!("{}: {}", path.display(), reason(&error))).hint(hint)
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let fault = |cause: &str| Fault::new(format_args!("{}: {cause}", path.display()));
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| fault(&reason(&error)))?;
    file.take(FILE + 1).read_to_end(&mut bytes).map_err(|error| fault(&reason(&error)))?;
    if bytes.len() as u64 > FILE { Err(fault("larger than is read")) } else { Ok(bytes) }
}

fn terminal(found: &Verification, columns: usize) -> String {
    let mut out = format!("{}  {}\n", found.outcome.slug().to_uppercase(), visible(&found.sentence()));
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "  {name:<9} {}", visible(value));
    };
    let facts = [("because", &found.detail), ("signer", &found.signer), ("key", &found.key)];
    for (name, value) in facts {
        if let Some(value) = value {
            line(name, value);
        }
    }
    if let Some(verified) = &found.verified {
        let told = |path: &str| verified.statement().pointer(path).and_then(serde_json::Value::as_str);
        let limit = if found.report_was_read() { "" } else { ", says the statement; the report was not looked at" };
        if let Some(counts) = verified.statement().pointer("/predicate/result/verdicts") {
            line("verdicts", &format!("{}{limit}", counted(counts, verified.statement())));
        } else {
            line("verdict", &format!("{}{limit}", told("/predicate/result/verdict").unwrap_or_default()));
        }
        line("made", &format!("{}, by the signer's own clock", told("/predicate/generatedAt").unwrap_or_default()));
        for (name, path) in [("original", "/predicate/original"), ("copy", "/predicate/copy")] {
            if let Some(source) = verified.statement().pointer(path) {
                line(name, &text::origin(source));
            }
        }
    }
    if let Some(time) = &found.timestamp {
        line("timestamp", &format!("not made later than {time}, says an authority you trust"));
    }
    if let Some(rerun) = &found.rerun {
        line("rerun", rerun);
    }
    if let Some(Sides { sealed, again }) = &found.rerun_findings {
        sealed.iter().for_each(|finding| line("only then", finding));
        again.iter().for_each(|finding| line("only now", finding));
    }
    for file in &found.files {
        line(file.status.slug(), &format!("{} ({})", file.name, file.role));
    }
    for note in &found.notes {
        line("note", note);
    }
    let advice = if found.is_of_audit() { text::ADVICE_OF_AUDIT } else { text::ADVICE };
    for sentence in [text::PROVES, text::DOES_NOT_PROVE, advice] {
        out.push('\n');
        out.push_str(&wrapped(sentence, columns));
    }
    out
}

/// How many pages of an audit came to what.
fn counted(counts: &serde_json::Value, statement: &serde_json::Value) -> String {
    let unchecked = statement.pointer("/predicate/result/unchecked").and_then(serde_json::Value::as_u64);
    let verdicts = counts.as_object().into_iter().flatten().map(|(verdict, count)| format!("{count} {verdict}"));
    let unchecked = unchecked.filter(|count| *count > 0).map(|count| format!("{count} not checked"));
    verdicts.chain(unchecked).collect::<Vec<_>>().join(", ")
}

/// Our own sentences, which are plain ASCII, in lines of at most `columns`.
fn wrapped(sentence: &str, columns: usize) -> String {
    let (mut out, mut used) = (String::new(), 0);
    for word in sentence.split(' ') {
        if used > 0 && used + 1 + word.len() > columns {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += word.len();
    }
    out + "\n"
}

/// The outcome as JSON. What a name could do to a terminal or a CI service is written as an escape, which JSON reads back.
fn json(found: &Verification) -> Result<String, Fault> {
    let text = serde_json::to_string_pretty(found).map_err(|error| Fault::new(format_args!("the outcome: {error}")))?;
    let mut out = String::with_capacity(text.len() + 1);
    let mut units = [0; 2];
    for c in text.chars() {
        // Outside strings JSON is plain ASCII without number signs, so that what is escaped here stands in a string.
        if c == '#' || c == '\u{7f}' || !c.is_ascii() {
            c.encode_utf16(&mut units).iter().for_each(|unit| {
                let _ = write!(out, "\\u{unit:04x}");
            });
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    Ok(out)
}

fn moment(typed: &str) -> Result<Moment, String> {
    Moment::parse(typed).ok_or_else(|| "not a time such as 2026-11-23T10:00:00Z".to_owned())
}

fn age(typed: &str) -> Result<i64, String> {
    let wrong = || "not an age such as 90m, 12h or 30d".to_owned();
    let (number, unit) = typed.split_at(typed.len() - typed.chars().next_back().map_or(0, char::len_utf8));
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    number.parse::<u32>().map(|number| i64::from(number) * seconds).map_err(|_| wrong())
}
