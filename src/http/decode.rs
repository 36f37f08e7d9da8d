//! Undoing the content codings of responses (RFC 9110, 8.4).

use std::io::{self, Read};

use bytes::Bytes;
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

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
            "gzip" | "x-gzip" => gunzip(&content)?,
            "deflate" => inflate(&content)?,
            "zstd" => unzstd(&content)?,
            "br" => read_all(brotli_decompressor::Decompressor::new(&*content, 4096))?,
            _ => return Ok(content),
        };
    }
    Ok(content)
}

/// The first bytes of every gzip member (RFC 1952, 2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// All members; what follows them and a missing end are forgiven, as Node's zlib does for newman.
fn gunzip(content: &[u8]) -> io::Result<Bytes> {
    if !content.starts_with(&GZIP_MAGIC) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "incorrect header check",
        ));
    }
    let mut output = Vec::new();
    let mut rest = content;
    loop {
        let mut decoder = GzDecoder::new(rest);
        forgive_missing_end(decoder.read_to_end(&mut output))?;
        rest = decoder.into_inner();
        if !rest.starts_with(&GZIP_MAGIC) {
            return Ok(output.into());
        }
    }
}

fn forgive_missing_end(read: io::Result<usize>) -> io::Result<()> {
    match read {
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => Err(error),
        _ => Ok(()),
    }
}

/// All frames (RFC 8878, 3).
fn unzstd(content: &[u8]) -> io::Result<Bytes> {
    let mut output = Vec::new();
    let mut rest = content;
    while !rest.is_empty() {
        let mut decoder = StreamingDecoder::new(&mut rest).map_err(io::Error::other)?;
        decoder.read_to_end(&mut output)?;
    }
    Ok(output.into())
}

/// Servers send `deflate` with or without the zlib header that the RFC asks for.
fn inflate(content: &[u8]) -> io::Result<Bytes> {
    let has_zlib_header = content[0] & 0x0f == 8
        && content.len() > 1
        && (u16::from(content[0]) << 8 | u16::from(content[1])) % 31 == 0;
    let mut output = Vec::new();
    forgive_missing_end(match has_zlib_header {
        true => ZlibDecoder::new(content).read_to_end(&mut output),
        false => DeflateDecoder::new(content).read_to_end(&mut output),
    })?;
    Ok(output.into())
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
    fn members_and_frames_are_joined_and_what_follows_is_left_out() {
        let member =
            |text: &'static [u8]| read_all(GzEncoder::new(text, Compression::default())).unwrap();
        let gzip = [&*member(b"one, "), &*member(b"two"), b"rubbish"].concat();
        let zstd = [ZSTD_ABC, ZSTD_ABC].concat();

        assert_eq!(decode(gzip.into(), Some("gzip")).unwrap(), "one, two");
        assert_eq!(decode(zstd.into(), Some("zstd")).unwrap(), "abcabc");
    }

    #[test]
    fn a_missing_end_is_forgiven_where_node_forgives_it() {
        let text = b"some text, some text, some text".as_slice();
        let whole = read_all(GzEncoder::new(text, Compression::default())).unwrap();

        let cut = whole.slice(..whole.len() - 8);
        assert_eq!(decode(cut, Some("gzip")).unwrap(), text);
    }

    #[test]
    fn several_codings_are_undone_from_the_last_to_the_first() {
        let text = b"some text".as_slice();
        let inner = read_all(GzEncoder::new(text, Compression::default())).unwrap();
        let outer = read_all(ZlibEncoder::new(&*inner, Compression::default())).unwrap();

        assert_eq!(decode(outer, Some("gzip, deflate")).unwrap(), text);
    }

    /// A frame with one raw block, written by hand (RFC 8878, 3.1.1).
    const ZSTD_ABC: [u8; 12] = [
        0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x03, 0x19, 0x00, 0x00, b'a', b'b', b'c',
    ];

    #[test]
    fn broken_content_is_an_error() {
        for encoding in ["gzip", "deflate", "br", "zstd"] {
            let content = Bytes::from_static(b"not what it says it is");
            assert!(decode(content, Some(encoding)).is_err(), "{encoding}");
        }
    }
}
