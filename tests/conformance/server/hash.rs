//! The hash functions of the authorization schemes that the servers check.
//!
//! They are written out because the program itself needs none of the old ones, and a test needs no speed.

use std::fmt::Write;

/// A hash function: from a text of any length to a fixed number of bytes.
pub(crate) type Hash = fn(&[u8]) -> Vec<u8>;

/// The fractional parts of the cube roots of the first 80 primes (FIPS 180-4, 4.2.3); their upper halves
/// are the constants of SHA-256.
#[rustfmt::skip]
const CUBE_ROOTS: [u64; 80] = [
    0x428a_2f98_d728_ae22, 0x7137_4491_23ef_65cd, 0xb5c0_fbcf_ec4d_3b2f, 0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538, 0x59f1_11f1_b605_d019, 0x923f_82a4_af19_4f9b, 0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242, 0x1283_5b01_4570_6fbe, 0x2431_85be_4ee4_b28c, 0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f, 0x80de_b1fe_3b16_96b1, 0x9bdc_06a7_25c7_1235, 0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2, 0xefbe_4786_384f_25e3, 0x0fc1_9dc6_8b8c_d5b5, 0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275, 0x4a74_84aa_6ea6_e483, 0x5cb0_a9dc_bd41_fbd4, 0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab, 0xa831_c66d_2db4_3210, 0xb003_27c8_98fb_213f, 0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2, 0xd5a7_9147_930a_a725, 0x06ca_6351_e003_826f, 0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc, 0x2e1b_2138_5c26_c926, 0x4d2c_6dfc_5ac4_2aed, 0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de, 0x766a_0abb_3c77_b2a8, 0x81c2_c92e_47ed_aee6, 0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364, 0xa81a_664b_bc42_3001, 0xc24b_8b70_d0f8_9791, 0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218, 0xd699_0624_5565_a910, 0xf40e_3585_5771_202a, 0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8, 0x1e37_6c08_5141_ab53, 0x2748_774c_df8e_eb99, 0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63, 0x4ed8_aa4a_e341_8acb, 0x5b9c_ca4f_7763_e373, 0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc, 0x78a5_636f_4317_2f60, 0x84c8_7814_a1f0_ab72, 0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28, 0xa450_6ceb_de82_bde9, 0xbef9_a3f7_b2c6_7915, 0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c, 0xd186_b8c7_21c0_c207, 0xeada_7dd6_cde0_eb1e, 0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba, 0x0a63_7dc5_a2c8_98a6, 0x113f_9804_bef9_0dae, 0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84, 0x32ca_ab7b_40c7_2493, 0x3c9e_be0a_15c9_bebc, 0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6, 0x597f_299c_fc65_7e2a, 0x5fcb_6fab_3ad6_faec, 0x6c44_198c_4a47_5817,
];

const SHA_512_START: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a text cannot fail");
    }
    text
}

/// HMAC as in RFC 2104; `block` is the block size of the hash function in bytes.
pub(crate) fn hmac(hash: Hash, block: usize, key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut key = if key.len() > block {
        hash(key)
    } else {
        key.to_vec()
    };
    key.resize(block, 0);
    let with = |mask: u8, rest: &[u8]| -> Vec<u8> {
        let masked = key.iter().map(|byte| byte ^ mask);
        masked.chain(rest.iter().copied()).collect()
    };
    hash(&with(0x5c, &hash(&with(0x36, text))))
}

