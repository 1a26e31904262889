"""What the questions ask for that depends on the rows: ids, and a word that few rows hold."""

import duckdb


def constants(parquet):
    """Texts by name: three ids of events, two of changes, and the term."""
    logs = duckdb.connect()
    logs.execute("SET threads = 2")
    rows = f"FROM '{parquet}'"
    total = logs.execute(f"SELECT count(*) {rows}").fetchone()[0]
    picked = {}
    places = [total // 7, total // 3, total // 2, total * 2 // 3, total * 6 // 7]
    for name, place in zip(["Id1", "Id2", "Id3", "Change1", "Change2"], places):
        column = "Id" if name.startswith("Id") else "ChangeId"
        picked[name] = logs.execute(f"SELECT {column} {rows} LIMIT 1 OFFSET {place}").fetchone()[0]
    # The second half of a user's name, such as quenby1605: the one of the fewest failures.
    picked["Term"] = logs.execute(f"""
        SELECT regexp_extract(SourceIdentity->>'$.details.UserPrincipalName', '([a-z]+[0-9]+)@', 1) AS term
        {rows} WHERE ResultType = 'Failure' AND term <> '' GROUP BY term ORDER BY count(*), term LIMIT 1
        """).fetchone()[0]
    return picked
