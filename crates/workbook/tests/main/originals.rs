//! The queries of the public workbooks themselves.
