"""Which of the ringing calls are silent because the operator wants it so (ux.md, "Incoming call popup")."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ctidesk.cti.call import Call
from ctidesk.cti.model import CtiModel
from ctidesk.ui.components.call_actions import is_ringing_here


class MutedRings(QObject):
    """Remembers the calls whose ring is muted, as long as they ring.

    Signals:
        changed(): others are.
    """

    changed = Signal()

    def __init__(self, model: CtiModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._muted: set[UUID] = set()

    def is_muted(self, call: Call) -> bool:
        """Whether the ring of `call` is silent."""
        return call.record_id in self._muted

    def set_muted(self, call: Call, on: bool) -> None:
        """Silence the ring of `call`, or let it be heard again."""
        self._muted &= {one.record_id for one in self._model.calls.values()}
        if on != self.is_muted(call):
            self._muted ^= {call.record_id}
            self.changed.emit()

    def mute_all(self) -> None:
        """Silence all that rings now."""
        for call in self._model.calls.values():
            if is_ringing_here(call):
                self.set_muted(call, True)
