//! Text as a value: normal form, words, and where things stand.
