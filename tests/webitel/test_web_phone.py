"""The web phone beside the line: whose calls are answered, and what follows whom (verto-protocol.md, section 7)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from websockets.asyncio.server import serve

from ctidesk.cti.clock import SystemClock
from ctidesk.cti.errors import CtiException, ErrorKind
from ctidesk.cti.events import CtiEvent, ErrorOccurred, WebRtcDestroyed, WebRtcStarted
from ctidesk.cti.web_phone import WebPhonePhase
from ctidesk.net.options import ConnectionOptions
from ctidesk.verto.media import MediaFailed, MediaProblem
from ctidesk.verto.states import DialogState
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.session import Session
from ctidesk.webitel.web_phone import AutoAnswer, WebitelWebPhone, WebPhoneOptions
from tests.verto.scripted_line import SESSID
from tests.verto.scripted_server import Server, refusal
from tests.verto.scripted_sound import ScriptedEngine
from tests.waiting import settle, until_told
from tests.webitel.scripted_pbx import ACCOUNT, INCOMING, SECRET

CALLS = ["onNewCall", "onAcceptCall", "onBridgeCall", "onHoldCall", "onUnholdCall", "onHangupCall"]
CHANNEL = INCOMING["Unique-ID"]
CALL = INCOMING["variable_w_account_origination_uuid"]


class Desk:
    """A line without a socket, a web phone with one."""

    def __init__(self, server: Server, engine: ScriptedEngine, **options: Any) -> None:
        self.server = server
        self.engine = engine
        self.sent: list[dict[str, Any]] = []
        self.events: list[CtiEvent] = []
        self.public: list[PublicEvent] = []
        self.session = Session(SystemClock())
        self.session.channels.log_in(ACCOUNT)
        self.session.open(lambda text: self.sent.append(json.loads(text)))
        self.session.events.subscribe(self.public.append)
        chosen = WebPhoneOptions(media=lambda _addresses: engine.make, sessid=SESSID, **options)
        self.phone = WebitelWebPhone(self.session, chosen, ConnectionOptions())
        self.phone.events.subscribe(self.events.append)

    async def connect(self, **more: Any) -> None:
        given: dict[str, Any] = {"password": SECRET, "url": self.server.url, "is_protected": False} | more
        await self.phone.log_in(ACCOUNT, **given)

    async def ready(self) -> None:
        await self.connect()
        await self.until(lambda: self.phone.is_registered)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until `is_so`, looked at after whatever the web phone tells."""
        await until_told(is_so, self.phone.changed, self.phone.calls_changed)

    def channel(self, name: str = "CHANNEL_CREATE", **more: str) -> None:
        """Let Webitel tell of the channel."""
        self.session.receive(json.dumps(INCOMING | {"Event-Name": name} | more))

    async def invite(self) -> None:
        await self.server.invite(CHANNEL)
        await self.until(lambda: self.state is not None)

    @property
    def state(self) -> DialogState | None:
        client = self.phone._client
        dialog = None if client is None else client.dialogs.get(CHANNEL)
        return None if dialog is None else dialog.state

    def names(self) -> list[str]:
        return [event.name for event in self.public if "WebRTC" in event.name]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    one = Server()
    async with serve(one.serve, "127.0.0.1", 0, ping_interval=None) as listening:
        one.url = f"ws://127.0.0.1:{next(iter(listening.sockets)).getsockname()[1]}"
        yield one


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


MakeDesk = Callable[..., Desk]


@pytest.fixture
async def make(server: Server, engine: ScriptedEngine) -> AsyncIterator[MakeDesk]:
    desks: list[Desk] = []

    def make_desk(**options: Any) -> Desk:
        desks.append(Desk(server, engine, **options))
        return desks[-1]

    yield make_desk
    for desk in desks:
        await desk.phone.close()
    assert engine.open_sessions == []


# ---- the answer rule, in both orders

RULE = [
    (AutoAnswer.OFF, {}, False),
    (AutoAnswer.OFF, {"variable_w_jsclient_auto_answer": "true"}, False),
    (AutoAnswer.OFF, {"variable_w_jsclient_originate_number": "102"}, True),
    (AutoAnswer.ALWAYS, {}, True),
    (AutoAnswer.WHEN_ASKED, {}, False),
    (AutoAnswer.WHEN_ASKED, {"variable_w_jsclient_auto_answer": "true"}, True),
    (AutoAnswer.WHEN_ASKED, {"variable_w_jsclient_auto_answer": "false"}, False),
]


