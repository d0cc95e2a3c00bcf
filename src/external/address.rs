//! Addresses as they are visited: of the web or not, of whom, and where a redirect leads.

use crate::graph::leaving::host;
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address is for a visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A page of the web: whose, and how it is asked for.
    Visit { host: String, address: String },
    /// This machine, or one of the house; a file.
    Private,
    /// A name that is not written in Latin letters.
    Strange,
    /// Mail, a telephone.
    NoWeb,
}

/// What an address is; machines of the house are visited where `private` says so.
pub(super) fn target(address: &str, private: bool) -> Target {
    let address = address.trim();
    if address.to_lowercase().starts_with("file:") {
        return Target::Private;
    }
    let Some(host) = host(address) else {
        return Target::NoWeb;
    };
    if !host.is_ascii() {
        return Target::Strange;
    }
    if !private && is_private(&host) {
        return Target::Private;
    }
    let whole = match address.starts_with("//") {
        true => format!("https:{address}"),
        false => address.to_owned(),
    };
    let (page, _) = whole.split_once('#').unwrap_or((&whole, ""));
    let mut encoded = String::with_capacity(page.len());
    for byte in page.bytes() {
        match byte {
            b'\\' => encoded.push('/'),
            b'!'..=b'~' => encoded.push(char::from(byte)),
            // Writing to a String cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    Target::Visit {
        host,
        address: encoded,
    }
}

/// Whether a name or number is of this machine or this house.
fn is_private(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(number)) => of_house(number),
        Ok(IpAddr::V6(number)) => of_house_6(number),
        Err(_) => {
            let ends = [
                ".localhost",
                ".local",
                ".lan",
                ".internal",
                ".intranet",
                ".home.arpa",
            ];
            // `http://2130706433/` and names of one word are of the house as well.
            !host.contains('.') || ends.iter().any(|end| host.ends_with(end))
        }
    }
}

fn of_house(number: Ipv4Addr) -> bool {
    let [first, second, ..] = number.octets();
    number.is_private()
        || number.is_loopback()
        || number.is_link_local()
        || number.is_unspecified()
        || number.is_broadcast()
        || (first == 100 && (64..128).contains(&second))
}

fn of_house_6(number: Ipv6Addr) -> bool {
    let inner = number.to_ipv4_mapped();
    number.is_loopback()
        || number.is_unspecified()
        || number.is_unique_local()
        || number.is_unicast_link_local()
        || inner.is_some_and(of_house)
}

/// Where a redirect from `address` leads; nothing where that is no address of the web.
pub(super) fn joined(address: &str, location: &str) -> Option<String> {
    let location = location.trim();
    let lower = location.to_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Some(location.to_owned());
    }
    let (scheme, rest) = address.split_once("://")?;
    if location.starts_with("//") {
        return Some(format!("{scheme}:{location}"));
    }
    let is_path = !location.split(['/', '?', '#']).next()?.contains(':');
    if location.is_empty() || !is_path {
        return None;
    }
    let (page, _) = rest.split_once(['?', '#']).unwrap_or((rest, ""));
    let (machine, path) = page.split_once('/').unwrap_or((page, ""));
    let below = match location.chars().next()? {
        '/' => location.trim_start_matches('/').to_owned(),
        '?' => format!("{path}{location}"),
        _ => match path.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{location}"),
            None => location.to_owned(),
        },
    };
    Some(format!("{scheme}://{machine}/{}", plain(&below)))
}

/// A path without `.` and `..`.
fn plain(path: &str) -> String {
    let (path, query) = match path.find(['?', '#']) {
        Some(at) => path.split_at(at),
        None => (path, ""),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/") + query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_of_the_house_are_not_visited() {
        for address in [
            "http://localhost/",
            "https://127.0.0.1:8080/a",
            "http://10.1.2.3/",
            "http://192.168.0.1",
            "http://172.16.9.9/",
            "http://169.254.1.1/",
            "http://100.64.0.1/",
            "http://[::1]/",
            "http://[fd00::1]:80/",
            "http://printer/",
            "http://oa.local/",
            "file:///c:/a.doc",
            "FILE:a",
            "http://a@localhost/",
            "http://[::ffff:10.0.0.1]/",
            "http://2130706433/",
        ] {
            assert_eq!(target(address, false), Target::Private, "{address}");
        }
        for address in ["mailto:a@b.cn", "tel:12350", "ftp://a.cn/b", "a/b.md"] {
            assert_eq!(target(address, false), Target::NoWeb, "{address}");
        }
        assert_eq!(target("https://应急.中国/", false), Target::Strange);
    }

    #[test]
    fn addresses_are_asked_for_as_browsers_do() {
        let cases = [
            (
                "https://a.gov.cn/b?c=1#d",
                "a.gov.cn",
                "https://a.gov.cn/b?c=1",
            ),
            (
                "//A.cn/安全 一",
                "a.cn",
                "https://A.cn/%E5%AE%89%E5%85%A8%20%E4%B8%80",
            ),
            ("http://a.cn:8080/", "a.cn", "http://a.cn:8080/"),
        ];
        for (address, host, asked) in cases {
            let wanted = Target::Visit {
                host: host.to_owned(),
                address: asked.to_owned(),
            };
            assert_eq!(target(address, false), wanted);
        }
    }

    #[test]
    fn redirects_lead_where_they_say() {
        let cases = [
            ("https://b.cn/x", Some("https://b.cn/x")),
            ("//b.cn/x", Some("http://b.cn/x")),
            ("/x?y", Some("http://a.cn/x?y")),
            ("x", Some("http://a.cn/d/x")),
            ("../x/./y", Some("http://a.cn/x/y")),
            ("?y=1", Some("http://a.cn/d/e?y=1")),
            ("", None),
            ("javascript:alert(1)", None),
        ];
        for (location, wanted) in cases {
            assert_eq!(
                joined("http://a.cn/d/e?f#g", location).as_deref(),
                wanted,
                "{location}"
            );
        }
        assert_eq!(joined("http://a.cn", "x").as_deref(), Some("http://a.cn/x"));
    }
}
