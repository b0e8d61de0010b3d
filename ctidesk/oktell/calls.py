"""From the line's events to calls (oktell-protocol.md, "14. Mapping to the CTI model").

The mapper is a plain object: it takes public events of the line and returns CTI events. The main call is `active`, a
second one `consult`; when the main call ends, the second one takes its place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from ctidesk.cti.call import Call
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    CallFinished,
    CallInfoChanged,
    CallStarted,
    CommutationStarted,
    CtiEvent,
    CurrentCallChanged,
    Hold,
    LineStateChanged,
    Unhold,
)
from ctidesk.cti.values import CallDirection, CallFeatures, CallState
from ctidesk.oktell.abonent import EMPTY_CHAIN, Abonent
from ctidesk.oktell.call_identity import call_id, is_same_party, shares_chain
from ctidesk.oktell.effects import PublicEvent
from ctidesk.oktell.line import Line
from ctidesk.oktell.record import Record
from ctidesk.oktell.values import FlashType, LineState

logger = logging.getLogger(__name__)

TALKING = (
    CallFeatures.CAN_HOLD | CallFeatures.CAN_DROP | CallFeatures.CAN_MAKE_CONSULT_CALL | CallFeatures.CAN_BLIND_TRANSFER
)
IN_A_CONFERENCE = CallFeatures.CAN_DROP | CallFeatures.CAN_BLIND_TRANSFER
"""No hold, and no call out of it ("10. Phone actions", rows 4 and 7; "8.1 Call control", error 2102)."""
SUPERVISING = CallFeatures.CAN_DROP
HELD = CallFeatures.CAN_UNHOLD
_CALLED = (LineState.CALL, LineState.BACKCALL)


class CallMapper:
    """Keeps the calls of the line in step with its events ("14.3 Events to call changes").

    Attributes:
        active, consult: the main call and the second one.
        device_id: our own number.
        wants_toggle: set when the held caller should be taken back; the provider does it and clears it.
    """

    def __init__(self, line: Line, can_answer: Callable[[], bool]) -> None:
        """Create a mapper without calls.

        Args:
            line: the line whose events are mapped; read for what is on it besides the event.
            can_answer: whether the phone can be answered remotely.
        """
        self._line = line
        self._can_answer = can_answer
        self.active: Call | None = None
        self.consult: Call | None = None
        self.device_id = ""
        self.wants_toggle = False
        self._out: list[CtiEvent] = []

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls, the main one first."""
        return tuple(one for one in (self.active, self.consult) if one is not None)

    # ---- events

    def event(self, event: PublicEvent) -> list[CtiEvent]:
        """Map one public event of the line."""
        self._out = []
        first = self._party(event.abonents)
        match event.name:
            case "ringStart":
                self._ring_start(first)
            case "ringStop" if event.line in (LineState.READY, LineState.DISCONNECTED):
                self._finish(self._find(first) or self._alerting(CallDirection.IN))
            case "callStart":
                self._call_start(first)
            case "callStop":
                self._call_stop(event, first)
            case "talkStart":
                self._talk_start(first, has_hold=event.has_hold)
            case "talkStop" if not event.has_hold:
                self._talk_stop(event, first)
            case "holdStateChange":
                self._hold_change(event)
            case "abonentsChange" if not event.abonents and event.line is LineState.READY and not event.has_hold:
                self._finish_all()
            case "readyStart":
                self._ready(event)
            case "stateChange" if event.line is LineState.DISCONNECTED:
                self._finish_all()
        return self._told()

    def flash(self, body: Record) -> list[CtiEvent]:
        """Map a native `flashstatechanged`: only a held party that is lost has an effect at once."""
        self._out = []
        kind = body.number("flashtypeid")
        if kind == FlashType.LOST:
            held = next((one for one in self.calls if one.state is CallState.HOLDED), None)
            if held is not None:
                self._unhold(held)
                self._finish(held)
        elif kind is not None and kind not in list(FlashType):
            logger.debug("a flash of an unknown kind %s", kind)
        return self._told()

    def settle(self) -> list[CtiEvent]:
        """After a reload: what the line shows decides about calls that no single event has changed.

        The line tells by no event of its own that a held party has left, that the far end of a talk or of a ring has
        become somebody else, or that a talk has become a conference.
        """
        self._out = []
        line = self._line
        present = self._party(line.abonents)
        if line.state in (LineState.READY, LineState.DISCONNECTED, LineState.BACKRING):
            # Nobody is on the line, or only the own phone rings.
            held = self._held_call()
            self._finish_but(held)
            self._settle_held(held)
        elif line.conference.id:
            if line.state is LineState.TALK and self.calls:
                self._conference(present)
        elif present is not None and present.phone and not present.is_ivr:
            self._settle_with(present)
        elif present is not None:
            self._settle_without_number(present)
        return self._told()

    def _settle_with(self, present: Abonent) -> None:
        state = self._line.state
        held = self._held_call(present)
        call = next((one for one in self.calls if one is not held and is_same_party(one, present)), None)
        if call is None and held is not None and is_same_party(held, present):
            # The picture does not say who is on the line now, but whoever talks does not ring.
            if state is LineState.TALK:
                self._finish(self._alerting(CallDirection.IN))
            return
        self._settle_held(held)
        others = [one for one in self.calls if one is not call and one is not held]
        if call is None and others and (state is LineState.TALK or shares_chain(others[-1], present)):
            call = others.pop()
            self._rename(call, present)
        for one in others:
            self._finish(one)
        if state is not LineState.TALK and call is not None and call.state is not CallState.ALERTING:
            # The talk has ended, and the same party rings or is called anew.
            self._finish(call)
            call = None
        match state:
            case LineState.TALK if call is None or call.state is not CallState.CONNECTED:
                self._talk_start(present, has_hold=self._line.hold.held is not None)
            case LineState.RING if call is None:
                self._ring_start(present)
            case LineState.CALL | LineState.BACKCALL if call is None:
                self._call_start(present)

    def _settle_without_number(self, present: Abonent) -> None:
        """Nothing is known of the party, but the line rings, calls or talks, and does one of the three alone."""
        held = self._held_call(present)
        talking = [one for one in self.calls if one is not held and one.state is not CallState.ALERTING]
        ringing = [one for one in self.calls if one is not held and one.state is CallState.ALERTING]
        if self._line.state is LineState.TALK:
            ended = [*talking[:-1], *(ringing if talking else ())]
        elif self._line.state in _CALLED:
            ended = [*talking, *(one for one in ringing if one.direction is CallDirection.IN)]
        else:
            ended = talking
        for one in ended:
            self._finish(one)

    def _settle_held(self, held: Call | None) -> None:
        if held is not None and held.state is not CallState.HOLDED:
            self._put_on_hold(held)
            self._tell_line()

    # ---- after a connection (14.4)

    def rebuild(self) -> None:
        """Take the calls from what the line shows now; calls that are known already stay the same objects."""
        line = self._line
        known = [one for one in self.calls if one.is_active]
        free = list(known)
        held = line.hold.held
        held_abonent = held.abonent if held is not None else None
        present = self._party(line.abonents)
        if line.conference.id:
            # A conference is the call of whichever member was known before.
            members = (one for one in line.abonents if any(is_same_party(call, one) for call in known))
            present = next(members, present)
        calls = []
        if held_abonent is not None:
            calls.append(self._restored(free, held_abonent, CallState.HOLDED, HELD))
        if present is not None and line.state is LineState.TALK:
            if not line.conference.id:
                state, features = CallState.CONNECTED, TALKING
            else:
                state = CallState.CONFERENCED
                features = SUPERVISING if line.conference.is_ghost else IN_A_CONFERENCE
            calls.append(self._restored(free, present, state, features))
        elif present is not None and line.state is LineState.RING:
            calls.append(self._restored(free, present, CallState.ALERTING, self._ring_features()))
        elif present is not None and line.state in _CALLED:
            calls.append(
                self._restored(free, present, CallState.ALERTING, CallFeatures.CAN_DROP, direction=CallDirection.OUT)
            )
        # The main call stays the main call, even when it is the one that talks now.
        calls.sort(key=lambda one: known.index(one) if one in known else len(known))
        self.active = calls[0] if calls else None
        self.consult = calls[1] if len(calls) > 1 else None
        if self.active is not None:
            self.active.parent = None
            if self.consult is not None:
                self.consult.parent = self.active
                if self._both_reached():
                    self.active.features = CallFeatures.CAN_COMPLETE_TRANSFER

    def snapshot(self) -> ActiveCallSnapshot:
        """All calls as they are known now."""
        return ActiveCallSnapshot(self.calls, self.active)

    def _restored(
        self,
        free: list[Call],
        abonent: Abonent,
        state: CallState,
        features: CallFeatures,
        *,
        direction: CallDirection = CallDirection.IN,
    ) -> Call:
        # A talk does not ring again, nor does a called party ring here: this is another call.
        alerts = state is CallState.ALERTING
        fitting = [one for one in free if not alerts or (one.state is state and one.direction is direction)]
        call = next((one for one in fitting if is_same_party(one, abonent)), None)
        if call is None:
            call = self._new_call(abonent, direction)
        else:
            free.remove(call)
            self._update(call, abonent)
        self._set_state(call, state)
        call.features = features
        return call

    # ---- the table of 14.3

    def _ring_start(self, abonent: Abonent | None) -> None:
        if abonent is None or not (abonent.is_external or abonent.is_user):
            return
        if self._find(abonent) is None:
            self._start(self._new_call(abonent, CallDirection.IN), self._ring_features())

    def _call_start(self, abonent: Abonent | None) -> None:
        if abonent is None:
            return
        known = self._find(abonent)
        if known is None:
            self._start(self._new_call(abonent, CallDirection.OUT), CallFeatures.CAN_DROP)
        elif known.id != call_id(abonent):
            self._rename(known, abonent)

    def _call_stop(self, event: PublicEvent, abonent: Abonent | None) -> None:
        call = self._find(abonent) or self._alerting(CallDirection.OUT)
        if event.line in (LineState.READY, LineState.RING):
            if call is None or call.state is not CallState.HOLDED:
                self._finish(call)
            if event.line is LineState.READY and event.has_hold:
                self.wants_toggle = True
        elif (
            event.line is LineState.TALK
            and not event.has_hold
            and call is not None
            and call is self.consult
            # The consultation that begins to talk is no consultation that has ended.
            and not self._is_present(call)
        ):
            self._finish(call)

    def _talk_start(self, abonent: Abonent | None, *, has_hold: bool) -> None:
        if self._line.conference.id:
            self._conference(abonent)
            return
        if abonent is None:
            return
        if self.active is None:
            self._ring_start(abonent)
        elif self._find(abonent) is None:
            ringing = next((one for one in self.calls if one.state is CallState.ALERTING), None)
            if ringing is not None and shares_chain(ringing, abonent):
                # The same call under another spelling of its number.
                self._rename(ringing, abonent)
            elif self.consult is None:
                self._call_start(abonent)
        call = self._find(abonent)
        if call is None:
            return
        if self._update(call, abonent):
            self._out.append(CallInfoChanged(call))
        was_alerting = call.state is CallState.ALERTING
        if call.state is CallState.HOLDED:
            self._unhold(call)
        self._set_state(call, CallState.CONNECTED)
        call.features = TALKING
        if was_alerting:
            self._out.append(CommutationStarted(call))
        if has_hold and self._both_reached():
            # Whichever of the two is on the line: both have been reached and can be connected.
            self.calls[0].features = CallFeatures.CAN_COMPLETE_TRANSFER
        self._tell_line()

    def _conference(self, abonent: Abonent | None) -> None:
        """The line is in a conference: whoever is not on hold is in it, under the one call that is left of the talk."""
        held = self._held_call() if self._line.hold.held is not None else None
        call = next((one for one in self.calls if one is not held), None)
        if call is None:
            if abonent is None:
                return
            call = self._new_call(abonent, CallDirection.IN)
            self._start(call, CallFeatures.CAN_DROP)
        for one in self.calls:
            if one is not held and one is not call:
                self._finish(one)
        features = SUPERVISING if self._line.conference.is_ghost else IN_A_CONFERENCE
        main_features = CallFeatures.CAN_COMPLETE_TRANSFER if held is not None else features
        if call is self.active:
            features = main_features
        if call.state is CallState.CONFERENCED and call.features == features:
            return
        was_alerting = call.state is CallState.ALERTING
        self._set_state(call, CallState.CONFERENCED)
        call.features = features
        self._out.append(CommutationStarted(call) if was_alerting else CallInfoChanged(call))
        if self.active is not None and self.active is not call:
            self.active.features = main_features
        self._tell_line()

    def _talk_stop(self, event: PublicEvent, abonent: Abonent | None) -> None:
        if event.line is LineState.TALK:
            if self._line.conference.id:
                return
            call = self._find(abonent)
            if self.consult is not None:
                # Whoever is not on the line any more: after a change of sides that is not always the consultant.
                gone = next((one for one in self.calls if not self._is_present(one)), self.consult)
                self._finish(gone)
            elif call is not None and not self._is_present(call):
                self._finish(call)
        elif event.line is LineState.READY:
            self._finish_all()
        else:
            self._finish(self._find(abonent) or self.active)

    def _hold_change(self, event: PublicEvent) -> None:
        if not self.calls:
            return
        if event.has_hold:
            held = self._held_call()
            for one in self.calls:
                if one is not held and one.state is CallState.HOLDED:
                    self._unhold(one)
            if held is not None:
                self._put_on_hold(held)
        else:
            for one in self.calls:
                if one.state is CallState.HOLDED:
                    self._unhold(one, alerting=event.line in _CALLED and one is self.active and self.consult is None)
        self._tell_line()

    def _ready(self, event: PublicEvent) -> None:
        """The line is idle: only a held call can be left, whatever was told before."""
        self._finish_but(self._held_call() if event.has_hold else None)

    # ---- changes

    def _start(self, call: Call, features: CallFeatures) -> None:
        call.features = features
        self._set_state(call, CallState.ALERTING)
        if self.active is None:
            self.active = call
        else:
            if self.consult is not None:
                # The line has two places; a third party takes the place of the second one.
                self._finish(self.consult)
            self.consult, call.parent = call, self.active
        self._out.append(CallStarted(call))
        self._tell_line(call)

    def _finish(self, call: Call | None) -> None:
        if call is None or call not in self.calls:
            return
        self._set_state(call, CallState.NONE)
        call.features = CallFeatures.CAN_NOTHING
        if call is self.consult:
            self.consult = None
        else:
            self.active, self.consult = self.consult, None
        self._out.append(CallFinished(call))
        left = self.active
        if left is None:
            return
        left.parent = None
        if call.parent is None:
            self._out.append(CurrentCallChanged(left))
        if left.state is CallState.CONNECTED:
            left.features = TALKING
        elif left.state is CallState.HOLDED:
            left.features = HELD
        self._tell_line()

    def _finish_all(self) -> None:
        """End both calls at once: between their ends nothing is the main call and nothing can be done."""
        ended = [one for one in (self.consult, self.active) if one is not None]
        self.active = self.consult = None
        for one in ended:
            self._set_state(one, CallState.NONE)
            one.features = CallFeatures.CAN_NOTHING
        self._out += [CallFinished(one) for one in ended]

    def _finish_but(self, kept: Call | None) -> None:
        if kept is None:
            self._finish_all()
            return
        for one in (self.consult, self.active):
            if one is not kept:
                self._finish(one)

    def _put_on_hold(self, call: Call) -> None:
        if call.state is not CallState.HOLDED:
            self._set_state(call, CallState.HOLDED)
            self._out.append(Hold(call))
        both = call is self.active and self._both_reached()
        call.features = CallFeatures.CAN_COMPLETE_TRANSFER if both else HELD

    def _unhold(self, call: Call, *, alerting: bool = False) -> None:
        self._set_state(call, CallState.ALERTING if alerting else CallState.CONNECTED)
        both = call is self.active and self.consult is not None and self._line.hold.held is not None
        call.features = CallFeatures.CAN_DROP if alerting else CallFeatures.CAN_COMPLETE_TRANSFER if both else TALKING
        self._out.append(Unhold(call))

    def _rename(self, call: Call, abonent: Abonent) -> None:
        if self._update(call, abonent):
            self._out.append(CallInfoChanged(call))

    @staticmethod
    def _update(call: Call, abonent: Abonent) -> bool:
        """Take over what the line says of the other party; returns whether anything was new."""
        before = (call.id, call.abonent_number, call.abonent_name)
        if abonent.chain_id and abonent.chain_id != EMPTY_CHAIN:
            call.id = call_id(abonent)
        name = abonent.name if abonent.name != abonent.phone else ""
        if abonent.phone in ("", call.abonent_number):
            # The same party: a name that is left out this time is still its name.
            name = name or call.abonent_name
        if call.direction is CallDirection.IN:
            call.caller_id, call.caller_name = abonent.phone or call.caller_id, name
        else:
            call.called_id, call.called_name = abonent.phone or call.called_id, name
        return before != (call.id, call.abonent_number, call.abonent_name)

    def _new_call(self, abonent: Abonent, direction: CallDirection) -> Call:
        call = Call(call_id(abonent), direction, device_id=self.device_id)
        name = abonent.name if abonent.name != abonent.phone else ""
        if direction is CallDirection.IN:
            call.caller_id, call.caller_name, call.called_id = abonent.phone, name, self.device_id
            call.comment = self._line.ring.text("callerinfo")
        else:
            call.caller_id, call.called_id, call.called_name = self.device_id, abonent.phone, name
        call.line = abonent.source.text("extline")
        call.ivr = abonent.source.text("ivrname")
        call.queue = abonent.source.text("queuename") or self._line.ring.text("queuename")
        return call

    @staticmethod
    def _set_state(call: Call, state: CallState) -> None:
        if call.state is not state:
            call.previous_state, call.state = call.state, state

    def _tell_line(self, call: Call | None = None) -> None:
        told = call or self.active
        if told is not None:
            self._out.append(LineStateChanged(told.features, told.id))

    def _told(self) -> list[CtiEvent]:
        """What was told of a call's features on the way must not be the last word about them."""
        told = {one.call_id: one.features for one in self._out if isinstance(one, LineStateChanged)}
        for call in self.calls:
            if told.get(call.id, call.features) != call.features:
                self._tell_line(call)
        return self._out

    # ---- questions

    def _both_reached(self) -> bool:
        """Whether there are two calls and none of them rings."""
        return len(self.calls) == 2 and all(one.state is not CallState.ALERTING for one in self.calls)

    def ring_features_changed(self) -> list[CtiEvent]:
        """The phone turned out to be answerable by hand only (or not): tell the ringing calls' features anew."""
        self._out = []
        for one in self.calls:
            if one.state is CallState.ALERTING and one.direction is CallDirection.IN:
                one.features = self._ring_features()
                self._tell_line(one)
        return self._out

    def _ring_features(self) -> CallFeatures:
        return CallFeatures.CAN_DROP | (CallFeatures.CAN_ANSWER if self._can_answer() else CallFeatures.CAN_NOTHING)

    def _party(self, abonents: tuple[Abonent, ...]) -> Abonent | None:
        """The first abonent that is not the operator, who stands in the list of a conference, too."""
        others = (one for one in abonents if not one.is_known_as(self._line.user_id))
        return next(others, abonents[0] if abonents else None)

    def _alerting(self, direction: CallDirection) -> Call | None:
        ringing = (one for one in (self.consult, self.active) if one is not None)
        return next((one for one in ringing if one.state is CallState.ALERTING and one.direction is direction), None)

    def _find(self, abonent: Abonent | None) -> Call | None:
        if abonent is None:
            return None
        exact = next((one for one in self.calls if one.id == call_id(abonent)), None)
        return exact or next((one for one in self.calls if is_same_party(one, abonent)), None)

    def _is_present(self, call: Call) -> bool:
        return any(is_same_party(call, one) for one in self._line.abonents)

    def _held_call(self, present: Abonent | None = None) -> Call | None:
        """The call that the line shows as held; under another name it is the first one, but not that of `present`.

        Nor can it be a call that rings, or that of the conference in which the line is.
        """
        held = self._line.hold.held
        if held is None:
            return None
        found = self._find(held.abonent)
        if found is not None:
            return found
        others = [one for one in self.calls if one.state is not CallState.ALERTING]
        if self._line.conference.id:
            others = [one for one in others if one.state is not CallState.CONFERENCED]
        return next((one for one in others if present is None or not is_same_party(one, present)), None)
