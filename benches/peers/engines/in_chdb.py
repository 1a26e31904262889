"""chdb (ClickHouse within the process): a MergeTree table by time, LowCardinality where values repeat.

The cache of which granules a condition met is off: it keeps the answers of filters that are asked again, and a question
of a benchmark is always asked again. Ids have Bloom filters, as in Calypso's store.
"""

import re

import chdb
import pyarrow.parquet

from members import MEMBERS, STEPS

NAME = "chdb"
# Columns whose values rarely repeat.
DISTINCT = {
    "CorrelationId", "ChangeId", "CycleId", "Id", "ProvisioningSteps", "ModifiedProperties", "ResultDescription",
    "ProvisioningStatusInfo",
}  # fmt: skip
SETTINGS = "max_threads = 2, use_query_condition_cache = 0"


def version():
    return f"{chdb.__version__} (ClickHouse {chdb.engine_version})"


def column_type(name):
    """The type of a column of the logs."""
    if name == "TimeGenerated":
        return "DateTime64(7, 'UTC')"
    if name == "DurationMs":
        return "Int64"
    return "String" if name in DISTINCT else "LowCardinality(String)"


STEPS_OF_TEXT = """JSONExtract(ProvisioningSteps,
    'Array(Tuple(name LowCardinality(String), provisioningStepType Int32, status Int32))')"""


def load(parquet, folder, members):
    """Writes the table and merges it into one part. Materialized columns are no part of `*`."""
    parts = [f"{column}_{key} LowCardinality(String) MATERIALIZED JSONExtractString({column}, '{key}')" for column, key in MEMBERS]
    parts.append(f"{STEPS} MATERIALIZED {STEPS_OF_TEXT}")
    also = ", ".join(["", *parts]) if members else ""
    logs = chdb.connect(str(folder / "clickhouse"))
    names = pyarrow.parquet.read_schema(parquet).names
    columns = ", ".join(f"{name} {column_type(name)}" for name in names)
    filters = ", ".join(f"INDEX By{name} {name} TYPE bloom_filter(0.01) GRANULARITY 1" for name in ["Id", "ChangeId"])
    logs.query(
        f"CREATE TABLE AADProvisioningLogs ({columns}{also}, {filters}) ENGINE = MergeTree ORDER BY TimeGenerated"
    )
    logs.query(f"INSERT INTO AADProvisioningLogs SELECT {', '.join(names)} FROM file('{parquet}') SETTINGS max_threads = 2")
    logs.query("OPTIMIZE TABLE AADProvisioningLogs FINAL")
    logs.close()


class Engine:
    """An open connection."""

    def __init__(self, folder, members):
        self.members = members
        self.logs = chdb.connect(str(folder / "clickhouse"))

    def prepare(self, question, constants):
        parts = question.parts(NAME, constants)
        parts = [with_members(part) for part in parts] if self.members else parts
        return [f"{part}\nSETTINGS {SETTINGS}" for part in parts]

    def run(self, parts):
        return [self.logs.query(part, "ArrowTable") for part in parts]


def with_members(text):
    """The text with the columns of members in place of what they were read from."""
    for column, key in MEMBERS:
        text = text.replace(f"JSONExtractString({column}, '{key}')", f"{column}_{key}")
    return re.sub(r"JSONExtract\(ProvisioningSteps,\s*'[^']*'\)", STEPS, text)
