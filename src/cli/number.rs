//! Numbers as flags take them.

/// newman refuses 0 for counts and times as well.
pub(super) fn positive(text: &str) -> Result<usize, String> {
    match integer(text) {
        Some(number) if number > 0 => Ok(number),
        _ => Err("the value must be a positive integer".to_owned()),
    }
}

/// A time to wait, in milliseconds.
pub(super) fn delay(text: &str) -> Result<u64, String> {
    integer(text)
        .map(|number| number as u64)
        .ok_or_else(|| "the value must be a whole number of milliseconds".to_owned())
}

/// A whole number as JavaScript's `Number` reads texts: `1e3` and `0x10` are some.
fn integer(text: &str) -> Option<usize> {
    const MAX_SAFE: f64 = 9_007_199_254_740_991.0;
    let text = text.trim();
    if let Some(digits) = text.strip_prefix("0x").or(text.strip_prefix("0X")) {
        return usize::from_str_radix(digits, 16).ok();
    }
    let is_decimal = text.starts_with(|character: char| !character.is_ascii_alphabetic());
    let number: f64 = text.parse().ok().filter(|_| is_decimal)?;
    let is_whole = (0.0..=MAX_SAFE).contains(&number) && number.fract() == 0.0;
    is_whole.then_some(number as usize)
}

/// Any whole number.
pub(super) fn whole(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("the value must be a whole number from 0 to {}", u64::MAX))
}

/// A number of bytes, with an optional unit of the decimal system.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => Some(1),
        "k" | "kb" => Some(1_000),
        "m" | "mb" => Some(1_000_000),
        "g" | "gb" => Some(1_000_000_000),
        _ => None,
    };
    digits
        .parse::<u64>()
        .ok()
        .zip(factor)
        .and_then(|(number, factor)| number.checked_mul(factor))
        .filter(|size| *size > 0)
        .ok_or_else(|| "the value must be a size such as 500kB, 20MB or 2GB".to_owned())
}
