"""The fixed places of what can be done with a call (look.md, "1. Ten decisions", 3).

What the PBX and the phone can never do is absent; what is not possible now is there, disabled, and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct

from ctidesk.cti.abilities import Ability
from ctidesk.cti.call import Call
from ctidesk.cti.model import CtiModel
from ctidesk.cti.supervision import Supervision, SupervisorMode
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.ui.components.call_actions import consultation, is_ringing_here
from ctidesk.ui.components.shortcuts import Key, with_key
from ctidesk.ui.widgets import Tile, TileFace, TileGrid, TileKind


class Role(Enum):
    """What a card is for, which decides what stands on it."""

    RINGING = "ringing"
    """Answer and Decline."""
    MAIN = "main"
    """All that can be done with one call."""
    SUPERVISING = "supervising"
    """A colleague's talk, in which the operator takes part: how, and leaving it."""
    WAITING = "waiting"
    """The held caller above a consultation, or a call nothing is known of: nothing."""
    TALKING_BESIDE = "talking beside"
    """The caller, talked to while the one who was asked is on hold: what ends or accompanies the talk."""
    CONSULTATION = "consultation"
    """Complete, swap, cancel."""


class Control(Enum):
    """A tile; the order is that of the places."""

    HOLD = "hold"
    SWAP = "swap"
    CONSULT = "consult"
    TRANSFER = "transfer"
    CANCEL = "cancel"
    KEYPAD = "keypad"
    MUTE = "mute"
    CONFERENCE = "conference"
    RECORDING = "recording"
    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"
    END = "end"


class State(Struct, frozen=True):
    """How a control stands: `reason` says why it is not possible now, or is empty; `is_on` marks what is so now."""

    control: Control
    reason: str = ""
    is_on: bool = False


MODES = {
    Control.LISTEN: SupervisorMode.LISTEN,
    Control.WHISPER: SupervisorMode.WHISPER,
    Control.BARGE: SupervisorMode.BARGE,
}
"""The tiles that say how a supervisor takes part."""

TALKING = (CallState.CONNECTED, CallState.CONFERENCED)


def role_of(call: Call, model: CtiModel) -> Role:
    """Return what `call` is for the operator now."""
    if not (call.confirmed and model.is_connected):
        return Role.WAITING
    if is_ringing_here(call):
        return Role.RINGING
    consult = consultation(model)
    if call is consult:
        return Role.CONSULTATION
    if call.state is CallState.CONFERENCED and model.provider.conference.supervision is not None:
        return Role.SUPERVISING
    if call is not model.current_call:
        return Role.MAIN
    if consult is None:
        return Role.MAIN
    return Role.TALKING_BESIDE if call.state in TALKING else Role.WAITING


def controls_of(call: Call, role: Role, model: CtiModel) -> tuple[State, ...]:
    """Return the tiles of a card with `role`, in the order of their places."""
    can_ever = model.provider.capabilities[0]
    end = State(Control.END, "" if CallFeatures.CAN_DROP in call.features else _not_in_this_state())
    accompanying = []
    if CallFeatures.CAN_DTMF in can_ever:
        accompanying.append(State(Control.KEYPAD, _why_no_tones(call, model)))
    if CallFeatures.CAN_MUTE in can_ever:
        accompanying.append(State(Control.MUTE, _why_no_mute(call, model), call.muted))
    conference = [State(Control.CONFERENCE, _why_no_conference(call, model))] if model.provider.has_conferences else []
    match role:
        case Role.MAIN:
            recording = [State(Control.RECORDING, _why_no_recording(call))] if model.abilities.recordings else []
            return (*_alone(call, can_ever, model), *accompanying, *conference, *recording, end)
        case Role.CONSULTATION:
            abilities = model.abilities
            swap = State(Control.SWAP, abilities.why_not(Ability.SWAP))
            cancel = State(Control.CANCEL, abilities.why_not(Ability.CANCEL_TRANSFER))
            return (swap, cancel, *accompanying, *conference, end)
        case Role.TALKING_BESIDE:
            return (*accompanying, end)
        case Role.SUPERVISING:
            supervision = model.provider.conference.supervision
            return (*_ways_to_supervise(supervision), end) if supervision is not None else (end,)
        case _:
            return ()


def _alone(call: Call, can_ever: CallFeatures, model: CtiModel) -> list[State]:
    states = []
    abilities = model.abilities
    if can_ever & (CallFeatures.CAN_HOLD | CallFeatures.CAN_UNHOLD):
        possible = call.features & (CallFeatures.CAN_HOLD | CallFeatures.CAN_UNHOLD)
        states.append(State(Control.HOLD, "" if possible else _not_in_this_state()))
    if CallFeatures.CAN_MAKE_CONSULT_CALL in can_ever:
        states.append(State(Control.CONSULT, abilities.why_not(Ability.CONSULT)))
    if can_ever & (CallFeatures.CAN_BLIND_TRANSFER | CallFeatures.CAN_MAKE_CONSULT_CALL):
        states.append(State(Control.TRANSFER, abilities.why_not(Ability.BLIND_TRANSFER)))
    return states


def _ways_to_supervise(supervision: Supervision) -> list[State]:
    refused = translate("Panel", "The PBX does not allow this now")
    return [
        State(control, "" if mode in supervision.modes else refused, mode is supervision.mode)
        for control, mode in MODES.items()
    ]


