//! A writer that never fails in the middle: the first error is kept and told at the end.
//!
//! The ZIP library finishes an archive when it is dropped, and prints what goes wrong then. A library of ours does not print: behind
//! an error nothing more is written, and the one who asked is told by [`Steady::end`].

use std::io::{self, Seek, SeekFrom, Write};

/// Wraps `W`, counting where it is, so that this can be said when `W` no longer can.
pub struct Steady<W> {
    out: W,
    at: u64,
    length: u64,
    failed: Option<io::Error>,
}

impl<W: Write + Seek> Steady<W> {
    /// Writes into `out`, which is empty.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, length: 0, failed: None }
    }

    /// Gives back what was written into, or the first error there was.
    pub fn end(mut self) -> io::Result<W> {
        match self.failed {
            Some(error) => Err(error),
            None => self.out.flush().map(|()| self.out),
        }
    }

    fn keep<T>(&mut self, result: io::Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.failed = Some(error);
                None
            }
        }
    }
}

impl<W: Write + Seek> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.is_none() {
            let written = self.out.write_all(bytes);
            self.keep(written);
        }
        self.at += u64::try_from(bytes.len()).unwrap_or_default();
        self.length = self.length.max(self.at);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed.is_none() {
            let flushed = self.out.flush();
            self.keep(flushed);
        }
        Ok(())
    }
}

impl<W: Write + Seek> Seek for Steady<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        if self.failed.is_none() {
            let there = self.out.seek(SeekFrom::Start(self.at));
            self.keep(there);
        }
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A disk of some bytes.
    struct Small(Cursor<Vec<u8>>, u64);

    impl Write for Small {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0.position() + bytes.len() as u64 > self.1 {
                return Err(io::Error::from(io::ErrorKind::StorageFull));
            }
            self.0.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Small {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn the_first_error_is_told_at_the_end() {
        let mut steady = Steady::new(Small(Cursor::new(Vec::new()), 10));
        steady.write_all(b"12345678").unwrap();
        steady.write_all(b"12345678").unwrap();
        assert_eq!(steady.seek(SeekFrom::Start(2)).unwrap(), 2);
        assert_eq!(steady.seek(SeekFrom::End(0)).unwrap(), 16);
        assert_eq!(steady.end().err().map(|error| error.kind()), Some(io::ErrorKind::StorageFull));
        let mut fine = Steady::new(Cursor::new(Vec::new()));
        fine.write_all(b"abc").unwrap();
        fine.seek(SeekFrom::Start(1)).unwrap();
        fine.write_all(b"x").unwrap();
        assert_eq!(fine.end().unwrap().into_inner(), b"axc");
    }
}
