//! Feeds bytes to `postrider::fuzzing::collection`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postrider::fuzzing::collection(bytes));
