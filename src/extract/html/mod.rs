//! HTML: from a page's tree to a document.

pub(crate) mod css;
