"""The lines on standard output: one JSON object each, written at once."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from ctidesk.cti.json_value import Json
from ctidesk.watch.options import Level

logger = logging.getLogger(__name__)


class Output:
    """Writes events and answers; whoever reads them may go away at any time."""

    def __init__(self, levels: frozenset[Level], on_closed: Callable[[], object]) -> None:
        """Begin to count the seconds.

        Args:
            levels: what is told; with more than one each event names its level.
            on_closed: called once when nobody reads any more.
        """
        self._names_level = len(levels) > 1
        self._on_closed = on_closed
        self._begin = time.monotonic()
        self.is_closed = False

    def event(self, level: Level, name: str, args: Sequence[Json]) -> None:
        """Write an event."""
        line: dict[str, Json] = {"t": round(time.monotonic() - self._begin, 3)}
        if self._names_level:
            line["level"] = level.value
        self._write({**line, "event": name, "args": list(args)})

    def answer(self, command: str, result: Json) -> None:
        """Write the answer of a command that was carried out."""
        self._write({"command": command, "ok": True, "result": result})

    def refusal(self, command: str, kind: str, text: str, code: int | str | None = None) -> None:
        """Write the answer of a command that was not carried out: the kind of error, the PBX's code, the reason."""
        self._write({"command": command, "ok": False, "kind": kind, "code": code, "text": text})

    def _write(self, line: Mapping[str, Json]) -> None:
        if self.is_closed:
            return
        try:
            text = json.dumps(line, ensure_ascii=False)
        except RecursionError:
            logger.warning("%s is nested too deep to be told", line.get("event") or "a result")
            return
        try:
            data = text.encode()
        except UnicodeEncodeError:  # half of a surrogate pair, as JSON can spell it
            data = json.dumps(line).encode()
        try:
            sys.stdout.buffer.write(data + b"\n")
            sys.stdout.buffer.flush()
        except OSError:
            self._close()

    def _close(self) -> None:
        """Nobody reads: what is still in the buffer must not fail once more when the program ends."""
        self.is_closed = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        self._on_closed()
