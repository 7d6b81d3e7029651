//! Which keys are trusted and whose they are. Nothing in an evidence folder is ever read as policy.
//!
//! The file is OpenSSH's `allowed_signers` (`ssh-keygen(1)`, "ALLOWED SIGNERS"), so that `ssh-keygen -Y verify` and `vidimus verify`
//! give the same answer from the same file.

mod line;

use std::fmt;

use self::line::{Line, Listed};
use super::{keys::PublicKey, timestamp::Authorities};
use crate::moment::Moment;

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
    /// Whose timestamps count.
    pub authorities: Authorities,
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
    /// Until when, that second included, as OpenSSH has it.
    pub valid_before: Option<Moment>,
}

impl Signer {
    /// Whether the key is valid at `moment`.
    pub fn is_valid_at(&self, moment: Moment) -> bool {
        self.valid_after.is_none_or(|after| moment >= after) && self.valid_before.is_none_or(|before| moment <= before)
    }

    /// Whether the line stands for `principal`.
    pub fn is_of(&self, principal: &str) -> bool {
        fits(&self.principals, principal)
    }
}

/// What is wrong with a policy file: the line, why, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Counted from 1.
    pub line: usize,
    /// One phrase.
    pub why: String,
    /// One phrase.
    pub hint: &'static str,
}

/// How a line of an `allowed_signers` file is made, and one of a list of keys.
const SIGNER_LINE: &str = "a line is principal, options, key: desk@example.org namespaces=\"vidimus-manifest\" ssh-ed25519 AAAA…; \
     `vidimus key public --format allowed-signers` prints one";
const KEY_LINE: &str = "a line is one public key: ssh-ed25519 AAAA…; `vidimus key public --format ssh` prints one";
const ENCODING: &str = "save it as UTF-8 without a byte order mark";

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for PolicyError {}

/// The text of a policy file. Bytes that are no UTF-8 are not guessed at: another charset would name other people.
///
/// # Errors
/// [`PolicyError`] at the first byte that is none.
pub fn text(bytes: &[u8]) -> Result<&str, PolicyError> {
    str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count();
        let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        PolicyError { line, why: if wide { "UTF-16" } else { "not UTF-8 text" }.to_owned(), hint: ENCODING }
    })
}

/// Reads an `allowed_signers` file: the lines that hold for our namespace, and notes about those passed over.
///
/// # Errors
/// [`PolicyError`] at an unknown option, a date without `Z`, a broken key, or a line that is none.
pub fn allowed_signers(text: &str) -> Result<(Vec<Signer>, Vec<String>), PolicyError> {
    let (mut signers, mut notes) = (Vec::new(), Vec::new());
    for (line, text) in lines(text)? {
        match line::read(text).map_err(|why| signer_error(line, text, why))? {
            Line::Signer(signer) => signers.push(*signer),
            Line::Passed(why) => notes.push(format!("line {line}: {why}")),
        }
    }
    Ok((signers, notes))
}

/// Reads a list of public keys, one a line, as OpenSSH keeps them: the Ed25519 keys, since no other kind seals anything, and
/// notes about the others.
///
/// # Errors
/// [`PolicyError`] at a line that is no key of a kind that is known, so that no mistyped key is taken for one that was not revoked.
pub fn revoked(text: &str) -> Result<(Vec<PublicKey>, Vec<String>), PolicyError> {
    let (mut keys, mut notes) = (Vec::new(), Vec::new());
    for (line, text) in lines(text)? {
        match line::listed(text).map_err(|why| PolicyError { line, why, hint: KEY_LINE })? {
            Listed::Ours(key) => keys.push(key),
            Listed::Other(kind) => notes.push(format!("line {line}: keys of type {kind} seal nothing")),
        }
    }
    Ok((keys, notes))
}

/// What is wrong with a line that cannot be read; a public key in place of a list of signers is told to be that.
fn signer_error(line: usize, text: &str, why: String) -> PolicyError {
    if text.starts_with("-----BEGIN ") {
        let hint = "--key takes a public key by itself";
        return PolicyError { line, why: "this is a PEM file and no list of signers".to_owned(), hint };
    }
    if line::is_bare_key(text) {
        let hint =
            "whose key it is stands before it: desk@example.org ssh-ed25519 AAAA…; --key takes a public key by itself";
        return PolicyError { line, why: "a key without a principal".to_owned(), hint };
    }
    PolicyError { line, why, hint: SIGNER_LINE }
}

fn lines(text: &str) -> Result<Vec<(usize, &str)>, PolicyError> {
    let error = |line, why: &str, hint| PolicyError { line, why: why.to_owned(), hint };
    if text.len() > FILE || text.lines().count() > LINES {
        return Err(error(LINES, "the file is too large", "at most 10,000 lines and 1 MiB are read"));
    }
    // It would be part of the first name, and that of nobody.
    if text.starts_with('\u{feff}') {
        return Err(error(1, "a byte order mark", ENCODING));
    }
    // OpenSSH ends a line at a NUL byte and would read another policy than we do.
    if let Some(line) = (1..).zip(text.lines()).find_map(|(line, text)| text.contains('\0').then_some(line)) {
        return Err(error(line, "a NUL byte", ENCODING));
    }
    let ends = |line: &'_ str| -> usize { line.trim_end_matches([' ', '\t', '\r']).len() };
    let cut = text.split('\n').map(|line| line[..ends(line)].trim_start_matches([' ', '\t']));
    let lines = (1..).zip(cut);
    if let Some((line, _)) = lines.clone().find(|(_, line)| line.contains('\r') && !line.starts_with('#')) {
        return Err(error(line, "a carriage return inside the line", "end lines with LF or CR LF"));
    }
    Ok(lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect())
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
    fn what_cannot_be_read_is_named_by_line_and_cause() {
        let error = |text: &str| allowed_signers(text).unwrap_err();
        let key = SigningKey::from_seed(&[7; 32]).public();
        for (text, at, cause) in [
            (format!("\u{feff}{}", line("")), 1, "byte order mark"),
            (format!("# who\n{}", key.to_pem()), 2, "PEM file"),
            (format!("\n{} comment", key.to_ssh()), 2, "without a principal"),
            (format!("{}\n{}", line(""), line("no-such-option")), 2, "unknown option"),
        ] {
            let found = error(&text);
            assert!(found.line == at && found.why.contains(cause) && !found.hint.is_empty(), "{found:?}");
        }
        for (bytes, at, cause) in [
            (&b"desk@example.org\nM\xfcller"[..], 2, "UTF-8"),
            (b"\xff\xfed\0e\0", 1, "UTF-16"),
            (b"\xfe\xff\0d\0e", 1, "UTF-16"),
        ] {
            let found = super::text(bytes).unwrap_err();
            assert!(found.line == at && found.why.contains(cause), "{found:?}");
        }
        assert_eq!(super::text("Müller".as_bytes()), Ok("Müller"));
    }

    /// OpenSSH compares bytes: a letter that takes two is no one sign.
    #[test]
    fn a_question_mark_is_one_byte() {
        assert!(fits("M??ller", "Müller") && !fits("M?ller", "Müller"));
    }

    #[test]
    fn patterns_are_those_of_openssh() {
        assert!(fits("*@example.org,!mallory@*", "desk@example.org"));
        assert!(!fits("*@example.org,!mallory@*", "mallory@example.org"));
        assert!(matches(b"a*b?c", b"aXXbYc") && !matches(b"a*b?c", b"aXXbc"));
    }
}
