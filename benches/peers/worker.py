"""One peer in a process of its own, warm between questions.

Called by `bench.py` as `worker.py ENGINE FOLDER MEMBERS`, where MEMBERS is 1 or 0, with the constants as the first line of JSON. Each further line is
`{"question": name, "keep": path or null}` and is answered by `{"seconds", "cpu"}`; with `keep` the answer's rows are
written there.
"""

import importlib
import json
import os
import pickle
import sys
import time
from pathlib import Path

from answers import rows_of_arrow
from questions import all_questions


def load(engine, parquet, folder, members):
    """Writes the engine's own form of the rows; a process of its own."""
    importlib.import_module(f"engines.in_{engine}").load(parquet, Path(folder), members == "1")


def main():
    """Reads questions until the input ends."""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    module = importlib.import_module(f"engines.in_{sys.argv[1]}")
    engine = module.Engine(Path(sys.argv[2]), sys.argv[3] == "1")
    questions = {question.name: question for question in all_questions()}
    constants = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        request = json.loads(line)
        prepared = engine.prepare(questions[request["question"]], constants)
        cpu, start = time.process_time(), time.perf_counter()
        tables = engine.run(prepared)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        if request["keep"]:
            Path(request["keep"]).write_bytes(pickle.dumps([rows_of_arrow(table) for table in tables]))
        print(json.dumps({"seconds": seconds, "cpu": cpu}), file=replies, flush=True)


if __name__ == "__main__":
    main()
