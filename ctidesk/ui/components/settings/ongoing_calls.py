"""Whether somebody is on the phone, for what would cost a call."""

from __future__ import annotations

from ctidesk.cti.model import CtiModel
from ctidesk.cti.signals import Signal, Unsubscribe


class OngoingCalls:
    """Follows the calls of one model after another's.

    Signals:
        changed(): there is a call now where there was none, or none any more.
    """

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("ongoing_calls.changed")
        self._model: CtiModel | None = None
        self._are_there = False
        self._unsubscribe: Unsubscribe | None = None

    @property
    def are_there(self) -> bool:
        """Whether there is a call, one that rings included, and a connection that it could lose."""
        return self._are_there

    def follow(self, model: CtiModel | None) -> None:
        """Follow `model` from now on, and no other."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._model = model
        if model is not None:
            self._unsubscribe = model.changed.subscribe(self._look)
        self._look()

    def _look(self) -> None:
        model = self._model
        are_there = model is not None and model.is_connected and bool(model.calls)
        if are_there != self._are_there:
            self._are_there = are_there
            self.changed.emit()
