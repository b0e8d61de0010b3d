"""From the settings to a line and back, with a PBX that is not there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ctidesk.app import Application
from ctidesk.config.policy import Policy
from ctidesk.config.settings import Connection
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallStarted, LineStateChanged
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.values import CallDirection, CallFeatures, CallState
from ctidesk.desk import Desk
from ctidesk.net.frames import FrameLog
from ctidesk.options import DesktopOptions
from ctidesk.system.autostart import DesktopAutostart
from ctidesk.system.language import Language
from ctidesk.system.qt_loop import StopRequest
from ctidesk.ui.theme import theme
from tests.cti.fake_clock import FakeClock
from tests.ui.components.finding import names
from tests.ui.components.settings.settings_desk import MemorySecrets
from tests.ui.components.stage import DeskProvider, turn
from tests.waiting import until

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)

OKTELL = '[connection]\nprovider = "oktell"\noktell = {addresses = ["ws://pbx.example"], login = "op1"}\n'


class Office:
    """A desk whose lines are fakes; notes the connections and passwords they were made for."""

    def __init__(self, folder: Path, settings: str, options: DesktopOptions) -> None:
        self.folder = folder
        if settings:
            (folder / "settings.toml").write_text(settings)
        self.store = SettingsStore(SettingsFile(folder / "settings.toml"), Policy())
        self.secrets = MemorySecrets()
        self.stop = StopRequest()
        self.frames = FrameLog()
        self.connected: list[tuple[Connection, str | None]] = []
        self.open: list[DeskProvider] = []
        self.autostart = DesktopAutostart(["ctidesk"], folder / "autostart")
        self.desk = Desk(
            self.store,
            options,
            make_provider=self._provider,
            make_line=self._line,
            language=Language(),
            stop=self.stop,
            frame_log=self.frames,
            secrets=self.secrets,
            login_start=self.autostart,
        )

    @asynccontextmanager
    async def _provider(
        self, connection: Connection, password: str | None, _frames: FrameLog
    ) -> AsyncIterator[BaseCtiProvider]:
        self.connected.append((connection, password))
        provider = DeskProvider()
        self.open.append(provider)
        yield provider
        self.open.remove(provider)

    def _line(self, provider: BaseCtiProvider, open_settings: Callable[[str], None]) -> Application:
        return Application(
            provider, self.folder, self.stop, clock=FakeClock(), audible=False, open_settings=open_settings
        )

    async def turn(self) -> None:
        await turn()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until `condition` holds: the end of a line waits for its journal."""
        await until(condition)
        await self.turn()

    async def connected_as(self, *logins: str) -> None:
        """Wait until these logins have connected, one after another; an application ends with threads of its own."""
        async with asyncio.timeout(20):
            while [connection.oktell.login for connection, _ in self.connected] != list(logins):
                await self.turn()

    async def change(self, **values: str | bool | int) -> None:
        await self.store.change({key.replace("__", "."): value for key, value in values.items()})
        await self.turn()


Begin = Callable[..., object]


@pytest.fixture
async def begin(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Callable[..., Office]]:
    running: list[tuple[Office, asyncio.Task[None]]] = []
    level = logging.getLogger().level

    def begin(settings: str = "", options: DesktopOptions | None = None) -> Office:
        office = Office(tmp_path, settings, options or DesktopOptions())
        running.append((office, asyncio.get_running_loop().create_task(office.desk.run())))
        return office

    yield begin
    for office, task in running:
        office.stop()
        await task
        assert office.open == []
    Language().choose("en")
    logging.getLogger().setLevel(level)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_with_settings_and_a_password_it_connects(begin: Callable[..., Office]) -> None:
    office = begin(OKTELL, DesktopOptions(password="given"))
    await office.turn()
    [(connection, password)] = office.connected
    assert (connection.oktell.login, password) == ("op1", "given")
    assert office.desk.line is not None
    assert office.desk.line.model.is_connected


async def test_without_a_password_it_is_asked_for(begin: Callable[..., Office]) -> None:
    office = begin(OKTELL)
    await office.turn()
    assert office.connected == []
    question = office.desk.question
    assert question is not None
    assert question.isVisible()
    question.given.emit("typed")
    await office.turn()
    assert [password for _, password in office.connected] == ["typed"]
    assert not question.isVisible()
    assert office.secrets.kept == {}


async def test_the_first_start_shows_the_welcome_and_later_ends_it(begin: Callable[..., Office]) -> None:
    office = begin()
    await office.turn()
    assert office.desk.welcome is not None
    assert office.desk.welcome.isVisible()
    office.desk.welcome.close()
    await asyncio.wait_for(office.stop.wait(), 5)


async def test_nobody_is_left_with_a_program_that_cannot_be_reached(begin: Callable[..., Office]) -> None:
    office = begin('[connection]\nprovider = "oktell"\n')
    await office.turn()
    assert office.desk.dialog is not None
    office.desk.dialog.close()
    await asyncio.wait_for(office.stop.wait(), 5)


