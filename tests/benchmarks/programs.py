"""Starting the measured programs and the PBX beside them."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any


class Program:
    """A running program whose output is read line by line."""

    def __init__(self, *words: str, password: str = "") -> None:
        environment = {**os.environ, "CTIDESK_PASSWORD": password, "PYTHONUNBUFFERED": "1"}
        # As an installed program has it: compiled once, not at each start.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    @property
    def _output(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def line(self) -> str:
        """Wait for the next line of output."""
        line = self._output.readline()
        assert line, f"the program ended with {self.process.wait()}"
        return line.strip()

    def tell(self, line: str) -> str:
        """Give a line of input and return the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.line()

    @property
    def memory(self) -> float:
        """The proportional set size in MB."""
        rollup = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return int(rollup.split("\nPss:")[1].split()[0]) / 1024


@contextlib.contextmanager
def program(*words: str, password: str = "") -> Iterator[Program]:
    """Run a module as a program and end it."""
    started = Program(*words, password=password)
    try:
        yield started
    finally:
        started.process.terminate()
        started.process.communicate(timeout=20)


class Pbx(Program):
    """The demo PBX as a process."""

    def __init__(self, users: int) -> None:
        super().__init__("ctidesk", "pbx", "oktell", "--users", str(users))
        self.url = self.line().removeprefix("listening ")
        self.login, self.password = self.line().split()

    def wait_for_client(self) -> None:
        """Return when the operator's client has logged in."""
        while not any(user["login"] == "operator" and user["client"] for user in self.users()):
            time.sleep(0.05)

    def users(self) -> list[dict[str, Any]]:
        """The users as the PBX knows them."""
        users: list[dict[str, Any]] = json.loads(self.tell("state"))["users"]
        return users


@contextlib.contextmanager
def pbx(users: int = 25) -> Iterator[Pbx]:
    """Run the demo PBX."""
    started = Pbx(users)
    try:
        yield started
    finally:
        started.process.terminate()
        started.process.communicate(timeout=20)


def spread(values: list[float], unit: float = 1000.0) -> str:
    """Return median, 95th percentile and maximum in words; seconds become milliseconds."""
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"p50 {statistics.median(ordered) * unit:.1f} · p95 {p95 * unit:.1f} · max {ordered[-1] * unit:.1f} ms"
