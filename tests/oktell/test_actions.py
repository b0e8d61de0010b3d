"""What may be done with whom (oktell-protocol.md, "10. Phone actions")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.cti.slices import at_once
from ctidesk.oktell.abonent import build_abonent
from ctidesk.oktell.actions import phone_actions
from ctidesk.oktell.record import Json, JsonObject, Record
from ctidesk.oktell.session import Session
from ctidesk.oktell.values import LineState, UserStateCode
from tests.cti.fake_clock import FakeClock

S = LineState
GHOSTS = ["ghostListen", "ghostHelp", "ghostConference"]
MY_ID, BORIS_ID, VERA_ID = "u101", "u102", "u103"


@dataclass
class Situation:
    """Everything that the table looks at."""

    state: LineState | None = S.READY
    user: UserStateCode = UserStateCode.READY
    conference: bool = False
    ghost: bool = False
    creator: bool = False
    answerable: bool | None = None
    number_state: int = 1
    controlled: bool = False
    held: str = ""
    on_line: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def session(self) -> Session:
        """A session in this situation; 101 is me, 102 is Boris, 103 is Vera without a number in the plan."""
        session = Session(FakeClock())
        session.open(lambda _text: None)
        session.user_id = session.line.user_id = MY_ID
        session.line.number = "101"
        session.answerable = self.answerable
        numbers: list[Json] = [
            {"id": "n101", "number": "101"},
            {"id": "n102", "number": "102", "state": self.number_state},
        ]
        at_once(session.directory.set_numbers(numbers))
        boris: JsonObject = {"id": BORIS_ID, "name": "Boris", "main": "102", "nums": ["102"], "sub": self.controlled}
        at_once(session.directory.set_users([{"id": MY_ID, "main": "101"}, boris, {"id": VERA_ID, "main": "103"}]))
        line = session.line
        if self.conference:
            line.enter_conference("conf-1")
            line.conference.data = Record({"isghost": self.ghost})
            line.conference.mine = self.creator
        for number in self.on_line:
            party: JsonObject = {"number": number, "userid": BORIS_ID if number == "102" else ""}
            abonent = build_abonent(Record(party))
            assert abonent is not None
            line._abonents[number] = abonent
        if self.held:
            line.hold.set(Record({"number": self.held}))
        session.queue.take([Record({"number": one}) for one in self.waiting], [])
        line.state = self.state
        session.agent.code = self.user
        return session


BUSY = UserStateCode.BUSY
TALKS_TO_7 = Situation(S.TALK, BUSY, on_line=["7"])
ROWS: dict[str, list[tuple[str, Situation, list[str]]]] = {
    "1: who waits in the queue": [
        ("102", Situation(waiting=["102"]), []),
        (BORIS_ID, Situation(waiting=["102"]), []),
        ("101", Situation(S.TALK, BUSY, waiting=["101"]), []),
    ],
    "2: myself": [
        ("101", Situation(S.BACKRING, BUSY), ["answer", "endCall"]),
        ("101", Situation(S.RING, BUSY, answerable=True), ["answer", "endCall"]),
        ("101", Situation(S.RING, BUSY, answerable=False), ["endCall"]),
        ("101", Situation(S.RING, UserStateCode.READY), ["endCall"]),
        ("101", Situation(S.CALL, BUSY), ["endCall"]),
        ("101", Situation(S.BACKCALL, BUSY), ["endCall"]),
        (MY_ID, TALKS_TO_7, ["endCall"]),
        ("n101", TALKS_TO_7, ["endCall"]),
        ("101", Situation(), []),
        ("101", Situation(S.DISCONNECTED), []),
    ],
    "3: who is held": [
        ("8", Situation(S.TALK, BUSY, on_line=["7"], held="8"), ["toggle", "commutate"]),
        (BORIS_ID, Situation(S.TALK, BUSY, on_line=["7"], held="102"), ["toggle", "commutate"]),
        ("n102", Situation(S.TALK, BUSY, on_line=["7"], held="102"), ["transfer"]),
        ("8", Situation(S.READY, BUSY, held="8"), ["toggle"]),
        ("8", Situation(S.READY, UserStateCode.READY, held="8"), ["toggle"]),
        ("8", Situation(S.CALL, BUSY, on_line=["7"], held="8"), []),
    ],
    "4: nobody of the conference I am in": [
        ("102", Situation(S.TALK, BUSY, conference=True, on_line=["7"]), ["conference", "transfer"]),
        ("102", Situation(S.TALK, BUSY, conference=True, on_line=["7"], number_state=2), ["transfer"]),
        ("79161234567", Situation(S.TALK, BUSY, conference=True, on_line=["7"]), ["conference", "transfer"]),
        ("102", Situation(S.TALK, UserStateCode.BREAK, conference=True, on_line=["7"]), ["transfer"]),
    ],
    "5: nobody on the line, which is idle or talks without hold": [
        ("102", Situation(), ["call", "conference", "intercom"]),
        ("n102", Situation(), ["call", "conference", "intercom"]),
        (BORIS_ID, Situation(), ["call", "conference", "intercom"]),
        (VERA_ID, Situation(), ["call", "conference", "intercom"]),
        ("79161234567", Situation(), ["call", "conference", "intercom"]),
        ("102", Situation(number_state=2), ["call", "intercom"]),
        ("102", Situation(user=UserStateCode.BREAK), ["call", "intercom"]),
        ("102", Situation(user=UserStateCode.OFF), ["call", "conference", "intercom"]),
        ("102", Situation(S.READY, BUSY, held="8"), ["call", "conference", "intercom"]),
        ("102", TALKS_TO_7, ["call", "transfer", "conference", "intercom"]),
        ("102", Situation(S.TALK, BUSY, on_line=["7"], number_state=2), ["call", "transfer", "intercom"]),
    ],
    "6: nobody on the line, which talks with a hold": [
        ("102", Situation(S.TALK, BUSY, on_line=["7"], held="8"), ["transfer"]),
    ],
    "4 to 6: who talks and is mine, while the line is idle": [
        ("102", Situation(number_state=5, controlled=True), ["call", "conference", "intercom", *GHOSTS]),
        (BORIS_ID, Situation(number_state=5, controlled=True), ["call", "conference", "intercom", *GHOSTS]),
        ("n102", Situation(number_state=5, controlled=True), ["call", "conference", "intercom"]),
        (BORIS_ID, Situation(number_state=5), ["call", "conference", "intercom"]),
        ("102", Situation(number_state=1, controlled=True), ["call", "conference", "intercom"]),
        ("102", Situation(S.TALK, BUSY, on_line=["7"], held="8", number_state=5, controlled=True), ["transfer"]),
    ],
    "7: who is on the line": [
        ("102", Situation(S.TALK, BUSY, on_line=["102"]), ["endCall", "conference"]),
        (BORIS_ID, Situation(S.TALK, BUSY, on_line=["102"]), ["endCall", "conference"]),
        ("102", Situation(S.TALK, BUSY, on_line=["102"], number_state=2), ["endCall"]),
        ("102", Situation(S.TALK, BUSY, conference=True, on_line=["102"]), []),
        ("102", Situation(S.TALK, BUSY, conference=True, creator=True, on_line=["102"]), ["endCall"]),
        ("102", Situation(S.TALK, BUSY, conference=True, ghost=True, controlled=True, on_line=["102"]), GHOSTS),
        ("102", Situation(S.TALK, BUSY, conference=True, ghost=True, on_line=["102"]), []),
        ("102", Situation(S.RING, BUSY, on_line=["102"]), ["answer", "endCall"]),
        ("102", Situation(S.RING, BUSY, answerable=False, on_line=["102"]), ["endCall"]),
        ("102", Situation(S.RING, UserStateCode.READY, on_line=["102"]), ["endCall"]),
        ("102", Situation(S.CALL, BUSY, on_line=["102"]), ["endCall"]),
    ],
    "the filters": [
        ("102", Situation(S.DISCONNECTED), []),
        ("102", Situation(None), []),
        ("102", Situation(user=UserStateCode.NOPHONE), []),
        ("102", Situation(user=UserStateCode.RESERVED), []),
        ("102", Situation(user=UserStateCode.DISCONNECTED), []),
        ("", Situation(), []),
    ],
}


@pytest.mark.parametrize(
    ("data", "situation", "expected"), [pytest.param(*one, id=row) for row, rows in ROWS.items() for one in rows]
)
def test_row_by_row(data: str, situation: Situation, expected: list[str]) -> None:
    assert phone_actions(situation.session(), data) == expected


def test_a_user_without_a_number_is_known_by_the_id() -> None:
    session = Situation(S.TALK, BUSY).session()
    at_once(session.directory.set_users([{"id": VERA_ID, "name": "Vera"}]))
    vera = build_abonent(Record({"userid": VERA_ID}))
    assert vera is not None
    session.line._abonents[vera.key] = vera
    assert phone_actions(session, VERA_ID) == ["endCall", "conference"]


def test_nothing_without_a_connection() -> None:
    assert phone_actions(Session(FakeClock()), "102") == []


# ---- against a model of the table

COMMON = {"endCall", "conference", "call", "intercom", "toggle", "transfer", "resume", *GHOSTS}
FILTER_1: dict[LineState | None, set[str]] = {
    None: set(),
    S.DISCONNECTED: set(),
    S.BACKCALL: {"endCall"},
    S.CALL: {"endCall"},
    S.RING: {"endCall", "answer"},
    S.BACKRING: {"endCall", "answer"},
    S.READY: {"conference", "call", "intercom", *GHOSTS, "transfer", "toggle", "endCall", "resume"},
    S.TALK: {"commutate", "endCall", "conference", "call", "resume", "hold", "intercom", "toggle", "transfer", *GHOSTS},
}
FILTER_2: dict[int, set[str]] = {0: set(), 6: set(), 7: set(), 1: COMMON, 3: COMMON, 2: COMMON - {"conference"}}
FILTER_2[5] = {"commutate", "answer", "hold"} | COMMON


SPECIFICATION = Path(__file__).resolve().parents[3] / "shared/specs/oktell-protocol.md"


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="the specification is not here")
def test_the_filters_are_those_of_the_specification() -> None:
    section = SPECIFICATION.read_text("utf-8").partition("## 10. Phone actions")[2]
    lines: dict[LineState | None, set[str]] = {}
    users: dict[int, set[str]] = {}
    for row in section.splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if len(cells) < 2 or not (states := _line_states(cells[0])):
            continue
        lines |= dict.fromkeys(states, _actions(cells[1]))
        if len(cells) == 5 and cells[3]:
            codes = [int(code) for code in re.findall(r"\d", cells[3])]
            without = users[1] - {"conference"} if "the same without" in cells[4] else None
            users |= dict.fromkeys(codes, _actions(cells[4]) if without is None else without)
    assert lines == FILTER_1
    assert users == FILTER_2


def _line_states(cell: str) -> list[LineState | None]:
    names = [name.strip() for name in cell.split(",")]
    known = {"undefined": None, **{state.name: state for state in LineState}}
    return [known[name] for name in names] if all(name in known for name in names) else []


def _actions(cell: str) -> set[str]:
    names = {name.strip() for name in cell.split(",")} - {"–"}
    return (names - {"ghosts"}) | (set(GHOSTS) if "ghosts" in names else set())


def model(who: str, now: Situation) -> list[str]:
    """The table for 101 (me), 102 (Boris) or 7 (a stranger)."""
    number_state = now.number_state if who == "102" else None
    mine = who == "102" and now.controlled
    may_answer = now.state in (S.RING, S.BACKRING) and now.answerable is not False
    conference = [] if number_state == 2 else ["conference"]
    ghosts = GHOSTS if number_state == 5 and now.state is S.READY and mine else []
    talks, idle, holds = now.state is S.TALK, now.state is S.READY, bool(now.held)
    found: list[str]
    if who in now.waiting:
        found = []
    elif who == "101":
        found = [] if now.state in (None, S.DISCONNECTED, S.READY) else ["answer"] * may_answer + ["endCall"]
    elif who == now.held:
        found = ["toggle", "commutate"]
    elif who not in now.on_line:
        if now.conference:
            found = [*conference, "transfer", *ghosts]
        elif idle or (talks and not holds):
            found = ["call", *(["transfer"] if talks else []), *conference, "intercom", *ghosts]
        else:
            found = [*(["transfer"] if talks else []), *ghosts]
    else:
        found = ["answer"] * may_answer
        found += ["endCall"] * now.creator if now.conference else ["endCall", *conference]
        found += GHOSTS if now.conference and now.ghost and mine else []
    allowed = FILTER_1[now.state] & FILTER_2[int(now.user)]
    return [one for one in found if one in allowed]


situations = st.builds(
    Situation,
    state=st.sampled_from([None, *LineState]),
    user=st.sampled_from(list(UserStateCode)),
    conference=st.booleans(),
    ghost=st.booleans(),
    creator=st.booleans(),
    answerable=st.sampled_from([None, True, False]),
    number_state=st.sampled_from([1, 2, 5]),
    controlled=st.booleans(),
    held=st.sampled_from(["", "102", "7", "8"]),
    on_line=st.sampled_from([[], ["102"], ["7"], ["102", "7"], ["8"]]),
    waiting=st.sampled_from([[], [], ["102"], ["7"]]),
)


@given(st.sampled_from(["101", "102", "7"]), situations)
def test_any_situation_agrees_with_the_table(who: str, now: Situation) -> None:
    assert phone_actions(now.session(), who) == model(who, now)
