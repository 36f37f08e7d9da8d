//! Undoing the content codings of responses (RFC 9110, 8.4).

use std::io::{self, Read};

use bytes::Bytes;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Undoes the codings named in `Content-Encoding`, the last one first; an unknown one ends it.
///
/// # Errors
///
/// When the content does not fit its coding.
pub(super) fn decode(content: Bytes, encoding: Option<&str>) -> io::Result<Bytes> {
    let mut content = content;
    if content.is_empty() {
        return Ok(content);
    }
    for coding in encoding.unwrap_or_default().rsplit(',') {
        content = match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => read_all(MultiGzDecoder::new(&*content))?,
            "deflate" => inflate(&content)?,
            "br" => read_all(brotli_decompressor::Decompressor::new(&*content, 4096))?,
            _ => return Ok(content),
        };
    }
    Ok(content)
}

/// Servers send `deflate` with or without the zlib header that the RFC asks for.
fn inflate(content: &[u8]) -> io::Result<Bytes> {
    let has_zlib_header = content[0] & 0x0f == 8
        && content.len() > 1
        && (u16::from(content[0]) << 8 | u16::from(content[1])) % 31 == 0;
    if has_zlib_header {
        read_all(ZlibDecoder::new(content))
    } else {
        read_all(DeflateDecoder::new(content))
    }
}

fn read_all(mut reader: impl Read) -> io::Result<Bytes> {
    let mut output = Vec::new();
    reader.read_to_end(&mut output)?;
    Ok(output.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};

    #[test]
    fn every_coding_is_undone() {
        let text = b"some text, some text, some text".as_slice();
        let cases = [
            (
                "gzip",
                read_all(GzEncoder::new(text, Compression::default())).unwrap(),
            ),
            (
                "deflate",
                read_all(ZlibEncoder::new(text, Compression::default())).unwrap(),
            ),
            (
                "deflate",
                read_all(DeflateEncoder::new(text, Compression::default())).unwrap(),
            ),
            (
                "identity",
                Bytes::from_static(b"some text, some text, some text"),
            ),
        ];

        for (encoding, content) in cases {
            assert_eq!(decode(content, Some(encoding)).unwrap(), text, "{encoding}");
        }
    }

    #[test]
    fn broken_content_is_an_error() {
        assert!(decode(Bytes::from_static(b"no gzip"), Some("gzip")).is_err());
    }
}
