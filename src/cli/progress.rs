//! What is drawn on standard error while pages are fetched. The only file that names the `indicatif` crate.

use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use vidimus::capture::Progress;

use super::{env::Env, output};

/// One line a source, gone when dropped. Draws nothing where nobody watches.
pub struct Lines {
    all: MultiProgress,
    names: Vec<String>,
    bars: Vec<Option<ProgressBar>>,
}

impl Lines {
    /// Lines for sources of these names, drawn as soon as there is something to say.
    pub fn new(env: &Env, names: impl Iterator<Item = String>) -> Self {
        let target = if env.progress { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let names: Vec<String> = names.collect();
        Self { all: MultiProgress::with_draw_target(target), bars: vec![None; names.len()], names }
    }

    /// One more line, and its place.
    pub fn add(&mut self, name: &str) -> usize {
        self.names.push(name.to_owned());
        self.bars.push(None);
        self.names.len() - 1
    }

    /// Takes in what happens to source `which`.
    pub fn tell(&mut self, which: usize, step: &Progress) {
        let (Some(bar), Some(name)) = (self.bars.get_mut(which), self.names.get(which)) else { return };
        let bar = bar.get_or_insert_with(|| {
            let bar = self.all.add(ProgressBar::new_spinner().with_prefix(name.clone()).with_style(style()));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        match step {
            // A host name comes from whoever redirects us.
            Progress::Asking { host } => bar.set_message(format!("asking {}", output::shown(host))),
            Progress::Waiting { host, wait } => {
                bar.set_message(format!("{} is busy: waiting {:.1} s", output::shown(host), wait.as_secs_f64()));
            }
            Progress::Received { bytes, of } => {
                bar.set_message(match of {
                    Some(of) => format!("{} of {} kB", bytes / 1000, of.div_ceil(1000)),
                    None => format!("{} kB", bytes / 1000),
                });
            }
            Progress::Rendering => bar.set_message("a browser runs its scripts"),
            Progress::Sheets { done, of } => bar.set_message(format!("{done} of {of}")),
            Progress::Done { bytes } => bar.finish_with_message(format!("{} kB", bytes.div_ceil(1000))),
        }
    }
}

/// How many of many are done, how fast that goes and how long it will take; gone when dropped. Draws nothing where nobody watches.
pub struct Count(ProgressBar);

impl Count {
    /// None of `of` pages is done.
    pub fn new(env: &Env, of: usize) -> Self {
        let target = if env.progress { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{bar:20} {pos} of {len} pages, {per_sec}, {eta} left");
        let bar = ProgressBar::with_draw_target(u64::try_from(of).ok(), target);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// One more is done, well or badly.
    pub fn one_more(&self) {
        self.0.inc(1);
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // A terminal that cannot be cleared is no reason to fail.
        let _ = self.all.clear();
    }
}

/// How far an audit is, gone when dropped. Draws nothing where nobody watches.
pub struct Bar {
    bar: ProgressBar,
    found: u64,
}

impl Bar {
    /// Nothing of `pairs` is done.
    pub fn new(env: &Env, pairs: u64) -> Self {
        let target = if env.progress { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(pairs), target);
        let template = "{bar:24} {pos} of {len} pairs, {per_sec}, {eta} left{msg}";
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar, found: 0 }
    }

    /// One more pair is done, and so much was found in it that counts.
    pub fn step(&mut self, found: u64) {
        self.found += found;
        if found > 0 {
            self.bar.set_message(format!(", {} found", self.found));
        }
        self.bar.inc(1);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {prefix}: {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner())
}
