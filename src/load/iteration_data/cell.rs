//! The type of an unquoted CSV cell.

use crate::variables::{Dialect, Value};

/// Gives a cell its value: a number where newman finds one, else the text (as newman 6.2.2, whose CSV
/// reader does the same).
///
/// A number is sent as it stands in the file: `007` and `1e5` may be ids, and a long number must not be
/// rounded. Scripts get it as a number, as in newman. Texts such as `0x10`, which newman turns into 0,
/// stay texts.
pub(super) fn value(text: &str, dialect: Dialect) -> Value {
    match dialect {
        Dialect::Postrider => own_value(text),
        Dialect::Newman => newman_value(text),
    }
}

/// An integer without a zero in front, else what JavaScript's `parseFloat` makes of a text that
/// `Number` takes (as csv-parse in newman 6.2.2).
fn newman_value(text: &str) -> Value {
    let is_hexadecimal = text
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("0x"))
        && text.len() > 2
        && text[2..].bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = match text.trim_start_matches('+').parse::<f64>() {
        _ if is_hexadecimal => Some(0.0),
        Ok(number) if is_decimal(text) => Some(number),
        _ => None,
    };
    match number.and_then(number_of) {
        Some(number) => Value::Number(number),
        None => Value::from(text),
    }
}

/// Whole numbers print without a point.
fn number_of(float: f64) -> Option<serde_json::Number> {
    let whole = float as i64;
    if whole as f64 == float && float.abs() < 9e15 {
        return Some(whole.into());
    }
    serde_json::Number::from_f64(float)
}

fn own_value(text: &str) -> Value {
    match is_decimal(text) {
        true => Value::written_number(text),
        false => Value::from(text),
    }
}

/// `12`, `-1.5`, `.5`, `1e3`.
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digit = !whole.is_empty() || !fraction.is_empty();
    let exponent_is_number = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    has_digit && is_digits(whole) && is_digits(fraction) && exponent_is_number
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    #[test]
    fn cells_have_newmans_types_and_are_sent_as_they_stand() {
        let cases: [(&str, Json, &str); 13] = [
            ("7", json!(7), "7"),
            ("007", json!(7), "007"),
            ("+5", json!(5), "+5"),
            ("-3", json!(-3), "-3"),
            (
                "1234567890123456789",
                json!(1_234_567_890_123_456_789_i64),
                "1234567890123456789",
            ),
            (
                "123456789012345678901234",
                json!(1.234_567_890_123_456_8e23),
                "123456789012345678901234",
            ),
            ("2.50", json!(2.5), "2.50"),
            (".5", json!(0.5), ".5"),
            ("1e3", json!(1000.0), "1e3"),
            ("1e999", json!("1e999"), "1e999"),
            ("0x10", json!("0x10"), "0x10"),
            ("true", json!("true"), "true"),
            ("", json!(""), ""),
        ];

        for (text, json, sent) in cases {
            let value = value(text, Dialect::Postrider);
            assert_eq!(value.to_json(), Some(json), "{text}");
            assert_eq!(value.to_text(), sent);
        }
    }

    #[test]
    fn newmans_types_can_be_had() {
        let cases = [
            ("007", json!(7)),
            ("+5", json!(5)),
            ("2.50", json!(2.5)),
            ("0x10", json!(0)),
            ("1e3", json!(1000)),
            ("x", json!("x")),
            ("", json!("")),
        ];

        for (text, json) in cases {
            assert_eq!(value(text, Dialect::Newman).to_json(), Some(json), "{text}");
        }
    }
}
