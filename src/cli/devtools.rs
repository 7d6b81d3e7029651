//! A conversation with a browser, in the words of its own tools for developers: JSON, with a zero byte behind each message.
//!
//! Commands go in and their answers come out; what the browser tells meanwhile is handed to whoever asks. Nothing it says is larger than
//! a limit, and it is ended when its time is over, whatever it does then.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{Child, ChildStdin, ChildStdout},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use serde_json::{Value, json};

use super::broken_off;

/// The part of its time that a page is waited for of its own accord.
const PATIENCE: u32 = 4;

/// What comes from a browser.
#[derive(Debug)]
pub enum Said {
    /// A message.
    Message(Value),
    /// It has been waited for long enough: what can be had is to be had now.
    Enough,
    /// It said more at once than is listened to.
    TooMuch,
    /// Nothing will come any more that is to be listened to.
    Ended,
}

/// Why a conversation is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Over {
    /// The time is over.
    Late,
    /// It said more at once than is listened to.
    TooMuch,
    /// The browser has ended.
    Ended,
}

/// A conversation; the browser ends with it.
pub struct Talk {
    child: Child,
    to: ChildStdin,
    from: mpsc::Receiver<Said>,
    number: u64,
    late: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    /// Ends whoever watches the clock.
    ended: Option<mpsc::Sender<()>>,
}

impl Talk {
    /// Begins one with a browser that takes messages on its standard input: for so long, and with no message larger than `most` bytes.
    pub fn new(mut child: Child, total: Duration, most: usize) -> Option<Self> {
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            end(&mut child);
            return None;
        };
        let (sender, receiver) = mpsc::channel();
        let (ended, watched) = mpsc::channel();
        let late = Arc::new(AtomicBool::new(false));
        let (theirs, group, enough) = (Arc::clone(&late), child.id(), sender.clone());
        let clock = thread::spawn(move || {
            if watched.recv_timeout(total / PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                // Nobody may be listening any more.
                let _ = enough.send(Said::Enough);
                if watched.recv_timeout(total - total / PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                    theirs.store(true, Ordering::SeqCst);
                    broken_off::end_group(group);
                }
            }
        });
        let listener = thread::spawn(move || {
            listen(from, most, &sender);
            // Whoever has heard enough is gone already.
            let _ = sender.send(Said::Ended);
        });
        Some(Self { child, to, from: receiver, number: 0, late, threads: vec![clock, listener], ended: Some(ended) })
    }

    /// Says something and gives back the number that its answer will have.
    ///
    /// # Errors
    /// If nobody listens any more.
    pub fn say(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Result<u64, Over> {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method, "params": parameters });
        if let (Some(fields), Some(session)) = (message.as_object_mut(), session) {
            fields.insert("sessionId".to_owned(), session.into());
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).and_then(|()| self.to.flush()).map_err(|_| self.over())?;
        Ok(self.number)
    }

    /// What comes next; `None` once, where it has been waited for long enough.
    ///
    /// # Errors
    /// If nothing will come any more.
    pub fn hear(&mut self) -> Result<Option<Value>, Over> {
        match self.from.recv() {
            Ok(Said::Message(message)) => Ok(Some(message)),
            Ok(Said::Enough) => Ok(None),
            Ok(Said::TooMuch) => Err(Over::TooMuch),
            Ok(Said::Ended) | Err(mpsc::RecvError) => Err(self.over()),
        }
    }

    fn over(&self) -> Over {
        if self.late.load(Ordering::SeqCst) { Over::Late } else { Over::Ended }
    }
}

/// Hands on every message until there is none any more.
fn listen(from: ChildStdout, most: usize, to: &mpsc::Sender<Said>) {
    let mut from = BufReader::new(from);
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    loop {
        let mut bytes = Vec::new();
        let read = from.by_ref().take(limit).read_until(0, &mut bytes);
        let said = match (read, bytes.pop()) {
            // What is no JSON is no word of a browser's.
            (Ok(_), Some(0)) => serde_json::from_slice(&bytes).map(Said::Message),
            (Ok(_), Some(_)) if bytes.len() as u64 + 1 >= limit => Ok(Said::TooMuch),
            (Ok(_), Some(_) | None) | (Err(_), _) => return,
        };
        let Ok(said) = said else { return };
        if to.send(said).is_err() {
            return;
        }
    }
}

fn end(child: &mut Child) {
    broken_off::end_group(child.id());
    // It is ended, or was before.
    let _ = child.kill();
    let _ = child.wait();
}

impl Drop for Talk {
    fn drop(&mut self) {
        drop(self.ended.take());
        end(&mut self.child);
        for thread in self.threads.drain(..) {
            // One that has failed is over too.
            let _ = thread.join();
        }
    }
}
