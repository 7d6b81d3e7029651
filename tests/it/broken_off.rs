//! Runs on a terminal of their own, as a person has one: broken off at a prompt or while they write, and what they draw there.

#![cfg(target_os = "linux")]

use std::{
    fs::File,
    io::{Read as _, Write as _},
    os::unix::process::ExitStatusExt as _,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use rustix::{
    fs::{Mode, OFlags, open},
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, tcgetattr},
};

use crate::support::{Reply, Sandbox, Server};

/// A terminal with the program on it.
struct Terminal {
    ours: File,
    theirs: File,
    child: Child,
    said: mpsc::Receiver<String>,
}

impl Terminal {
    fn new(sandbox: &Sandbox) -> Self {
        Self::running(sandbox, &["key", "new", "new.key"])
    }

    fn running(sandbox: &Sandbox, arguments: &[&str]) -> Self {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap();
        let theirs = open(name.as_c_str(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let (ours, theirs) = (File::from(ours), File::from(theirs));
        assert!(echoes(&theirs), "before anybody changes it");
        assert!(std::path::Path::new("/usr/bin/setsid").exists(), "this test needs setsid of util-linux");
        // `setsid -c` makes the terminal the one that /dev/tty is, which the standard library cannot.
        let mut command = Command::new("/usr/bin/setsid");
        command.args(["-c", env!("CARGO_BIN_EXE_vidimus")]).args(arguments);
        sandbox.settle(&mut command);
        let end = || Stdio::from(theirs.try_clone().unwrap());
        command.env("TERM", "xterm");
        let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
        let (tell, said) = mpsc::channel();
        let mut reader = ours.try_clone().unwrap();
        thread::spawn(move || {
            let mut piece = [0; 1024];
            while let Ok(count @ 1..) = reader.read(&mut piece) {
                if tell.send(String::from_utf8_lossy(&piece[..count]).into_owned()).is_err() {
                    break;
                }
            }
        });
        Self { ours, theirs, child, said }
    }

    /// Waits until it says `text`.
    #[track_caller]
    fn until(&self, text: &str) {
        let mut heard = String::new();
        while !heard.contains(text) {
            let more = self.said.recv_timeout(Duration::from_secs(60));
            heard += &more.unwrap_or_else(|_| panic!("no {text:?} in {heard:?}"));
        }
    }

    /// Everything that is said until the program has ended.
    fn rest(mut self) -> String {
        assert!(self.child.wait().unwrap().success());
        // Nothing will be said any more once nobody has the other end.
        drop(self.theirs);
        let mut heard = String::new();
        while let Ok(more) = self.said.recv_timeout(Duration::from_secs(60)) {
            heard += &more;
        }
        heard
    }

    fn echoes(&self) -> bool {
        echoes(&self.theirs)
    }
}

fn echoes(terminal: &File) -> bool {
    tcgetattr(terminal).unwrap().local_modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
}

#[test]
fn a_prompt_that_is_broken_off_leaves_the_terminal_as_it_was() {
    type Way = (&'static str, fn(&mut Terminal));
    let ways: [Way; 2] = [
        ("Ctrl-C", |terminal| terminal.ours.write_all(b"secr\x03").unwrap()),
        ("kill", |terminal| {
            let child = Pid::from_child(&terminal.child);
            kill_process(child, Signal::TERM).unwrap();
        }),
    ];
    for (way, break_off) in ways {
        let sandbox = Sandbox::new();
        let mut terminal = Terminal::new(&sandbox);
        terminal.until("Passphrase for new.key: ");
        // The prompt is written before what is typed is hidden.
        while terminal.echoes() {
            thread::yield_now();
        }
        break_off(&mut terminal);
        let status = terminal.child.wait().unwrap();
        assert!(status.signal().is_some(), "{way}: ended by the signal, as whoever waits for it expects: {status}");
        assert!(terminal.echoes(), "{way}");
        assert!(!sandbox.path("new.key").exists());
    }
}

/// The same terminal, and nobody breaks it off.
#[test]
fn a_prompt_that_is_answered_leaves_the_terminal_as_it_was() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::new(&sandbox);
    terminal.until("Passphrase for new.key: ");
    while terminal.echoes() {
        thread::yield_now();
    }
    terminal.ours.write_all(b"secret\n").unwrap();
    terminal.until("The same again: ");
    terminal.ours.write_all(b"secret\n").unwrap();
    assert!(terminal.child.wait().unwrap().success());
    assert!(terminal.echoes() && sandbox.path("new.key").exists());
}

#[test]
fn many_pages_are_counted_on_a_terminal_and_nowhere_else() {
    let (server, sandbox) = (Server::answering(|_| Reply::html("<p>Talks will go on in May.</p>")), Sandbox::new());
    let urls: Vec<String> = (0..40).map(|number| server.url(&format!("/{number}"))).collect();
    let capture = |store: &'static str| -> Vec<&str> {
        ["capture", "--store", store].into_iter().chain(urls.iter().map(String::as_str)).collect()
    };
    let heard = Terminal::running(&sandbox, &capture("a")).rest();
    let counted = heard.split(" of 40 pages, ").nth(1).unwrap_or_else(|| panic!("nothing is counted: {heard:?}"));
    let (rate, left) = counted.split_once(", ").unwrap();
    assert!(rate.ends_with("/s") && left.split('\u{1b}').next().unwrap().contains(" left"), "{heard:?}");
    let quiet = sandbox.vidimus(capture("b"));
    assert_eq!(quiet.ended(0).stderr, "", "nobody watches");
}
