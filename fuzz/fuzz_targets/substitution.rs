//! Feeds bytes to `postrider::fuzzing::substitution`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postrider::fuzzing::substitution(bytes));
