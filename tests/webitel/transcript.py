"""Plays the wire examples of webitel-protocol.md, section 14, in the notation described there.

`transcripts.txt` holds what is on the wire, what is told and what commands return, with the types of errors that
section 12.1 asks for. What is sent, told and returned must each come in the order of the file and leave nothing over
within its step; how the three are interleaved is free.
"""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

from tests.waiting import settle
from tests.webitel.scripted_pbx import Frame, Pbx

FILE = Path(__file__).parent / "transcripts.txt"

_HEADER = re.compile(r"# (T\d+)(?: uses (T\d+))?")
_ASSIGNMENT = re.compile(r"let (\w+) = (.*)")
_CALL = re.compile(r"(\w+)\((.*)\)( -> cb)?")


def load() -> dict[str, tuple[str | None, list[str]]]:
    """Return for each transcript the one to be played before it, and its lines."""
    transcripts: dict[str, tuple[str | None, list[str]]] = {}
    lines: list[str] = []
    for line in FILE.read_text().splitlines():
        if header := _HEADER.fullmatch(line):
            lines = []
            transcripts[header[1]] = (header[2], lines)
        elif line:
            lines.append(line)
    return transcripts


TRANSCRIPTS = load()


class Player:
    """Plays transcripts to a client.

    Args:
        is_strict: whether all that is sent is looked at; a provider sends on its own account, too.
    """

    def __init__(self, pbx: Pbx, *, is_strict: bool) -> None:
        self._pbx = pbx
        self._is_strict = is_strict
        self._objects: dict[str, Frame] = {}
        self._ids: dict[str, str] = {}
        self._seen_frames = 0
        self._results: list[Frame] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def play(self, name: str) -> None:
        """Play a transcript and what it builds upon; raises AssertionError at the first difference."""
        before, lines = TRANSCRIPTS[name]
        if before is not None:
            await self.play(before)
            self._pbx.told.clear()
        for line in lines:
            try:
                await self._step(line)
            except AssertionError as error:
                raise AssertionError(f"{name}: {line}\n{error}") from error
        self._nothing_over()

    async def close(self) -> None:
        """End what still waits."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _step(self, line: str) -> None:
        if assignment := _ASSIGNMENT.fullmatch(line):
            self._objects[assignment[1]] = self._object(assignment[2])
            return
        mark, rest = line[:2], line[3:]
        match mark:
            case "A>":
                self._nothing_over()
                self._command(rest)
            case "S>" if rest == "open":
                pass
            case "S>":
                self._nothing_over()
                self._pbx.connection.put(self._object(rest))
            case "C>":
                self._expect_frame(json.loads(rest))
            case "E>":
                self._expect_event(*rest.partition(" ")[::2])
            case "R>":
                assert self._results, "no result"
                assert contains(self._results.pop(0), json.loads(rest))
        await settle()

    def _command(self, text: str) -> None:
        found = _CALL.fullmatch(text)
        assert found is not None, text
        work = self._pbx.start(self._pbx.provider.connect() if found[1] == "connect" else self._run(found))
        self._tasks.append(work)

    async def _run(self, found: re.Match[str]) -> None:
        result = await self._pbx.commands.run(found[1], json.loads(f"[{found[2]}]"))
        if found[3]:
            assert isinstance(result, dict)
            self._results.append(result)

    def _object(self, text: str) -> Frame:
        """Evaluate `{…}`, `NAME` or `NAME + {…}`; `"#name"` stands for the id of a command."""
        name, plus, more = text.partition(" + ")
        if text.startswith("{"):
            name, plus, more = "", "+", text
        value = dict(self._objects.get(name, {}))
        if plus:
            value |= json.loads(more)
        if str(value.get("exec-uuid", "")).startswith("#"):
            value["exec-uuid"] = self._ids[value["exec-uuid"]]
        return value

    def _expect_frame(self, expected: Frame) -> None:
        name = expected.pop("exec-uuid")
        while self._left_frames():
            frame = dict(self._left_frames()[0])
            self._seen_frames += 1
            self._ids[name] = frame.pop("exec-uuid")
            if frame == expected:
                return
            assert not self._is_strict, f"sent {frame}"
        raise AssertionError("nothing was sent")

    def _expect_event(self, name: str, arguments: str) -> None:
        assert self._pbx.events, "nothing was told"
        told_name, told = self._pbx.events.pop(0)
        assert told_name == name, f"told {told_name}"
        if arguments:
            assert contains(told, json.loads(arguments)), f"told {told}"

    def _left_frames(self) -> list[Frame]:
        return self._pbx.sent[self._seen_frames :] if self._pbx.connections else []

    def _nothing_over(self) -> None:
        assert not self._pbx.events, f"told besides: {self._pbx.events}"
        assert not (self._is_strict and self._left_frames()), f"sent besides: {self._left_frames()}"
        assert not self._results, f"returned besides: {self._results}"


def contains(value: Any, part: Any) -> bool:
    """Whether `value` has at least all that `part` has."""
    if isinstance(part, dict):
        return isinstance(value, dict) and all(key in value and contains(value[key], one) for key, one in part.items())
    return type(value) is type(part) and bool(value == part)
