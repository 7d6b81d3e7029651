//! `vidimus key`: makes signing keys, and prints what verifiers need of one.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::{Subcommand, ValueEnum, ValueHint};
use vidimus::seal::{NAMESPACE, SigningKey, minisign};

use crate::cli::{
    env::Env,
    exit::Exit,
    fault::Fault,
    key_file::{self, Key, KeyOptions},
    output,
};

/// Make a signing key or print what verifiers need of one
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Subcommand, Debug)]
enum KeyCommand {
    /// Make a new Ed25519 key, encrypted with a passphrase
    ///
    /// The file is PKCS#8 PEM, which openssl reads too. The passphrase is asked for at the terminal, or taken from
    /// VIDIMUS_KEY_PASSPHRASE or from the file that VIDIMUS_KEY_PASSPHRASE_FILE names.
    New {
        /// The file to make; it must not exist
        #[arg(value_hint = ValueHint::FilePath)]
        path: PathBuf,
        /// Leave the key unencrypted: whoever reads the file can sign
        #[arg(long)]
        no_passphrase: bool,
    },
    /// Print the public half of a key
    Public {
        /// A key file, env://NAME or exec:COMMAND
        #[arg(value_hint = ValueHint::FilePath)]
        key: OsString,
        /// In which form
        #[arg(long, value_enum, default_value_t = Form::Pem)]
        format: Form,
        /// Whose key it is, for allowed-signers
        #[arg(long, value_name = "PRINCIPAL", default_value = "signer@example.org")]
        principal: String,
        #[command(flatten)]
        options: KeyOptions,
    },
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Form {
    /// As openssl writes it
    Pem,
    /// As OpenSSH keeps it
    Ssh,
    /// A line for `vidimus verify --trust` and `ssh-keygen -Y verify`
    AllowedSigners,
    /// As minisign reads it
    Minisign,
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    match args.command {
        KeyCommand::New { path, no_passphrase } => new(&path, no_passphrase, env),
        KeyCommand::Public { key, format, principal, options } => {
            let public = Key::open(&key, &options, env)?.public();
            let text = match format {
                Form::Pem => public.to_pem(),
                Form::Ssh => format!("{}\n", public.to_ssh()),
                Form::Minisign => minisign::public_key(&public),
                Form::AllowedSigners => {
                    // A pattern would make the line say that the key is everybody's.
                    let taken = |c: char| c.is_whitespace() || c.is_control() || "\"*?!,#\\".contains(c);
                    if principal.is_empty() || principal.contains(taken) {
                        let hint = "name one signer, such as desk@example.org".to_owned();
                        let cause = "a principal has no spaces, quotation marks, commas or pattern signs";
                        return Err(Fault::new(format_args!("{principal}: {cause}")).hint(Some(hint)));
                    }
                    format!("{principal} namespaces=\"{NAMESPACE}\" {}\n", public.to_ssh())
                }
            };
            output::print(&text)?;
            Ok(Exit::Fine)
        }
    }
}

fn new(path: &Path, no_passphrase: bool, env: &Env) -> Result<Exit, Fault> {
    let fault = |cause: &dyn std::fmt::Display| Fault::new(format_args!("{}: {cause}", path.display()));
    if path.symlink_metadata().is_ok() {
        return Err(fault(&"already exists and is left as it is"));
    }
    let passphrase = if no_passphrase {
        None
    } else {
        let typed = key_file::passphrase(&path.display().to_string(), true)?.filter(|typed| !typed.is_empty());
        let hint = "set VIDIMUS_KEY_PASSPHRASE or VIDIMUS_KEY_PASSPHRASE_FILE, or ask for --no-passphrase".to_owned();
        Some(typed.ok_or_else(|| fault(&"a key needs a passphrase").hint(Some(hint)))?)
    };
    let key = SigningKey::from_seed(&key_file::random()?);
    let pem =
        key.to_pem(passphrase.as_deref().map(Vec::as_slice), &key_file::random()?).map_err(|error| fault(&error))?;
    key_file::create(path, &pem)?;
    output::note(env, format_args!("{}: {}", path.display(), key.public().fingerprint()));
    output::print(&key.public().to_pem())?;
    Ok(Exit::Fine)
}
