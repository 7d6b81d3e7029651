//! Which keys are trusted and whose they are. Nothing in an evidence folder is ever read as policy.
//!
//! The file is OpenSSH's `allowed_signers` (`ssh-keygen(1)`, "ALLOWED SIGNERS"), so that `ssh-keygen -Y verify` and `vidimus verify`
//! give the same answer from the same file.

use std::fmt;

use super::{NAMESPACE, keys::PublicKey};
use crate::{moment::Moment, text::base64};

/// The largest policy file and the most lines in it.
const FILE: usize = 1 << 20;
const LINES: usize = 10_000;

/// Who is trusted to have sealed something.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Trust {
    /// Nobody: the best outcome is `unknown-key`.
    #[default]
    Nobody,
    /// One key, whoever holds it.
    Key(PublicKey),
    /// The people of an `allowed_signers` file.
    Signers(Vec<Signer>),
}

/// Trust and what limits it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// Who is trusted.
    pub trust: Trust,
    /// Keys refused at any date.
    pub revoked: Vec<PublicKey>,
    /// The one identity demanded, if one is.
    pub signer: Option<String>,
}

/// One line of an `allowed_signers` file.
#[derive(Clone, Debug, PartialEq)]
pub struct Signer {
    /// Patterns of the identities the key stands for, as written.
    pub principals: String,
    /// Its key.
    pub key: PublicKey,
    /// From when on it is valid.
    pub valid_after: Option<Moment>,
    /// Until when.
    pub valid_before: Option<Moment>,
}

impl Signer {
    /// Whether the key is valid at `moment`.
    pub fn is_valid_at(&self, moment: Moment) -> bool {
        self.valid_after.is_none_or(|after| moment >= after) && self.valid_before.is_none_or(|before| moment < before)
    }

    /// Whether the line stands for `principal`.
    pub fn is_of(&self, principal: &str) -> bool {
        fits(&self.principals, principal)
    }
}

/// What is wrong with a policy file: the line, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Counted from 1.
    pub line: usize,
    /// One phrase.
    pub why: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for PolicyError {}

/// Reads an `allowed_signers` file: the lines that hold for our namespace, and notes about those passed over.
///
/// # Errors
/// [`PolicyError`] at an unknown option, a date without `Z`, a broken key, or a line that is none.
pub fn allowed_signers(text: &str) -> Result<(Vec<Signer>, Vec<String>), PolicyError> {
    let (mut signers, mut notes) = (Vec::new(), Vec::new());
    for (line, text) in lines(text)? {
        match read_line(text).map_err(|why| PolicyError { line, why })? {
            Line::Signer(signer) => signers.push(*signer),
            Line::Passed(why) => notes.push(format!("line {line}: {why}")),
        }
    }
    Ok((signers, notes))
}

/// Reads a list of public keys, one a line, as OpenSSH keeps them.
///
/// # Errors
/// [`PolicyError`] at a line that is no Ed25519 key.
pub fn revoked(text: &str) -> Result<Vec<PublicKey>, PolicyError> {
    let key = |(line, text): (usize, &str)| {
        let mut fields = text.split_ascii_whitespace().skip_while(|field| *field != "ssh-ed25519").skip(1);
        let key = fields.next().and_then(base64::decode).and_then(|wire| PublicKey::from_ssh_wire(&wire));
        key.ok_or_else(|| PolicyError { line, why: "no Ed25519 public key".to_owned() })
    };
    lines(text)?.into_iter().map(key).collect()
}

fn lines(text: &str) -> Result<Vec<(usize, &str)>, PolicyError> {
    if text.len() > FILE || text.lines().count() > LINES {
        return Err(PolicyError { line: 0, why: "the file is too large".to_owned() });
    }
    let lines = (1..).zip(text.lines().map(str::trim));
    Ok(lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect())
}

enum Line {
    Signer(Box<Signer>),
    Passed(String),
}

