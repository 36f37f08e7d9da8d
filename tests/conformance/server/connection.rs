//! One connection: requests byte for byte, one answer each.

use std::io::{self, Read, Write};

use super::request::{Framing, Request};

const LARGEST_HEAD: usize = 1 << 20;
const LARGEST_CONTENT: usize = 64 << 20;

/// Reads requests from a stream.
pub(super) struct Reader<S> {
    stream: S,
    buffer: Vec<u8>,
}

/// What is read next.
pub(super) enum Next {
    Request(Box<Request>),
    /// The client has ended the connection.
    End,
    /// It is not a request of HTTP/1.
    Malformed,
}

impl<S: Read + Write> Reader<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
        }
    }

    pub(super) fn stream(&mut self) -> &mut S {
        &mut self.stream
    }

    /// Reads the next request of the listener with this name.
    pub(super) fn next(&mut self, server: &'static str) -> io::Result<Next> {
        let Some(head) = self.read_head()? else {
            return Ok(Next::End);
        };
        let Some(mut request) = parse_head(server, &head) else {
            return Ok(Next::Malformed);
        };
        request.raw = head;
        let header = |name: &str| request.header(name).map(str::to_ascii_lowercase);
        if header("expect").is_some_and(|value| value == "100-continue") {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            self.stream.flush()?;
        }
        let coding = header("transfer-encoding").unwrap_or_default();
        if coding.contains("chunked") {
            request.framing = Framing::Chunked;
            self.read_chunks(&mut request)?;
        } else if let Some(length) = header("content-length") {
            let Some(length) = length.parse().ok().filter(|size| *size <= LARGEST_CONTENT) else {
                return Ok(Next::Malformed);
            };
            request.framing = Framing::Length;
            request.body = self.take(length)?;
            request.raw.extend_from_slice(&request.body);
        }
        Ok(Next::Request(Box::new(request)))
    }

    fn read_head(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                return self.take(end + 4).map(Some);
            }
            if self.buffer.len() > LARGEST_HEAD {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if !self.read_more()? {
                return Ok(None);
            }
        }
    }

    fn read_chunks(&mut self, request: &mut Request) -> io::Result<()> {
        loop {
            let line = self.take_line()?;
            request.raw.extend_from_slice(&line);
            let text = String::from_utf8_lossy(&line);
            let digits = text.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(digits, 16)
                .ok()
                .filter(|size| request.body.len() + size <= LARGEST_CONTENT)
                .ok_or(io::ErrorKind::InvalidData)?;
            if size == 0 {
                break;
            }
            let chunk = self.take(size + 2)?;
            request.raw.extend_from_slice(&chunk);
            request.body.extend_from_slice(&chunk[..size]);
        }
        loop {
            let trailer = self.take_line()?;
            request.raw.extend_from_slice(&trailer);
            if trailer.len() == 2 {
                return Ok(());
            }
        }
    }

    fn take_line(&mut self) -> io::Result<Vec<u8>> {
        loop {
            if let Some(end) = find(&self.buffer, b"\r\n") {
                return self.take(end + 2);
            }
            if !self.read_more()? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    fn take(&mut self, count: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() < count {
            if !self.read_more()? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(self.buffer.drain(..count).collect())
    }

    /// Whether there was more.
    fn read_more(&mut self) -> io::Result<bool> {
        let mut chunk = [0; 16 * 1024];
        let count = self.stream.read(&mut chunk)?;
        self.buffer.extend_from_slice(&chunk[..count]);
        Ok(count > 0)
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn parse_head(server: &'static str, head: &[u8]) -> Option<Request> {
    let text: String = head[..head.len() - 4]
        .iter()
        .copied()
        .map(char::from)
        .collect();
    let mut lines = text.split("\r\n");
    let (line, version) = lines.next()?.rsplit_once(" HTTP/")?;
    let (method, target) = line.split_once(' ')?;
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(':')?;
        (!name.is_empty()).then(|| (name.to_owned(), value.trim().to_owned()))
    });
    Some(Request {
        server,
        method: method.to_owned(),
        target: target.to_owned(),
        version: version.to_owned(),
        headers: headers.collect::<Option<_>>()?,
        framing: Framing::None,
        body: Vec::new(),
        raw: Vec::new(),
        server_name: None,
        client_certificate: None,
    })
}
