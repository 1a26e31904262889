import polars as pl

from json_columns import decoded

STEPS = pl.List(pl.Struct({"name": pl.String, "provisioningStepType": pl.Int32, "status": pl.Int32}))


def answer(logs, constants):
    return (
        logs.filter(pl.col("ProvisioningSteps") != "")
        .select(Step=decoded("ProvisioningSteps", STEPS))
        .explode("Step", empty_as_null=False)
        .unnest("Step")
        .group_by("name", "provisioningStepType", "status")
        .agg(Rows=pl.len())
    )
