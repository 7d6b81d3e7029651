//! What a page refers to: a reference as written goes in, where it leads comes out.
//!
//! Pages from the web refer as browsers resolve it. A file somebody handed over has no address, only its own folder: what it
//! refers to is found below that folder or not at all. Nothing is asked for and nothing is opened here.

use std::path::{Component, Path};

use super::{Address, Capture, Locator};

/// The longest reference that is followed, in bytes.
const REFERENCE: usize = 4096;
/// The longest one that carries its content in itself.
const DATA: usize = 1024 * 1024;

/// Where a page or a sheet stands, so that what it refers to can be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Base {
    /// At an address.
    Web(Address),
    /// In a folder: below the page's own by these names, none for that folder itself.
    Folder(Vec<String>),
    /// Nowhere: only what names its whole address can be found.
    Nowhere,
}

/// Where a reference leads.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Target {
    /// To an address.
    Web(Address),
    /// To a file below the page's own folder, by these names.
    File(Vec<String>),
    /// To what stands in the reference itself, behind `data:`.
    Data(String),
    /// Out of reach: out of the folder, or to a kind of address that is not followed. As written.
    Beyond(String),
}

impl Base {
    /// Where `capture` stands: at the address that answered, or in its folder.
    pub fn of(capture: &Capture) -> Self {
        match &capture.exchange {
            Some(exchange) => Address::parse(&exchange.final_url).map_or(Self::Nowhere, Self::Web),
            // Bytes that somebody took from an address by other means say so in their name.
            None => match Locator::parse(&capture.locator) {
                Locator::Url(address) => Address::parse(&address).map_or(Self::Nowhere, Self::Web),
                Locator::File(_) => Self::Folder(Vec::new()),
                Locator::Archive { .. } | Locator::Stdin | Locator::Memento(_) => Self::Nowhere,
            },
        }
    }

    /// Where what follows a `<base href>` refers from.
    pub fn rebased(&self, href: &str) -> Self {
        let clean = href.trim();
        if let (Self::Folder(_), None) = (self, scheme(clean)) {
            let path = clean.split(['?', '#']).next().unwrap_or_default();
            let (before, last) = path.rsplit_once(['/', '\\']).map_or(("", path), |(before, last)| (before, last));
            let folder = if matches!(last, "." | "..") { path } else { before };
            let rooted = path.starts_with(['/', '\\']);
            // Any file will do to find out what folder it would lie in.
            return if rooted { Self::Nowhere } else { self.join(&format!("./{folder}/base")).base() };
        }
        match self.join(clean) {
            Target::Web(address) => Self::Web(address),
            Target::File(_) | Target::Data(_) | Target::Beyond(_) => self.clone(),
        }
    }

    /// Where `reference` leads from here.
    ///
    /// ```
    /// use vidimus::capture::{Address, Base, Target};
    /// let file = Base::Folder(Vec::new());
    /// assert_eq!(file.join("./page_files/a%20b.css?v=2"), Target::File(vec!["page_files".into(), "a b.css".into()]));
    /// assert!(matches!(file.join("../secret.css"), Target::Beyond(_)));
    /// let page = Base::Web(Address::parse("https://example.org/news/page").unwrap());
    /// assert_eq!(page.join("../site.css").address(), "https://example.org/site.css");
    /// ```
    pub fn join(&self, reference: &str) -> Target {
        // Browsers take breaks and tabs out of references wherever they stand.
        let clean: String = reference.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        let scheme = scheme(&clean);
        if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("data")) && clean.len() <= DATA {
            return Target::Data(clean.split_once(':').map(|(_, rest)| rest.to_owned()).unwrap_or_default());
        }
        let beyond = || Target::Beyond(clean.chars().take(REFERENCE).collect());
        if clean.len() > REFERENCE || clean.is_empty() {
            return beyond();
        }
        match self {
            Self::Web(address) => address.join(&clean).map_or_else(|_| beyond(), Target::Web),
            Self::Folder(_) | Self::Nowhere if scheme.is_some() => {
                Address::parse(&clean).map_or_else(|_| beyond(), Target::Web)
            }
            Self::Folder(folder) => below(folder, &clean).map_or_else(beyond, Target::File),
            Self::Nowhere => beyond(),
        }
    }
}

impl Target {
    /// The name it goes by: an address, or names with `/` between them.
    pub fn address(&self) -> String {
        match self {
            Self::Web(address) => address.to_string(),
            Self::File(names) => names.join("/"),
            Self::Data(_) => "data:".to_owned(),
            Self::Beyond(reference) => reference.clone(),
        }
    }

