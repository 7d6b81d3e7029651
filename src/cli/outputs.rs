//! The files an audit leaves in its folder, each there as a whole or not at all.
//!
//! Formats give out their text piece by piece, so the files are written so; they get their names when everything is in them.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use vidimus::report::{
    audit::{Format, Out},
    wire::audit::{Entry, Head, Summary},
};

/// A format and the file it is written to.
pub struct Output {
    format: Box<dyn Format>,
    aside: PathBuf,
    path: PathBuf,
    file: BufWriter<File>,
    out: Out,
    /// What was written so far.
    made: Vec<String>,
}

impl Output {
    /// Begins `name` in `folder`.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn begin(folder: &Path, name: &str, format: Box<dyn Format>, head: &Head) -> io::Result<Self> {
        let aside = folder.join(format!(".{name}.part"));
        let file = BufWriter::new(File::create(&aside)?);
        let made = vec![name.to_owned()];
        let mut own = Self { format, path: folder.join(name), aside, file, out: Out::default(), made };
        own.format.begin(head, &mut own.out);
        own.flush()?;
        Ok(own)
    }

    /// Takes in a pair.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.format.entry(entry, &mut self.out);
        self.flush()
    }

    /// Ends it, and gives it its name; gives back the names of all files that were written, from the folder.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self, summary: &Summary) -> io::Result<Vec<String>> {
        self.format.finish(summary, &mut self.out);
        self.flush()?;
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.aside, &self.path)?;
        Ok(self.made)
    }

    /// Writes what the format has given out: its own text, and files beside it below the same folder.
    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(self.out.text.as_bytes())?;
        self.out.text.clear();
        for (name, bytes) in self.out.files.drain(..) {
            let path = self.path.with_file_name(&name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, bytes)?;
            self.made.push(name);
        }
        Ok(())
    }
}
