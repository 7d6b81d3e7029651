//! The seal of an audit: leaves as pairs are put in order, then the tree, its checkpoint, a sealed folder and a proof for each page.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use vidimus::{
    Moment,
    audit::{
        Pair,
        plan::{Mistake, Placed, SealPlan},
    },
    report::wire::audit::{Entry, Head, Outcome, Summary},
    seal::{
        self, Before,
        audited::{self, Leaves},
        folder::Folder,
        note, policy,
    },
};

use super::{
    broken_off,
    env::Env,
    fault::{Fault, reason},
    key_file::{self, Key, KeyOptions},
    planned::{self, Planned},
};

/// What the origins of checkpoints begin with, where the plan does not say.
const ORIGIN: &str = "vidimus-audit";
/// The folder with a folder for each page.
const PAGES: &str = "pages";
/// The report of a page.
pub const REPORT: &str = "report.json";
/// What is said of it in the tree.
const LEAF: &str = "leaf.json";
/// The way from its leaf to the root.
const PROOF: &str = "page.tlog-proof";

/// Asks an authority for its timestamp of a signature.
pub type Stamp = Box<dyn Fn(&[u8; 64]) -> Result<Vec<u8>, Fault>>;

/// How an audit is sealed.
pub struct Sealing {
    key: Key,
    origin: String,
    salt: bool,
    /// The statement of the audit before.
    previous: Option<(PathBuf, Before)>,
    /// How the authority is asked that says when it was sealed.
    stamp: Option<Stamp>,
}

impl Sealing {
    /// As the plan says, or with the key that was named; none where neither does.
    ///
    /// # Errors
    /// If the key cannot be opened, or is not one of those the plan trusts.
    pub fn of(planned: &Planned, key: Option<&OsStr>, options: &KeyOptions, env: &Env) -> Result<Option<Self>, Fault> {
        let plan = planned.plan.seal.as_ref();
        let key = match (key, plan) {
            (Some(key), _) => Key::open(key, options, env)?,
            (None, Some(SealPlan { key: Some(key), .. })) => {
                let text = &key.value;
                let elsewhere = ["env://", "exec:"].iter().any(|start| text.starts_with(start));
                let name = if elsewhere { PathBuf::from(text) } else { planned.folder.join(text) };
                Key::open(name.as_os_str(), options, env).map_err(|fault| at(planned, key, fault))?
            }
            // Whoever wrote that it is to be sealed must not find that it was not.
            (None, Some(SealPlan { key: None, at, .. })) => {
                let hint = "--key KEY names one, as does `key` in the plan".to_owned();
                let mistake = Mistake::new(*at, "the audit is to be sealed, and no key is named");
                return Err(planned::fault(&planned.path, &mistake).hint(Some(hint)));
            }
            (None, None) => return Ok(None),
        };
        if let Some(trust) = plan.and_then(|plan| plan.trust.as_ref()) {
            trusted(planned, trust, &key)?;
        }
        let origin = plan.and_then(|plan| plan.origin.as_ref());
        let origin = origin.map_or(ORIGIN.to_owned(), |origin| origin.value.clone());
        Ok(Some(Self { key, origin, salt: plan.is_some_and(|plan| plan.salt), previous: None, stamp: None }))
    }

    /// The same as the run after the one whose evidence lies in `previous`, and with a timestamp.
    ///
    /// # Errors
    /// If there is no such evidence.
    pub fn with(self, previous: Option<&Path>, stamp: Option<Stamp>) -> Result<Self, Fault> {
        let previous = previous.map(|folder| before(folder).map(|before| (folder.to_owned(), before))).transpose()?;
        Ok(Self { previous, stamp, ..self })
    }

    /// The leaf of a pair.
    ///
    /// # Errors
    /// If there is no randomness to salt it with.
    pub fn leaf(&self, entry: &Entry) -> Result<Vec<u8>, String> {
        let salt = self.salt.then(key_file::random::<16>).transpose().map_err(|fault| fault.message)?;
        Ok(audited::leaf(entry, salt.as_ref()))
    }

