"""What the Polars answers share."""

import polars as pl


def field(column, name):
    """The text at one key; faster than decoding into a struct of that one field."""
    return pl.col(column).str.json_path_match(f"$.{name}")


def decoded(column, dtype):
    """The parts of a JSON text that `dtype` names."""
    return pl.col(column).str.json_decode(dtype)
