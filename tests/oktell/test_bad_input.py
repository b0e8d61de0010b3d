"""What no server should send: the session goes on (architecture, rule 8; D6)."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell.actions import phone_actions
from ctidesk.oktell.boot import BootError, Credentials, boot, log_in
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.execution import load_queue
from ctidesk.oktell.line import HANDLED_EVENTS
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.oktell.session import OTHER_EVENTS, Session
from ctidesk.oktell.values import LineState
from tests.cti.fake_clock import FakeClock
from tests.oktell.json_values import json_values
from tests.oktell.scripted_connection import boot_answers

FIELDS = (
    "result",
    "qid",
    "userid",
    "version",
    "items",
    "numbers",
    "users",
    "links",
    "redirectrules",
    "queue",
    "abonent",
    "flashed",
    "isflashing",
    "linestatestr",
    "eventinfo",
    "conference",
    "competitors",
    "competitorlist",
    "competitor",
    "conferenceid",
    "isconference",
    "confid",
    "userstateid",
    "oncallcenter",
    "eventname",
    "alloweddbstoredprocs",
    "error",
    "errormsg",
)
bodies = st.dictionaries(
    st.sampled_from(FIELDS),
    json_values | st.lists(st.dictionaries(st.sampled_from(["id", "number", "userid", "competitorid"]), json_values)),
    max_size=6,
)
methods = st.sampled_from([*HANDLED_EVENTS, *OTHER_EVENTS, "multipart", "unheardof"])


class Collector(logging.Handler):
    """Collects what went wrong although it should not."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))


def open_session() -> tuple[Session, list[Any], FakeClock]:
    clock = FakeClock()
    session = Session(clock)
    sent: list[Any] = []
    session.open(lambda text: sent.append(json.loads(text)))
    return session, sent, clock


@given(st.lists(st.tuples(methods, bodies | json_values), max_size=12))
def test_any_events(frames: list[tuple[str, Any]]) -> None:
    session, sent, clock = open_session()
    collector = Collector()
    logging.getLogger("ctidesk").addHandler(collector)
    try:
        for method, body in frames:
            session.receive(json.dumps([method, body]))
            clock.advance(0.5)
            # Every request is answered in the same spirit.
            for asked, request in sent[-3:]:
                session.receive(
                    json.dumps([asked, {**(body if isinstance(body, dict) else {}), "qid": request["qid"]}])
                )
            phone_actions(session, "102")
    finally:
        logging.getLogger("ctidesk").removeHandler(collector)
    assert collector.found == []
    session.close()
    assert session.line.state is None or session.line.state is LineState.DISCONNECTED
    clock.advance(60)
    assert clock.timers == []


@given(st.dictionaries(st.sampled_from([*boot_answers()]), bodies, max_size=5))
def test_any_boot(odd: dict[str, dict[str, Any]]) -> None:
    answers = boot_answers() | odd
    session, _, clock = open_session()

    def reply(text: str) -> None:
        method, body = json.loads(text)
        if method in answers:
            frame = [method, {**answers[method], "qid": body["qid"]}]
            asyncio.get_running_loop().call_soon(session.receive, json.dumps(frame))

    session.open(reply)

    async def play() -> None:
        try:
            await log_in(session, Credentials("op1", "x"))
            await load_queue(session)
            await boot(session)
        except BootError:
            return

    collector = Collector()
    logging.getLogger("ctidesk").addHandler(collector)
    try:
        asyncio.run(play())
    finally:
        logging.getLogger("ctidesk").removeHandler(collector)
    assert collector.found == []
    session.close()
    clock.advance(60)
    assert clock.timers == []


@given(st.text() | st.recursive(json_values, lambda inner: st.lists(inner)).map(json.dumps))
def test_any_text(text: str) -> None:
    session, _, _ = open_session()
    session.receive(text)
    assert session.is_open


def test_an_unknown_frame_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    session, _, _ = open_session()
    with caplog.at_level(logging.DEBUG, "ctidesk"):
        for _ in range(3):
            session.receive('["shownotifymessage",{"text":"hello"}]')
    assert [record.getMessage() for record in caplog.records].count(
        "ignored: a frame shownotifymessage that nobody asked for"
    ) == 1
    assert "hello" not in caplog.text


def test_broken_frames_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    session, _, _ = open_session()
    for text in ("", "[]", '["x"]', '["multipart",{}]'):
        session.receive(text)
    assert session.broken_frames == 4
    assert "dropped" in caplog.text


def test_the_provider_tells_how_many_frames_were_dropped() -> None:
    provider = OktellCtiProvider(ClientOptions("pbx.example:4055", "op1", "Secret1"))
    assert provider.unreadable_messages == 0
    provider.client.session.receive("[]")
    assert provider.unreadable_messages == 1
