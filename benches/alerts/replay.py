"""Replays the rules of queries/alerts over generated logs and compares what they fire with the generator's manifest; and the
documented rules of tests/rules, against counts by plain loops.

    python replay.py --calypso PATH --folder SCRATCH [--profile medium] [--days N] [--seeds 42,1,2,3] [--rules 1,5]

Makes logs of each seed in the folder (kept for the next time), imports them and asks each rule for all evaluations of the
run at once. Prints firings, seconds and CPU seconds of each rule; ends with 1 when something differs. A year of 4.5
million rows: `--profile large --seeds 42`.
"""

import argparse
import bisect
import csv
import io
import json
import resource
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "queries" / "alerts"
PERIOD = timedelta(minutes=15)
DAYS = {"small": 30, "medium": 90, "large": 365}
END = date(2026, 11, 1)
# By the manifest's number: the file, the column that holds the manifest's peak.
RULES = {
    1: ("failure-spike", "Value"),
    2: ("failure-ratio", "Failures"),
    3: ("delete-spike", "Value"),
    4: ("staged-deletes", "Value"),
    5: ("absence", "Value"),
    6: ("password-silence", "Value"),
    7: ("new-error-code", "Value"),
    8: ("failing-long", "Value"),
    9: ("agent-trouble", "Value"),
    10: ("credentials", "Value"),
    11: ("quarantine-pattern", "Value"),
    12: ("mass-attribute-change", "Value"),
    13: ("skip-surge", "Value"),
    14: ("duplicate-delivery", "Again"),
}

# The file: minutes between evaluations, minutes of the window, clear evaluations after which it is over, whether it looks at
# each job, which rows count, when it fires.
DOCUMENTED = {
    "failure-spike": (15, 60, 3, True, lambda row: row["ResultType"] == "Failure", lambda rows: rows > 10),
    "disables-and-deletes": (15, 60, 3, True, lambda row: row["Action"] in ("Disable", "Delete"), lambda rows: rows > 50),
    "absence": (30, 120, 2, False, lambda row: True, lambda rows: rows < 1),
}


def header(path):
    """The settings above a query."""
    lines = path.read_text().splitlines()
    pairs = (line[3:].split(": ", 1) for line in lines if line.startswith("// ") and ": " in line)
    return {pair[0]: pair[1] for pair in pairs}


def fires(row, condition):
    """Whether a row fires."""
    _, operator, limit = condition.split()
    limit = row["Threshold"] if limit == "Threshold" else float(limit)
    return {">": row["Value"] > limit, ">=": row["Value"] >= limit, "<": row["Value"] < limit}[operator]


def alerts_of(series, settings, peak, end):
    """Fired, last, resolved and highest value of each alert of one series, whose rows are given by their time."""
    resolves = settings["resolves"]
    found, alert, clear = [], None, 0
    at = min(series)
    while at <= end:
        row = series.get(at)
        if row is not None and fires(row, settings["fires"]):
            if resolves == "at once":
                found.append((at, at, at, row[peak]))
            else:
                fired, _, highest = alert or (at, at, row[peak])
                alert, clear = (fired, at, max(highest, row[peak])), 0
        elif alert:
            clear += 1
            if resolves == "next day":
                over = at.date() > alert[1].date()
            elif resolves.startswith("when "):
                over = row is not None and row[resolves.removeprefix("when ")]
            else:
                over = clear >= int(resolves.split()[1])
            if over:
                found.append((alert[0], alert[1], at, alert[2]))
                alert = None
        at += PERIOD
    if alert:
        found.append((alert[0], alert[1], None, alert[2]))
    return found


def instant(text):
    return datetime.fromisoformat(text[:19])


