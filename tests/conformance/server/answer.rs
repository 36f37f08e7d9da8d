//! What a server does with a request.

use std::io::{self, Write};

use serde_json::Value;
use time::OffsetDateTime;
use time::macros::format_description;

use super::request::Request;
use crate::javascript::stringify;

/// An answer, not yet written.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    kind: Kind,
    headers: Vec<(String, String)>,
    closes: bool,
}

#[derive(Debug, Clone)]
enum Kind {
    Whole {
        status: u16,
        reason: Option<&'static str>,
        body: Vec<u8>,
    },
    Chunked {
        chunks: Vec<Vec<u8>>,
        trailers: &'static str,
    },
    Raw(Vec<u8>),
    Dropped,
}

impl Answer {
    /// A response with this code and nothing else.
    pub(super) fn new(status: u16) -> Self {
        Self::of(Kind::Whole {
            status,
            reason: None,
            body: Vec::new(),
        })
    }

    pub(super) fn json(status: u16, value: &Value) -> Self {
        let content_type = "application/json; charset=utf-8";
        Self::typed(status, content_type, stringify(value))
    }

    pub(super) fn text(status: u16, text: impl Into<Vec<u8>>) -> Self {
        Self::typed(status, "text/plain; charset=utf-8", text)
    }

    pub(super) fn html(status: u16, text: impl Into<Vec<u8>>) -> Self {
        Self::typed(status, "text/html; charset=utf-8", text)
    }

    pub(super) fn typed(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status)
            .header("Content-Type", content_type)
            .body(body)
    }

    pub(super) fn redirect(status: u16, location: &str) -> Self {
        Self::new(status)
            .header("Location", location)
            .header("Content-Type", "text/plain; charset=utf-8")
            .body(format!("Redirecting to {location}"))
    }

    /// A response in chunks; `trailers` are whole lines.
    pub(super) fn chunked(
        content_type: &str,
        chunks: Vec<Vec<u8>>,
        trailers: &'static str,
    ) -> Self {
        Self::of(Kind::Chunked { chunks, trailers }).header("Content-Type", content_type)
    }

    /// These bytes, and the end of the connection.
    pub(super) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::of(Kind::Raw(bytes.into())).closing()
    }

    /// The end of the connection without an answer.
    pub(super) fn dropped() -> Self {
        Self::of(Kind::Dropped).closing()
    }

    pub(super) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(super) fn body(mut self, content: impl Into<Vec<u8>>) -> Self {
        if let Kind::Whole { body, .. } = &mut self.kind {
            *body = content.into();
        }
        self
    }

    /// With these words after the code.
    pub(super) fn reason(mut self, words: &'static str) -> Self {
        if let Kind::Whole { reason, .. } = &mut self.kind {
            *reason = Some(words);
        }
        self
    }

    /// The connection ends after this answer.
    pub(super) fn closing(mut self) -> Self {
        self.closes = true;
        self
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            headers: Vec::new(),
            closes: false,
        }
    }

    /// Writes the answer and tells whether the connection stays open.
    pub(super) fn write(self, request: &Request, stream: &mut impl Write) -> io::Result<bool> {
        let wish = request.header("connection").unwrap_or_default();
        let wish = wish.to_ascii_lowercase();
        let is_kept = !self.closes
            && if request.version == "1.1" {
                wish != "close"
            } else {
                wish == "keep-alive"
            };
        let mut headers = vec![("Date".to_owned(), now())];
        headers.extend(self.headers);
        match self.kind {
            Kind::Whole {
                status,
                reason,
                body,
            } => {
                let has_content = !matches!(status, 204 | 304);
                if has_content {
                    headers.push(("Content-Length".to_owned(), body.len().to_string()));
                }
                stream.write_all(&head(status, reason, headers, is_kept))?;
                if has_content && request.method != "HEAD" {
                    stream.write_all(&body)?;
                }
            }
            Kind::Chunked { chunks, trailers } => {
                headers.push(("Transfer-Encoding".to_owned(), "chunked".to_owned()));
                stream.write_all(&head(200, None, headers, is_kept))?;
                if request.method != "HEAD" {
                    write_chunks(&chunks, trailers, stream)?;
                }
            }
            Kind::Raw(bytes) => stream.write_all(&bytes)?,
            Kind::Dropped => return Ok(false),
        }
        stream.flush()?;
        Ok(is_kept)
    }

    /// Whether nothing at all is written, not even the end of TLS.
    pub(super) fn is_dropped(&self) -> bool {
        matches!(self.kind, Kind::Dropped)
    }
}

fn write_chunks(chunks: &[Vec<u8>], trailers: &str, stream: &mut impl Write) -> io::Result<()> {
    for chunk in chunks.iter().filter(|chunk| !chunk.is_empty()) {
        write!(stream, "{:x}\r\n", chunk.len())?;
        stream.write_all(chunk)?;
        stream.write_all(b"\r\n")?;
    }
    write!(stream, "0\r\n{trailers}\r\n")
}

fn head(
    status: u16,
    reason: Option<&str>,
    headers: Vec<(String, String)>,
    is_kept: bool,
) -> Vec<u8> {
    let reason = reason.unwrap_or_else(|| usual_reason(status));
    let mut lines = vec![format!("HTTP/1.1 {status} {reason}")];
    lines.extend(
        headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    if !is_kept {
        lines.push("connection: close".to_owned());
    }
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.replace(['\r', '\n'], " "));
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    // Fields are Latin-1 while they can be.
    let latin: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
    latin.unwrap_or_else(|_| text.into_bytes())
}

fn usual_reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        409 => "Conflict",
        410 => "Gone",
        418 => "I'm a teapot",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Unknown",
    }
}

fn now() -> String {
    let format = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    OffsetDateTime::now_utc()
        .format(format)
        .expect("every time has these parts")
}
