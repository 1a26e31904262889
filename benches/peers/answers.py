"""Answers as lists of tuples that can be compared: times as nanoseconds since 1970, no null texts."""

import re
from datetime import datetime, timezone

import pyarrow

TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?Z")


def rows_of_arrow(table):
    """The rows of an Arrow table."""
    columns = []
    for column in table.columns:
        if pyarrow.types.is_timestamp(column.type):
            columns.append(column.cast(pyarrow.timestamp("ns", column.type.tz)).cast(pyarrow.int64()).to_pylist())
        else:
            columns.append(["" if value is None else value for value in column.to_pylist()])
    return list(zip(*columns))


def rows_of_calypso(reply):
    """The rows of a line of `calypso batch`."""
    reads = [nanoseconds if column["type"] == "datetime" else plain for column in reply["columns"]]
    return [tuple(read(value) for read, value in zip(reads, row)) for row in reply["rows"]]


def plain(value):
    return "" if value is None else value


def nanoseconds(text):
    """The time as nanoseconds since 1970."""
    *parts, fraction = TIME.fullmatch(text).groups()
    seconds = int(datetime(*map(int, parts), tzinfo=timezone.utc).timestamp())
    return seconds * 1_000_000_000 + int((fraction or "0").ljust(9, "0"))


def difference(expected, found, ordered):
    """What is first different between two lists of tables, or None. Every value counts, and to the last digit."""
    if len(expected) != len(found):
        return f"{len(expected)} and {len(found)} tables"
    for left, right in zip(expected, found):
        if len(left) != len(right):
            return f"{len(left)} and {len(right)} rows"
        if not ordered:
            left, right = sorted(left), sorted(right)
        for number, (one, other) in enumerate(zip(left, right)):
            if one != other:
                return f"row {number}: {one!r:.300} and {other!r:.300}"
    return None