async def test_settings_of_the_windows_count_at_once_and_leave_the_connection(begin: Callable[..., Office]) -> None:
    office = begin(OKTELL, DesktopOptions(password="given"))
    await office.turn()
    line = office.desk.line
    await office.change(interface__theme="dark", interface__text_scale=150, diagnostics__frame_log=True)
    assert (theme().scheme, theme().text_scale, office.frames.enabled) == ("dark", 1.5, True)
    await office.change(interface__start_at_login=True)
    assert office.autostart.is_enabled()
    assert office.desk.line is line
    assert len(office.connected) == 1


async def test_another_login_makes_the_connection_anew(begin: Callable[..., Office]) -> None:
    office = begin(OKTELL, DesktopOptions(password="given"))
    await office.turn()
    office.desk.open_settings()
    assert office.desk.dialog is not None
    await office.change(connection__oktell__login="op2")
    office.desk.dialog.saved.emit(True)
    await office.until(lambda: len(office.connected) == 2)
    assert [connection.oktell.login for connection, _ in office.connected] == ["op1", "op2"]
    assert len(office.open) == 1
    assert office.desk.dialog.isVisible()


async def test_another_language_makes_the_windows_anew(begin: Callable[..., Office]) -> None:
    office = begin(OKTELL, DesktopOptions(password="given"))
    await office.turn()
    former = office.desk.line
    assert isinstance(former, Application)
    office.desk.open_settings("interface")
    assert office.desk.dialog is not None
    dialog = office.desk.dialog
    dialog.draft.set("interface.language", "ru")
    dialog._save()
    await office.until(lambda: len(office.connected) == 2)
    line = office.desk.line
    assert isinstance(line, Application)
    assert line is not former
    assert "Позвонить" in names(line.panel)
    assert (office.desk.dialog.windowTitle(), office.desk.dialog.page_name) == ("Настройки", "interface")
    assert office.desk.dialog is not dialog
    office.desk.dialog.draft.set("interface.language", "")
    office.desk.dialog._finish()
    await office.until(lambda: len(office.connected) == 3)
    line = office.desk.line
    assert isinstance(line, Application)
    assert "Call" in names(line.panel)


async def test_another_language_waits_for_the_end_of_a_call(begin: Callable[..., Office]) -> None:
    office = begin(OKTELL, DesktopOptions(password="given"))
    await office.turn()
    line = office.desk.line
    call = Call("c1", CallDirection.IN, state=CallState.CONNECTED)
    office.open[0].tell(CallStarted(call))
    await office.turn()
    office.desk.open_settings("interface")
    assert office.desk.dialog is not None
    office.desk.dialog.draft.set("interface.language", "ru")
    office.desk.dialog._save()
    office.desk.dialog._answered(now=False)
    await office.turn()
    assert office.desk.line is line
    office.desk.dialog.close()
    office.open[0].tell(CallFinished(call))
    await office.until(lambda: len(office.connected) == 2)
    await office.change(interface__language="")


async def test_a_handed_over_number_is_dialled_once_and_never_later(begin: Callable[..., Office]) -> None:
    office = begin(OKTELL, DesktopOptions(password="given"))
    await office.turn()
    [provider] = office.open
    line = office.desk.line
    assert isinstance(line, Application)
    provider.tell(LineStateChanged(CallFeatures.CAN_NOTHING))
    line.hand_over("4711")
    provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))
    await office.turn()
    assert not [command for command in provider.commands if command[0] == "make_call"]
    line.hand_over("204")
    await office.turn()
    assert [command for command in provider.commands if command[0] == "make_call"] == [("make_call", "204")]


async def talking_office(begin: Callable[..., Office]) -> tuple[Office, Call]:
    """An office with a call that goes on and open settings."""
    office = begin(OKTELL, DesktopOptions(password="given"))
    await office.turn()
    call = Call("c1", CallDirection.IN, state=CallState.CONNECTED)
    office.open[0].tell(CallStarted(call))
    await office.turn()
    office.desk.open_settings()
    await office.change(connection__oktell__login="op2")
    return office, call


async def test_a_call_keeps_its_connection_until_it_has_ended(begin: Callable[..., Office]) -> None:
    office, call = await talking_office(begin)
    assert office.desk.dialog is not None
    office.desk.dialog.saved.emit(True)
    await office.turn()
    assert [connection.oktell.login for connection, _ in office.connected] == ["op1"]
    office.desk.dialog.close()
    office.open[0].tell(CallFinished(call))
    await office.connected_as("op1", "op2")
    assert len(office.open) == 1


async def test_a_call_is_given_up_when_that_is_wanted(begin: Callable[..., Office]) -> None:
    office, _ = await talking_office(begin)
    assert office.desk.dialog is not None
    office.desk.dialog.may_cost_calls = True
    office.desk.dialog.saved.emit(True)
    await office.connected_as("op1", "op2")


async def test_a_connection_that_is_gone_waits_for_no_call(begin: Callable[..., Office]) -> None:
    office, _ = await talking_office(begin)
    assert office.desk.dialog is not None
    office.desk.dialog.saved.emit(True)
    await office.turn()
    assert len(office.connected) == 1
    office.open[0].lose_connection()
    await office.connected_as("op1", "op2")


async def test_the_end_of_the_program_connects_no_more(begin: Callable[..., Office]) -> None:
    office, _ = await talking_office(begin)
    assert office.desk.dialog is not None
    office.desk.dialog.saved.emit(True)
    office.stop()
    await office.turn()
    assert len(office.connected) == 1
