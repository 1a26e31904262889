"""chdb (ClickHouse within the process): a MergeTree table by time, LowCardinality where values repeat.

The cache of which granules a condition met is off: it keeps the answers of filters that are asked again, and a question
of a benchmark is always asked again. Ids have Bloom filters, as in Calypso's store.
"""

import chdb
import pyarrow.parquet

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


def load(parquet, folder):
    """Writes the table and merges it into one part."""
    logs = chdb.connect(str(folder / "clickhouse"))
    names = pyarrow.parquet.read_schema(parquet).names
    columns = ", ".join(f"{name} {column_type(name)}" for name in names)
    filters = ", ".join(f"INDEX By{name} {name} TYPE bloom_filter(0.01) GRANULARITY 1" for name in ["Id", "ChangeId"])
    logs.query(
        f"CREATE TABLE AADProvisioningLogs ({columns}, {filters}) ENGINE = MergeTree ORDER BY TimeGenerated"
    )
    logs.query(f"INSERT INTO AADProvisioningLogs SELECT {', '.join(names)} FROM file('{parquet}') SETTINGS max_threads = 2")
    logs.query("OPTIMIZE TABLE AADProvisioningLogs FINAL")
    logs.close()


class Engine:
    """An open connection."""

    def __init__(self, folder):
        self.logs = chdb.connect(str(folder / "clickhouse"))

    def prepare(self, question, constants):
        return [f"{part}\nSETTINGS {SETTINGS}" for part in question.parts(NAME, constants)]

    def run(self, parts):
        return [self.logs.query(part, "ArrowTable") for part in parts]