pub(crate) fn md5(text: &[u8]) -> Vec<u8> {
    const SHIFTS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded(text, 64, u64::to_le_bytes).chunks(64) {
        let words = words(block, u32::from_le_bytes);
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64_usize {
            let (mixed, word) = match step / 16 {
                0 => ((b & c) | (!b & d), step),
                1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
                2 => (b ^ c ^ d, (3 * step + 5) % 16),
                _ => (c ^ (b | !d), (7 * step) % 16),
            };
            let constant = (((step + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a
                .wrapping_add(mixed)
                .wrapping_add(constant)
                .wrapping_add(words[word]);
            let turned = sum.rotate_left(SHIFTS[step / 16][step % 4]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(turned));
        }
        add(&mut state, [a, b, c, d]);
    }
    state.iter().flat_map(|word| word.to_le_bytes()).collect()
}

pub(crate) fn sha1(text: &[u8]) -> Vec<u8> {
    let mut state = [
        0x6745_2301_u32,
        0xefcd_ab89,
        0x98ba_dcfe,
        0x1032_5476,
        0xc3d2_e1f0,
    ];
    for block in padded(text, 64, u64::to_be_bytes).chunks(64) {
        let mut words = words(block, u32::from_be_bytes);
        for i in 16..80 {
            let mixed = words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16];
            words.push(mixed.rotate_left(1));
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (step, word) in words.iter().enumerate() {
            let (mixed, constant) = match step / 20 {
                0 => ((b & c) | (!b & d), 0x5a82_7999_u32),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let sum = a
                .rotate_left(5)
                .wrapping_add(mixed)
                .wrapping_add(e)
                .wrapping_add(constant)
                .wrapping_add(*word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, sum);
        }
        add(&mut state, [a, b, c, d, e]);
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

pub(crate) fn sha256(text: &[u8]) -> Vec<u8> {
    let mut state = SHA_512_START.map(|word| (word >> 32) as u32);
    for block in padded(text, 64, u64::to_be_bytes).chunks(64) {
        let mut words = words(block, u32::from_be_bytes);
        for i in 16..64 {
            let (x, y) = (words[i - 15], words[i - 2]);
            let first = x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3);
            let second = y.rotate_right(17) ^ y.rotate_right(19) ^ (y >> 10);
            let sum = words[i - 16].wrapping_add(first).wrapping_add(words[i - 7]);
            words.push(sum.wrapping_add(second));
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
        for (word, constant) in words.iter().zip(CUBE_ROOTS) {
            let upper = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let lower = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            let one = h
                .wrapping_add(upper)
                .wrapping_add((e & f) ^ (!e & g))
                .wrapping_add((constant >> 32) as u32)
                .wrapping_add(*word);
            let two = lower.wrapping_add((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e) = (g, f, e, d.wrapping_add(one));
            (d, c, b, a) = (c, b, a, one.wrapping_add(two));
        }
        add(&mut state, [a, b, c, d, e, f, g, h]);
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

pub(crate) fn sha512(text: &[u8]) -> Vec<u8> {
    sha512_from(SHA_512_START, text)
}

pub(crate) fn sha512_256(text: &[u8]) -> Vec<u8> {
    // FIPS 180-4, 5.3.6: the start is itself a hash.
    let own = SHA_512_START.map(|word| word ^ 0xa5a5_a5a5_a5a5_a5a5);
    let start = words(&sha512_from(own, b"SHA-512/256"), u64::from_be_bytes);
    let start = start.try_into().expect("64 bytes are eight words");
    let mut hash = sha512_from(start, text);
    hash.truncate(32);
    hash
}

fn sha512_from(mut state: [u64; 8], text: &[u8]) -> Vec<u8> {
    let long = |length: u64| u128::from(length).to_be_bytes();
    for block in padded(text, 128, long).chunks(128) {
        let mut words = words(block, u64::from_be_bytes);
        for i in 16..80 {
            let (x, y) = (words[i - 15], words[i - 2]);
            let first = x.rotate_right(1) ^ x.rotate_right(8) ^ (x >> 7);
            let second = y.rotate_right(19) ^ y.rotate_right(61) ^ (y >> 6);
            let sum = words[i - 16].wrapping_add(first).wrapping_add(words[i - 7]);
            words.push(sum.wrapping_add(second));
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
        for (word, constant) in words.iter().zip(CUBE_ROOTS) {
            let upper = e.rotate_right(14) ^ e.rotate_right(18) ^ e.rotate_right(41);
            let lower = a.rotate_right(28) ^ a.rotate_right(34) ^ a.rotate_right(39);
            let one = h
                .wrapping_add(upper)
                .wrapping_add((e & f) ^ (!e & g))
                .wrapping_add(constant)
                .wrapping_add(*word);
            let two = lower.wrapping_add((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e) = (g, f, e, d.wrapping_add(one));
            (d, c, b, a) = (c, b, a, one.wrapping_add(two));
        }
        for (old, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *old = old.wrapping_add(new);
        }
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The text, a one bit, zeros, and the length in bits in the form that the function wants.
fn padded<const N: usize>(text: &[u8], block: usize, length: impl Fn(u64) -> [u8; N]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    bytes.push(0x80);
    while bytes.len() % block != block - N {
        bytes.push(0);
    }
    bytes.extend(length(text.len() as u64 * 8));
    bytes
}

fn words<T, const N: usize>(block: &[u8], read: impl Fn([u8; N]) -> T) -> Vec<T> {
    let (words, _) = block.as_chunks::<N>();
    words.iter().map(|word| read(*word)).collect()
}

fn add<const N: usize>(state: &mut [u32; N], more: [u32; N]) {
    for (old, new) in state.iter_mut().zip(more) {
        *old = old.wrapping_add(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &[u8] = b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

    #[test]
    fn hashes_are_those_of_the_standards() {
        let hash = |function: Hash, text: &[u8]| hexadecimal(&function(text));

        assert_eq!(hash(md5, b"abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(
            hash(sha1, b"abc"),
            "a9993e364706816aba3e25717850c26c9cd0d89d"
        );
        assert_eq!(
            hash(sha256, b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            hash(sha512_256, b"abc"),
            "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"
        );
        assert!(hash(sha512, b"abc").starts_with("ddaf35a193617abacc417349ae204131"));
    }

    #[test]
    fn a_text_longer_than_a_block_is_hashed_as_well() {
        let hash = |function: Hash| hexadecimal(&function(LONG));

        assert!(hash(md5).starts_with("03dd8807a93175fb062dfb55dc7d359c"));
        assert!(hash(sha1).starts_with("a49b2446a02c645bf419f995b6709125"));
        assert!(hash(sha256).starts_with("cf5b16a778af8380036ce59e7b049237"));
        assert!(hash(sha512).starts_with("8e959b75dae313da8cf4f72814fc143f"));
        assert!(hash(sha512_256).starts_with("3928e184fb8690f840da3988121d31be"));
    }

    #[test]
    fn a_keyed_hash_is_that_of_the_standard() {
        // RFC 2202 and RFC 4231, second case of each.
        let (key, text) = (b"Jefe", b"what do ya want for nothing?");

        assert_eq!(
            hexadecimal(&hmac(sha1, 64, key, text)),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        );
        assert!(
            hexadecimal(&hmac(sha256, 64, key, text))
                .starts_with("5bdcc146bf60754e6a042426089575c7")
        );
        assert!(
            hexadecimal(&hmac(sha512, 128, key, text))
                .starts_with("164b7a7bfcf819e2e395fbe73b56e0a3")
        );
    }
}
