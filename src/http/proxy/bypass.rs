//! Hosts that are reached without a proxy.

use std::net::IpAddr;

/// One entry of `NO_PROXY` or `--no-proxy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bypass {
    what: What,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Everything,
    /// A name and every name below it.
    Name(String),
    /// Every address that begins with the same bits.
    Network(IpAddr, u8),
}

impl Bypass {
    /// Reads a list with commas or spaces between its entries: `*`, names with or without a dot in front,
    /// addresses, networks such as `10.0.0.0/8`, each with an optional port.
    pub(crate) fn parse_list(text: &str) -> Vec<Self> {
        text.split([',', ' '])
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(Self::parse)
            .collect()
    }

    fn parse(entry: &str) -> Self {
        if entry == "*" {
            return Self {
                what: What::Everything,
                port: None,
            };
        }
        if let Some(network) = network(entry) {
            return Self {
                what: network,
                port: None,
            };
        }
        let (name, port) = match entry.rsplit_once(':') {
            Some((name, digits)) => match digits.parse() {
                Ok(port) => (name, Some(port)),
                Err(_) => (entry, None),
            },
            None => (entry, None),
        };
        let what = network(name).unwrap_or_else(|| {
            let name = name.trim_start_matches('*').trim_start_matches('.');
            What::Name(name.to_ascii_lowercase())
        });
        Self { what, port }
    }

    /// Whether a host is one of those meant.
    pub(super) fn matches(&self, host: &str, port: u16) -> bool {
        let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
        let host = host.trim_end_matches('.');
        let fits = match &self.what {
            What::Everything => true,
            What::Name(name) => host
                .strip_suffix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
            What::Network(network, bits) => host
                .parse()
                .is_ok_and(|address| has_same_bits(*network, address, *bits)),
        };
        fits && self.port.is_none_or(|own| own == port)
    }
}

/// An address, or a network in the notation of RFC 4632.
fn network(text: &str) -> Option<What> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let address: IpAddr = address.trim_matches(['[', ']']).parse().ok()?;
    let all = if address.is_ipv4() { 32 } else { 128 };
    let bits = match bits {
        Some(bits) => bits.parse().ok().filter(|bits| *bits <= all)?,
        None => all,
    };
    Some(What::Network(address, bits))
}

fn has_same_bits(network: IpAddr, address: IpAddr, bits: u8) -> bool {
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let difference = network.to_bits() ^ address.to_bits();
            difference.leading_zeros() >= u32::from(bits)
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let difference = network.to_bits() ^ address.to_bits();
            difference.leading_zeros() >= u32::from(bits)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_match_names_networks_and_ports() {
        let cases = [
            ("*", "any", 1, true),
            ("localhost", "localhost", 1, true),
            (".corp", "a.corp", 1, true),
            ("corp", "a.corp", 1, true),
            ("*.corp", "a.corp", 1, true),
            (".corp", "corp", 1, true),
            ("corp", "acorp", 1, false),
            ("CORP", "a.Corp.", 1, true),
            ("10.0.0.0/8", "10.9.8.7", 1, true),
            ("10.0.0.0/8", "11.0.0.1", 1, false),
            ("0.0.0.0/0", "11.0.0.1", 1, true),
            ("127.0.0.1", "127.0.0.1", 1, true),
            ("127.0.0.1:2", "127.0.0.1", 1, false),
            ("a:81", "a", 81, true),
            ("a:81", "a", 80, false),
            ("::1", "[::1]", 1, true),
            ("[::1]:81", "[::1]", 81, true),
            ("fd00::/8", "[fd12::1]", 1, true),
            ("x, ,a", "a", 1, true),
            ("x a", "a", 1, true),
            ("", "a", 1, false),
        ];

        for (list, host, port, expected) in cases {
            let found = Bypass::parse_list(list)
                .iter()
                .any(|entry| entry.matches(host, port));
            assert_eq!(found, expected, "{list} {host}");
        }
    }
}
