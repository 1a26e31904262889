import polars as pl


def answer(logs, constants):
    return logs.group_by("JobId", Day=pl.col("TimeGenerated").dt.truncate("1d")).agg(
        pl.col("DurationMs").quantile(level, interpolation="equiprobable").cast(pl.Int64).alias(f"p{level}")
        for level in [0.5, 0.95, 0.99]
    )
