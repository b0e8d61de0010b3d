"""Programs of the project as processes of their own: the demo PBX and the line without a window.

Nothing here sleeps: every wait is for a line that a program has still to write, and ends when it stands there.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from tests.leaks.planted import PASSWORD

LIMIT = 30.0
"""Seconds after which a line that should have come is missing; no test passes by them."""
LINE_LIMIT = 2**26

JsonObject = dict[str, Any]


class Program:
    """A process whose lines on standard output are kept as they come."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self.errors = ""
        self._news = asyncio.Condition()
        self._readers = [
            asyncio.get_running_loop().create_task(self._read_lines()),
            asyncio.get_running_loop().create_task(self._read_errors()),
        ]

    @classmethod
    async def start(cls, *arguments: str, environment: dict[str, str] | None = None) -> Self:
        """Start `ctidesk` with these arguments."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "ctidesk", *arguments),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            limit=LINE_LIMIT,
            env={**os.environ, **(environment or {})},
        )
        return cls(process)

    def say(self, line: str) -> None:
        """Write a line to the program."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())

    async def line(self, number: int) -> str:
        """Wait for the line of this number, from 0."""
        await self.until(lambda: len(self.lines) > number, f"line {number}")
        return self.lines[number]

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until `condition` holds; it is looked at anew after each line."""
        try:
            async with asyncio.timeout(LIMIT), self._news:
                while not condition():
                    if self._readers[0].done():
                        raise AssertionError(f"the program has ended without {what}; {self.last_words()}")
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"no {what}; {self.last_words()}") from None

    async def end(self) -> int:
        """Close the program's input and return its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return await self.exit_code()

    async def terminate(self) -> int:
        """Send SIGTERM and return the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.exit_code()

    async def exit_code(self) -> int:
        """Wait for the program to end by itself."""
        async with asyncio.timeout(LIMIT):
            code = await self.process.wait()
            await asyncio.gather(*self._readers)
        return code

    async def close(self) -> None:
        """End the program whatever it does; for the end of a test."""
        if self.process.returncode is None:
            self.process.kill()
        await self.exit_code()
        assert self.process.stdin is not None
        self.process.stdin.close()

    def last_words(self) -> str:
        """Return the end of what the program has written, for a failed test."""
        tail = "\n".join(self.lines[-40:])
        return f"it wrote:\n{tail}\nand on standard error:\n{self.errors[-2000:]}"

    async def _read_lines(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            async with self._news:
                self.lines.append(line.decode().rstrip("\n"))
                self._news.notify_all()
        async with self._news:
            self._news.notify_all()

    async def _read_errors(self) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            async with self._news:
                self.errors += line.decode()
                self._news.notify_all()


class DemoPbx(Program):
    """`ctidesk pbx`; its operator has the number 101."""

    url = login = ""
    _said = 0

    async def read_head(self, login_password: str) -> None:
        """Read where it listens and who may log in."""
        self.url = (await self.line(0)).removeprefix("listening ")
        self.login, password = (await self.line(1)).split(" ")
        assert password == login_password

    async def direct(self, line: str) -> JsonObject:
        """Give the director a line that must succeed, and return the answer."""
        self.say(line)
        self._said += 1
        answer: JsonObject = json.loads(await self.line(1 + self._said))
        assert answer["ok"] is True, f"{line}: {answer}"
        return answer


@dataclass(frozen=True)
class Told:
    """One event that `ctidesk watch` has told."""

    level: str
    name: str
    args: list[Any]


class Watch(Program):
    """`ctidesk watch` with the levels pbx and cti, or those that it was started with."""

    def __init__(self, process: Process) -> None:
        super().__init__(process)
        self._taken = 0
        self._places: dict[str, int] = {}
        self._events: list[Told] = []
        self._answers: list[JsonObject] = []
        self._asked: dict[str, int] = {}

    @property
    def events(self) -> Sequence[Told]:
        """All events so far."""
        self._take()
        return self._events

    def since(self, level: str, place: int = 0) -> list[Told]:
        """Return the events of a level, from the place in all events on."""
        return [event for event in self.events[place:] if event.level == level]

    async def event(self, level: str, name: str, **fields: object) -> Told:
        """Wait for the next event of a name; "next" counts from the one that was waited for before on this level.

        Args:
            level: pbx, cti or wire.
            name: the event's name.
            fields: what the first argument, an object, must hold.
        """
        found: Told | None = None

        def look() -> bool:
            nonlocal found
            for place in range(self._places.get(level, 0), len(self.events)):
                event = self._events[place]
                if event.level == level and event.name == name and _holds(event.args, fields):
                    self._places[level] = place + 1
                    found = event
                    return True
            return False

        await self.until(look, f"{level} event {name} {fields or ''}")
        assert found is not None
        return found

    async def command(self, line: str) -> JsonObject:
        """Give a command and return its answer."""
        asked = self._asked[line] = self._asked.get(line, 0) + 1
        self.say(line)

        def answers() -> list[JsonObject]:
            self._take()
            return [one for one in self._answers if one["command"] == line]

        await self.until(lambda: len(answers()) >= asked, f"answer to {line}")
        return answers()[asked - 1]

    async def carry_out(self, line: str) -> Any:
        """Give a command that must succeed and return its result."""
        answer = await self.command(line)
        assert answer["ok"] is True, f"{answer}; {self.last_words()}"
        return answer["result"]

    async def log(self, text: str) -> None:
        """Wait until a text stands on standard error."""
        await self.until(lambda: text in self.errors, f"text on standard error: {text}")

    def _take(self) -> None:
        for line in self.lines[self._taken :]:
            record = json.loads(line)
            if "command" in record:
                self._answers.append(record)
            else:
                self._events.append(Told(record.get("level", ""), record["event"], record["args"]))
        self._taken = len(self.lines)


def _holds(args: Sequence[Any], fields: dict[str, object]) -> bool:
    first = args[0] if args and isinstance(args[0], dict) else {}
    return all(first.get(name) == value for name, value in fields.items())


@asynccontextmanager
async def demo_pbx(*arguments: str, login_password: str = PASSWORD, provider: str = "oktell") -> AsyncIterator[DemoPbx]:
    """Run a demo PBX of twelve users with the numbers 101 to 112."""
    pbx = await DemoPbx.start("pbx", provider, "--users", "12", "--login-password", login_password, *arguments)
    try:
        await pbx.read_head(login_password)
        yield pbx
    finally:
        await pbx.close()


@asynccontextmanager
async def watch(
    url: str,
    *arguments: str,
    login: str = "operator",
    password: str = PASSWORD,
    levels: str = "pbx,cti",
    environment: dict[str, str] | None = None,
    provider: str = "oktell",
) -> AsyncIterator[Watch]:
    """Run `ctidesk watch` at a PBX."""
    program = await Watch.start(
        *("watch", "--provider", provider, "--url", url, "--login", login),
        *("--password-stdin", "--events", levels, *arguments),
        environment=environment,
    )
    program.say(password)
    try:
        yield program
    finally:
        await program.close()


@asynccontextmanager
async def line(*arguments: str, login: str = "", provider: str = "oktell") -> AsyncIterator[tuple[DemoPbx, Watch]]:
    """Run a demo PBX and watch the line of one of its users, which is usable when this returns.

    Args:
        arguments: for the demo PBX.
        login: the user; empty for the demo's operator.
        provider: the kind of PBX.
    """
    async with (
        demo_pbx(*arguments, provider=provider) as pbx,
        watch(pbx.url, login=login or pbx.login, provider=provider) as watched,
    ):
        await watched.event("cti", "activeCallSnapshot")
        yield pbx, watched
