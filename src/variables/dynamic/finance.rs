//! Banks and currencies.

use fake::faker::currency::en::{CurrencyCode, CurrencyName, CurrencySymbol};
use fake::faker::finance::en::Bic;

use super::Random;

const DIGITS: &[u8] = b"0123456789";

/// Digits and letters without those that look alike.
const BASE_58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

const ACCOUNTS: &[&str] = &[
    "Auto Loan Account",
    "Checking Account",
    "Credit Card Account",
    "Home Loan Account",
    "Investment Account",
    "Money Market Account",
    "Personal Loan Account",
    "Savings Account",
];

pub(super) fn account(random: &mut Random) -> String {
    random.characters(DIGITS, 8)
}

pub(super) fn account_name(random: &mut Random) -> String {
    random.pick(ACCOUNTS).to_owned()
}

/// The last digits of a card.
pub(super) fn card_mask(random: &mut Random) -> String {
    random.characters(DIGITS, 4)
}

pub(super) fn bic(random: &mut Random) -> String {
    random.text(Bic())
}

pub(super) fn transaction_type(random: &mut Random) -> String {
    random
        .pick(&["deposit", "invoice", "payment", "withdrawal"])
        .to_owned()
}

pub(super) fn currency_code(random: &mut Random) -> String {
    random.word(CurrencyCode()).to_owned()
}

pub(super) fn currency_name(random: &mut Random) -> String {
    random.word(CurrencyName()).to_owned()
}

pub(super) fn currency_symbol(random: &mut Random) -> String {
    random.word(CurrencySymbol()).to_owned()
}

/// An address of 25 to 34 characters, without a valid checksum.
pub(super) fn bitcoin(random: &mut Random) -> String {
    let kind = random.pick(&['1', '3']);
    let length = random.integer(24..=33);
    format!("{kind}{}", random.characters(BASE_58, length))
}
