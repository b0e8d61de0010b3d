"""The icon in the tray tells the state, its tool tip the words, its menu what can be done (ux.md, "Tray")."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from ctidesk.cti.events import AgentStateChanged, CallStarted, CommutationStarted, Disconnected, Hold, LineStateChanged
from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.system import tray_host
from ctidesk.system.tray_host import TrayHost
from ctidesk.ui.theme import TrayState
from ctidesk.ui.windows.tray import Tray
from tests.cti.watcher import outgoing
from tests.ui.components.stage import LUNCH
from tests.ui.windows.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # the off-screen platform has no tray


class FakeHost(TrayHost):
    """A tray that comes and goes when the test says so."""

    def start(self) -> None:
        self.appeared.emit()


@pytest.fixture
async def host() -> FakeHost:
    return FakeHost()


@pytest.fixture
async def tray(desk: Desk, host: FakeHost) -> AsyncIterator[Tray]:
    tray = Tray(desk.model, desk.people, desk.actions, desk.missed, desk.muted, host=host)
    tray.start()
    yield tray
    tray.close()
    tray.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def labels(tray: Tray) -> list[str]:
    tray.menu().aboutToShow.emit()
    return [action.text() for action in tray.menu().actions() if not action.isSeparator()]


def entry(tray: Tray, text: str) -> QAction:
    tray.menu().aboutToShow.emit()
    return next(action for action in tray.menu().actions() if action.text() == text)


async def test_it_follows_the_state(desk: Desk, tray: Tray) -> None:
    seen = []

    async def see() -> None:
        await desk.turn()
        seen.append(tray.state)

    await see()
    desk.provider.tell(AgentStateChanged(LUNCH))
    await see()
    call = desk.ring()
    await see()
    call.state = CallState.CONNECTED
    desk.provider.tell(CommutationStarted(call))
    await see()
    call.state = CallState.HOLDED
    desk.provider.tell(Hold(call))
    await see()
    desk.provider.tell(Disconnected())
    await see()
    assert seen == [
        TrayState.READY,
        TrayState.BREAK,
        TrayState.RINGING,
        TrayState.TALKING,
        TrayState.HOLD,
        TrayState.DISCONNECTED,
    ]


async def test_dialling_out_counts_as_talking(desk: Desk, tray: Tray) -> None:
    desk.provider.tell(CallStarted(outgoing()))
    await desk.turn()
    assert tray.state is TrayState.TALKING


async def test_a_change_is_taken_in_without_anybody_asking(desk: Desk, tray: Tray, qtbot: QtBot) -> None:
    desk.ring()
    qtbot.waitUntil(lambda: tray.state is TrayState.RINGING)


async def test_the_ringing_icon_blinks_and_the_others_stand_still(desk: Desk, tray: Tray, qtbot: QtBot) -> None:
    assert not tray._frames.isActive()
    call = desk.ring()
    await desk.turn()
    assert tray._frames.interval() == 500
    with qtbot.waitSignal(tray._frames.timeout):
        pass
    desk.end_ring(call)
    await desk.turn()
    assert not tray._frames.isActive()


async def test_the_words_name_state_call_and_duration(desk: Desk, tray: Tray) -> None:
    call = desk.ring(caller_name="Belova Anna")
    call.state = CallState.CONNECTED
    desk.provider.tell(CommutationStarted(call))
    desk.clock.advance(192)
    me = desk.people.me()
    assert me is not None
    assert tray.words().splitlines() == [f"{me.name} · {me.number}", "Ready", "Talking · Belova Anna · 3:12"]


async def test_a_name_with_a_tag_stays_words(desk: Desk, tray: Tray) -> None:
    desk.ring(caller_name="<img src='file:///etc/passwd'>")
    await desk.turn()
    assert tray._icon is not None
    assert "<img" not in tray._icon.toolTip()
    assert "img src" in tray._icon.toolTip()


async def test_missed_calls_are_counted(desk: Desk, tray: Tray) -> None:
    plain = tray._icon.icon().pixmap(32, 32).toImage() if tray._icon else None
    desk.end_ring(desk.ring())
    await desk.turn()
    assert tray.words().splitlines()[-1] == "Missed calls: 1"
    assert tray._icon is not None
    assert tray._icon.icon().pixmap(32, 32).toImage() != plain
    desk.missed.see()
    assert tray._icon.icon().pixmap(32, 32).toImage() == plain


async def test_the_menu_offers_what_the_state_allows(desk: Desk, tray: Tray) -> None:
    everything = labels(tray)
    assert everything[0] == "Ready"
    assert {"Lunch", "Do not disturb", "Redirect…", "Call centre", "Dial…", "Show panel", "About", "Quit"} <= set(
        everything
    )
    assert "Mute ring" not in everything
    desk.ring()
    assert labels(tray)[0] == "Mute ring"
    desk.provider.tell(Disconnected())
    offline = labels(tray)
    assert "Lunch" not in offline
    assert "Reconnect" in offline
    assert not entry(tray, "Dial…").isEnabled() or desk.model.current_call is not None


async def test_the_menu_gives_the_commands(desk: Desk, tray: Tray) -> None:
    entry(tray, "Lunch").trigger()
    entry(tray, "Call centre").trigger()
    await desk.turn()
    assert desk.provider.commands == [("set_agent_state", "break", "1"), ("change_call_centre_state", False)]


async def test_mute_ring_mutes_what_rings(desk: Desk, tray: Tray) -> None:
    call = desk.ring()
    entry(tray, "Mute ring").trigger()
    assert desk.muted.is_muted(call)
    assert not entry(tray, "Mute ring").isEnabled()


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Show panel", "panel_wanted"),
        ("Dial…", "dial_wanted"),
        ("Dial from clipboard", "copied_wanted"),
        ("About", "about_wanted"),
        ("Quit", "quit_wanted"),
        ("Redirect…", "state_wanted"),
    ],
)
async def test_the_menu_tells_what_was_chosen(desk: Desk, tray: Tray, qtbot: QtBot, text: str, signal: str) -> None:
    desk.provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))
    told: Signal = getattr(tray, signal)
    with qtbot.waitSignal(told):
        entry(tray, text).trigger()


async def test_a_click_toggles_the_panel(tray: Tray, qtbot: QtBot) -> None:
    assert tray._icon is not None
    with qtbot.waitSignal(tray.panel_toggled):
        tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)


async def test_the_icon_comes_again_with_a_new_tray(tray: Tray, host: FakeHost) -> None:
    first = tray._icon
    shown = []
    tray.found.connect(lambda: shown.append(True))
    tray.lost.connect(lambda: shown.append(False))
    host.vanished.emit()
    host.appeared.emit()
    assert shown == [False, True]
    assert tray._icon is not first


# ---- looking for a tray


def test_it_looks_until_there_is_a_tray(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    available = [False]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: available[0])
    monkeypatch.setattr(tray_host, "LOOK_MILLISECONDS", 1)
    host = TrayHost()
    with qtbot.waitSignal(host.appeared):
        host.start()
        available[0] = True
    assert host.is_available
    host.stop()


def test_without_a_tray_it_says_so_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    monkeypatch.setattr(tray_host, "PATIENCE_MILLISECONDS", 1)
    host = TrayHost()
    with qtbot.waitSignal(host.missed):
        host.start()
    assert not host._patience.isActive()
    host.stop()
