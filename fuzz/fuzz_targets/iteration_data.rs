//! Feeds bytes to `postrider::fuzzing::iteration_data`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postrider::fuzzing::iteration_data(bytes));
