"""A window comes back where it was, on a screen that is there, and can always be reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ctidesk.ui.windows.window_keeper import WindowKeeper


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(300, 200)
    qtbot.addWidget(window)
    return window


def area() -> QRect:
    return QGuiApplication.primaryScreen().availableGeometry()


def kept(settings: QSettings, qtbot: QtBot) -> QWidget:
    other = QWidget()
    qtbot.addWidget(other)
    WindowKeeper(other, settings).show()
    return other


def test_it_comes_back_where_it_was(window: QWidget, settings: QSettings, qtbot: QtBot) -> None:
    keeper = WindowKeeper(window, settings)
    keeper.show()
    window.resize(320, 240)
    window.move(60, 70)
    keeper.remember()
    again = kept(settings, qtbot)
    assert (again.pos(), again.size()) == (QPoint(60, 70), QSize(320, 240))


@pytest.mark.parametrize("place", ["5000,5000,320,240", "-900,-900,320,240", "0,0,90000,90000"])
def test_what_is_off_the_screen_comes_back_on_it(settings: QSettings, qtbot: QtBot, place: str) -> None:
    settings.setValue("panel/screen", QGuiApplication.primaryScreen().name())
    settings.setValue("panel/place", place)
    window = kept(settings, qtbot)
    assert area().contains(QRect(window.pos(), window.size()))


@pytest.mark.parametrize("place", ["", "1,2,3", "a,b,c,d", "1,2,-3,4", "1,2,3,4,5"])
def test_a_memory_that_makes_no_sense_is_none(settings: QSettings, qtbot: QtBot, place: str) -> None:
    settings.setValue("panel/screen", QGuiApplication.primaryScreen().name())
    settings.setValue("panel/place", place)
    window = kept(settings, qtbot)
    assert area().contains(window.geometry())
    assert window.pos().y() == area().top() + 24


def test_a_screen_that_has_gone_counts_as_no_memory(settings: QSettings, qtbot: QtBot) -> None:
    settings.setValue("panel/screen", "a screen at home")
    settings.setValue("panel/place", "1,2,320,240")
    assert kept(settings, qtbot).pos() == area().topRight() + QPoint(1 - 640 - 24, 24)


def test_closing_hides_where_a_tray_brings_it_back(window: QWidget, settings: QSettings) -> None:
    keeper = WindowKeeper(window, settings)
    keeper.may_hide = True
    keeper.show()
    window.move(QPoint(33, 44))
    window.close()
    assert not window.isVisible()
    keeper.toggle()
    assert window.isVisible()
    assert window.pos() == QPoint(33, 44)


def test_closing_minimises_where_nothing_would_bring_it_back(window: QWidget, settings: QSettings) -> None:
    keeper = WindowKeeper(window, settings)
    keeper.show()
    window.close()
    assert window.isVisible()
    assert window.isMinimized()
    keeper.toggle()
    assert keeper.is_seen()


def test_toggle_shows_and_hides(window: QWidget, settings: QSettings) -> None:
    keeper = WindowKeeper(window, settings)
    keeper.may_hide = True
    keeper.toggle()
    assert keeper.is_seen()
    keeper.toggle()
    assert not window.isVisible()


def test_a_place_that_was_never_taken_is_not_remembered(window: QWidget, settings: QSettings) -> None:
    WindowKeeper(window, settings).remember()
    assert settings.allKeys() == []
