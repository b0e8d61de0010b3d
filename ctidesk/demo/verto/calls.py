"""Where the clients' sessions, their media and the switch meet: the server's side of every dialog.

The order of messages and their words are those of the recorded mod_verto; the calls themselves are the switch's, so
that a channel of Webitel's events and a dialog of Verto have one id (verto-protocol.md, "7. Coupling with Webitel").
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Coroutine, Sequence

from ctidesk.demo.directing import Refused
from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.verto.certificate import MediaCertificate
from ctidesk.demo.verto.leg import Leg
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.demo.verto.sdp import Unusable
from ctidesk.demo.verto.services import MUSIC, SERVICES, service_names
from ctidesk.demo.verto.session import CALL_FAILED, LOGIN_FAILED, UNKNOWN, Answer, Params, Reply, RpcError, Session
from ctidesk.demo.verto.sounds import sound
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.channels import Channel
from ctidesk.demo.webitel.desk import Desk

HOLD_SECONDS = 0.25
END_SECONDS = 0.2
DTMF = re.compile(r"[^0-9A-Da-d#*FW]")
CODES = {
    "UNALLOCATED_NUMBER": 1,
    "NO_ROUTE_DESTINATION": 3,
    "NORMAL_CLEARING": 16,
    "USER_BUSY": 17,
    "NO_ANSWER": 19,
    "CALL_REJECTED": 21,
    "DESTINATION_OUT_OF_ORDER": 27,
    "BEARERCAPABILITY_NOTAVAIL": 58,
    "INCOMPATIBLE_DESTINATION": 88,
    "INVALID_MSG_UNSPECIFIED": 95,
    "RECOVERY_ON_TIMER_EXPIRE": 102,
    "ORIGINATOR_CANCEL": 487,
    "SYSTEM_SHUTDOWN": 701,
    "LOSE_RACE": 702,
    "USER_NOT_REGISTERED": 806,
}
_NEEDS_CALL = ("verto.answer", "verto.bye", "verto.modify", "verto.attach", "verto.info")


class Calls:
    """Carries out the clients' requests, and tells them what happens in the switch.

    Attributes: `legs`: by the id of their channel. `loss`: share of the media packets that get lost from now on.
    """

    def __init__(self, desk: Desk, options: VertoOptions, scheduler: Scheduler) -> None:
        self.legs: dict[str, Leg] = {}
        self.loss = 0.0
        self.address = ""
        self._desk = desk
        self._switch = desk.switch
        self._options = options
        self._scheduler = scheduler
        self._certificate = MediaCertificate(odd=options.quirks.rsa_certificate)
        self._sessions: list[Session] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended: list[Leg] = []
        self._switch.services.update(dict.fromkeys(service_names(), self._serve))
        desk.web_phones = self

    async def stop(self) -> None:
        """Ends the media of all calls and what is under way."""
        for leg in (*self.legs.values(), *self._ended):
            if leg.detached is not None:
                leg.detached.cancel()
            await leg.stop_media()
        self.legs.clear()
        if self._tasks:
            _, waiting = await asyncio.wait(self._tasks, timeout=END_SECONDS)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    def set_loss(self, share: float) -> None:
        """From now on this share of the media packets gets lost, each way."""
        self.loss = share
        self._refresh()

    # ------------------------------------------------------------ sessions

    def log_in(self, session: Session, login: str, password: str) -> Account:
        account = self._desk.directory.find(login)
        if account is None:
            raise RpcError(LOGIN_FAILED, "Login Incorrect")
        if account.password != password:
            raise RpcError(LOGIN_FAILED, "Authentication Failure")
        owner = next((leg.channel.party.account for leg in self.legs.values() if leg.sessid == session.sessid), None)
        others = [one.account for one in self._sessions if one is not session and one.sessid == session.sessid]
        if any(other not in (None, account) for other in (owner, *others)):
            self._scheduler.later(0.0, session.close)
            raise RpcError(LOGIN_FAILED, "Session in use")
        return account

    def bind(self, session: Session) -> list[str]:
        if not session.sessid:
            session.sessid = self._desk.legs.new_id()
        for other in self._sessions[:]:
            if other.sessid == session.sessid:
                self._sessions.remove(other)
                other.event("verto.punt", {})
                self._scheduler.later(0.05, other.close)
        self._sessions.append(session)
        kept = [leg for leg in self.legs.values() if leg.sessid == session.sessid and leg.channel.is_answered]
        for leg in kept:
            if leg.detached is not None:
                leg.detached.cancel()
                leg.detached = None
            self._start(self._attach(session, leg))
        return [leg.id for leg in kept]

    def leave(self, session: Session) -> None:
        """A talk waits for its client to come back, anything else ends at once."""
        if session not in self._sessions:
            return  # somebody else has its calls now
        self._sessions.remove(session)
        for leg in [one for one in self.legs.values() if one.sessid == session.sessid]:
            if not leg.channel.is_answered:
                self._switch.hang_up(leg.channel, "DESTINATION_OUT_OF_ORDER")
                continue
            leg.detached = self._scheduler.later(self._options.detach_seconds, self._expire(leg))
            self._start(leg.stop_media())

    def addresses(self, account: Account) -> Sequence[str]:
        return [f"u:{session.sessid}" for session in self._sessions if session.account is account]

    def _session(self, sessid: str) -> Session | None:
        return next((session for session in self._sessions if session.sessid == sessid), None)

    def _expire(self, leg: Leg) -> Callable[[], None]:
        return lambda: self._switch.hang_up(leg.channel, "RECOVERY_ON_TIMER_EXPIRE")

    # ------------------------------------------------------------ requests

    def carry_out(self, session: Session, method: str, params: Params, reply: Reply) -> Answer:
        if method == "verto.invite":
            return self._invite(session, params)
        if method == "verto.ping":
            return {"message": "PONG"}
        if method in ("verto.subscribe", "verto.unsubscribe"):
            raise RpcError(UNKNOWN, "Permission Denied")
        if method not in _NEEDS_CALL:
            raise RpcError(UNKNOWN, "Invalid Method, Missing Method or Permission Denied")
        dialog = params.get("dialogParams")
        if not isinstance(dialog, dict):
            raise RpcError(CALL_FAILED, "Dialog data missing")
        id_ = dialog.get("callID")
        if not isinstance(id_, str):
            raise RpcError(CALL_FAILED, "CallID missing")
        leg = self.legs.get(id_)
        if method == "verto.info":
            return self._info(leg, params)
        if leg is None or leg.is_ended:
            raise RpcError(CALL_FAILED, "CALL DOES NOT EXIST", {"callID": id_})
        if method == "verto.bye":
            return self._bye(leg, params)
        if method == "verto.modify":
            return self._modify(leg, params, reply)
        sdp = params.get("sdp")
        if not isinstance(sdp, str):
            raise RpcError(CALL_FAILED, "SDP missing", {"callID": id_})
        self._start(self._take_answer(leg, sdp, reply))
        return None

    def _invite(self, session: Session, params: Params) -> Answer:
        dialog, sdp = params.get("dialogParams"), params.get("sdp")
        if not isinstance(dialog, dict) or not isinstance(dialog.get("callID"), str):
            self._refuse_invite("Dialog data missing" if not isinstance(dialog, dict) else "CallID missing")
        assert isinstance(dialog, dict)
        if not isinstance(sdp, str):
            self._refuse_invite("SDP missing")
        id_, number = str(dialog["callID"]), str(dialog.get("destination_number") or "service")
        if id_ in self._desk.legs.channels:
            raise RpcError(
                CALL_FAILED, "CALL ERROR", {"callID": id_, "causeCode": 27, "cause": "DESTINATION_OUT_OF_ORDER"}
            )
        assert session.account is not None
        party = self._desk.legs.party(session.account.number)
        self._scheduler.later(0.0, lambda: self._dial(session, id_, number, str(sdp)))
        if any(channel.id == id_ for channel in party.channels):
            raise RpcError(CALL_FAILED, "CALL ERROR")
        return {"message": "CALL CREATED", "callID": id_}

    @staticmethod
    def _refuse_invite(reason: str) -> None:
        more = {"causeCode": 95, "cause": "INVALID_MSG_UNSPECIFIED"}
        raise RpcError(CALL_FAILED, "CALL ERROR", more, twice=reason)

    def _bye(self, leg: Leg, params: Params) -> Answer:
        cause, code = params.get("cause"), params.get("causeCode")
        name = str(cause).upper() if isinstance(cause, str) else ""
        if name not in CODES:
            name = next((one for one, number in CODES.items() if number == code), "NORMAL_CLEARING")
        leg.is_ended = True
        self._scheduler.later(0.0, lambda: self._switch.hang_up(leg.channel, name))
        return {"callID": leg.id, "message": "CALL ENDED", "causeCode": CODES[name], "cause": name}

    def _info(self, leg: Leg | None, params: Params) -> Answer:
        if "msg" in params:
            message = params["msg"]
            if not isinstance(message, dict) or not message.get("to") or not message.get("body"):
                raise RpcError(CALL_FAILED, "INVALID MESSAGE to and body params required")
        digits = params.get("dtmf")
        if leg is None:
            return {}
        if isinstance(digits, str):
            self._switch.dtmf(leg.channel, DTMF.sub("", digits))
        return {"message": "SENT"}

    # ------------------------------------------------------------ verto.modify

    def _modify(self, leg: Leg, params: Params, reply: Reply) -> Answer:
        action = params.get("action")
        if not isinstance(action, str):
            raise RpcError(CALL_FAILED, "action missing", {"callID": leg.id})
        if action == "toggleHold":
            action = "unhold" if leg.channel.is_held else "hold"
        if action in ("hold", "unhold"):
            return self._hold(leg, action, reply)
        if action == "transfer":
            return self._transfer(leg, params)
        if action == "replace":
            return self._replace(leg, params)
        if action == "updateMedia":
            self._start(self._update(leg, params, reply))
            return None
        return self._modified(leg, action)

    @staticmethod
    def _modified(leg: Leg, action: str, **more: object) -> dict[str, object]:
        return {
            "callID": leg.id,
            "action": action,
            "holdState": "held" if leg.channel.is_held else "active",
            **more,
        }

    def _hold(self, leg: Leg, action: str, reply: Reply) -> Answer:
        channel = leg.channel
        if not channel.is_answered or channel.is_held is (action == "hold"):
            return self._modified(leg, action)

        def act() -> None:
            if not channel.cause:
                (self._switch.hold if action == "hold" else self._switch.unhold)(channel)
            reply(self._modified(leg, action))

        self._scheduler.later(HOLD_SECONDS, act)
        return None

    def _transfer(self, leg: Leg, params: Params) -> Answer:
        destination = params.get("destination")
        if not isinstance(destination, str):
            raise RpcError(CALL_FAILED, "destination missing", {"callID": leg.id, "action": "transfer"})
        far = leg.channel.bridged
        if far is None:
            raise RpcError(CALL_FAILED, "call is not bridged", {"callID": leg.id, "action": "transfer"})
        result = self._modified(leg, "transfer", message="CALL TRANSFERRED")
        self._scheduler.later(0.0, lambda: self._unless_refused(lambda: self._switch.transfer(far, destination)))
        return result

    def _replace(self, leg: Leg, params: Params) -> Answer:
        refused = {"callID": leg.id, "action": "replace"}
        other = self.legs.get(str(params.get("replaceCallID")))
        if "replaceCallID" not in params:
            raise RpcError(CALL_FAILED, "replaceCallID missing", refused)
        if other is None or other is leg:
            raise RpcError(CALL_FAILED, "invalid transfer leg", refused)
        first, second = other.channel.bridged, leg.channel.bridged
        if first is None or second is None:
            raise RpcError(CALL_FAILED, "transfer failed", refused)
        result = self._modified(leg, "replace")
        self._scheduler.later(0.0, lambda: self._unless_refused(lambda: self._switch.join(first, second)))
        return result

    @staticmethod
    def _unless_refused(action: Callable[[], None]) -> None:
        """The legs may have ended between the reply and what it announced."""
        try:
            action()
        except Refused:
            return

    # ------------------------------------------------------------ media

    def _dial(self, session: Session, id_: str, number: str, sdp: str) -> None:
        assert session.account is not None
        party = self._desk.legs.party(session.account.number)
        channel = self._desk.legs.call_in(party, number, id_)
        leg = self._add(channel, session.sessid, is_offered=False)
        self._start(self._answer_invite(leg, number, sdp))

    async def _answer_invite(self, leg: Leg, number: str, sdp: str) -> None:
        try:
            leg.answer_sdp, client = await leg.answer(sdp)
        except Unusable as error:
            self._switch.hang_up(leg.channel, str(error))
            return
        if leg.channel.cause:
            return
        self._start(self._connect(leg, leg.connect(client, as_client=True)))
        self._switch.route(leg.channel, number)

    async def _offer_call(self, session: Session, leg: Leg) -> None:
        origin = leg.channel.other
        caller = self.legs.get(origin.id) if origin is not None else None
        sdp = await leg.offer(caller.codec if caller is not None else "")
        if leg.channel.cause:
            return
        leg.has_sdp = True
        session.event(
            "verto.invite",
            {
                "callID": leg.id,
                "variables": variables("CHANNEL_DATA"),
                "sdp": sdp,
                **self._ids(leg.channel),
                "display_direction": "outbound",
            },
        )

    async def _attach(self, session: Session, leg: Leg) -> None:
        await leg.stop_media()
        sdp = await leg.offer_again()
        direction = "outbound" if leg.is_offered else "inbound"
        params = {"callID": leg.id, "variables": variables("CHANNEL_DATA"), "sdp": sdp, **self._ids(leg.channel)}
        session.event("verto.attach", {**params, "display_direction": direction})

    async def _take_answer(self, leg: Leg, sdp: str, reply: Reply) -> None:
        """The client's answer to `verto.invite` or `verto.attach`."""
        try:
            connecting = leg.take(sdp)
        except Unusable:
            reply({})
            self._switch.hang_up(leg.channel, "BEARERCAPABILITY_NOTAVAIL")
            return
        reply({})
        self._start(self._connect(leg, connecting))
        channel = leg.channel
        if channel.is_ringing:
            self._switch.answer(channel)
        elif channel.bridged is not None:
            self._display(leg)
        self._refresh()

    async def _update(self, leg: Leg, params: Params, reply: Reply) -> None:
        sdp = params.get("sdp")
        try:
            text, client = await leg.answer(sdp if isinstance(sdp, str) else "")
        except Unusable as error:
            self._switch.hang_up(leg.channel, str(error))
            return
        reply(self._modified(leg, "updateMedia", sdp=text))
        self._start(self._connect(leg, leg.connect(client, as_client=True)))
        self._refresh()

    async def _connect(self, leg: Leg, connecting: Coroutine[None, None, bool]) -> None:
        connected = await connecting
        if not connected and not leg.channel.cause and leg.detached is None:
            self._switch.hang_up(leg.channel, "DESTINATION_OUT_OF_ORDER")

    # ------------------------------------------------------------ what the switch tells

    def channel_event(self, channel: Channel, name: str) -> None:
        if name == "CHANNEL_PROGRESS" and channel.is_web_phone:
            session = self._session(channel.destination.removeprefix("u:"))
            if session is not None:
                self._start(self._offer_call(session, self._add(channel, session.sessid, is_offered=True)))
            return
        leg = self.legs.get(channel.id)
        if leg is not None:
            self._tell(leg, name)
        if name in ("CHANNEL_ANSWER", "CHANNEL_BRIDGE", "CHANNEL_UNBRIDGE", "CHANNEL_CALLSTATE", "CHANNEL_HANGUP"):
            self._refresh()
        if name == "CHANNEL_BRIDGE":
            for one in (channel, channel.bridged):
                if one is not None and one.id in self.legs:
                    self._display(self.legs[one.id])

    def _tell(self, leg: Leg, name: str) -> None:
        session = self._session(leg.sessid)
        if name == "CHANNEL_HANGUP":
            self._end(leg, session)
        elif session is None or leg.is_offered:
            return
        elif name == "CHANNEL_PROGRESS_MEDIA" and self._options.quirks.early_media and not leg.has_sdp:
            leg.has_sdp = True
            session.event(
                "verto.media", {"callID": leg.id, "sdp": leg.answer_sdp, "variables": variables("CHANNEL_DATA")}
            )
            self._refresh()
        elif name == "CHANNEL_ANSWER":
            params: dict[str, object] = {"callID": leg.id}
            if not leg.has_sdp:
                leg.has_sdp = True
                params["sdp"] = leg.answer_sdp
            session.event("verto.answer", {**params, "variables": variables("CHANNEL_DATA")})

    def _end(self, leg: Leg, session: Session | None) -> None:
        if leg.detached is not None:
            leg.detached.cancel()
        del self.legs[leg.id]
        self._ended.append(leg)
        self._start(self._stop(leg))
        if session is None or leg.is_ended or (leg.is_offered and not leg.has_sdp):
            return
        leg.is_ended = True
        cause = leg.channel.cause
        if cause not in CODES:  # BLIND_TRANSFER and its like are not told to the client
            cause = "NORMAL_CLEARING"
        session.event("verto.bye", {"callID": leg.id, "causeCode": CODES[cause], "cause": cause})

    async def _stop(self, leg: Leg) -> None:
        await leg.stop_media()
        if leg in self._ended:
            self._ended.remove(leg)

    def _display(self, leg: Leg) -> None:
        session, far = self._session(leg.sessid), leg.channel.bridged
        if session is None or far is None:
            return
        session.event(
            "verto.display",
            {
                "callID": leg.id,
                "display_name": far.party.name or "Outbound Call",
                "display_number": far.party.number,
                **self._ids(leg.channel),
                "display_direction": "outbound" if leg.is_offered else "inbound",
            },
        )

    @staticmethod
    def _ids(channel: Channel) -> dict[str, str]:
        far = channel.bridged
        caller = (channel.caller_name, channel.caller_number)
        callee = (channel.callee_name, channel.callee_number)
        if far is not None:
            own, other = (channel.party.name, channel.party.number), (far.party.name, far.party.number)
            caller, callee = (own, other) if channel.inbound else (other, own)
        return {
            "caller_id_name": caller[0] or caller[1],
            "caller_id_number": caller[1],
            "callee_id_name": callee[0] or "Outbound Call",
            "callee_id_number": callee[1],
        }

    # ------------------------------------------------------------ sound

    def _serve(self, channel: Channel) -> None:
        """One of the switch's own numbers."""
        SERVICES[channel.destination if channel.destination in SERVICES else "9664"].begin(self._switch, channel)

    def _refresh(self) -> None:
        """Lets each leg say what it has to say now."""
        for leg in self.legs.values():
            self._set_sound(leg)

    def _set_sound(self, leg: Leg) -> None:
        mouth, channel = leg.mouth, leg.channel
        leg.loss = self.loss
        if mouth is None:
            return
        far = channel.bridged
        name = ""
        if channel.cause or channel.is_held or leg.detached is not None:
            mouth.silence()
        elif far is not None:
            other = self.legs.get(far.id)
            if far.is_held:
                name = MUSIC
            elif other is not None and other.mouth is not None:
                mouth.join(other.mouth)
            else:
                name = "talk"
        elif channel.destination in SERVICES:
            name = SERVICES[channel.destination].sound(channel)
            if name == "echo":
                mouth.echo()
        elif channel.dialling is not None and (channel.is_answered or leg.has_sdp):
            name = "ringback"
        else:
            mouth.silence()
        if name not in ("", "echo"):
            mouth.play(sound(name, leg.codec, self._options.talk if name == "talk" else None))

    # ------------------------------------------------------------ parts

    def _add(self, channel: Channel, sessid: str, *, is_offered: bool) -> Leg:
        leg = Leg(channel, sessid, self._options, self._certificate, self._scheduler, is_offered=is_offered)
        leg.loss = self.loss
        self.legs[channel.id] = leg
        return leg

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def variables(event: str) -> dict[str, str]:
    """What mod_verto puts into `variables`: not variables alone, but the headers of an event of its own."""
    now = time.gmtime()
    return {
        "Event-Name": event,
        "Core-UUID": "27b6b8ce-58b4-4b8d-9068-dc98a4a80f87",
        "FreeSWITCH-Hostname": "pbx.example",
        "FreeSWITCH-Switchname": "pbx.example",
        "FreeSWITCH-IPv4": "127.0.0.1",
        "FreeSWITCH-IPv6": "::1",
        "Event-Date-Local": time.strftime("%Y-%m-%d %H:%M:%S", now),
        "Event-Date-GMT": time.strftime("%a, %d %b %Y %H:%M:%S GMT", now),
        "Event-Date-Timestamp": str(time.time_ns() // 1000),
        "Event-Calling-File": "switch_channel.c",
        "Event-Calling-Function": "switch_channel_event_set_data",
        "Event-Calling-Line-Number": "2644",
        "Event-Sequence": "1024",
        "verto_svar_api_on_answer": "",
    }
