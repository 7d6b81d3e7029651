//! `vidimus export`: evidence in the forms of other people's tools.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, ValueEnum, ValueHint};
use vidimus::seal::{self, bag::Whole, folder::Folder};

use crate::cli::{
    env::Env,
    exit::Exit,
    fault::{Fault, reason},
    output,
};

/// Hand evidence on in the form of an archive or of a CI signer
///
/// Every file the statement names must be there and as the statement says. Whose seal it is, and whether it is valid, is not
/// asked: `vidimus verify` does that.
#[derive(clap::Args, Debug)]
#[command(group = ArgGroup::new("form").required(true), after_long_help = "\
Exit status:
  0  done
  2  trouble: no evidence, a file missing or changed, a target that exists

Examples:
  vidimus export evidence --bagit bag
  vidimus export evidence --emit predicate > predicate.json")]
pub struct Args {
    /// The evidence folder
    #[arg(value_hint = ValueHint::DirPath)]
    evidence: PathBuf,
    /// Make this new folder, a BagIt bag with the evidence
    #[arg(long, value_name = "DIR", group = "form", value_hint = ValueHint::DirPath)]
    bagit: Option<PathBuf>,
    /// Print what another signer is to sign
    #[arg(long, value_enum, value_name = "WHAT", group = "form")]
    emit: Option<Emit>,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Emit {
    /// What is said of the subjects, for signers that name those themselves
    Predicate,
    /// The whole in-toto statement, its exact bytes
    Statement,
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let fault = |path: &Path, error: &std::io::Error| Fault::new(format_args!("{}: {}", path.display(), reason(error)));
    let whole = Whole::open(&args.evidence).map_err(|error| {
        let folder = Folder::open(&args.evidence).ok();
        let sealed = folder.as_ref().and_then(seal::sealed_within).map(|name| args.evidence.join(name));
        let hint = sealed.map(|sealed| format!("the evidence of an audit is in {}", sealed.display()));
        fault(&args.evidence, &error).hint(hint)
    })?;
    if let Some(target) = &args.bagit {
        whole.bag(target).map_err(|error| {
            let taken = error.kind() == std::io::ErrorKind::AlreadyExists;
            let hint =
                taken.then(|| "a bag goes into a folder of its own: name one that does not exist yet".to_owned());
            fault(target, &error).hint(hint)
        })?;
        if !whole.is_sealed() {
            output::note(env, format_args!("{}: not signed, so nobody can tell who made it", args.evidence.display()));
        }
        for name in whole.strangers() {
            output::note(env, format_args!("{name}: no part of the evidence, and not in the bag"));
        }
    }
    if let Some(emit) = args.emit {
        let bytes = match emit {
            Emit::Predicate => whole.predicate(),
            Emit::Statement => whole.statement().to_vec(),
        };
        // Read as strict JSON a moment ago, and so text.
        output::print(&String::from_utf8_lossy(&bytes))?;
    }
    Ok(Exit::Fine)
}
