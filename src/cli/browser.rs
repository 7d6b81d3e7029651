//! An installed Chromium, run without a window: found, never fetched, and never left running.
//!
//! It works in a folder of its own that is gone afterwards. To make paper it is shown pages of our own making, which load and run
//! nothing; to be asked what other people's pages show it is started by [`Browser::talking`], and `render` does the asking.

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

/// What keeps it, with other people's pages before it, from asking anybody but the proxy it is given: this machine itself is asked by the
/// proxy too, names are looked up by nobody else, and there are neither datagrams nor words to its makers. Scripts get so much memory.
const ALONE: [&str; 14] = [
    "--remote-debugging-pipe",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-features=MediaRouter,DialMediaRouteProvider,OptimizationHints,Translate,AsyncDns",
    "--disk-cache-size=1",
    "--mute-audio",
    "--js-flags=--max-old-space-size=512",
];

/// An installed Chromium.
#[derive(Clone, Debug)]
pub struct Browser(PathBuf);

impl Browser {
    /// The one `CHROMIUM` names, or the first on `PATH`. `purpose` is what for and `instead` what else could be done, in a clause each.
    ///
    /// # Errors
    /// If there is none.
    pub fn find(purpose: &str, instead: &str) -> Result<Self, Fault> {
        if let Some(named) = Env::variable("CHROMIUM") {
            return Ok(Self(named.into()));
        }
        let path = Env::variable("PATH").unwrap_or_default();
        let found = std::env::split_paths(&path)
            .find_map(|folder| NAMES.iter().map(|name| folder.join(name)).find(|program| program.is_file()));
        found.map(Self).ok_or_else(|| {
            let hint = format!("install Chromium, or name one in the variable CHROMIUM; {instead}");
            Fault::new(format_args!("no Chromium on this machine to {purpose} with")).hint(Some(hint))
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

    /// Starts it in `folder` with a pipe to be talked to by: what is written to its standard input it is told, and what it answers comes
    /// from its standard output. Of the network it knows the proxy at `port` of this machine and nothing else.
    ///
    /// # Errors
    /// If it cannot be started.
    #[cfg(unix)]
    pub fn talking(&self, folder: &Path, port: u16) -> std::io::Result<Child> {
        // It is talked to by the third and fourth file it is started with, which a shell alone can give it.
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"#]).arg(&self.0);
        self.settle(&mut shell, folder);
        shell.args(ALONE).arg(format!("--proxy-server=http://127.0.0.1:{port}")).arg("about:blank");
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        shell.spawn()
    }

    /// Elsewhere there is no shell to hand it a pipe with.
    #[cfg(not(unix))]
    pub fn talking(&self, _: &Path, _: u16) -> std::io::Result<Child> {
        Err(std::io::Error::other("pages are rendered on Unix only"))
    }

    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.0);
        self.settle(&mut command, folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Makes `command` one that runs it in `folder` and does no more than its work.
    fn settle(&self, command: &mut Command, folder: &Path) {
        command.args(ARGUMENTS).arg(option("--user-data-dir=", &folder.join("profile")));
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            // Its sandbox refuses to work for the user that may do everything, as whom programs run in most containers: it would not
            // start at all. Everybody else has it with its sandbox, or not at all.
            if is_root(folder) {
                command.arg("--no-sandbox");
            }
            command.process_group(0);
        }
    }
}

/// Whether whoever made `folder` may do everything on this machine.
#[cfg(unix)]
pub fn is_root(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(folder).is_ok_and(|own| own.uid() == 0)
}

/// Elsewhere nobody is.
#[cfg(not(unix))]
pub fn is_root(_: &Path) -> bool {
    false
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
