//! Records packed together while the run goes on.

use std::io::{self, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde_json::Value;

use crate::files::Spool;

/// A record ends a packet that has become longer than this, in bytes of JSON.
const PACKET_BYTES: usize = 256 * 1024;

/// Puts records aside in packets: JSON arrays, compressed as gzip, in base64, one a line.
#[derive(Debug)]
pub(super) struct Packets {
    spool: Spool,
    encoder: GzEncoder<Vec<u8>>,
    records_at_most: usize,
    /// Of the packet that is being filled.
    records: usize,
    json_bytes: usize,
    /// Of all that are full.
    packets: usize,
    packed_bytes: u64,
}

impl Packets {
    /// No packets yet; they will end up in the file `beside`.
    pub(super) fn new(beside: &Path, records_at_most: usize) -> Self {
        Self {
            spool: Spool::new(beside),
            encoder: encoder(),
            records_at_most,
            records: 0,
            json_bytes: 0,
            packets: 0,
            packed_bytes: 0,
        }
    }

    /// Where the next record will be: its packet and its position there.
    pub(super) fn next_place(&self) -> (usize, usize) {
        (self.packets, self.records)
    }

    /// The size of all full packets.
    pub(super) fn packed_bytes(&self) -> u64 {
        self.packed_bytes
    }

    pub(super) fn push(&mut self, record: &impl Serialize) -> io::Result<()> {
        let json = serde_json::to_vec(record)?;
        let before: &[u8] = if self.records == 0 { b"[" } else { b"," };
        self.encoder.write_all(before)?;
        self.encoder.write_all(&json)?;
        self.records += 1;
        self.json_bytes += json.len();
        if self.records >= self.records_at_most || self.json_bytes >= PACKET_BYTES {
            self.close_packet()?;
        }
        Ok(())
    }

    /// Hands out each packet in order, and keeps them.
    pub(super) fn for_each(
        &mut self,
        handle: &mut dyn FnMut(&str) -> io::Result<()>,
    ) -> io::Result<()> {
        self.close_packet()?;
        let mut lines = Lines {
            line: Vec::new(),
            handle,
        };
        self.spool.copy_into(&mut lines)
    }

    fn close_packet(&mut self) -> io::Result<()> {
        if self.records == 0 {
            return Ok(());
        }
        self.encoder.write_all(b"]")?;
        let packed = std::mem::replace(&mut self.encoder, encoder()).finish()?;
        let mut line = STANDARD.encode(packed);
        line.push('\n');
        self.packed_bytes += line.len() as u64;
        self.packets += 1;
        self.records = 0;
        self.json_bytes = 0;
        self.spool.write_all(line.as_bytes())
    }
}

fn encoder() -> GzEncoder<Vec<u8>> {
    GzEncoder::new(Vec::new(), Compression::default())
}

/// The records of a packet.
pub(super) fn unpack(packet: &str) -> io::Result<Vec<Value>> {
    let packed = STANDARD.decode(packet).map_err(io::Error::other)?;
    Ok(serde_json::from_reader(GzDecoder::new(packed.as_slice()))?)
}

/// Takes bytes and hands out whole lines.
struct Lines<'handler> {
    line: Vec<u8>,
    handle: &'handler mut dyn FnMut(&str) -> io::Result<()>,
}

impl Write for Lines<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
            self.line.extend_from_slice(&rest[..end]);
            let line = str::from_utf8(&self.line).map_err(io::Error::other)?;
            (self.handle)(line)?;
            self.line.clear();
            rest = &rest[end + 1..];
        }
        self.line.extend_from_slice(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn packets_of(packets: &mut Packets) -> Vec<Vec<Value>> {
        let mut unpacked = Vec::new();
        packets
            .for_each(&mut |packet| {
                unpacked.push(unpack(packet)?);
                Ok(())
            })
            .unwrap();
        unpacked
    }

    #[test]
    fn records_are_found_where_they_were_placed() {
        let folder = tempfile::tempdir().unwrap();
        let mut packets = Packets::new(&folder.path().join("report"), 2);
        let records = [json!({"a": "</script>\u{2028}"}), json!(2), json!([3])];

        let mut places = Vec::new();
        for record in &records {
            places.push(packets.next_place());
            packets.push(record).unwrap();
        }

        assert_eq!(places, [(0, 0), (0, 1), (1, 0)]);
        let unpacked = packets_of(&mut packets);
        for (record, (packet, position)) in records.iter().zip(places) {
            assert_eq!(&unpacked[packet][position], record);
        }
    }

    #[test]
    fn packets_can_be_read_twice() {
        let folder = tempfile::tempdir().unwrap();
        let mut packets = Packets::new(&folder.path().join("report"), 1000);
        // More than the spool keeps in memory, and hard to compress.
        let mut state = 1_u32;
        for _ in 0..1000 {
            let noise: Vec<u32> = (0..100)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    state
                })
                .collect();
            packets.push(&noise).unwrap();
        }

        let first = packets_of(&mut packets);

        assert!(packets.packed_bytes() > 512 * 1024);
        assert_eq!(packets_of(&mut packets), first);
    }

    #[test]
    fn a_long_record_ends_its_packet() {
        let folder = tempfile::tempdir().unwrap();
        let mut packets = Packets::new(&folder.path().join("report"), 1000);

        packets.push(&"x".repeat(PACKET_BYTES)).unwrap();

        assert_eq!(packets.next_place(), (1, 0));
    }

    #[test]
    fn no_records_make_no_packet() {
        let folder = tempfile::tempdir().unwrap();
        let mut packets = Packets::new(&folder.path().join("report"), 10);

        assert!(packets_of(&mut packets).is_empty());
    }
}