    /// Seals everything: a folder for the audit, and beside the report of each page its leaf and its proof.
    ///
    /// # Errors
    /// If the signer does not sign, or what the disk says.
    pub fn seal(
        self,
        folder: &Path,
        head: &Head,
        summary: &Summary,
        pairs: &[Pair],
        leaves: Vec<Vec<u8>>,
    ) -> Result<(), Fault> {
        let fault = |why: &dyn std::fmt::Display| Fault::new(format_args!("{}: {why}", folder.display()));
        let all = Leaves::of(leaves.into_iter()).ok_or_else(|| fault(&"an audit of nothing is not sealed"))?;
        let signer = self.key.signer();
        let origin = audited::origin(&self.origin, head, &all.tree);
        let checkpoint = note::sign(&origin, all.tree.size(), &all.tree.root(), &signer).map_err(|why| fault(&why))?;
        let finished_at = Env::of_process().0.now.max(head.started_at);
        let statement = audited::statement(head, summary, &all, [&origin, &checkpoint], finished_at);
        let statement = match &self.previous {
            Some((path, before)) => statement.after(before).map_err(|why| of_another_series(path, &why))?,
            None => statement,
        };
        let mut sealed = seal::sign(&statement.bytes, &signer).map_err(|why| fault(&why))?;
        if let Some(stamp) = &self.stamp {
            let signature = seal::signature(&sealed.bundle).map_err(|why| fault(&why))?;
            let token = stamp(&signature)?;
            sealed.bundle = seal::with_timestamp(&sealed.bundle, &token).map_err(|why| fault(&why))?;
        }
        // A leaf is one line of JSON, which has no line ends of its own.
        for ((index, pair), leaf) in pairs.iter().enumerate().zip(all.lines.split(|byte| *byte == b'\n')) {
            let proof = audited::proof(index as u64, &all.tree, &checkpoint).unwrap_or_default();
            for (name, bytes) in [(LEAF, leaf), (PROOF, proof.as_bytes())] {
                put(folder, index, &pair.id, name, bytes).map_err(|error| fault(&reason(&error)))?;
            }
        }
        let target = free(folder, &sealed_name(head.started_at));
        let written = broken_off::undisturbed(|| seal::folder::write(&target, &statement, Some(&sealed)));
        written.map_err(|error| Fault::new(format_args!("{}: {}", target.display(), reason(&error))))
    }
}

/// The folder that is sealed is called after when the audit was begun: evidence is never written over.
fn sealed_name(started_at: Moment) -> String {
    format!("sealed-{}", started_at.digits())
}

/// The first name in `folder` that nothing has: audits may be begun within one second.
fn free(folder: &Path, name: &str) -> PathBuf {
    let later = (2..).map(|count: u32| folder.join(format!("{name}-{count}")));
    let mut names = std::iter::once(folder.join(name)).chain(later);
    names.find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}

/// Writes a file of a page into its own folder, whose name has nothing from outside in it.
///
/// # Errors
/// What the disk says.
pub fn put(folder: &Path, index: usize, id: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(page(index as u64, id, name));
    if let Some(own) = path.parent() {
        fs::create_dir_all(own)?;
    }
    fs::write(path, bytes)
}

/// The names of a page's files, from the folder of the outputs.
pub fn names(entry: &Entry) -> Vec<String> {
    let report = matches!(entry.outcome, Outcome::Checked(_)).then_some(REPORT);
    let files = [LEAF, PROOF].into_iter().chain(report);
    files.map(|name| page(entry.index, &entry.id, name)).collect()
}

fn page(index: u64, id: &str, name: &str) -> String {
    format!("{PAGES}/{index:07}-{id}/{name}")
}

/// The run before.
///
/// # Errors
/// If `folder` holds no evidence.
pub fn before(folder: &Path) -> Result<Before, Fault> {
    let found = Folder::open(folder).and_then(|lies| Before::of(&lies));
    found.map_err(|error| Fault::new(format_args!("--previous {}: {}", folder.display(), reason(&error))))
}

/// That the run before is of another series than this one.
pub fn of_another_series(folder: &Path, why: &str) -> Fault {
    let hint =
        "a series is one copy, or one plan's audits, again and again: name its last run, or leave --previous out";
    Fault::new(format_args!("--previous {}: {why}", folder.display())).hint(Some(hint.to_owned()))
}

/// A fault about a value of the plan.
fn at(planned: &Planned, value: &Placed<String>, fault: Fault) -> Fault {
    let mistake = Mistake::new(value.at, &fault.message);
    Fault { hints: fault.hints, ..planned::fault(&planned.path, &mistake) }
}

/// Refuses to seal with a key that the plan's own signers do not have.
fn trusted(planned: &Planned, trust: &Placed<String>, key: &Key) -> Result<(), Fault> {
    let wrong = |why: &dyn std::fmt::Display| {
        planned::fault(&planned.path, &Mistake::new(trust.at, format_args!("{}: {why}", trust.value)))
    };
    let text = planned::text(&planned.folder.join(&trust.value)).map_err(|why| wrong(&why))?;
    let (signers, _) = policy::allowed_signers(&text).map_err(|why| wrong(&why))?;
    let public = key.public();
    match signers.iter().any(|signer| signer.key == public) {
        true => Ok(()),
        false => Err(wrong(&format_args!("the key {} is none of these signers’", public.fingerprint()))),
    }
}