@pytest.mark.parametrize(("setting", "fields", "by_itself"), RULE)
@pytest.mark.parametrize("event_first", [True, False])
async def test_who_is_answered(
    make: MakeDesk, server: Server, setting: AutoAnswer, fields: dict[str, str], by_itself: bool, event_first: bool
) -> None:
    desk = make(auto_answer=setting)
    await desk.ready()
    if event_first:
        desk.channel(**fields)
        await desk.invite()
    else:
        await desk.invite()
        assert desk.state is DialogState.RINGING
        desk.channel(**fields)
    if by_itself:
        await desk.until(lambda: desk.state is DialogState.ACTIVE)
        own = next(frame for frame in server.asked if frame["method"] == "verto.answer")["params"]["dialogParams"]
        assert own["callee_id_number"] == "100"
        assert "onWebRTCDoAnswer" not in desk.names()
    else:
        assert desk.state is DialogState.RINGING
        assert desk.names().count("onWebRTCDoAnswer") == 1
    assert server.count("verto.answer") == by_itself


async def test_a_second_call_is_not_answered_by_itself(make: MakeDesk, server: Server) -> None:
    desk = make(auto_answer=AutoAnswer.ALWAYS)
    await desk.ready()
    await desk.phone.call("102")
    desk.channel()
    await desk.invite()
    assert desk.state is DialogState.RINGING
    assert server.count("verto.answer") == 0


async def test_an_invitation_without_an_event_rings(make: MakeDesk) -> None:
    desk = make(auto_answer=AutoAnswer.ALWAYS)
    await desk.ready()
    await desk.invite()
    assert desk.state is DialogState.RINGING


async def test_the_operator_answers_before_the_invitation_has_come(make: MakeDesk) -> None:
    desk = make()
    await desk.ready()
    desk.channel()
    answering = asyncio.create_task(desk.phone.answer(CALL))
    await desk.invite()
    assert await answering
    assert desk.state is DialogState.ACTIVE


async def test_a_call_for_a_desk_phone_is_not_answered_here(make: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctidesk.webitel.web_phone.PATIENCE", 0.0)
    desk = make()
    await desk.ready()
    desk.channel()
    assert not await desk.phone.answer(CALL)
    assert not await desk.phone.answer("no such call")


# ---- what follows whom


async def talking(make: MakeDesk) -> Desk:
    desk = make()
    await desk.ready()
    desk.channel()
    await desk.invite()
    assert await desk.phone.answer(CALL)
    return desk


async def test_a_call_has_its_dialog_and_its_sound(make: MakeDesk, engine: ScriptedEngine) -> None:
    desk = await talking(make)
    dialog = desk.phone.dialog(CALL)
    assert dialog is desk.phone.first_dialog(CALL)
    assert dialog is not None
    assert desk.phone.toggle_mute(dialog)
    assert engine.sessions[0].is_muted
    assert not desk.phone.toggle_mute(dialog)
    started = [event for event in desk.events if isinstance(event, WebRtcStarted)]
    assert [event.session_id for event in started] == [CHANNEL]


async def test_the_sound_follows_a_hold_that_webitel_has_done(make: MakeDesk, engine: ScriptedEngine) -> None:
    desk = await talking(make)
    seen = []
    for name in ("CHANNEL_HOLD", "CHANNEL_UNHOLD"):
        desk.channel(name)
        seen.append((desk.state, engine.sessions[0].is_held))
    assert seen == [(DialogState.HELD, True), (DialogState.ACTIVE, False)]


async def test_the_dialog_ends_with_its_channel(make: MakeDesk, server: Server) -> None:
    desk = await talking(make)
    desk.channel("CHANNEL_HANGUP_COMPLETE", variable_hangup_cause="NORMAL_CLEARING")
    assert desk.state is None
    assert [event for event in desk.events if isinstance(event, WebRtcDestroyed)] == [WebRtcDestroyed(CHANNEL)]
    await desk.phone.log_out()
    assert server.count("verto.bye") == 1


async def test_a_call_that_is_taken_up_again_and_is_new_to_the_line_is_asked_for(
    make: MakeDesk, server: Server
) -> None:
    server.attached = [CHANNEL]
    desk = make()
    await desk.connect()
    await desk.until(lambda: desk.state is DialogState.ACTIVE)
    await settle()
    (asked,) = desk.sent
    assert (asked["exec-func"], asked["exec-args"]) == ("channel_dump", {"uuid": CHANNEL})
    reply = {"exec-uuid": asked["exec-uuid"], "exec-complete": "+ERR", "exec-response": "-ERR no such channel"}
    desk.session.receive(json.dumps(reply))
    await desk.until(lambda: bool(desk.session.channels.calls))
    (call,) = desk.session.channels.calls.values()
    assert call.actual.id == CHANNEL
    assert [event.name for event in desk.public if event.name.endswith("Call")][-3:] == [
        "onNewCall",
        "onAcceptCall",
        "onBridgeCall",
    ]


async def test_a_call_that_could_not_even_be_begun_has_had_no_dialog(make: MakeDesk, engine: ScriptedEngine) -> None:
    desk = make()
    await desk.ready()
    engine.refuses = MediaProblem.NO_ADDRESS
    with pytest.raises(CtiException):
        await desk.phone.call("102")
    assert [event for event in desk.events if isinstance(event, WebRtcStarted | WebRtcDestroyed)] == []
    assert desk.names() == ["onRegisterWebRTC"]


async def test_a_sound_that_is_not_found_is_said(make: MakeDesk, server: Server, engine: ScriptedEngine) -> None:
    desk = make()
    await desk.ready()
    await desk.phone.call("102")
    (started,) = [event for event in desk.events if isinstance(event, WebRtcStarted)]
    await server.tell("verto.media", callID=started.session_id, sdp="theirs")
    await desk.until(lambda: engine.sessions[0].answers == ["theirs"])
    engine.sessions[0].tell(MediaFailed(MediaProblem.NOT_CONNECTED))
    (error,) = [event.error for event in desk.events if isinstance(event, ErrorOccurred)]
    assert (error.kind, error.source) == (ErrorKind.COMMAND, "verto.sound")
    assert "sound" in error.text


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ((), ""),
        (("microphone",), "not heard"),
        (("speaker",), "you hear nobody"),
        (("microphone", "speaker"), "headset"),
    ],
)
async def test_a_talk_without_a_device_connects_and_says_so(
    make: MakeDesk, engine: ScriptedEngine, missing: tuple[str, ...], words: str
) -> None:
    engine.missing = missing
    desk = await talking(make)
    assert desk.state is DialogState.ACTIVE
    told = [event.error.text for event in desk.events if isinstance(event, ErrorOccurred)]
    assert len(told) == bool(missing)
    assert all(words in text for text in told)


