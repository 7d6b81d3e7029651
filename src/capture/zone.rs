//! Whose an address of a machine is: the world's, somebody's own network's, or nobody's to fetch pages from.
//!
//! Names and numbers go in, a [`Zone`] comes out; nothing is looked up. Addresses that carry another inside (mapped, NAT64, 6to4,
//! ISATAP) are judged by the one inside, since that is where they lead. Add a range as an arm.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whose an address is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Zone {
    /// Anybody can ask it.
    Public,
    /// It leads to the machine itself or somewhere within the asker's own network, where pages may well be.
    Own,
    /// No page of the web is there: link-local addresses, with the services by which clouds hand out their secrets, and
    /// addresses that are set aside.
    Never,
}

/// Names that lead to the machine itself or into somebody's own network, with everything below them.
const OWN: [&str; 6] = ["localhost", "local", "internal", "lan", "home.arpa", "test"];

/// The services of clouds that have an address outside the link-local range.
const METADATA: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)), IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254))];

/// Whose the address `ip` is.
pub(super) fn of(ip: IpAddr) -> Zone {
    if METADATA.contains(&ip) {
        return Zone::Never;
    }
    match ip {
        IpAddr::V4(address) => of_v4(address),
        IpAddr::V6(address) => inside(address).map_or_else(|| of_v6(address), |address| of(IpAddr::V4(address))),
    }
}

/// The address that `host` is written as, where it is no name: `127.0.0.1` or `[::1]`.
pub(super) fn literal(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare.parse().ok()
}

/// Whether a name can only lead into somebody's own network: it is set aside for that, or has no dot.
pub(super) fn is_own_name(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    let is = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    !host.contains('.') || OWN.into_iter().any(is)
}

/// Whose a host is, as far as its name or number tells.
pub(super) fn of_host(host: &str) -> Zone {
    let named = if is_own_name(host) { Zone::Own } else { Zone::Public };
    literal(host).map_or(named, of)
}

fn of_v4(address: Ipv4Addr) -> Zone {
    let octets = address.octets();
    // What is bound to 0.0.0.0 is reached there, and servers print that address; the rest of its range is nobody's.
    if address.is_unspecified() || address.is_loopback() || address.is_private() {
        return Zone::Own;
    }
    match octets {
        // Carriers' networks, and the range for measurements, which proxies on the own machine use.
        [100, 64..=127, ..] | [198, 18 | 19, ..] => Zone::Own,
        [0, ..] | [169, 254, ..] | [192, 0, 0 | 2, _] | [198, 51, 100, _] | [203, 0, 113, _] | [224..=255, ..] => {
            Zone::Never
        }
        _ => Zone::Public,
    }
}

fn of_v6(address: Ipv6Addr) -> Zone {
    if address.is_loopback() || address.is_unspecified() || address.is_unique_local() {
        return Zone::Own;
    }
    match address.segments() {
        // NAT64 of a network's own, and site-local addresses of old.
        [0x64, 0xff9b, 1, ..] | [0xfec0..=0xfeff, ..] => Zone::Own,
        // Link-local, multicast, Teredo, documentation, and the range that drops everything.
        [0xfe80..=0xfebf, ..]
        | [0xff00..=0xffff, ..]
        | [0x2001, 0, ..]
        | [0x2001, 0xdb8, ..]
        | [0x3fff, ..]
        | [0x100, 0, 0, 0, ..] => Zone::Never,
        _ => Zone::Public,
    }
}

/// The IPv4 address that an IPv6 address carries, where it leads there.
fn inside(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d] = match address.segments() {
        // Mapped; NAT64 (RFC 6052); translated (RFC 2765); compatible, which nobody uses for anything honest.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0, 0, 0, 0, 0, 0, high @ 1..=0xffff, low]
        // 6to4 (RFC 3056) and ISATAP (RFC 5214).
        | [0x2002, high, low, ..]
        | [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            [a, b, c, d]
        }
        _ => return None,
    };
    Some(Ipv4Addr::new(a, b, c, d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_judged_by_where_it_leads() {
        for (host, expected) in [
            ("93.184.216.34", Zone::Public),
            ("[2606:2800:220:1::1]", Zone::Public),
            ("example.org", Zone::Public),
            ("notlocal", Zone::Own),
            ("localhost", Zone::Own),
            ("wiki.localhost.", Zone::Own),
            ("mylocalhost.example", Zone::Public),
            ("127.8.9.1", Zone::Own),
            ("0.0.0.0", Zone::Own),
            ("10.1.2.3", Zone::Own),
            ("172.16.0.1", Zone::Own),
            ("172.32.0.1", Zone::Public),
            ("192.168.0.1", Zone::Own),
            ("100.64.0.1", Zone::Own),
            ("100.128.0.1", Zone::Public),
            ("198.18.0.7", Zone::Own),
            ("100.100.100.200", Zone::Never),
            ("169.254.169.254", Zone::Never),
            ("0.1.2.3", Zone::Never),
            ("203.0.113.9", Zone::Never),
            ("224.0.0.1", Zone::Never),
            ("255.255.255.255", Zone::Never),
            ("[::1]", Zone::Own),
            ("[::]", Zone::Own),
            ("[fd00::1]", Zone::Own),
            ("[fe80::1]", Zone::Never),
            ("[fd00:ec2::254]", Zone::Never),
            ("[ff02::1]", Zone::Never),
            ("[::ffff:127.0.0.1]", Zone::Own),
            ("[::ffff:169.254.169.254]", Zone::Never),
            ("[::ffff:93.184.216.34]", Zone::Public),
            ("[::127.0.0.1]", Zone::Own),
            ("[64:ff9b::10.0.0.1]", Zone::Own),
            ("[64:ff9b:1::1]", Zone::Own),
            ("[2002:7f00:1::1]", Zone::Own),
            ("[2002:a9fe:a9fe::]", Zone::Never),
            ("[2002:5db8:d822::1]", Zone::Public),
            ("[2606:2800::5efe:10.0.0.1]", Zone::Own),
            ("[2001:0:1::1]", Zone::Never),
            ("[2001:db8::1]", Zone::Never),
        ] {
            assert_eq!(of_host(host), expected, "{host}");
        }
    }
}
