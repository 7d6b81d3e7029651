//! A place to run the program in: a folder of its own, an empty environment, a clock that stands still.

use std::{
    ffi::OsStr,
    fs,
    io::{Read, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// The time the program is told it is: 2017-11-28T00:00:00Z.
pub const NOW: &str = "1511827200";
/// How long a run may take before it counts as hanging: far longer than any takes.
const HANGING: Duration = Duration::from_secs(180);

/// A temporary folder that is gone when dropped.
pub struct Sandbox {
    folder: tempfile::TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Run {
    /// The exit status; absent where a signal ended it.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Sandbox {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The folder, or something in it.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The names in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The program, set up to run in the folder.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vidimus"));
        command.args(arguments);
        self.settle(&mut command);
        command
    }

    /// Makes any command run in the folder, with nothing from outside but a path to find programs on.
    pub fn settle(&self, command: &mut Command) {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("SOURCE_DATE_EPOCH", NOW);
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("TZ", "UTC").env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    }

    /// Runs the program to its end.
    pub fn vidimus<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        run(&mut self.command(arguments), b"")
    }
}

/// Runs a command to its end, with `input` on standard input; fails if it hangs.
pub fn run(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_owned());
    // A program that does not want its input closes it: no fault of the test.
    thread::spawn(move || stdin.write_all(&input).ok());
    let out = child.stdout.take().map(collect);
    let err = child.stderr.take().map(collect);
    let mut text = |from: Option<mpsc::Receiver<Vec<u8>>>| {
        let Some(from) = from else { return String::new() };
        let Ok(bytes) = from.recv_timeout(HANGING) else {
            child.kill().ok();
            panic!("{command:?} hangs");
        };
        String::from_utf8(bytes).expect("output is UTF-8")
    };
    let (stdout, stderr) = (text(out), text(err));
    Run { status: child.wait().unwrap().code(), stdout, stderr }
}

fn collect(mut from: impl Read + Send + 'static) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).ok();
        sender.send(bytes).ok();
    });
    receiver
}

impl Run {
    /// Fails unless this was trouble as the house has it: status 2, nothing on standard output, one line beginning with
    /// `error: ` that holds `cause`, and hints behind it. Gives back that line.
    #[track_caller]
    pub fn trouble(&self, cause: &str) -> &str {
        assert_eq!(self.status, Some(2), "{self:#?}");
        assert_eq!(self.stdout, "", "nothing on standard output in trouble: {self:#?}");
        let mut lines = self.stderr.lines().filter(|line| !line.starts_with("note: "));
        let first = lines.next().unwrap_or_default();
        assert!(first.starts_with("error: ") && first.contains(cause), "wanted {cause:?}: {self:#?}");
        assert!(lines.all(|line| line.starts_with("  hint: ")), "one line and hints: {self:#?}");
        first
    }

    /// Fails unless the run ended with `status` and said nothing of trouble.
    #[track_caller]
    pub fn ended(&self, status: i32) -> &Self {
        assert_eq!(self.status, Some(status), "{self:#?}");
        assert!(!self.stderr.contains("error: "), "{self:#?}");
        self
    }
}
