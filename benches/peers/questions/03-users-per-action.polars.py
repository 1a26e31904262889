import polars as pl

from json_columns import field


def answer(logs, constants):
    return (
        logs.filter(field("SourceIdentity", "identityType") == "user")
        .group_by("Action")
        .agg(Users=field("SourceIdentity", "Id").n_unique())
    )
