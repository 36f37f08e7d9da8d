//! The NTLMv2 proof that the client knows the password (MS-NLMP, 3.3.2).

use md4::{Digest as _, Md4};

use super::message::{Challenge, utf16};
use crate::auth::hash::Hash;

/// What the third message carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proof {
    /// LMv2's, or zeros.
    pub(super) lm: Vec<u8>,
    /// NTLMv2's.
    pub(super) nt: Vec<u8>,
}

/// What a proof is made from, besides the server's challenge.
pub(super) struct Secret<'credentials> {
    pub(super) user: &'credentials str,
    pub(super) domain: &'credentials str,
    pub(super) password: &'credentials str,
}

impl Secret<'_> {
    /// `NTOWFv2`.
    pub(super) fn key(&self) -> Vec<u8> {
        let password = Md4::digest(utf16(self.password));
        let name = format!("{}{}", self.user.to_uppercase(), self.domain);
        Hash::Md5.keyed(password, utf16(&name))
    }

    /// The proof for a challenge, with the client's own challenge and time (in units of 100 ns since
    /// 1601).
    pub(super) fn prove(&self, challenge: &Challenge, client_nonce: [u8; 8], time: u64) -> Proof {
        let key = self.key();
        let nonces = [challenge.nonce, client_nonce].concat();
        let lm = match challenge.timestamp() {
            // A server that sends its time wants no LMv2 (MS-NLMP, 3.1.5.1.2).
            Some(_) => vec![0; 24],
            None => [Hash::Md5.keyed(&key, nonces), client_nonce.to_vec()].concat(),
        };
        let blob = blob(challenge, client_nonce, time);
        let proof = Hash::Md5.keyed(&key, [challenge.nonce.as_slice(), &blob].concat());
        Proof {
            lm,
            nt: [proof, blob].concat(),
        }
    }
}

/// The text that is signed, which goes along in clear.
fn blob(challenge: &Challenge, client_nonce: [u8; 8], time: u64) -> Vec<u8> {
    let mut blob = vec![1, 1, 0, 0, 0, 0, 0, 0];
    blob.extend(challenge.timestamp().unwrap_or(time).to_le_bytes());
    blob.extend(client_nonce);
    blob.extend([0; 4]);
    blob.extend(&challenge.target_info);
    blob.extend([0; 4]);
    blob
}
