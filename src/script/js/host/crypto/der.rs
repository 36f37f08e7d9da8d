//! Keys in the form of certificates and key files: `SubjectPublicKeyInfo` (RFC 5280, 4.1.2.7) and
//! `PrivateKeyInfo` (RFC 5208, 5).

use super::key::Key;

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const NULL: u8 = 0x05;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// The public key in an `ECPrivateKey` (RFC 5915, 3).
const PUBLIC_KEY: u8 = 0xa1;

const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P_256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P_384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// The members of an RSA key in the order of `RSAPrivateKey` (RFC 8017, A.1.2).
const RSA_MEMBERS: [&str; 8] = ["n", "e", "d", "p", "q", "dp", "dq", "qi"];

/// Reads elements one after the other.
struct Reader<'data>(&'data [u8]);

impl<'data> Reader<'data> {
    fn element(&mut self) -> Option<(u8, &'data [u8])> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, mut rest) = rest.split_first()?;
        let mut length = usize::from(first);
        if first & 0x80 != 0 {
            let count = usize::from(first & 0x7f);
            if !(1..=3).contains(&count) {
                return None;
            }
            let (digits, after) = rest.split_at_checked(count)?;
            length = digits
                .iter()
                .fold(0, |length, digit| length << 8 | usize::from(*digit));
            rest = after;
        }
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, content))
    }

    fn expect(&mut self, tag: u8) -> Option<&'data [u8]> {
        let (found, content) = self.element()?;
        (found == tag).then_some(content)
    }

    fn sequence(&mut self) -> Option<Self> {
        self.expect(SEQUENCE).map(Self)
    }

    /// A whole number without zeros in front.
    fn integer(&mut self) -> Option<Vec<u8>> {
        let content = self.expect(INTEGER)?;
        let start = content.iter().position(|byte| *byte != 0)?;
        Some(content[start..].to_vec())
    }

    /// The kind of key that an `AlgorithmIdentifier` names.
    fn kind(&mut self) -> Option<&'static str> {
        let mut algorithm = self.sequence()?;
        match algorithm.expect(OBJECT_IDENTIFIER)? {
            RSA_ENCRYPTION => Some("RSA"),
            ED25519 => Some("Ed25519"),
            EC_PUBLIC_KEY => match algorithm.expect(OBJECT_IDENTIFIER)? {
                P_256 => Some("P-256"),
                P_384 => Some("P-384"),
                _ => None,
            },
            _ => None,
        }
    }
}

fn size_of(curve: &str) -> usize {
    if curve == "P-384" { 48 } else { 32 }
}

/// Reads a `SubjectPublicKeyInfo`.
pub(super) fn public_key(data: &[u8]) -> Option<Key> {
    let mut info = Reader(data).sequence()?;
    let kind = info.kind()?;
    let content = info.expect(BIT_STRING)?.strip_prefix(&[0])?;
    match kind {
        "RSA" => {
            let mut numbers = Reader(content).sequence()?;
            Some(Key::new(
                kind,
                [("n", numbers.integer()?), ("e", numbers.integer()?)],
            ))
        }
        "Ed25519" => (content.len() == 32).then(|| Key::new(kind, [("x", content.to_vec())])),
        curve => point(curve, content),
    }
}

fn point(curve: &str, content: &[u8]) -> Option<Key> {
    let coordinates = content.strip_prefix(&[4])?;
    let size = size_of(curve);
    (coordinates.len() == 2 * size).then(|| {
        let (x, y) = coordinates.split_at(size);
        Key::new(curve, [("x", x.to_vec()), ("y", y.to_vec())])
    })
}