fn read_line(line: &str) -> Result<Line, String> {
    let (principals, rest) = field(line).ok_or("no principals")?;
    let mut rest = rest;
    let (mut after, mut before, mut covers, mut authority) = (None, None, true, false);
    let kind = loop {
        let (word, more) = field(rest).ok_or("no key")?;
        rest = more;
        if word.starts_with("ssh-") || word.starts_with("ecdsa-") || word.starts_with("sk-") {
            break word;
        }
        for option in options(word) {
            let (name, value) =
                option.split_once('=').map_or((option, ""), |(name, value)| (name, value.trim_matches('"')));
            match name.to_ascii_lowercase().as_str() {
                "namespaces" => covers = fits(value, NAMESPACE),
                "valid-after" => after = Some(date(value)?),
                "valid-before" => before = Some(date(value)?),
                "cert-authority" => authority = true,
                _ => return Err(format!("unknown option {name:?}")),
            }
        }
    };
    if authority {
        return Ok(Line::Passed("certificate authorities are not used".to_owned()));
    }
    if kind != "ssh-ed25519" {
        return Ok(Line::Passed(format!("keys of type {kind} are not used")));
    }
    let (key, _) = field(rest).ok_or("no key")?;
    let wire = base64::decode(key).ok_or("the key is no base64")?;
    let key = PublicKey::from_ssh_wire(&wire).ok_or("the key is broken or weak")?;
    if !covers {
        return Ok(Line::Passed(format!("the line does not cover the namespace {NAMESPACE}")));
    }
    let principals = principals.trim_matches('"').to_owned();
    Ok(Line::Signer(Box::new(Signer { principals, key, valid_after: after, valid_before: before })))
}

/// The next field, spaces inside quotation marks belonging to it, and what follows.
fn field(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut quoted = false;
    let end = text.find(|c: char| {
        quoted ^= c == '"';
        !quoted && c.is_ascii_whitespace()
    });
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    (!word.is_empty()).then_some((word, rest))
}

/// Options are separated by commas outside quotation marks.
fn options(word: &str) -> Vec<&str> {
    let mut quoted = false;
    word.split(|c: char| {
        quoted ^= c == '"';
        !quoted && c == ','
    })
    .collect()
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS` with `Z`.
fn date(text: &str) -> Result<Moment, String> {
    let Some(digits) = text.strip_suffix('Z') else {
        return Err(format!("the date {text:?} depends on the machine's time zone: write the Z"));
    };
    let number = |range: std::ops::Range<usize>| match digits.get(range) {
        None | Some("") => Some(0),
        Some(part) => part.parse::<i8>().ok(),
    };
    let valid = matches!(digits.len(), 8 | 12 | 14) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let moment = || {
        let year = digits.get(..4)?.parse().ok()?;
        Moment::from_civil(year, number(4..6)?, number(6..8)?, number(8..10)?, number(10..12)?, number(12..14)?)
    };
    valid.then(moment).flatten().ok_or_else(|| format!("{text:?} is no date"))
}

/// Whether one of the comma-separated patterns fits and none that begins with `!` does.
fn fits(patterns: &str, text: &str) -> bool {
    let mut found = false;
    for pattern in patterns.split(',') {
        match pattern.strip_prefix('!') {
            Some(pattern) if matches(pattern.as_bytes(), text.as_bytes()) => return false,
            Some(_) => {}
            None => found |= matches(pattern.as_bytes(), text.as_bytes()),
        }
    }
    found
}

/// `*` stands for any run, `?` for any one. Keeps only the last star to go back to, so that time stays in proportion.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut position) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while position < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, position));
                at += 1;
            }
            Some(b'?') => (at, position) = (at + 1, position + 1),
            Some(byte) if Some(byte) == text.get(position) => (at, position) = (at + 1, position + 1),
            Some(_) | None => match star {
                Some((place, seen)) => {
                    star = Some((place, seen + 1));
                    (at, position) = (place + 1, seen + 1);
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::SigningKey;

    fn line(options: &str) -> String {
        format!("desk@example.org {options} {} comment", SigningKey::from_seed(&[7; 32]).public().to_ssh())
    }

    #[test]
    fn options_mean_what_openssh_means() {
        let (signers, _) = allowed_signers(&line("namespaces=\"a,vidimus-*\",valid-after=\"20260101Z\"")).unwrap();
        assert!(signers[0].is_of("desk@example.org") && !signers[0].is_of("other@example.org"));
        assert!(!signers[0].is_valid_at(Moment::parse("2025-12-31T23:59:59Z").unwrap()));
        let (none, notes) = allowed_signers(&line("namespaces=\"git\"")).unwrap();
        assert!(none.is_empty() && notes.len() == 1);
        assert!(allowed_signers(&line("valid-after=\"20260101\"")).unwrap_err().why.contains("write the Z"));
        assert!(allowed_signers(&line("no-such-option")).is_err());
        assert!(allowed_signers(&line("cert-authority")).unwrap().0.is_empty());
    }

    #[test]
    fn patterns_are_those_of_openssh() {
        assert!(fits("*@example.org,!mallory@*", "desk@example.org"));
        assert!(!fits("*@example.org,!mallory@*", "mallory@example.org"));
        assert!(matches(b"a*b?c", b"aXXbYc") && !matches(b"a*b?c", b"aXXbc"));
    }
}
