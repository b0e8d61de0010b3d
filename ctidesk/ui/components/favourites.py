"""The people whom the operator wants to see first (ux.md, "Panel", abonents)."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, QSettings, Signal

from ctidesk.cti.directory import Abonent

_KEY = "people/favourites"


class Favourites(QObject):
    """Numbers, in the order in which they were chosen: a PBX may give other ids after each start.

    Signals:
        changed(): there are more of them, or fewer.
    """

    changed = Signal()

    def __init__(self, store: QSettings | None = None, parent: QObject | None = None) -> None:
        """Read what was chosen before; without a `store` nothing is kept over the end."""
        super().__init__(parent)
        self._store = store
        # A dictionary keeps the order and is quick to look into.
        self._numbers = dict.fromkeys(_numbers(store.value(_KEY, "") if store is not None else ""))

    def __contains__(self, abonent: Abonent) -> bool:
        return abonent.number in self._numbers

    def place(self, abonent: Abonent) -> int:
        """Return the place of a favourite among the others."""
        return list(self._numbers).index(abonent.number)

    def toggle(self, abonent: Abonent) -> None:
        """Make an abonent with a number a favourite, or one like all others again."""
        if not abonent.number:
            return
        if abonent in self:
            del self._numbers[abonent.number]
        else:
            self._numbers[abonent.number] = None
        if self._store is not None:
            self._store.setValue(_KEY, json.dumps(list(self._numbers)))
        self.changed.emit()


def _numbers(text: object) -> list[str]:
    """Return the numbers out of the store; what somebody else has written there is none."""
    try:
        numbers = json.loads(text) if isinstance(text, str) and text else []
    except ValueError:
        return []
    return [number for number in numbers if isinstance(number, str)] if isinstance(numbers, list) else []
