"""The settings dialog: what is typed, what is saved, what is locked, and that the keyboard is enough."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QWidget,
)

from ctidesk.config.secrets import account_of
from ctidesk.config.settings import Provider, Theme
from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallStarted
from ctidesk.cti.model import CtiModel
from ctidesk.cti.probing import StepState
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.ui.components.settings.connection_page import ConnectionPage
from ctidesk.ui.components.settings.diagnostics_page import DiagnosticsPage
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.fields import LockedField
from ctidesk.ui.components.settings.pages import IntegrationPage
from ctidesk.ui.components.settings.shortcut_field import ShortcutField
from ctidesk.ui.theme import scaled, theme
from ctidesk.ui.windows.settings import WIDTH, SettingsDialog
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.ui.components.finding import button, texts
from tests.ui.components.settings.fake_administration import FakeAdministration
from tests.ui.components.settings.settings_desk import LOGIN_REFUSED, OneFrame, SettingsDesk
from tests.ui.components.stage import turn
from tests.waiting import settle

OKTELL = """
[connection]
provider = "oktell"
[connection.oktell]
addresses = ["ws://one.example:4055", "ws://two.example:4055"]
login = "op1"
"""


class Opened:
    """An open dialog and what it works on."""

    def __init__(self, folder: Path, settings: str = OKTELL, policy: str = "") -> None:
        self.desk = SettingsDesk(folder, settings, policy)
        self.editing = Editing(self.desk.services)
        self.dialog = SettingsDialog(self.desk.services, self.editing)
        self.saved: list[bool] = []
        self.dialog.saved.connect(self.saved.append)
        self.closed: list[bool] = []
        self.dialog.closed.connect(lambda: self.closed.append(True))

    @property
    def connection(self) -> ConnectionPage:
        page = self.dialog.pages["connection"]
        assert isinstance(page, ConnectionPage)
        return page

    def line(self, name: str) -> QLineEdit:
        """Return the first visible line with this accessible name."""
        lines = self.dialog.findChildren(QLineEdit)
        return next(one for one in lines if one.accessibleName() == name and one.isVisibleTo(self.dialog))

    def type(self, name: str, text: str) -> None:
        line = self.line(name)
        line.selectAll()
        QTest.keyClicks(line, text)

    async def turn(self) -> None:
        await turn()

    async def saved_once(self) -> None:
        """Apply, and wait for the thread that writes the file."""
        await self.saved_after(button(self.dialog, "Apply").click)

    async def saved_after(self, act: Callable[[], object]) -> None:
        """Do what saves, and wait for the thread that writes the file."""
        done = asyncio.Event()
        for signal in (self.editing.saved, self.editing.refused):
            signal.connect(lambda _: done.set())
        act()
        await done.wait()
        await self.turn()


@pytest.fixture
async def opened(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Opened]:
    opened = Opened(tmp_path)
    opened.dialog.open_page()
    await opened.turn()
    yield opened
    opened.dialog.close()
    await opened.editing.close()


async def test_what_is_typed_counts_after_apply_and_asks_for_a_new_connection(opened: Opened) -> None:
    assert not button(opened.dialog, "Apply").isEnabled()
    opened.type("Login", "op2")
    await opened.saved_once()
    assert opened.desk.store.settings.connection.oktell.login == "op2"
    assert opened.saved == [True]
    assert not button(opened.dialog, "Apply").isEnabled()
    assert 'login = "op2"' in opened.desk.file.read_text()


async def test_what_no_connection_needs_makes_none_anew(opened: Opened) -> None:
    opened.dialog.draft.set("interface.theme", "dark")
    await opened.saved_once()
    assert opened.desk.store.settings.interface.theme is Theme.DARK
    assert opened.saved == [False]


async def test_cancel_changes_nothing(opened: Opened) -> None:
    before = opened.desk.file.read_bytes()
    opened.type("Login", "op2")
    opened.type("Password", "never kept")
    QTest.keyClick(opened.dialog, Qt.Key.Key_Escape)
    await opened.turn()
    assert opened.closed == [True]
    assert opened.desk.file.read_bytes() == before
    assert opened.desk.store.settings.connection.oktell.login == "op1"
    assert opened.desk.secrets.kept == {}
    assert opened.connection.password.text() == ""


async def test_a_wrong_value_is_told_at_its_field_and_nothing_is_saved(opened: Opened) -> None:
    opened.type("Server addresses", "http://one.example")
    button(opened.dialog, "Apply").click()
    await opened.turn()
    assert "An address begins with ws:// or wss://, or with the server's name." in texts(opened.dialog)
    assert opened.saved == []
    opened.type("Server addresses", "wss://one.example")
    await opened.saved_once()
    assert opened.desk.store.settings.connection.oktell.addresses[0] == "wss://one.example"


async def test_what_is_missing_is_told_on_its_page(opened: Opened) -> None:
    opened.type("Login", " ")
    opened.dialog.open_page("interface")
    button(opened.dialog, "Apply").click()
    await opened.turn()
    assert "This is needed to connect." in texts(opened.dialog)
    assert opened.line("Login").hasFocus()


async def test_addresses_are_added_moved_and_removed_by_keyboard(opened: Opened) -> None:
    def buttons(name: str) -> list[QAbstractButton]:
        found = opened.dialog.findChildren(QAbstractButton)
        return [one for one in found if one.accessibleName() == name and one.isVisibleTo(opened.dialog)]

    QTest.keyClick(button(opened.dialog, "Add address"), Qt.Key.Key_Space)
    focus = opened.dialog.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "three.example")
    key = "connection.oktell.addresses"
    assert opened.dialog.draft.value(key) == ["ws://one.example:4055", "ws://two.example:4055", "three.example"]
    QTest.keyClick(buttons("Move address")[2], Qt.Key.Key_Up)
    QTest.keyClick(buttons("Remove address")[0], Qt.Key.Key_Space)
    assert opened.dialog.draft.value(key) == ["three.example", "ws://two.example:4055"]


async def test_a_typed_password_goes_to_the_keyring_and_not_to_the_file(opened: Opened) -> None:
    assert "Not kept. ctidesk asks for it at each start." in texts(opened.dialog)
    opened.type("Password", "planted-4711")
    await opened.saved_once()
    assert list(opened.desk.secrets.kept.values()) == ["planted-4711"]
    assert opened.saved == [True]
    assert "Kept in the system keyring" in texts(opened.dialog)
    assert "planted-4711" not in opened.desk.file.read_text()
    remove = button(opened.connection.password, "Remove")
    remove.click()
    QTest.mouseDClick(remove, Qt.MouseButton.LeftButton)
    await opened.turn()
    assert account_of(opened.desk.store.settings.connection) in opened.desk.secrets.kept
    button(opened.connection.password, "Remove for good?").click()
    await opened.turn()
    assert opened.desk.secrets.kept == {}


async def test_without_a_keyring_the_dialog_says_so(opened: Opened) -> None:
    opened.desk.secrets.broken = True
    opened.type("Password", "planted-4711")
    await opened.saved_once()
    [words] = [text for text in texts(opened.dialog) if text.startswith("No system keyring was found")]
    assert "asks for it at each start" in words
    assert opened.desk.passwords.known(account_of(opened.desk.store.settings.connection)) == "planted-4711"


async def test_a_kept_password_is_never_in_the_field(tmp_path: Path, qapp: QApplication) -> None:
    opened = Opened(tmp_path)
    opened.desk.secrets.kept[account_of(opened.desk.store.settings.connection)] = "planted-4711"
    opened.dialog.open_page()
    await opened.turn()
    assert opened.connection.password.text() == ""
    opened.dialog.close()
    await opened.editing.close()


async def test_the_test_tries_what_is_typed_and_shows_each_step(opened: Opened) -> None:
    opened.type("Login", "op7")
    opened.type("Password", "typed")
    button(opened.dialog, "Test connection").click()
    await opened.turn()
    [(connection, password)] = opened.desk.probed
    assert (connection.oktell.login, password) == ("op7", "typed")
    lines = opened.connection.test.lines()
    assert [line.partition(":")[0] for line in lines] == ["done"] * 6
    assert "The connection works." in texts(opened.dialog)
    assert opened.saved == []


async def test_a_failed_test_says_why_and_leads_to_the_field(opened: Opened) -> None:
    opened.desk.steps = LOGIN_REFUSED
    button(opened.dialog, "Test connection").click()
    await opened.turn()
    states = [line.partition(":")[0] for line in opened.connection.test.lines()]
    assert states[-2:] == [StepState.FAILED.value, StepState.NOT_REACHED.value]
    assert "The PBX does not know this login." in texts(opened.dialog)
    assert opened.connection.password.line.property("error") is True
    button(opened.connection.test, "Details").click()
    assert "code 1101" in texts(opened.dialog)
    button(opened.connection.test, "Show").click()
    assert opened.connection.password.line.hasFocus()
    opened.type("Password", "x")
    assert opened.connection.test.lines() == []


async def test_locked_values_are_shown_and_cannot_be_changed(tmp_path: Path, qapp: QApplication) -> None:
    policy = f'locked = ["connection", "interface.start_hidden"]\n{OKTELL}'
    opened = Opened(tmp_path, "", policy)
    opened.dialog.open_page()
    await opened.turn()
    login = opened.line("Login")
    assert isinstance(login, LockedField)
    QTest.keyClicks(login, "x")
    assert (login.text(), login.accessibleDescription()) == ("op1", "Set by your administrator")
    opened.dialog.draft.set("interface.start_hidden", True)
    assert opened.dialog.draft.changes == {}
    assert any("set by your administrator" in text for text in texts(opened.dialog))
    opened.dialog.close()
    await opened.editing.close()


async def test_each_locked_address_can_be_read(tmp_path: Path, qapp: QApplication) -> None:
    addresses = ["wss://oktell.romashka.example:4066", "wss://oktell2.romashka.example:4066"]
    connection = f'[connection]\nprovider = "oktell"\noktell = {{addresses = {addresses}, login = "op1"}}\n'
    opened = Opened(tmp_path, "", f'locked = ["connection"]\n{connection}')
    opened.dialog.open_page()
    await opened.turn()
    page = opened.dialog.pages["connection"]
    lines = [line for line in page.findChildren(LockedField) if line.text() in addresses]
    assert [line.text() for line in lines] == addresses
    for line in lines:
        margins = line.textMargins()
        assert line.fontMetrics().horizontalAdvance(line.text()) < line.width() - margins.left() - margins.right()
    opened.dialog.close()
    await opened.editing.close()


async def test_devices_are_looked_up_only_when_their_page_is_opened(opened: Opened) -> None:
    assert opened.desk.outputs.asked == 0
    opened.dialog.open_page("sound")
    assert opened.desk.outputs.asked == 1
    opened.dialog.draft.set("sound.volume", 30)
    button(opened.dialog, "Test").click()
    assert opened.desk.outputs.tested[0].volume == 30


async def test_where_programs_get_no_keys_it_says_what_to_do(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    page = IntegrationPage(Draft(SettingsDesk(tmp_path).services.store), None, None)
    assert any("gives programs no keys of their own" in text for text in texts(page))
    [command] = [line.text() for line in page.findChildren(QLineEdit)]
    assert "ctidesk dial" in command


async def test_links_are_registered_at_once(opened: Opened) -> None:
    opened.dialog.open_page("integration")
    name = "Open tel:, callto: and sip: links with ctidesk"
    QTest.keyClick(button(opened.dialog, name), Qt.Key.Key_Space)
    assert opened.desk.handler.is_registered()
    QTest.keyClick(button(opened.dialog, name), Qt.Key.Key_Space)
    assert not opened.desk.handler.is_registered()


async def test_keys_for_all_programs_are_pressed_checked_and_removed(opened: Opened) -> None:
    opened.dialog.open_page("integration")
    await opened.turn()
    draft, field = opened.dialog.draft, opened.dialog.pages["integration"].fields["interface.dial_shortcut"]
    assert isinstance(field, ShortcutField)
    control_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

    async def press(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
        QTest.keyClick(field.editor, key, modifiers)
        field.check()
        await opened.turn()
        return str(draft.value("interface.dial_shortcut"))

    assert await press(Qt.Key.Key_D, control_alt) == "Ctrl+Alt+D"
    assert not field.has_problem()
    assert await press(Qt.Key.Key_X, control_alt) == "Ctrl+Alt+X"
    assert "Another program has these keys. Choose others." in texts(opened.dialog)
    assert await press(Qt.Key.Key_D, Qt.KeyboardModifier.NoModifier) == "D"
    assert "Use a key together with Ctrl, Alt or the system key." in texts(opened.dialog)
    QTest.keyClick(button(opened.dialog, "Remove the keys"), Qt.Key.Key_Space)
    assert draft.changes == {}


async def test_diagnostics_show_messages_as_plain_text_and_write_the_report(opened: Opened) -> None:
    opened.desk.frames.frames = [OneFrame(1.8e9, "received", "<b>hello</b>\nworld")]
    opened.dialog.open_page("diagnostics")
    page = opened.dialog.pages["diagnostics"]
    assert isinstance(page, DiagnosticsPage)
    assert "← <b>hello</b> world" in page._frames.toPlainText()
    told: list[str] = []
    import asyncio

    done = asyncio.Event()
    opened.editing.reported.connect(told.append)
    opened.editing.reported.connect(lambda _: done.set())
    opened.editing.report("somewhere.zip")
    await done.wait()
    assert told == ["The report was written. It holds no password."]
    assert opened.desk.reports == ["somewhere.zip ['screen: test']"]
    opened.dialog.open_page("connection")
    assert opened.desk.frames.subscribers == []


async def test_diagnostics_count_what_could_not_be_read(opened: Opened) -> None:
    class Garbled(FakeProvider):
        @property
        def unreadable_messages(self) -> int:
            return 7

    def shown() -> str:
        words = texts(opened.dialog.pages["diagnostics"])
        return words[words.index("Unreadable messages") + 1]

    opened.dialog.open_page("diagnostics")
    assert shown() == "0"
    opened.desk.history.follow(CtiModel(Garbled()))
    assert shown() == "7"
    opened.desk.history.follow(None)


@pytest.mark.parametrize("provider", [Provider.OKTELL, Provider.WEBITEL])
async def test_tab_reaches_every_control_and_each_has_a_name(opened: Opened, provider: Provider) -> None:
    opened.dialog.draft.set("connection.provider", provider.value)
    if provider is Provider.WEBITEL:
        opened.desk.users.follow(FakeAdministration())
    for name, page in opened.dialog.pages.items():
        if not page.is_offered:
            continue
        opened.dialog.open_page(name)
        await opened.turn()
        wanted = {one for one in controls(page) if one.isVisibleTo(opened.dialog) and one.isEnabled()}
        assert wanted
        assert [type(one).__name__ for one in wanted if not one.accessibleName()] == []
        reached: set[QWidget] = set()
        for _ in range(80):
            focus = opened.dialog.focusWidget()
            if focus is not None:
                reached.add(focus)
            opened.dialog.focusNextChild()
        # Of segments side by side Tab reaches the chosen one, the arrow keys the others.
        missed = {one for one in wanted - reached if one.focusPolicy() & Qt.FocusPolicy.TabFocus}
        assert [one.accessibleName() for one in missed] == []
        assert [one.accessibleName() for one in wanted if one.focusPolicy() is Qt.FocusPolicy.NoFocus] == []


def controls(page: QWidget) -> list[QWidget]:
    """Return all that can be worked on a page."""
    kinds: tuple[type[QWidget], ...] = (
        QAbstractButton,
        QLineEdit,
        QComboBox,
        QSlider,
        QPlainTextEdit,
        QKeySequenceEdit,
    )
    return [
        one
        for kind in kinds
        for one in page.findChildren(kind)
        if not isinstance(one.parentWidget(), QLineEdit | QComboBox | QKeySequenceEdit)
    ]


# ---- while somebody is on the phone


class Talking:
    """A line with a call, which the settings of `opened` follow."""

    def __init__(self, opened: Opened) -> None:
        self.provider = FakeProvider()
        self.model = CtiModel(self.provider, FakeClock())
        self.call = Call("c1", CallDirection.IN, state=CallState.CONNECTED)
        self._calls = opened.desk.calls

    async def begin(self) -> None:
        self.model.start()
        await settle()
        self._calls.follow(self.model)
        self.provider.tell(CallStarted(self.call))
        await settle()
        assert self._calls.are_there

    async def hang_up(self) -> None:
        self.provider.tell(CallFinished(self.call))
        await settle()
        assert not self._calls.are_there


@pytest.fixture
async def talking(opened: Opened) -> AsyncIterator[Talking]:
    talking = Talking(opened)
    await talking.begin()
    yield talking
    opened.desk.calls.follow(None)
    await talking.model.close()


def is_asked(opened: Opened) -> bool:
    return "A call is going on" in texts(opened.dialog)


async def test_a_new_connection_during_a_call_is_asked_about_and_later_is_the_answer(
    opened: Opened, talking: Talking
) -> None:
    opened.type("Login", "op2")
    button(opened.dialog, "Apply").click()
    await opened.turn()
    assert is_asked(opened)
    assert opened.saved == []
    focus = opened.dialog.focusWidget()
    assert isinstance(focus, QAbstractButton)
    assert focus.accessibleName() == "After the call"
    await opened.saved_after(lambda: QTest.keyClick(focus, Qt.Key.Key_Space))
    assert (opened.saved, opened.dialog.may_cost_calls) == ([True], False)
    assert "Saved. The new connection is made after the call." in texts(opened.dialog)
    await talking.hang_up()
    await opened.turn()
    assert "Saved. The new connection is made after the call." not in texts(opened.dialog)


async def test_a_new_connection_at_once_when_that_is_wanted(opened: Opened, talking: Talking) -> None:
    opened.type("Login", "op2")
    button(opened.dialog, "Apply").click()
    await opened.saved_after(button(opened.dialog, "Now").click)
    assert (opened.saved, opened.dialog.may_cost_calls) == ([True], True)


async def test_what_is_not_saved_after_all_stays_typed(opened: Opened, talking: Talking) -> None:
    opened.type("Login", "op2")
    button(opened.dialog, "OK").click()
    button(opened.dialog, "Do not save").click()
    await opened.turn()
    assert not is_asked(opened)
    assert (opened.saved, opened.closed) == ([], [])
    assert opened.dialog.draft.value("connection.oktell.login") == "op2"


async def test_the_question_goes_with_the_call_and_what_was_wanted_is_done(opened: Opened, talking: Talking) -> None:
    opened.type("Login", "op2")
    button(opened.dialog, "OK").click()
    await opened.turn()
    assert is_asked(opened)
    await opened.saved_after(lambda: talking.provider.tell(CallFinished(talking.call)))
    assert (opened.saved, opened.closed) == ([True], [True])


async def test_what_needs_no_new_connection_is_not_asked_about(opened: Opened, talking: Talking) -> None:
    opened.dialog.draft.set("interface.theme", "dark")
    opened.dialog.draft.set("connection.webitel.number", "214")
    await opened.saved_once()
    assert opened.saved == [False]


async def test_the_window_grows_with_the_letters(opened: Opened) -> None:
    opened.dialog.open_page("interface")
    opened.dialog.resize(opened.dialog.minimumSize())
    await opened.turn()
    before = opened.dialog.width()
    theme().set_text_scale(1.3)
    await opened.turn()
    screen = opened.dialog.screen().availableGeometry().width()
    assert opened.dialog.width() == min(screen, scaled(WIDTH)) > before
