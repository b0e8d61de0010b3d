"""The keyboard alone: Tab leads through every page of the settings and the welcome, and the focus can be seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ctidesk.config.secrets import Account, Answer, Outcome
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.theme import theme
from ctidesk.ui.windows.ask_password import AskPassword
from ctidesk.ui.windows.settings import PAGES, SettingsDialog
from ctidesk.ui.windows.welcome import Welcome
from tests.ui.components.finding import button
from tests.ui.components.settings.fake_administration import FakeAdministration
from tests.ui.components.settings.settings_desk import SettingsDesk
from tests.ui.components.stage import turn

MOST_STOPS = 100
RING = 4
"""Px around a control in which its focus may be painted."""
WELL_KNOWN = {
    "connection": ["Connection string", "Number", "Domain", "Password", "Own CA file", "Test connection", "Apply"],
    "calls": ["Corner", "Screen", "Show a popup for incoming calls"],
    "integration": ["Copied number", "Remove the keys", "Open tel:, callto: and sip: links with ctidesk"],
    "interface": ["Language", "Theme", "Text size"],
    "diagnostics": ["Log level", "Messages", "Copy", "Save report…"],
}
"""Some of the stops of pages, lest a control that Tab leaves out is taken for none."""
WEBITEL = """
[connection]
provider = "webitel"
[connection.webitel]
connection_string = "wss://webitel.example:10022"
number = "214"
"""
OKTELL = """
[connection]
provider = "oktell"
[connection.oktell]
addresses = ["ws://one.example:4055", "ws://two.example:4055"]
login = "op1"
"""


@pytest.fixture(params=["light", "dark"], autouse=True)
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    theme().force(request.param)
    yield
    theme().force(None)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[SettingsDesk]:
    desk = SettingsDesk(tmp_path, WEBITEL)
    desk.users.follow(FakeAdministration())
    yield desk
    desk.users.follow(None)


async def walk(window: QWidget) -> list[str]:
    """Press Tab until it comes round, and look at each stop; then the same way back with Shift.

    Returns the names of the stops.
    """
    window.activateWindow()
    await turn()
    stops: list[QWidget] = []
    for _ in range(MOST_STOPS):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in stops:
            break
        stops.append(focus)
        assert focus.accessibleName(), f"a {type(focus).__name__} without a name"
        assert shows_focus(window, focus), f"the focus on {focus.accessibleName()!r} cannot be seen"
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    else:
        pytest.fail("Tab does not come round")
    assert focus is stops[0]
    for wanted in reversed(stops):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is wanted
    left = {one for one in window.findChildren(QWidget) if is_a_stop(window, one)} - set(stops)
    assert [one.accessibleName() or type(one).__name__ for one in left] == []
    return [one.accessibleName() for one in stops]


def is_a_stop(window: QWidget, one: QWidget) -> bool:
    """Whether Tab should come to `one` by itself: not to what stands for another, nor to a part of an editor."""
    tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and one.isVisibleTo(window) and one.isEnabled() and one.focusProxy() is None


def shows_focus(window: QWidget, focus: QWidget) -> bool:
    """Whether the picture of the control and what is around it changes when the keyboard leaves it."""
    with_focus = picture(window, focus)
    focus.clearFocus()
    without_focus = picture(window, focus)
    focus.setFocus(Qt.FocusReason.TabFocusReason)
    return with_focus != without_focus


def picture(window: QWidget, one: QWidget) -> QImage:
    place = QRect(one.mapTo(window, QPoint()), one.size()).adjusted(-RING, -RING, RING, RING)
    return window.grab(place.intersected(window.rect())).toImage()


@asynccontextmanager
async def dialog_of(desk: SettingsDesk) -> AsyncIterator[SettingsDialog]:
    """Open the settings, high enough for each page, and take them away again."""
    editing = Editing(desk.services)
    dialog = SettingsDialog(desk.services, editing)
    dialog.resize(900, 1600)
    try:
        yield dialog
    finally:
        dialog.close()
        await take_away(dialog)
        await editing.close()


async def take_away(window: QWidget) -> None:
    """Delete a window now: with another theme each one that is left would be painted anew."""
    window.deleteLater()
    await turn()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
async def test_each_page(desk: SettingsDesk, name: str) -> None:
    async with dialog_of(desk) as dialog:
        dialog.open_page(name)
        dialog.draft.set("interface.text_scale", 110)  # so that Apply is a stop
        await turn()
        stops = await walk(dialog)
        assert set(WELL_KNOWN.get(name, [])) <= set(stops)


async def test_the_page_of_the_other_pbx(tmp_path: Path) -> None:
    async with dialog_of(SettingsDesk(tmp_path, OKTELL)) as dialog:
        dialog.open_page()
        await turn()
        await walk(dialog)


async def test_values_of_the_administrator(tmp_path: Path) -> None:
    locked = f'locked = ["connection", "interface"]\n{OKTELL}'
    async with dialog_of(SettingsDesk(tmp_path, "", locked)) as dialog:
        for name in ("connection", "interface"):
            dialog.open_page(name)
            await turn()
            await walk(dialog)


async def test_the_welcome(tmp_path: Path) -> None:
    desk = SettingsDesk(tmp_path)
    editing = Editing(desk.services)
    welcome = Welcome(desk.services, editing)
    welcome.resize(700, 1400)
    welcome.show()
    try:
        await turn()
        QTest.keyClick(welcome, Qt.Key.Key_Tab)
        await walk(welcome)
        button(welcome, "Continue").click()
        await turn()
        await walk(welcome)
    finally:
        welcome.put_away()
        await take_away(welcome)
        await editing.close()


async def test_the_question_for_the_password() -> None:
    question = AskPassword(Account("oktell", "op1", "ws://pbx.example"), Answer(Outcome.ASK_EACH_START))
    question.show()
    await turn()
    await walk(question)
    question.put_away()
    await take_away(question)
