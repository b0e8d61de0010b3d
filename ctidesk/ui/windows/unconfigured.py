"""What is shown while nobody has said which PBX to connect to."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.theme import TextStyle, TokenName, scaled, theme
from ctidesk.ui.widgets import PlainLabel


class Unconfigured(QWidget):
    """Says what is missing and how a run is told the PBX."""

    def __init__(self, what: str) -> None:
        """Make the window.

        Args:
            what: what is missing, one translated sentence.
        """
        super().__init__()
        self.setWindowTitle("ctidesk")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        self._column = column
        self._say(translate("Unconfigured", "Not set up yet"), TextStyle.PAGE, "text")
        self._say(what, TextStyle.BODY, "text")
        column.addSpacing(8)
        self._say(translate("Unconfigured", "Start ctidesk with the address of the PBX and your login:"))
        self._say("ctidesk --provider oktell --url ws://pbx.example:4055 --login NAME", TextStyle.BODY, "text")
        self._say(
            translate(
                "Unconfigured",
                "CTIDESK_PROVIDER, CTIDESK_URL and CTIDESK_LOGIN in the environment do the same. The password is "
                "taken from CTIDESK_PASSWORD or the keyring.",
            )
        )
        column.addSpacing(8)
        self._say(translate("Unconfigured", "To try everything without a PBX:"))
        self._say("ctidesk demo", TextStyle.BODY, "text")
        column.addStretch(1)
        self.resize(scaled(460), scaled(340))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.window)

    def _say(self, text: str, style: TextStyle = TextStyle.SMALL, color: TokenName = "text2") -> None:
        self._column.addWidget(PlainLabel(text, style, color, lines=6))
