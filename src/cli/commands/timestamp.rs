//! `vidimus timestamp`: adds an authority's word about the time to a finished seal.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{ArgGroup, ValueHint};
use vidimus::{
    Moment,
    capture::Limits,
    seal::{
        self, SEAL,
        folder::{self, Folder},
        timestamp::{self, Authorities, Token},
    },
};

use crate::cli::{
    broken_off,
    env::Env,
    exit::Exit,
    fault::{Fault, reason},
    fetching::Waiting,
    key_file, output,
};

/// The largest seal that is read, in bytes.
const SEAL_BYTES: usize = 16 << 20;

/// Add a timestamp to a finished seal
///
/// A timestamp authority (RFC 3161) signs the hash of the seal's signature and the time: from then on nobody can put the seal
/// later. The authority learns the hash and nothing else. What was sealed is not touched, and need not be at hand.
#[derive(clap::Args, Debug)]
#[command(override_usage = "vidimus timestamp [OPTIONS] <DIR>")]
#[command(group = ArgGroup::new("how").required(true).multiple(false))]
#[command(after_long_help = "\
Exit status:
  0  the timestamp was added, or the query was written
  2  trouble: no answer, or not one over this seal; the seal is as it was

Examples:
  vidimus timestamp evidence --timestamp http://timestamp.example.org
  vidimus timestamp evidence --query query.tsq
  curl -H 'Content-Type: application/timestamp-query' \\
    --data-binary @query.tsq http://timestamp.example.org > answer.tsr
  vidimus timestamp evidence --token answer.tsr")]
pub struct Args {
    /// The evidence folder
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    path: PathBuf,
    /// Ask this authority
    #[arg(long, value_name = "URL", group = "how")]
    timestamp: Option<String>,
    /// Take what an authority answered from this file
    #[arg(long, value_name = "FILE", group = "how", value_hint = ValueHint::FilePath)]
    token: Option<PathBuf>,
    /// Write the query into this new file, for openssl or curl to put to an authority
    #[arg(long, value_name = "FILE", group = "how", value_hint = ValueHint::FilePath)]
    query: Option<PathBuf>,
    /// Accept no timestamp that these certificates do not stand behind; again for more
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    tsa: Vec<PathBuf>,
    #[command(flatten)]
    waiting: Waiting,
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let fault = |cause: &dyn std::fmt::Display| Fault::new(format_args!("{}: {cause}", args.path.display()));
    let authorities = (!args.tsa.is_empty()).then(|| authorities(&args.tsa)).transpose()?;
    let lies = Folder::open(&args.path).map_err(|error| fault(&reason(&error)))?;
    let seal = lies.read(SEAL, SEAL_BYTES).map_err(|error| fault(&reason(&error)))?;
    let hint = "`vidimus check --out DIR --key KEY` makes one".to_owned();
    let seal = seal.ok_or_else(|| fault(&format_args!("there is no seal, {SEAL}")).hint(Some(hint)))?;
    let signature = seal::signature(&seal).map_err(|why| fault(&format_args!("{SEAL}: {why}")))?;
    if let Some(file) = &args.query {
        write(file, &timestamp::query(&signature, key_file::random()?))?;
        return Ok(Exit::Fine);
    }
    let (token, from) = match (&args.timestamp, &args.token) {
        (Some(url), _) => (ask(url, &signature, &args.waiting.limits())?, url.clone()),
        (None, Some(file)) => {
            let of_file = |cause: &dyn std::fmt::Display| Fault::new(format_args!("{}: {cause}", file.display()));
            let answer = folder::read(file, timestamp::TOKEN).map_err(|error| of_file(&reason(&error)))?;
            let token = timestamp::accept(&answer, &signature, None).map_err(|why| of_file(&why))?;
            (token, file.display().to_string())
        }
        (None, None) => return Err(fault(&"neither --timestamp nor --token nor --query is given")),
    };
    let time = trusted(&token, &signature, authorities.as_ref(), &from)?;
    let sealed = seal::with_timestamp(&seal, &token).map_err(|why| fault(&why))?;
    let written = broken_off::undisturbed(|| folder::replace_seal(&args.path, &sealed));
    written.map_err(|error| fault(&reason(&error)))?;
    let told = time.map_or_else(
        || "; whether its authority is to be trusted is for --tsa to say".to_owned(),
        |time| format!(": {time}"),
    );
    output::note(env, format_args!("{}: a timestamp was added{told}", args.path.display()));
    Ok(Exit::Fine)
}

/// The certificates of all `--tsa`.
pub fn authorities(files: &[PathBuf]) -> Result<Authorities, Fault> {
    files.iter().try_fold(Authorities::default(), |all, path| {
        let fault = |cause: &dyn std::fmt::Display| Fault::new(format_args!("{}: {cause}", path.display()));
        let pem = folder::read(path, 1 << 20).map_err(|error| fault(&reason(&error)))?;
        Authorities::from_pem(&pem).and_then(|more| all.and(more)).map_err(|why| fault(&why))
    })
}

/// Asks an authority for a timestamp of `signature`.
pub fn ask(url: &str, signature: &[u8; 64], limits: &Limits) -> Result<Vec<u8>, Fault> {
    let nonce = key_file::random()?;
    let query = timestamp::query(signature, nonce);
    let answer = vidimus::capture::net::ask(url, timestamp::QUERY, query, timestamp::TOKEN, limits)?;
    timestamp::accept(&answer, signature, Some(nonce)).map_err(|why| {
        let shown =
            vidimus::capture::Address::parse(url).map_or_else(|_| url.to_owned(), |address| address.to_string());
        Fault::new(format_args!("{shown}: {why}"))
    })
}

/// The time a token vouches for under these authorities; `None` where none were named.
pub fn trusted(
    token: &[u8],
    signature: &[u8; 64],
    authorities: Option<&Authorities>,
    from: &str,
) -> Result<Option<Moment>, Fault> {
    let Some(authorities) = authorities else { return Ok(None) };
    match timestamp::check(token, signature, authorities) {
        Token::Trusted(time) => Ok(Some(time)),
        Token::Unpinned(why) | Token::Invalid(why) => Err(Fault::new(format_args!("{from}: {why}"))),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    use std::io::Write as _;
    let written = fs::File::create_new(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| {
        let exists = error.kind() == std::io::ErrorKind::AlreadyExists;
        let cause = if exists { "already exists and is left as it is".to_owned() } else { reason(&error) };
        Fault::new(format_args!("{}: {cause}", path.display()))
    })
}
