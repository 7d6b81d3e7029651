//! What kind of text a body holds: by media type, else by name, else by its first bytes.

use serde::{Deserialize, Serialize};

use super::Error;

/// The kinds of text that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// HTML or XHTML.
    Html,
    /// CommonMark Markdown: carries links and emphasis.
    Markdown,
    /// Plain text, which may still hold Markdown links and nothing else of it; carries no emphasis.
    Plain,
}

impl Format {
    /// The media type as it is reported.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Markdown => "text/markdown",
            Self::Plain => "text/plain",
        }
    }

    /// The file ending an evidence folder uses for it.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Plain => "txt",
        }
    }
}

/// Decides on the format of `body`.
pub(super) fn format(locator: &str, body: &[u8], media_type: Option<&str>) -> Result<Format, Error> {
    if body.is_empty() {
        return Err(Error::Empty { locator: locator.to_owned() });
    }
    let essence = media_type.map(|m| m.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let ending = locator.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    Ok(match (essence.as_deref(), ending.as_str()) {
        (Some("text/html" | "application/xhtml+xml"), _) | (None, "html" | "htm" | "xhtml") => Format::Html,
        (Some("text/markdown"), _) | (None, "md" | "markdown") => Format::Markdown,
        (Some("text/plain"), _) | (None, "txt" | "text") => Format::Plain,
        _ if body.trim_ascii_start().starts_with(b"<") => Format::Html,
        _ => Format::Plain,
    })
}

/// The `charset` parameter of a media type.
pub(super) fn charset_parameter(media_type: &str) -> Option<String> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    })
}
