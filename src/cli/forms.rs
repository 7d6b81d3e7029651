//! The formats an audit is written in, and how its record becomes files of them.
//!
//! The record is read from its beginning once for what has to be counted before, and once for the files, so that what is in memory
//! does not grow with the plan.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read as _},
    path::Path,
};

use clap::ValueEnum;
use vidimus::{
    audit,
    report::{
        audit::{Csv, Format, Github, Junit, Markdown, Reading, Sarif},
        html::Site,
        wire::audit::{Entry, Head, Line, Summary},
    },
};

use super::{
    fault::{Fault, reason},
    outputs::Output,
};

/// Bytes of the longest line of a record.
const LINE: u64 = 1 << 28;

/// A format of an audit's results.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// audit.sarif: SARIF 2.1.0, for code scanning
    Sarif,
    /// junit.xml: test results, for CI services
    Junit,
    /// summary.md: a page of Markdown, for a job's summary
    Markdown,
    /// audit.csv: a row for every finding, for spreadsheets
    Csv,
    /// annotations.txt: workflow commands, for GitHub Actions
    Github,
    /// index.html and a page for each pair: a site that loads and runs nothing
    Html,
}

impl Form {
    /// What its file is called.
    pub fn file(self) -> &'static str {
        match self {
            Self::Sarif => "audit.sarif",
            Self::Junit => "junit.xml",
            Self::Markdown => "summary.md",
            Self::Csv => "audit.csv",
            Self::Github => "annotations.txt",
            Self::Html => "index.html",
        }
    }

    /// An output in this format. For what begins with its counts, `junit` has counted.
    pub fn output(self, junit: &Junit) -> Box<dyn Format> {
        match self {
            Self::Sarif => Box::<Sarif>::default(),
            Self::Junit => Box::new(junit.clone()),
            Self::Markdown => Box::<Markdown>::default(),
            Self::Csv => Box::new(Csv),
            Self::Github => Box::<Github>::default(),
            Self::Html => Box::<Site>::default(),
        }
    }
}

/// What is told of an audit, pair by pair.
pub trait Told {
    /// What it is about.
    fn head(&mut self, head: &Head) -> io::Result<()>;
    /// A pair.
    fn entry(&mut self, entry: &Entry) -> io::Result<()>;
}

/// Where an audit that is over can be had again, as often as needed.
pub enum Source<'a> {
    /// From its record.
    Record(&'a Path),
    /// From memory: an audit of one pair.
    One(Box<(Head, Entry)>),
}

impl Source<'_> {
    /// Tells all of it; gives back its summary.
    ///
    /// # Errors
    /// If it cannot be read, is no record or was broken off; what `told` says.
    pub fn walk(&self, told: &mut dyn Told) -> Result<Summary, Fault> {
        match self {
            Self::Record(path) => walk(path, told),
            Self::One(one) => {
                let (head, entry) = one.as_ref();
                let mut summary = Summary { pairs: 1, ..Summary::default() };
                audit::count(&mut summary, entry);
                let io = |error: io::Error| Fault::new(format_args!("{}: {}", head.plan.path, reason(&error)));
                told.head(head).and_then(|()| told.entry(entry)).map_err(io)?;
                Ok(summary)
            }
        }
    }

    /// What has to be known before these forms are begun.
    ///
    /// # Errors
    /// Those of [`Source::walk`].
    pub fn counted(&self, forms: &[Form]) -> Result<Junit, Fault> {
        let mut counting = Counting::default();
        if forms.contains(&Form::Junit) {
            self.walk(&mut counting)?;
        }
        Ok(counting.0)
    }
}

/// Reads the record at `path`.
fn walk(path: &Path, told: &mut dyn Told) -> Result<Summary, Fault> {
    let at = |cause: &str| Fault::new(format_args!("{}: {cause}", path.display()));
    let file = File::open(path).map_err(|error| at(&reason(&error)))?;
    let mut file = BufReader::new(file);
    let (mut line, mut number, mut reading) = (String::new(), 0_u64, Reading::default());
    let mut ended = None;
    loop {
        line.clear();
        number += 1;
        let bytes = (&mut file).take(LINE).read_line(&mut line).map_err(|error| at(&reason(&error)))?;
        if bytes == 0 {
            let hint = "the audit was broken off while it was written: run it again".to_owned();
            return ended.ok_or_else(|| at("it has no summary at its end").hint(Some(hint)));
        }
        let line = reading.line(&line).map_err(|cause| {
            let hint = "a record is read as it was written; vidimus audit makes it anew".to_owned();
            at(&format!("line {number}: {cause}")).hint(Some(hint))
        })?;
        match line {
            Line::Head(head) => told.head(&head).map_err(|error| at(&reason(&error)))?,
            Line::Entry(entry) => told.entry(&entry).map_err(|error| at(&reason(&error)))?,
            Line::Summary(summary) => ended = Some(*summary),
        }
    }
}

/// Counts what has to be known before a file is begun.
#[derive(Default)]
struct Counting(Junit);

impl Told for Counting {
    fn head(&mut self, _: &Head) -> io::Result<()> {
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.0.count(entry);
        Ok(())
    }
}

/// Files in the making.
struct Files<'a> {
    forms: &'a [Form],
    folder: &'a Path,
    junit: Junit,
    outputs: Vec<Output>,
}

impl Told for Files<'_> {
    fn head(&mut self, head: &Head) -> io::Result<()> {
        for form in self.forms {
            self.outputs.push(Output::begin(self.folder, form.file(), form.output(&self.junit), head)?);
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.outputs.iter_mut().try_for_each(|output| output.entry(entry))
    }
}

/// Writes an audit into `folder` in these formats; gives back the names of all files.
///
/// # Errors
/// If it cannot be read or a file not be written.
pub fn write(source: &Source<'_>, forms: &[Form], folder: &Path) -> Result<Vec<String>, Fault> {
    if forms.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = Files { forms, folder, junit: source.counted(forms)?, outputs: Vec::new() };
    let summary = source.walk(&mut files)?;
    let mut made = Vec::new();
    for output in files.outputs {
        let finished = output.finish(&summary);
        made.extend(finished.map_err(|error| Fault::new(format_args!("{}: {}", folder.display(), reason(&error))))?);
    }
    Ok(made)
}
