"""A session whose server and whose sound are the test: no sockets, and time only passes when the test says so."""

from __future__ import annotations

import asyncio
import json
from itertools import count
from typing import Any

from ctidesk.verto.dialog import Dialog, Party
from ctidesk.verto.effects import CloseMedia, MakeAnswer, MakeOffer, TakeAnswer
from ctidesk.verto.errors import VertoError
from ctidesk.verto.session import MediaEffect, Session
from ctidesk.verto.states import DialogState
from tests.cti.fake_clock import FakeClock
from tests.waiting import settle

Frame = dict[str, Any]

SESSID = "6f1c2d3e-0a4b-4c5d-8e6f-7a8b9c0d1e2f"
A = "0b7e2c54-91f3-4d0a-b6d2-3c1f5a7e9b10"
B = "d1a40f6e-2b8c-4e57-9a33-6f0c1e2d3b45"
LOGIN = "101@pbx.example"
PASSWORD = "s3cret-of-ann"


class ScriptedLine:
    """What a test knows of a session, and says to it.

    Attributes:
        sent: our frames of all connections; texts: the same as they went out.
        wanted: what the sound was asked for, as (call id, effect).
        open_media: the negotiations that have begun and were not closed, as (call id, number).
        states: for each call its states.
        is_prompt: whether the sound does at once what it is asked for.
    """

    def __init__(self, *, is_prompt: bool = True) -> None:
        self.clock = FakeClock()
        self.sent: list[Frame] = []
        self.texts: list[str] = []
        self.wanted: list[tuple[str, MediaEffect]] = []
        self.open_media: set[tuple[str, int]] = set()
        self.states: dict[str, list[DialogState]] = {}
        self.told: list[str] = []
        self.messages: list[str] = []
        self.is_prompt = is_prompt
        self._ids = iter([A, *(f"00000000-0000-4000-8000-{number:012}" for number in range(100))])
        self._server_ids = count(1)
        self._tasks: list[asyncio.Task[None]] = []
        self.session = Session(self.clock, SESSID, self._media, new_id=lambda: next(self._ids))
        self.session.own = Party("Ann", "101")
        self.session.changed.subscribe(self._changed)
        self.session.ready.subscribe(lambda: self.told.append("ready"))
        self.session.punted.subscribe(lambda: self.told.append("punted"))
        self.session.dead.subscribe(lambda: self.told.append("dead"))
        self.session.reconnect_wanted.subscribe(lambda: self.told.append("reconnect"))
        self.session.message.subscribe(self.messages.append)

    # ---- the connection

    async def ready(self, *attached: str) -> None:
        """Connect, log in and be ready; the server brings these calls back."""
        task = self.open()
        await settle()
        self.answer("login", {"message": "logged in", "sessid": SESSID})
        await task
        for call_id in attached:
            self.attach(call_id)
        self.tell("verto.clientReady", reattached_sessions=[*attached])

    def open(self) -> asyncio.Task[None]:
        """Connect, and begin to log in."""
        self.session.open(self._send)
        task = asyncio.ensure_future(self.session.log_in(LOGIN, PASSWORD, "Phone/1.0"))
        self._tasks.append(task)
        return task

    def _send(self, text: str) -> None:
        self.texts.append(text)
        self.sent.append(json.loads(text))

    async def end(self) -> None:
        """Leave no task behind."""
        self.session.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ---- the server

    def tell(self, method: str, **params: object) -> None:
        """Let the server send a request; its ids begin at 1, as ours."""
        frame = {"jsonrpc": "2.0", "id": next(self._server_ids), "method": method, "params": params}
        self.session.receive(json.dumps(frame))

    def invite(self, call_id: str = B, **more: object) -> Dialog:
        """Let somebody call."""
        self.tell(
            "verto.invite",
            callID=call_id,
            sdp="offer",
            caller_id_name="Bob",
            caller_id_number="102",
            callee_id_name="Outbound Call",
            callee_id_number="101",
            display_direction="outbound",
            **more,
        )
        return self.session.dialogs[call_id]

    def attach(self, call_id: str = B, **more: object) -> None:
        """Let the server bring a call back."""
        party = {"caller_id_name": "Bob", "caller_id_number": "102", "callee_id_name": "Ann", "callee_id_number": "101"}
        self.tell(
            "verto.attach", **{"callID": call_id, "sdp": "attach", "display_direction": "outbound", **party, **more}
        )

    def bye(self, call_id: str = B, cause: str = "NORMAL_CLEARING", code: int = 16) -> None:
        """Let the server end a call."""
        self.tell("verto.bye", callID=call_id, cause=cause, causeCode=code)

    def answer(self, method: str, result: Frame | None = None) -> None:
        """Answer our newest request of this name, or verto.modify with this action, with a result."""
        self.session.receive(json.dumps({"jsonrpc": "2.0", "id": self.request(method)["id"], "result": result or {}}))

    def refuse(self, method: str, code: int, message: str, **more: object) -> None:
        """Answer it with an error."""
        error = {"code": code, "message": message, **more}
        self.session.receive(json.dumps({"jsonrpc": "2.0", "id": self.request(method)["id"], "error": error}))

    # ---- what we have sent

    def requests(self, method: str = "") -> list[Frame]:
        """Return our requests, all or those of this name."""
        asked = [frame for frame in self.sent if "method" in frame]
        return [frame for frame in asked if method in ("", frame["method"], frame["params"].get("action"))]

    def request(self, method: str) -> Frame:
        """Return our newest request of this name."""
        return self.requests(method)[-1]

    # ---- calls

    async def talk_out(self, number: str = "102") -> Dialog:
        """Call somebody who answers."""
        dialog = self.session.call(number)
        self.answer("verto.invite", {"message": "CALL CREATED", "callID": dialog.id})
        self.tell("verto.answer", callID=dialog.id, sdp="answer")
        assert dialog.state is DialogState.ACTIVE
        return dialog

    async def talk_in(self, call_id: str = B) -> Dialog:
        """Answer somebody who calls."""
        dialog = self.invite(call_id)
        self.session.carry_out(dialog, dialog.answer())
        self.answer("verto.answer")
        assert dialog.state is DialogState.ACTIVE
        return dialog

    def hang_up(self, dialog: Dialog) -> None:
        """Let the operator end a call."""
        self.session.carry_out(dialog, dialog.hang_up())

    async def failed(self, task: asyncio.Task[Any]) -> VertoError:
        """Return what a command has failed with."""
        try:
            await task
        except VertoError as error:
            return error
        raise AssertionError("it has not failed")

    # ---- the sound

    def _media(self, dialog: Dialog, effect: MediaEffect) -> None:
        self.wanted.append((dialog.id, effect))
        match effect:
            case MakeOffer(media) | MakeAnswer(media):
                self.open_media.add((dialog.id, media))
            case CloseMedia(media):
                self.open_media.discard((dialog.id, media))
        if self.is_prompt:
            self.do(dialog, effect)

    def do(self, dialog: Dialog, effect: MediaEffect) -> None:
        """Let the sound do what it was asked for."""
        match effect:
            case MakeOffer(media):
                self.session.carry_out(dialog, dialog.offer_made(media, "our offer"))
            case MakeAnswer(media):
                self.session.carry_out(dialog, dialog.answer_made(media, "our answer"))
                self.session.carry_out(dialog, dialog.media_connected(media))
            case TakeAnswer(media):
                self.session.carry_out(dialog, dialog.answer_taken(media))
                self.session.carry_out(dialog, dialog.media_connected(media))

    def _changed(self, dialog: Dialog, old: DialogState, new: DialogState) -> None:
        states = self.states.setdefault(dialog.id, [old])
        if states[-1] is DialogState.DESTROY:
            states.append(old)  # brought back under the id of a call that has ended
        states.append(new)


def state_of(dialog: Dialog) -> DialogState:
    """Return the state of now; the type checker takes an attribute for what it was when it last looked."""
    return dialog.state
