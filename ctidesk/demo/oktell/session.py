"""One client's connection, without its socket: login, subscriptions, requests and their replies."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from ctidesk.demo.oktell.answers import ANSWERS
from ctidesk.demo.oktell.answers_conference import NoConference
from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.directory import User
from ctidesk.demo.oktell.exchange import SwitchError
from ctidesk.demo.oktell.frames import Frame, decode, encode, encode_reply
from ctidesk.demo.oktell.ghosts import NO_RIGHTS, NoGhostRights
from ctidesk.demo.sockets import Wire

EVENT_GROUPS: Mapping[str, tuple[str, ...]] = {
    "dynamic": ("executemethod", "cancelmethod"),
    "dynamicwaitabort": ("executemethodwaitaborted",),
    "chat": (
        "chatmessageviewed",
        "chatmessage",
        "chatmemberremoved",
        "chatmemberadded",
        "chatnamechanged",
        "chatcreated",
    ),
    "dlgcard": (
        "dlgcard_showreserve",
        "dlgcard_showconfirm",
        "dlgcard_showformstop",
        "dlgcard_showformdialog",
        "dlgcard_closeall",
        "dlgcard_closereserve",
        "dlgcard_closeformreturnvalues",
        "dlgcard_closeformreturncomment",
    ),
}


class Session:
    """`redirect`: every ping is answered by `websocketredirect` (oktell-protocol.md, "1.3 `websocketredirect`")."""

    def __init__(self, desk: Desk, wire: Wire, *, redirect: bool = False) -> None:
        self.user: User | None = None
        self.last_reply: str | None = None
        self.last_event: str | None = None
        self._desk = desk
        self._wire = wire
        self._redirect = redirect
        self._session_id = ""
        self._subscribed: set[str] = set()
        desk.add(self)

    def closed(self) -> None:
        self._desk.remove(self)

    def receive(self, text: str | bytes) -> None:
        """Handles one frame of the client. What it sets off is sent after its reply."""
        decoded = decode(text)
        if decoded is None:
            return
        method, body = decoded
        with self._desk.events_after_reply():
            reply = self._reply(method, body)
            if "qid" in body:
                reply = {"qid": body["qid"], **reply}
            self.send_reply([_reply_name(method, redirect=self._redirect), reply])
        if method == "logout":
            self._wire.close()

    def send_reply(self, frame: Frame) -> None:
        texts = encode_reply(frame)
        self.last_reply = texts[-1]
        for text in texts:
            self._wire.send(text)

    def send_event(self, method: str, body: dict[str, object]) -> None:
        """Events are not cut into parts: older clients could not put them together."""
        if method in self._subscribed:
            self.last_event = encode([method, body])
            self._wire.send(self.last_event)

    def send_raw(self, text: str) -> None:
        self._wire.send(text)

    def _reply(self, method: str, body: dict[str, object]) -> dict[str, object]:
        if method == "ping":
            return {}
        if method == "login":
            return self._login(body)
        user = self.user
        if user is None:
            return {"result": 0, "errormsg": "Bad request. Session does not exist"}
        if body.get("userlogin", user.login) != user.login and method not in _NAMES_ANOTHER_USER:
            return {"result": 0, "errormsg": "Bad request. Invalid session user"}
        if method == "logout":
            self._desk.credentials.forget_session(self._session_id)
            return {"result": 1}
        if method == "subscribeevent":
            return self._subscribe(body)
        return self._answer(method, user, body)

    def _answer(self, method: str, user: User, body: dict[str, object]) -> dict[str, object]:
        answer = ANSWERS.get(method)
        if answer is None:
            return {"result": 0, "error": 1, "errormsg": f"Unknown method {method[:60]}"}
        try:
            return {"result": 1, **answer(self._desk, user, body)}
        except NoGhostRights as refusal:
            return {"result": 0, "error": NO_RIGHTS, "errormsg": str(refusal)}
        except NoConference as refusal:
            return {"result": 0, "error": 52000, "errormsg": str(refusal)}
        except SwitchError as refusal:
            return {"result": 0, "error": 2, "errormsg": str(refusal)}

    def _login(self, body: dict[str, object]) -> dict[str, object]:
        self.user, reply = self._desk.credentials.login(body)
        self._session_id = str(reply.get("sessionid", ""))
        return reply

    def _subscribe(self, body: dict[str, object]) -> dict[str, object]:
        names = body.get("eventmethod")
        if not isinstance(names, list):
            return {"result": 0, "errormsg": "No event names"}
        wanted = [name for name in names if isinstance(name, str)]
        self._subscribed.update(wanted)
        self._subscribed.update(itertools.chain.from_iterable(EVENT_GROUPS.get(name, ()) for name in wanted))
        return {"result": 1}


_NAMES_ANOTHER_USER = ("sendusertextmessage",)


def _reply_name(method: str, *, redirect: bool) -> str:
    if method == "ping":
        return "websocketredirect" if redirect else "pong"
    return f"{method}result"
