"""The states of a dialog and the ways between them (verto-protocol.md, "4.1 States" and "4.2 Transitions")."""

from __future__ import annotations

from enum import IntEnum


class DialogState(IntEnum):
    """What a dialog is doing; the values are the protocol's own."""

    NEW = 0
    REQUESTING = 1
    TRYING = 2
    RECOVERING = 3
    RINGING = 4
    ANSWERING = 5
    EARLY = 6
    ACTIVE = 7
    HELD = 8
    HANGUP = 9
    DESTROY = 10
    PURGE = 11


_S = DialogState
_ATTACHABLE = (_S.REQUESTING, _S.TRYING, _S.RINGING, _S.ANSWERING, _S.EARLY, _S.ACTIVE, _S.HELD)

_LEGAL: dict[DialogState, tuple[DialogState, ...]] = {
    _S.NEW: (_S.REQUESTING, _S.RINGING, _S.RECOVERING, _S.HANGUP, _S.DESTROY),
    _S.REQUESTING: (_S.TRYING, _S.ACTIVE, _S.HANGUP),
    _S.TRYING: (_S.EARLY, _S.ACTIVE, _S.HANGUP),
    _S.RECOVERING: (_S.ANSWERING, _S.HANGUP),
    _S.RINGING: (_S.ANSWERING, _S.HANGUP),
    _S.ANSWERING: (_S.ACTIVE, _S.HANGUP),
    _S.EARLY: (_S.ACTIVE, _S.HANGUP),
    _S.ACTIVE: (_S.HELD, _S.HANGUP),
    _S.HELD: (_S.ACTIVE, _S.HANGUP),
    _S.HANGUP: (_S.DESTROY,),
    _S.PURGE: (_S.DESTROY,),
    _S.DESTROY: (),
}

TALKING = (DialogState.ACTIVE, DialogState.HELD)
"""The call was answered, and its sound has been agreed."""
ENDED = (DialogState.HANGUP, DialogState.DESTROY, DialogState.PURGE)


def is_legal(old: DialogState, new: DialogState) -> bool:
    """Whether a dialog may go from `old` to `new`."""
    if new is DialogState.PURGE:
        return old not in ENDED
    if new is DialogState.RECOVERING and old in _ATTACHABLE:
        return True
    return new in _LEGAL.get(old, ())
