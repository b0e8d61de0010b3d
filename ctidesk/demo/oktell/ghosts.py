"""Supervisors who listen to, help or join a colleague's talk (oktell-protocol.md, "8.2 Ghost")."""

from __future__ import annotations

from ctidesk.demo.oktell.connections import Call, GhostSession, Party, Phase
from ctidesk.demo.oktell.exchange import Exchange, SwitchError

MODES = ("monitor", "help", "conference")
NO_RIGHTS = 52710


class NoGhostRights(SwitchError):
    """The target is not a subordinate of the supervisor: error 52710."""


class Ghosts:
    """The supervisor's line is in a conference of its own; the two who talk notice nothing."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._sessions: list[GhostSession] = []
        exchange.when_call_ends(self._drop_listeners)

    @property
    def sessions(self) -> tuple[GhostSession, ...]:
        """Who takes part in whose talk now."""
        return tuple(self._sessions)

    def attach(self, ghost: Party, target: Party) -> GhostSession:
        """`attachasghost`."""
        is_supervisor = ghost.user is self._exchange.directory.operator
        if target.user is None or not is_supervisor or not target.user.subordinate or ghost is target:
            raise NoGhostRights("no rights to listen to this user")
        self._exchange.need_phone(ghost)
        if not ghost.is_free:
            raise SwitchError("the line is busy")
        call = target.active
        if not isinstance(call, Call) or call.phase is not Phase.TALK:
            raise SwitchError("the user does not talk")
        exchange = self._exchange
        ids = [exchange.new_id() for _ in range(5)]
        session = GhostSession(ids[0], ids[1], ghost, target, call, exchange.scheduler.now(), ids[2], ids[3], ids[4])
        self._sessions.append(session)
        ghost.active = session
        exchange.settle(ghost)
        exchange.tell(ghost, "phoneevent_commstarted", isconference=True, confid=session.id)
        exchange.tell_line(ghost)
        return session

    def change_mode(self, session: GhostSession, mode: str) -> None:
        """`confsetghostmode`, and `confsetvoiceparams` with its `ghosthelp`."""
        if mode not in MODES:
            raise SwitchError(f"unknown ghost mode {mode}")
        session.mode = mode

    def detach(self, session: GhostSession) -> None:
        exchange, ghost = self._exchange, session.ghost
        if session not in self._sessions:
            return
        self._sessions.remove(session)
        if ghost.active is session:
            ghost.active = None
        fields: dict[str, object] = {"isconference": True, "confid": session.id}
        exchange.tell(ghost, "phoneevent_commstopped", chainid=session.chain, **fields)
        exchange.tell_line(ghost)
        exchange.settle(ghost)

    def _drop_listeners(self, call: Call) -> None:
        for session in list(self._sessions):
            if session.call is call:
                self.detach(session)
