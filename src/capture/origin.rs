//! What speaks for the origin of a fetched page: the host that answered goes in, an [`Assurance`] comes out.
//!
//! Nothing is asked for here. The host is taken for the publisher's own unless it is known to show other people's pages, or is
//! nobody's but the signer's. Add an archive to the list.

use super::{
    Address, Assurance,
    zone::{self, Zone},
};

/// Hosts that show records of other hosts' pages, with everything below them.
const ARCHIVES: [&str; 29] = [
    "archive.fo",
    "archive.is",
    "archive.li",
    "archive.md",
    "archive.org",
    "archive.ph",
    "archive.today",
    "archive.vn",
    "archive-it.org",
    "arquivo.pt",
    "cc.bingj.com",
    "conifer.rhizome.org",
    "freezepage.com",
    "ghostarchive.org",
    "haw.nsk.hr",
    "megalodon.jp",
    "perma.cc",
    "replayweb.page",
    "swap.stanford.edu",
    "timetravel.mementoweb.org",
    "vefsafn.is",
    "webarchive.loc.gov",
    "webarchive.nationalarchives.gov.uk",
    "webarchive.nrscotland.gov.uk",
    "webarchive.org.uk",
    "webarchive.parliament.uk",
    "webarchive.proni.gov.uk",
    "webcache.googleusercontent.com",
    "webcitation.org",
];

/// What speaks for a page that came from `final_url`. `memento` is whether the answer says, as archives do (RFC 7089), that it is
/// a record of an earlier day.
pub(super) fn assurance(final_url: &str, memento: bool) -> Assurance {
    let host = Address::parse(final_url).map(|address| address.host().to_owned()).unwrap_or_default();
    let host = host.trim_end_matches('.');
    let is = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    if host.is_empty() || zone::of_host(host) != Zone::Public {
        Assurance::Supplied
    } else if memento || ARCHIVES.into_iter().any(is) {
        Assurance::Archive
    } else {
        Assurance::Publisher
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_the_publishers_own_unless_it_is_known_not_to_be() {
        for (address, memento, expected) in [
            ("https://example.org/release", false, Assurance::Publisher),
            ("http://93.184.216.34/", false, Assurance::Publisher),
            ("https://notarchive.org/", false, Assurance::Publisher),
            ("https://archive.org.example.net/", false, Assurance::Publisher),
            ("https://web.archive.org/web/2017/http://example.org/", false, Assurance::Archive),
            ("https://WAYBACK.archive-it.org./1/2/", false, Assurance::Archive),
            ("https://webarchive.nationalarchives.gov.uk/x", false, Assurance::Archive),
            ("https://webcache.googleusercontent.com/search", false, Assurance::Archive),
            ("https://an-archive.example/x", true, Assurance::Archive),
            ("http://127.0.0.1:8080/", true, Assurance::Supplied),
            ("http://2130706433/", false, Assurance::Supplied),
            ("http://localhost/", false, Assurance::Supplied),
            ("http://wiki.localhost./", false, Assurance::Supplied),
            ("http://intranet/", false, Assurance::Supplied),
            ("http://10.1.2.3/", false, Assurance::Supplied),
            ("http://169.254.169.254/", false, Assurance::Supplied),
            ("http://100.64.0.1/", false, Assurance::Supplied),
            ("http://[::1]/", false, Assurance::Supplied),
            ("http://[::ffff:192.168.0.1]/", false, Assurance::Supplied),
            ("http://[fd00::1]/", false, Assurance::Supplied),
            ("http://[2606:2800:220:1::1]/", false, Assurance::Publisher),
            ("no address", false, Assurance::Supplied),
        ] {
            assert_eq!(assurance(address, memento), expected, "{address}");
        }
    }
}
