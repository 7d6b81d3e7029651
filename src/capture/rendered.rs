//! What a browser made of a page beside the bytes that were received: a capture and its DOM in, a capture of both out.
//!
//! The DOM then is what is compared, and the bytes stay with the exchange they came in. Running a browser is for others; nothing here
//! looks at what the bytes mean.

use serde::{Deserialize, Serialize};

use super::Capture;

/// How the body of a capture came about, where it is the DOM that a browser had after running the page's scripts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// The body as it was received, content encoding undone: what the browser was given.
    pub raw: Vec<u8>,
    /// The charset that was declared for that.
    pub raw_charset: Option<String>,
    /// How the rendering went.
    pub facts: RenderFacts,
}

/// How a rendering went.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RenderFacts {
    /// The browser and its version, as it calls itself.
    pub browser: String,
    /// Whether the page was still loading or waiting when its DOM was taken.
    #[serde(default)]
    pub unfinished: bool,
    /// Whether scripts had made a tree that HTML cannot say, so that what is read is not what was shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unwritable: bool,
    /// Hosts that the page wanted something of and that were not asked, for the reasons that addresses are refused; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<String>,
    /// Addresses that scripts wanted to show in place of the page, which were not followed; without user information.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub led_to: Vec<String>,
}

impl Capture {
    /// The same page as a browser showed it: `dom` takes the place of the body, and what was received is kept beside it.
    ///
    /// ```
    /// use vidimus::{Capture, capture::RenderFacts};
    /// let page = Capture::from_bytes("page.html", b"<script>document.write('Talks failed.')</script>".to_vec(), None)?;
    /// let shown = page.clone().with_rendered("<p>Talks failed.</p>".to_owned(), RenderFacts::default());
    /// assert_eq!(shown.body, b"<p>Talks failed.</p>");
    /// assert_eq!(shown.without_rendered(), page);
    /// # Ok::<(), vidimus::capture::Error>(())
    /// ```
    #[must_use]
    pub fn with_rendered(mut self, dom: String, facts: RenderFacts) -> Self {
        let raw = std::mem::replace(&mut self.body, dom.into_bytes());
        // Where the body of the last answer is that of the capture it is kept only there, and that is another one now.
        if let Some(hop) = self.exchange.as_mut().and_then(|exchange| exchange.hops.last_mut())
            && hop.payload.is_none()
        {
            hop.payload = Some(raw.clone());
        }
        let raw_charset = self.declared_charset.replace("utf-8".to_owned());
        self.rendered = Some(Rendered { raw, raw_charset, facts });
        self
    }

    /// The same page as it was received.
    #[must_use]
    pub fn without_rendered(mut self) -> Self {
        let Some(rendered) = self.rendered.take() else { return self };
        if let Some(hop) = self.exchange.as_mut().and_then(|exchange| exchange.hops.last_mut())
            && hop.payload.as_ref() == Some(&rendered.raw)
        {
            hop.payload = None;
        }
        self.body = rendered.raw;
        self.declared_charset = rendered.raw_charset;
        self
    }

    /// The body as it was received, content encoding undone, whatever a browser made of it.
    pub fn received(&self) -> &[u8] {
        self.rendered.as_ref().map_or(&self.body, |rendered| &rendered.raw)
    }
}
