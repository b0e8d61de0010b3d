"""The calls that were, in the panel: what the list says, how it follows, and what can be done with a call."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ctidesk.store.database import Database, Problem, StoreError, Work
from ctidesk.store.history import PAGE, HistoryFilter
from ctidesk.store.record import Outcome
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.history import pane as pane_module
from ctidesk.ui.components.history.delegate import Target
from ctidesk.ui.components.history.pane import HistoryPane
from ctidesk.ui.components.history.rows import CallRow
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.note_field import NoteField
from ctidesk.ui.widgets import Menu, MenuItem, Tabs
from ctidesk.ui.windows.tray_menu import TrayMenu
from tests.ui.components.finding import button, names, texts
from tests.ui.components.history_desk import OUT, HistoryDesk, lines, past, titles

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[HistoryDesk]:
    desk = HistoryDesk(tmp_path)
    await desk.begin()
    yield desk
    await desk.end()


# ---- what the list says


async def test_a_call_stands_in_the_list_from_its_first_ring(desk: HistoryDesk) -> None:
    pane = await desk.open()
    assert "No calls yet" in texts(pane)
    call = await desk.talk()
    await desk.read()
    assert lines(pane) == ["Today", "Belova Anna | Queue Sales · now"]
    desk.finish(call)
    await desk.read()
    assert lines(pane) == ["Today", "Belova Anna | Queue Sales"]
    [row] = [row for row in pane._rows.rows() if isinstance(row, CallRow)]
    spoken = str(pane._rows.data(pane._rows.index(1, 0)))
    assert "Incoming call" in spoken
    assert "3:12" in spoken
    assert row.entry.call.record.outcome is Outcome.ANSWERED


async def test_every_outcome_has_its_words(desk: HistoryDesk) -> None:
    outcomes = {
        Outcome.ANSWERED: "+7 495 123-45-67",
        Outcome.MISSED: "+7 495 123-45-67 · rang 0:05",
        Outcome.ANSWERED_ELSEWHERE: "+7 495 123-45-67 · answered by somebody else",
        Outcome.DECLINED: "+7 495 123-45-67 · declined",
        Outcome.BUSY: "+7 495 123-45-67 · busy",
        Outcome.UNANSWERED: "+7 495 123-45-67 · no answer",
        Outcome.FAILED: "+7 495 123-45-67 · failed",
        Outcome.TRANSFERRED: "+7 495 123-45-67 · transferred → Boris",
        Outcome.INTERRUPTED: "+7 495 123-45-67 · end not seen",
    }
    for place, outcome in enumerate(outcomes):
        whom = "Boris" if outcome is Outcome.TRANSFERRED else ""
        await desk.add(past(minutes=place, name="Anna", outcome=outcome, transferred_name=whom))
    pane = await desk.read()
    assert lines(pane)[1:] == [f"Anna | {words}" for words in outcomes.values()]


@pytest.mark.parametrize(("number", "words"), [("201", "Petrov Petr"), ("299", "299")])
async def test_a_transfer_says_to_whom_as_far_as_that_is_known(desk: HistoryDesk, number: str, words: str) -> None:
    """Most PBXs tell only the number."""
    await desk.add(past(name="Anna", outcome=Outcome.TRANSFERRED, transferred_to=number))
    pane = await desk.read()
    assert lines(pane)[1] == f"Anna | +7 495 123-45-67 · transferred → {words}"


async def test_days_are_groups(desk: HistoryDesk) -> None:
    await desk.add(past(0, name="A"), past(1, name="B"), past(1, minutes=5, name="C"), past(4, name="D"), past(400))
    pane = await desk.read()
    heads = [line for line in lines(pane) if "|" not in line]
    assert heads[:2] == ["Today", "Yesterday"]
    assert heads[2] == "Thursday, 26 February"
    assert heads[3].endswith("2025")


async def test_who_is_unknown_and_who_is_a_colleague(desk: HistoryDesk) -> None:
    await desk.add(
        past(minutes=1, number="78127654321"), past(minutes=2, number=""), past(minutes=3, number="201", direction=OUT)
    )
    pane = await desk.read()
    assert lines(pane)[1:] == [
        "+7 812 765-43-21 | Unknown",
        "Hidden number | Unknown",
        "Petrov Petr | Abonent 201",
    ]


async def test_filters(desk: HistoryDesk) -> None:
    await desk.add(
        past(minutes=1, name="In"),
        past(minutes=2, name="Out", direction=OUT),
        past(minutes=3, name="Missed", outcome=Outcome.MISSED),
    )
    pane = await desk.read()
    await desk.until(lambda: "Missed, not called back today: 1" in names(pane))
    for name, shown in (("Missed, not called back today: 1", ["Missed"]), ("In", ["In", "Missed"]), ("Out", ["Out"])):
        QTest.mouseClick(button(pane, name), Qt.MouseButton.LeftButton)
        await desk.read()
        assert titles(pane) == shown
    QTest.mouseClick(button(pane, "All"), Qt.MouseButton.LeftButton)
    await desk.read()
    assert titles(pane) == ["In", "Out", "Missed"]


async def test_missed_calls_of_one_party_are_one_line_until_they_are_called_back(desk: HistoryDesk) -> None:
    await desk.add(
        past(minutes=1, outcome=Outcome.MISSED, name="Anna"),
        past(minutes=2, outcome=Outcome.MISSED, number="+7 495 123-45-67", name="Anna"),
    )
    pane = await desk.read()
    [row] = [row for row in pane._rows.rows() if isinstance(row, CallRow)]
    assert row.entry.count == 2
    assert row.entry.wants_call_back
    assert str(pane._rows.data(pane._rows.index(1, 0))).count("×2") == 1


async def test_hostile_text_is_shown_as_it_is_and_reorders_nothing(desk: HistoryDesk) -> None:
    await desk.add(past(name="<b>x</b>\u202egnp.exe\n\x07", note="<img src=/etc/passwd>", queue="<u>q</u>"))
    pane = await desk.read()
    assert lines(pane)[1] == "<b>x</b>gnp.exe | Queue <u>q</u>"
    pane._open_details(pane._rows.entries()[0].call)
    [note] = pane.findChildren(NoteField)
    assert note.toPlainText() == "<img src=/etc/passwd>"


# ---- following


async def test_a_new_call_leaves_selection_scroll_and_a_note_that_is_being_written(desk: HistoryDesk) -> None:
    await desk.add(*(past(minutes=number, number=f"7495{number:07}") for number in range(1, 40)))
    pane = await desk.read()
    call = pane._rows.entries()[7].call
    pane._list.select_call(call.record.record_id)
    pane._write_note(call)
    [note] = pane.findChildren(NoteField)
    QTest.keyClicks(note, "half a no")
    await desk.ring()
    await desk.read()
    assert titles(pane)[0] == "Belova Anna"
    selected = pane._list.current()
    assert selected is not None
    assert selected.record.record_id == call.record.record_id
    assert pane.findChildren(NoteField) == [note]
    assert note.toPlainText() == "half a no"
    assert note.hasFocus()
    QTest.keyClicks(note, "te\r")
    await desk.until(lambda: pane._rows.entries()[8].call.note)
    assert pane._rows.entries()[8].call.note == "half a note"


async def test_the_list_is_read_a_page_at_a_time(desk: HistoryDesk) -> None:
    await desk.add(*(past(minutes=number, number=f"7495{number:07}") for number in range(1, 400)))
    pane = await desk.read()
    loaded = len(pane._rows.entries())
    assert loaded == PAGE
    pane._list.scrollToBottom()
    await desk.until(lambda: len(pane._rows.entries()) == 2 * PAGE)
    numbers = [entry.call.record.caller_number for entry in pane._rows.entries()]
    assert numbers == [f"7495{number:07}" for number in range(1, 2 * PAGE + 1)]
    # What changes then renews all that is loaded, and not the first page alone.
    await desk.ring()
    await desk.read()
    assert len(pane._rows.entries()) == 2 * PAGE
    assert titles(pane)[:2] == ["Belova Anna", "+7 495 000-00-01"]


async def test_who_looks_far_back_sees_what_is_new_when_they_return(
    desk: HistoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pane_module, "MOST_RENEWED", PAGE + 30)
    await desk.add(*(past(minutes=number, number=f"7495{number:07}") for number in range(1, 200)))
    pane = await desk.read()
    while len(pane._rows.entries()) < 3 * PAGE:
        pane._list.scrollToBottom()
        await desk.turn()
    pane._list.scrollToBottom()
    await desk.until(lambda: not pane._is_waiting())
    place = pane._list.verticalScrollBar().value()
    desk.miss()
    await desk.until(lambda: desk.archive.journal.waiting == 0 and not pane._renewing.isActive())
    await desk.turn()
    assert pane._list.verticalScrollBar().value() == place
    assert desk.missed.count == 1
    pane._list.scrollToTop()
    await desk.until(lambda: titles(pane)[0] == "+7 495 123-45-67")
    assert desk.missed.count == 0


async def test_nothing_is_read_while_nobody_looks(desk: HistoryDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    pane = await desk.read()
    desk.panel.hide()
    asked: list[object] = []
    monkeypatch.setattr(desk.past_calls, "ask", lambda *question: asked.append(question))
    desk.miss()
    await desk.until(lambda: desk.archive.journal.waiting == 0)
    await desk.turn()
    assert asked == []
    monkeypatch.undo()
    desk.panel.show()
    await desk.read()
    assert len(titles(pane)) == 1


# ---- search


async def test_search_as_one_types(desk: HistoryDesk) -> None:
    await desk.add(past(minutes=1, name="Белова Анна"), past(minutes=2, name="Орлов Виктор", note="счёт за октябрь"))
    pane = await desk.read()
    QTest.keyClick(pane._list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane._search.hasFocus()
    for typed, found in (("бел", ["Белова Анна"]), ("счет окт", ["Орлов Виктор"]), ("nobody", []), ("4951", 2)):
        pane._search.setText(typed)
        await desk.read()
        assert len(titles(pane)) == found if isinstance(found, int) else titles(pane) == found
    pane._search.setText("nobody")
    await desk.read()
    assert "Nothing found" in texts(pane)
    QTest.keyClick(pane._search, Qt.Key.Key_Escape)
    await desk.read()
    assert len(titles(pane)) == 2
    assert not pane._search.isVisible()


async def test_a_key_has_the_list_painted_twice_at_most(desk: HistoryDesk) -> None:
    """Heads of days are lower than lines: to set each height by itself would have all below it painted once more."""
    await desk.add(*(past(days=number // 3, minutes=number, name=f"Anna {number % 2}") for number in range(90)))
    await desk.add(*(past(days=number, name="Boris") for number in range(40)))
    pane = await desk.read()
    pane.search("boris")
    await desk.until(lambda: not pane._is_waiting())
    paints = Paints()
    pane._list.viewport().installEventFilter(paints)
    pane.search("anna")
    await desk.until(lambda: paints.count and not pane._is_waiting())
    assert paints.count <= 2


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


async def test_the_other_keyboard_layout_is_tried(desk: HistoryDesk) -> None:
    await desk.add(past(minutes=1, name="Белова Анна"), past(minutes=2, name="Orlov Viktor"))
    pane = await desk.read()
    pane._begin_search()
    for typed, found in ((",tkjdf", ["Белова Анна"]), ("щкдщм", ["Orlov Viktor"]), ("orl", ["Orlov Viktor"])):
        pane._search.setText(typed)
        await desk.read()
        assert titles(pane) == found
    pane._search.setText("qqqq")
    await desk.read()
    assert "Other keyboard layout, “йййй”: nothing" in texts(pane)
    pane._search.clear()
    await desk.read()
    assert len(titles(pane)) == 2


async def test_only_the_newest_answer_counts(desk: HistoryDesk) -> None:
    await desk.add(past(minutes=1, name="Anna"), past(minutes=2, name="Boris"))
    pane = await desk.read()
    pane._begin_search()
    for typed in ("a", "an", "b", "bo"):
        pane._search.setText(typed)
    stale = pane._question - 1
    pane._answered(stale, await desk.archive.page(HistoryFilter.ALL, search="an"))
    await desk.read()
    assert titles(pane) == ["Boris"]


# ---- what was missed


def history_tab(desk: HistoryDesk) -> str:
    [tabs] = desk.panel.findChildren(Tabs)
    return next(name for index in range(tabs.count()) if "History" in (name := tabs.accessibleTabName(index)))


async def test_missed_calls_count_until_their_list_is_seen(desk: HistoryDesk) -> None:
    desk.miss()
    await desk.turn()
    assert desk.missed.count == 1
    assert history_tab(desk) == "History, 1 missed"
    pane = await desk.open()
    assert desk.missed.count == 0
    assert history_tab(desk) == "History"
    await desk.until(lambda: desk.archive.journal.waiting == 0)
    await desk.read()
    await desk.until(lambda: pane._rows.entries()[0].call.seen)


async def test_a_list_that_does_not_show_them_clears_nothing(desk: HistoryDesk) -> None:
    pane = await desk.open()
    pane.show_filter(HistoryFilter.OUT)
    await desk.read()
    desk.miss()
    await desk.read()
    assert desk.missed.count == 1
    pane.show_filter(HistoryFilter.MISSED)
    await desk.read()
    assert desk.missed.count == 0


async def test_what_a_former_run_missed_still_counts(desk: HistoryDesk, tmp_path: Path) -> None:
    desk.miss("m1")
    desk.miss("m2", "78120000000")
    await desk.until(lambda: desk.archive.journal.waiting == 0)
    await desk.archive.close()
    later = await day(tmp_path, 1)
    await later.until(lambda: later.missed.count == 2)
    assert later.missed.unseen == ()
    assert history_tab(later) == "History, 2 missed"
    later.missed.dismiss()  # the notice told of none of them
    assert later.missed.count == 2
    await later.open()
    assert later.missed.count == 0
    await later.end()
    later = await day(tmp_path, 2)
    await later.until(lambda: not len(later.past_calls._questions))
    assert later.missed.count == 0
    await later.end()


async def day(folder: Path, hours: float) -> HistoryDesk:
    """Begin another run on the same journal."""
    desk = HistoryDesk(folder, hours)
    await desk.begin()
    return desk


# ---- what is done with a call


async def one_call(desk: HistoryDesk, **fields: object) -> HistoryPane:
    await desk.add(past(**({"name": "Anna"} | fields)))  # type: ignore[arg-type]
    pane = await desk.read()
    pane.take_keyboard()
    return pane


async def test_enter_calls_back(desk: HistoryDesk) -> None:
    pane = await one_call(desk)
    QTest.keyClick(pane._list, Qt.Key.Key_Return)
    await desk.turn()
    assert ("make_call", "74951234567") in desk.provider.commands


async def test_a_hidden_number_cannot_be_called(desk: HistoryDesk) -> None:
    pane = await one_call(desk, number="")
    QTest.keyClick(pane._list, Qt.Key.Key_Return)
    await desk.turn()
    assert "make_call" not in desk.provider.names


async def test_during_a_call_the_line_offers_what_is_possible_then(desk: HistoryDesk) -> None:
    pane = await one_call(desk, number="201")
    await desk.talk()
    await desk.read()
    call = pane._rows.entries()[1].call
    assert pane._call_words(call) == "Consult"
    pane._list.select_call(call.record.record_id)
    QTest.keyClick(pane._list, Qt.Key.Key_Return)
    await desk.turn()
    assert "make_consult_call" in desk.provider.names


def place_of(pane: HistoryPane, row: int, target: Target) -> QPoint:
    """Return where something of a line can be clicked."""
    index = pane._rows.index(row, 0)
    rect = pane._list.visualRect(index)
    found = pane._rows.row(index)
    assert isinstance(found, CallRow)
    for x in range(rect.right(), rect.left(), -2):
        place = QPoint(x, rect.center().y())
        if pane._list._painter.target(place, rect, found, right_to_left=False) is target:
            return place
    raise AssertionError(f"the line has no {target}")


async def test_the_button_of_the_line_calls_and_opens_nothing(desk: HistoryDesk) -> None:
    pane = await one_call(desk)
    QTest.mouseClick(pane._list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(pane, 1, Target.CALL))
    await desk.turn()
    assert ("make_call", "74951234567") in desk.provider.commands
    assert not pane.findChildren(NoteField)


async def test_a_double_click_calls_whom_its_first_press_meant(desk: HistoryDesk) -> None:
    await desk.add(past(minutes=1, number="78120000001"), past(minutes=2, number="78120000002"))
    pane = await desk.read()
    # The open details of the first line go with the first press on the second, which moves up.
    pane._open_details(pane._rows.entries()[0].call)
    row = next(place for place, row in enumerate(pane._rows.rows()) if isinstance(row, CallRow) and place > 1)
    place = pane._list.visualRect(pane._rows.index(row, 0)).center() - QPoint(100, 0)
    QTest.mousePress(pane._list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(pane._list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await desk.turn()
    assert [command for command in desk.provider.commands if command[0] == "make_call"] == [
        ("make_call", "78120000002")
    ]


async def test_the_number_is_copied_as_it_came(desk: HistoryDesk) -> None:
    pane = await one_call(desk, number="8 (495) 123")
    QTest.keyClick(pane._list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "8 (495) 123"


async def test_a_note_by_keyboard(desk: HistoryDesk) -> None:
    pane = await one_call(desk)
    QTest.keyClick(pane._list, Qt.Key.Key_F2)
    [note] = pane.findChildren(NoteField)
    assert note.hasFocus()
    QTest.keyClicks(note, "first")
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(note, "second\r")
    assert pane._list.hasFocus()
    await desk.until(lambda: pane._rows.entries()[0].call.note == "first\nsecond")
    QTest.keyClick(pane._list, Qt.Key.Key_F2)
    QTest.keyClicks(note, "third")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert note.toPlainText() == "first\nsecond"
    QTest.keyClick(pane._list, Qt.Key.Key_Space)
    assert pane._details is None


async def test_what_was_typed_is_saved_when_the_line_closes_or_the_window_goes(desk: HistoryDesk) -> None:
    pane = await one_call(desk)
    call = pane._rows.entries()[0].call
    pane._write_note(call)
    QTest.keyClicks(pane.findChildren(NoteField)[0], "one")
    pane._toggle_details(call)
    await desk.until(lambda: pane._rows.entries()[0].call.note == "one")
    pane._write_note(pane._rows.entries()[0].call)
    QTest.keyClicks(pane.findChildren(NoteField)[-1], " two")
    desk.panel.hide()
    await desk.until(lambda: not len(desk.past_calls._writings))
    found = await desk.archive.journal.find(call.record.record_id)
    assert found is not None
    assert found.note == "one two"


async def test_the_menu_says_what_can_be_done(desk: HistoryDesk) -> None:
    pane = await one_call(desk, note="x")
    QTest.keyClick(pane._list, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    [menu] = pane.findChildren(Menu)
    labels = [action.label for action in menu.actions() if hasattr(action, "label")]
    assert labels == ["Anna · +7 495 123-45-67", "Call back", "Edit note", "Copy number"]
    menu.close()
    pane.offer_contacts()
    wanted: list[tuple[str, str]] = []
    pane.contact_wanted.connect(lambda *who: wanted.append(who))
    pane._list.ask_menu()
    other = QApplication.activePopupWidget()
    assert isinstance(other, Menu)
    other.actions()[-1].trigger()
    assert wanted == [("Anna", "74951234567")]
    other.close()


async def test_the_tray_offers_the_last_parties(desk: HistoryDesk) -> None:
    calls = [past(minutes=number, number=f"7812000000{number}") for number in range(1, 8)]
    await desk.add(past(minutes=0.5, number="78120000001", name="Anna"), past(number="", name="Hidden"), *calls)
    await desk.until(lambda: len(desk.past_calls.recent) == 5)
    actions = CallActions(desk.model, desk.people, desk.commands)
    menu = TrayMenu(desk.model, desk.people, actions, MutedRings(desk.model))
    menu.past_calls = desk.past_calls
    menu.fill()
    entries = [action for action in menu.actions() if isinstance(action, MenuItem)]
    first = next(place for place, entry in enumerate(entries) if entry.label == "Last calls") + 1
    assert [entry.label for entry in entries[first : first + 2]] == ["Anna", "+7 812 000-00-02"]
    entries[first].trigger()
    await desk.turn()
    assert ("make_call", "78120000001") in desk.provider.commands
    menu.deleteLater()


# ---- trouble


async def test_a_file_that_cannot_be_read_is_said_and_tried_again(
    desk: HistoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Database.run

    async def refuse(_database: Database, _work: Work[object], _limit: float = 0) -> object:
        raise StoreError(Problem.LOCKED)

    monkeypatch.setattr(Database, "run", refuse)
    pane = desk.panel.show_history()
    assert pane is not None
    await desk.until(lambda: "The list of calls cannot be read now" in texts(pane))
    pane.show_filter(HistoryFilter.MISSED)
    await desk.until(lambda: pane._retrying.isActive())
    assert titles(pane) == []
    monkeypatch.setattr(Database, "run", run)
    call = desk.miss()
    pane._retrying.timeout.emit()
    await desk.until(lambda: len(titles(pane)) == 1)
    assert call.record_id == pane._rows.entries()[0].call.record.record_id


# ---- files


async def told(desk: HistoryDesk, act: Callable[[], object]) -> tuple[str, bool]:
    """Do something with a file and return what is said about it in the end."""
    said: list[tuple[str, bool]] = []
    connection = desk.past_calls.told.connect(lambda *words: said.append(words))
    act()
    await desk.until(lambda: said)
    desk.past_calls.told.disconnect(connection)
    return said[0]


async def test_calls_go_into_a_file_and_come_back(desk: HistoryDesk, tmp_path: Path) -> None:
    await desk.add(*(past(minutes=number, name="Anna") for number in range(3)))
    pane = await desk.read()
    table, program = tmp_path / "calls.csv", tmp_path / "calls.json"
    words, is_error = await told(desk, lambda: desk.past_calls.export(str(table)))
    assert (words.endswith(": 3"), is_error) == (True, False)
    assert len(table.read_text("utf-8-sig").splitlines()) == 4
    await told(desk, lambda: desk.past_calls.export(str(program)))
    await desk.archive.database.run(lambda connection: connection.execute("DELETE FROM calls").fetchall())
    words, is_error = await told(desk, lambda: desk.past_calls.take_in(str(program)))
    assert (words, is_error) == ("New calls: 3 · changed: 0 · known: 0", False)
    await desk.read()
    assert len(titles(pane)) == 3


@pytest.mark.parametrize(("country", "delimiter"), [("ru_RU", ";"), ("en_US", ",")])
async def test_a_table_is_written_for_the_spreadsheets_of_the_country(
    desk: HistoryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, country: str, delimiter: str
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(country))
    await desk.add(past(name="Anna"))
    await told(desk, lambda: desk.past_calls.export(str(tmp_path / "calls.csv")))
    with (tmp_path / "calls.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file, delimiter=delimiter)] == ["Anna"]


async def test_a_file_that_cannot_be_written_is_said(desk: HistoryDesk, tmp_path: Path) -> None:
    pane = await desk.open()
    (tmp_path / "folder").mkdir()
    words, is_error = await told(desk, lambda: desk.past_calls.export(str(tmp_path / "folder" / "no" / "calls.csv")))
    assert is_error
    assert words in texts(pane) or any("could not be written" in text for text in texts(pane))


async def test_a_file_that_is_no_export_is_said_and_changes_nothing(desk: HistoryDesk, tmp_path: Path) -> None:
    await desk.add(past(name="Anna"))
    pane = await desk.read()
    (tmp_path / "x.json").write_text("no\ncalls\n")
    words, is_error = await told(desk, lambda: desk.past_calls.take_in(str(tmp_path / "x.json")))
    assert is_error
    assert "Lines that are no calls: 2" in words
    await desk.read()
    assert titles(pane) == ["Anna"]
