"""What the Polars answers share: parts of JSON texts, or the columns that keep them."""

import polars as pl

# The columns of members that the file has.
KEPT = set()


def field(column, name):
    """The text at one key; faster than decoding into a struct of that one field."""
    kept = f"{column}_{name}"
    return pl.col(kept) if kept in KEPT else pl.col(column).str.json_path_match(f"$.{name}")


def decoded(column, dtype):
    """The parts of a JSON text that `dtype` names."""
    kept = f"{column}_each"
    return pl.col(kept) if kept in KEPT else pl.col(column).str.json_decode(dtype)
