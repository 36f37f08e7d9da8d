//! Words of databases, those of MySQL where they differ.

use super::Random;

const COLUMNS: &[&str] = &[
    "id",
    "name",
    "title",
    "email",
    "phone",
    "status",
    "category",
    "comment",
    "password",
    "token",
    "group",
    "avatar",
    "createdAt",
    "updatedAt",
];

const TYPES: &[&str] = &[
    "bigint",
    "binary",
    "bit",
    "blob",
    "boolean",
    "char",
    "date",
    "datetime",
    "decimal",
    "double",
    "enum",
    "float",
    "geometry",
    "int",
    "mediumint",
    "point",
    "serial",
    "set",
    "smallint",
    "text",
    "time",
    "timestamp",
    "tinyint",
    "varchar",
];

const COLLATIONS: &[&str] = &[
    "ascii_bin",
    "ascii_general_ci",
    "cp1250_bin",
    "cp1250_general_ci",
    "utf8_bin",
    "utf8_general_ci",
    "utf8_unicode_ci",
];

const ENGINES: &[&str] = &["ARCHIVE", "BLACKHOLE", "CSV", "InnoDB", "MEMORY", "MyISAM"];

pub(super) fn column(random: &mut Random) -> String {
    random.pick(COLUMNS).to_owned()
}

pub(super) fn kind(random: &mut Random) -> String {
    random.pick(TYPES).to_owned()
}

pub(super) fn collation(random: &mut Random) -> String {
    random.pick(COLLATIONS).to_owned()
}

pub(super) fn engine(random: &mut Random) -> String {
    random.pick(ENGINES).to_owned()
}
