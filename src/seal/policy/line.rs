//! One line of an `allowed_signers` file, as OpenSSH reads it: principals, at most one field of options, a key, a comment.
//!
//! Where OpenSSH is lenient in a way that invites mistakes (quotation marks in the middle of principals, backslashes, days that
//! do not exist) the line is refused, never read another way.

use super::{Signer, fits};
use crate::{
    moment::Moment,
    seal::{
        NAMESPACE,
        keys::{PublicKey, WireReader},
    },
    text::base64,
};

/// What OpenSSH takes for white space inside a line.
const SPACE: [char; 2] = [' ', '\t'];

/// The longest pattern OpenSSH compares; a longer one never fits there.
const PATTERN: usize = 1022;

/// What a line comes to.
pub(super) enum Line {
    /// Somebody who may have sealed something.
    Signer(Box<Signer>),
    /// Nothing for us, and why.
    Passed(String),
}

/// Reads a line that is neither empty nor a comment.
///
/// # Errors
/// What is wrong with it, in one phrase.
pub(super) fn read(line: &str) -> Result<Line, String> {
    let (principals, rest) = principals(line)?;
    let (first, after) = word(rest);
    let (options, kind, after) = if is_key_type(first) {
        (Options::default(), first, after)
    } else {
        let (field, after) = field(rest)?;
        let (kind, after) = word(after);
        (options(field)?, kind, after)
    };
    let key = word(after).0;
    if kind.is_empty() || key.is_empty() {
        return Err("no key".to_owned());
    }
    if !is_key_type(kind) {
        return Err(format!("{kind:?} is no kind of key"));
    }
    if kind != "ssh-ed25519" {
        return Ok(Line::Passed(format!("keys of type {kind} are not used")));
    }
    let key = ssh_key(key)?;
    if options.authority {
        return Ok(Line::Passed("certificate authorities are not used".to_owned()));
    }
    if !options.namespaces.is_none_or(|patterns| fits(patterns, NAMESPACE)) {
        return Ok(Line::Passed(format!("the line does not cover the namespace {NAMESPACE}")));
    }
    let (valid_after, valid_before) = (options.valid_after, options.valid_before);
    Ok(Line::Signer(Box::new(Signer { principals: principals.to_owned(), key, valid_after, valid_before })))
}

/// The kinds of keys OpenSSH knows beside Ed25519.
const OTHER_KINDS: [&str; 7] = [
    "ssh-rsa",
    "ssh-dss",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// What a line of a list of public keys comes to.
pub(super) enum Listed {
    /// A key that could have sealed something.
    Ours(PublicKey),
    /// One of another kind.
    Other(&'static str),
}

/// Reads a line of a list of public keys that is neither empty nor a comment.
///
/// # Errors
/// What is wrong with it: a kind that is not known may be a mistyped one.
pub(super) fn listed(line: &str) -> Result<Listed, String> {
    let (kind, rest) = word(line);
    let key = word(rest).0;
    if kind == "ssh-ed25519" {
        return ssh_key(key).map(Listed::Ours);
    }
    let known = OTHER_KINDS.into_iter().find(|known| *known == kind);
    let known = known.ok_or_else(|| {
        if kind.contains("-cert-") {
            format!("{kind} is a certificate: list the key itself")
        } else {
            "no public key as OpenSSH keeps them".to_owned()
        }
    })?;
    let named = wire(key).is_some_and(|wire| WireReader(&wire).string() == Some(known.as_bytes()));
    if named { Ok(Listed::Other(known)) } else { Err(format!("the key is not of the type {known}")) }
}

/// A key in OpenSSH's base64, which knows one alphabet only.
pub(super) fn ssh_key(text: &str) -> Result<PublicKey, String> {
    let wire = wire(text).ok_or("the key is no base64")?;
    PublicKey::from_ssh_wire(&wire).ok_or_else(|| "the key is broken or weak".to_owned())
}

fn wire(text: &str) -> Option<Vec<u8>> {
    let plain = !text.contains(['-', '_']);
    plain.then(|| base64::decode(text)).flatten()
}

/// Whether a word names a kind of key; no option begins like one.
pub(super) fn is_key_type(word: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-"].iter().any(|start| word.starts_with(start))
}

/// Whether a line is a public key as OpenSSH keeps it, with nobody before it whose it would be.
pub(super) fn is_bare_key(line: &str) -> bool {
    let (kind, rest) = word(line);
    is_key_type(kind) && wire(word(rest).0).is_some_and(|wire| WireReader(&wire).string() == Some(kind.as_bytes()))
}

fn principals(line: &str) -> Result<(&str, &str), String> {
    let line = line.trim_start_matches(SPACE);
    let (text, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').ok_or("a quotation mark is not closed")?,
        None => line.split_at(line.find(SPACE).unwrap_or(line.len())),
    };
    if text.contains('"') || !(rest.is_empty() || rest.starts_with(SPACE)) {
        return Err("quotation marks go around all principals or none".to_owned());
    }
    if text.is_empty() {
        return Err("no principals".to_owned());
    }
    patterns(text)?;
    Ok((text, rest))
}

fn patterns(text: &str) -> Result<(), String> {
    let long = text.split(',').any(|pattern| pattern.len() > PATTERN);
    if long { Err("a pattern is too long".to_owned()) } else { Ok(()) }
}

/// The next word and what follows.
pub(super) fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches(SPACE);
    text.split_at(text.find(SPACE).unwrap_or(text.len()))
}

/// The next field, spaces inside quotation marks belonging to it, and what follows.
fn field(text: &str) -> Result<(&str, &str), String> {
    let text = text.trim_start_matches(SPACE);
    let mut quoted = false;
    let end = text.find(|c: char| {
        quoted ^= c == '"';
        !quoted && SPACE.contains(&c)
    });
    if quoted { Err("a quotation mark is not closed".to_owned()) } else { Ok(text.split_at(end.unwrap_or(text.len()))) }
}

#[derive(Default)]
struct Options<'a> {
    namespaces: Option<&'a str>,
    valid_after: Option<Moment>,
    valid_before: Option<Moment>,
    authority: bool,
}