    /// Where what is found there refers from.
    pub fn base(&self) -> Base {
        match self {
            Self::Web(address) => Base::Web(address.clone()),
            Self::File(names) => Base::Folder(names.iter().take(names.len().saturating_sub(1)).cloned().collect()),
            Self::Data(_) | Self::Beyond(_) => Base::Nowhere,
        }
    }
}

/// The scheme a reference begins with, if it does.
fn scheme(reference: &str) -> Option<&str> {
    let (scheme, _) = reference.split_once(':')?;
    let word = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(word)).then_some(scheme)
}

/// The names of the file that `reference` leads to from `folder`; `None` where it leads out of the page's own folder.
fn below(folder: &[String], reference: &str) -> Option<Vec<String>> {
    let path = reference.split(['?', '#']).next().unwrap_or_default();
    // Browsers take a stroke leaning the other way for the same.
    if path.starts_with(['/', '\\']) {
        return None;
    }
    let mut names = folder.to_vec();
    for part in path.split(['/', '\\']) {
        let name = String::from_utf8(undo_percents(part)).ok()?;
        match name.as_str() {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            _ if is_plain(&name) => names.push(name),
            _ => return None,
        }
    }
    (!names.is_empty() && !path.ends_with(['/', '\\'])).then_some(names)
}

/// Whether `name` is that of one file or folder and nothing else on any system, and no hidden one.
fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let one = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
    one && !name.starts_with('.') && !name.contains(['/', '\\', ':']) && !name.chars().any(char::is_control)
}

/// `text` with `%41` and the like undone.
pub fn undo_percents(text: &str) -> Vec<u8> {
    let digit =
        |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (*byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            (other, _, _) => {
                out.push(other);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_reaches_what_lies_below_its_folder_and_nothing_else() {
        let page = Base::Folder(Vec::new());
        for (reference, expected) in [
            ("a.css", "a.css"),
            (" ./a.css\n", "a.css"),
            ("a/b/../c.css", "a/c.css"),
            ("a\\b.css", "a/b.css"),
            ("a%2Ecss?x=1#y", "a.css"),
            ("a.css%3Fv=1.css", "a.css?v=1.css"),
        ] {
            assert_eq!(
                page.join(reference),
                Target::File(expected.split('/').map(str::to_owned).collect()),
                "{reference}"
            );
        }
        for reference in [
            "",
            "/etc/passwd",
            "\\a.css",
            "//host/a.css",
            "../a.css",
            "a/../../b.css",
            "%2e%2e/a.css",
            "..%2fa.css",
            "a%2f..%2f..%2fb.css",
            "%2e%2e%5ca.css",
            "a%00.css",
            ".ssh/a.css",
            "file:///etc/passwd",
            "C:/a.css",
            "a/C:/a.css",
            "a/",
            "a%ff.css",
        ] {
            assert!(matches!(page.join(reference), Target::Beyond(_)), "{reference}: {:?}", page.join(reference));
        }
        let sheet = page.join("page_files/a.css").base();
        assert_eq!(sheet.join("../b.css").address(), "b.css");
        assert!(matches!(sheet.join("../../b.css"), Target::Beyond(_)));
    }

    #[test]
    fn a_base_moves_what_follows_it() {
        let page = Base::Folder(Vec::new());
        for (href, expected) in [
            ("page_files/", "page_files/a.css"),
            ("x/y.html", "x/a.css"),
            (".", "a.css"),
            ("", "a.css"),
            ("z", "a.css"),
        ] {
            assert_eq!(page.rebased(href).join("a.css").address(), expected, "{href}");
        }
        for href in ["/", "..", "../x", "//host/"] {
            assert!(matches!(page.rebased(href).join("a.css"), Target::Beyond(_)), "{href}");
        }
        assert_eq!(page.rebased("https://example.org/x/").join("a.css").address(), "https://example.org/x/a.css");
        let web = Base::Web(Address::parse("https://example.org/a/b").unwrap());
        assert_eq!(web.rebased("/c/").join("a.css").address(), "https://example.org/c/a.css");
        assert_eq!(web.rebased("data:x").join("a.css").address(), "https://example.org/a/a.css");
    }

    #[test]
    fn what_names_its_whole_address_leads_there_from_anywhere() {
        for base in [Base::Folder(Vec::new()), Base::Nowhere] {
            assert_eq!(base.join("https://me:pw@example.org/a.css#x").address(), "https://example.org/a.css");
        }
        assert!(matches!(Base::Nowhere.join("a.css"), Target::Beyond(_)));
        assert_eq!(Base::Nowhere.join("data:text/css,p{}"), Target::Data("text/css,p{}".to_owned()));
        let web = Base::Web(Address::parse("https://example.org/a/").unwrap());
        assert!(matches!(web.join("javascript:1"), Target::Beyond(_)));
        assert!(matches!(web.join(&"x".repeat(5000)), Target::Beyond(_)));
    }
}
