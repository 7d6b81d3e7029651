//! What a run has done so far, on disk: a line a pair, added as pairs are finished, each with a checksum. It keeps results out of memory
//! until they are put in order, and lets a run that was killed be taken up again.

use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    digest::Digest,
    report::wire::audit::{Entry, Head},
};

/// Digits of a checksum.
const SUM: usize = 16;
/// The longest line that is read again, in bytes.
const LINE: u64 = 256 << 20;

/// What run a journal is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// What is audited, by what, since when.
    pub head: Head,
}

impl Run {
    /// Whether `before` can be gone on with as this run: all is the same but when it was begun.
    fn goes_on(&self, before: &Self) -> bool {
        let head = Head { started_at: self.head.started_at, ..before.head.clone() };
        head == self.head
    }

    fn text(&self) -> io::Result<String> {
        serde_json::to_string(self).map_err(io::Error::other)
    }
}

/// A journal that is written.
pub struct Journal {
    path: PathBuf,
    file: File,
    /// Where the next line begins.
    end: u64,
    /// For each pair where its line begins and how long it is.
    lines: Vec<Option<Place>>,
}

/// Where a pair's line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    start: u64,
    length: u64,
    fresh: bool,
}

impl Journal {
    /// Begins a journal of `run` at `path`; what was there is gone.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn begin(path: &Path, run: &Run, pairs: usize) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        let mut journal = Self { path: path.to_owned(), file, end: 0, lines: vec![None; pairs] };
        journal.write(&run.text()?)?;
        Ok(journal)
    }

    /// Takes up the journal at `path`, if it is one of `run`: gives back the run as it was begun. What a killed program left of its last
    /// line is cut off.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn take_up(path: &Path, run: &Run, pairs: usize) -> io::Result<Option<(Run, Self)>> {
        let file = match File::options().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut journal = Self { path: path.to_owned(), file: file.try_clone()?, end: 0, lines: vec![None; pairs] };
        let mut reader = BufReader::new(file);
        let mut begun: Option<Run> = None;
        while let Some((length, text)) = line(&mut reader)? {
            if begun.is_none() {
                let before: Option<Run> = serde_json::from_str(&text).ok();
                begun = before.filter(|before| run.goes_on(before));
                if begun.is_none() {
                    return Ok(None);
                }
            } else if let Some((index, fresh, start)) = told(&text) {
                let place =
                    Place { start: journal.end + SUM as u64 + 1 + start, length: text.len() as u64 - start, fresh };
                if let Some(own) = journal.lines.get_mut(index) {
                    *own = Some(place);
                }
            }
            journal.end += length;
        }
        journal.file.set_len(journal.end)?;
        Ok(begun.map(|begun| (begun, journal)))
    }

    /// Whether a pair is in it.
    pub fn has(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(Option::is_some)
    }

    /// Whether what it has of a pair was found out anew, and not in a run before.
    pub fn is_fresh(&self, index: usize) -> bool {
        self.lines.get(index).copied().flatten().is_some_and(|place| place.fresh)
    }

    /// Adds what came of a pair.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&mut self, index: usize, entry: &str, fresh: bool) -> io::Result<()> {
        let entry = entry.trim_end();
        let text = format!("{index} {} {entry}", u8::from(fresh));
        let start = (text.len() - entry.len()) as u64;
        let place = Place { start: self.end + SUM as u64 + 1 + start, length: entry.len() as u64, fresh };
        self.write(&text)?;
        if let Some(own) = self.lines.get_mut(index) {
            *own = Some(place);
        }
        Ok(())
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        let whole = format!("{} {text}\n", sum(text));
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(whole.as_bytes())?;
        self.end += whole.len() as u64;
        Ok(())
    }

    /// What came of a pair; none where it is not there yet.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn entry(&mut self, index: usize) -> io::Result<Option<Entry>> {
        let Some(place) = self.lines.get(index).copied().flatten() else { return Ok(None) };
        self.file.seek(SeekFrom::Start(place.start))?;
        let mut bytes = Vec::new();
        (&self.file).take(place.length).read_to_end(&mut bytes)?;
        serde_json::from_slice(&bytes).map(Some).map_err(io::Error::other)
    }

    /// Removes it: the run is over.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

fn sum(text: &str) -> String {
    Digest::of(text.as_bytes()).to_string().chars().take(SUM).collect()
}

/// The next line that is whole and as it was written, with its length; none at the end and from the first damage on.
fn line(reader: &mut impl io::BufRead) -> io::Result<Option<(u64, String)>> {
    let mut bytes = Vec::new();
    let read = reader.by_ref().take(LINE).read_until(b'\n', &mut bytes)?;
    let whole = bytes.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok());
    let told =
        whole.and_then(|line| line.split_at_checked(SUM)).and_then(|(own, rest)| Some((own, rest.strip_prefix(' ')?)));
    Ok(told.filter(|(own, text)| *own == sum(text)).map(|(_, text)| (read as u64, text.to_owned())))
}

/// Which pair a line is about, whether it was found out anew, and where what came of it begins.
fn told(text: &str) -> Option<(usize, bool, u64)> {
    let mut parts = text.splitn(3, ' ');
    let (index, fresh, rest) = (parts.next()?.parse().ok()?, parts.next()? == "1", parts.next()?);
    Some((index, fresh, (text.len() - rest.len()) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        moment::Moment,
        report::{Tool, wire::audit::PlanRef},
    };

    fn run(started_at: i64, options: &str) -> Run {
        let plan = PlanRef { path: "vidimus.toml".to_owned(), sha256: String::new(), pairs: 3 };
        let tool = Tool { name: "vidimus".to_owned(), version: "1".to_owned() };
        let options = options.to_owned();
        Run { head: Head { audit: 1, tool, started_at: Moment::from_unix(started_at), plan, robots: None, options } }
    }

    #[test]
    fn a_torn_line_is_cut_off_and_what_was_before_it_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let mut journal = Journal::begin(&path, &run(7, ""), 3).unwrap();
        journal.add(2, "{\"a\":1}", true).unwrap();
        journal.add(0, "{\"b\":2}", false).unwrap();
        let whole = fs::read(&path).unwrap();
        for torn in 1..whole.len() {
            fs::write(&path, &whole[..torn]).unwrap();
            let taken = Journal::take_up(&path, &run(9, ""), 3).unwrap();
            let lines = whole[..torn].iter().filter(|byte| **byte == b'\n').count();
            match taken {
                None => assert_eq!(lines, 0, "{torn}"),
                Some((begun, journal)) => {
                    assert_eq!(begun, run(7, ""), "a run taken up is the one that was begun");
                    assert_eq!((journal.has(2), journal.has(0), journal.has(1)), (lines > 1, lines > 2, false));
                    assert_eq!(journal.is_fresh(2), lines > 1);
                    let kept = fs::read(&path).unwrap();
                    assert!(whole.starts_with(&kept) && kept.ends_with(b"\n"), "{torn}");
                }
            }
        }
        assert!(Journal::take_up(&path, &run(7, "other options"), 3).unwrap().is_none());
    }
}