/// Reads a `PrivateKeyInfo`. Keys for a curve have to carry their public half.
pub(super) fn private_key(data: &[u8]) -> Option<Key> {
    let mut info = Reader(data).sequence()?;
    info.expect(INTEGER)?;
    let kind = info.kind()?;
    let content = info.expect(OCTET_STRING)?;
    match kind {
        "RSA" => {
            let mut numbers = Reader(content).sequence()?;
            numbers.expect(INTEGER)?;
            let members: Option<Vec<_>> = RSA_MEMBERS
                .iter()
                .map(|name| Some((*name, numbers.integer()?)))
                .collect();
            Some(Key::new(kind, members?))
        }
        "Ed25519" => {
            let seed = Reader(content).expect(OCTET_STRING)?.to_vec();
            let x = super::signature::public_half(&seed)?;
            Some(Key::new(kind, [("d", seed), ("x", x)]))
        }
        curve => {
            let mut key = Reader(content).sequence()?;
            key.expect(INTEGER)?;
            let secret = key.expect(OCTET_STRING)?.to_vec();
            let public = std::iter::from_fn(|| key.element())
                .find_map(|(tag, content)| (tag == PUBLIC_KEY).then_some(content))?;
            let public = Reader(public).expect(BIT_STRING)?.strip_prefix(&[0])?;
            let open = point(curve, public)?;
            Some(Key::new(
                curve,
                [
                    ("d", secret),
                    ("x", open.number("x").to_vec()),
                    ("y", open.number("y").to_vec()),
                ],
            ))
        }
    }
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut bytes = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => bytes.push(short),
        _ => {
            let digits = length.to_be_bytes();
            let start = digits.iter().position(|byte| *byte != 0).unwrap_or(0);
            bytes.push(0x80 | (digits.len() - start) as u8);
            bytes.extend_from_slice(&digits[start..]);
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

/// A number that is never negative.
fn integer(number: &[u8]) -> Vec<u8> {
    let is_high = number.first().is_none_or(|byte| byte & 0x80 != 0);
    let content = if is_high {
        [&[0], number].concat()
    } else {
        number.to_vec()
    };
    element(INTEGER, &content)
}

fn algorithm(kind: &str) -> Vec<u8> {
    let (name, parameter) = match kind {
        "RSA" => (RSA_ENCRYPTION, element(NULL, &[])),
        "Ed25519" => (ED25519, Vec::new()),
        "P-384" => (EC_PUBLIC_KEY, element(OBJECT_IDENTIFIER, P_384)),
        _ => (EC_PUBLIC_KEY, element(OBJECT_IDENTIFIER, P_256)),
    };
    element(
        SEQUENCE,
        &[element(OBJECT_IDENTIFIER, name), parameter].concat(),
    )
}

/// Writes the key as `PrivateKeyInfo`, or as `SubjectPublicKeyInfo` when it is the public half.
pub(super) fn written(key: &Key) -> Vec<u8> {
    let parts = if key.is_private() {
        let content = private_content(key);
        vec![
            integer(&[]),
            algorithm(&key.kind),
            element(OCTET_STRING, &content),
        ]
    } else {
        let bits = [vec![0], public_content(key)].concat();
        vec![algorithm(&key.kind), element(BIT_STRING, &bits)]
    };
    element(SEQUENCE, &parts.concat())
}

fn public_content(key: &Key) -> Vec<u8> {
    match key.kind.as_str() {
        "RSA" => element(
            SEQUENCE,
            &[integer(key.number("n")), integer(key.number("e"))].concat(),
        ),
        "Ed25519" => key.number("x").to_vec(),
        _ => key.point(),
    }
}

fn private_content(key: &Key) -> Vec<u8> {
    match key.kind.as_str() {
        "RSA" => {
            let numbers = RSA_MEMBERS
                .iter()
                .flat_map(|name| integer(key.number(name)));
            let content: Vec<u8> = integer(&[]).into_iter().chain(numbers).collect();
            element(SEQUENCE, &content)
        }
        "Ed25519" => element(OCTET_STRING, key.number("d")),
        _ => {
            let bits = [vec![0], key.point()].concat();
            let content = [
                integer(&[1]),
                element(OCTET_STRING, key.number("d")),
                element(PUBLIC_KEY, &element(BIT_STRING, &bits)),
            ];
            element(SEQUENCE, &content.concat())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::signature::generated;
    use super::*;

    #[test]
    fn a_written_key_reads_back_as_the_same_key() {
        for kind in ["P-256", "P-384", "Ed25519"] {
            let key = generated(kind).expect("a key");

            assert_eq!(private_key(&written(&key)), Some(key), "{kind}");
        }
    }

    #[test]
    fn bytes_that_are_no_key_are_refused() {
        let key = written(&generated("P-256").expect("a key"));

        for length in 0..key.len() {
            assert_eq!(private_key(&key[..length]), None, "{length}");
            assert_eq!(public_key(&key[..length]), None, "{length}");
        }
        assert_eq!(private_key(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), None);
    }
}
