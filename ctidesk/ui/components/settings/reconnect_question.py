"""The question before a new connection that would take a call away from the windows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from ctidesk.cti.text import translate
from ctidesk.ui.widgets import Button, ButtonKind, ButtonSize, Strip, StripKind, announce, spoken


class ReconnectQuestion(Strip):
    """Asks when to connect anew while somebody is on the phone; later is what Enter means.

    Signals:
        answered(now): connect at once, or when the call has ended.
        given_up(): save nothing now.

    Attributes:
        is_asking: whether the question stands there.
    """

    answered = Signal(bool)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(StripKind.WARNING)
        self._later = Button(translate("Settings", "After the call"), ButtonKind.PRIMARY, size=ButtonSize.SMALL)
        self._later.clicked.connect(lambda: self.answered.emit(False))
        self._now = Button(translate("Settings", "Now"), ButtonKind.OUTLINE, size=ButtonSize.SMALL)
        self._now.clicked.connect(lambda: self.answered.emit(True))
        self._back = Button(translate("Settings", "Do not save"), ButtonKind.QUIET, size=ButtonSize.SMALL)
        self._back.clicked.connect(self.given_up)
        for button in (self._later, self._now, self._back):
            button.setAutoDefault(False)
        self.set_buttons((self._later, self._now, self._back))
        self.is_asking = False
        self.hide()

    def ask(self) -> None:
        """Show the question with the keyboard at the harmless answer."""
        words = translate(
            "Settings",
            "These settings need a new connection. Made now, the call would disappear from ctidesk, or end.",
        )
        self._show(StripKind.WARNING, translate("Settings", "A call is going on"), words)
        self.is_asking = True
        self._later.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_later(self) -> None:
        """Say that the connection is not the new one yet."""
        self._show(StripKind.INFO, "", translate("Settings", "Saved. The new connection is made after the call."))

    def put_away(self) -> None:
        """Ask and say no more."""
        self.is_asking = False
        self.hide()

    def _show(self, kind: StripKind, title: str, sentence: str) -> None:
        self.is_asking = False
        self.set_kind(kind)
        self.set_text(title, sentence)
        for button in (self._later, self._now, self._back):
            button.setVisible(bool(title))
        self.show()
        announce(self, spoken(title, sentence))
