"""Adding somebody to the operator's own contacts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ctidesk.ui.windows.new_contact import NewContact
from tests.ui.components.finding import button, texts

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_name_is_needed_and_given_clean(qtbot: QtBot) -> None:
    dialog = NewContact("", "74951234567")
    given: list[tuple[str, str]] = []
    dialog.given.connect(lambda *what: given.append(what))
    dialog.show()
    assert "+7 495 123-45-67" in texts(dialog)
    assert not button(dialog, "Add").isEnabled()
    name, company = dialog.findChildren(QLineEdit)
    name.setText(" <b>Anna</b>\u202e Belova ")
    company.setText("Romashka")
    assert not dialog.isModal()
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert given == [("<b>Anna</b> Belova", "Romashka")]
    assert not dialog.isVisible()


def test_esc_adds_nobody(qtbot: QtBot) -> None:
    dialog = NewContact("Anna", "1")
    given: list[object] = []
    dialog.given.connect(lambda *what: given.append(what))
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert given == []
    assert not dialog.isVisible()
