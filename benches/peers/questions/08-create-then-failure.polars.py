import polars as pl

from json_columns import field


def answer(logs, constants):
    creates = (
        logs.filter(pl.col("Action") == "Create", pl.col("ResultType") == "Success")
        .group_by(ObjectId=field("SourceIdentity", "Id"))
        .agg(Created=pl.col("TimeGenerated").min())
    )
    return (
        logs.filter(pl.col("ResultType") == "Failure")
        .select("ResultSignature", Failed="TimeGenerated", ObjectId=field("SourceIdentity", "Id"))
        .join(creates, on="ObjectId")
        .filter(pl.col("Failed") > pl.col("Created"))
        .group_by("ResultSignature")
        .agg(Failures=pl.len(), Objects=pl.col("ObjectId").n_unique(), Last=pl.col("Failed").max())
    )
