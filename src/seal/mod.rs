//! Stage 6, a report and its captures → a signed statement, and back.
