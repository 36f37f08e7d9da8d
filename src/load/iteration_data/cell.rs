//! The type of an unquoted CSV cell.

use crate::variables::Value;

/// Gives a cell its value: a number where newman finds one, else the text (as newman 6.2.2, whose CSV
/// reader does the same).
///
/// A whole number keeps the digits of the file when it is sent: `007` stays `007`, and a long number is
/// not rounded. Scripts get it as a number, as in newman. Texts such as `0x10`, which newman turns into
/// 0, stay texts.
pub(super) fn value(text: &str) -> Value {
    if !is_decimal(text) {
        return Value::from(text);
    }
    let Ok(float) = text.trim_start_matches('+').parse::<f64>() else {
        return Value::from(text);
    };
    let digits = text.trim_start_matches(['+', '-']);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Value::written_number(text);
    }
    match serde_json::Number::from_f64(float) {
        Some(number) => Value::Number(number),
        None => Value::from(text),
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
        let cases: [(&str, Json, &str); 12] = [
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
            ("2.50", json!(2.5), "2.5"),
            (".5", json!(0.5), "0.5"),
            ("1e3", json!(1000.0), "1000"),
            ("0x10", json!("0x10"), "0x10"),
            ("true", json!("true"), "true"),
            ("", json!(""), ""),
        ];

        for (text, json, sent) in cases {
            let value = value(text);
            assert_eq!(value.to_json(), Some(json), "{text}");
            assert_eq!(value.to_text(), sent);
        }
    }
}
