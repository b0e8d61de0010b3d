"""What holds for every test of the interface: one font size, light colours, nothing left of other tests."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ctidesk.ui.theme import Theme, theme


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
