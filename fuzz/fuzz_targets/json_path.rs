//! Feeds bytes to `postrider::fuzzing::json_path`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postrider::fuzzing::json_path(bytes));
