//! The three messages of the handshake in bytes (MS-NLMP, 2.2.1).

use super::proof::Proof;

const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";

/// The flags of MS-NLMP, 2.2.2.5, as far as they are used here.
mod flag {
    pub(super) const UNICODE: u32 = 0x0000_0001;
    pub(super) const OEM: u32 = 0x0000_0002;
    pub(super) const REQUEST_TARGET: u32 = 0x0000_0004;
    pub(super) const NTLM: u32 = 0x0000_0200;
    pub(super) const DOMAIN_SUPPLIED: u32 = 0x0000_1000;
    pub(super) const WORKSTATION_SUPPLIED: u32 = 0x0000_2000;
    pub(super) const ALWAYS_SIGN: u32 = 0x0000_8000;
    pub(super) const EXTENDED_SECURITY: u32 = 0x0008_0000;
    pub(super) const TARGET_INFO: u32 = 0x0080_0000;
    pub(super) const VERSION: u32 = 0x0200_0000;
    pub(super) const KEY_128: u32 = 0x2000_0000;
    pub(super) const KEY_56: u32 = 0x8000_0000;
}

/// Windows 5.1.2600 with NTLM revision 15: what clients have called themselves for ages.
const VERSION: [u8; 8] = [5, 1, 0x28, 0x0a, 0, 0, 0, 15];

/// Of the entries of a target information, the one that holds the server's time (MS-NLMP, 2.2.2.1).
const TIMESTAMP_ENTRY: u16 = 7;

/// The first message: what the client can do.
pub(super) fn negotiate(domain: &str, workstation: &str) -> Vec<u8> {
    let mut flags = flag::UNICODE
        | flag::OEM
        | flag::REQUEST_TARGET
        | flag::NTLM
        | flag::ALWAYS_SIGN
        | flag::EXTENDED_SECURITY
        | flag::VERSION
        | flag::KEY_128
        | flag::KEY_56
        | flag::WORKSTATION_SUPPLIED;
    if !domain.is_empty() {
        flags |= flag::DOMAIN_SUPPLIED;
    }
    // Nothing but ASCII can be written in a message from before the encoding is agreed on.
    let ascii = |text: &str| -> Vec<u8> { text.bytes().filter(u8::is_ascii).collect() };
    let (domain, workstation) = (ascii(domain), ascii(workstation));
    let start = 40;
    let mut message = SIGNATURE.to_vec();
    message.extend(1_u32.to_le_bytes());
    message.extend(flags.to_le_bytes());
    message.extend(field(&domain, start + workstation.len()));
    message.extend(field(&workstation, start));
    message.extend(VERSION);
    message.extend(workstation);
    message.extend(domain);
    message
}

/// The second message: what the server asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) nonce: [u8; 8],
    /// What the server says of itself; empty when it says nothing.
    pub(super) target_info: Vec<u8>,
    pub(super) is_unicode: bool,
    /// Whether the server can do more than the first version of the protocol.
    pub(super) has_extended_security: bool,
}

impl Challenge {
    /// Reads the message; nothing when it is cut short or another one.
    pub(super) fn parse(message: &[u8]) -> Option<Self> {
        if message.get(..8)? != SIGNATURE || number(message, 8)? != 2 {
            return None;
        }
        let flags = number(message, 20)?;
        let target_info = match flags & flag::TARGET_INFO != 0 {
            true => {
                let length = usize::from(short(message, 40)?);
                let start = usize::try_from(number(message, 44)?).ok()?;
                message.get(start..start.checked_add(length)?)?.to_vec()
            }
            false => Vec::new(),
        };
        Some(Self {
            nonce: message.get(24..32)?.try_into().ok()?,
            target_info,
            is_unicode: flags & flag::UNICODE != 0,
            has_extended_security: flags & flag::EXTENDED_SECURITY != 0,
        })
    }

    /// The server's time, which the answer has to repeat, in units of 100 ns since 1601.
    pub(super) fn timestamp(&self) -> Option<u64> {
        let mut rest = self.target_info.as_slice();
        while let (Some(id), Some(length)) = (short(rest, 0), short(rest, 2)) {
            let value = rest.get(4..4 + usize::from(length))?;
            if id == TIMESTAMP_ENTRY {
                return Some(u64::from_le_bytes(value.try_into().ok()?));
            }
            rest = &rest[4 + usize::from(length)..];
        }
        None
    }
}

/// Who the client is, in the third message.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) domain: String,
    pub(super) user: String,
    pub(super) workstation: String,
}

/// The third message: the client's proof.
pub(super) fn authenticate(challenge: &Challenge, names: &Names, proof: &Proof) -> Vec<u8> {
    let mut flags = flag::REQUEST_TARGET
        | flag::NTLM
        | flag::ALWAYS_SIGN
        | flag::EXTENDED_SECURITY
        | flag::TARGET_INFO
        | flag::VERSION
        | flag::KEY_128
        | flag::KEY_56;
    if challenge.is_unicode {
        flags |= flag::UNICODE;
    }
    let encode = |text: &str| match challenge.is_unicode {
        true => utf16(text),
        false => text.bytes().collect(),
    };
    let (domain, user) = (encode(&names.domain), encode(&names.user));
    let workstation = encode(&names.workstation);
    let parts = [&domain, &user, &workstation, &proof.lm, &proof.nt];
    let mut starts = [0; 6];
    starts[0] = 72;
    for (position, part) in parts.iter().enumerate() {
        starts[position + 1] = starts[position] + part.len();
    }
    let mut message = SIGNATURE.to_vec();
    message.extend(3_u32.to_le_bytes());
    for position in [3, 4, 0, 1, 2] {
        message.extend(field(parts[position], starts[position]));
    }
    // No session key: HTTP signs and encrypts nothing with it.
    message.extend(field(&[], starts[5]));
    message.extend(flags.to_le_bytes());
    message.extend(VERSION);
    message.extend(parts.into_iter().flatten());
    message
}

/// A text as Windows writes it.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Length, room and place of a part of the message.
fn field(part: &[u8], start: usize) -> [u8; 8] {
    let length = u16::try_from(part.len()).unwrap_or(u16::MAX).to_le_bytes();
    let start = u32::try_from(start).unwrap_or(u32::MAX).to_le_bytes();
    [
        length[0], length[1], length[0], length[1], start[0], start[1], start[2], start[3],
    ]
}

fn number(message: &[u8], start: usize) -> Option<u32> {
    let bytes = message.get(start..start + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn short(message: &[u8], start: usize) -> Option<u16> {
    let bytes = message.get(start..start + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}
