//! Bound plan to DataFusion plan to record batches.
