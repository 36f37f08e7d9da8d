//! Feeds bytes to `postrider::fuzzing::environment`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postrider::fuzzing::environment(bytes));
