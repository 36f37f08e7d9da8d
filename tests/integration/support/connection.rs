//! One connection to a test's server: requests byte for byte, answers of any kind.

use std::io::{self, Read, Write};

/// A request as it came over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    /// Request line and header fields, with the empty line that ends them.
    pub(crate) head: String,
    /// The content.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The first line, without its end.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    pub(crate) fn method(&self) -> &str {
        self.line().split(' ').next().unwrap_or_default()
    }

    /// Path and query as they were sent.
    pub(crate) fn target(&self) -> &str {
        self.line()
            .trim_end_matches(" HTTP/1.1")
            .split_once(' ')
            .unwrap_or_default()
            .1
    }

    /// Names and values of all header fields in order.
    pub(crate) fn headers(&self) -> Vec<(&str, &str)> {
        let lines = self
            .head
            .lines()
            .skip(1)
            .take_while(|line| !line.is_empty());
        lines
            .map(|line| line.split_once(": ").unwrap_or((line, "")))
            .collect()
    }

    /// All values of the fields of that name.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let fields = self.headers().into_iter();
        fields
            .filter(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    /// The value of the only field of that name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let values = self.values(name);
        assert!(
            values.len() < 2,
            "{name} was sent more than once: {values:?}"
        );
        values.first().copied()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// What a server does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Sends a response with a correct `Content-Length`.
    Response {
        status: &'static str,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    /// Sends these bytes and closes the connection.
    Raw(Vec<u8>),
    /// Closes the connection without an answer.
    Close,
    /// Sends these bytes, keeps the connection open and never says anything more.
    Stall(Vec<u8>),
}

impl Answer {
    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::status("200 OK").body(body)
    }

    /// A response with this code and reason and nothing else.
    pub(crate) fn status(status: &'static str) -> Self {
        Self::Response {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Never answers.
    pub(crate) fn silence() -> Self {
        Self::Stall(Vec::new())
    }

    pub(crate) fn json(value: &serde_json::Value) -> Self {
        Self::ok(value.to_string()).header("Content-Type", "application/json")
    }

    pub(crate) fn redirect(status: &'static str, location: impl Into<String>) -> Self {
        Self::status(status).header("Location", location)
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        if let Self::Response { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.into()));
        }
        self
    }

    pub(crate) fn body(mut self, content: impl Into<Vec<u8>>) -> Self {
        if let Self::Response { body, .. } = &mut self {
            *body = content.into();
        }
        self
    }
}

/// Serves requests until either side ends the connection.
pub(super) fn serve(
    stream: &mut (impl Read + Write),
    mut answer: impl FnMut(&Request) -> Answer,
) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(stream, &mut buffer)? {
        match answer(&request) {
            Answer::Response {
                status,
                headers,
                body,
            } => {
                stream.write_all(&response(&request, status, &headers, &body))?;
                stream.flush()?;
                // Proxies that carry one request for each connection wait for the end.
                let connection = request.values("connection");
                if connection
                    .iter()
                    .any(|value| value.eq_ignore_ascii_case("close"))
                {
                    return Ok(());
                }
            }
            Answer::Raw(bytes) => {
                stream.write_all(&bytes)?;
                return stream.flush();
            }
            Answer::Close => return Ok(()),
            Answer::Stall(bytes) => {
                stream.write_all(&bytes)?;
                stream.flush()?;
                while stream.read(&mut [0; 1024])? > 0 {}
                return Ok(());
            }
        }
    }
    Ok(())
}

fn response(request: &Request, status: &str, headers: &[(String, String)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let has_content = !status.starts_with("204") && !status.starts_with("304");
    if has_content {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    if has_content && request.method() != "HEAD" {
        bytes.extend_from_slice(body);
    }
    bytes
}

/// The next request, or nothing when the client has closed the connection in between.
fn read_request(stream: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let head_length = loop {
        if let Some(position) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break position + 4;
        }
        if read_more(stream, buffer)? == 0 {
            return Ok(None);
        }
    };
    let head: Vec<u8> = buffer.drain(..head_length).collect();
    let head: String = head.into_iter().map(char::from).collect();
    let mut request = Request {
        head,
        body: Vec::new(),
    };
    assert!(
        request.values("transfer-encoding").is_empty(),
        "postrider declares lengths: {request:?}"
    );
    let length = request
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while buffer.len() < length {
        if read_more(stream, buffer)? == 0 {
            return Ok(None);
        }
    }
    request.body = buffer.drain(..length).collect();
    Ok(Some(request))
}

fn read_more(stream: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let mut chunk = [0; 8192];
    let count = stream.read(&mut chunk)?;
    buffer.extend_from_slice(&chunk[..count]);
    Ok(count)
}
