//! International bank account numbers.

use super::Random;

/// Countries with the make-up of an account number, as the registry of ISO 13616 writes it: how many of `n` digits,
/// `a` capital letters, `c` digits or capital letters.
const COUNTRIES: &[(&str, &[(u64, char)])] = &[
    ("AE", &[(19, 'n')]),
    ("AT", &[(16, 'n')]),
    ("BE", &[(12, 'n')]),
    ("BG", &[(4, 'a'), (6, 'n'), (8, 'c')]),
    ("CH", &[(5, 'n'), (12, 'c')]),
    ("CY", &[(8, 'n'), (16, 'c')]),
    ("CZ", &[(20, 'n')]),
    ("DE", &[(18, 'n')]),
    ("DK", &[(14, 'n')]),
    ("EE", &[(16, 'n')]),
    ("ES", &[(20, 'n')]),
    ("FI", &[(14, 'n')]),
    ("FR", &[(10, 'n'), (11, 'c'), (2, 'n')]),
    ("GB", &[(4, 'a'), (14, 'n')]),
    ("GR", &[(7, 'n'), (16, 'c')]),
    ("HR", &[(17, 'n')]),
    ("HU", &[(24, 'n')]),
    ("IE", &[(4, 'a'), (14, 'n')]),
    ("IT", &[(1, 'a'), (10, 'n'), (12, 'c')]),
    ("LT", &[(16, 'n')]),
    ("LU", &[(3, 'n'), (13, 'c')]),
    ("LV", &[(4, 'a'), (13, 'c')]),
    ("MT", &[(4, 'a'), (5, 'n'), (18, 'c')]),
    ("NL", &[(4, 'a'), (10, 'n')]),
    ("NO", &[(11, 'n')]),
    ("PL", &[(24, 'n')]),
    ("PT", &[(21, 'n')]),
    ("RO", &[(4, 'a'), (16, 'c')]),
    ("SE", &[(20, 'n')]),
    ("SI", &[(15, 'n')]),
    ("SK", &[(20, 'n')]),
    ("TR", &[(6, 'n'), (16, 'c')]),
];

const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// An IBAN with valid check digits; those that some countries have inside the account number are random.
pub(super) fn iban(random: &mut Random) -> String {
    let (country, parts) = random.pick(COUNTRIES);
    let account: String = parts
        .iter()
        .map(|&(count, kind)| {
            let alphabet = match kind {
                'n' => &ALPHABET[..10],
                'a' => &ALPHABET[10..],
                _ => ALPHABET,
            };
            random.characters(alphabet, count)
        })
        .collect();
    let check = 98 - remainder(&format!("{account}{country}00"));
    format!("{country}{check:02}{account}")
}

/// The remainder by 97 of the number in which A is 10 and Z is 35 (ISO 7064, MOD 97-10).
fn remainder(text: &str) -> u32 {
    text.chars()
        .filter_map(|character| character.to_digit(36))
        .fold(0, |remainder, value| {
            let shift = if value < 10 { 10 } else { 100 };
            (remainder * shift + value) % 97
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_valid(iban: &str) -> bool {
        let (head, account) = iban.split_at(4);
        remainder(&format!("{account}{head}")) == 1
    }

    #[test]
    fn known_numbers_are_told_apart_from_wrong_ones() {
        assert!(is_valid("GB82WEST12345698765432"));
        assert!(!is_valid("GB83WEST12345698765432"));
    }

    #[test]
    fn the_check_digits_are_valid() {
        let mut random = Random::from_seed(1);

        for _ in 0..500 {
            let iban = iban(&mut random);
            assert!(is_valid(&iban), "{iban}");
        }
    }
}
