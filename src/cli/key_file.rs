//! Signing keys: from a file, from the environment, or kept by another program. The home of `rpassword` and `getrandom`.

use std::{
    ffi::OsStr,
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use clap::{Args, ValueHint};
use vidimus::seal::{Kept, KeyError, PublicKey, Secret, Signer, SigningKey, policy};

use super::{
    broken_off,
    env::Env,
    fault::{Fault, reason},
    new_file, output,
};

/// The largest file that is read as a key or a passphrase, in bytes.
const FILE: u64 = 64 * 1024;

/// How a key is opened.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Evidence")]
pub struct KeyOptions {
    /// Use a key file even if others may read it
    #[arg(long, requires = "key")]
    insecure_key_perms: bool,
    /// The public key of a command that signs (with --key exec:COMMAND)
    #[arg(long, value_name = "FILE", requires = "key", value_hint = ValueHint::FilePath)]
    public_key: Option<PathBuf>,
}

/// A key, ready to sign.
pub enum Key {
    /// In memory, until it is dropped and wiped.
    Here(SigningKey),
    /// Kept by a command: run once for each signature, without a shell.
    Command { argv: Vec<String>, public: PublicKey },
}

impl Key {
    /// Opens the key that `name` stands for.
    pub fn open(name: &OsStr, options: &KeyOptions, env: &Env) -> Result<Self, Fault> {
        let text = name.to_str().unwrap_or_default();
        if let (Some(file), false) = (&options.public_key, text.starts_with("exec:")) {
            let hint = "a key that is at hand has its public half in it: leave --public-key out".to_owned();
            let cause = "belongs to a command that signs (--key exec:COMMAND)";
            return Err(Fault::new(format_args!("--public-key {}: {cause}", file.display())).hint(Some(hint)));
        }
        if let Some(command) = text.strip_prefix("exec:") {
            let argv: Vec<String> = command.split_ascii_whitespace().map(str::to_owned).collect();
            if argv.is_empty() {
                return Err(Fault::new(format_args!("{text}: no command is named")));
            }
            let Some(file) = &options.public_key else {
                let hint = "--public-key FILE names it, as PEM or as OpenSSH keeps it".to_owned();
                return Err(Fault::new(format_args!("{text}: its public key is not known")).hint(Some(hint)));
            };
            return Ok(Self::Command { argv, public: public_key(file)? });
        }
        let (pem, shown) = match text.strip_prefix("env://") {
            Some(variable) => {
                let value = Env::variable(variable)
                    .ok_or_else(|| Fault::new(format_args!("{text}: the environment has no variable {variable}")))?;
                (Secret::new(value.into_encoded_bytes()), text.to_owned())
            }
            None => {
                let path = Path::new(name);
                private(path, options.insecure_key_perms)?;
                (read(path)?, path.display().to_string())
            }
        };
        let mut trouble = None;
        let ask = || match passphrase(&shown, false) {
            Ok(typed) => typed,
            Err(fault) => {
                trouble = Some(fault);
                None
            }
        };
        let opened = SigningKey::from_pem(&pem, ask);
        if let Some(fault) = trouble {
            return Err(fault);
        }
        let (key, kept) = opened.map_err(|error| Fault::new(format_args!("{shown}: {error}")).hint(hint(&error)))?;
        if kept == Kept::Weakly {
            output::note(env, format_args!("{shown}: encrypted so that guessing its passphrase is cheap"));
        }
        Ok(Self::Here(key))
    }

    /// The key as the library wants it.
    pub fn signer(&self) -> Signer<'_> {
        match self {
            Self::Here(key) => Signer::of(key),
            Self::Command { argv, public } => {
                Signer { public: *public, sign: Box::new(|bytes| signed_by(argv, bytes)) }
            }
        }
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        match self {
            Self::Here(key) => key.public(),
            Self::Command { public, .. } => *public,
        }
    }
}

/// Bytes to sign go to the command's standard input, 64 bytes come back.
fn signed_by(argv: &[String], bytes: &[u8]) -> Result<[u8; 64], String> {
    let (program, arguments) = argv.split_first().ok_or("no command is named")?;
    let say = |error: std::io::Error| format!("{program}: {}", reason(&error));
    let mut child =
        Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(say)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let mut answer = Vec::new();
    // Written and read at the same time: a command that answers while it still reads would otherwise wait for us for ever.
    let read = thread::scope(|scope| {
        // A command that does not read its input to the end has decided what to answer; whether that fits is looked at later.
        scope.spawn(|| stdin.map(|mut stdin| stdin.write_all(bytes)));
        stdout.map_or(Ok(0), |stdout| stdout.take(65).read_to_end(&mut answer))
    });
    let status = child.wait().map_err(say)?;
    read.map_err(say)?;
    // One that says too much is cut off, and fails for that.
    if answer.len() <= 64 && !status.success() {
        return Err(format!("{program} failed ({status})"));
    }
    answer.try_into().map_err(|_| format!("{program} did not answer with 64 bytes"))
}

