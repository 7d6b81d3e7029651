//! Pages that test whether the visitor is a robot, known by what they are made of.
//!
//! Headers or bytes go in, yes or no comes out. Each mark names one well-known service; a page that merely writes about
//! robots holds none of them. Add a service as a line below.

/// How much of a page is looked at, in bytes: such pages are small and say early what they are.
const SAMPLE: usize = 64 * 1024;

/// Response headers only a test for robots sends, lower case, and what their value holds.
#[cfg(feature = "net")]
const HEADERS: &[(&str, &str)] = &[
    ("cf-mitigated", "challenge"),
    ("x-amzn-waf-action", "c"),
    ("x-datadome", ""),
    ("x-sucuri-block", ""),
    ("x-vercel-mitigated", "challenge"),
];

/// Pieces of markup of such pages, lower case. All of one row must be there.
const MARKS: &[&[&str]] = &[
    &["/cdn-cgi/challenge-platform/", "just a moment"],
    &["_cf_chl_opt"],
    &["cf-error-details", "attention required! | cloudflare"],
    &["captcha-delivery.com", "<script"],
    &["_incapsula_resource", "<iframe"],
    &["request unsuccessful. incapsula incident id"],
    &["px-captcha", "perimeterx"],
    &["window._pxappid", "px-captcha"],
    &["gokuprops", "awswafintegration"],
    &["sucuri website firewall", "access denied"],
    &["<title>access denied</title>", "errors.edgesuite.net"],
    &["/.within.website/x/cmd/anubis/"],
    &["ddos-guard", "js-challenge"],
];

/// Whether a response header gives such a page away; `name` in lower case.
#[cfg(feature = "net")]
pub fn in_header(name: &str, value: &str) -> bool {
    HEADERS.iter().any(|(mark, part)| name == *mark && value.to_ascii_lowercase().contains(part))
}

/// Whether `body` is such a page. Servers send them with status 200 too, so judges ask as well before they judge.
///
/// ```
/// use vidimus::capture::is_challenge;
/// assert!(is_challenge(b"<title>Just a moment...</title><script>window._cf_chl_opt = {}</script>"));
/// assert!(!is_challenge(b"<p>The site asked whether I was a robot, just a moment ago.</p>"));
/// ```
pub fn is_challenge(body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(body.get(..SAMPLE).unwrap_or(body)).to_ascii_lowercase();
    MARKS.iter().any(|marks| marks.iter().all(|mark| head.contains(mark)))
}
