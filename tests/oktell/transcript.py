"""Plays the wire examples of oktell-protocol.md, section 13, in the notation of "13.0 Notation".

The files in `transcripts` hold what is on the wire, what the application is told and what its commands return, with
the corrections of section 12. Client frames, public events and results of commands must each come in the order of
the file and leave nothing over; how the three are interleaved is free. Left out, as there: `abonentListChange` and the
ticks of the talk timer; and, but for a transcript that connects itself, pings and looks at the queue.

Besides the marks of the specification, `* NAME [ARGUMENTS]` has its arguments in JSON, and a `#` begins a remark.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from ctidesk.oktell.commands import Commands
from ctidesk.oktell.effects import PublicEvent
from tests.oktell.scripted_connection import Frame, Pbx
from tests.waiting import settle

FOLDER = Path(__file__).parent / "transcripts"
SNAPSHOTS: dict[str, dict[str, Any]] = json.loads((FOLDER / "snapshots.json").read_text())
NAMES = sorted(path.stem for path in FOLDER.glob("*.trace"))


class Player:
    """Plays one transcript to a client."""

    def __init__(self, pbx: Pbx) -> None:
        self._pbx = pbx
        self._commands = Commands(pbx.client)
        self._qids: dict[str, str] = {}
        self._seen_frames = 0
        self._seen_connection = 0
        self._seen_events = 0
        self._with_login = False
        self._booted_in_talk = False
        self._results: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def play(self, name: str) -> None:
        """Play the transcript `name`; raises AssertionError at the first difference."""
        for number, line in enumerate((FOLDER / f"{name}.trace").read_text().splitlines(), 1):
            text = line.strip()
            if text and not text.startswith("#"):
                try:
                    await self._step(text)
                except AssertionError as error:
                    raise AssertionError(f"{name}, line {number}: {text}\n{error}") from error
        assert not self._left_frames(), f"{name}: sent besides: {self._left_frames()}"
        assert not self._left_events(), f"{name}: told besides: {self._left_events()}"
        assert not self._results, f"{name}: results besides: {self._results}"

    async def close(self) -> None:
        """End the commands that are still waiting."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _step(self, text: str) -> None:
        mark, _, rest = text.partition(" ")
        match mark:
            case "@":
                await self._boot(rest)
            case "*":
                self._start(rest)
            case "~":
                self._pbx.clock.advance(int(rest) / 1000 + 1e-6)
            case "<":
                self._receive(rest)
            case "<>":
                self._expect_frames(_request_of(rest))
                self._receive(rest if rest.startswith("line") else f"{rest} reply")
            case ">":
                self._expect_frames(rest)
            case "=":
                for part in rest.split(" ; "):
                    self._expect_event(part.strip())
            case "^" if rest == "close":
                self._pbx.connection.drop()
            case "^":
                connection = self._pbx.connections[self._seen_connection]
                assert connection.url == rest.removeprefix("open "), connection.url
                self._seen_connection += 1
                self._seen_frames = 0
            case _:
                raise ValueError(text)
        await settle()

    async def _boot(self, options: str) -> None:
        line = SNAPSHOTS["IDLE"]
        for option in options.split()[1:]:
            name, _, value = option.partition("=")
            if name == "line":
                line = SNAPSHOTS[value]
            else:
                self._pbx.answers["getuserstate"] |= {name: json.loads(value)}
        await self._pbx.boot(**line)
        self._pbx.answers.clear()
        self._seen_connection = 1
        self._booted_in_talk = self._pbx.session.is_talking

    def _start(self, text: str) -> None:
        name, _, arguments = text.partition(" ")
        if name == "connect":
            self._with_login = True
            client = self._pbx.client
            client.options = replace(client.options, **json.loads(arguments or "{}"))
        given = json.loads(arguments) if arguments.startswith("[") else []

        async def run() -> None:
            result = await self._commands.run(name, given)
            assert isinstance(result, dict)
            self._results.append("ok" if result["result"] is True else str(result["errorCode"]))

        self._tasks.append(asyncio.create_task(run()))

    # ---- frames

    def _receive(self, text: str) -> None:
        first, *rest = text.split()
        if first == "ok":
            for label in rest:
                self._put("subscribeevent", {"qid": label, "result": 1})
        elif first == "line":
            self._put("getextendedlineinfo", {"qid": rest[0], **SNAPSHOTS[rest[1]]})
        elif first == "conf":
            self._put("getconferenceinfo", {"qid": rest[0], **SNAPSHOTS["CONF_INFO"]})
        else:
            method, body = json.loads(text)
            self._put(method, body)

    def _put(self, method: str, body: dict[str, Any]) -> None:
        if "qid" in body:
            body = {**body, "qid": self._qids[body["qid"]]}
        self._pbx.connections[self._seen_connection - 1].put([method, body])

    def _expect_frames(self, text: str) -> None:
        connection = self._pbx.connections[self._seen_connection - 1]
        if text == "close":
            assert connection.closed_by_client
            return
        for method, body in _frames(text):
            left = self._left_frames()
            assert left, "nothing was sent"
            sent_method, sent_body = left[0]
            self._seen_frames = self._index_after(left[0])
            self._qids[body.pop("qid")] = sent_body["qid"]
            sent_body = {key: value for key, value in sent_body.items() if key != "qid"}
            if not self._with_login:
                sent_body.pop("userlogin", None)
            assert (sent_method, sent_body) == (method, body), f"{sent_method} {sent_body}"

    def _index_after(self, frame: Frame) -> int:
        sent = self._pbx.connections[self._seen_connection - 1].sent
        return next(index for index, one in enumerate(sent) if one is frame) + 1

    def _left_frames(self) -> list[Frame]:
        sent = self._pbx.connections[self._seen_connection - 1].sent[self._seen_frames :]
        background = () if self._with_login else ("ping", "getcurrentqueue")
        return [frame for frame in sent if frame[0] not in background]

    # ---- events and results

    def _expect_event(self, expected: str) -> None:
        if expected.startswith("cb "):
            assert self._results, "the command has not returned"
            result = self._results.pop(0)
            assert result == expected.removeprefix("cb "), result
            return
        left = self._left_events()
        assert left, "nothing was told"
        self._seen_events = next(i for i, one in enumerate(self._pbx.events) if one is left[0]) + 1
        assert rendered(left[0]) == expected, rendered(left[0])

    def _left_events(self) -> list[PublicEvent]:
        running = self._booted_in_talk
        left = []
        for index, event in enumerate(self._pbx.events):
            is_tick = event.name == "talkTimer" and event.args[0] is not False and running
            if event.name == "talkTimer":
                running = event.args[0] is not False
            if index >= self._seen_events and not is_tick and event.name != "abonentListChange":
                left.append(event)
        return left


