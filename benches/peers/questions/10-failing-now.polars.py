import polars as pl

from json_columns import field


def answer(logs, constants):
    kept = ["TimeGenerated", "ResultType", "Id", "JobId", "Action", "ResultSignature", "ResultDescription"]
    return (
        logs.group_by(ObjectId=field("SourceIdentity", "Id"))
        .agg(pl.col(kept).get(pl.col("TimeGenerated").arg_max()))
        .filter(pl.col("ResultType") == "Failure")
        .select("TimeGenerated", "ObjectId", *kept[2:])
    )
