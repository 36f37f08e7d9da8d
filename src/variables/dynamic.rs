//! Variables that make a fresh value at each occurrence, such as `{{$guid}}`.

use std::time::{SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use uuid::Uuid;

/// A fresh value for a dynamic variable, or nothing when the name is not one.
pub(crate) fn generate(name: &str) -> Option<String> {
    Some(match name.strip_prefix('$')? {
        "guid" | "randomUUID" => Uuid::new_v4().to_string(),
        "timestamp" => timestamp(),
        "isoTimestamp" => iso_timestamp(),
        "randomInt" => random_integer(1001).to_string(),
        "randomBoolean" => (random_integer(2) == 1).to_string(),
        "randomAlphaNumeric" => random_alphanumeric().to_string(),
        _ => return None,
    })
}

/// Unix seconds, rounded to the nearest as Postman does.
fn timestamp() -> String {
    let milliseconds = since_epoch().as_millis();
    ((milliseconds + 500) / 1000).to_string()
}

fn iso_timestamp() -> String {
    let now = OffsetDateTime::from(UNIX_EPOCH + since_epoch());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        now.year(),
        u8::from(now.month()),
        now.day(),
        now.hour(),
        now.minute(),
        now.second(),
        now.millisecond()
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "`$timestamp` is the wall clock by definition"
)]
fn since_epoch() -> std::time::Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

fn random_integer(bound: u64) -> u64 {
    (Uuid::new_v4().as_u128() as u64) % bound
}

fn random_alphanumeric() -> char {
    const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    char::from(ALPHABET[random_integer(36) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_occurrence_gets_a_value_of_its_own() {
        assert_ne!(generate("$guid"), generate("$guid"));
    }

    #[test]
    fn integers_stay_between_0_and_1000() {
        for _ in 0..200 {
            let number: u64 = generate("$randomInt").unwrap().parse().unwrap();
            assert!(number <= 1000);
        }
    }

    #[test]
    fn a_name_that_is_not_dynamic_gives_nothing() {
        assert_eq!(generate("$nope"), None);
        assert_eq!(generate("guid"), None);
    }
}
