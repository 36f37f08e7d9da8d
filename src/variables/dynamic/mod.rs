//! Variables that make a fresh value at each occurrence, such as `{{$guid}}`.
//!
//! All 118 names of Postman are known. The shapes of their values are those of newman 6.2.2; the words are
//! others. The main type is [`Random`], from which every value is drawn.

mod commerce;
mod company;
mod database;
mod date;
mod file;
mod finance;
mod hacker;
mod iban;
mod image;
mod internet;
mod lorem;
mod person;
mod place;
mod plain;
mod random;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use random::{Random, SharedRandom};
pub(super) use table::{generate, names};