async def test_a_device_that_vanishes_in_a_talk_is_told_once(make: MakeDesk, engine: ScriptedEngine) -> None:
    desk = await talking(make)

    def told() -> list[str]:
        return [event.error.text for event in desk.events if isinstance(event, ErrorOccurred)]

    for missing in ((), ("microphone",), (), ("microphone",)):
        engine.missing = missing
        engine.devices_changed.emit()
    assert len(told()) == 1
    assert "not heard" in told()[0]
    engine.missing = ("microphone", "speaker")
    engine.devices_changed.emit()
    assert len(told()) == 2
    assert desk.state is DialogState.ACTIVE


async def test_devices_between_calls_are_nobody_s_business(make: MakeDesk, engine: ScriptedEngine) -> None:
    desk = make()
    await desk.ready()
    engine.missing = ("microphone",)
    engine.devices_changed.emit()
    assert not [event for event in desk.events if isinstance(event, ErrorOccurred)]


async def test_a_call_of_which_the_line_says_nothing_is_shown_all_the_same(
    make: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctidesk.webitel.unannounced.PATIENCE", 0.0)
    desk = make()
    await desk.ready()
    await desk.invite()
    await desk.until(lambda: CHANNEL in desk.session.channels.calls)
    dialog = desk.phone.dialog(CHANNEL)
    assert dialog is not None
    assert desk.phone.is_unannounced(dialog)
    assert await desk.phone.answer(CHANNEL)
    await desk.phone.set_held(dialog, True)
    await desk.phone.set_held(dialog, False)
    desk.phone.hang_up(dialog, "NORMAL_CLEARING")
    told = [(event.name, event.args[0]) for event in desk.public if event.name in CALLS]
    assert [name for name, _ in told] == CALLS
    record = told[0][1]
    assert isinstance(record, dict)
    assert (record["direction"], record["callerNumber"], record["calleeNumber"]) == ("inbound", "102", "100")
    assert desk.session.channels.calls == {}


async def test_another_party_of_a_call_of_which_the_line_says_nothing_is_shown(
    make: MakeDesk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctidesk.webitel.unannounced.PATIENCE", 0.0)
    desk = make()
    await desk.ready()
    await desk.invite()
    await desk.until(lambda: CHANNEL in desk.session.channels.calls)
    assert await desk.phone.answer(CHANNEL)
    before = len(desk.public)
    await server.tell("verto.display", callID=CHANNEL, display_name="Eve", display_number="103")
    await desk.until(lambda: desk.session.channels.calls[CHANNEL].record()["callerNumber"] == "103")
    assert [event.name for event in desk.public[before:]] == ["onBridgeCall"]
    assert desk.session.channels.calls[CHANNEL].record()["callerName"] == "Eve"


async def test_a_call_that_was_busy_at_once_is_seen(make: MakeDesk, server: Server) -> None:
    desk = make()
    await desk.ready()
    await desk.phone.call("102")
    (started,) = [event for event in desk.events if isinstance(event, WebRtcStarted)]
    await server.tell("verto.bye", callID=started.session_id, cause="USER_BUSY", causeCode=17)
    await desk.until(lambda: any(isinstance(event, WebRtcDestroyed) for event in desk.events))
    told = [(event.name, event.args[0]) for event in desk.public if event.name in CALLS]
    assert [name for name, _ in told] == ["onNewCall", "onHangupCall"]
    record = told[1][1]
    assert isinstance(record, dict)
    assert record["hangup_cause"] == "USER_BUSY"


async def test_a_call_that_the_line_tells_late_is_one_call(make: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctidesk.webitel.unannounced.PATIENCE", 0.0)
    desk = make()
    await desk.ready()
    await desk.invite()
    await desk.until(lambda: CHANNEL in desk.session.channels.calls)
    dialog = desk.phone.dialog(CHANNEL)
    assert dialog is not None
    desk.channel()
    assert not desk.phone.is_unannounced(dialog)
    assert len(desk.session.channels.calls) == 1


# ---- its connection


async def test_what_is_told_of_the_registration(make: MakeDesk) -> None:
    desk = make()
    assert desk.phone.status.phase is WebPhonePhase.OFF
    await desk.ready()
    assert desk.phone.is_usable
    await desk.phone.log_out()
    assert desk.names() == ["onRegisterWebRTC", "onUnRegisterWebRTC"]
    assert not desk.phone.is_usable


def errors(desk: Desk) -> Iterator[ErrorKind]:
    return (event.error.kind for event in desk.events if isinstance(event, ErrorOccurred))


async def test_without_the_libraries_calls_go_to_the_desk_phone(make: MakeDesk, engine: ScriptedEngine) -> None:
    engine.is_installed = False
    desk = make()
    await desk.connect()
    await desk.until(lambda: desk.phone.status.phase is WebPhonePhase.STOPPED)
    assert list(errors(desk)) == [ErrorKind.LOAD_LIBRARY]
    assert not desk.phone.is_usable
    desk.channel()
    assert not await desk.phone.answer(CALL)
    with pytest.raises(CtiException) as failed:
        await desk.phone.call("102")
    assert failed.value.error.kind is ErrorKind.LOAD_LIBRARY


async def test_a_refused_login_leaves_the_line_alone(make: MakeDesk, server: Server) -> None:
    server.replies["login"] = refusal(-32001, "Authentication Failure")
    desk = make()
    await desk.connect()
    await desk.until(lambda: desk.phone.status.phase is WebPhonePhase.STOPPED)
    assert list(errors(desk)) == [ErrorKind.AUTHENTICATION]
    assert desk.session.is_open


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"url": ""}, ErrorKind.CONNECTION_CONFIG),
        ({"url": "ws://bad host"}, ErrorKind.CONNECTION_CONFIG),
        ({"password": ""}, ErrorKind.AUTHENTICATION),
        ({"url": "ws://pbx.example/verto", "is_protected": True}, ErrorKind.OPEN_CONNECTION),
    ],
)
async def test_what_cannot_even_be_tried_is_said(
    make: MakeDesk, server: Server, given: dict[str, Any], kind: ErrorKind
) -> None:
    desk = make()
    await desk.connect(**given)
    assert desk.phone.status.phase is WebPhonePhase.STOPPED
    assert list(errors(desk)) == [kind]
    assert server.sockets == []


async def test_what_was_opened_elsewhere_is_not_taken_back_by_itself(make: MakeDesk, server: Server) -> None:
    desk = make()
    await desk.ready()
    await server.tell("verto.punt")
    await desk.until(lambda: desk.phone.status.phase is WebPhonePhase.STOPPED)
    await desk.connect()  # the line was lost and is back
    assert desk.phone.status.phase is WebPhonePhase.STOPPED
    desk.phone.connect()  # the operator wants it
    await desk.until(lambda: desk.phone.is_registered)


async def test_messages_that_cannot_be_read_are_counted(make: MakeDesk, server: Server) -> None:
    desk = make()
    assert desk.phone.broken_messages == 0
    await desk.ready()
    await server.sockets[0].send("not json")
    await desk.invite()
    assert desk.phone.broken_messages == 1
