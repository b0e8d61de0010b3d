"""Whatever comes, in whatever order: no dialog hangs, no device stays open, nobody is called by a ghost."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from ctidesk.verto.effects import CloseMedia, MakeAnswer, MakeOffer, TakeAnswer
from ctidesk.verto.media import MediaProblem
from ctidesk.verto.session import MediaEffect
from ctidesk.verto.states import DialogState, is_legal
from tests.verto.scripted_line import A, B, ScriptedLine
from tests.waiting import settle

SERVER = ("verto.invite", "verto.attach", "verto.media", "verto.answer", "verto.bye", "verto.display")
OPERATOR = ("answer", "hang_up", "hold", "unhold", "mute", "transfer", "tones")

messages = st.tuples(st.sampled_from(SERVER), st.sampled_from([A, B]), st.sampled_from(["", "theirs"]))
commands = st.tuples(st.sampled_from(OPERATOR), st.sampled_from([A, B]), st.just(""))
replies = st.tuples(
    st.sampled_from(["ok", "held", "active", "refuse", "keeps ringing", "gone", "none"]),
    st.integers(0, 9),
    st.just(""),
)
sounds = st.tuples(st.sampled_from(["done", "refused", "connected", "lost"]), st.integers(0, 9), st.just(""))
others = st.tuples(
    st.sampled_from(["call", "lose connection", "connect", "ready", "wait", "punt"]), st.just(0), st.just("")
)
steps = st.lists(st.one_of(messages, commands, replies, sounds, others), max_size=40)


class Chaos:
    """Does one step after the other and looks after each whether all is well."""

    def __init__(self) -> None:
        self.line = ScriptedLine(is_prompt=False)
        self.answered: set[int] = set()
        self.ended_by_server: set[str] = set()

    async def play(self, plan: list[tuple[str, str | int, str]]) -> None:
        await self.line.ready()
        for name, which, more in plan:
            before = len(self.line.sent)
            await self._step(name, which, more)
            self._look(before)
        await self._end()

    async def _step(self, name: str, which: str | int, more: str) -> None:
        line = self.line
        is_open = line.session.requests.is_open
        if name in ("verto.invite", "verto.attach") and which == A and A not in line.states:
            return  # the id of our next call
        if name in SERVER and is_open:
            if name == "verto.bye":
                self.ended_by_server.add(str(which))
            elif name in ("verto.invite", "verto.attach") and which not in line.session.dialogs:
                self.ended_by_server.discard(str(which))
            line.tell(name, callID=which, sdp=more, cause="NORMAL_CLEARING")
        elif name in OPERATOR:
            self._command(name, str(which))
        elif isinstance(which, int) and name in ("done", "refused", "connected", "lost"):
            self._sound(name, which)
        elif isinstance(which, int) and name in ("ok", "held", "active", "refuse", "keeps ringing", "gone", "none"):
            self._reply(name, which)
        elif name == "call" and line.session.is_ready and len(line.session.dialogs) < 4:
            line.session.call("102")
        elif name == "lose connection":
            line.session.close()
        elif name == "connect" and not is_open:
            task = line.open()
            await settle()
            line.answer("login", {"message": "logged in"})
            await task
        elif name == "ready" and is_open:
            line.tell("verto.clientReady", reattached_sessions=[])
        elif name == "wait":
            line.clock.advance(6)
        elif name == "punt" and is_open:
            line.tell("verto.punt")

    def _command(self, name: str, call_id: str) -> None:
        dialogs = list(self.line.session.dialogs.values())
        dialog = self.line.session.dialogs.get(call_id) or (dialogs[0] if dialogs else None)
        if dialog is None:
            return
        act: dict[str, Callable[[], object]] = {
            "answer": dialog.answer,
            "hang_up": dialog.hang_up,
            "hold": dialog.hold,
            "unhold": dialog.unhold,
            "mute": lambda: dialog.set_muted(not dialog.is_muted),
            "transfer": lambda: dialog.transfer("103"),
            "tones": lambda: dialog.send_tones("1"),
        }
        self.line.session.carry_out(dialog, act[name]())  # type: ignore[arg-type]  # all of them return effects

    def _sound(self, name: str, which: int) -> None:
        begun = [(call_id, effect) for call_id, effect in self.line.wanted if not isinstance(effect, CloseMedia)]
        begun = [entry for entry in begun if isinstance(entry[1], MakeOffer | MakeAnswer | TakeAnswer)]
        if not begun:
            return
        call_id, effect = begun[-1 - which % len(begun)]
        dialog = self.line.session.dialogs.get(call_id)
        if dialog is None:
            return
        media = _media(effect)
        match name:
            case "done":
                self.line.do(dialog, effect)
            case "refused":
                self.line.session.carry_out(dialog, dialog.media_refused(media, MediaProblem.NO_COMMON_CODEC))
            case "connected":
                self.line.session.carry_out(dialog, dialog.media_connected(media))
            case "lost":
                self.line.session.carry_out(dialog, dialog.media_lost(media))

    def _reply(self, name: str, which: int) -> None:
        waiting = [one for one in self.line.requests() if one["id"] not in self.answered and one["method"] != "login"]
        if not waiting or name == "none" or not self.line.session.requests.is_open:
            return
        number = waiting[which % len(waiting)]["id"]
        self.answered.add(number)
        words = {"refuse": "CALL ERROR", "keeps ringing": "CODEC ERROR", "gone": "CALL DOES NOT EXIST"}
        content: dict[str, object]
        if name in words:
            content = {"error": {"code": -32002, "message": words[name], "cause": "NORMAL_CLEARING"}}
        else:
            result = {"holdState": name, "message": "SENT"} | ({"sdp": "theirs"} if which % 2 else {})
            content = {"result": result}
        self.line.session.receive(json.dumps({"jsonrpc": "2.0", "id": number, **content}))

    def _look(self, before: int) -> None:
        line = self.line
        for call_id, dialog in line.session.dialogs.items():
            assert dialog.is_alive
            assert dialog.id == call_id
        for states in line.states.values():
            for old, new in itertools.pairwise(states):
                # A call that was brought back under the id of one that has ended begins anew.
                assert is_legal(old, new) or old is DialogState.DESTROY
        owners = [call_id for call_id, _ in line.open_media]
        assert len(owners) == len(set(owners)), "two negotiations of one call"
        assert set(owners) <= set(line.session.dialogs), "sound of a call that has ended"
        for frame in line.sent[before:]:
            assert "error" not in frame
            called = frame.get("params", {}).get("dialogParams", {}).get("callID")
            if frame.get("method") in ("verto.invite", "verto.answer", "verto.attach", "verto.modify", "verto.info"):
                assert called in line.session.dialogs, "a word about a call that has ended"
            if frame.get("method") == "verto.bye":
                assert called not in self.ended_by_server, "a bye to a bye"

    async def _end(self) -> None:
        """The connection is gone for good: after the limit of the server nothing is left."""
        self.line.session.close()
        self.line.clock.advance(121)
        assert self.line.session.dialogs == {}
        assert self.line.open_media == set()
        assert self.line.clock.timers == []
        await self.line.end()


def _media(effect: MediaEffect) -> int:
    assert isinstance(effect, MakeOffer | MakeAnswer | TakeAnswer)
    return effect.media


@settings(max_examples=300)
@given(steps)
def test_no_order_of_messages_leaves_anything_behind(plan: list[tuple[str, str | int, str]]) -> None:
    asyncio.run(Chaos().play(plan))