/// Reads a public key, as PEM or as OpenSSH keeps it.
pub fn public_key(path: &Path) -> Result<PublicKey, Fault> {
    let fault = |why: &dyn std::fmt::Display| Fault::new(format_args!("{}: {why}", path.display()));
    let bytes = read(path)?;
    let text = policy::text(&bytes).map_err(|error| fault(&error).hint(Some(error.hint.to_owned())))?;
    // One key and nothing else: whoever lists more means to trust more than one, which is for --trust.
    let ssh = || match policy::revoked(text).ok()? {
        (keys, passed) if passed.is_empty() => <[PublicKey; 1]>::try_from(keys).ok().map(|[key]| key),
        _ => None,
    };
    PublicKey::from_pem(text).or_else(ssh).ok_or_else(|| fault(&"no Ed25519 public key").hint(Some(hint_of(text))))
}

/// What a file that is no public key may be, and what to do.
fn hint_of(text: &str) -> String {
    if text.contains("PRIVATE KEY-----") {
        "this is a secret key: `vidimus key public` prints its public half".to_owned()
    } else if policy::allowed_signers(text).is_ok_and(|(signers, _)| !signers.is_empty()) {
        "this is a list of signers: --trust takes it".to_owned()
    } else {
        "`vidimus key public` prints one, as PEM or with --format ssh".to_owned()
    }
}

/// Writes a new key file for its owner's eyes only; an existing file is left as it is.
pub fn create(path: &Path, pem: &str) -> Result<(), Fault> {
    new_file::create(path, pem.as_bytes(), new_file::For::Owner)
}

/// Random bytes from the system.
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Fault::new(format_args!("the system gives no random bytes: {error}")))?;
    Ok(bytes)
}

/// The passphrase: from the environment, a file it names, or the person at the terminal; none where there is nobody to ask.
pub fn passphrase(key: &str, new: bool) -> Result<Option<Secret>, Fault> {
    if let Some(value) = Env::variable("VIDIMUS_KEY_PASSPHRASE") {
        return Ok(Some(Secret::new(value.into_encoded_bytes())));
    }
    if let Some(file) = Env::variable("VIDIMUS_KEY_PASSPHRASE_FILE") {
        let bytes = read(Path::new(&file))?;
        let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        return Ok(Some(Secret::new(line.strip_suffix(b"\r").unwrap_or(line).to_vec())));
    }
    if !Env::person() {
        return Ok(None);
    }
    let ask = |prompt: String| {
        let typed = broken_off::prompting(|| rpassword::prompt_password(prompt));
        typed
            .map(|typed| Secret::new(typed.into_bytes()))
            .map_err(|error| Fault::new(format_args!("{key}: {}", reason(&error))))
    };
    let typed = ask(format!("Passphrase for {}: ", output::shown(key)))?;
    if new && typed != ask("The same again: ".to_owned())? {
        return Err(Fault::new(format_args!("{key}: the two passphrases differ")));
    }
    Ok(Some(typed))
}

fn hint(error: &KeyError) -> Option<String> {
    match error {
        KeyError::PassphraseNeeded => {
            Some("type it at a terminal, or set VIDIMUS_KEY_PASSPHRASE or VIDIMUS_KEY_PASSPHRASE_FILE".to_owned())
        }
        KeyError::NotAKey(_) | KeyError::OtherAlgorithm | KeyError::OtherEncryption => {
            Some("`vidimus key new` and `openssl genpkey -algorithm ed25519` make keys that are read".to_owned())
        }
        KeyError::WrongPassphrase | KeyError::TooCostly => None,
    }
}

/// Reads a small file, or a pipe such as a shell makes of `<(command)`, to its end.
fn read(path: &Path) -> Result<Secret, Fault> {
    let fault = |cause: &str| Fault::new(format_args!("{}: {cause}", path.display()));
    let mut bytes = Secret::default();
    let file = fs::File::open(path).map_err(|error| fault(&reason(&error)))?;
    file.take(FILE + 1).read_to_end(&mut bytes).map_err(|error| fault(&reason(&error)))?;
    if bytes.len() as u64 > FILE { Err(fault("too large for a key")) } else { Ok(bytes) }
}

/// Refuses a key file that others may read.
#[cfg(unix)]
fn private(path: &Path, insecure: bool) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt as _;
    let fault = |cause: &str| Fault::new(format_args!("{}: {cause}", path.display()));
    let data = fs::metadata(path).map_err(|error| fault(&reason(&error)))?;
    if !insecure && data.is_file() && data.permissions().mode() & 0o077 != 0 {
        let hint = format!("chmod 600 {}, or --insecure-key-perms", path.display());
        return Err(fault("others may read this key").hint(Some(hint)));
    }
    Ok(())
}

#[cfg(not(unix))]
fn private(_path: &Path, _insecure: bool) -> Result<(), Fault> {
    Ok(())
}
