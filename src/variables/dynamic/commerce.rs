//! What a shop sells, and words of all kinds.

use super::Random;
use super::{company, hacker, person};

const COLORS: &[&str] = &[
    "amber",
    "azure",
    "beige",
    "black",
    "blue",
    "bronze",
    "brown",
    "coral",
    "crimson",
    "cyan",
    "dark red",
    "gold",
    "gray",
    "green",
    "indigo",
    "ivory",
    "lavender",
    "lime",
    "magenta",
    "maroon",
    "mint",
    "navy blue",
    "olive",
    "orange",
    "pink",
    "purple",
    "red",
    "silver",
    "sky blue",
    "teal",
    "white",
    "yellow",
];

const DEPARTMENTS: &[&str] = &[
    "Accessories",
    "Bakery",
    "Bicycles",
    "Books",
    "Camping",
    "Computers",
    "Electronics",
    "Furniture",
    "Garden",
    "Gifts",
    "Groceries",
    "Health",
    "Jewelry",
    "Kitchen",
    "Lighting",
    "Movies",
    "Music",
    "Office",
    "Pets",
    "Shoes",
    "Sports",
    "Stationery",
    "Tools",
    "Toys",
];

const ADJECTIVES: &[&str] = &[
    "Classic",
    "Compact",
    "Durable",
    "Elegant",
    "Everyday",
    "Foldable",
    "Handmade",
    "Light",
    "Modern",
    "Portable",
    "Practical",
    "Quiet",
    "Recycled",
    "Simple",
    "Small",
    "Sturdy",
    "Waterproof",
];

const MATERIALS: &[&str] = &[
    "Bamboo", "Ceramic", "Copper", "Cork", "Cotton", "Glass", "Leather", "Linen", "Marble",
    "Plastic", "Rubber", "Steel", "Stone", "Wooden", "Wool",
];

const PRODUCTS: &[&str] = &[
    "Backpack", "Basket", "Bench", "Bicycle", "Blanket", "Bottle", "Bowl", "Chair", "Clock", "Cup",
    "Desk", "Gloves", "Hat", "Keyboard", "Knife", "Lamp", "Mirror", "Mouse", "Pillow", "Plate",
    "Shelf", "Shirt", "Shoes", "Sofa", "Table", "Towel", "Umbrella", "Wallet",
];

/// The most words that `$randomWords` gives.
const MOST_WORDS: u64 = 5;

pub(super) fn color(random: &mut Random) -> String {
    random.pick(COLORS).to_owned()
}

pub(super) fn department(random: &mut Random) -> String {
    random.pick(DEPARTMENTS).to_owned()
}

pub(super) fn product_name(random: &mut Random) -> String {
    format!(
        "{} {} {}",
        product_adjective(random),
        product_material(random),
        product(random)
    )
}

pub(super) fn product_adjective(random: &mut Random) -> String {
    random.pick(ADJECTIVES).to_owned()
}

pub(super) fn product_material(random: &mut Random) -> String {
    random.pick(MATERIALS).to_owned()
}

pub(super) fn product(random: &mut Random) -> String {
    random.pick(PRODUCTS).to_owned()
}

/// From 0.00 to 1000.00.
pub(super) fn price(random: &mut Random) -> String {
    let cents = random.integer(0..=100_000);
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// A word of any field.
pub(super) fn word(random: &mut Random) -> String {
    let field: fn(&mut Random) -> String = random.pick(&[
        color,
        department,
        product_adjective,
        product_material,
        product,
        company::bs_buzz,
        company::catch_phrase_adjective,
        company::catch_phrase_noun,
        hacker::abbreviation,
        hacker::adjective,
        hacker::noun,
        person::job_area,
        person::job_type,
    ]);
    field(random)
}

/// Two to five words of any field.
pub(super) fn words(random: &mut Random) -> String {
    let count = random.integer(2..=MOST_WORDS);
    let words: Vec<String> = (0..count).map(|_| word(random)).collect();
    words.join(" ")
}
