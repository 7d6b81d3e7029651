//! The style sheets captured beside a page, and which more it asks for.
//!
//! A capture goes in. References come in as pages and sheets write them; out comes the text of the sheet meant, or why there is
//! none. Nothing is fetched and nothing of CSS is read here: `html/css` asks. What is taken for a sheet is what browsers take for
//! one: by its media type where it was sent with one.

use std::{borrow::Cow, collections::BTreeMap};

use super::{charset, html, naming::may_name_sheets};
use crate::{
    capture::{Address, Base, Capture, Format, Sheet, Target, undo_percents},
    digest::{self, Digest},
    text::base64,
};

/// Where a page or sheet stands and how it is written: what the sheets it refers to are found and read by.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) base: Base,
    /// The charset of sheets that declare none.
    pub(crate) charset: String,
}

impl Place {
    /// Of a page that is nowhere and refers to nothing.
    pub(crate) fn nowhere() -> Self {
        Self { base: Base::Nowhere, charset: String::new() }
    }
}

/// The sheets at hand.
pub(crate) struct Shelf<'c> {
    /// The page's own place.
    pub(crate) page: Place,
    sheets: BTreeMap<&'c str, &'c Sheet>,
    missed: BTreeMap<&'c str, &'c str>,
}

/// What a reference comes to.
pub(crate) enum Found<'c> {
    /// The sheet's text, and where it stands.
    Sheet(Cow<'c, str>, Place),
    /// There is none at hand; why, if that is known.
    Missing(Option<Cow<'c, str>>),
}

impl<'c> Shelf<'c> {
    /// The sheets of `capture`, which was read in `charset`.
    pub(crate) fn of(capture: &'c Capture, charset: &str) -> Self {
        Self {
            page: Place { base: Base::of(capture), charset: charset.to_owned() },
            sheets: capture.sheets.iter().map(|sheet| (sheet.address.as_str(), sheet)).collect(),
            missed: capture.missed_sheets.iter().map(|missed| (missed.address.as_str(), missed.why.as_str())).collect(),
        }
    }

    /// No sheets at all.
    pub(crate) fn empty() -> Self {
        Self { page: Place::nowhere(), sheets: BTreeMap::new(), missed: BTreeMap::new() }
    }

    /// The sheet at `target`, for a page in quirks mode or not. `charset` is that of what refers to it, `integrity` what that says
    /// of its digest.
    pub(crate) fn find(&self, target: &Target, quirks: bool, charset: &str, integrity: Option<&str>) -> Found<'c> {
        if let Target::Data(rest) = target {
            return inline(rest, charset);
        }
        let address = target.address();
        let Some(sheet) = self.sheets.get(address.as_str()) else {
            return Found::Missing(self.missed.get(address.as_str()).map(|why| Cow::Borrowed(*why)));
        };
        if !integrity.is_none_or(|integrity| is_whole(&sheet.body, integrity)) {
            return Found::Missing(Some("not the one the page gives the digest of, so browsers do not take it".into()));
        }
        if let Some(why) = self.unfit(sheet, quirks) {
            return Found::Missing(Some(why.into()));
        }
        let read = charset::sheet(&sheet.body, sheet.declared_charset().as_deref(), charset);
        let base = sheet.final_address.as_deref().and_then(|last| Address::parse(last).ok()).map(Base::Web);
        Found::Sheet(read.text, Place { base: base.unwrap_or_else(|| target.base()), charset: read.charset })
    }

    /// Why browsers do not take what was sent for a style sheet, if they do not.
    fn unfit(&self, sheet: &Sheet, quirks: bool) -> Option<String> {
        let Some(media_type) = sheet.media_type() else {
            let head = sheet.body.trim_ascii_start();
            let is_page =
                |mark: &str| head.get(..mark.len()).is_some_and(|own| own.eq_ignore_ascii_case(mark.as_bytes()));
            return (is_page("<!doctype") || is_page("<html")).then(|| "a page is there instead".to_owned());
        };
        let origin = || {
            let sheet = Address::parse(sheet.final_address.as_deref().unwrap_or(&sheet.address)).ok()?;
            let Base::Web(page) = &self.page.base else { return None };
            Some(page.is_same_origin(&sheet))
        };
        let taken = media_type == "text/css" || quirks && origin() == Some(true);
        (!taken).then(|| format!("sent as {media_type:?}, which browsers do not take for a style sheet"))
    }
}

