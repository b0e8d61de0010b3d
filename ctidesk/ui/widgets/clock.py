"""Durations: how they are written, and a label that counts."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ctidesk.ui.theme import TextStyle, TokenName
from ctidesk.ui.widgets.label import PlainLabel
from ctidesk.ui.widgets.ticking import Unsubscribe, second_timer


def format_duration(seconds: float) -> str:
    """`m:ss`, from one hour on `h:mm:ss`; whole seconds that have passed, never below zero."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Clock(PlainLabel):
    """A duration that counts while it can be seen. It is never cut."""

    def __init__(
        self, style: TextStyle = TextStyle.CLOCK, color: TokenName = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__("", style, color, elide=None, tabular=True, ltr=True, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._elapsed: Callable[[], float] | None = None
        self._unsubscribe: Unsubscribe | None = None

    def count(self, elapsed: Callable[[], float]) -> None:
        """Show `elapsed()`, in seconds, anew every second."""
        self._elapsed = elapsed
        self._refresh()
        if self.isVisible():
            self._listen()

    def stop(self, seconds: float | None = None) -> None:
        """Stop counting; show `seconds`, or nothing."""
        self._elapsed = None
        self._ignore()
        self.setText("" if seconds is None else format_duration(seconds))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._elapsed is not None:
            self._refresh()
            self._listen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ignore()

    def _listen(self) -> None:
        if self._unsubscribe is None:
            self._unsubscribe = second_timer().subscribe(self._refresh)

    def _ignore(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _refresh(self) -> None:
        if self._elapsed is not None:
            self.setText(format_duration(self._elapsed()))
