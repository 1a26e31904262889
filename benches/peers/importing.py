"""Takes delivered JSON files in: `calypso import` against DuckDB's read_json, each event once on both sides.

    python importing.py --calypso PATH [--rows N] [--rounds N] [--work FOLDER]

Both read the same hourly blobs of JSON lines, in which some records were delivered more than once, and both write to disk:
Calypso its store, with a table of deliveries beside the logs; DuckDB a database file with the same 28 columns, in order of
time. The two first rounds are compared by their number of rows; ends with 1 when they differ.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from engines import calypso as driver

# What DuckDB reads of each record. Parts that the table keeps as text are read as JSON, which copies them as they stand.
PROPERTIES = """STRUCT(id VARCHAR, activityDateTime VARCHAR, tenantId VARCHAR, jobId VARCHAR, cycleId VARCHAR,
    changeId VARCHAR, action VARCHAR, provisioningAction VARCHAR, servicePrincipal JSON, sourceSystem JSON,
    targetSystem JSON, initiatedBy JSON, sourceIdentity JSON, targetIdentity JSON, provisioningStatusInfo JSON,
    statusInfo JSON, provisioningSteps JSON, modifiedProperties JSON)"""
LOAD = """
CREATE TABLE AADProvisioningLogs AS
SELECT tenantId AS TenantId, properties.tenantId AS AADTenantId,
       properties.activityDateTime::TIMESTAMP_NS AS TimeGenerated, operationName AS OperationName,
       operationVersion AS OperationVersion, category AS Category, resultType AS ResultType,
       resultSignature AS ResultSignature, resultDescription AS ResultDescription, durationMs AS DurationMs,
       correlationId AS CorrelationId, properties.action AS Action, properties.changeId AS ChangeId,
       properties.cycleId AS CycleId, properties.id AS Id, properties.initiatedBy::VARCHAR AS InitiatedBy,
       properties.jobId AS JobId, properties.modifiedProperties::VARCHAR AS ModifiedProperties,
       properties.provisioningSteps::VARCHAR AS ProvisioningSteps,
       properties.servicePrincipal::VARCHAR AS ServicePrincipal, properties.sourceIdentity::VARCHAR AS SourceIdentity,
       properties.sourceSystem::VARCHAR AS SourceSystem, properties.statusInfo::VARCHAR AS StatusInfo,
       properties.targetIdentity::VARCHAR AS TargetIdentity, properties.targetSystem::VARCHAR AS TargetSystem,
       properties.provisioningAction AS ProvisioningAction,
       properties.provisioningStatusInfo::VARCHAR AS ProvisioningStatusInfo, 'AADProvisioningLogs' AS Type
FROM (SELECT DISTINCT ON (properties.id) * FROM read_json('{files}', format = 'newline_delimited',
        maximum_object_size = 67108864, columns = {{
          time: 'VARCHAR', operationName: 'VARCHAR', operationVersion: 'VARCHAR', category: 'VARCHAR',
          tenantId: 'VARCHAR', resultType: 'VARCHAR', resultSignature: 'VARCHAR', resultDescription: 'VARCHAR',
          durationMs: 'BIGINT', correlationId: 'VARCHAR', properties: '{properties}'}}))
ORDER BY TimeGenerated
"""


def measured(command):
    """The seconds and the processor's seconds of a process, and the most bytes it held."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"ended with {status}: {' '.join(map(str, command))}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def into_duckdb(files, database):
    """Reads the files into a new database; a process of its own."""
    logs = duckdb.connect(database, config={"threads": 2})
    logs.execute("SET enable_progress_bar = false")
    logs.execute(LOAD.format(files=files, properties=PROPERTIES.replace("\n", " ")))
    logs.execute("CHECKPOINT")
    logs.close()


def rows_of_duckdb(database):
    return duckdb.connect(str(database), read_only=True).execute("SELECT count(*) FROM AADProvisioningLogs").fetchone()[0]


def rows_of_calypso(binary, store):
    calypso = driver.Calypso(binary, ["--store", store])
    replies, _, _ = calypso.answer(["AADProvisioningLogs | count"])
    calypso.close()
    return replies[0]["rows"][0][0]


def main():
    """Generates, imports in turns, compares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calypso", required=True, type=Path)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path("/tmp/calypso-peers"))
    options = parser.parse_args()
    folder = options.work / f"blob-{options.rows}"
    if not (folder / "manifest.json").exists():
        command = [options.calypso, "generate", "--profile", "bench", "--rows", str(options.rows)]
        subprocess.run([*command, "--shapes", "blob", "--out", folder], check=True, stdout=sys.stderr)
    blobs = folder / "blob" / "insights-logs-provisioninglogs"
    size = sum(file.stat().st_size for file in blobs.rglob("*.json"))
    store, database = folder / "store", folder / "logs.duckdb"
    script = "import sys, importing; importing.into_duckdb(*sys.argv[1:])"
    commands = {
        "Calypso": [options.calypso, "import", blobs, "--store", store],
        "DuckDB": [sys.executable, "-c", script, f"{blobs}/**/*.json", database],
    }
    results = {name: [] for name in commands}
    for _ in range(options.rounds):
        shutil.rmtree(store, ignore_errors=True)
        database.unlink(missing_ok=True)
        for name, command in commands.items():
            results[name].append(measured(command))
    rows = {"Calypso": rows_of_calypso(options.calypso, store), "DuckDB": rows_of_duckdb(database)}
    disk = {
        "Calypso": sum(file.stat().st_size for file in store.rglob("*") if file.is_file()),
        "DuckDB": database.stat().st_size,
    }
    print(f"{size / 2**20:,.0f} MiB of JSON lines; {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores\n")
    print("| | Rows | Seconds | Best | Processor s | Rows a second | Most memory MiB | On disk MiB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, rounds in results.items():
        clock, processor, memory = (statistics.median(values) for values in zip(*rounds))
        best = min(seconds for seconds, _, _ in rounds)
        print(
            f"| {name} | {rows[name]:,} | {clock:.2f} | {best:.2f} | {processor:.2f} | {rows[name] / clock:,.0f} "
            f"| {memory / 2**20:,.0f} | {disk[name] / 2**20:,.0f} |"
        )
    if rows["Calypso"] != rows["DuckDB"]:
        sys.exit("not the same number of rows")


if __name__ == "__main__":
    main()
