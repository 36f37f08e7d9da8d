//! Names, jobs and telephone numbers.

use fake::faker::job::en::{Field, Position, Seniority};
use fake::faker::name::en::{FirstName, LastName, Suffix, Title};

use super::Random;

pub(super) fn first_name(random: &mut Random) -> String {
    random.word(FirstName()).to_owned()
}

pub(super) fn last_name(random: &mut Random) -> String {
    random.word(LastName()).to_owned()
}

/// First and last name, one in eight times each with what stands before and after a name.
pub(super) fn full_name(random: &mut Random) -> String {
    let name = format!("{} {}", first_name(random), last_name(random));
    match random.integer(0..=7) {
        0 => format!("{} {name}", prefix(random)),
        1 => format!("{name} {}", suffix(random)),
        _ => name,
    }
}

pub(super) fn prefix(random: &mut Random) -> String {
    random.word(Title()).to_owned()
}

pub(super) fn suffix(random: &mut Random) -> String {
    random.word(Suffix()).to_owned()
}

pub(super) fn job_descriptor(random: &mut Random) -> String {
    random.word(Seniority()).to_owned()
}

pub(super) fn job_area(random: &mut Random) -> String {
    random.word(Field()).to_owned()
}

pub(super) fn job_type(random: &mut Random) -> String {
    random.word(Position()).to_owned()
}

pub(super) fn job_title(random: &mut Random) -> String {
    format!(
        "{} {} {}",
        job_descriptor(random),
        job_area(random),
        job_type(random)
    )
}

/// A number of the North American plan, in which area and exchange begin with 2 to 9.
pub(super) fn phone_number(random: &mut Random) -> String {
    let [area, exchange] = [(); 2].map(|()| random.integer(200..=999));
    let line = random.integer(0..=9999);
    format!("{area}-{exchange}-{line:04}")
}

/// A country code and a number.
pub(super) fn phone_number_with_country(random: &mut Random) -> String {
    format!("{}-{}", random.integer(1..=99), phone_number(random))
}
