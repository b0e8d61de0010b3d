"""A desk after the computer's sleep: connected at once, and the icon tells the truth meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication

from ctidesk.app import Application
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.reconnection import ConnectionPhase
from ctidesk.options import DesktopOptions
from ctidesk.system.wake import Wake
from ctidesk.ui.theme import TrayState
from tests.app.test_desk import OKTELL, Office
from tests.system.private_bus import address, bus, logind, tell_of_sleep
from tests.system.test_wake import Network

__all__ = ["address", "bus", "logind"]

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
GUARD_SECONDS = 20.0


class SleepyOffice(Office):
    """A desk with a real message bus and a network of the test's own; its clock stands still."""

    network: Network

    def make_wake(self, bus: QDBusConnection) -> None:
        self.network = Network()
        self.desk._listen_to_wake = lambda: Wake(bus, self.network)

    @property
    def application(self) -> Application:
        line = self.desk.line
        assert isinstance(line, Application)
        return line

    @property
    def phase(self) -> ConnectionPhase:
        return self.application.model.connection.phase

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for what comes over the bus; the model's own timers never fire."""
        async with asyncio.timeout(GUARD_SECONDS):
            while not condition():
                await self.turn()
                await asyncio.sleep(0.01)

    def icon_is_connected(self) -> bool:
        """Whether the icon says that there is a connection."""
        self.application.tray.refresh()
        return self.application.tray.state not in (TrayState.DISCONNECTED, TrayState.CONNECTING)


@pytest.fixture
async def office(tmp_path: Path, qapp: QApplication, bus: QDBusConnection) -> AsyncIterator[SleepyOffice]:
    office = SleepyOffice(tmp_path, OKTELL, DesktopOptions(password="given"))
    office.make_wake(bus)
    task = asyncio.get_running_loop().create_task(office.desk.run())
    await office.until(lambda: office.desk.line is not None and office.phase is ConnectionPhase.CONNECTED)
    yield office
    office.stop()
    await task


def unreachable() -> CtiException:
    return CtiException(CtiError(ErrorKind.OPEN_CONNECTION, "The PBX cannot be reached."))


async def test_after_a_sleep_a_lost_connection_is_made_at_once(office: SleepyOffice, logind: QDBusConnection) -> None:
    [provider] = office.open
    assert office.icon_is_connected()
    provider.attempts.append(unreachable())
    provider.lose_connection()
    assert office.phase is ConnectionPhase.WAITING
    assert not office.icon_is_connected()
    tell_of_sleep(logind, True)
    tell_of_sleep(logind, False)
    await office.until(lambda: not provider.attempts)
    assert not office.icon_is_connected()
    office.network.changed.emit()
    await office.until(lambda: office.phase is ConnectionPhase.CONNECTED)
    assert office.icon_is_connected()


async def test_after_a_sleep_a_connection_that_looks_alive_is_checked(
    office: SleepyOffice, logind: QDBusConnection
) -> None:
    [provider] = office.open
    tell_of_sleep(logind, True)
    tell_of_sleep(logind, False)
    await office.until(lambda: provider.checks)
    assert office.icon_is_connected()
    waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    provider.attempts.append(waiting)
    provider.lose_connection()  # what the check has found
    assert not office.icon_is_connected()
    waiting.set_result(None)
    clock = office.application.model.clock
    clock.advance(0)  # type: ignore[attr-defined]  # of the fake one: no time passes
    await office.until(lambda: office.phase is ConnectionPhase.CONNECTED)
    assert office.icon_is_connected()


async def test_the_end_of_the_desk_ends_listening(office: SleepyOffice, logind: QDBusConnection) -> None:
    [provider] = office.open
    office.stop()
    await office.until(lambda: not office.open)
    tell_of_sleep(logind, False)
    office.network.changed.emit()
    await office.turn()
    assert provider.checks == 0
