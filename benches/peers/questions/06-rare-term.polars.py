import polars as pl


def answer(logs, constants):
    return logs.filter(pl.col("ProvisioningSteps").str.contains(rf"(?i-u:\b{constants['Term']}\b)"))
