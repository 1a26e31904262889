"""The results as Markdown."""

import importlib
import os
import statistics
from math import exp, log
from pathlib import Path

from engines import calypso

NAMES = {"calypso": "Calypso", "duckdb": "DuckDB", "chdb": "chdb", "polars": "Polars"}


def tables(options, questions, sizes, times, memory, date):
    """All tables: times by the clock, then by the processor."""
    parts = [
        facts(options, memory, date),
        "By the clock, medians:",
        table(questions, sizes, times, 0, statistics.median),
        "By the clock, best rounds:",
        table(questions, sizes, times, 0, min),
        "By the processor (all threads), medians:",
        table(questions, sizes, times, 1, statistics.median),
    ]
    return "\n\n".join(parts) + "\n"


def facts(options, memory, date):
    """What was measured on what."""
    versions = [calypso.version(options.calypso)]
    versions += [
        f"{NAMES[name]} {importlib.import_module(f'engines.in_{name}').version()}" for name in memory if name != "calypso"
    ]
    held = ", ".join(f"{NAMES[name]} {size / 2**20:,.0f} MiB" for name, size in memory.items())
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{options.rows:,} rows, {options.rounds} rounds after one to warm up, Calypso on its {options.on},\n"
        f"peers with {'columns of members' if options.members else 'JSON as text alone'}; {date},\n"
        f"{processor()}, {os.cpu_count()} cores, {total:.0f} GiB. {', '.join(versions)}.\n"
        f"Most memory of each process: {held}."
    )


def processor():
    """The processor's name."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown processor")


def table(questions, sizes, times, which, of):
    """Milliseconds of each question and engine, with Calypso's share of each peer's."""
    engines = list(next(iter(times.values())))
    peers = engines[1:]
    header = ["Question", "Rows", *(f"{NAMES[name]} ms" for name in engines)]
    header += [f"/ {NAMES[name]}" for name in peers]
    lines = [header, ["---"] + ["---:"] * (len(header) - 1)]
    ratios = {}
    for question in questions:
        measured = {name: of([pair[which] for pair in times[question.name][name]]) for name in engines}
        shares = [max(measured["calypso"], 1e-6) / max(measured[name], 1e-6) for name in peers]
        ratios[question.name] = shares
        mark = "*" if question.reads == "json" else ""
        row = [question.name.replace("-", " ") + mark, f"{sizes[question.name]:,}"]
        row += [f"{measured[name] * 1000:.1f}" for name in engines]
        lines.append(row + [f"{share:.2f}" for share in shares])
    for title, chosen in [
        ("geometric mean", questions),
        ("of the JSON ones (*)", [question for question in questions if question.reads == "json"]),
    ]:
        if chosen:
            means = [geometric([ratios[question.name][place] for question in chosen]) for place in range(len(peers))]
            lines.append([title, ""] + [""] * len(engines) + [f"**{mean:.2f}**" for mean in means])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def geometric(values):
    """The geometric mean."""
    return exp(sum(map(log, values)) / len(values))
