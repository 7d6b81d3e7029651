//! How much of each source is read and how long is waited for: what every command that reads sources shares.

use std::{path::Path, time::Duration};

use clap::Args;
use vidimus::capture::{Address, Limits, Locator, Reach, reason};

use super::{env::Env, fault::Fault, output};

/// What was typed about sizes and times.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Fetching")]
pub struct Fetching {
    /// The most bytes to read of a source, unpacked
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body_bytes)]
    max_bytes: usize,
    /// How long to wait for a page, redirects included
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    timeout: Duration,
    /// How often to ask again where a server is busy or has trouble of its own
    #[arg(long, value_name = "TIMES", default_value_t = Limits::default().retries, value_parser = clap::value_parser!(u32).range(..=10))]
    retries: u32,
    /// Follow redirects and names into private networks
    #[arg(long)]
    allow_private: bool,
    /// Ask through this proxy, an http or https address; those of the system are never asked
    #[arg(long, value_name = "URL", value_parser = proxy)]
    proxy: Option<String>,
    /// Trust the certificate authorities in this file (PEM) beside the system's
    #[arg(long, value_name = "FILE", value_parser = certificates, value_hint = clap::ValueHint::FilePath)]
    ca: Option<Roots>,
    /// Tell servers where you can be reached: a mail or web address
    #[arg(long, value_name = "CONTACT", value_parser = contact)]
    contact: Option<String>,
    /// Do not get the style sheets that pages link; what they set off or hide is then not seen
    #[arg(long)]
    no_sheets: bool,
}

/// Certificates as a file has them.
#[derive(Clone, Debug)]
struct Roots(Vec<u8>);

/// The largest file of certificates that is read, in bytes.
const ROOTS: u64 = 4 * 1024 * 1024;
/// The longest contact, in characters.
const CONTACT: usize = 200;

impl Fetching {
    /// Whether the style sheets of pages are wanted.
    pub fn wants_sheets(&self) -> bool {
        !self.no_sheets
    }

    /// The limits that were asked for.
    pub fn limits(&self) -> Limits {
        let defaults = Limits::default();
        Limits {
            body_bytes: self.max_bytes,
            total: self.timeout,
            connect: defaults.connect.min(self.timeout),
            // Of two limits that end together, the one that --timeout sets is named.
            first_byte: if defaults.first_byte < self.timeout { defaults.first_byte } else { self.timeout * 2 },
            longest_wait: defaults.longest_wait.min(self.timeout / 2),
            retries: self.retries,
            reach: Reach {
                private: self.allow_private,
                found_on: None,
                proxy: self.proxy.clone(),
                roots: self.ca.as_ref().map(|roots| roots.0.clone()).unwrap_or_default(),
                contact: self.contact.clone(),
            },
            ..defaults
        }
    }
}

fn proxy(typed: &str) -> Result<String, String> {
    Address::parse(typed).map(|_| typed.to_owned()).map_err(|cause| cause.to_string())
}

fn certificates(typed: &str) -> Result<Roots, String> {
    let path = Path::new(typed);
    let metadata = std::fs::metadata(path).map_err(|error| reason(&error))?;
    if !metadata.is_file() || metadata.len() > ROOTS {
        return Err("not a file of certificates".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|error| reason(&error))?;
    let holds = String::from_utf8_lossy(&bytes).contains("-----BEGIN CERTIFICATE-----");
    if holds { Ok(Roots(bytes)) } else { Err("there is no certificate (PEM) in it".to_owned()) }
}

fn contact(typed: &str) -> Result<String, String> {
    let plain = !typed.is_empty() && typed.chars().all(|c| c.is_ascii_graphic() && !"()\\".contains(c));
    if plain && typed.len() <= CONTACT {
        Ok(typed.to_owned())
    } else {
        Err("a mail or web address in plain ASCII, without spaces and parentheses".to_owned())
    }
}

/// Refuses two sources that are both standard input.
///
/// # Errors
/// If there are two.
pub fn one_stdin<'a>(locators: impl Iterator<Item = &'a Locator>) -> Result<(), Fault> {
    match locators.filter(|locator| **locator == Locator::Stdin).count() {
        0 | 1 => Ok(()),
        _ => Err(Fault::new("-: standard input can stand for one source only")),
    }
}

/// Says so where an address holds a user name or password.
pub fn note_credentials<'a>(mut locators: impl Iterator<Item = &'a Locator>, env: &Env) {
    if locators.any(Locator::has_credentials) {
        output::note(env, "user names and passwords in addresses are not sent");
    }
}

/// How long an authority is waited for, where nothing else is fetched.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Fetching")]
pub struct Waiting {
    /// How long to wait for the authority's answer
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    timeout: Duration,
    /// Ask through this proxy, an http or https address; those of the system are never asked
    #[arg(long, value_name = "URL", value_parser = proxy)]
    proxy: Option<String>,
    /// Trust the certificate authorities in this file (PEM) beside the system's for the connection
    #[arg(long, value_name = "FILE", value_parser = certificates, value_hint = clap::ValueHint::FilePath)]
    ca: Option<Roots>,
}

impl Waiting {
    /// The limits that were asked for.
    pub fn limits(&self) -> Limits {
        let defaults = Limits::default();
        let reach = Reach {
            proxy: self.proxy.clone(),
            roots: self.ca.as_ref().map(|roots| roots.0.clone()).unwrap_or_default(),
            ..defaults.reach.clone()
        };
        Limits { total: self.timeout, connect: defaults.connect.min(self.timeout), reach, ..defaults }
    }
}

fn seconds(typed: &str) -> Result<Duration, String> {
    let number: f64 = typed.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if number > 0.0 && number <= 86_400.0 {
        Ok(Duration::from_secs_f64(number))
    } else {
        Err("must be above 0 and at most 86400".to_owned())
    }
}

/// Reads how long to wait between two requests.
pub fn pause(typed: &str) -> Result<Duration, String> {
    let number: f64 = typed.parse().map_err(|_| "not a number of seconds".to_owned())?;
    let fits = (0.0..=3600.0).contains(&number);
    if fits { Ok(Duration::from_secs_f64(number)) } else { Err("must be between 0 and 3600".to_owned()) }
}
