"""A desk is set up by keyboard in real windows, and a call is answered while the settings are open."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctidesk.app import Application
from ctidesk.config.policy import Policy
from ctidesk.config.secrets import Secrets, account_of
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.cti.values import CallState
from tests.desktop.played import CALLER
from tests.desktop.whole_desk import Operator, play

pytestmark = [
    pytest.mark.usefixtures("qapp", "tray", "secret_service"),
    pytest.mark.qt_log_ignore("PulseAudioService", extend=True),
]


def test_a_desk_is_set_up_by_keyboard_and_a_call_is_answered_meanwhile(tmp_path: Path) -> None:
    async def scene(operator: Operator) -> None:
        desk, demo = operator.desk, operator.demo
        await operator.until(lambda: desk.dialog is not None and desk.dialog.isActiveWindow())
        dialog = desk.dialog
        assert dialog is not None
        await operator.tab_to("Server addresses")
        await operator.type(demo.url)
        await operator.tab_to("Login")
        await operator.type(demo.operator_login)
        await operator.tab_to("Password")
        await operator.type(demo.password)
        await operator.tab_to("Test connection")
        await operator.press("space")
        page = dialog.pages["connection"]
        lines = page.test.lines  # type: ignore[attr-defined]  # of the connection page
        await operator.until(lambda: [line for line in lines() if line.startswith("done: Line")])
        await operator.tab_to("Apply")
        await operator.press("space")
        await operator.until(lambda: desk.line is not None and desk.line.model.abilities.call)
        file = tmp_path / "settings.toml"
        kept = SettingsStore(SettingsFile(file), Policy()).settings.connection
        assert (await Secrets().load(account_of(kept))).password == demo.password
        assert demo.password not in file.read_text()
        line = desk.line
        assert isinstance(line, Application)
        await operator.until(dialog.isActiveWindow)
        await operator.direct(f"ring {demo.operator_number} {CALLER} Belova Anna")
        await operator.until(lambda: line.popups.shown() and line.popups.shown()[0].windowHandle().isExposed())
        await operator.xdotool("search", "--onlyvisible", "--name", "^ctidesk$", "windowactivate", "--sync")
        await operator.press("F4")
        await operator.until(lambda: line.model.current_call and line.model.current_call.state is CallState.CONNECTED)
        assert dialog.isVisible()
        await operator.direct(f"hangup {CALLER}")

    play(tmp_path, scene, '[connection]\nprovider = "oktell"\n')


def test_the_welcome_leads_to_the_demo_by_keyboard(tmp_path: Path) -> None:
    async def scene(operator: Operator) -> None:
        desk = operator.desk
        await operator.until(lambda: desk.welcome is not None and desk.welcome.isActiveWindow())
        await operator.tab_to("Oktell")
        await operator.press("Down", "Down")
        await operator.tab_to("Continue")
        await operator.press("space")
        await operator.until(lambda: desk.line is not None and desk.line.model.is_connected)
        assert desk.welcome is None

    play(tmp_path, scene)
