//! What goes over the wire and what comes back.

use std::fmt;

use super::{Body, Content};

/// One header field, with the name as its writer spelled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// The field name.
    pub(crate) name: String,
    /// The field value.
    pub(crate) value: String,
    /// Whether postrider added the field by itself, as Postman does with `User-Agent` and others.
    pub(crate) system: bool,
}

impl Header {
    /// A field that the user or an authorization scheme asked for.
    pub(crate) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            system: false,
        }
    }

    /// A field that postrider adds by itself.
    pub(crate) fn system(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            system: true,
            ..Self::new(name, value)
        }
    }

    /// Whether this is the field of that name; names are compared without regard to case (RFC 9110, 5.1).
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// An absolute URL taken apart, with the request target exactly as it will be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestUrl {
    /// `http` or `https`.
    pub(crate) scheme: String,
    /// The host in ASCII, an IPv6 address in brackets.
    pub(crate) host: String,
    /// The port that the URL names.
    pub(crate) port: Option<u16>,
    /// Path and query, percent-encoded; begins with `/`.
    pub(crate) target: String,
}

impl RequestUrl {
    /// The port to connect to: the one named, else the scheme's own.
    pub(crate) fn effective_port(&self) -> u16 {
        self.port
            .unwrap_or(if self.scheme == "https" { 443 } else { 80 })
    }

    /// Whether the host is an IP address and not a name.
    pub(crate) fn has_address(&self) -> bool {
        let host = self.host.trim_matches(['[', ']']);
        host.parse::<std::net::IpAddr>().is_ok()
    }

    /// Host and port as the `Host` header field gives them.
    pub(crate) fn authority(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    /// Whether both URLs name the same scheme, host and port (RFC 6454).
    pub(crate) fn has_same_origin(&self, other: &Self) -> bool {
        self.scheme == other.scheme
            && self.host.eq_ignore_ascii_case(&other.host)
            && self.effective_port() == other.effective_port()
    }
}

impl fmt::Display for RequestUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}://{}{}",
            self.scheme,
            self.authority(),
            self.target
        )
    }
}

/// A request that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HttpRequest {
    /// The method, in the case that will be sent.
    pub(crate) method: String,
    /// Where to.
    pub(crate) url: RequestUrl,
    /// All header fields in order.
    pub(crate) headers: Vec<Header>,
    /// The content; `None` sends none.
    pub(crate) body: Option<Content>,
}

impl HttpRequest {
    /// The value of the last field of that name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        last_value(&self.headers, name)
    }

    /// Puts a field in place of all fields of the same name, at the position of the first one.
    pub(crate) fn replace_header(&mut self, header: Header) {
        let position = self
            .headers
            .iter()
            .position(|existing| existing.is(&header.name));
        self.headers.retain(|existing| !existing.is(&header.name));
        match position {
            Some(position) => self
                .headers
                .insert(position.min(self.headers.len()), header),
            None => self.headers.push(header),
        }
    }
}

/// A complete response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HttpResponse {
    /// The status code.
    pub(crate) status: u16,
    /// The reason phrase that the server sent, else the usual one for the code.
    pub(crate) reason: String,
    /// `1.0`, `1.1` or `2`.
    pub(crate) version: &'static str,
    /// All header fields in order.
    pub(crate) headers: Vec<Header>,
    /// The content with its content codings undone.
    pub(crate) body: Body,
}

impl HttpResponse {
    /// The value of the last field of that name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        last_value(&self.headers, name)
    }

    /// The size of the status line and header fields in HTTP/1.1's form, in bytes.
    pub(crate) fn header_size_bytes(&self) -> u64 {
        let status_line = format!(
            "HTTP/{} {} {}\r\n\r\n",
            self.version, self.status, self.reason
        );
        let fields: usize = self
            .headers
            .iter()
            .map(|field| field.name.len() + field.value.len() + 4)
            .sum();
        (status_line.len() + fields) as u64
    }
}

fn last_value<'fields>(headers: &'fields [Header], name: &str) -> Option<&'fields str> {
    headers
        .iter()
        .rev()
        .find(|field| field.is(name))
        .map(|field| field.value.as_str())
}
