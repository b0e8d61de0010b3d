"""Plays what a client and a real switch have said to each other to our session, frame by frame.

What the recorded client sent is done by ours (the operator's part and the sound's), and must put a request with the
same method on the wire; what the switch sent is received by it. Ids of ours are put in place of the recorded client's.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ctidesk.verto.dialog import Dialog
from ctidesk.verto.effects import Ask, MakeAnswer, MakeOffer, Subject, TakeAnswer
from ctidesk.verto.errors import VertoError
from ctidesk.verto.session import MediaEffect, Session
from ctidesk.verto.states import DialogState
from ctidesk.verto.wire import Reply
from tests.cti.fake_clock import FakeClock

FOLDER = Path(__file__).resolve().parents[3] / "shared/recordings/freeswitch/verto"

Frame = dict[str, Any]


class Replay:
    """One transcript.

    Attributes:
        states: for each call the states that it went through, and why it has ended.
        errors: what logins and raw requests were refused with, the server's words.
        sent: our frames, all connections together.
    """

    def __init__(self, name: str) -> None:
        self.states: dict[str, list[str]] = {}
        self.causes: dict[str, str] = {}
        self.errors: list[str] = []
        self.sent: list[Frame] = []
        self.was_punted = False
        self.clock = FakeClock()
        self.dialogs: dict[str, Dialog] = {}
        self._lines = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]
        self.session = Session(self.clock, self._sessid(), self._media, new_id=lambda: self._call_id)
        self._call_id = ""
        self._ids: dict[Any, Any] = {}
        self._asked = 0
        self._looked_at = 0
        self._wanted: dict[str, list[MediaEffect]] = {}
        self._logins: list[asyncio.Task[None]] = []
        self.session.changed.subscribe(self._changed)
        self.session.punted.subscribe(self._note_punted)

    async def play(self, *, watch: Callable[[Replay], None] = lambda _replay: None) -> Replay:
        """Play it; `watch` is called after each frame."""
        time = 0.0
        for line in self._lines:
            self.clock.advance(max(line["t"] - time, 0.0))
            time = max(time, line["t"])
            if "note" in line:
                self._note(line["note"])
            elif line["dir"] == "c2s":
                await self._client(line["frame"])
            else:
                self._server(line["frame"])
            for _ in range(4):
                await asyncio.sleep(0)
            self._answer_hold_questions()
            watch(self)
        self.session.close()
        await asyncio.gather(*self._logins)
        return self

    # ---- both sides

    def _note(self, note: str) -> None:
        if "drops the TCP" in note or ("closed" in note and "websocket" in note):
            self.session.close()

    async def _client(self, frame: Frame) -> None:
        if "method" not in frame:
            if "id" in frame and "result" in frame:
                answers = [one["id"] for one in self.sent if "result" in one]
                assert frame["id"] in answers, "a request of the server was not answered"
            return
        if not self.session.requests.is_open:
            self.session.open(lambda text: self.sent.append(json.loads(text)))
        self._do(frame["method"], frame.get("params", {}))
        for _ in range(4):
            await asyncio.sleep(0)
        asked = [one for one in self.sent if "method" in one and not _is_hold_question(one)]
        assert len(asked) == self._asked + 1, f"{frame['method']}: {asked[self._asked :]}"
        self._asked += 1
        assert asked[-1]["method"] == frame["method"]
        self._ids[frame.get("id")] = asked[-1]["id"]

    def _server(self, frame: Frame) -> None:
        if "method" not in frame and frame.get("id") is not None:
            frame = frame | {"id": self._ids.pop(frame["id"])}
        self.session.receive(json.dumps(frame))

    def _answer_hold_questions(self) -> None:
        """The recorded client has not asked after a return whether the call is held, as ours does; none was."""
        for question in filter(_is_hold_question, self.sent[self._looked_at :]):
            content = {"action": "holdState", "holdState": "active"}
            self.session.receive(json.dumps({"jsonrpc": "2.0", "id": question["id"], "result": content}))
        self._looked_at = len(self.sent)

    def _sessid(self) -> str:
        logins = (line["frame"] for line in self._lines if line.get("dir") == "c2s")
        return next(str(one["params"]["sessid"]) for one in logins if one.get("method") == "login")

    # ---- what the recorded client did

    def _do(self, method: str, params: Frame) -> None:
        own = params.get("dialogParams", {})
        dialog = self.session.dialogs.get(own.get("callID", ""))
        match method:
            case "login" if "passwd" in params:
                self._logins.append(asyncio.ensure_future(self._log_in(params)))
            case "verto.invite" if self.session.is_ready and "callID" in own and params.get("sdp"):
                self._call_id = own["callID"]
                dialog = self.session.call(own["destination_number"])
                effect = self._take(dialog, MakeOffer)
                self.session.carry_out(dialog, dialog.offer_made(effect.media, params["sdp"]))
            case "verto.answer" | "verto.attach" if dialog is not None:
                if method == "verto.answer":
                    self.session.carry_out(dialog, dialog.answer())
                effect = self._take(dialog, MakeAnswer)
                self.session.carry_out(dialog, dialog.answer_made(effect.media, params["sdp"]))
            case "verto.bye" if dialog is not None:
                self.session.carry_out(dialog, dialog.hang_up(params.get("cause", "")))
            case "verto.info" if dialog is not None and "dtmf" in params:
                self.session.carry_out(dialog, dialog.send_tones(params["dtmf"]))
            case "verto.modify" if dialog is not None:
                self._modify(dialog, params)
            case _:
                self.session.requests.ask(method, params, self._note_reply)

    def _modify(self, dialog: Dialog, params: Frame) -> None:
        match params["action"]:
            case "hold":
                effects = dialog.hold()
            case "unhold":
                effects = dialog.unhold()
            case "transfer" if "destination" in params:
                effects = dialog.transfer(params["destination"])
            case "replace":
                effects = dialog.replace(params["replaceCallID"])
            case "updateMedia":
                self.session.carry_out(dialog, dialog.media_lost(dialog.media))
                effects = dialog.offer_made(self._take(dialog, MakeOffer).media, params["sdp"])
            case _:
                effects = [Ask(Subject.HOLD_STATE, params)]
        self.session.carry_out(dialog, effects, self._note_reply)

    async def _log_in(self, params: Frame) -> None:
        try:
            await self.session.log_in(params["login"], params["passwd"], "")
        except VertoError as error:
            self.errors.append(error.raw)

    def _note_reply(self, reply: Reply | None) -> None:
        if reply is not None and not reply.ok:
            self.errors.append(reply.message)

    # ---- our sound and our state

    def _media(self, dialog: Dialog, effect: MediaEffect) -> None:
        self._wanted.setdefault(dialog.id, []).append(effect)
        if isinstance(effect, TakeAnswer):
            self.session.carry_out(dialog, dialog.answer_taken(effect.media))
            self.session.carry_out(dialog, dialog.media_connected(effect.media))

    def _take(self, dialog: Dialog, kind: type[Any]) -> Any:
        wanted = [effect for effect in self._wanted[dialog.id] if isinstance(effect, kind)]
        assert wanted, f"the sound was not asked for: {kind.__name__}"
        return wanted[-1]

    def _changed(self, dialog: Dialog, old: DialogState, new: DialogState) -> None:
        self.dialogs[dialog.id] = dialog
        states = self.states.setdefault(dialog.id, [old.name.lower()])
        assert states[-1] == old.name.lower()
        states.append(new.name.lower())
        if new is DialogState.DESTROY:
            self.causes[dialog.id] = dialog.cause

    def _note_punted(self) -> None:
        self.was_punted = True


def _is_hold_question(frame: Frame) -> bool:
    return bool(frame.get("params", {}).get("action") == "holdState")
