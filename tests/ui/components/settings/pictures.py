"""Pictures of the settings and the welcome: `python -m tests.ui.components.settings.pictures FOLDER [NAME…]`.

Each page light and dark, at 100 % and 200 % text, in English and Russian, twice enlarged.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ctidesk.config.secrets import Account, Answer, Outcome, account_of
from ctidesk.system.language import Language
from ctidesk.ui.components.settings.connection_page import ConnectionPage
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.user_actions import UserAction
from ctidesk.ui.components.settings.user_forms import UserForm
from ctidesk.ui.components.settings.users_table import UsersTable
from ctidesk.ui.theme import theme
from ctidesk.ui.windows.ask_password import AskPassword
from ctidesk.ui.windows.settings import SettingsDialog
from ctidesk.ui.windows.welcome import Welcome
from tests.ui.components.settings.fake_administration import FakeAdministration
from tests.ui.components.settings.settings_desk import LOGIN_REFUSED, OneFrame, SettingsDesk
from tests.ui.components.stage import show, turn
from tests.ui.picture_run import picture_run
from tests.waiting import settle

OKTELL = """
[connection]
provider = "oktell"
[connection.oktell]
addresses = ["wss://oktell.romashka.example:4066", "wss://oktell2.romashka.example:4066"]
login = "smirnova"
"""
WEBITEL = """
[connection]
provider = "webitel"
[connection.webitel]
connection_string = "wss://webitel.romashka.example:10022"
domain = "romashka.example"
number = "214"
[sound]
ring_device = "Jabra Evolve2 40"
"""
LOCKED = '["connection.provider", "connection.oktell.addresses", "connection.oktell.secure", "connection.ca_file"]'
POLICY = f"locked = {LOCKED}\n{OKTELL}"
FORMS = [(scheme, 1.0, "en") for scheme in ("light", "dark")]
FORMS += [("light", 1.0, "ru"), ("light", 2.0, "en"), ("light", 2.0, "ru"), ("dark", 2.0, "ru")]


async def render(folder: Path, wanted: list[str]) -> None:
    """Write all pictures, or those whose names begin with one of `wanted`."""
    language = Language()
    for scheme, scale, name in FORMS:
        language.choose(name)
        theme().set_text_scale(scale)
        theme().force("dark" if scheme == "dark" else "light")
        suffix = f"{'' if name == 'en' else '-ru'}{'' if scale == 1.0 else '-text200'}-{scheme}"

        async def save(what: str, window: QWidget, suffix: str = suffix) -> None:
            if wanted and not what.startswith(tuple(wanted)):
                return
            window.show()
            await settle()
            show()
            window.grab().save(str(folder / f"{what}{suffix}.png"))

        await settings_pages(save)
        await other_windows(save)


async def settings_pages(save: object) -> None:
    assert callable(save)
    for kind, text, policy in (("oktell", OKTELL, ""), ("webitel", WEBITEL, ""), ("locked", "", POLICY)):
        with tempfile.TemporaryDirectory() as place:
            desk = SettingsDesk(Path(place), text, policy)
            desk.secrets.broken = kind == "locked"
            connection = desk.store.settings.connection
            desk.secrets.kept[account_of(connection)] = "secret"
            desk.frames.frames = [OneFrame(1.8e9 + n, "sent", '["ping",{"qid":"12"}]') for n in range(4)]
            editing = Editing(desk.services)
            dialog = SettingsDialog(desk.services, editing)
            dialog.open_page()
            await settle()
            await save(f"settings-connection-{kind}", dialog)
            if kind == "webitel":
                desk.steps = LOGIN_REFUSED
                page = dialog.pages["connection"]
                assert isinstance(page, ConnectionPage)
                page.test.wanted.emit()
                await settle()
                for _ in range(3):
                    show()
                await save("settings-connection-webitel-failed", dialog)
                await users_page(desk, dialog, save)
                for name in [one for one in dialog.pages if one not in ("connection", "users")]:
                    dialog.open_page(name)
                    await save(f"settings-{name}", dialog)
            if kind == "oktell":
                dialog._question.ask()
                await save("settings-reconnect", dialog)
                dialog._question.tell_later()
                await save("settings-reconnect-later", dialog)
            dialog.close()
            await editing.close()


async def users_page(desk: SettingsDesk, dialog: SettingsDialog, save: object) -> None:
    """As in the design: a user chosen, and another whose number is taken; then all other forms."""
    assert callable(save)
    administration = FakeAdministration()
    desk.users.follow(administration)
    dialog.open_page("users")
    page = dialog.pages["users"]
    table = page.findChild(UsersTable)
    assert table is not None

    await turn()
    table.wanted.emit("216", UserAction.EDIT)
    form = table.form("216")
    assert isinstance(form, UserForm)
    form._number.setText("215")
    form.submit()
    await turn()
    table.select("214")
    await turn()
    await save("settings-users", dialog)
    form.discarded.emit()
    table.added.emit()
    table.wanted.emit("213", UserAction.PASSWORD)
    table.wanted.emit("217", UserAction.REMOVE)
    await turn()
    await save("settings-users-forms", dialog)
    for one in table.forms:
        one.discarded.emit()
    administration.connect(False)
    await turn()
    await save("settings-users-cut-off", dialog)
    desk.users.follow(None)


async def other_windows(save: object) -> None:
    assert callable(save)
    with tempfile.TemporaryDirectory() as place:
        desk = SettingsDesk(Path(place))
        editing = Editing(desk.services)
        welcome = Welcome(desk.services, editing)
        await save("welcome", welcome)
        welcome._continue()
        await settle()
        await save("welcome-connection", welcome)
        welcome.put_away()
        question = AskPassword(Account("oktell", "smirnova", "wss://pbx.example"), Answer(Outcome.ASK_EACH_START))
        await save("password", question)
        question.put_away()
        await editing.close()


def main(folder: Path, wanted: list[str]) -> None:
    """Render into `folder`."""
    with picture_run(folder):
        asyncio.run(render(folder, wanted))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
