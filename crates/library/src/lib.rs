//! What the language knows: types, values, functions, aggregates, windows.
