//! Feeds bytes to `postrider::fuzzing::request`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postrider::fuzzing::request(bytes));
