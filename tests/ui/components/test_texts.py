"""Numbers and names as the windows write them."""

from __future__ import annotations

import pytest

from ctidesk.cti.call import Call
from ctidesk.cti.directory import Abonent
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.ui.components.call_words import call_facts, call_note, call_seconds, call_word
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.components.words import abonent_words
from tests.cti.watcher import incoming, outgoing
from tests.ui.components.fake_directory import FakeDirectory, person
from tests.ui.components.stage import show


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("79161234567", "+7 916 123-45-67"),
        ("+79161234567", "+7 916 123-45-67"),
        ("89161234567", "8 916 123-45-67"),
        ("380441234567", "+380 44 123-45-67"),
        ("0441234567", "044 123-45-67"),
        ("204", "204"),
        ("*21#", "*21#"),
        ("+4930123456", "+4930123456"),
        ("", ""),
        ("<b>1</b>", "<b>1</b>"),
        ("12\u202e34\n5", "1234 5"),
    ],
)
def test_numbers(number: str, shown: str) -> None:
    assert number_text(number) == shown


def test_the_name_of_the_directory_goes_before_that_of_the_pbx() -> None:
    people = People(FakeDirectory(person("201", "Petrov Petr")))
    assert people.name_of(outgoing(number="201", called_name="Boss")) == "Petrov Petr"
    assert people.name_of(outgoing(number="202", called_name="Boss")) == "Boss"
    assert people.name_of(outgoing(number="201")) == "Petrov Petr"
    assert people.name_of(outgoing(number="201", called_name="201")) == "Petrov Petr"
    assert people.name_of(outgoing(number="999")) == ""
    assert people.title_of(outgoing(number="79161234567")) == "+7 916 123-45-67"
    assert people.title_of(incoming(number="")) == "Hidden number"


def test_people_are_found_by_number_after_changes() -> None:
    directory = FakeDirectory(person("201", "Petrov Petr"), person("214", "Me", me=True))
    people = People(directory)
    assert people.with_number("201") is directory.abonents["id201"]
    assert people.with_number("") is None
    me = people.me()
    assert me is not None
    assert me.number == "214"
    directory.replace_all(person("202", "Ivanova Maria"))
    assert people.with_number("201") is None
    assert people.with_number("202") is not None
    assert people.me() is None


def test_a_number_that_moves_to_somebody_else_is_not_the_first_ones_any_more() -> None:
    directory = FakeDirectory(Abonent("a", "First", "201"))
    people = People(directory)
    assert people.with_number("201") is not None
    directory._abonents["a"] = Abonent("a", "First", "202")
    directory.changed.emit(frozenset({"a"}))
    assert people.with_number("201") is None
    assert people.with_number("202") is not None


def test_changes_are_told_once_per_turn() -> None:
    directory = FakeDirectory(person("201", "A"), person("202", "B"))
    people = People(directory)
    told: list[object] = []
    people.changed.connect(told.append)
    people.replaced.connect(lambda: told.append("all"))
    directory.changed.emit(frozenset({"id201"}))
    directory.changed.emit(frozenset({"id202"}))
    assert told == []
    show()
    assert told == [frozenset({"id201", "id202"})]
    directory.changed.emit(frozenset({"id201"}))
    directory.reset.emit()
    show()
    assert told[1:] == ["all"]


def test_facts_of_a_call() -> None:
    assert call_facts(incoming(queue="Sales")) == "incoming, queue Sales"
    assert call_facts(incoming(ivr="Night", line="7")) == "incoming, menu Night"
    assert call_facts(outgoing(line="7")) == "outgoing, line 7"
    assert call_facts(outgoing(), is_consultation=True) == "consultation"
    assert call_facts(Call("x", CallDirection.UNKNOWN)) == ""
    talking = incoming(state=CallState.CONNECTED, confirmed=False, queue="Sales")
    assert call_facts(talking) == "was talking, queue Sales"
    assert call_word(talking) == "Not confirmed"


@pytest.mark.parametrize("state", CallState)
@pytest.mark.parametrize("direction", CallDirection)
def test_every_state_has_a_word(state: CallState, direction: CallDirection) -> None:
    assert call_word(Call("x", direction, state=state))


def test_the_clock_shows_ring_talk_and_the_present_hold() -> None:
    call = incoming(started_at=100.0)
    assert call_seconds(call, 107.0) == 7
    call.state, call.talking_since = CallState.CONNECTED, 110.0
    assert call_seconds(call, 120.0) == 10
    call.state, call.talked, call.talking_since, call.held, call.held_since = CallState.HOLDED, 10.0, None, 5.0, 120.0
    assert call_seconds(call, 124.0) == 4


def test_a_note_is_one_line_without_control_characters() -> None:
    people = People(FakeDirectory())
    assert call_note(incoming(comment="Auto call.\nAbonent:\u202e 8927"), people) == "Auto call. Abonent: 8927"
    assert len(call_note(incoming(comment="x" * 1_000_000), people)) <= 1000


def test_words_of_a_person() -> None:
    assert abonent_words(person("1", "A", detail="Lunch")) == "Ready · Lunch"
