"""The dial row, the search and the people of the panel, by keyboard and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.events import CallFinished, CallStarted
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import CallState
from ctidesk.ui.components.dial_row import DialRow
from ctidesk.ui.components.person_list import PersonList
from ctidesk.ui.widgets import Menu
from tests.cti.watcher import incoming, outgoing
from tests.ui.components.fake_directory import person
from tests.ui.components.finding import button, texts
from tests.ui.components.stage import TALK, Stage

ENTER, DOWN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Desk:
    """What the operator's hands can reach."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @property
    def row(self) -> DialRow:
        return self.stage.panel._dial

    @property
    def results(self) -> PersonList:
        return self.stage.panel._pane._results

    @property
    def people(self) -> PersonList:
        return self.stage.panel._pane._list

    async def type(self, text: str, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClicks(self.row._field, text)
        for key in keys:
            QTest.keyClick(self.row._field, key, modifier or Qt.KeyboardModifier.NoModifier)
        await self.stage.turn()

    async def paste(self, text: str) -> str:
        QGuiApplication.clipboard().setText(text)
        self.row._field.paste()
        await self.stage.turn()
        return self.row.text()

    def given(self) -> list[tuple[object, ...]]:
        commands, self.stage.provider.commands[:] = list(self.stage.provider.commands), []
        return commands


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return Desk(stage)


class TestNumbers:
    async def test_the_panel_opens_with_the_cursor_in_the_field(self, desk: Desk) -> None:
        assert desk.stage.panel.focusWidget() is desk.row._field

    async def test_enter_calls_the_number(self, desk: Desk) -> None:
        await desk.type("8 (916) 123-45-67", ENTER)
        assert desk.given() == [("make_call", "89161234567")]
        assert desk.row.text() == ""

    async def test_the_button_calls_the_number(self, desk: Desk) -> None:
        call = button(desk.stage.panel, "Call")
        assert not call.isEnabled()
        await desk.type("204")
        QTest.mouseClick(call, Qt.MouseButton.LeftButton)
        await desk.stage.turn()
        assert desk.given() == [("make_call", "204")]

    async def test_a_number_is_called_as_typed_even_when_it_begins_that_of_a_person(self, desk: Desk) -> None:
        await desk.type("20")
        assert len(desk.stage.panel._pane._found.rows()) > 5
        await desk.type("", ENTER)
        assert desk.given() == [("make_call", "20")]

    async def test_a_refusal_is_said_at_the_field(self, desk: Desk) -> None:
        await desk.type("1-800-FLOWERS", ENTER)
        assert desk.given() == []
        assert "The number has letters. Enter digits, +, * or # only." in texts(desk.row)
        assert desk.row._field.property("error")
        await desk.type("5")
        assert texts(desk.row) == []
        assert not desk.row._field.property("error")

    async def test_without_a_connection_the_field_says_so(self, desk: Desk) -> None:
        await desk.stage.lose_connection()
        desk.given()
        await desk.type("204", ENTER)
        assert desk.given() == []
        assert texts(desk.row) == ["No connection to the PBX"]

    @pytest.mark.parametrize(
        ("pasted", "kept"),
        [
            ("+7 (916) 123-45-67", "+79161234567"),
            ("tel:+7-916-123-45-67", "+79161234567"),
            (" 204\n", "204"),
            ("\u202a+380 44 123 45 67\u202c", "+380441234567"),
            ("Petrov Petr", "Petrov Petr"),
            ("<b>1</b>", "<b>1</b>"),
        ],
    )
    async def test_paste_cleans_a_number(self, desk: Desk, pasted: str, kept: str) -> None:
        assert await desk.paste(pasted) == kept

    async def test_a_pasted_megabyte_is_cut(self, desk: Desk) -> None:
        assert len(await desk.paste("9" * 1_000_000)) < 1000

    @pytest.mark.parametrize(
        ("copied", "shown", "refusal"),
        [
            ("+7 (916) 123-45-67", "+79161234567", ""),
            ("  tel:+7-916-123-45-67;ext=5\n", "+79161234567", ""),
            ("Petrov Petr", "Petrov Petr", "The number has letters. Enter digits, +, * or # only."),
            ("1;rm -rf /", "1;rm -rf /", "The number has characters that cannot be dialled."),
            ("204\n205", "204 205", "The number has characters that cannot be dialled."),
            ("<img src=x>" * 1000, "<img src=x>" * 5 + "<img src…", "The number is too long."),
            ("", "", "Nothing was copied. Copy a number first."),
        ],
    )
    async def test_what_was_copied_is_shown_and_not_dialled(
        self, desk: Desk, copied: str, shown: str, refusal: str
    ) -> None:
        desk.stage.panel.offer_number(copied)
        await desk.stage.turn()
        assert desk.row.text() == shown
        assert [text[: len(refusal)] for text in texts(desk.row) if text] == ([refusal] if refusal else [])
        assert desk.given() == []

    async def test_typed_text_is_left_alone(self, desk: Desk) -> None:
        await desk.type("8 (916")
        assert desk.row.text() == "8 (916"

    async def test_the_keypad_writes_into_the_field(self, desk: Desk) -> None:
        QTest.mouseClick(button(desk.stage.panel, "Keypad"), Qt.MouseButton.LeftButton)
        for key in "204":
            QTest.mouseClick(button(desk.row, key), Qt.MouseButton.LeftButton)
        await desk.type("", ENTER)
        assert desk.given() == [("make_call", "204")]
        assert not desk.row._is_keypad_shown

    async def test_escape_clears_then_closes_the_keypad(self, desk: Desk) -> None:
        QTest.mouseClick(button(desk.stage.panel, "Keypad"), Qt.MouseButton.LeftButton)
        await desk.type("20", ESCAPE)
        assert desk.row.text() == ""
        assert desk.row._is_keypad_shown
        await desk.type("", ESCAPE)
        assert not desk.row._is_keypad_shown


class TestInACall:
    async def test_enter_consults(self, desk: Desk) -> None:
        main = await desk.stage.talk()
        await desk.type("204", ENTER)
        assert desk.given() == [("make_consult_call", main, "204")]

    async def test_or_transfers_when_the_operator_has_chosen_that(self, desk: Desk) -> None:
        main = await desk.stage.talk()
        desk.stage.model.transfer_by_default = "blind"
        desk.stage.panel.refresh()
        await desk.type("204")
        assert button(desk.row, "Transfer now").isEnabled()
        await desk.type("", ENTER)
        assert desk.given() == [("blind_transfer", main, "204")]

    async def test_consult_asks_whom_in_the_field(self, desk: Desk) -> None:
        main = await desk.stage.talk()
        consult = button(desk.stage.panel._calls, "Consult")
        QTest.mouseClick(consult, Qt.MouseButton.LeftButton)
        await desk.stage.turn()
        assert desk.row._field.placeholderText() == "Consult with…"
        assert consult.isChecked()
        assert desk.stage.panel.focusWidget() is desk.row._field
        await desk.type("petrov petr", ENTER)
        assert desk.given() == [("make_consult_call", main, "201")]
        assert desk.row._field.placeholderText() == "Number or name"
        assert not consult.isChecked()

    async def test_transfer_asks_whom_in_the_field(self, desk: Desk) -> None:
        main = await desk.stage.talk()
        QTest.mouseClick(button(desk.stage.panel, "Transfer"), Qt.MouseButton.LeftButton)
        await desk.stage.turn()
        assert desk.row._field.placeholderText() == "Transfer to…"
        await desk.type("+7 916 123 45 67", ENTER)
        assert desk.given() == [("blind_transfer", main, "+79161234567")]

    async def test_a_row_of_the_list_answers_the_question_too(self, desk: Desk) -> None:
        main = await desk.stage.talk()
        QTest.mouseClick(button(desk.stage.panel, "Transfer"), Qt.MouseButton.LeftButton)
        desk.people.select_person("id205")
        QTest.keyClick(desk.people, ENTER)
        await desk.stage.turn()
        assert desk.given() == [("blind_transfer", main, "205")]
        assert desk.row.mode() is None

    async def test_escape_or_the_same_button_leaves_the_question(self, desk: Desk) -> None:
        await desk.stage.talk()
        QTest.mouseClick(button(desk.stage.panel, "Transfer"), Qt.MouseButton.LeftButton)
        await desk.type("20", ESCAPE)
        assert desk.row.mode() is AbonentAction.TRANSFER
        await desk.type("", ESCAPE)
        assert desk.row.mode() is None
        for _ in range(2):
            QTest.mouseClick(button(desk.stage.panel, "Transfer"), Qt.MouseButton.LeftButton)
        assert desk.row.mode() is None
        assert desk.given() == []

    async def test_the_end_of_the_call_ends_the_question(self, desk: Desk) -> None:
        call = await desk.stage.talk()
        QTest.mouseClick(button(desk.stage.panel, "Transfer"), Qt.MouseButton.LeftButton)
        desk.stage.provider.tell(CallFinished(call))
        await desk.stage.turn()
        assert desk.row.mode() is None
        assert desk.row._field.placeholderText() == "Number or name"

    async def test_the_next_call_is_not_sent_away_in_place_of_one_that_has_ended(self, desk: Desk) -> None:
        call = await desk.stage.talk()
        QTest.mouseClick(button(desk.stage.panel, "Transfer"), Qt.MouseButton.LeftButton)
        following = incoming("c7", "74950001122", state=CallState.CONNECTED, features=TALK)
        desk.stage.provider.tell(CallFinished(call), CallStarted(following))
        await desk.type("204", ENTER)  # before the panel has shown the change
        assert desk.row.mode() is None
        assert desk.given() == []
        await desk.type("", ENTER)
        assert desk.given() == [("make_consult_call", following, "204")]


class TestSearch:
    async def test_the_first_result_is_selected_and_enter_calls_it(self, desk: Desk) -> None:
        await desk.type("petr")
        current = desk.results.current()
        assert current is not None
        assert current.name == "Petrov Petr"
        await desk.type("", ENTER)
        assert desk.given() == [("make_call", "201")]
        assert desk.row.text() == ""
        assert desk.people.isVisible()

    async def test_arrows_choose_another_result(self, desk: Desk) -> None:
        await desk.type("petr", DOWN, ENTER)
        assert desk.given() == [("make_call", "218")]

    async def test_arrows_choose_a_person_although_a_number_was_typed(self, desk: Desk) -> None:
        await desk.type("20", DOWN, DOWN, ENTER)
        assert desk.given() == [("make_call", "202")]

    async def test_the_other_layout_is_found_and_told(self, desk: Desk) -> None:
        await desk.type("gtnh")
        assert [row.name for row in desk.stage.panel._pane._found.rows() if hasattr(row, "name")] == ["Петренко Ігор"]
        remark = desk.stage.panel._pane._found.rows()[-1]
        assert "петр" in getattr(remark, "text", "")

    async def test_nobody_is_found(self, desk: Desk) -> None:
        await desk.type("zzz")
        assert "Nobody found" in texts(desk.stage.panel._pane)
        await desk.type("", ENTER)
        assert desk.given() == []
        await desk.type("", ESCAPE)
        await desk.type("89161234567")
        assert "Press Enter to use this number." in texts(desk.stage.panel._pane)

    async def test_shift_enter_opens_the_menu_of_the_result(self, desk: Desk) -> None:
        await desk.type("petrov", ENTER, modifier=SHIFT)
        (menu,) = desk.stage.panel.findChildren(Menu)
        assert menu.isVisible()
        assert desk.given() == []
        menu.close()

    async def test_results_follow_presence_and_new_people(self, desk: Desk) -> None:
        await desk.type("petrov")
        rows = desk.stage.panel._pane._found
        desk.stage.provider.people.change("id201", Presence.DND)
        await desk.stage.turn()
        assert rows.data(rows.index(1, 0), Qt.ItemDataRole.AccessibleTextRole) == "Petrov Petr, 201, Do not disturb"
        desk.stage.provider.people.replace_all(person("777", "Petrov Senior"))
        await desk.stage.turn()
        assert rows.data(rows.index(1, 0), Qt.ItemDataRole.AccessibleTextRole) == "Petrov Senior, 777, Ready"


FOR_ALL = ("Add to favourites", "Copy number")
"""What every menu ends with."""


class TestPeople:
    async def test_the_operator_is_not_listed(self, desk: Desk) -> None:
        assert desk.stage.panel._pane._all.place_of("id214") is None

    async def test_live_presence(self, desk: Desk) -> None:
        rows = desk.stage.panel._pane._all
        resets: list[int] = []
        rows.modelReset.connect(lambda: resets.append(1))
        desk.stage.provider.people.change("id204", Presence.BREAK, "Lunch")
        await desk.stage.turn()
        place = rows.place_of("id204")
        assert place is not None
        spoken = rows.data(rows.index(place, 0), Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == "Kuznetsov Andrey, 204, Break · Lunch"
        assert resets == []

    async def test_the_selection_survives_a_new_list(self, desk: Desk) -> None:
        desk.people.select_person("id205")
        desk.stage.provider.people.reset.emit()
        await desk.stage.turn()
        current = desk.people.current()
        assert current is not None
        assert current.number == "205"

    async def test_no_abonents(self, desk: Desk) -> None:
        desk.stage.provider.people.replace_all()
        await desk.stage.turn()
        assert "No abonents" in texts(desk.stage.panel._pane)

    async def test_enter_and_double_click_do_the_first_allowed_action(self, desk: Desk) -> None:
        desk.people.select_person("id205")
        QTest.keyClick(desk.people, ENTER)
        await desk.stage.turn()
        assert desk.given() == [("make_call", "205")]
        rows = desk.stage.panel._pane._all
        place = desk.people.visualRect(rows.index(1, 0)).center()
        left = Qt.MouseButton.LeftButton
        QTest.mouseClick(desk.people.viewport(), left, Qt.KeyboardModifier.NoModifier, place)
        QTest.mouseDClick(desk.people.viewport(), left, Qt.KeyboardModifier.NoModifier, place)
        await desk.stage.turn()
        assert desk.given() == [("make_call", "201")]

    async def test_whom_the_pbx_allows_nothing_with(self, desk: Desk) -> None:
        desk.stage.provider.people.allowed["id205"] = ()
        desk.people.select_person("id205")
        QTest.keyClick(desk.people, ENTER)
        await desk.stage.turn()
        assert desk.given() == []
        assert texts(desk.row) == ["The PBX allows nothing with this person now"]

    async def test_the_menu_has_what_the_pbx_allows_and_the_model_can(self, desk: Desk) -> None:
        desk.stage.provider.people.for_all = (
            AbonentAction.INTERCOM, AbonentAction.CALL, AbonentAction.TRANSFER, AbonentAction.LISTEN,
        )  # fmt: skip
        menu = await self.menu(desk, "id206")
        assert entries(menu) == ["Intercom", "Call", "Listen in", *FOR_ALL]
        trigger(menu, "Call")
        await desk.stage.turn()
        assert desk.given() == [("make_call", "206")]

    async def test_in_a_call_consult_and_transfer_take_the_place_of_call(self, desk: Desk) -> None:
        main = await desk.stage.talk()
        menu = await self.menu(desk, "id204")
        assert entries(menu) == ["Consult", "Transfer call now", *FOR_ALL]
        trigger(menu, "Transfer call now")
        await desk.stage.turn()
        assert desk.given() == [("blind_transfer", main, "204")]
        desk.stage.model.transfer_by_default = "blind"
        assert entries(await self.menu(desk, "id204"))[0] == "Transfer call now"

    async def test_with_the_party_of_the_call_what_fits_it(self, desk: Desk) -> None:
        call = outgoing("c5", "205")
        desk.stage.provider.tell(CallStarted(call))
        desk.stage.connect(call)
        desk.stage.provider.people.allowed["id205"] = (AbonentAction.END,)
        menu = await self.menu(desk, "id205")
        assert entries(menu) == ["End", *FOR_ALL]
        trigger(menu, "End")
        await desk.stage.turn()
        assert desk.given() == [("drop", call)]

    async def test_copying_a_number(self, desk: Desk) -> None:
        trigger(await self.menu(desk, "id206"), "Copy number")
        assert QGuiApplication.clipboard().text() == "206"

    async def menu(self, desk: Desk, abonent_id: str) -> Menu:
        desk.people.select_person(abonent_id)
        desk.people.ask_menu()
        await desk.stage.turn()
        menus = [menu for menu in desk.stage.panel.findChildren(Menu) if menu.isVisible()]
        assert len(menus) == 1
        return menus[0]

    async def test_ten_thousand_abonents(self, desk: Desk) -> None:
        people = [person(str(10_000 + one), f"Person {one}", group=f"Group {one % 40}") for one in range(10_000)]
        desk.stage.provider.people.replace_all(*people)
        await desk.stage.turn()
        desk.stage.panel.grab()
        pane = desk.stage.panel._pane
        while pane._index is None:  # a long list is read in slices, between which the loop has its turn
            await desk.stage.turn()
        assert pane._all.rowCount() == 10_040
        await desk.type("person 9999", ENTER)
        assert desk.given() == [("make_call", "19999")]


def entries(menu: Menu) -> list[str]:
    return [action.text().partition("\t")[0] for action in menu.actions() if action.text()]


def trigger(menu: Menu, text: str) -> None:
    next(action for action in menu.actions() if action.text().partition("\t")[0] == text).trigger()
    menu.close()