def ask(calypso, store, path, begin, end):
    """Rows by series, seconds and CPU seconds."""
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [calypso, "run", path, "--store", store, "-f", "ndjson", "--param", f"From={begin}", "--param", f"To={end}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, after = time.monotonic() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
    series = {}
    for line in text.splitlines():
        row = json.loads(line)
        key = (row.get("JobId", ""), row.get("Code", ""), row.get("Day", ""))
        series.setdefault(key, {})[instant(row["At"])] = row
    return series, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def expected(manifest, number):
    times = lambda one: tuple(one[key] and instant(one[key]) for key in ("fired", "last", "resolved"))
    firings = (one for one in manifest["firings"] if one["rule"] == number)
    return sorted(((one["job"], one.get("code", ""), *times(one), one["peak"]) for one in firings), key=str)


def documented(options, seed, store, begin):
    """Whether the documented rules fire as plain loops over the rows count."""
    rows = "AADProvisioningLogs | project TimeGenerated, JobId, Action, ResultType | sort by TimeGenerated asc"
    text = subprocess.run([options.calypso, "--store", store, "-f", "csv", "-c", rows], check=True, capture_output=True, text=True)
    rows, end, same = list(csv.DictReader(io.StringIO(text.stdout))), f"{END}T00:00:00Z", True
    # Times with seven digits compare as texts.
    def padded(time):
        whole, _, part = time.rstrip("Z").partition(".")
        return f"{whole}.{part:0<7}"

    for name, (every, window, clear, by_job, counts, fires) in DOCUMENTED.items():
        series = {} if by_job else {"": []}
        for row in filter(counts, rows):
            series.setdefault(row["JobId"] if by_job else "", []).append(padded(row["TimeGenerated"]))
        wanted = []
        for job, times in series.items():
            fired, quiet, at = None, 0, datetime(begin.year, begin.month, begin.day)
            while at < datetime(END.year, END.month, END.day):
                at += timedelta(minutes=every)
                # Later than the beginning of the window, until its end.
                until = lambda time: bisect.bisect_right(times, f"{time:%Y-%m-%dT%H:%M:%S}.0000000")
                if fires(until(at) - until(at - timedelta(minutes=window))):
                    fired, quiet = fired or at, 0
                elif fired:
                    quiet += 1
                    if quiet == clear:
                        wanted.append((job, fired, at))
                        fired, quiet = None, 0
            if fired:
                wanted.append((job, fired, None))
        clock = time.monotonic()
        command = [options.calypso, "alert", "backtest", ROOT / "tests" / "rules" / f"{name}.json", "--store", store]
        command += ["--from", f"{begin}", "--to", end, "--now", end, "-f", "ndjson"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds, found = time.monotonic() - clock, {}
        for change in map(json.loads, text.splitlines()):
            job = change["Series"].removeprefix("JobId = ") if by_job else ""
            ends = instant(change["At"]) if change["Change"] == "resolved" else None
            fired = found[change["Alert"]][1] if ends else instant(change["At"])
            found[change["Alert"]] = (job, fired, ends)
        differ = sorted(set(found.values()) ^ set(wanted), key=str)
        same &= not differ
        state = "DIFFERENT" if differ else "as expected"
        print(f"{seed:4}    {name:22} {len(wanted):5} firings {seconds:7.2f} s              {state}", flush=True)
        for one in differ[:6]:
            print("     ", "expected" if one in wanted else "found", *one)
    return same


def replay(options, seed):
    """Whether all rules fire as the manifest says."""
    days = options.days or DAYS[options.profile]
    folder = Path(options.folder) / f"{options.profile}-{days}-{seed}"
    logs, store = folder / "logs", folder / "store"
    if not store.exists():
        generate = ["generate", "--profile", options.profile, "--seed", str(seed), "--days", str(days)]
        subprocess.run([options.calypso, *generate, "--shapes", "parquet", "--out", logs], check=True)
        subprocess.run([options.calypso, "import", logs / "parquet", "--store", store], check=True)
    manifest = json.loads((logs / "manifest.json").read_text())
    begin, same = END - timedelta(days=days), True
    for number in options.rules or RULES:
        name, peak = RULES[number]
        path = QUERIES / f"{name}.kql"
        settings = header(path)
        series, seconds, cpu = ask(options.calypso, store, path, begin, END)
        end = datetime(END.year, END.month, END.day)
        found = [
            (*key[:2], *alert[:3], int(alert[3]))
            for key, rows in series.items()
            for alert in alerts_of(rows, settings, peak, end)
        ]
        found, wanted = sorted(found, key=str), expected(manifest, number)
        same &= found == wanted
        state = "as expected" if found == wanted else "DIFFERENT"
        print(f"{seed:4} {number:2} {name:22} {len(wanted):5} firings {seconds:7.2f} s {cpu:7.2f} s CPU  {state}", flush=True)
        for one in sorted(set(found) ^ set(wanted), key=str)[:6]:
            print("     ", "expected" if one in wanted else "found", *one)
    return same and documented(options, seed, store, begin)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--calypso", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--profile", default="medium", choices=DAYS)
    parser.add_argument("--days", type=int)
    parser.add_argument("--seeds", default="42,1,2,3", type=lambda text: [int(seed) for seed in text.split(",")])
    parser.add_argument("--rules", type=lambda text: [int(rule) for rule in text.split(",")])
    options = parser.parse_args()
    same = [replay(options, seed) for seed in options.seeds]
    sys.exit(0 if all(same) else 1)


main()
