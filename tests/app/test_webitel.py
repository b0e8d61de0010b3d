"""The same windows at a Webitel PBX: the demo PBX in the same process, and a desk phone that is picked up by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ctidesk.app import Application
from ctidesk.cti.call import Call
from ctidesk.cti.model import CtiModel
from ctidesk.cti.reconnection import ConnectionPhase
from ctidesk.cti.values import CallState
from ctidesk.demo.webitel import WebitelDemo
from ctidesk.system import qt_loop
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.commands import Commands
from ctidesk.ui.components.line_summary import tray_words
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.redirect_row import RedirectRow
from ctidesk.ui.widgets import MenuItem
from ctidesk.ui.windows.tray_menu import TrayMenu
from ctidesk.webitel.client import ClientOptions
from ctidesk.webitel.provider import WebitelCtiProvider
from tests.ui.components.finding import button, names, texts
from tests.waiting import until

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True),  # the off-screen platform has no tray
]

CALLER, OTHER, COLLEAGUE = "74951234567", "79037654321", "102"


class Desk:
    """The application and its PBX."""

    def __init__(self, application: Application, demo: WebitelDemo) -> None:
        self.application = application
        self.panel = application.panel
        self._demo = demo

    @property
    def model(self) -> CtiModel:
        """The line."""
        return self.application.model

    @property
    def call(self) -> Call | None:
        """The current call."""
        return self.model.current_call

    async def direct(self, line: str) -> None:
        """Have somebody at the PBX do something."""
        answer = await self._demo.direct(line)
        assert answer["ok"] is True, answer

    async def until(self, condition: Callable[[], object]) -> None:
        """Return when `condition` holds."""
        await until(condition)

    async def press(self, name: str, window: QWidget | None = None) -> None:
        """Press the button that is called `name` once it can be pressed."""
        where = window or self.panel
        await self.until(lambda: name in names(where) and button(where, name).isEnabled())
        button(where, name).click()

    async def talk(self) -> None:
        """Be called, see the popup, and pick the phone up."""
        await self.direct(f"ring 101 {CALLER}")
        await self.until(self.application.popups.shown)
        await self.direct("pickup 101")
        await self.until(lambda: self.model.abilities.consult)
        assert not any(popup.isVisible() for popup in self.application.popups.shown())

    async def is_in(self, state: CallState) -> None:
        """Wait for the current call's state."""
        await self.until(lambda: self.call is not None and self.call.state is state)


def play(folder: Path, scene: Callable[[Desk], Awaitable[None]], *, phone: bool = True) -> None:
    """Start the application at a demo PBX and play `scene`."""

    async def main(_stop: qt_loop.StopRequest) -> int:
        async with WebitelDemo() as demo:
            if not phone:
                await demo.direct("presence 101 offline")
            provider = WebitelCtiProvider(ClientOptions(demo.url, demo.operator_login, demo.password))
            application = Application(provider, folder, lambda: None, audible=False)
            desk = Desk(application, demo)
            try:
                application.start()
                if phone:
                    await desk.until(lambda: application.model.abilities.call)
                await scene(desk)
            finally:
                await application.close()
        return 0

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert qt_loop.run(application, main) == 0


