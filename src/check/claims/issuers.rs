//! Whether the copy names more than one issuer: in its text, its metadata, and the agency its byline names.
//!
//! The claims read so far come in; what goes out is their evidence, which then says who else is named, and claims that only the
//! metadata makes. A site that names itself as the publisher of its page claims nothing of the text.

use super::{
    super::{ClaimKind, edits::quoted},
    Draft, Reader, names,
};

/// News agencies: a byline that names one says where the text is from.
const AGENCIES: [&str; 24] = [
    "reuters",
    "associated press",
    "ap",
    "afp",
    "agence france-presse",
    "dpa",
    "efe",
    "ansa",
    "lusa",
    "tass",
    "interfax",
    "xinhua",
    "kyodo",
    "kyodo news",
    "pa media",
    "press association",
    "upi",
    "bloomberg",
    "apa",
    "ria novosti",
    "yonhap",
    "anadolu",
    "belga",
    "sda",
];

impl Reader<'_> {
    /// Reads the publishers that only the metadata names, where they are the original's or contradict each other.
    pub(super) fn issuers(&mut self) {
        let mine = &self.copy().metadata;
        let known = self.pair.original.metadata.publisher.as_deref();
        let own: Vec<&str> = [&mine.publisher, &mine.site].into_iter().flatten().map(String::as_str).collect();
        for name in own.iter().copied() {
            let rival = own.iter().any(|other| !is_one(name, other));
            let ours = known.is_some_and(|issuer| names::same_issuer(name, issuer));
            let seen = |claim: &Draft| claim.kind == ClaimKind::Publisher && names::same_issuer(&claim.text, name);
            if (ours || rival) && !self.claims.iter().any(seen) {
                let held = self.issued_by(name);
                self.push_unseen(ClaimKind::Publisher, name, held);
            }
        }
    }

    /// Says of each publisher named where the copy names another one beside.
    pub(super) fn contradictions_within(&mut self) {
        let is_publisher = |claim: &Draft| claim.kind == ClaimKind::Publisher;
        let mut issuers: Vec<String> =
            self.claims.iter().filter(|claim| is_publisher(claim)).map(|claim| claim.text.clone()).collect();
        let bylines =
            self.claims.iter().filter(|claim| claim.kind == ClaimKind::Author).map(|claim| claim.text.as_str());
        let told = self.copy().metadata.byline.as_deref();
        let agency = bylines.chain(told).find(|name| is_agency(name)).map(str::to_owned);
        // An agency may report what a ministry issued: it is another issuer only beside one that the page's own data name.
        let unseen = |claim: &Draft| is_publisher(claim) && claim.bytes.is_none();
        issuers.extend(agency.filter(|_| self.claims.iter().any(unseen)));
        for claim in self.claims.iter_mut().filter(|claim| is_publisher(claim)) {
            if let Some(other) = issuers.iter().find(|other| !is_one(other, &claim.text)) {
                claim.evidence = format!("{} The copy itself also names {}.", claim.evidence, quoted(other));
            }
        }
    }
}

/// Whether two names are one issuer's, or share a word that tells them from others: a paper and the company it belongs to.
fn is_one(one: &str, other: &str) -> bool {
    names::same_issuer(one, other) || (!names::other_issuer(one, other) && names::share(one, other))
}

fn is_agency(byline: &str) -> bool {
    let own = byline.trim().trim_start_matches("By ").trim_start_matches("the ").trim_start_matches("The ");
    let own = own.split([',', '|', '/']).next().unwrap_or_default().trim().to_lowercase();
    AGENCIES.contains(&own.as_str())
}
