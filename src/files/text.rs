//! From bytes to text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, mem};

/// Decodes a file by its byte-order mark: UTF-8 or UTF-16 of either order, without the mark.
///
/// Without a mark it is UTF-8; bytes that are not UTF-8 are taken as Latin-1, where every byte is a
/// character. Unpaired surrogates become U+FFFD. It never fails.
pub(crate) fn decode_text(bytes: Vec<u8>) -> String {
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => encoding
            .decode_without_bom_handling(&bytes[mark..])
            .0
            .into_owned(),
        Some((encoding, mark)) if encoding == UTF_8 => utf8_or_latin1(bytes[mark..].to_vec()),
        _ => utf8_or_latin1(bytes),
    }
}

fn utf8_or_latin1(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| mem::decode_latin1(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_decides_and_is_dropped() {
        let utf16le: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("aé😀".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let utf16be: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain("aé😀".encode_utf16().flat_map(u16::to_be_bytes))
            .collect();

        assert_eq!(decode_text(b"\xef\xbb\xbfa\xc3\xa9".to_vec()), "aé");
        assert_eq!(decode_text(utf16le), "aé😀");
        assert_eq!(decode_text(utf16be), "aé😀");
    }

    #[test]
    fn what_is_not_utf_8_is_latin_1() {
        assert_eq!(decode_text(b"caf\xe9 \x80".to_vec()), "café \u{80}");
    }

    #[test]
    fn text_without_a_mark_stays_as_it_is() {
        assert_eq!(decode_text("naïve 😀".as_bytes().to_vec()), "naïve 😀");
        assert_eq!(decode_text(Vec::new()), "");
    }

    #[test]
    fn half_a_character_in_utf_16_does_not_fail() {
        assert_eq!(
            decode_text(vec![0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8]),
            "a\u{fffd}"
        );
    }
}
