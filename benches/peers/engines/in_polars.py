"""Polars: a Parquet file of zstd, rows by time, scanned lazily by the streaming engine.

IPC files take longer for every question that was tried, and the engine in memory no less on the whole."""

import os

os.environ["POLARS_MAX_THREADS"] = "2"

import importlib.util  # noqa: E402

import polars  # noqa: E402

import json_columns  # noqa: E402
from members import COLUMNS, MEMBERS, STEPS  # noqa: E402
from questions import FOLDER  # noqa: E402

NAME = "polars"


def version():
    return polars.__version__


STEPS_TYPE = polars.List(
    polars.Struct({"name": polars.String, "provisioningStepType": polars.Int32, "status": polars.Int32})
)


def load(parquet, folder, members):
    """Writes the Parquet file."""
    logs = polars.scan_parquet(parquet).with_columns(polars.col("TimeGenerated").dt.replace_time_zone(None))
    if members:
        parts = {f"{column}_{key}": json_columns.field(column, key) for column, key in MEMBERS}
        filled = polars.when(polars.col("ProvisioningSteps") != "").then("ProvisioningSteps")
        logs = logs.with_columns(**parts, **{STEPS: filled.str.json_decode(STEPS_TYPE)})
    logs.sort("TimeGenerated").sink_parquet(folder / "logs.parquet", compression="zstd", row_group_size=131_072)


class Engine:
    """A lazy scan, planned anew for every question."""

    def __init__(self, folder, members):
        json_columns.KEPT = set(COLUMNS) if members else set()
        self.file = folder / "logs.parquet"

    def prepare(self, question, constants):
        file = FOLDER / f"{question.name}.polars.py"
        spec = importlib.util.spec_from_file_location(question.name, file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return lambda logs: module.answer(logs, constants)

    def run(self, answer):
        frames = answer(polars.scan_parquet(self.file))
        frames = frames if isinstance(frames, list) else [frames]
        kept = [frame.drop(COLUMNS, strict=False) for frame in frames]
        return [frame.collect(engine="streaming").to_arrow() for frame in kept]
