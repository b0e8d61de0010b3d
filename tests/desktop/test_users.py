"""An administrator manages the users of a Webitel PBX in real windows, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ctidesk.config.secrets import Answer, Outcome, Secrets
from ctidesk.cti.administration import UserAdministration
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
from ctidesk.desk import Desk
from ctidesk.options import DesktopOptions
from ctidesk.system import qt_loop
from ctidesk.ui.components.settings.user_rows import NEW_USER
from ctidesk.ui.components.settings.users_table import UsersTable
from ctidesk.webitel.client import ClientOptions
from ctidesk.webitel.provider import WebitelCtiProvider
from tests.desktop.played import Person, run
from tests.desktop.whole_desk import run_desk
from tests.ui.components.finding import names, texts

pytestmark = [
    pytest.mark.usefixtures("qapp", "tray"),
    pytest.mark.qt_log_ignore("PulseAudioService", extend=True),
]


class NoSecrets(Secrets):
    """A desk without a keyring."""

    async def load(self, account: object) -> Answer:
        return Answer(Outcome.ASK_EACH_START)


class Administrator(Person[WebitelDemo]):
    """The settings of a running application, and the person before them."""

    def __init__(self, desk: Desk, demo: WebitelDemo) -> None:
        super().__init__(demo)
        self.desk = desk

    @property
    def dialog(self) -> QWidget:
        """The settings."""
        assert self.desk.dialog is not None
        return self.desk.dialog

    @property
    def table(self) -> UsersTable:
        """The users."""
        found = self.dialog.findChild(UsersTable)
        assert found is not None
        return found

    @property
    def numbers(self) -> list[str]:
        """What stands in the first column."""
        model = self.table.model()
        return [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]

    async def open_users(self) -> None:
        """Open the settings and go down to the users."""
        await self.until(lambda: self.desk.line is not None and self.desk.line.model.abilities.call)
        self.desk.open_settings()
        await self.until(self.dialog.isActiveWindow)
        await self.until(lambda: "Webitel users" in names(self.dialog))
        await self.press("Down")
        await self.until(self.table.isVisible)


def play(folder: Path, scene: Callable[[Administrator], Awaitable[None]]) -> None:
    """Start ctidesk on the real desktop at a demo PBX whose operator is an administrator."""

    async def main(stop: qt_loop.StopRequest) -> int:
        async with WebitelDemo(WebitelOptions(seed=1, users=12)) as demo:
            (folder / "settings.toml").write_text(
                f'[connection]\nprovider = "webitel"\n[connection.webitel]\nconnection_string = "{demo.url}"\n'
                f'number = "{demo.operator_number}"\ndomain = "{demo.domain}"\n'
            )
            await run_desk(
                folder,
                stop,
                lambda desk: scene(Administrator(desk, demo)),
                DesktopOptions(password=demo.password),
                NoSecrets(),
            )
        return 0

    run(main)


async def other_administrator(demo: WebitelDemo) -> tuple[WebitelCtiProvider, UserAdministration]:
    """Connect once more with the same account, as an administrator at another desk."""
    provider = WebitelCtiProvider(ClientOptions(demo.url, demo.operator_login, demo.password))
    await provider.connect()
    assert provider.user_administration is not None
    return provider, provider.user_administration


def test_a_user_is_added_refused_changed_and_removed_by_keyboard(tmp_path: Path) -> None:
    async def scene(desk: Administrator) -> None:
        await desk.open_users()
        table = desk.table
        await desk.until(lambda: len(desk.numbers) == 12)
        await desk.tab_to("Add user")
        await desk.press("space")
        await desk.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        await desk.type("102")
        await desk.press("Tab")
        await desk.type("Eve Smith")
        await desk.press("Return")
        form = table.form(NEW_USER)
        assert form is not None
        await desk.until(lambda: "A user with this number already exists." in texts(form))
        await desk.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        await desk.type("305")  # what is wrong is selected
        await desk.press("Return")
        await desk.until(lambda: "305" in desk.numbers and not table.forms)
        created = desk.demo.desk.directory.find("305")
        assert created is not None
        assert (created.name, created.password, created.role) == ("Eve Smith", "305", "user")

        await desk.until(table.hasFocus)
        await desk.press("Return")
        await desk.until(lambda: table.form("305"))
        await desk.press("ctrl+a")
        await desk.type("Eva")
        await desk.press("Return")
        await desk.until(lambda: created.name == "Eva" and not table.forms)

        await desk.until(table.hasFocus)
        await desk.press("Delete")
        await desk.until(lambda: table.form("305"))
        await desk.press("Return")  # keeps
        await desk.until(lambda: not table.forms)
        assert "305" in desk.numbers
        await desk.until(table.hasFocus)
        await desk.press("Delete")
        await desk.until(lambda: table.form("305"))
        await desk.tab_to("Remove")
        await desk.press("space")
        await desk.until(lambda: "305" not in desk.numbers)

    play(tmp_path, scene)


def test_others_and_a_lost_connection_leave_what_is_typed(tmp_path: Path) -> None:
    async def scene(desk: Administrator) -> None:
        await desk.open_users()
        table = desk.table
        await desk.until(lambda: len(desk.numbers) == 12)
        provider, other = await other_administrator(desk.demo)
        try:
            table.select("103")
            await desk.click(desk.dialog, "Edit user 103")
            await desk.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
            await desk.press("ctrl+a")
            await desk.type("Half a na")
            await other.create("301", "s3cret", name="Max")
            await desk.until(lambda: "301" in desk.numbers)
            await desk.until(lambda: "Max" in str(table.model().index(desk.numbers.index("301"), 1).data()))
            await other.remove("104")
            await desk.until(lambda: "104" not in desk.numbers)
            form = table.form("103")
            assert form is not None
            await desk.direct("drop-connections")
            await desk.until(lambda: "No connection to the PBX" in texts(desk.dialog))
            await desk.type("me")
            await desk.until(lambda: "No connection to the PBX" not in texts(desk.dialog))
            await desk.press("Return")
            changed = desk.demo.desk.directory.find("103")
            assert changed is not None
            await desk.until(lambda: changed.name == "Half a name")
            await desk.until(lambda: not table.forms)
        finally:
            await provider.close()

    play(tmp_path, scene)
