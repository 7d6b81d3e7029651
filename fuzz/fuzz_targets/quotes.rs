//! The target `quotes` of `vidimus_fuzz`, for libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| vidimus_fuzz::quotes(data));
