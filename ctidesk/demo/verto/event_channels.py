"""Subscriptions, and what clients tell each other over them (verto-protocol.md, "2.2 Table of methods")."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ctidesk.demo.verto.session import CALL_FAILED, Answer, Params, RpcError, Session

ALLOWED = ("demo", "conference", "presence")
"""The channels that the recorded switch lets its users have, each with all that stand below it after a dot."""


class EventChannels:
    """`sessions`: those that are logged in."""

    def __init__(self, sessions: Callable[[], Sequence[Session]]) -> None:
        self._sessions = sessions
        self._sent: dict[Session, dict[str, int]] = {}
        """How many events each session has had of each channel of its."""

    def carry_out(self, session: Session, method: str, params: Params) -> Answer:
        """Raises RpcError."""
        if method == "verto.broadcast":
            return self._broadcast(session, params)
        wanted = params.get("eventChannel")
        names = [name for name in (wanted if isinstance(wanted, list) else [wanted]) if isinstance(name, str)]
        return self._subscribe(session, names) if method == "verto.subscribe" else self._unsubscribe(session, names)

    def forget(self, session: Session) -> None:
        """The session has ended, and its subscriptions with it."""
        self._sent.pop(session, None)

    def _subscribe(self, session: Session, names: Sequence[str]) -> Answer:
        sent = self._sent.setdefault(session, {})
        refused = [name for name in names if not _is_allowed(name)]
        allowed = [name for name in names if _is_allowed(name)]
        known = [name for name in allowed if name in sent]
        new = [name for name in allowed if name not in sent]
        sent.update(dict.fromkeys(new, 0))
        about_others = _lists(unauthorizedChannels=refused, alreadySubscribedChannels=known)
        if not allowed:
            raise RpcError(None, None, about_others)
        return {"subscribedChannels": new, **about_others}

    def _unsubscribe(self, session: Session, names: Sequence[str]) -> Answer:
        sent = self._sent.get(session, {})
        ended = [name for name in names if sent.pop(name, None) is not None]
        result = _lists(unsubscribedChannels=ended, notSubscribedChannels=[one for one in names if one not in ended])
        if names and not ended:
            raise RpcError(None, None, result)
        return result

    def _broadcast(self, session: Session, params: Params) -> Answer:
        """It reaches the others of this switch only when it is said to be for them (recorded: v25)."""
        name = params.get("eventChannel")
        if not isinstance(name, str):
            return {"message": "eventChannel not specified.", "code": CALL_FAILED}
        if not _is_allowed(name):
            return {"message": "Permission Denied.", "code": CALL_FAILED}
        assert session.account is not None
        event = {**params, "userid": session.account.login, "sessid": session.sessid}
        for other in self._sessions() if params.get("localBroadcast") is True else ():
            sent = self._sent.get(other, {})
            if name in sent:
                other.event("verto.event", {**event, "eventSerno": sent[name], "subscribedChannel": name})
                sent[name] += 1
        return {}


def _is_allowed(name: str) -> bool:
    return name.partition(".")[0] in ALLOWED


def _lists(**lists: Sequence[str]) -> dict[str, object]:
    """Those that are not empty."""
    return {name: list(names) for name, names in lists.items() if names}
