//! Which snapshot store is used, and what for: the options of every command that fetches pages.
//!
//! A store is used where one was named or where the project has one; what is fetched goes in. The user's own is filled by `capture`
//! alone, and read where somebody asks for it: nobody's reading is put on record behind their back.

use std::path::{Path, PathBuf};

use clap::Args;
use vidimus::{
    Capture,
    capture::{
        Error, Limits, Locator,
        store::{FOLDER, Kept, MARKER, Store},
    },
};

use super::{env::Env, fault::Fault};

/// The file that makes a folder a project.
const PROJECT: &str = "vidimus.toml";

/// What was typed about the store of snapshots.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Snapshots")]
pub struct Keeping {
    /// Keep what is fetched in this snapshot store; without it in the project's, where there is one
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    store: Option<PathBuf>,
    /// Keep nothing
    #[arg(long, conflicts_with = "store")]
    no_store: bool,
    /// Do not ask the network: take what the store has, as it was when it was captured
    #[arg(long, conflicts_with = "no_store")]
    offline: bool,
}

/// The same for commands that do nothing but with a store.
#[derive(Args, Clone, Debug)]
pub struct Which {
    /// The snapshot store; without it the project's, else the user's own
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath, global = true)]
    store: Option<PathBuf>,
}

impl Which {
    /// Opens it.
    pub fn open(&self) -> Result<Store, Fault> {
        Ok(Store::open(&any(self.store.as_deref())?)?)
    }
}

/// A store and what is done with it.
#[derive(Clone, Debug)]
pub struct Shelf {
    root: Option<PathBuf>,
    offline: Option<Store>,
}

impl Keeping {
    /// The store that is used for what is fetched, looked at before anything is; and whether nothing is.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn shelf(&self) -> Result<Shelf, Fault> {
        if self.offline {
            let root = any(self.store.as_deref())?;
            return Ok(Shelf { root: None, offline: Some(Store::open(&root)?) });
        }
        let root = if self.no_store { None } else { named(self.store.as_deref()).or_else(project) };
        Shelf::filled(root)
    }

    /// The same for an audit, whose project is the folder of its plan.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn shelf_beside(&self, plan: &Path) -> Result<Shelf, Fault> {
        let beside = || plan.join(FOLDER);
        if self.offline {
            let root = named(self.store.as_deref()).unwrap_or_else(beside);
            return Ok(Shelf { root: None, offline: Some(Store::open(&root)?) });
        }
        let root = named(self.store.as_deref()).unwrap_or_else(beside);
        Shelf::filled(Some(root).filter(|_| !self.no_store))
    }

    /// The same for who wants to keep pages, and be it in the user's own store.
    ///
    /// # Errors
    /// If it cannot be used, or is not to be.
    pub fn any_shelf(&self) -> Result<Shelf, Fault> {
        if self.offline || self.no_store { self.shelf() } else { Shelf::filled(Some(any(self.store.as_deref())?)) }
    }

    /// Whether the network is not to be asked.
    pub fn is_offline(&self) -> bool {
        self.offline
    }
}

impl Shelf {
    fn filled(root: Option<PathBuf>) -> Result<Self, Fault> {
        root.as_deref().map_or(Ok(()), Store::check_room)?;
        Ok(Self { root, offline: None })
    }

    /// Whether the network is not to be asked.
    pub fn is_offline(&self) -> bool {
        self.offline.is_some()
    }

    /// The store that is filled.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// The store that is read or filled, where it is there already.
    pub fn store(&self) -> Option<Store> {
        self.offline.clone().or_else(|| Store::open(self.root.as_deref()?).ok())
    }

    /// The last snapshot of what `locator` asks for, where the network is not to be asked; `rendered` is whether it is to be read as a
    /// browser showed it, where it is an address. `None` where that has nothing to do with it.
    ///
    /// # Errors
    /// Where the store does not have it, or is damaged.
    pub fn instead(&self, locator: &Locator, limits: &Limits, rendered: bool) -> Option<Result<Capture, Error>> {
        let store = self.offline.as_ref().filter(|_| locator.is_remote())?;
        let named = match locator {
            Locator::Url(address) => address,
            Locator::Memento(request) => &request.address,
            Locator::File(_) | Locator::Archive { .. } | Locator::Stdin => return None,
        };
        let rendered = rendered && matches!(locator, Locator::Url(_));
        let absent = || Error::not_stored(named, store, rendered);
        let found = if rendered { store.replay_rendered(locator, limits) } else { store.replay(locator, limits) };
        Some(found.and_then(|found| found.ok_or_else(absent)))
    }

    /// The last snapshot of what `locator` asks for in the store that is filled, where there is one.
    ///
    /// # Errors
    /// Where the store is damaged.
    pub fn before(&self, locator: &Locator, limits: &Limits, rendered: bool) -> Result<Option<Capture>, Error> {
        match self.root.as_deref().map(Store::open) {
            Some(Ok(store)) if rendered => store.replay_rendered(locator, limits),
            Some(Ok(store)) => store.replay(locator, limits),
            // None yet, or one that says so when something is put in.
            Some(Err(_)) | None => Ok(None),
        }
    }

    /// Keeps a capture, if there is a store and it came from the network.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn keep(&self, capture: &Capture) -> Result<Option<Kept>, Fault> {
        let Some(root) = &self.root else { return Ok(None) };
        // Made when there is something to keep, and not for files that are compared.
        if !matches!(Locator::parse(&capture.locator), Locator::Url(_)) {
            return Ok(None);
        }
        let kept = Store::create(root).and_then(|store| store.put(capture));
        kept.map_err(|trouble| Fault::from(trouble).hint(Some("--no-store keeps nothing".to_owned())))
    }
}

/// The store that was named: by the option, else by the environment.
fn named(option: Option<&Path>) -> Option<PathBuf> {
    option.map(Path::to_owned).or_else(|| Env::variable("VIDIMUS_STORE").map(PathBuf::from))
}

/// The store of the project that the current folder is in: beside its file, or where there is one already.
fn project() -> Option<PathBuf> {
    let here = Env::folder()?;
    let is_project = |folder: &&Path| folder.join(PROJECT).is_file() || folder.join(FOLDER).join(MARKER).is_file();
    here.ancestors().find(is_project).map(|folder| folder.join(FOLDER))
}

/// The store that was named, else the project's, else the user's own.
fn any(option: Option<&Path>) -> Result<PathBuf, Fault> {
    let none = || {
        let fault = Fault::new("there is no folder of the user's for snapshots: neither XDG_DATA_HOME nor HOME is set");
        fault.hint(Some("--store names a snapshot store".to_owned()))
    };
    named(option).or_else(project).or_else(own).ok_or_else(none)
}

/// The user's own store.
fn own() -> Option<PathBuf> {
    let absolute = |name: &str| Env::variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = absolute("XDG_DATA_HOME").or_else(|| Some(absolute("HOME")?.join(".local/share")));
    let data = data.or_else(|| absolute("LOCALAPPDATA"));
    Some(data?.join("vidimus").join(FOLDER))
}
