//! The beginning of a content as text.

use crate::files::decode_text;

/// The text of the first bytes of a content, at most so many, and whether more follow.
///
/// `None` for a content that is no text.
pub(super) fn excerpt(content: &[u8], bytes: usize) -> Option<(String, bool)> {
    let mut end = content.len().min(bytes);
    // A character of UTF-8 that is cut would make the whole part look like Latin-1. It begins at most
    // three bytes before.
    for _ in 0..3 {
        if content.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
            end = end.saturating_sub(1);
        }
    }
    let part = &content[..end];
    (!part.contains(&0)).then(|| (decode_text(part.to_vec()), end < content.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_cut() {
        assert_eq!(excerpt("aé😀".as_bytes(), 2), Some(("a".to_owned(), true)));
        assert_eq!(excerpt("aé😀".as_bytes(), 6), Some(("aé".to_owned(), true)));
        assert_eq!(
            excerpt("aé😀".as_bytes(), 7),
            Some(("aé😀".to_owned(), false))
        );
    }

    #[test]
    fn what_is_not_utf_8_is_shown_all_the_same() {
        assert_eq!(excerpt(&[0x80; 100], 50), Some(("\u{80}".repeat(47), true)));
    }

    #[test]
    fn a_content_with_zero_bytes_is_no_text() {
        assert_eq!(excerpt(b"a\0b", 10), None);
        assert_eq!(excerpt(b"ab\0", 2), Some(("ab".to_owned(), true)));
    }
}
