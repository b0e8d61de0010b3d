"""The queue (oktell-protocol.md, "8.7 Queue and the rest")."""

from __future__ import annotations

from ctidesk.oktell.abonent import build_abonent
from ctidesk.oktell.effects import Effect, PublicEvent
from ctidesk.oktell.execution import load_queue
from ctidesk.oktell.queue import Queue
from ctidesk.oktell.record import Record
from tests.oktell.scripted_connection import Pbx

ANN, BOB = Record({"number": "7001"}), Record({"number": "7002"})


def told(effects: list[Effect]) -> list[tuple[str, list[str]]]:
    return [(one.name, [who.phone for who in one.abonents]) for one in effects if isinstance(one, PublicEvent)]


def test_enter_and_leave() -> None:
    queue = Queue()
    assert told(queue.take([ANN], [])) == [("queueAbonentEnter", ["7001"]), ("queueChange", ["7001"])]
    assert told(queue.take([ANN], [])) == []
    assert told(queue.take([BOB], [])) == [
        ("queueAbonentEnter", ["7002"]),
        ("queueAbonentLeave", ["7001"]),
        ("queueChange", ["7002"]),
    ]
    assert told(queue.take([], [])) == [("queueAbonentLeave", ["7002"]), ("queueChange", [])]


def test_who_is_on_the_line_stays_in_the_list_without_events() -> None:
    queue = Queue()
    on_line = build_abonent(ANN)
    assert on_line is not None
    assert told(queue.take([ANN], [on_line])) == []
    assert [one.phone for one in queue.waiting] == ["7001"]
    assert told(queue.take([], [on_line])) == []


def test_who_was_told_of_leaves_even_when_on_the_line() -> None:
    queue = Queue()
    queue.take([ANN, BOB], [])
    on_line = build_abonent(ANN)
    assert on_line is not None
    assert told(queue.take([ANN, BOB], [on_line])) == []
    assert told(queue.take([BOB], [on_line])) == [("queueAbonentLeave", ["7001"]), ("queueChange", ["7002"])]


def test_who_leaves_the_line_and_still_waits_enters() -> None:
    queue = Queue()
    on_line = build_abonent(ANN)
    assert on_line is not None
    queue.take([ANN], [on_line])
    assert not list(queue.told)
    assert told(queue.take([ANN], [])) == [("queueAbonentEnter", ["7001"]), ("queueChange", ["7001"])]
    assert [one.phone for one in queue.told] == ["7001"]


def test_those_who_leave_at_once_leave_in_the_order_of_their_coming() -> None:
    queue = Queue()
    queue.take([ANN, BOB], [])
    queue.take([BOB, ANN], [])
    assert told(queue.take([], []))[:2] == [("queueAbonentLeave", ["7001"]), ("queueAbonentLeave", ["7002"])]


async def test_a_failed_look_changes_nothing(line: Pbx) -> None:
    line.answers["getcurrentqueue"] = {"queue": [{"number": "7001"}]}
    assert (await line.run(load_queue(line.session)))["result"] is True
    line.answers["getcurrentqueue"] = {"result": False}
    assert (await line.run(load_queue(line.session)))["errorCode"] == 2701
    line.answers["getcurrentqueue"] = {"queue": "none"}
    assert (await line.run(load_queue(line.session)))["errorCode"] == 2701
    assert [one.phone for one in line.session.queue.waiting] == ["7001"]