/// Whether `body` has one of the digests of an `integrity` attribute, of which only the strongest kind counts; where it names none
/// that is known, it has (Subresource Integrity, 3.3.4).
fn is_whole(body: &[u8], integrity: &str) -> bool {
    let kinds = ["sha512-", "sha384-", "sha256-"];
    let named = |kind: &str| -> Vec<String> {
        let parts = integrity.split_ascii_whitespace().filter_map(|part| {
            let is_kind = part.get(..kind.len())?.eq_ignore_ascii_case(kind);
            part.get(kind.len()..).filter(|_| is_kind)?.split('?').next()
        });
        parts.map(|digest| digest.replace('-', "+").replace('_', "/")).collect()
    };
    let Some((kind, digests)) = kinds.iter().map(|kind| (*kind, named(kind))).find(|(_, digests)| !digests.is_empty())
    else {
        return true;
    };
    let own = match kind {
        "sha512-" => base64::encode(&digest::sha512(body)),
        "sha384-" => base64::encode(&digest::sha384(body)),
        _ => base64::encode(Digest::of(body).as_bytes()),
    };
    digests.iter().any(|digest| digest.trim_end_matches('=') == own.trim_end_matches('='))
}

/// The sheet that stands in the reference itself: media type, `;base64`, comma, content.
fn inline<'c>(rest: &str, charset: &str) -> Found<'c> {
    const BROKEN: &str = "its data: address cannot be read";
    let rest = rest.split('#').next().unwrap_or_default();
    let Some((head, content)) = rest.split_once(',') else { return Found::Missing(Some(BROKEN.into())) };
    let head = head.trim();
    let packed = head.len() > 6 && head.to_ascii_lowercase().ends_with("base64") && head.contains(';');
    let media_type = head.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("text/css") {
        // No browser takes it for a sheet, and nobody can have kept one from us.
        return Found::Sheet(Cow::Borrowed(""), Place::nowhere());
    }
    let bytes = undo_percents(content);
    let bytes = if packed { unpack(bytes) } else { Some(bytes) };
    let Some(bytes) = bytes else { return Found::Missing(Some(BROKEN.into())) };
    let declared = head.split(';').filter_map(|part| part.trim().split_once('=')).find(|(name, _)| *name == "charset");
    let read = charset::sheet(&bytes, declared.map(|(_, label)| label), charset);
    Found::Sheet(Cow::Owned(read.text.into_owned()), Place { base: Base::Nowhere, charset: read.charset })
}

/// Base64 as browsers read it: with white space, with padding or without.
fn unpack(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut text = String::from_utf8(bytes).ok()?;
    text.retain(|c| !c.is_ascii_whitespace() && c != '=');
    text.extend(std::iter::repeat_n('=', (4 - text.len() % 4) % 4));
    base64::decode(&text)
}

/// A page whose sheets are to be gathered: read once, asked again after each round.
pub struct Linking {
    page: Option<html::Linking>,
    charset: String,
}

impl Linking {
    /// Reads `capture`. Only HTML links sheets.
    pub fn of(capture: &Capture) -> Self {
        match capture.format {
            Format::Html => {
                let decoded = charset::decode(capture);
                let page = may_name_sheets(&decoded.text).then(|| html::Linking::of(&decoded.text));
                Self { page, charset: decoded.charset }
            }
            Format::Markdown | Format::Plain => Self { page: None, charset: String::new() },
        }
    }

    /// The sheets the page asks for that are neither beside `capture` nor known to be missing, in order. Sheets that do not apply on
    /// a screen are not asked for.
    ///
    /// ```
    /// use vidimus::{Capture, extract::Linking};
    /// let page = b"<link rel=stylesheet href=a.css><link rel=stylesheet media=print href=b.css>";
    /// let page = Capture::from_bytes("page.html", page.to_vec(), Some("text/html"))?;
    /// let wanted = Linking::of(&page).wanted(&page);
    /// assert_eq!(wanted.iter().map(|target| target.address()).collect::<Vec<_>>(), ["a.css"]);
    /// # Ok::<(), vidimus::capture::Error>(())
    /// ```
    pub fn wanted(&self, capture: &Capture) -> Vec<Target> {
        let shelf = Shelf::of(capture, &self.charset);
        self.page.as_ref().map(|page| page.wanted(&shelf)).unwrap_or_default()
    }
}
