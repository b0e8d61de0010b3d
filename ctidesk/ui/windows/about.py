"""What this program is."""

from __future__ import annotations

import platform

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from ctidesk import __version__
from ctidesk.cti.text import translate
from ctidesk.ui.theme import TextStyle, scaled
from ctidesk.ui.widgets import Button, PlainLabel


class About(QDialog):
    """Name, versions and licence. Open it with `show`; it deletes itself when it is closed.

    Signals:
        diagnostics_wanted(): the diagnostics are to be opened.
    """

    diagnostics_wanted = Signal()

    def __init__(self, *, has_diagnostics: bool = False) -> None:
        """Make the window.

        Args:
            has_diagnostics: whether there are diagnostics to open.
        """
        super().__init__()
        self.setWindowTitle(translate("About", "About ctidesk"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel("ctidesk", TextStyle.DISPLAY))
        purpose = translate("About", "A desktop panel for operators of the Oktell and Webitel PBXs.")
        column.addWidget(PlainLabel(purpose, lines=3))
        column.addSpacing(8)
        versions = (
            translate("About", "Version {version}").format(version=__version__),
            f"Python {platform.python_version()} · Qt {qVersion()}",
            translate("About", "Licence: {name}").format(name="MIT"),
        )
        for line in versions:
            column.addWidget(PlainLabel(line, TextStyle.SMALL, "text2"))
        column.addStretch(1)
        close = Button(translate("About", "Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        if has_diagnostics:
            diagnostics = Button(translate("About", "Diagnostics"), icon="diagnostics")
            diagnostics.clicked.connect(self.diagnostics_wanted)
            row.addWidget(diagnostics)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        self.resize(scaled(360), scaled(240))
