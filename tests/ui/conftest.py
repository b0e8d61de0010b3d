"""What holds for every test of the interface: one font size, light colours, nothing left of other tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ctidesk.ui.theme import Theme, theme
from tests.ui.components.stage import Stage


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[Theme]:
    """The theme at 100 % text of 13 px, forced to light."""
    font = QFont("DejaVu Sans")
    font.setPixelSize(13)
    qapp.setFont(font)
    current = theme()
    current.set_text_scale(1.0)
    current.font_changed()
    current.force("light")
    yield current
    current.set_text_scale(1.0)
    current.force("light")


@pytest.fixture(autouse=True)
def no_windows_left(look: Theme) -> Iterator[None]:
    """Take away what a test has left: with another theme each window that is there would be painted anew."""
    before = set(QApplication.topLevelWidgets())
    yield
    for window in set(QApplication.topLevelWidgets()) - before:
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A desk with a panel that is connected and shown."""
    stage = Stage()
    await stage.begin()
    yield stage
    await stage.end()
