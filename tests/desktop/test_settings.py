"""A desk is set up by keyboard in real windows, and a call is answered while the settings are open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from ctidesk.app import Application, _provider
from ctidesk.config.policy import Policy
from ctidesk.config.secrets import Secrets, account_of
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.cti.values import CallState
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.desk import Desk
from ctidesk.net.frames import FrameLog
from ctidesk.options import DesktopOptions
from ctidesk.system import qt_loop
from ctidesk.system.language import Language
from tests.desktop.played import CALLER, Desktop

pytestmark = [
    pytest.mark.usefixtures("qapp", "tray", "secret_service"),
    pytest.mark.qt_log_ignore("PulseAudioService", extend=True),
]
MOST_STOPS = 40


class SetUp(Desktop):
    """A desk that is not set up yet, and what a person does there."""

    def __init__(self, desk: Desk, store: SettingsStore, demo: OktellDemo) -> None:
        self.desk = desk
        self.store = store
        self.demo = demo

    async def tab_to(self, name: str) -> None:
        """Press Tab until the control with this name has the keyboard."""
        for _ in range(MOST_STOPS):
            focus = QApplication.focusWidget()
            if focus is not None and focus.accessibleName() == name:
                return
            await self.press("Tab")
            await self.until(partial(_has_moved, focus))
        pytest.fail(f"Tab does not lead to {name!r}")


def _has_moved(before: QWidget | None) -> bool:
    return QApplication.focusWidget() is not before


def play(folder: Path, scene: Callable[[SetUp], Awaitable[None]], settings: str = "") -> None:
    """Start ctidesk on the real desktop beside a demo PBX, whose URL and LOGIN the settings can name."""

    async def main(stop: qt_loop.StopRequest) -> int:
        async with OktellDemo(OktellOptions(seed=1)) as demo:
            if settings:
                known = settings.replace("URL", demo.url).replace("LOGIN", demo.operator_login)
                (folder / "settings.toml").write_text(known)
            store = SettingsStore(SettingsFile(folder / "settings.toml"), Policy())
            options = DesktopOptions()
            desk = Desk(
                store,
                options,
                make_provider=partial(_provider, options, store),
                make_line=lambda provider, pages: Application(provider, folder, stop, open_settings=pages),
                language=Language(),
                stop=stop,
                frame_log=FrameLog(),
            )
            running = desk._tasks  # the desk's own owner ends it with the desk

            async def act() -> None:
                try:
                    await scene(SetUp(desk, store, demo))
                finally:
                    stop()

            task = running.start(act())
            await desk.run()
            if not task.cancelled():
                task.result()
        return 0

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert qt_loop.run(application, main) == 0


def test_a_desk_is_set_up_by_keyboard_and_a_call_is_answered_meanwhile(tmp_path: Path) -> None:
    async def scene(set_up: SetUp) -> None:
        desk, demo = set_up.desk, set_up.demo
        await set_up.until(lambda: desk.dialog is not None and desk.dialog.isActiveWindow())
        dialog = desk.dialog
        assert dialog is not None
        await set_up.tab_to("Server addresses")
        await set_up.type(demo.url)
        await set_up.tab_to("Login")
        await set_up.type(demo.operator_login)
        await set_up.tab_to("Password")
        await set_up.type(demo.password)
        await set_up.tab_to("Test connection")
        await set_up.press("space")
        page = dialog.pages["connection"]
        lines = page.test.lines  # type: ignore[attr-defined]  # of the connection page
        await set_up.until(lambda: [line for line in lines() if line.startswith("done: Line")])
        await set_up.tab_to("Apply")
        await set_up.press("space")
        await set_up.until(lambda: desk.line is not None and desk.line.model.abilities.call)
        assert (await Secrets().load(account_of(set_up.store.settings.connection))).password == demo.password
        assert demo.password not in (tmp_path / "settings.toml").read_text()
        line = desk.line
        assert isinstance(line, Application)
        await set_up.until(dialog.isActiveWindow)
        await set_up.direct(f"ring {demo.operator_number} {CALLER} Belova Anna")
        await set_up.until(lambda: line.popups.shown() and line.popups.shown()[0].windowHandle().isExposed())
        await set_up.xdotool("search", "--onlyvisible", "--name", "^ctidesk$", "windowactivate", "--sync")
        await set_up.press("F4")
        await set_up.until(lambda: line.model.current_call and line.model.current_call.state is CallState.CONNECTED)
        assert dialog.isVisible()
        await set_up.direct(f"hangup {CALLER}")

    play(tmp_path, scene, '[connection]\nprovider = "oktell"\n')


def test_the_welcome_leads_to_the_demo_by_keyboard(tmp_path: Path) -> None:
    async def scene(set_up: SetUp) -> None:
        desk = set_up.desk
        await set_up.until(lambda: desk.welcome is not None and desk.welcome.isActiveWindow())
        await set_up.tab_to("Oktell")
        await set_up.press("Down", "Down")
        await set_up.tab_to("Continue")
        await set_up.press("space")
        await set_up.until(lambda: desk.line is not None and desk.line.model.is_connected)
        assert desk.welcome is None

    play(tmp_path, scene)
