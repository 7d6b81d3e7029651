//! What a seal proves and what it does not: said with every verification.

/// What a valid seal proves.
pub const PROVES: &str = "A valid seal proves that the holder of the key signed exactly these bytes, and that the files listed \
     are the files sealed.";

/// What it does not prove.
pub const DOES_NOT_PROVE: &str = "It does not prove that the findings are right; that the publisher served these bytes; that \
     other visitors or other days saw the same page; what anybody intended; that no other run was withheld; anything about later \
     versions.";
