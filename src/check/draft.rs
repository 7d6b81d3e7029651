//! Findings in the making: byte ranges and order first, anchors and names when all are known.

use std::collections::BTreeMap;

use super::{Facet, Finding, Kind, Severity, pair};
use crate::{
    digest::Digest,
    extract::{ByteRange, Document, Style},
};

/// A finding before it has a name.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: Kind,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) original: Option<ByteRange>,
    pub(super) copy: Option<ByteRange>,
    /// Where in the copy it stands, in bytes: what findings are sorted by.
    pub(super) place: usize,
    /// For an insertion where in the original, in bytes, it would stand.
    pub(super) place_in_original: Option<usize>,
    pub(super) styles: Vec<Style>,
    pub(super) facets: Vec<Facet>,
    pub(super) href: Option<String>,
}

impl Draft {
    /// A finding about a passage of the copy.
    pub(super) fn in_copy(kind: Kind, severity: Severity, copy: ByteRange, message: String) -> Self {
        Self {
            kind,
            severity,
            message,
            original: None,
            place: copy.start,
            copy: Some(copy),
            place_in_original: None,
            styles: Vec::new(),
            facets: Vec::new(),
            href: None,
        }
    }

    /// A finding about a passage of the original that is missing at byte `place` of the copy.
    pub(super) fn missing(kind: Kind, severity: Severity, original: ByteRange, place: usize, message: String) -> Self {
        Self { original: Some(original), copy: None, ..Self::in_copy(kind, severity, place..place, message) }
    }

    /// The same finding with its passage of the original.
    #[must_use]
    pub(super) fn against(self, original: ByteRange) -> Self {
        Self { original: Some(original), ..self }
    }
}

/// Sorts the drafts as a reader of the copy meets them, gives each its anchors and its id.
pub(super) fn finish(mut drafts: Vec<Draft>, original: &Document, copy: &Document) -> Vec<Finding> {
    drafts.sort_by(|a, b| {
        let key = |draft: &Draft| {
            let end = draft.copy.as_ref().map_or(draft.place, |copy| copy.end);
            (draft.place, end, draft.kind, draft.original.as_ref().map_or(0, |original| original.start))
        };
        key(a).cmp(&key(b))
    });
    let mut seen = BTreeMap::new();
    drafts.into_iter().map(|draft| named(draft, original, copy, &mut seen)).collect()
}

fn named(draft: Draft, original: &Document, copy: &Document, seen: &mut BTreeMap<String, usize>) -> Finding {
    let across = matches!(draft.kind, Kind::TextDeleted | Kind::TextMoved);
    let before = draft.original.as_ref().map(|bytes| pair::anchor(original, bytes, across));
    let after = draft.copy.as_ref().map(|bytes| pair::anchor(copy, bytes, across));
    let at = match (&before, &after) {
        (None, Some(_)) => draft.place_in_original.map(|at| pair::point(original, at)),
        (Some(_), None) => Some(pair::point(copy, draft.place)),
        (Some(_), Some(_)) | (None, None) => None,
    };
    let exact = |anchor: &Option<super::Anchor>| anchor.as_ref().map_or("", |anchor| anchor.exact.as_str()).to_owned();
    let stem = format!("{}\n{}\n{}", draft.kind.slug(), exact(&before), exact(&after));
    Finding {
        id: id(&stem, seen),
        kind: draft.kind,
        class: draft.kind.class(),
        severity: draft.severity,
        message: draft.message,
        declared_by: None,
        original: before,
        copy: after,
        at,
        styles: draft.styles,
        facets: draft.facets,
        href: draft.href,
        supported_by: Vec::new(),
    }
}

/// Twelve hexadecimal digits of the SHA-256 of what a thing says and how often that was said before.
pub(super) fn id(stem: &str, seen: &mut BTreeMap<String, usize>) -> String {
    let occurrence = seen.entry(stem.to_owned()).or_insert(0);
    *occurrence += 1;
    Digest::of(format!("{stem}\n{occurrence}").as_bytes()).to_string().chars().take(12).collect()
}
