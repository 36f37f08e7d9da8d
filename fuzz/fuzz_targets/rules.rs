//! Feeds bytes to `postrider::fuzzing::rules`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postrider::fuzzing::rules(bytes));
