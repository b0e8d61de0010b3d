"""The dial field finds contacts and the parties of calls as well as the people of the PBX."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ctidesk.store.contact import ContactNumber, KnownContact
from ctidesk.store.record import Outcome
from ctidesk.ui.components.person_list import PersonList
from ctidesk.ui.components.person_rows import PartyRow, PersonRow
from ctidesk.ui.widgets import Menu, SearchField
from tests.ui.components.finding import texts
from tests.ui.components.history_desk import HistoryDesk, past

pytestmark = pytest.mark.usefixtures("qapp")

CONTACTS = (
    KnownContact(
        id=1, source="x", name="Petrenko <b>Oksana</b>", numbers=(ContactNumber("+380441234567"),), company="Romashka"
    ),
    KnownContact(id=2, source="x", name="Petrov without a number"),
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[HistoryDesk]:
    desk = HistoryDesk(tmp_path)
    await desk.begin()
    yield desk
    await desk.end()


async def contacts(text: str, limit: int) -> Sequence[KnownContact]:
    return [one for one in CONTACTS if text.casefold() in one.name.casefold()][:limit]


async def type_text(desk: HistoryDesk, text: str) -> PersonList:
    """Type into the dial field and wait for all that is found."""
    heard: list[str] = []
    connection = desk.parties.found.connect(lambda query, _rows: heard.append(query))
    field = desk.panel.findChildren(SearchField)[0]
    field.setText(text)
    await desk.until(lambda: heard)
    desk.parties.found.disconnect(connection)
    return desk.panel._pane._results


def said(results: PersonList) -> list[str]:
    """Return who is found, and from where outside the directory."""
    rows = [row for row in results._people.rows() if isinstance(row, PersonRow)]
    return [f"{row.title} ({row.source})" if isinstance(row, PartyRow) else row.title for row in rows]


async def test_people_come_first_then_contacts_then_calls(desk: HistoryDesk) -> None:
    desk.parties.search_contacts = contacts
    await desk.add(
        past(minutes=1, number="78127654321", name="Petrosyan Armen", outcome=Outcome.MISSED),
        past(minutes=2, number="0441234567", name="Petrenko, already among the contacts"),
        past(minutes=3, number="201", name="Petrov Petr"),
    )
    desk.archive.use_plan(type(desk.archive.history.plan)("UA"))
    await desk.until(lambda: not len(desk.archive._tasks))
    results = await type_text(desk, "petr")
    assert said(results) == [
        "Petrov Petr",
        "Petrova Larisa",
        "Petrenko <b>Oksana</b> (Contact)",
        "Petrosyan Armen (History)",
    ]
    selected = results.current()
    assert selected is not None
    assert selected.number == "201"
    history = results._people.rows()[4]
    assert isinstance(history, PartyRow)
    assert history.detail.startswith("Missed call · Today")


async def test_enter_calls_somebody_who_was_only_in_the_history(desk: HistoryDesk) -> None:
    await desk.add(past(number="78127654321", name="Zhukov Armen"))
    results = await type_text(desk, "zhuk")
    assert said(results) == ["Zhukov Armen (History)"]
    field = desk.panel.findChildren(SearchField)[0]
    QTest.keyClick(field, Qt.Key.Key_Return)
    await desk.turn()
    assert ("make_call", "78127654321") in desk.provider.commands
    assert field.text() == ""


async def test_a_number_that_is_typed_is_not_replaced_by_somebody_found(desk: HistoryDesk) -> None:
    await desk.add(past(number="78127654321", name="Zhukov Armen"))
    results = await type_text(desk, "8127654")
    assert said(results) == ["Zhukov Armen (History)"]
    assert results.current() is None
    QTest.keyClick(desk.panel.findChildren(SearchField)[0], Qt.Key.Key_Return)
    await desk.turn()
    assert ("make_call", "8127654") in desk.provider.commands


async def test_only_the_newest_question_is_answered(desk: HistoryDesk) -> None:
    await desk.add(past(minutes=1, number="1000001", name="Zhukov"), past(minutes=2, number="1000002", name="Zimin"))
    field = desk.panel.findChildren(SearchField)[0]
    for typed in ("z", "zh", "zi"):
        field.setText(typed)
    results = await type_text(desk, "zim")
    assert said(results) == ["Zimin (History)"]
    desk.panel._pane._add_parties("zh", [])
    assert said(results) == ["Zimin (History)"]


async def test_during_a_call_the_party_is_consulted(desk: HistoryDesk) -> None:
    await desk.add(past(number="78127654321", name="Zhukov Armen"))
    await desk.talk()
    await type_text(desk, "zhuk")
    QTest.keyClick(desk.panel.findChildren(SearchField)[0], Qt.Key.Key_Return)
    await desk.turn()
    assert "make_consult_call" in desk.provider.names


async def test_the_menu_of_a_party_has_what_a_number_allows(desk: HistoryDesk) -> None:
    await desk.add(past(number="78127654321", name="Zhukov Armen"))
    results = await type_text(desk, "zhuk")
    results.ask_menu()
    [menu] = desk.panel._pane.findChildren(Menu)
    labels = [action.label for action in menu.actions() if hasattr(action, "label")]
    assert labels == ["Zhukov Armen · +7 812 765-43-21", "Call", "Copy number"]
    menu.close()


async def test_nobody_is_said_when_nobody_is_found_anywhere(desk: HistoryDesk) -> None:
    await type_text(desk, "zzzz")
    assert "Nobody found" in texts(desk.panel)