fn options(field: &str) -> Result<Options<'_>, String> {
    let (mut options, mut rest) = (Options::default(), field);
    if field.contains('\\') {
        return Err("backslashes in options are not read".to_owned());
    }
    loop {
        let (name, after) = rest.split_at(rest.find(['=', ',']).unwrap_or(rest.len()));
        let lower = name.to_ascii_lowercase();
        let twice = || format!("the option {lower} stands twice");
        rest = match lower.as_str() {
            "cert-authority" => {
                options.authority = true;
                after
            }
            "namespaces" | "valid-after" | "valid-before" => {
                let (value, after) = after
                    .strip_prefix("=\"")
                    .and_then(|after| after.split_once('"'))
                    .ok_or_else(|| format!("the value of {lower} stands in no quotation marks"))?;
                let seen = match lower.as_str() {
                    "namespaces" => {
                        patterns(value)?;
                        options.namespaces.replace(value).is_some()
                    }
                    "valid-after" => options.valid_after.replace(date(value)?).is_some(),
                    _ => options.valid_before.replace(date(value)?).is_some(),
                };
                if seen {
                    return Err(twice());
                }
                after
            }
            _ => return Err(format!("unknown option {name:?}")),
        };
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None if rest.is_empty() => break,
            None => return Err(format!("{rest:?} where a comma should stand")),
        }
    }
    match (options.valid_after, options.valid_before) {
        (Some(after), Some(before)) if before <= after => Err("valid-before is not later than valid-after".to_owned()),
        (Some(_) | None, Some(_) | None) => Ok(options),
    }
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS` with `Z` or `UTC`.
fn date(text: &str) -> Result<Moment, String> {
    let zone = ["Z", "z", "UTC", "utc"].iter().find_map(|zone| text.strip_suffix(zone));
    let valid = |digits: &str| matches!(digits.len(), 8 | 12 | 14) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = || format!("{text:?} is no date");
    let Some(digits) = zone else {
        return Err(if valid(text) {
            format!("the date {text:?} depends on the machine's time zone: write the Z")
        } else {
            wrong()
        });
    };
    let number = |range: std::ops::Range<usize>| match digits.get(range) {
        None | Some("") => Some(0),
        Some(part) => part.parse::<i8>().ok(),
    };
    let moment = || {
        let year = digits.get(..4)?.parse().ok()?;
        Moment::from_civil(year, number(4..6)?, number(6..8)?, number(8..10)?, number(10..12)?, number(12..14)?)
    };
    // OpenSSH takes the first second of 1970 for "no date", and so refuses it.
    let moment = valid(digits).then(moment).flatten().filter(|moment| moment.unix() > 0);
    moment.ok_or_else(wrong)
}
