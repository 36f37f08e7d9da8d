//! One proxy.

use std::fmt;

use percent_encoding::percent_decode_str;
use url::Url;

use super::ProxyError;

/// A proxy and where its setting came from.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Proxy {
    url: String,
    scheme: String,
    /// An IPv6 address in brackets.
    host: String,
    port: u16,
    /// Decoded.
    user: Option<(String, Option<String>)>,
    /// The flag or environment variable.
    origin: &'static str,
}

impl Proxy {
    /// Reads the address of a proxy; without a scheme it is an HTTP proxy, as in curl.
    ///
    /// # Errors
    ///
    /// When it is no URL with a host, or the scheme is not one of a proxy.
    pub(crate) fn parse(text: &str, origin: &'static str) -> Result<Self, ProxyError> {
        let text = match text.contains("://") {
            true => text.to_owned(),
            false => format!("http://{text}"),
        };
        let url = Url::parse(&text).map_err(|error| ProxyError::NoUrl {
            reason: error.to_string(),
        })?;
        let default_port = match url.scheme() {
            "http" => 80,
            "https" => 443,
            "socks4" | "socks4a" | "socks5" | "socks5h" => 1080,
            scheme => {
                return Err(ProxyError::Scheme {
                    scheme: scheme.to_owned(),
                });
            }
        };
        let host = url.host_str().filter(|host| !host.is_empty());
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let user = (!url.username().is_empty() || url.password().is_some())
            .then(|| (decoded(url.username()), url.password().map(decoded)));
        Ok(Self {
            scheme: url.scheme().to_owned(),
            host: host.ok_or(ProxyError::NoHost)?.to_owned(),
            port: url.port().unwrap_or(default_port),
            user,
            origin,
            url: url.into(),
        })
    }

    /// The password, which must not be shown.
    pub(crate) fn password(&self) -> Option<&str> {
        self.user.as_ref()?.1.as_deref()
    }

    /// The flag or environment variable that names it.
    pub(crate) fn origin(&self) -> &'static str {
        self.origin
    }

    /// With everything that it needs to be used.
    pub(in crate::http) fn url(&self) -> &str {
        &self.url
    }

    pub(in crate::http) fn host(&self) -> &str {
        &self.host
    }

    pub(in crate::http) fn port(&self) -> u16 {
        self.port
    }
}

/// Shows no password.
impl fmt::Display for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = match &self.user {
            None => String::new(),
            Some((name, None)) => format!("{name}@"),
            Some((name, Some(_))) => format!("{name}:***@"),
        };
        let (scheme, host, port) = (&self.scheme, &self.host, self.port);
        write!(formatter, "{scheme}://{user}{host}:{port}")
    }
}

/// Shows no password.
impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Proxy({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_completed_and_shown_without_its_password() {
        let cases = [
            ("127.0.0.1:3128", "http://127.0.0.1:3128"),
            ("proxy", "http://proxy:80"),
            ("https://proxy", "https://proxy:443"),
            ("socks5h://proxy", "socks5h://proxy:1080"),
            ("http://u:p%40ss@proxy:1", "http://u:***@proxy:1"),
            ("u@proxy:1/", "http://u@proxy:1"),
            ("http://[::1]:1", "http://[::1]:1"),
        ];

        for (text, shown) in cases {
            assert_eq!(Proxy::parse(text, "--proxy").unwrap().to_string(), shown);
        }
    }

    #[test]
    fn credentials_are_decoded() {
        let proxy = Proxy::parse("http://u:p%40ss@proxy", "--proxy").unwrap();

        assert_eq!(proxy.password(), Some("p@ss"));
    }

    #[test]
    fn what_is_no_proxy_is_refused() {
        let error = |text: &str| Proxy::parse(text, "--proxy").unwrap_err().to_string();

        assert_eq!(
            error("ftp://proxy"),
            "`ftp` is no kind of proxy; http, https, socks4, socks4a, socks5 and socks5h are"
        );
        assert_eq!(error("http://"), "it is not a URL: empty host");
        assert_eq!(error("proxy:port"), "it is not a URL: invalid port number");
    }
}
