//! In which language and direction a source is written, so that it is pronounced and laid out as itself.

use crate::report::{Report, Source};

/// The languages of ISO 639-1. What a page declares beside them is no language a browser would know how to pronounce.
const LANGUAGES: &str = " aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

/// The attributes that text of each source gets.
pub(super) struct Voices {
    /// For the original's.
    pub(super) original: String,
    /// For the copy's.
    pub(super) copy: String,
}

impl Voices {
    pub(super) fn of(report: &Report) -> Self {
        Self { original: attributes(&report.original), copy: attributes(&report.copy) }
    }
}

/// The direction is for the browser to see; English is what the page itself declares.
pub(super) fn attributes(source: &Source) -> String {
    let declared = source.language.as_deref().unwrap_or_default();
    let primary = declared.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let known = primary.len() == 2 && primary != "en" && LANGUAGES.contains(&format!(" {primary} "));
    if known { format!(" dir=\"auto\" lang=\"{primary}\"") } else { " dir=\"auto\"".to_owned() }
}
