//! What happens when a run is broken off (Ctrl-C, a polite kill): the terminal shows again what is typed, and nothing is left
//! half-written. The home of `signal-hook` and `rustix`.
//!
//! Signals are watched from the first time there is something to put right, and not before: until then the system's own way is
//! right, and whoever had signals ignored for us keeps that.

#[cfg(unix)]
pub use unix::{asked, end_as_asked, prompting, undisturbed};

#[cfg(unix)]
mod unix {
    use std::{
        fs::File,
        sync::{
            Mutex, MutexGuard, Once, PoisonError,
            atomic::{AtomicBool, Ordering},
        },
        thread,
    };

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
    use signal_hook::{
        consts::{SIGINT, SIGTERM},
        iterator::Signals,
        low_level::emulate_default_handler,
    };

    /// What has to be put right.
    struct State {
        /// The terminal's settings from before a passphrase was asked for.
        terminal: Option<(File, Termios)>,
        /// Whether something is being written that must not be left half-way.
        busy: bool,
        /// The signal that came meanwhile.
        waiting: Option<i32>,
    }

    static STATE: Mutex<State> = Mutex::new(State { terminal: None, busy: false, waiting: None });
    static WATCH: Once = Once::new();
    /// Whether somebody asked a long run to end early.
    static ASKED: AtomicBool = AtomicBool::new(false);

    fn state() -> MutexGuard<'static, State> {
        STATE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch() {
        WATCH.call_once(|| {
            // Where signals cannot be watched, they do what they always did.
            let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
            thread::spawn(move || {
                for signal in signals.forever() {
                    let mut state = state();
                    // Who asks twice does not want to wait.
                    if state.busy && state.waiting.is_none() {
                        state.waiting = Some(signal);
                        ASKED.store(true, Ordering::Relaxed);
                    } else {
                        end(&mut state, signal);
                    }
                }
            });
        });
    }

    /// Puts the terminal right and ends as the signal would have ended us.
    fn end(state: &mut State, signal: i32) {
        if let Some((tty, settings)) = state.terminal.take() {
            // A terminal that is gone needs no settings.
            let _ = tcsetattr(tty, OptionalActions::Now, &settings);
        }
        // The signals watched are ones that end a process.
        let _ = emulate_default_handler(signal);
    }

    /// Asks for something that is not shown. Broken off, it leaves the terminal as it was.
    pub fn prompting<T>(ask: impl FnOnce() -> std::io::Result<T>) -> std::io::Result<T> {
        watch();
        let tty = File::options().read(true).write(true).open("/dev/tty").ok();
        state().terminal = tty.and_then(|tty| tcgetattr(&tty).ok().map(|settings| (tty, settings)));
        let asked = ask();
        let mut state = state();
        if asked.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::Interrupted) {
            end(&mut state, SIGINT);
        }
        state.terminal = None;
        asked
    }

    /// From now on a signal sets what is given back, and ends nothing until [`end_as_asked`]; a second one ends everything.
    pub fn asked() -> &'static AtomicBool {
        watch();
        state().busy = true;
        &ASKED
    }

    /// Ends as the signal that came would have ended us, if one came; what had to be written is written.
    pub fn end_as_asked() {
        let mut state = state();
        state.busy = false;
        if let Some(signal) = state.waiting.take() {
            end(&mut state, signal);
        }
    }

    /// Does something short that leaves nothing half-written if it is let finish; a signal waits until then.
    pub fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
        watch();
        state().busy = true;
        let done = work();
        let mut state = state();
        state.busy = false;
        if let Some(signal) = state.waiting.take() {
            end(&mut state, signal);
        }
        done
    }
}

/// What nobody sets here: a signal ends the run as it always did.
#[cfg(not(unix))]
pub fn asked() -> &'static std::sync::atomic::AtomicBool {
    static ASKED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
    &ASKED
}

/// Nothing came that had to wait.
#[cfg(not(unix))]
pub fn end_as_asked() {}

/// Asks for something that is not shown.
#[cfg(not(unix))]
pub fn prompting<T>(ask: impl FnOnce() -> std::io::Result<T>) -> std::io::Result<T> {
    ask()
}

/// Does something that must not be left half-way.
#[cfg(not(unix))]
pub fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    work()
}

/// Ends a child that is the first of a group of its own, and all it started.
#[cfg(unix)]
pub fn end_group(child: u32) {
    if let Some(group) = i32::try_from(child).ok().and_then(rustix::process::Pid::from_raw) {
        // Nobody is left of it where this fails.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

/// There are no groups here.
#[cfg(not(unix))]
pub fn end_group(_: u32) {}
