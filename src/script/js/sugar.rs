//! Methods that newman's sandbox adds to texts, numbers, lists and dates, and postrider does not.
//!
//! They come from Sugar, a library of 2013 that newman 6.2.2 loads for every script. Names that other
//! libraries use as well, such as `first` or `format`, are not among these.

const NAMES: &[&str] = &[
    "abbr",
    "addFlag",
    "advance",
    "beginningOfDay",
    "camelize",
    "chars",
    "codes",
    "dasherize",
    "daysInMonth",
    "decodeBase64",
    "downto",
    "encodeBase64",
    "endOfDay",
    "escapeHTML",
    "escapeRegExp",
    "escapeURL",
    "exclude",
    "getFlags",
    "getISOWeek",
    "getUTCOffset",
    "getUTCWeekday",
    "getWeekday",
    "hankaku",
    "hiragana",
    "humanize",
    "inGroups",
    "inGroupsOf",
    "isAfter",
    "isBefore",
    "isBetween",
    "isBlank",
    "isEven",
    "isFuture",
    "isLeapYear",
    "isMultipleOf",
    "isOdd",
    "isPast",
    "isToday",
    "isTomorrow",
    "isUTC",
    "isWeekday",
    "isWeekend",
    "isYesterday",
    "katakana",
    "metric",
    "ordinalize",
    "padLeft",
    "padRight",
    "paragraphs",
    "parameterize",
    "pluralize",
    "randomize",
    "removeAt",
    "removeFlag",
    "removeTags",
    "rewind",
    "setFlags",
    "setISOWeek",
    "setWeekday",
    "singularize",
    "spacify",
    "stripTags",
    "titleize",
    "underscore",
    "unescapeHTML",
    "unescapeURL",
    "upto",
    "zenkaku",
];

const UNITS: [&str; 8] = [
    "year",
    "month",
    "week",
    "day",
    "hour",
    "minute",
    "second",
    "millisecond",
];

/// What may follow a unit, in the singular or the plural.
const TIMES: [&str; 6] = ["Ago", "FromNow", "Before", "After", "Until", "Since"];

const DAYS_AND_MONTHS: [&str; 19] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether Sugar gives something a method of that name.
pub(super) fn is_method(name: &str) -> bool {
    NAMES.contains(&name) || is_time(name) || is_shift(name) || is_question(name)
}

/// `(5).days`, `(2).weeksAgo()`.
fn is_time(name: &str) -> bool {
    UNITS.iter().any(|unit| {
        name.strip_prefix(unit).is_some_and(|rest| {
            let rest = rest.strip_prefix('s').unwrap_or(rest);
            TIMES.contains(&rest) || (rest.is_empty() && name.ends_with('s'))
        })
    })
}

/// `date.addDays(1)`, `date.endOfMonth()`.
fn is_shift(name: &str) -> bool {
    let unit = ["add", "beginningOf", "endOf", "isLast", "isThis", "isNext"]
        .iter()
        .find_map(|verb| name.strip_prefix(verb));
    unit.is_some_and(|unit| {
        let unit = unit.strip_suffix('s').unwrap_or(unit).to_ascii_lowercase();
        UNITS.contains(&unit.as_str())
    })
}

/// `date.isMonday()`.
fn is_question(name: &str) -> bool {
    name.strip_prefix("is")
        .is_some_and(|rest| DAYS_AND_MONTHS.contains(&rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sugar_are_known() {
        for name in [
            "isBlank",
            "days",
            "daysAgo",
            "weekFromNow",
            "addMonths",
            "endOfYear",
            "isFriday",
        ] {
            assert!(is_method(name), "{name}");
        }
        for name in ["first", "map", "day", "nope", "add", "isArray"] {
            assert!(!is_method(name), "{name}");
        }
    }
}
