//! The value of a variable, with the text form that Postman gives it.

use serde_json::Value as Json;

/// What a variable holds.
///
/// The kinds are those that survive Postman's passage between scripts and requests, which is JSON plus
/// "no value at all".
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Value {
    /// Declared without a value; an empty text in a request.
    #[default]
    Undefined,
    /// A JSON null; the text `null` in a request.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, with all the digits that its source had.
    Number(serde_json::Number),
    /// A whole number that is sent with the digits of its source, and read as a number by scripts.
    WrittenNumber {
        /// The digits, with sign and leading zeros.
        text: String,
        /// The number.
        number: serde_json::Number,
    },
    /// A text.
    String(String),
    /// An array or an object.
    Structure(Json),
}

impl Value {
    /// Takes over a JSON value; arrays and objects stay whole.
    pub(crate) fn from_json(value: Json) -> Self {
        match value {
            Json::Null => Self::Null,
            Json::Bool(flag) => Self::Bool(flag),
            Json::Number(number) => Self::Number(number),
            Json::String(text) => Self::String(text),
            structure => Self::Structure(structure),
        }
    }

    /// A number in decimal digits, which is sent as it is written; other text stays text.
    pub(crate) fn written_number(text: &str) -> Self {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let number = digits
            .parse::<i64>()
            .map(serde_json::Number::from)
            .ok()
            .or_else(|| digits.parse::<u64>().map(serde_json::Number::from).ok())
            .or_else(|| serde_json::Number::from_f64(digits.parse().ok()?));
        match number {
            Some(number) if number.to_string() == text => Self::Number(number),
            Some(number) => Self::WrittenNumber {
                text: text.to_owned(),
                number,
            },
            None => Self::String(text.to_owned()),
        }
    }

    /// What JavaScript's `Number` makes of a text; NaN, which JSON does not know, is a text.
    pub(crate) fn converted_number(text: &str) -> Self {
        let float = javascript_number(text);
        if float.fract() == 0.0 && float.abs() < 9e15 {
            return Self::Number((float as i64).into());
        }
        let printed = || Self::String(ryu_js::Buffer::new().format(float).to_owned());
        serde_json::Number::from_f64(float).map_or_else(printed, Self::Number)
    }

    /// The JSON form; a value that is undefined has none.
    pub(crate) fn to_json(&self) -> Option<Json> {
        Some(match self {
            Self::Undefined => return None,
            Self::Null => Json::Null,
            Self::Bool(flag) => Json::Bool(*flag),
            Self::Number(number) | Self::WrittenNumber { number, .. } => {
                Json::Number(number.clone())
            }
            Self::String(text) => Json::String(text.clone()),
            Self::Structure(structure) => structure.clone(),
        })
    }

    /// The text that stands in a request for `{{name}}`.
    ///
    /// Arrays and objects read as JavaScript prints them (`1,2` and `[object Object]`), as observed of
    /// newman 6.2.2.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Undefined => String::new(),
            Self::Null => "null".to_owned(),
            Self::Bool(flag) => flag.to_string(),
            Self::Number(number) => number_text(number),
            Self::String(text) | Self::WrittenNumber { text, .. } => text.clone(),
            Self::Structure(structure) => structure_text(structure),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

/// What `Number(text)` gives.
pub(crate) fn javascript_number(text: &str) -> f64 {
    let text = text.trim();
    match text.get(..2) {
        Some("0x" | "0X") => {
            u64::from_str_radix(&text[2..], 16).map_or(f64::NAN, |whole| whole as f64)
        }
        _ if text.is_empty() => 0.0,
        // Rust also reads `inf` and `nan`, which JavaScript does not.
        _ if text.ends_with(|last: char| last.is_ascii_digit() || last == '.') => {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

/// Prints a number as JavaScript does, but keeps every digit of a long integer.
fn number_text(number: &serde_json::Number) -> String {
    if number.is_f64()
        && let Some(float) = number.as_f64()
    {
        return ryu_js::Buffer::new().format(float).to_owned();
    }
    number.to_string()
}

fn structure_text(value: &Json) -> String {
    match value {
        Json::Array(members) => {
            let texts: Vec<String> = members.iter().map(member_text).collect();
            texts.join(",")
        }
        Json::Object(_) => "[object Object]".to_owned(),
        other => Value::from_json(other.clone()).to_text(),
    }
}

/// `Array.prototype.join` prints null members as nothing.
fn member_text(member: &Json) -> String {
    match member {
        Json::Null => String::new(),
        other => structure_text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_print_as_javascript_prints_them() {
        let cases = [
            (json!(42.5), "42.5"),
            (json!(1.0), "1"),
            (json!(1e21), "1e+21"),
            (
                json!(12_345_678_901_234_567_890_u64),
                "12345678901234567890",
            ),
            (json!(true), "true"),
            (json!(null), "null"),
            (json!([1, [2, null, "x"]]), "1,2,,x"),
            (json!({"a": 1}), "[object Object]"),
        ];

        for (value, text) in cases {
            assert_eq!(Value::from_json(value).to_text(), text);
        }
    }
}
