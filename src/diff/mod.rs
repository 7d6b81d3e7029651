//! Stage 3, two documents → their alignment.
