"""One key that works whichever program has the keyboard.

X11 gives keys to whoever asks first. Wayland does not let programs have keys by themselves: there the desktop's own
settings can start `ctidesk dial` by a key.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication

from ctidesk.cti.signals import Signal
from ctidesk.system.x11_keys import KEY_PRESS, MAPPING_NOTIFY, DisplayError, KeyTakenError, X11Keys, key_symbol

logger = logging.getLogger(__name__)


class GlobalShortcut(ABC):
    """A key combination in Qt's portable writing, like ``Ctrl+Alt+D``.

    Signals:
        pressed(): the combination was pressed, in whichever window.
    """

    def __init__(self) -> None:
        self.pressed: Signal[()] = Signal("global_shortcut.pressed")

    @abstractmethod
    def can_take(self, keys: str) -> bool:
        """Whether `take` would succeed now."""

    @abstractmethod
    def take(self, keys: str) -> bool:
        """Listen to `keys` in place of those before, to nothing when it is empty; returns whether that was possible."""

    @abstractmethod
    def close(self) -> None:
        """Give the combination back. Can be called again."""


def global_shortcut() -> GlobalShortcut | None:
    """Return what this desktop has for it, or None."""
    return X11Shortcut() if QGuiApplication.platformName() == "xcb" else None


class X11Shortcut(GlobalShortcut):
    """Connects to the display when a combination is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._taken = ""
        self._keys: X11Keys | None = None
        self._notifier: QSocketNotifier | None = None

    def can_take(self, keys: str) -> bool:
        """Whether the combination is free, or ours already."""
        if keys == self._taken:
            return True
        try:
            modifiers, symbol = key_symbol(keys)
            trial = X11Keys()
        except (ValueError, DisplayError):
            return False
        try:
            trial.take(modifiers, symbol)
        except KeyTakenError:
            return False
        finally:
            trial.close()
        return True

    def take(self, keys: str) -> bool:
        """Take a combination, or leave the one that is taken."""
        if keys == self._taken:
            return True
        self.close()
        if not keys:
            return True
        try:
            modifiers, symbol = key_symbol(keys)
            self._keys = own = X11Keys()
            own.take(modifiers, symbol)
        except (ValueError, DisplayError, KeyTakenError) as error:
            logger.warning("the global shortcut cannot be had: %s", type(error).__name__)
            self.close()
            return False
        self._taken = keys
        self._notifier = QSocketNotifier(own.descriptor, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._look)
        return True

    def close(self) -> None:
        """Disconnect from the display."""
        self._taken = ""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._keys is not None:
            self._keys.close()
            self._keys = None

    def _take_again(self, keys: X11Keys) -> None:
        """Follow another keyboard or layout: the same key may have another code, or none until the next change."""
        try:
            keys.take(*key_symbol(self._taken))
        except KeyTakenError:
            logger.info("the global shortcut cannot be had with this layout of the keyboard")

    def _look(self) -> None:
        if self._keys is None:
            return
        try:
            kinds = self._keys.happened()
        except DisplayError as error:
            logger.warning("the global shortcut is lost: %s", error)
            self.close()
            return
        if MAPPING_NOTIFY in kinds:
            self._take_again(self._keys)
        if KEY_PRESS in kinds:
            self.pressed.emit()
