"""Many wishes for the same work within one turn of the event loop are one piece of work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class NextTurn(QObject):
    """Calls `work` once in the next turn of the event loop, however often it was asked for."""

    def __init__(self, work: Callable[[], None], parent: QObject) -> None:
        """Prepare; ends with `parent`."""
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(work)

    def ask(self) -> None:
        """Have the work done."""
        if not self._timer.isActive():
            self._timer.start()
