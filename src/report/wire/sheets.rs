//! Style sheets as a report lists them: what each source was read with, beside its own bytes.

use serde::{Deserialize, Serialize};

/// A style sheet captured with a source. A fact not known is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetSource {
    /// The path from the folder of the source, for what came from files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// The address asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The address that answered, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_url: Option<String>,
    /// The `Content-Type` it was sent with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Its length, content encoding undone.
    pub bytes: u64,
    /// Its SHA-256, content encoding undone.
    pub sha256: String,
}
