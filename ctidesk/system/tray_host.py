"""Whether the desktop has a place for tray icons, and since when (anchors: an icon made too early never appears)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

LOOK_MILLISECONDS = 1000
PATIENCE_MILLISECONDS = 10_000
"""How long after the start a desktop may take to bring its tray."""
LATER_LOOK_MILLISECONDS = 5000


class TrayHost(QObject):
    """Looks for the tray after the start, often at first.

    Signals:
        appeared(): there is a tray now: make the icon anew; vanished(): there is none any more.
        missed(): the patience has ended without a tray; once.
    """

    appeared = Signal()
    vanished = Signal()
    missed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_available = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._give_up)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    @property
    def is_available(self) -> bool:
        """Whether there was a tray at the last look."""
        return self._is_available

    def start(self) -> None:
        """Look now and from now on."""
        self._timer.start(LOOK_MILLISECONDS)
        self._look()
        if not self._is_available:
            self._patience.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._patience.stop()

    def _look(self) -> None:
        is_available = QSystemTrayIcon.isSystemTrayAvailable()
        if is_available == self._is_available:
            return
        self._is_available = is_available
        if is_available:
            self._patience.stop()
            self._timer.setInterval(LATER_LOOK_MILLISECONDS)
            self.appeared.emit()
        else:
            self.vanished.emit()

    def _give_up(self) -> None:
        self._timer.setInterval(LATER_LOOK_MILLISECONDS)
        self.missed.emit()
