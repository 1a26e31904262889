"""DuckDB: a database file, rows by time, nanosecond timestamps, JSON as VARCHAR.

JSON as JSON is the same text; it gains in some questions, loses in others and is equal on the whole. ENUMs for the columns
of few values gain a tenth where they are grouped by and take twice as long where they are compared: DuckDB compresses such
columns by dictionary itself and evaluates a function once for each entry.

Ids are indexed, as Calypso's store keeps Bloom filters of them.
"""

import re

import duckdb

from members import COLUMNS, MEMBERS, STEPS

NAME = "duckdb"


def version():
    return duckdb.__version__


STEPS_OF_TEXT = """from_json(nullif(ProvisioningSteps, ''),
    '[{"name":"VARCHAR","provisioningStepType":"INTEGER","status":"INTEGER"}]')"""


def load(parquet, folder, members):
    """Writes the database file."""
    parts = [f"{column}->>'$.{key}' AS {column}_{key}" for column, key in MEMBERS] + [f"{STEPS_OF_TEXT} AS {STEPS}"]
    also = ", ".join(["", *parts]) if members else ""
    logs = duckdb.connect(str(folder / "logs.duckdb"), config={"threads": 2})
    logs.execute("SET enable_progress_bar = false")
    logs.execute(f"""
        CREATE TABLE AADProvisioningLogs AS
        SELECT * REPLACE (TimeGenerated::TIMESTAMP_NS AS TimeGenerated){also}
        FROM '{parquet}' ORDER BY TimeGenerated""")
    for column in ["Id", "ChangeId"]:
        logs.execute(f"CREATE INDEX By{column} ON AADProvisioningLogs ({column})")
    logs.execute("CHECKPOINT")
    logs.close()


class Engine:
    """An open connection."""

    def __init__(self, folder, members):
        self.members = members
        self.logs = duckdb.connect(str(folder / "logs.duckdb"), read_only=True, config={"threads": 2})
        # Three times as fast for the newest hundred rows; the default stops below a hundred.
        self.logs.execute("SET late_materialization_max_rows = 1000")

    def prepare(self, question, constants):
        parts = question.parts(NAME, constants)
        return [with_members(part) for part in parts] if self.members else parts

    def run(self, parts):
        return [self.logs.sql(part).to_arrow_table() for part in parts]


def with_members(text):
    """The text with the columns of members in place of what they were read from."""
    for column, key in MEMBERS:
        text = text.replace(f"{column}->>'$.{key}'", f"{column}_{key}")
    text = re.sub(r"from_json\(ProvisioningSteps,\s*'[^']*'\)", STEPS, text)
    return text.replace("SELECT *", f"SELECT * EXCLUDE ({', '.join(COLUMNS)})")
