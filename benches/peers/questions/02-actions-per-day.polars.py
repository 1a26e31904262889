import polars as pl

from json_columns import field


def answer(logs, constants):
    return (
        logs.filter(
            field("SourceSystem", "Name") == "Active Directory",
            field("TargetSystem", "Name") == "Microsoft Entra ID",
            field("SourceIdentity", "identityType").str.to_lowercase().is_in(["user", "group", "contact"]),
        )
        .group_by(
            Day=pl.col("TimeGenerated").dt.truncate("1d"),
            Act=pl.when(pl.col("Action") == "").then(pl.lit("Unknown")).otherwise("Action"),
        )
        .agg(Rows=pl.len())
    )
