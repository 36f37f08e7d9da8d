//! Undoing the content codings of responses (RFC 9110, 8.4).

use std::io::{self, Read};

use bytes::Bytes;
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::Error;
use super::keeper::Keeper;

/// Undoes the codings named in `Content-Encoding`, the last one first, and hands the content on; an unknown
/// one ends it.
///
/// What the last decoder gives is never in memory as a whole, so that a small content that decodes to an
/// enormous one does no harm.
///
/// # Errors
///
/// When the content does not fit its coding, or cannot be saved.
pub(super) fn decode(content: Bytes, encoding: &str, keeper: &mut Keeper) -> Result<(), Error> {
    let invalid = |error: io::Error| Error::InvalidContent {
        encoding: encoding.to_owned(),
        reason: error.to_string(),
    };
    let mut content = content;
    let mut codings = encoding.rsplit(',').map(str::trim).peekable();
    while let Some(coding) = codings.next() {
        let Some(mut reader) = decoder(&content, coding).map_err(invalid)? else {
            break;
        };
        if codings.peek().is_none_or(|coding| !is_known(coding)) {
            return keeper.push_all(&mut reader)?.map_err(invalid);
        }
        let mut output = Vec::new();
        reader.read_to_end(&mut output).map_err(invalid)?;
        drop(reader);
        content = output.into();
    }
    keeper.push(&content)
}

fn is_known(coding: &str) -> bool {
    let known = ["gzip", "x-gzip", "deflate", "zstd", "br"];
    known.iter().any(|name| name.eq_ignore_ascii_case(coding))
}

/// Reads what one coding hides; nothing when the coding is not known or there is no content.
fn decoder<'content>(
    content: &'content [u8],
    coding: &str,
) -> io::Result<Option<Box<dyn Read + 'content>>> {
    if content.is_empty() {
        return Ok(None);
    }
    Ok(Some(match coding.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => Box::new(Gunzip::new(content)?),
        "deflate" => inflate(content),
        "zstd" => Box::new(Unzstd::new(content)?),
        "br" => Box::new(brotli_decompressor::Decompressor::new(content, 4096)),
        _ => return Ok(None),
    }))
}

/// The first bytes of every gzip member (RFC 1952, 2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// All members; what follows them and a missing end are forgiven, as Node's zlib does for newman.
struct Gunzip<'content>(GzDecoder<&'content [u8]>);

impl<'content> Gunzip<'content> {
    fn new(content: &'content [u8]) -> io::Result<Self> {
        match content.starts_with(&GZIP_MAGIC) {
            true => Ok(Self(GzDecoder::new(content))),
            false => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "incorrect header check",
            )),
        }
    }
}

impl Read for Gunzip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = forgive_missing_end(self.0.read(buffer))?;
            let rest = *self.0.get_ref();
            if count > 0 || !rest.starts_with(&GZIP_MAGIC) {
                return Ok(count);
            }
            self.0 = GzDecoder::new(rest);
        }
    }
}

fn forgive_missing_end(read: io::Result<usize>) -> io::Result<usize> {
    match read {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
        other => other,
    }
}

/// A reader that ends where its content does.
struct Forgiving<R>(R);

impl<R: Read> Read for Forgiving<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        forgive_missing_end(self.0.read(buffer))
    }
}

/// All frames (RFC 8878, 3).
struct Unzstd<'content>(StreamingDecoder<&'content [u8], FrameDecoder>);

impl<'content> Unzstd<'content> {
    fn new(content: &'content [u8]) -> io::Result<Self> {
        StreamingDecoder::new(content)
            .map(Self)
            .map_err(io::Error::other)
    }
}

impl Read for Unzstd<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.0.read(buffer)?;
            let rest = *self.0.get_ref();
            if count > 0 || rest.is_empty() {
                return Ok(count);
            }
            *self = Self::new(rest)?;
        }
    }
}

/// Servers send `deflate` with or without the zlib header that the RFC asks for.
fn inflate<'content>(content: &'content [u8]) -> Box<dyn Read + 'content> {
    let has_zlib_header = content[0] & 0x0f == 8
        && content.len() > 1
        && (u16::from(content[0]) << 8 | u16::from(content[1])) % 31 == 0;
    if has_zlib_header {
        Box::new(Forgiving(ZlibDecoder::new(content)))
    } else {
        Box::new(Forgiving(DeflateDecoder::new(content)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};

    fn decode(content: Bytes, encoding: Option<&str>) -> Result<Bytes, Error> {
        let mut keeper = Keeper::new(None, None)?;
        super::decode(content, encoding.unwrap_or_default(), &mut keeper)?;
        Ok(keeper.finish()?.whole().unwrap().clone())
    }

    fn read_all(mut reader: impl Read) -> io::Result<Bytes> {
        let mut output = Vec::new();
        reader.read_to_end(&mut output)?;
        Ok(output.into())
    }

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
