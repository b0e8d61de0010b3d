"""Calls of two parties: ringing, answering, ending (oktell-protocol.md, "13. Wire examples", 13.2 and 13.3)."""

from __future__ import annotations

from collections.abc import Callable

from ctidesk.demo.oktell.connections import Call, FlashType, Party, Phase
from ctidesk.demo.oktell.exchange import NO_CHAIN, TRUNK_LINE, Exchange, SwitchError

BUSY_TONE_SECONDS = 0.3
INTERCOM_SECONDS = 0.2
OWN_PHONE_RINGS_FOR_SECONDS = 30.0

# oktell-protocol.md, "4. Native server events": the body of a ring of the operator's own phone.
RING_FIELDS: dict[str, object] = {
    "callercomment": "",
    "callerdescription": "",
    "callerdirection": "oktell_pbx",
    "callerid": "",
    "callerinfo": "",
    "callerlineid": NO_CHAIN,
    "callerlinenum": "00000",
    "callername": "",
    "canfax": False,
    "canvideo": False,
    "isconference": False,
    "isextline": False,
    "istask": False,
}


class Calls:
    """Begins, connects and ends calls, and tells each party's clients in the order of the protocol's examples.

    The state is always changed before a client is told, because clients answer an event by asking for the line.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    # ------------------------------------------------------------ beginning

    def begin(self, caller: Party, called: Party, *, queue: str = "", chain: str = "") -> Call:
        """The caller's handset is off the hook, the called phone rings at once."""
        call = Call(chain or self._exchange.new_id(), caller, called, queue=queue)
        self._exchange.calls.append(call)
        caller.active = call
        self._exchange.settle(caller)
        self._ring_called(call)
        return call

    def begin_autocall(self, caller: Party, called: Party, *, own_last: bool, intercom: bool) -> Call:
        """`pbxautocallstart`: the caller's own phone rings first, unless it is off the hook, or the other's first."""
        off_hook = caller.held is not None
        call = Call(self._exchange.new_id(), caller, called, autocall=True, own_last=own_last, intercom=intercom)
        self._exchange.calls.append(call)
        caller.active = call
        if off_hook:
            call.own_last = False
        if off_hook or own_last:
            self._exchange.tell(caller, "phoneevent_acmcallstarted", number=called.number)
            self._exchange.settle(caller)
            self._ring_called(call)
        else:
            call.phase = Phase.OWN_FIRST
            self._exchange.tell(caller, "phoneevent_acmcallstarted", number=called.number)
            self._exchange.settle(caller)
            self._ring_own(call)
        return call

    def _ring_own(self, call: Call) -> None:
        caller, exchange = call.caller, self._exchange
        info = f"Автодозвон. Обратный вызов.\nАбонент: {call.called.number}"
        exchange.tell(caller, "phoneevent_ringstarted", **(RING_FIELDS | {"callerinfo": info}))
        seconds = caller.behaviour.answers_after
        if seconds is not None:
            exchange.after(call, seconds, lambda: self.pick_up(call, caller))
        exchange.after(call, OWN_PHONE_RINGS_FOR_SECONDS, lambda: self.end(call, None))

    def _ring_called(self, call: Call) -> None:
        exchange = self._exchange
        call.phase = Phase.DIALLING
        called = self._redirected(call.called)
        agent = exchange.agent(called)
        call.called = called
        if not called.is_free or called.behaviour.busy or (agent is not None and not agent.takes_calls):
            exchange.after(call, BUSY_TONE_SECONDS, lambda: self.end(call, called))
            return
        called.active = call
        exchange.settle(called)
        exchange.tell(called, "phoneevent_ringstarted", **self._ring_fields_for(call))
        self._plan_answer(call, called)

    def _plan_answer(self, call: Call, called: Party) -> None:
        exchange, behaviour = self._exchange, called.behaviour
        attended = called.user is not None and exchange.listener.is_attended(called.user)
        if call.intercom and called.user is not None and not called.user.plain_phone:
            exchange.after(call, INTERCOM_SECONDS, lambda: self.pick_up(call, called))
        elif behaviour.answers_after is not None and not attended:
            exchange.after(call, behaviour.answers_after, lambda: self.pick_up(call, called))
        if behaviour.rings_for is not None:
            exchange.after(call, behaviour.rings_for, lambda: self.end(call, None))

    def _redirected(self, called: Party) -> Party:
        agent = self._exchange.agent(called)
        if agent is None or not agent.redirects_to:
            return called
        return self._exchange.party(agent.redirects_to)

    def _ring_fields_for(self, call: Call) -> dict[str, object]:
        caller = call.caller
        line = caller.user.line_id if caller.user else self._exchange.directory.operator.line_id
        return RING_FIELDS | {
            "callerid": caller.number,
            "callername": caller.name,
            "callerdescription": call.queue,
            "callerdirection": "external" if caller.is_outside else "oktell_pbx",
            "callerlineid": line,
            "callerlinenum": caller.user.line_number if caller.user else TRUNK_LINE,
            "isextline": caller.is_outside,
            "istask": bool(call.queue),
        }

    # ------------------------------------------------------------ answering

    def pick_up(self, call: Call, party: Party) -> None:
        """The phone of `party`, which rings with this call, is taken off the hook."""
        if not call.rings(party):
            raise SwitchError(f"the phone of {party.number} does not ring")
        exchange = self._exchange
        exchange.stop_timers(call.timers)
        if call.phase is Phase.OWN_FIRST:
            self._ring_called(call)
            exchange.tell(party, "phoneevent_ringstopped")
            exchange.tell_line(party)
        elif call.phase is Phase.DIALLING and call.own_last:
            call.phase = Phase.OWN_LAST
            exchange.tell(party, "phoneevent_ringstopped")
            self._ring_own(call)
        else:
            self._connect(call)

    def _connect(self, call: Call) -> None:
        exchange = self._exchange
        own_ring = call.phase is Phase.OWN_LAST
        ringing = call.caller if own_ring else call.called
        call.phase, call.talk_since = Phase.TALK, exchange.scheduler.now()
        exchange.tell(ringing, "phoneevent_ringstopped")
        if call.autocall:
            exchange.tell(call.caller, "phoneevent_acmcallstopped", number=call.called.number)
        for party in (call.called, call.caller):
            self.tell_connected(call, party)
        self.plan_hang_up(call)

    def connect_parties(self, chain: str, one: Party, other: Party) -> Call:
        """Joins two parties who are both off the hook, after a third one has left."""
        exchange = self._exchange
        call = Call(chain, one, other, Phase.TALK, talk_since=exchange.scheduler.now())
        exchange.calls.append(call)
        one.active = other.active = call
        for party in (one, other):
            exchange.settle(party)
            self.tell_connected(call, party)
        self.plan_hang_up(call)
        return call

    def plan_hang_up(self, call: Call) -> None:
        for party in (call.caller, call.called):
            attended = party.user is not None and self._exchange.listener.is_attended(party.user)
            if party.behaviour.hangs_up_after is not None and not attended:
                self._exchange.after(call, party.behaviour.hangs_up_after, self._hanging_up(call, party))

    def _hanging_up(self, call: Call, party: Party) -> Callable[[], None]:
        return lambda: self.end(call, party)

    def tell_connected(self, call: Call, party: Party) -> None:
        other = call.other(party)
        if other.service is not None:
            self._exchange.tell(party, "phoneevent_ivrstarted", isroutingivr=True, ivrname=other.name)
        else:
            self._exchange.tell(party, "phoneevent_commstarted", **self._talk_fields(call, other))
        self._exchange.tell_line(party)

    def tell_disconnected(self, call: Call, party: Party) -> None:
        other = call.other(party)
        if other.service is not None:
            self._exchange.tell(party, "phoneevent_ivrstopped", chainid=call.chain, ivrname=other.name)
        else:
            self._exchange.tell(party, "phoneevent_commstopped", **self._talk_fields(call, other))

    def _talk_fields(self, call: Call, other: Party) -> dict[str, object]:
        return {
            "chainid": call.chain,
            "commutationid": self._exchange.new_id(),
            "callerid": other.number,
            "callername": other.name,
            "isconference": False,
            "isextline": other.is_outside,
        }

    # ------------------------------------------------------------ ending

    def end(self, call: Call, by: Party | None) -> None:
        """The call is over for both. `by`: who hung up, None when it was nobody of the two."""
        if call.phase is Phase.ENDED:
            return
        phase = self.retire(call)
        for party in (call.caller, call.called):
            if by is not None and party is not by and by.held is call:
                self._exchange.tell_flash(party, FlashType.ABORTED)
        for party in (call.caller, call.called):
            if party.held is call:
                party.held = None
                self._exchange.tell_flash(party, FlashType.ABORT if party is by else FlashType.LOST)
                if party.active is None:
                    self._exchange.tell_line(party)
                self._exchange.settle(party)
            elif party.active is call:
                self.release(call, party, phase)

    def retire(self, call: Call) -> Phase:
        """Takes the call out of the switch; the parties still have to be released. Returns its last phase."""
        self._exchange.stop_timers(call.timers)
        self._exchange.call_ended(call)
        phase, call.phase = call.phase, Phase.ENDED
        return phase

    def release(self, call: Call, party: Party, phase: Phase) -> None:
        """The party's handset is free of the call, which was in `phase`."""
        party.active = None
        self.tell_left(call, party, phase)
        self._exchange.tell_line(party)
        self._exchange.settle(party)

    def tell_left(self, call: Call, party: Party, phase: Phase) -> None:
        if phase is Phase.TALK:
            self.tell_disconnected(call, party)
            return
        rang = (phase is Phase.DIALLING and party is call.called) or (
            party is call.caller and phase in (Phase.OWN_FIRST, Phase.OWN_LAST)
        )
        if rang:
            self._exchange.tell(party, "phoneevent_ringstopped", chainid=call.chain)
        if call.autocall and party is call.caller:
            number = call.called.number
            self._exchange.tell(party, "phoneevent_acmcallstopped", chainid=call.chain, number=number)
