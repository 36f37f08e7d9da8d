//! A stream in the brotli format that holds its content as it is (RFC 7932, 9.2).
//!
//! The program only needs to decompress, so there is no compressor to use.

/// The largest block that a length of four digits can tell.
const LARGEST_BLOCK: usize = 1 << 16;

pub(super) fn compress(content: &[u8]) -> Vec<u8> {
    // One bit: a window of 64 KiB. Each block then starts with: not the last (1 bit), a length of four
    // hexadecimal digits (2 bits), the length less one (16 bits), not compressed (1 bit).
    let mut bits = Bits::default();
    bits.push(0, 1);
    for block in content.chunks(LARGEST_BLOCK) {
        bits.push(0, 1);
        bits.push(0, 2);
        bits.push(block.len() as u32 - 1, 16);
        bits.push(1, 1);
        bits.align();
        bits.bytes.extend(block);
    }
    // The last block, which is empty.
    bits.push(0b11, 2);
    bits.align();
    bits.bytes
}

/// Bits in the order of the format: the lowest of a byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.used == 0 {
                self.bytes.push(0);
            }
            let set = ((value >> bit) & 1) as u8;
            *self.bytes.last_mut().expect("a byte was pushed above") |= set << self.used;
            self.used = (self.used + 1) % 8;
        }
    }

    fn align(&mut self) {
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_stream_holds_its_content() {
        for content in [&b""[..], b"a short text", &[7; 150_000]] {
            let mut read = Vec::new();
            let stream = compress(content);
            brotli_decompressor::Decompressor::new(stream.as_slice(), 4096)
                .read_to_end(&mut read)
                .unwrap();

            assert!(read == content);
        }
    }
}
