"""The switch: what somebody can do with a telephone, and what the PBX makes of it.

A plain state machine: commands and timers come in, events go out through the `Listener`; it reads no clock of its own.
"""

from __future__ import annotations

from ctidesk.demo.oktell.agents import Agent
from ctidesk.demo.oktell.calls import Calls
from ctidesk.demo.oktell.conferences import Conferences
from ctidesk.demo.oktell.connections import (
    Call,
    Conference,
    Connection,
    FlashType,
    GhostSession,
    Invitation,
    Party,
    Phase,
)
from ctidesk.demo.oktell.directory import Directory, Service
from ctidesk.demo.oktell.exchange import Exchange, Listener, SwitchError
from ctidesk.demo.oktell.ghosts import Ghosts
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Scheduler


class Switch:
    """Every method that cannot do what it is asked raises `SwitchError` and has changed nothing."""

    def __init__(
        self, directory: Directory, scheduler: Scheduler, listener: Listener, habit: Behaviour, seed: int = 0
    ) -> None:
        self.exchange = Exchange(directory, scheduler, listener, habit, seed)
        self.calls = Calls(self.exchange)
        self.conferences = Conferences(self.exchange, self.calls)
        self.ghosts = Ghosts(self.exchange)

    # ------------------------------------------------------------ callers from outside

    def ring(self, called: Party, caller: Party, queue: str = "") -> Call:
        """`caller` calls `called`; `queue` names the queue or menu that the call has passed."""
        if caller is called or caller.service is not None:
            raise SwitchError(f"{caller.number} cannot call {called.number}")
        self.exchange.need_phone(caller)
        if not caller.is_free:
            raise SwitchError(f"{caller.number} is in a call already")
        agent = self.exchange.agent(called)
        if agent is None or not agent.redirects_to:
            if agent is not None and not agent.takes_calls:
                raise SwitchError(f"{called.number} takes no calls now")
            if not called.is_free:
                raise SwitchError(f"{called.number} is busy")
        return self.calls.begin(caller, called, queue=queue)

    def queued(self) -> list[Call]:
        """Callers who came through a queue and whom nobody has answered yet, in the order of their coming."""
        return [one for one in self.exchange.calls if one.queue and one.phase is Phase.DIALLING]

    # ------------------------------------------------------------ a client's commands

    def autocall(self, party: Party, number: str, *, sequence: str = "user", intercom: bool = False) -> None:
        """`pbxautocallstart` (oktell-protocol.md, "8.1 Call control"). From a talk it starts a consultation."""
        if not number:
            raise SwitchError("no number")
        active = party.active
        if active is not None and (party.held is not None or not _is_talk(active)):
            raise SwitchError("the line is busy")
        called = self._called(number, party)
        if called is party:
            raise SwitchError("that is the caller's own number")
        self.exchange.need_phone(party)
        if active is not None:
            self._put_aside(party, active)
        own_last = sequence == "abonent"
        self.calls.begin_autocall(party, called, own_last=own_last, intercom=intercom)

    def dial(self, party: Party, number: str) -> None:
        """The same by hand, on the desk phone."""
        called = self._called(number, party)
        if party.active is not None or called is party:
            raise SwitchError(f"{party.number} cannot dial now")
        self.exchange.need_phone(party)
        self.calls.begin(party, called)
        self.exchange.tell_line(party)

    def pick_up(self, party: Party) -> None:
        """The ringing phone of `party` is taken off the hook, by hand or from afar."""
        if isinstance(party.active, Call):
            self.calls.pick_up(party.active, party)
        elif isinstance(party.active, Invitation):
            self.conferences.accept(party.active)
        else:
            raise SwitchError(f"the phone of {party.number} does not ring")

    def decline(self, party: Party) -> None:
        """`pbxdeclinecall`: sends a ringing call away."""
        if isinstance(party.active, Call) and party.active.rings(party):
            self.calls.end(party.active, party)
        elif isinstance(party.active, Invitation):
            self.conferences.refuse(party.active, "MisInviteRefuse")
        else:
            raise SwitchError(f"the phone of {party.number} does not ring")

    def abort_autocall(self, party: Party) -> None:
        """`pbxautocallabort`."""
        if not isinstance(party.active, Call) or not party.active.autocall or party.active.phase is Phase.TALK:
            raise SwitchError("no autocall")
        self.calls.end(party.active, party)

    def hang_up(self, party: Party) -> None:
        """`pbxabortcall`, and what happens when a handset is put down.

        With a talk and a held party these two are connected (oktell-protocol.md, "13.5 Consultation call and
        transfer"); a call that is not a talk yet is given up and the held party stays held.
        """
        active, held = party.active, party.held
        if active is None and held is None:
            raise SwitchError(f"{party.number} is in no call")
        if active is not None and held is not None and _is_talk(active):
            self._commutate(party, active, held)
        else:
            self._leave(party, active or held)

    def flash(self, party: Party, mode: str) -> None:
        """`pbxmakeflash` (oktell-protocol.md, "7.4 Commands"): `switch`, `abort` or `next`."""
        if mode == "switch":
            self._switch(party)
        elif mode == "abort":
            self._abort(party)
        elif mode == "next":
            self._next(party)
        else:
            raise SwitchError(f"unknown flash mode {mode}")

    def transfer(self, party: Party, number: str) -> None:
        """`pbxmaketransfer`: the party talked to is sent to `number`; a held one is taken back.

        Out of a conference the number gets the party's own place in it.
        """
        call = party.active
        if isinstance(call, Conference):
            self.conferences.hand_over(call, party, self._called(number, party))
            if party.held is not None:
                self._take_back(party, FlashType.RETURN)
                self.exchange.tell_line(party)
            return
        if not isinstance(call, Call) or call.phase is not Phase.TALK:
            raise SwitchError("no talk to transfer")
        other = call.other(party)
        if other.active not in (call, None):
            raise SwitchError("the other party has put the call aside")
        target = self._called(number, party)
        if target in (party, other):
            raise SwitchError("cannot transfer there")
        if isinstance(party.held, Call) and party.held.other(party) is target:
            self._commutate(party, call, party.held)
            return
        phase = self.calls.retire(call)
        if other.held is call:
            other.held = None
        party.active = None
        self.calls.tell_left(call, party, phase)
        if party.held is not None:
            self._take_back(party, FlashType.RETURN)
        self.exchange.tell_line(party)
        self.exchange.settle(party)
        self.calls.tell_disconnected(call, other)
        self.calls.begin(other, target, chain=call.chain)
        self.exchange.tell_line(other)

    def hold(self, party: Party) -> None:
        """The director's `hold`: puts the talk aside unless it is aside already."""
        if party.active is None or party.held is not None:
            raise SwitchError(f"{party.number} is in no talk that can be held")
        self._switch(party)

    def unhold(self, party: Party) -> None:
        if party.active is not None or party.held is None:
            raise SwitchError(f"{party.number} holds nobody")
        self._switch(party)

    # ------------------------------------------------------------ users

    def change_agent(self, agent: Agent, body: dict[str, object]) -> str:
        """`setuserstate`; returns the text of the refusal."""
        refusal = agent.change(body)
        if not refusal:
            self.exchange.tell_agent(agent)
        return refusal

    def unplug(self, agent: Agent, *, unplugged: bool) -> None:
        """The user's phone goes away, which ends his calls, or comes back."""
        party = self.exchange.party_of(agent.user)
        if unplugged:
            while not party.is_free:
                self._leave(party, party.active or party.held)
        agent.no_phone = unplugged
        self.exchange.tell_agent(agent)
        self.exchange.tell_line(party)

    # ------------------------------------------------------------ flash

    def _switch(self, party: Party) -> None:
        active, held, exchange = party.active, party.held, self.exchange
        if active is not None and not _is_talk(active):
            raise SwitchError("the call cannot be held now")
        if active is not None and held is not None:
            party.active, party.held = held, active
            exchange.tell_flash(party, FlashType.BETWEEN)
            self._tell_other(party, active, FlashType.FLASHED)
            self._tell_left(party, active)
            self._tell_joined(party, held)
            self._tell_other(party, held, FlashType.RESTORED)
        elif active is not None:
            self._put_aside(party, active)
            self._tell_left(party, active)
        elif held is not None:
            self._take_back(party, FlashType.RETURN)
        else:
            raise SwitchError("no call to hold")

    def _abort(self, party: Party) -> None:
        active, held = party.active, party.held
        if active is None and held is None:
            raise SwitchError("no call to break off")
        if held is None or active is None:
            if held is None:
                self._leave(party, active)
            else:
                self._take_back(party, FlashType.RETURN)
            return
        party.active, party.held = held, None
        self.exchange.tell_flash(party, FlashType.RETURN)
        self._break_off(party, active)
        self._tell_joined(party, held)
        self._tell_other(party, held, FlashType.RESTORED)

    def _next(self, party: Party) -> None:
        if party.active is None or party.held is None:
            raise SwitchError("no second call")
        active, party.active = party.active, None
        self.exchange.tell_flash(party, FlashType.NEXT)
        self._break_off(party, active)
        self.exchange.tell_line(party)

    def _break_off(self, party: Party, active: Connection) -> None:
        """Ends `active`, from which `party` has been taken already."""
        if isinstance(active, Call):
            phase = active.phase
            self.calls.tell_left(active, party, phase)
            self.calls.end(active, party)
        else:
            self._leave(party, active)

    def _put_aside(self, party: Party, active: Connection) -> None:
        party.active, party.held = None, active
        self.exchange.tell_flash(party, FlashType.PUT)
        self._tell_other(party, active, FlashType.FLASHED)

    def _take_back(self, party: Party, kind: FlashType) -> None:
        held = party.held
        assert held is not None
        party.active, party.held = held, None
        self.exchange.tell_flash(party, kind)
        self._tell_joined(party, held)
        self._tell_other(party, held, FlashType.RESTORED)

    def _tell_other(self, party: Party, connection: Connection, kind: FlashType) -> None:
        if isinstance(connection, Call):
            self.exchange.tell_flash(connection.other(party), kind)

    def _tell_left(self, party: Party, connection: Connection) -> None:
        if isinstance(connection, Call):
            self.calls.tell_disconnected(connection, party)
        elif isinstance(connection, Conference):
            self.conferences.tell_left(connection, party)

    def _tell_joined(self, party: Party, connection: Connection) -> None:
        if isinstance(connection, Call):
            self.calls.tell_connected(connection, party)
        elif isinstance(connection, Conference):
            self.conferences.tell_joined(connection, party)

    # ------------------------------------------------------------ leaving and connecting

    def _leave(self, party: Party, connection: Connection | None) -> None:
        if isinstance(connection, Call):
            self.calls.end(connection, party)
        elif isinstance(connection, Conference):
            self.conferences.leave(connection, party)
        elif isinstance(connection, Invitation):
            self.conferences.refuse(connection, "MisInviteRefuse")
        elif isinstance(connection, GhostSession):
            self.ghosts.detach(connection)

    def _commutate(self, party: Party, active: Connection, held: Connection) -> None:
        """Connects the party talked to with the held one; `party` is free afterwards."""
        exchange = self.exchange
        if isinstance(active, Call) and isinstance(held, Conference):
            self._commutate_with_conference(party, active, held)
            return
        if isinstance(active, Conference) and isinstance(held, Call):
            self.conferences.bring_held(party)
            self.conferences.leave(active, party)
            return
        if not isinstance(active, Call) or not isinstance(held, Call):
            self._leave(party, active)
            return
        if active.other(party).active is not active or held.other(party).active is not held:
            raise SwitchError("one of the parties has put the call aside")
        consultant, first = active.other(party), held.other(party)
        self.calls.retire(active)
        self.calls.retire(held)
        party.active = party.held = None
        exchange.tell_flash(party, FlashType.SWITCH)
        self.calls.tell_disconnected(active, party)
        exchange.tell_line(party)
        exchange.settle(party)
        exchange.tell_flash(first, FlashType.RESTORED)
        self.calls.tell_disconnected(held, first)
        self.calls.tell_disconnected(active, consultant)
        self.calls.connect_parties(held.chain, first, consultant)

    def _commutate_with_conference(self, party: Party, active: Call, conference: Conference) -> None:
        consultant = active.other(party)
        if consultant.active is not active:
            raise SwitchError("the other party has put the call aside")
        self.calls.retire(active)
        party.active = consultant.active = None
        self.exchange.tell_flash(party, FlashType.SWITCH)
        self.calls.tell_disconnected(active, party)
        self.calls.tell_disconnected(active, consultant)
        self.conferences.admit(conference, consultant)
        self.conferences.leave(conference, party)

    def _called(self, number: str, caller: Party) -> Party:
        called = self.exchange.party(number)
        if called.service is not None and called.service.kind == "queue":
            return self._member_of(called.service, caller)
        return called

    def _member_of(self, queue: Service, caller: Party) -> Party:
        """Whose phone rings when somebody calls a queue: the first user who is ready."""
        for user in self.exchange.directory.users:
            party = self.exchange.party_of(user)
            agent = self.exchange.agents[user.id]
            if party is not caller and party.is_free and agent.takes_calls:
                return party
        raise SwitchError(f"nobody is free in {queue.name}")


def _is_talk(connection: Connection) -> bool:
    if isinstance(connection, Call):
        return connection.phase is Phase.TALK
    return isinstance(connection, Conference)
