"""The first start: choices, a tested connection, and nothing saved before the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ctidesk.config.secrets import Account, Answer, Outcome
from ctidesk.config.settings import Provider
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.windows.ask_password import AskPassword
from ctidesk.ui.windows.welcome import Welcome
from tests.ui.components.finding import button, names, texts
from tests.ui.components.settings.settings_desk import LOGIN_REFUSED, SettingsDesk
from tests.ui.components.stage import turn


class Started:
    """A welcome on the screen."""

    def __init__(self, folder: Path) -> None:
        self.desk = SettingsDesk(folder)
        self.editing = Editing(self.desk.services)
        self.window = Welcome(self.desk.services, self.editing)
        self.saved = asyncio.Event()
        self.window.saved.connect(self.saved.set)
        self.later: list[bool] = []
        self.window.later.connect(lambda: self.later.append(True))
        self.window.show()

    def type(self, name: str, text: str) -> None:
        lines = self.window.findChildren(QLineEdit)
        line = next(one for one in lines if one.accessibleName() == name and one.isVisibleTo(self.window))
        QTest.keyClicks(line, text)

    async def fill_in(self) -> None:
        button(self.window, "Continue").click()
        await self.turn()
        self.type("Server addresses", "pbx.example:4055")
        self.type("Login", "op1")
        self.type("Password", "planted-4711")

    async def turn(self) -> None:
        await turn()


@pytest.fixture
async def started(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Started]:
    started = Started(tmp_path)
    await started.turn()
    yield started
    started.window.put_away()
    await started.editing.close()


async def test_it_ends_in_a_tested_connection(started: Started) -> None:
    await started.fill_in()
    assert not started.desk.file.exists()
    button(started.window, "Test and finish").click()
    await started.saved.wait()
    connection = started.desk.store.settings.connection
    assert (connection.provider, connection.oktell.login) == (Provider.OKTELL, "op1")
    assert started.desk.probed[0][1] == "planted-4711"
    assert list(started.desk.secrets.kept.values()) == ["planted-4711"]
    assert "planted-4711" not in started.desk.file.read_text()


async def test_a_connection_that_fails_is_saved_only_when_asked(started: Started) -> None:
    started.desk.steps = LOGIN_REFUSED
    await started.fill_in()
    button(started.window, "Test and finish").click()
    await started.turn()
    assert "The PBX does not know this login." in texts(started.window)
    assert not started.desk.file.exists()
    button(started.window, "Finish anyway").click()
    await started.saved.wait()
    assert started.desk.store.settings.connection.oktell.login == "op1"


async def test_what_is_missing_is_told_before_anything_is_tried(started: Started) -> None:
    button(started.window, "Continue").click()
    await started.turn()
    button(started.window, "Test and finish").click()
    await started.turn()
    assert "This is needed to connect." in texts(started.window)
    assert started.desk.probed == []


async def test_the_demo_needs_no_connection(started: Started) -> None:
    radio = button(started.window, "Try it without a PBX")
    QTest.keyClick(radio, Qt.Key.Key_Space)
    button(started.window, "Continue").click()
    await started.saved.wait()
    assert started.desk.store.settings.connection.provider is Provider.DEMO


async def test_enter_goes_on_from_wherever_the_keyboard_is(started: Started) -> None:
    QTest.keyClick(button(started.window, "Oktell"), Qt.Key.Key_Return)
    await started.turn()
    back = button(started.window, "Back")
    back.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(back, Qt.Key.Key_Return)
    await started.turn()
    assert button(started.window, "Continue").isVisible()
    demo = button(started.window, "Try it without a PBX")
    demo.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(demo, Qt.Key.Key_Space)
    QTest.keyClick(demo, Qt.Key.Key_Enter)
    await started.saved.wait()
    assert started.desk.store.settings.connection.provider is Provider.DEMO


async def test_a_handed_out_file_fills_the_fields_in(started: Started, tmp_path: Path) -> None:
    handed_out = tmp_path / "office.toml"
    handed_out.write_text('[connection]\nprovider = "webitel"\nwebitel.connection_string = "wss://w.example"\n')
    started.window.take_file(handed_out)
    await started.turn()
    assert started.window.draft.connection.webitel.connection_string == "wss://w.example"
    assert "Test and finish" in names(started.window)


async def test_a_file_that_is_none_is_told(started: Started, tmp_path: Path) -> None:
    broken = tmp_path / "office.toml"
    broken.write_text("<html>")
    started.window.take_file(broken)
    await started.turn()
    assert any("cannot be used" in text for text in texts(started.window))


async def test_later_saves_nothing(started: Started) -> None:
    await started.fill_in()
    started.window.close()
    assert started.later == [True]
    assert not started.desk.file.exists()


async def test_a_password_is_asked_for_once(qapp: QApplication) -> None:
    window = AskPassword(Account("oktell", "op1", "ws://pbx.example"), Answer(Outcome.ASK_EACH_START))
    given: list[str] = []
    closed: list[bool] = []
    window.given.connect(given.append)
    window.closed.connect(lambda: closed.append(True))
    window.show()
    line = window.findChildren(QLineEdit)[0]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert given == []
    QTest.keyClicks(line, "typed")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (given, closed, window.isVisible()) == (["typed"], [], False)
