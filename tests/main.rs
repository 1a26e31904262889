//! The whole through its surface: case pages, sessions with the real binary, properties, tidiness.
