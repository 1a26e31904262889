import polars as pl


def answer(logs, constants):
    return (
        logs.filter(pl.col("ProvisioningSteps").str.contains("(?i)not found in microsoft"))
        .group_by("ResultType")
        .agg(Rows=pl.len())
    )
