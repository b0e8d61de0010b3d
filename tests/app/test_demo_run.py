"""`ctidesk demo` in its windows: settings that are thrown away, and a PBX that can be administered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from ctidesk.app import Application, _provider
from ctidesk.config.secrets import Account, Outcome
from ctidesk.demo_run import ForgetfulSecrets, run_demo_desk
from ctidesk.options import DemoOptions
from ctidesk.system import qt_loop
from ctidesk.system.language import Language
from ctidesk.ui.components.settings.users_table import UsersTable
from ctidesk.ui.windows.settings import SettingsDialog
from tests.ui.components.finding import names
from tests.waiting import until

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True),  # the off-screen platform has no tray
]


class Demo:
    """The application that the run has made."""

    def __init__(self) -> None:
        self.application: Application | None = None
        self.folder = Path()

    def make(self, provider: Any, folder: Path, quit_wanted: Any, **more: Any) -> Application:
        """Make the application as `ctidesk demo` does, without sound."""
        self.folder = folder
        self.application = Application(provider, folder, quit_wanted, audible=False, **more)
        return self.application

    def dialog(self) -> SettingsDialog:
        """Open the settings and return them."""
        assert self.application is not None
        self.application._show_settings()
        return next(one for one in QApplication.topLevelWidgets() if isinstance(one, SettingsDialog))


def play(pbx: str, scene: Callable[[Demo], Awaitable[None]]) -> Path:
    """Run the demo and play `scene`; returns the folder of its settings."""
    demo = Demo()

    async def main(stop: qt_loop.StopRequest) -> int:
        options = DemoOptions(pbx=pbx, quiet=True, seed=1)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(run_demo_desk(options, Language(), stop, demo.make, _provider))
            try:
                await until(lambda: demo.application is not None and demo.application.model.abilities.call)
                await scene(demo)
            finally:
                stop()
        return running.result()

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert qt_loop.run(application, main) == 0
    return demo.folder


def test_the_users_of_the_demo_are_in_its_settings() -> None:
    async def scene(demo: Demo) -> None:
        dialog = demo.dialog()
        await until(partial(_offers_users, dialog))
        dialog.open_page("users")
        table = dialog.findChild(UsersTable)
        assert table is not None
        await until(lambda: table.model().rowCount() > 5)
        dialog.close()

    assert not play("webitel", scene).exists()


def test_other_pbxs_have_no_users_to_manage() -> None:
    async def scene(demo: Demo) -> None:
        dialog = demo.dialog()
        assert not _offers_users(dialog)
        assert {"Connection", "Interface", "Diagnostics"} <= set(names(dialog))
        dialog.close()

    assert not play("oktell", scene).exists()


async def test_passwords_of_the_demo_stay_out_of_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ForgetfulSecrets, "_ask", None)  # what would ask a keyring
    secrets, account = ForgetfulSecrets(), Account("webitel", "101", "ws://pbx.example")
    assert (await secrets.store(account, "Planted-1")).outcome is Outcome.ASK_EACH_START
    assert (await secrets.load(account)).password is None
    assert (await secrets.remove(account)).outcome is Outcome.ASK_EACH_START


def _offers_users(dialog: SettingsDialog) -> bool:
    return "Webitel users" in names(dialog)
