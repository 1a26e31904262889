"""Asks Calypso, DuckDB, chdb and Polars the same questions and compares answers and times.

    python bench.py --calypso PATH [--rows N] [--rounds N] [--engines duckdb,chdb,polars] [--out FILE.md] [--import]

Ends with 1 when two engines do not answer the same.
"""

import argparse
import json
import pickle
import shutil
import subprocess
import sys
import time
from pathlib import Path

import report
from answers import difference, rows_of_calypso
from constants import constants
from engines import calypso as driver
from questions import all_questions

HERE = Path(__file__).parent


def arguments():
    """What may stand on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calypso", required=True, type=Path, help="the binary, a release build")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows to generate; 1,000,000 by default")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count; one more warms up")
    parser.add_argument("--engines", default="duckdb,chdb,polars", help="the peers, by comma")
    parser.add_argument("--only", default="", help="only questions whose names hold this text")
    parser.add_argument("--work", type=Path, default=Path("/tmp/calypso-peers"), help="the folder for data")
    parser.add_argument("--on", choices=["store", "parquet"], default="store", help="what Calypso reads")
    parser.add_argument("--members", action="store_true", help="peers, too, keep parts of JSON in columns of their own")
    parser.add_argument("--without", action="append", default=[], help="passed on to Calypso")
    parser.add_argument("--out", type=Path, help="writes the tables of results to this file, in Markdown")
    return parser.parse_args()


def generated(options):
    """The folder of the generated rows, made when absent."""
    folder = options.work / f"rows-{options.rows}"
    parquet = folder / "parquet" / "AADProvisioningLogs.parquet"
    if not parquet.exists():
        print(f"generating {options.rows:,} rows", file=sys.stderr)
        command = [options.calypso, "generate", "--profile", "bench", "--rows", str(options.rows)]
        subprocess.run([*command, "--shapes", "parquet", "--out", folder], check=True, stdout=sys.stderr)
    return folder, parquet


def loaded(options, engine, folder, parquet):
    """The folder of the engine's own form of the rows, made when absent."""
    own = folder / (f"{engine}-members" if options.members and engine != "calypso" else engine)
    if not own.exists():
        print(f"loading {engine}", file=sys.stderr)
        partial = folder / f"{engine}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        if engine == "calypso":
            command = [options.calypso, "import", parquet, "--store", partial]
            subprocess.run(command, check=True, stdout=sys.stderr)
        else:
            code = "import sys, worker; worker.load(*sys.argv[1:])"
            command = [sys.executable, "-c", code, engine, parquet, partial, str(int(options.members))]
            subprocess.run(command, check=True, cwd=HERE)
        partial.rename(own)
    return own


class Peer:
    """A worker process of one peer."""

    def __init__(self, options, engine, folder, values):
        command = [sys.executable, HERE / "worker.py", engine, folder, str(int(options.members))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.kept = folder.parent / f"{engine}.answer"
        self.process.stdin.write(json.dumps(values) + "\n")

    def ask(self, question, keep):
        """The seconds, the processor's seconds, and with `keep` the rows."""
        request = {"question": question.name, "keep": str(self.kept) if keep else None}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        reply = self.process.stdout.readline()
        if not reply:
            raise SystemExit(f"{question.name}: the peer ended: {self.process.args}")
        reply = json.loads(reply)
        rows = pickle.loads(self.kept.read_bytes()) if keep else None
        return reply["seconds"], reply["cpu"], rows

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Ours:
    """Calypso behind the same door as a peer."""

    def __init__(self, options, folder, parquet, values):
        self.values = values
        data = ["--data", parquet] if options.on == "parquet" else ["--store", folder]
        extra = [word for name in options.without for word in ("--without", name)]
        self.calypso = driver.Calypso(options.calypso, data, extra)
        self.process = self.calypso.process

    def ask(self, question, keep):
        replies, seconds, cpu = self.calypso.answer(question.parts("calypso", self.values))
        return seconds, cpu, [rows_of_calypso(reply) for reply in replies] if keep else None

    def close(self):
        self.calypso.close()


def main():
    """Loads, asks in rounds, compares."""
    options = arguments()
    folder, parquet = generated(options)
    values = constants(parquet)
    names = [name for name in options.engines.split(",") if name]
    engines = {}
    own = loaded(options, "calypso", folder, parquet) if options.on == "store" else None
    engines["calypso"] = Ours(options, own, parquet, values)
    for name in names:
        engines[name] = Peer(options, name, loaded(options, name, folder, parquet), values)
    questions = [question for question in all_questions() if options.only in question.name]

    # The first round warms up and compares.
    disagreements = []
    sizes = {}
    for question in questions:
        answers = {name: engine.ask(question, True)[2] for name, engine in engines.items()}
        sizes[question.name] = sum(len(table) for table in answers["calypso"])
        for name in names:
            found = difference(answers[name], answers["calypso"], question.ordered)
            if found:
                disagreements.append(f"{question.name}: {name} and calypso: {found}")
    times = {question.name: {name: [] for name in engines} for question in questions}
    for number in range(options.rounds):
        order = list(engines)
        order = order[number % len(order) :] + order[: number % len(order)]
        for question in questions:
            for name in order:
                times[question.name][name].append(engines[name].ask(question, False)[:2])
    memory = {name: driver.peak_memory(engine.process.pid) for name, engine in engines.items()}
    for engine in engines.values():
        engine.close()
    text = report.tables(options, questions, sizes, times, memory, time.strftime("%Y-%m-%d"))
    print(text)
    if options.out:
        options.out.write_text(text)
    for line in disagreements:
        print(f"not the same: {line}", file=sys.stderr)
    sys.exit(1 if disagreements else 0)


main()
