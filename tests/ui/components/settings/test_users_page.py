"""The users page: what is found, what is typed, what is refused, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from ctidesk.cti.administration import OutcomeUnknown, UserAccount
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.presence import Presence
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.row_form import RowForm
from ctidesk.ui.components.settings.user_actions import UserAction
from ctidesk.ui.components.settings.user_rows import NEW_USER, Column, UserRows
from ctidesk.ui.components.settings.users_page import READ_EVERY, UsersPage
from ctidesk.ui.components.settings.users_table import UsersTable
from ctidesk.ui.widgets import SearchField
from ctidesk.ui.windows.settings import SettingsDialog
from tests.ui.components.finding import button, names, texts
from tests.ui.components.settings.fake_administration import NOT_ALLOWED, FakeAdministration, company
from tests.ui.components.settings.settings_desk import SettingsDesk
from tests.ui.components.stage import turn

One = TypeVar("One", bound=QWidget)


class Opened:
    """The dialog with the users page in front."""

    def __init__(self, folder: Path) -> None:
        self.desk = SettingsDesk(folder, '[connection]\nprovider = "webitel"\n')
        self.administration = FakeAdministration()
        self.desk.users.follow(self.administration)
        self.editing = Editing(self.desk.services)
        self.dialog = SettingsDialog(self.desk.services, self.editing)
        self.dialog.open_page("users")
        page = self.dialog.pages["users"]
        assert isinstance(page, UsersPage)
        self.page = page
        self.table = self.find(UsersTable)

    def find(self, kind: type[One]) -> One:
        found = self.page.findChild(kind)
        assert found is not None
        return found

    @property
    def rows(self) -> list[list[str]]:
        """What stands in the table, row by row."""
        model = self.table.model()
        return [
            [str(model.index(row, column).data() or "") for column in Column if column is not Column.ACTIONS]
            for row in range(model.rowCount())
        ]

    @property
    def numbers(self) -> list[str]:
        return [row[0] for row in self.rows]

    def asked(self) -> list[tuple[str, ...]]:
        """Return what the PBX has been asked for besides the list."""
        return [one for one in self.administration.asked if one[0] != "read_again"]

    async def turn(self) -> None:
        await turn()

    async def open(self, key: str, action: UserAction = UserAction.EDIT) -> RowForm:
        self.table.select(key)
        self.table.wanted.emit(key, action)
        return await self.form(key)

    async def form(self, key: str) -> RowForm:
        await self.turn()
        form = self.table.form(key)
        assert form is not None
        return form

    def type(self, form: QWidget, name: str, text: str) -> QLineEdit:
        line = next(one for one in form.findChildren(QLineEdit) if one.accessibleName() == name)
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        if text.isascii():
            QTest.keyClicks(line, text)
        else:  # no key gives it
            line.setText(text)
            line.textEdited.emit(text)
        return line

    async def press(self, form: QWidget, name: str) -> None:
        button(form, name).click()
        await self.turn()


@pytest.fixture
async def opened(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Opened]:
    opened = Opened(tmp_path)
    await opened.turn()
    yield opened
    opened.dialog.close()
    await opened.editing.close()


# ---- finding


async def test_all_users_by_number(opened: Opened) -> None:
    assert opened.numbers == sorted(company())
    assert opened.rows[3] == ["214", "Smirnova Anna", "Admin", "Online", "Ready"]
    assert opened.rows[2] == ["213", "Bondarenko Kateryna", "User", "Offline", "Offline"]
    assert "Users: 9 · online: 6" in texts(opened.page)
    assert opened.administration.asked == [("read_again",)]


async def test_numbers_stand_by_their_value(opened: Opened) -> None:
    opened.administration.tell(UserAccount("1001", "Long"), UserAccount("99", "Short"), UserAccount("root", "R"))
    await opened.turn()
    assert opened.numbers[0] == "99"
    assert opened.numbers[-2:] == ["1001", "root"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("21", 9), ("orlov", 2), ("Vera orl", 1), ("214", 1), ("ANNA", 1), ("nobody", 0), ("  ", 9)],
)
async def test_search(opened: Opened, words: str, found: int) -> None:
    QTest.keyClicks(opened.find(SearchField), words)
    await opened.turn()
    assert len(opened.rows) == found
    assert ("Nobody found" in texts(opened.page)) is (found == 0)


async def test_the_arrow_leads_from_the_search_into_the_table_and_back(opened: Opened) -> None:
    search = opened.find(SearchField)
    search.setFocus()
    QTest.keyClicks(search, "orlov")
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert opened.table.hasFocus()
    QTest.keyClick(opened.table, Qt.Key.Key_Down)
    assert opened.table.currentIndex().row() == 1
    QTest.keyClick(opened.table, Qt.Key.Key_Up)
    QTest.keyClick(opened.table, Qt.Key.Key_Up)
    assert search.hasFocus()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert opened.dialog.isVisible()


async def test_text_of_the_pbx_is_shown_as_it_is(opened: Opened) -> None:
    opened.administration.tell(UserAccount("300", "<b>Eve</b>\n\u202eevil", "<i>boss</i>", detail="<a href=x>"))
    await opened.turn()
    assert opened.rows[-1][1:3] == ["<b>Eve</b> evil", "<i>boss</i>"]
    await opened.open("300", UserAction.REMOVE)
    assert any("<b>Eve</b>" in text for text in texts(opened.page))


# ---- adding


async def test_a_user_is_added_by_keyboard(opened: Opened) -> None:
    opened.table.setFocus()
    QTest.keyClick(opened.table, Qt.Key.Key_Insert)
    form = await opened.form(NEW_USER)
    focus = opened.dialog.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "105")
    seen = []
    for name in ("Name", "Role", "Password"):
        opened.dialog.focusNextChild()
        focus = opened.dialog.focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
        if isinstance(focus, QLineEdit):
            QTest.keyClicks(focus, f"{name} of Eve")
    assert seen == ["Name", "Role", "Password"]
    QTest.keyClick(opened.dialog.focusWidget(), Qt.Key.Key_Return)
    await opened.turn()
    assert opened.asked() == [("create", "105", "Password of Eve", "Name of Eve", "user")]
    assert opened.table.form(NEW_USER) is None
    assert opened.numbers[0] == "105"
    assert form.isHidden()


async def test_without_a_password_the_number_counts_and_that_is_said(opened: Opened) -> None:
    await opened.press(opened.page, "Add user")
    form = await opened.form(NEW_USER)
    assert any("the number is the password" in text for text in texts(form))
    opened.type(form, "Number", "105")
    opened.type(form, "Password", "1234")
    assert not any("guess" in text for text in texts(form))
    opened.type(form, "Password", "105")
    assert "The password is the number: anybody can guess it." in texts(form)
    opened.type(form, "Password", "")
    await opened.press(form, "Save")
    assert opened.asked() == [("create", "105", "", "", "user")]


@pytest.mark.parametrize(("typed", "words"), [("", "Enter a number."), ("10a", "digits only"), ("١٠", "digits only")])
async def test_a_number_is_digits(opened: Opened, typed: str, words: str) -> None:
    await opened.press(opened.page, "Add user")
    form = await opened.form(NEW_USER)
    line = opened.type(form, "Number", typed)
    await opened.press(form, "Save")
    assert any(words in text for text in texts(form))
    assert line.property("error")
    assert line.hasFocus()
    assert opened.asked() == []
    opened.type(form, "Number", "105")
    assert not any(words in text for text in texts(form))
    assert not line.property("error")


async def test_a_number_that_is_taken_is_said_at_the_row_and_nothing_is_lost(opened: Opened) -> None:
    await opened.press(opened.page, "Add user")
    form = await opened.form(NEW_USER)
    line = opened.type(form, "Number", "215")
    opened.type(form, "Name", "Eve")
    opened.type(form, "Password", "Planted-7")
    await opened.press(form, "Save")
    assert "A user with this number already exists." in texts(form)
    assert "Nothing was changed. What you typed stays." in texts(form)
    assert line.property("error")
    assert line.hasFocus()
    assert "Number exists" not in texts(form)
    await opened.press(form, "Details")
    assert "Number exists" in texts(form)
    opened.type(form, "Number", "105")
    await opened.press(form, "Save")
    assert opened.asked()[-1] == ("create", "105", "Planted-7", "Eve", "user")
    assert "105" in opened.numbers


async def test_the_second_wish_to_add_leads_to_the_first(opened: Opened) -> None:
    await opened.press(opened.page, "Add user")
    form = await opened.form(NEW_USER)
    opened.type(form, "Number", "105")
    await opened.press(opened.page, "Add user")
    assert await opened.form(NEW_USER) is form


# ---- changing


async def test_only_what_was_changed_is_sent(opened: Opened) -> None:
    form = await opened.open("216")
    opened.type(form, "Name", "Orlova V.")
    await opened.press(form, "Save")
    assert opened.asked() == [("update", "216", "Orlova V.", "None", "None")]
    assert ["216", "Orlova V."] in [row[:2] for row in opened.rows]
    form = await opened.open("216")
    combo = form.findChild(QComboBox)
    assert combo is not None
    combo.setCurrentIndex(1)
    await opened.press(form, "Save")
    assert opened.asked()[-1] == ("update", "216", "None", "None", "admin")
    form = await opened.open("216")
    await opened.press(form, "Save")
    assert len(opened.asked()) == 2


async def test_the_number_first_and_then_the_rest(opened: Opened) -> None:
    form = await opened.open("216")
    opened.type(form, "Number", "316")
    opened.type(form, "Name", "Eve")
    await opened.press(form, "Save")
    assert opened.asked() == [("renumber", "216", "316"), ("update", "316", "Eve", "None", "None")]
    assert opened.rows[-1][:2] == ["316", "Eve"]
    assert "216" not in opened.numbers
    assert opened.table.forms == []


async def test_a_refusal_after_the_new_number_says_what_has_been_done(opened: Opened) -> None:
    form = await opened.open("216")
    opened.type(form, "Number", "316")
    opened.type(form, "Name", "Eve")
    opened.administration.refusals = [None, CtiException(NOT_ALLOWED)]
    await opened.press(form, "Save")
    assert await opened.form("316") is form
    assert "The number has been changed, nothing else. What you typed stays." in texts(form)
    await opened.press(form, "Save")
    assert opened.asked()[-1] == ("update", "316", "Eve", "None", "None")
    assert opened.rows[-1][:2] == ["316", "Eve"]


async def test_a_new_password(opened: Opened) -> None:
    form = await opened.open("216", UserAction.PASSWORD)
    await opened.press(form, "Save")
    assert "Enter a password." in texts(form)
    opened.type(form, "New password for 216", "Planted-8")
    line = opened.dialog.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClick(line, Qt.Key.Key_Return)
    await opened.turn()
    assert opened.asked() == [("update", "216", "None", "Planted-8", "None")]


async def test_a_role_that_only_this_pbx_has_stays(opened: Opened) -> None:
    opened.administration.tell(UserAccount("300", "Eve", "boss"))
    await opened.turn()
    form = await opened.open("300")
    opened.type(form, "Name", "Eva")
    await opened.press(form, "Save")
    assert opened.asked() == [("update", "300", "Eva", "None", "None")]


async def test_the_own_number_and_role_cannot_be_changed_nor_the_account_removed(opened: Opened) -> None:
    form = await opened.open("214")
    fields = {one.accessibleName(): one for kind in (QLineEdit, QComboBox) for one in form.findChildren(kind)}
    assert {name for name, one in fields.items() if not one.isEnabled() and name} == {"Number", "Role"}
    assert fields["Role"].accessibleDescription() == "You cannot change your own role."
    await opened.press(form, "Discard")
    remove = button(opened.page, "Remove user 214")
    assert not remove.isEnabled()
    assert remove.accessibleDescription() == "You cannot remove your own account."
    QTest.keyClick(opened.table, Qt.Key.Key_Delete)
    await opened.turn()
    assert opened.table.forms == []


async def test_escape_discards_the_row_and_leaves_the_dialog(opened: Opened) -> None:
    form = await opened.open("216")
    line = opened.type(form, "Name", "Eve")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    await opened.turn()
    assert opened.table.forms == []
    assert opened.dialog.isVisible()
    assert opened.table.hasFocus()
    assert opened.asked() == []


async def test_two_rows_are_worked_on_at_a_time(opened: Opened) -> None:
    opened.administration.gate.clear()
    first = await opened.open("216")
    opened.type(first, "Name", "Eve")
    await opened.press(first, "Save")
    assert names(first).count("Wait…") == 1
    second = await opened.open("217")
    opened.type(second, "Name", "Max")
    opened.administration.gate.set()
    await opened.turn()
    assert opened.table.forms == [second]
    line = next(one for one in second.findChildren(QLineEdit) if one.accessibleName() == "Name")
    assert line.text() == "Max"
    assert line.hasFocus()


# ---- removing


async def test_removal_is_asked_about_and_enter_keeps_the_user(opened: Opened) -> None:
    opened.table.select("216")
    opened.table.setFocus()
    QTest.keyClick(opened.table, Qt.Key.Key_Delete)
    form = await opened.form("216")
    assert "Remove this user? 216 · Orlova Vera" in texts(form)
    focus = opened.dialog.focusWidget()
    assert focus is button(form, "Keep")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    await opened.turn()
    assert opened.table.forms == []
    assert opened.asked() == []
    form = await opened.open("216", UserAction.REMOVE)
    await opened.press(form, "Remove")
    assert opened.asked() == [("remove", "216")]
    assert "216" not in opened.numbers


async def test_a_refused_removal_stands_at_the_row(opened: Opened) -> None:
    opened.administration.refusals = [CtiException(NOT_ALLOWED)]
    form = await opened.open("216", UserAction.REMOVE)
    await opened.press(form, "Remove")
    assert "Your role does not allow this." in texts(form)
    assert "216" in opened.numbers


# ---- others, and the connection


async def test_a_row_that_is_worked_on_stays_while_others_change(opened: Opened) -> None:
    form = await opened.open("216")
    line = opened.type(form, "Name", "Eve")
    opened.administration.tell(UserAccount("100", "New", "user"), removed="211")
    opened.administration.tell(replace(opened.administration.users["212"], presence=Presence.DND, detail="busy"))
    await opened.turn()
    assert opened.numbers[:2] == ["100", "212"]
    assert opened.rows[1][4] == "Do not disturb · busy"
    assert line.text() == "Eve"
    assert line.hasFocus()
    row = opened.numbers.index("216") if "216" in opened.numbers else 0
    assert form.geometry().top() == opened.table.rowViewportPosition(row)
    QTest.keyClicks(opened.find(SearchField), "zaytsev")
    await opened.turn()
    assert opened.numbers == ["216", "219"]
    assert line.text() == "Eve"


async def test_somebody_else_removes_the_user_who_is_worked_on(opened: Opened) -> None:
    form = await opened.open("216")
    line = opened.type(form, "Name", "Eve")
    await opened.open("217", UserAction.REMOVE)
    opened.administration.tell(removed="216")
    opened.administration.tell(removed="217")
    await opened.turn()
    assert opened.table.forms == [form]
    assert "Somebody has removed this user." in texts(form)
    assert line.text() == "Eve"
    assert not button(form, "Save").isEnabled()
    await opened.press(form, "Discard")
    assert not {"216", "217"} & set(opened.numbers)


async def test_newcomers_without_a_name_make_the_list_be_read(opened: Opened) -> None:
    before = len(opened.administration.asked)
    opened.administration.tell(UserAccount("300"))
    await opened.turn()
    assert opened.administration.asked[before:] == [("read_again",)]


async def test_the_list_is_read_while_it_is_looked_at(opened: Opened) -> None:
    timer = next(one for one in opened.page.findChildren(QTimer) if one.interval() == READ_EVERY)
    assert timer.isActive()
    opened.dialog.open_page("interface")
    assert not timer.isActive()
    opened.dialog.open_page("users")
    await opened.turn()
    assert opened.administration.asked == [("read_again",)] * 2


async def test_reading_again_that_is_refused_is_said(opened: Opened) -> None:
    async def refused() -> None:
        raise CtiException(NOT_ALLOWED)

    opened.administration.read_again = refused  # type: ignore[method-assign]
    opened.page.put_away()
    opened.page.shown()
    await opened.turn()
    assert "The list could not be read" not in texts(opened.page)
    await opened.press(opened.page, "Read the list again")
    assert "The list could not be read" in texts(opened.page)


async def test_a_lost_connection_keeps_the_page_and_what_was_typed(opened: Opened) -> None:
    form = await opened.open("216")
    line = opened.type(form, "Name", "Eve")
    opened.administration.connect(False)
    await opened.turn()
    assert opened.page.isVisible()
    assert "No connection to the PBX" in texts(opened.page)
    assert not button(form, "Save").isEnabled()
    assert not button(opened.page, "Add user").isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Return)
    await opened.turn()
    assert opened.asked() == []
    opened.administration.connect(True)
    await opened.turn()
    assert "No connection to the PBX" not in texts(opened.page)
    assert line.text() == "Eve"
    await opened.press(form, "Save")
    assert opened.asked() == [("update", "216", "Eve", "None", "None")]


async def test_a_connection_lost_in_the_middle_says_that_it_may_have_been_done(opened: Opened) -> None:
    lost = CtiError(ErrorKind.OPEN_CONNECTION, "There is no connection to the PBX.", source="test")
    opened.administration.refusals = [OutcomeUnknown(lost)]
    form = await opened.open("216")
    opened.type(form, "Name", "Eve")
    await opened.press(form, "Save")
    assert any("It may have been done all the same" in text for text in texts(form))
    await opened.press(form, "Save")
    assert len(opened.asked()) == 2


async def test_another_line_and_its_users(opened: Opened) -> None:
    other = FakeAdministration({"500": UserAccount("500", "Elsewhere", "user")})
    opened.desk.users.follow(other)
    await opened.turn()
    assert opened.numbers == ["500"]
    opened.administration.tell(removed="211")
    await opened.turn()
    assert opened.numbers == ["500"]


async def test_what_was_typed_for_one_line_is_not_saved_at_another(opened: Opened) -> None:
    form = await opened.open("216")
    opened.type(form, "Name", "Eve")
    await opened.open("217")
    other = FakeAdministration()
    opened.desk.users.follow(other)
    await opened.turn()
    assert opened.table.forms == [form]
    assert "This was typed for another connection." in texts(form)
    assert not button(form, "Save").isEnabled()
    form.submit()
    await opened.turn()
    assert [one for one in other.asked if one[0] != "read_again"] == []
    assert opened.asked() == []
    opened.desk.users.follow(opened.administration)
    await opened.turn()
    assert "This was typed for another connection." not in texts(form)
    await opened.press(form, "Save")
    assert opened.asked() == [("update", "216", "Eve", "None", "None")]


async def test_a_server_that_tells_no_roles_is_not_asked_again_and_again(opened: Opened) -> None:
    opened.administration.tell(UserAccount("300", "Eve"))
    await opened.turn()
    before = len(opened.administration.asked)
    for presence in (Presence.DND, Presence.READY, Presence.BREAK):
        opened.administration.tell(UserAccount("300", "Eve", presence=presence))
        await opened.turn()
    assert len(opened.administration.asked) == before


async def test_a_login_that_is_no_number_can_be_renamed(opened: Opened) -> None:
    opened.administration.tell(UserAccount("root", "R", "admin"))
    await opened.turn()
    form = await opened.open("root")
    opened.type(form, "Name", "Root")
    await opened.press(form, "Save")
    assert opened.asked() == [("update", "root", "Root", "None", "None")]


# ---- who sees it


async def test_the_page_is_there_for_administrators_alone(opened: Opened) -> None:
    entry = "Webitel users"
    assert entry in names(opened.dialog)
    administration = opened.administration
    administration.can_create = administration.can_change = administration.can_remove = False
    administration.changed.emit()
    assert entry not in names(opened.dialog)
    assert opened.dialog.pages["connection"].isVisible()
    QTest.keyClick(button(opened.dialog, "Connection"), Qt.Key.Key_Down)
    assert opened.dialog.pages["calls"].isVisible()
    opened.dialog.open_page("users")
    assert opened.dialog.pages["connection"].isVisible()
    administration.can_remove = True
    administration.changed.emit()
    assert entry in names(opened.dialog)
    opened.desk.users.follow(None)
    assert entry not in names(opened.dialog)


async def test_what_the_role_does_not_allow_says_so(opened: Opened) -> None:
    opened.administration.can_create = opened.administration.can_change = False
    opened.administration.changed.emit()
    await opened.turn()
    opened.table.select("216")
    await opened.turn()
    assert button(opened.page, "Remove user 216").isEnabled()
    for name in ("Edit user 216", "New password for 216", "Add user"):
        assert button(opened.page, name).accessibleDescription() == "Your role does not allow this."


async def test_ok_does_not_throw_away_what_was_typed(opened: Opened) -> None:
    form = await opened.open("216")
    line = opened.type(form, "Name", "Eve")
    opened.dialog.open_page("interface")
    button(opened.dialog, "OK").click()
    await opened.turn()
    assert opened.page.isVisible()
    assert line.hasFocus()
    assert "A user is not saved yet. Save or discard what you typed." in texts(opened.dialog)
    await opened.press(form, "Discard")
    button(opened.dialog, "OK").click()
    assert not opened.dialog.isVisible()


async def test_closing_in_the_middle_of_a_command(opened: Opened) -> None:
    opened.administration.gate.clear()
    form = await opened.open("216")
    opened.type(form, "Name", "Eve")
    await opened.press(form, "Save")
    opened.dialog.close()
    opened.dialog.deleteLater()
    await opened.turn()
    opened.administration.gate.set()
    await opened.turn()
    assert opened.administration.users["216"].name == "Eve"


# ---- the mouse


async def test_the_buttons_of_the_hovered_row_and_a_double_click(opened: Opened) -> None:
    viewport = opened.table.viewport()
    row = opened.numbers.index("217")
    place = QPoint(20, opened.table.rowViewportPosition(row) + 5)
    QTest.mouseMove(viewport, place)
    await opened.turn()
    await opened.press(opened.page, "New password for 217")
    form = await opened.form("217")
    assert form.isVisible()
    await opened.press(form, "Discard")
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    await opened.turn()
    assert "Name" in {one.accessibleName() for one in (await opened.form("217")).findChildren(QLineEdit)}


# ---- the rows by themselves


def test_rows_come_and_go_without_a_reset(qapp: QApplication) -> None:
    rows = UserRows()
    resets: list[bool] = []
    rows.modelReset.connect(lambda: resets.append(True))
    users = {str(number): UserAccount(str(number), f"Name {number}", "user") for number in range(100, 160)}
    rows.show_users(users)
    for words in ("1", "Name 12", "13", "nobody", "name"):
        rows.search(words)
        shown = [rows.key(row) for row in range(rows.rowCount())]
        texts_by_key = {key: f"{key} {one.name.lower()}" for key, one in users.items()}
        assert shown == [key for key, text in texts_by_key.items() if all(one in text for one in words.lower().split())]
    rows.keep("105", True)
    rows.search("159")
    assert [rows.key(row) for row in range(rows.rowCount())] == ["105", "159"]
    rows.keep("105", False)
    assert rows.row("105") is None
    assert resets == []
