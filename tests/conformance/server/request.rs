//! A request as it came over the wire, and the views of it that the services need.

use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use regex::{Regex, bytes};
use serde_json::{Map, Value};

use crate::javascript::collect;

/// How the end of a request's content was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// There is no content.
    None,
    Length,
    Chunked,
}

#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Which listener received it.
    pub(crate) server: &'static str,
    pub(crate) method: String,
    /// The target as it was sent.
    pub(crate) target: String,
    /// "1.0" or "1.1".
    pub(crate) version: String,
    /// Names and values as they were sent, in order; each character is one byte.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) framing: Framing,
    pub(crate) body: Vec<u8>,
    /// Head and content as they were received, the marks of chunks included.
    pub(crate) raw: Vec<u8>,
    /// The name that the client asked for in TLS.
    pub(crate) server_name: Option<String>,
    /// The common name of the certificate that the client showed.
    pub(crate) client_certificate: Option<String>,
}

impl Request {
    /// The first value of a field.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.headers.iter();
        let field = fields.find(|(own, _)| own.eq_ignore_ascii_case(name));
        field.map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The fields as an object, sorted by name so that their order on the wire does not show in answers.
    pub(super) fn headers_object(&self, rename: impl Fn(&str) -> String) -> Value {
        let mut fields: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| (rename(name), value.clone()))
            .collect();
        fields.sort_by(|(left, _), (right, _)| left.cmp(right));
        let mut object: Map<String, Value> = Map::new();
        for (name, value) in fields {
            match object.get_mut(&name) {
                Some(Value::String(values)) => {
                    values.push_str(", ");
                    values.push_str(&value);
                }
                _ => {
                    object.insert(name, value.into());
                }
            }
        }
        Value::Object(object)
    }
}

/// Decoded parts of a request.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) scheme: &'static str,
    /// The `Host` field.
    pub(super) host: String,
    /// The host without a port.
    pub(super) hostname: String,
    pub(super) path: String,
    pub(super) query: String,
    /// The absolute URL, without a default port.
    pub(super) url: String,
    /// The media type of the content, in lower case and without parameters.
    pub(super) media_type: String,
}

impl View {
    pub(super) fn of(request: &Request) -> Self {
        static DEFAULT_PORT: LazyLock<[Regex; 2]> =
            LazyLock::new(|| [regex(":80$"), regex(":443$")]);
        static PORT: LazyLock<Regex> = LazyLock::new(|| regex(r":\d+$"));
        static ORIGIN: LazyLock<Regex> = LazyLock::new(|| regex(r"^\w+://[^/]*"));

        let is_tls = request.server == "https";
        let scheme = if is_tls { "https" } else { "http" };
        let host = request.header("host").unwrap_or_default();
        let mut local = request.target.clone();
        if !local.starts_with('/') {
            local = ORIGIN.replace(&local, "").into_owned();
            if local.is_empty() {
                local.push('/');
            }
        }
        let (path, query) = local.split_once('?').unwrap_or((&local, ""));
        let content_type = request.header("content-type").unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default();
        let shown = DEFAULT_PORT[usize::from(is_tls)].replace(host, "");
        Self {
            scheme,
            host: host.to_owned(),
            hostname: PORT.replace(host, "").into_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            url: format!("{scheme}://{shown}{local}"),
            media_type: media_type.trim().to_ascii_lowercase(),
        }
    }

    /// The decoded parameters of the query.
    pub(super) fn query_pairs(&self) -> Vec<(String, String)> {
        parse_pairs(self.query.as_bytes())
    }

    /// The parameters as an object.
    pub(super) fn arguments(&self) -> Value {
        collect_texts(self.query_pairs())
    }

    /// The first value of a parameter.
    pub(super) fn argument(&self, name: &str) -> Option<String> {
        let mut pairs = self.query_pairs().into_iter();
        pairs.find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The decoded segments of the path, or nothing if one cannot be decoded.
    pub(super) fn segments(&self) -> Option<Vec<String>> {
        self.path.split('/').skip(1).map(decode).collect()
    }
}

/// An object of texts.
pub(super) fn collect_texts(pairs: impl IntoIterator<Item = (String, String)>) -> Value {
    collect(
        pairs
            .into_iter()
            .map(|(name, value)| (name, Value::from(value))),
    )
}

/// The decoded pairs of an urlencoded text.
pub(super) fn parse_pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// The cookies of a request as an object.
pub(super) fn cookies(request: &Request) -> Value {
    let field = request.header("cookie").unwrap_or_default();
    let parts = field
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    collect_texts(parts.map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = decode(value).unwrap_or_else(|| value.to_owned());
        (name.to_owned(), value)
    }))
}

/// As `decodeURIComponent`; nothing where that throws.
pub(super) fn decode(text: &str) -> Option<String> {
    static BROKEN: LazyLock<Regex> = LazyLock::new(|| regex("%(?:[0-9A-Fa-f]?(?:[^0-9A-Fa-f]|$))"));

    if BROKEN.is_match(text) {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

/// One part of a form.
pub(super) struct Part {
    pub(super) name: String,
    /// The file name, where the part is a file.
    pub(super) file_name: Option<String>,
    pub(super) content: Vec<u8>,
}

/// The parts of a `multipart/form-data` content.
pub(super) fn parse_multipart(request: &Request) -> Vec<Part> {
    let Some(boundary) = boundary(request) else {
        return Vec::new();
    };
    let marker = bytes::Regex::new(&format!("(?-u)--{}", regex::escape(&boundary)))
        .expect("an escaped text is a pattern");
    let starts: Vec<_> = marker
        .find_iter(&request.body)
        .map(|found| (found.start(), found.end()))
        .collect();
    let mut parts = Vec::new();
    for pair in starts.windows(2) {
        let [(_, start), (end, _)] = pair else {
            continue;
        };
        let part = request.body.get(start + 2..end - 2).unwrap_or_default();
        parts.extend(parse_part(part));
    }
    parts
}

/// The boundary that a request names.
pub(crate) fn boundary(request: &Request) -> Option<String> {
    static BOUNDARY: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"(?i)^multipart/.*boundary=(?:"([^"]+)"|([^;\s]+))"#));

    let found = BOUNDARY.captures(request.header("content-type")?)?;
    let name = found.get(1).or(found.get(2))?;
    Some(name.as_str().to_owned())
}

fn parse_part(part: &[u8]) -> Option<Part> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?i);\s*name="((?:[^"\\]|\\.)*)""#));
    static FILE_NAME: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"(?i);\s*filename="((?:[^"\\]|\\.)*)""#));

    let split = part.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&part[..split]);
    let first = |pattern: &Regex| Some(pattern.captures(&head)?.get(1)?.as_str().to_owned());
    Some(Part {
        name: first(&NAME).unwrap_or_default(),
        file_name: first(&FILE_NAME),
        content: part[split + 4..].to_vec(),
    })
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}
