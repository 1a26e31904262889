import polars as pl


def answer(logs, constants):
    events = [constants["Id1"], constants["Id2"], constants["Id3"]]
    changes = [constants["Change1"], constants["Change2"]]
    return [
        logs.filter(pl.col("Id").is_in(events) | pl.col("ChangeId").is_in(changes)),
        logs.group_by("JobId").agg(Cycles=pl.col("CycleId").n_unique()),
    ]
