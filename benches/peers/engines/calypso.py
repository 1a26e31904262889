"""Calypso: one `calypso batch`, a line of JSON in for each question and a line of JSON out."""

import json
import os
import subprocess
import time


class Calypso:
    """A running `calypso batch`. The clock runs from the write of a question to the end of the line that answers it."""

    def __init__(self, binary, data, extra=()):
        self.process = subprocess.Popen(
            [binary, "batch", *data, *extra], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=False
        )
        # The clock of all threads of another process, living and ended (see clock_getcpuclockid).
        self.clock = (~self.process.pid << 3) | 2

    def ask(self, parts):
        """The replies, the seconds and the processor's seconds of texts asked one after the other."""
        seconds, cpu, replies = 0.0, time.clock_gettime(self.clock), []
        for part in parts:
            line = json.dumps({"id": 1, "query": part}).encode() + b"\n"
            start = time.perf_counter()
            self.process.stdin.write(line)
            self.process.stdin.flush()
            reply = self.process.stdout.readline()
            seconds += time.perf_counter() - start
            replies.append(reply)
        return replies, seconds, time.clock_gettime(self.clock) - cpu

    def answer(self, parts):
        """The same with the replies read."""
        replies, seconds, cpu = self.ask(parts)
        replies = [json.loads(reply) for reply in replies]
        for reply in replies:
            if "error" in reply:
                raise SystemExit(f"calypso: {reply['error']}")
        return replies, seconds, cpu

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def version(binary):
    """What the binary calls itself."""
    return subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def peak_memory(pid):
    """The most bytes the process held at once."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def cores():
    return os.cpu_count()