def test_a_call_is_held_and_taken_back(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.talk()
        assert desk.panel.isVisible()
        await desk.press("Hold")
        await desk.is_in(CallState.HOLDED)
        await desk.press("Resume")
        await desk.is_in(CallState.CONNECTED)
        await desk.press("End")
        await desk.until(lambda: desk.call is None)

    play(tmp_path, scene)


def test_a_popup_cannot_answer_a_desk_phone_and_declines(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.direct(f"ring 101 {CALLER}")
        await desk.until(desk.application.popups.shown)
        [popup] = desk.application.popups.shown()
        await desk.until(lambda: not popup.is_deaf())
        await desk.press("Decline", popup)
        await desk.until(lambda: desk.call is None)
        assert not popup.isVisible()

    play(tmp_path, scene)


def test_a_call_is_transferred_after_a_consultation(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.talk()
        main = desk.call
        assert main is not None
        consulting = asyncio.create_task(desk.model.consult(COLLEAGUE))
        await desk.until(lambda: len(desk.model.calls) == 2)
        await desk.direct("pickup 101")
        await desk.direct(f"answer {COLLEAGUE}")
        await consulting
        await desk.until(lambda: desk.model.abilities.complete_transfer)
        await desk.press("Complete transfer")
        await desk.until(lambda: not desk.model.calls)
        assert (main.redirecting_id, main.redirection_id) == ("101", COLLEAGUE)

    play(tmp_path, scene)


def test_a_call_is_transferred_blind(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.talk()
        await desk.model.blind_transfer(COLLEAGUE)
        await desk.until(lambda: not desk.model.calls)

    play(tmp_path, scene)


def test_a_second_call_hears_that_the_line_is_busy(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.talk()
        ended: list[str] = []
        desk.application.popups.painted.connect(lambda: ended.append("painted"))
        provider = desk.model.provider
        assert isinstance(provider, WebitelCtiProvider)
        over = asyncio.Event()
        provider.client.events.subscribe(lambda event: over.set() if event.name == "onHangupCall" else None)
        await desk.direct(f"ring 101 {OTHER}")
        await over.wait()
        await desk.is_in(CallState.CONNECTED)
        assert len(desk.model.calls) == 1
        assert ended == []
        assert not any(OTHER[-4:] in text for text in texts(desk.panel))

    play(tmp_path, scene)


def test_a_state_is_taken_with_a_text_for_the_colleagues(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        option = next(one for one in desk.model.provider.agent_states if one.code == "DND")
        assert option.takes_text
        row = desk.panel.findChild(RedirectRow)
        assert row is not None
        row.ask(option)
        field = row.findChild(QLineEdit)
        assert field is not None
        assert field.accessibleName() == "Note for colleagues"
        field.setText(" back at three ")
        field.returnPressed.emit()
        assert not row.isVisible()
        await desk.until(lambda: desk.model.agent_state.code == "DND")
        reason = desk.model.agent_state.reason
        assert reason is not None
        assert reason.name == "back at three"

    play(tmp_path, scene)


def test_the_tray_asks_for_the_text_in_the_panel(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.panel.hide()
        people = desk.application.people
        menu = TrayMenu(desk.model, people, CallActions(desk.model, people, Commands()), MutedRings(desk.model))
        menu.state_wanted.connect(desk.application.tray.state_wanted)
        next(one for one in menu.actions() if isinstance(one, MenuItem) and one.label == "Do not disturb").trigger()
        await desk.until(desk.panel.isVisible)
        row = desk.panel.findChild(RedirectRow)
        assert row is not None
        assert row.isVisible()
        field = row.findChild(QLineEdit)
        assert field is not None
        field.returnPressed.emit()  # a text is possible, not necessary
        await desk.until(lambda: desk.model.agent_state.code == "DND")
        assert desk.model.agent_state.reason is None

    play(tmp_path, scene)


def test_why_a_call_has_ended_is_said(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.direct(f"presence {COLLEAGUE} dnd")
        calling = asyncio.create_task(desk.model.call_by_number(COLLEAGUE))
        await desk.until(lambda: desk.call is not None)
        await desk.direct("pickup 101")
        await calling
        await desk.until(lambda: desk.call is None)
        await desk.until(lambda: "The line is busy." in texts(desk.panel))
        await desk.talk()
        assert "The line is busy." not in texts(desk.panel)
        await desk.press("End")
        await desk.until(lambda: desk.call is None and desk.model.abilities.call)
        assert not any(text.startswith("Call ended") for text in texts(desk.panel))

    play(tmp_path, scene)


def test_a_phone_that_is_not_connected_is_said(tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.until(lambda: desk.model.agent_state.code == "NONREG")
        await desk.until(lambda: desk.model.connection.phase is ConnectionPhase.CONNECTED)
        await desk.until(lambda: "Agent state: Phone not connected" in names(desk.panel))
        assert "Phone not connected" in tray_words(desk.model, desk.application.people, 0)
        assert not desk.model.abilities.call

    play(tmp_path, scene, phone=False)