def rendered(event: PublicEvent) -> str:
    """Return an event as the transcripts show it."""
    return " ".join([event.name, *(_argument(event.name, one) for one in event.args if one != "00:00")])


def _argument(event: str, value: Any) -> str:
    match value:
        case {"hasHold": False}:
            return "false"
        case {"hasHold": True, "abonent": {"phone": phone}}:
            return f"true {phone}"
        case {"phone": phone}:
            return str(phone)
        case {"errorCode": code}:
            return str(code)
        case {"code": code}:
            return str(code)
        case list():
            return f"[{', '.join(str(one['phone']) for one in value)}]"
        case str() if value:
            return value
        case _:
            return json.dumps(value)


def _request_of(text: str) -> str:
    return " ".join(text.split()[:2])


def _frames(text: str) -> list[Frame]:
    kind, _, rest = text.partition(" ")
    if kind == "sub":
        pairs = (part.split() for part in re.split(r",\s*", rest))
        return [("subscribeevent", {"qid": label, "eventmethod": [name]}) for label, name in pairs]
    if kind == "line":
        return [("getextendedlineinfo", {"qid": rest})]
    if kind == "conf":
        return [("getconferenceinfo", {"qid": rest, "conferenceid": "conf-1"})]
    method, body = json.loads(text)
    return [(method, body)]
