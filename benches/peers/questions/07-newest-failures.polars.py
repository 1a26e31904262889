import polars as pl


def answer(logs, constants):
    return logs.filter(pl.col("ResultType") == "Failure").top_k(100, by="TimeGenerated").sort("TimeGenerated", descending=True)
