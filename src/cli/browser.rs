//! An installed Chromium, run without a window: found, never fetched, and never left running.
//!
//! It works in a folder of its own that is gone afterwards. Only pages of our own making are shown to it here, which load and run
//! nothing.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use vidimus::seal::folder::passing;

use super::{
    broken_off,
    env::Env,
    fault::{Fault, reason},
};

/// What it is called, in the order looked for.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/// How often is looked whether it is done, and how many times.
const PAUSE: Duration = Duration::from_millis(50);
const PAUSES: u32 = 20 * 120;

/// What keeps it from doing anything but its work.
const ARGUMENTS: [&str; 9] = [
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
];

/// An installed Chromium.
pub struct Browser(PathBuf);

impl Browser {
    /// The one `CHROMIUM` names, or the first on `PATH`.
    ///
    /// # Errors
    /// If there is none.
    pub fn find() -> Result<Self, Fault> {
        if let Some(named) = Env::variable("CHROMIUM") {
            return Ok(Self(named.into()));
        }
        let path = Env::variable("PATH").unwrap_or_default();
        let found = std::env::split_paths(&path)
            .find_map(|folder| NAMES.iter().map(|name| folder.join(name)).find(|program| program.is_file()));
        found.map(Self).ok_or_else(|| {
            let hint = "install Chromium, or name one in the variable CHROMIUM; --format html prints from any browser"
                .to_owned();
            Fault::new("no Chromium on this machine to make a PDF with").hint(Some(hint))
        })
    }

    /// `page`, which is HTML, as a PDF.
    ///
    /// # Errors
    /// If the browser does not do it.
    pub fn pdf(&self, page: &str) -> Result<Vec<u8>, Fault> {
        let fault = |error: &std::io::Error| Fault::new(format_args!("{}: {}", self.0.display(), reason(error)));
        let folder = passing().map_err(|error| fault(&error))?;
        let (source, target) = (folder.as_ref().join("page.html"), folder.as_ref().join("page.pdf"));
        fs::write(&source, page).map_err(|error| fault(&error))?;
        let mut command = self.command(folder.as_ref());
        command.arg(option("--print-to-pdf=", &target)).arg("--no-pdf-header-footer").arg(&source);
        let ended = wait(command.spawn().map_err(|error| fault(&error))?).map_err(|error| fault(&error))?;
        let made = fs::read(&target).ok().filter(|bytes| bytes.starts_with(b"%PDF-"));
        made.ok_or_else(|| {
            let how = ended.map_or("did not end in time".to_owned(), |status| format!("ended with {status}"));
            Fault::new(format_args!("{}: made no PDF and {how}", self.0.display()))
        })
    }

    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.0);
        command.args(ARGUMENTS).arg(option("--user-data-dir=", &folder.join("profile")));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            use std::os::unix::process::CommandExt as _;
            // Its sandbox refuses to work for the user that may do everything. What we make is ours.
            if fs::metadata(folder).is_ok_and(|own| own.uid() == 0) {
                command.arg("--no-sandbox");
            }
            command.process_group(0);
        }
        command
    }
}

/// An option with a path as its value.
fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// Waits for its end; whatever it started ends with it. None where it takes too long.
fn wait(mut child: Child) -> std::io::Result<Option<ExitStatus>> {
    let mut ended = None;
    for _ in 0..PAUSES {
        ended = child.try_wait()?;
        if ended.is_some() {
            break;
        }
        thread::sleep(PAUSE);
    }
    broken_off::end_group(child.id());
    if ended.is_none() {
        child.kill()?;
        child.wait()?;
    }
    Ok(ended)
}
