import polars as pl

from json_columns import field


def answer(logs, constants):
    return (
        logs.filter(
            pl.col("TimeGenerated") > pl.datetime(2026, 10, 2, time_unit="ns"),
            pl.col("TimeGenerated") <= pl.datetime(2026, 11, 1, time_unit="ns"),
            field("SourceSystem", "Name") == "Active Directory",
            field("TargetSystem", "Name") == "Microsoft Entra ID",
        )
        .with_columns(Status=pl.when(pl.col("ResultType") == "").then(pl.lit("Unknown")).otherwise("ResultType"))
        .group_by("Status")
        .agg(Rows=pl.len(), Objects=field("SourceIdentity", "Id").n_unique())
    )