def _why_no_tones(call: Call, model: CtiModel) -> str:
    if call is not model.talking_call:
        return translate("Panel", "You are not talking in this call")
    return "" if CallFeatures.CAN_DTMF in call.features else _not_in_this_state()


def _why_no_mute(call: Call, model: CtiModel) -> str:
    """The features of the call count, not the line's: in a consultation these are the main call's."""
    if call is not model.talking_call:
        return translate("Panel", "You are not talking in this call")
    if CallFeatures.CAN_MUTE in call.features:
        return ""
    return model.abilities.why_not(Ability.MUTE) or _not_in_this_state()


def _why_no_conference(call: Call, model: CtiModel) -> str:
    return "" if call.state in TALKING and call is model.talking_call else _not_in_this_state()


def _why_no_recording(call: Call) -> str:
    """What was recorded before the operator's part, for instance before a transfer, can be heard during the call."""
    return "" if call.connected is not None else translate("Recording", "Nothing is recorded before the answer")


def _not_in_this_state() -> str:
    return translate("Abilities", "Not possible in this state of the call")


class ControlGrid(TileGrid):
    """The tiles of one card. They stay the same objects, so that a press is never lost to a change of state."""

    def __init__(self, act: Callable[[Control], object]) -> None:
        """Create a grid that reports presses to `act`."""
        super().__init__()
        self._control_tiles: dict[Control, Tile] = {}
        for control in Control:
            kind = TileKind.END if control is Control.END else TileKind.NORMAL
            tile = Tile(_face(control), kind, span=2 if control is Control.CANCEL else 1)
            tile.hide()
            tile.setParent(self)
            tile.clicked.connect(lambda _checked=False, control=control: act(control))
            key = _KEYS.get(control)
            if key is not None:
                tile.set_tip(with_key(_face(control).label, key))
            self._control_tiles[control] = tile

    def show_states(
        self, states: Sequence[State], *, is_held: bool, in_conference: bool, pressed: Control | None
    ) -> None:
        """Show these controls.

        Args:
            states: how they stand, in the order of their places.
            is_held: whether Hold takes the call back.
            in_conference: whether End leaves a conference that goes on without the operator.
            pressed: the control whose mode is open.
        """
        for state in states:
            tile = self._control_tiles[state.control]
            tile.set_available(not state.reason, state.reason)
            if state.control in MODES:
                tile.set_pressed(state.is_on)
            elif state.control is Control.MUTE:
                tile.set_pressed(state.is_on)
                tile.set_face(_unmute_face() if state.is_on else _face(Control.MUTE))
            elif state.control in _PRESSED_WHILE_OPEN:
                tile.set_pressed(state.control is pressed)
        hold = self._control_tiles[Control.HOLD]
        hold.set_face(_resume_face() if is_held else _face(Control.HOLD))
        hold.set_tip(with_key(hold.face().label, Key.HOLD))
        end = self._control_tiles[Control.END]
        end.set_face(_leave_face() if in_conference else _face(Control.END))
        end.set_tip(with_key(end.face().label, Key.END))
        self.set_tiles([self._control_tiles[state.control] for state in states])
        self.setVisible(bool(states))

    def tile(self, control: Control) -> Tile:
        """The tile of a control, shown or not."""
        return self._control_tiles[control]


_PRESSED_WHILE_OPEN = (Control.CONSULT, Control.TRANSFER, Control.CONFERENCE, Control.KEYPAD, Control.RECORDING)
_KEYS = {
    Control.HOLD: Key.HOLD,
    Control.SWAP: Key.SWAP,
    Control.CONSULT: Key.CONSULT,
    Control.TRANSFER: Key.TRANSFER,
    Control.END: Key.END,
}


def _face(control: Control) -> TileFace:
    match control:
        case Control.HOLD:
            return TileFace("hold", translate("Panel", "Hold"))
        case Control.SWAP:
            return TileFace("swap", translate("Panel", "Swap"))
        case Control.CONSULT:
            return TileFace("consult", translate("Panel", "Consult"), translate("Panel", "Cons."))
        case Control.TRANSFER:
            return TileFace("transfer", translate("Panel", "Transfer"), translate("Panel", "Transf."))
        case Control.CANCEL:
            return TileFace("cancel", translate("Panel", "Cancel, back to caller"), translate("Panel", "Cancel"))
        case Control.KEYPAD:
            return TileFace("keypad", translate("Panel", "Keypad"), translate("Panel", "Keys"))
        case Control.MUTE:
            return TileFace("mute", translate("Panel", "Mute"), translate("Panel", "Mic"))
        case Control.CONFERENCE:
            return TileFace("conference", translate("Panel", "Conference"), translate("Panel", "Conf."))
        case Control.RECORDING:
            return TileFace("record-link", translate("Panel", "Recording"), translate("Panel", "Rec."))
        case Control.LISTEN:
            return TileFace("listen", translate("Panel", "Listen"))
        case Control.WHISPER:
            return TileFace("whisper", translate("Panel", "Whisper"))
        case Control.BARGE:
            return TileFace("barge", translate("Panel", "Barge in"), translate("Panel", "Barge"))
        case Control.END:
            return TileFace("end", translate("Panel", "End"))


def _resume_face() -> TileFace:
    return TileFace("resume", translate("Panel", "Resume"))


def _unmute_face() -> TileFace:
    return TileFace("mute", translate("Panel", "Unmute"))


def _leave_face() -> TileFace:
    return TileFace("end", translate("Panel", "Leave"))
