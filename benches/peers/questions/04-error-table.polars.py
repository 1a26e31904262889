import polars as pl

from json_columns import decoded

INFO = pl.Struct({"Status": pl.String, "errorInformation": pl.Struct({"errorCode": pl.String})})


def answer(logs, constants):
    return (
        logs.select("TimeGenerated", Info=decoded("ProvisioningStatusInfo", INFO))
        .filter(pl.col("Info").struct.field("Status") == "failure")
        .group_by(ErrorCode=pl.col("Info").struct.field("errorInformation").struct.field("errorCode"))
        .agg(Occurrences=pl.len(), LastSeen=pl.col("TimeGenerated").max())
        .sort(["Occurrences", "ErrorCode"], descending=[True, False])
        .head(10)
    )
