"""Calls of the web phone of which the line says nothing (verto-protocol.md, "7. Coupling with Webitel").

The line's events decide what the panel shows. When none has come for a dialog after a moment, the call is made known as
the switch would have done it, so that nobody talks or is rung without seeing a call.
"""

from __future__ import annotations

from collections.abc import Callable

from ctidesk.cti.clock import Clock, Timer
from ctidesk.verto import causes
from ctidesk.verto.dialog import Dialog
from ctidesk.verto.states import DialogState
from ctidesk.webitel.fields import Fields, JsonObject
from ctidesk.webitel.session import Session

PATIENCE = 2.0
"""Seconds by which the events of a call may be later than its dialog."""

_CALL_STATES = {DialogState.ACTIVE: "ACTIVE", DialogState.HELD: "HELD"}


class UnannouncedCalls:
    """Tells the line of dialogs that it does not know, and of what becomes of them."""

    def __init__(self, session: Session, clock: Clock, told: Callable[[], None]) -> None:
        """Create it for the channels of `session`; `told` is called when a call has been made known."""
        self._session = session
        self._clock = clock
        self._told = told
        self._timers: dict[str, Timer] = {}
        self._known: set[str] = set()

    def __contains__(self, dialog: Dialog) -> bool:
        return dialog.id in self._known

    def follow(self, dialog: Dialog, old: DialogState, new: DialogState) -> None:
        """Take note that a dialog has another state."""
        if old is DialogState.NEW and dialog.is_alive:
            self._timers[dialog.id] = self._clock.call_later(PATIENCE, lambda: self.announce(dialog))
        if dialog.id in self._known:
            self._tell_change(dialog, old, new)
        if new is DialogState.DESTROY:
            if dialog.id in self._timers:
                self._tell_short_call(dialog)
            self._stop_waiting(dialog.id)
            self._known.discard(dialog.id)

    def show_party(self, dialog: Dialog) -> None:
        """Take note that the other party of a dialog is another one."""
        if dialog.id in self._known:
            self._tell("CHANNEL_STATE", dialog)
            self._told()

    def announced(self, channel_id: str) -> None:
        """The line tells of the channel by itself."""
        self._stop_waiting(channel_id)
        self._known.discard(channel_id)

    def announce(self, dialog: Dialog, dump: JsonObject | None = None) -> None:
        """Make a call known, unless the line knows it, or has seen its end.

        Args:
            dump: what the switch says of its channel.
        """
        self._stop_waiting(dialog.id)
        if not dialog.is_alive or not self._is_unknown(dialog):
            return
        if dump is None:
            self._known.add(dialog.id)
        self._tell("CHANNEL_CREATE", dialog, dump)
        if dialog.is_talking:
            self._tell_answer(dialog, dump)
        if dialog.state is DialogState.HELD:
            self._tell("CHANNEL_HOLD", dialog, dump)
        self._told()

    def close(self) -> None:
        """Wait no more."""
        for channel_id in tuple(self._timers):
            self._stop_waiting(channel_id)

    def _tell_short_call(self, dialog: Dialog) -> None:
        """A call from here has ended before anybody told of it: the operator has to see why, for instance busy."""
        is_said = dialog.failure is not None or dialog.cause == causes.ORIGINATOR_CANCEL
        if dialog.is_outgoing and not is_said and self._is_unknown(dialog):
            self._tell("CHANNEL_CREATE", dialog)
            self._tell("CHANNEL_HANGUP_COMPLETE", dialog)

    def _is_unknown(self, dialog: Dialog) -> bool:
        channels = self._session.channels
        return self._session.is_open and not channels.has(dialog.id) and not channels.has_ended(dialog.id)

    def _tell_change(self, dialog: Dialog, old: DialogState, new: DialogState) -> None:
        match new:
            case DialogState.ACTIVE if old is DialogState.HELD:
                self._tell("CHANNEL_UNHOLD", dialog)
            case DialogState.ACTIVE:
                self._tell_answer(dialog)
            case DialogState.HELD:
                self._tell("CHANNEL_HOLD", dialog)
            case DialogState.DESTROY:
                self._tell("CHANNEL_HANGUP_COMPLETE", dialog)

    def _tell_answer(self, dialog: Dialog, dump: JsonObject | None = None) -> None:
        self._tell("CHANNEL_ANSWER", dialog, dump)
        if dump is None:
            # Which channel the other party has is not known here; that it has one lets the call be transferred.
            self._tell("CHANNEL_BRIDGE", dialog, _channel_of(dialog) | {"Other-Leg-Unique-ID": f"{dialog.id}-other"})

    def _tell(self, name: str, dialog: Dialog, dump: JsonObject | None = None) -> None:
        own = {"Unique-ID": dialog.id, "Channel-Presence-ID": self._session.account}
        event = Fields({**(_channel_of(dialog) if dump is None else dump), **own})
        self._session.tell(self._session.channels.take(name, event))

    def _stop_waiting(self, channel_id: str) -> None:
        timer = self._timers.pop(channel_id, None)
        if timer is not None:
            timer.cancel()


def _channel_of(dialog: Dialog) -> JsonObject:
    """Return what the switch would tell of a dialog's channel."""
    caller, callee = (dialog.own, dialog.remote) if dialog.is_outgoing else (dialog.remote, dialog.own)
    direction = "inbound" if dialog.is_outgoing else "outbound"  # the switch sees it from the other side
    fields: JsonObject = {
        "Channel-Call-UUID": dialog.id,
        "Call-Direction": direction,
        "Caller-Logical-Direction": direction,
        "Channel-HIT-Dialplan": "true" if dialog.is_outgoing else "false",
        "Channel-Call-State": _CALL_STATES.get(dialog.state, "RINGING"),
        "Caller-Caller-ID-Name": caller.name,
        "Caller-Caller-ID-Number": caller.number,
        "Caller-Callee-ID-Name": callee.name,
        "Caller-Callee-ID-Number": callee.number,
        "Caller-Destination-Number": callee.number,
    }
    return fields | ({"variable_hangup_cause": dialog.cause} if dialog.cause else {})
