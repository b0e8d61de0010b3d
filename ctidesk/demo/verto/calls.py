"""Where the clients' sessions, their media and the switch meet: the server's side of every dialog.

The order of messages and their words are those of the recorded mod_verto; the calls themselves are the switch's, so
that a channel of Webitel's events and a dialog of Verto have one id (verto-protocol.md, "7. Coupling with Webitel").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Sequence

from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.tasks import Work
from ctidesk.demo.verto.certificate import MediaCertificate
from ctidesk.demo.verto.leg import Leg
from ctidesk.demo.verto.modify import Done, Modify
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.demo.verto.sdp import Unusable
from ctidesk.demo.verto.services import SERVICES, service_names
from ctidesk.demo.verto.session import CALL_FAILED, LOGIN_FAILED, UNKNOWN, Answer, Params, Reply, RpcError, Session
from ctidesk.demo.verto.sounding import Sounding
from ctidesk.demo.verto.words import CODES, ids, variables
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.channels import Channel
from ctidesk.demo.webitel.desk import Desk

END_SECONDS = 0.2
DTMF = re.compile(r"[^0-9A-Da-d#*FW]")
_NEEDS_CALL = ("verto.answer", "verto.bye", "verto.modify", "verto.attach", "verto.info")


class Calls:
    """Carries out the clients' requests, and tells them what happens in the switch.

    Attributes: `legs`: by the id of their channel. `address`: where clients connect to, known once the server listens.
    """

    def __init__(self, desk: Desk, options: VertoOptions, scheduler: Scheduler) -> None:
        self.legs: dict[str, Leg] = {}
        self.address = ""
        self._desk = desk
        self._switch = desk.switch
        self._options = options
        self._scheduler = scheduler
        self._certificate = MediaCertificate(odd=options.quirks.rsa_certificate)
        self._sessions: list[Session] = []
        self._work = Work()
        self._sounding = Sounding(self.legs, options.talk)
        self._modify = Modify(desk.switch, scheduler, self.legs, self._renew)
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
        await self._work.end(END_SECONDS)

    def set_loss(self, share: float) -> None:
        """From now on this share of the media packets gets lost, each way."""
        self._sounding.loss = share
        self._sounding.refresh()

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
            self._work.start(self._attach(session, leg))
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
            self._work.start(leg.stop_media())

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
            return self._modify.carry_out(leg, params, reply)
        sdp = params.get("sdp")
        if not isinstance(sdp, str):
            raise RpcError(CALL_FAILED, "SDP missing", {"callID": id_})
        self._work.start(self._take_answer(leg, sdp, reply))
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
        self._dial(session, id_, number, str(sdp))
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

    # ------------------------------------------------------------ media

    def _dial(self, session: Session, id_: str, number: str, sdp: str) -> None:
        assert session.account is not None
        party = self._desk.legs.party(session.account.number)
        channel = self._desk.legs.call_in(party, number, id_)
        leg = self._add(channel, session.sessid, is_offered=False)
        self._work.start(self._answer_invite(leg, number, sdp))

    async def _answer_invite(self, leg: Leg, number: str, sdp: str) -> None:
        try:
            leg.answer_sdp, client = await leg.answer(sdp)
        except Unusable as error:
            self._switch.hang_up(leg.channel, str(error))
            return
        if leg.channel.cause:
            return
        self._work.start(self._connect(leg, leg.connect(client, as_client=True)))
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
                **ids(leg.channel),
                "display_direction": "outbound",
            },
        )

    async def _attach(self, session: Session, leg: Leg) -> None:
        await leg.stop_media()
        sdp = await leg.offer_again()
        direction = "outbound" if leg.is_offered else "inbound"
        params = {"callID": leg.id, "variables": variables("CHANNEL_DATA"), "sdp": sdp, **ids(leg.channel)}
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
        self._work.start(self._connect(leg, connecting))
        channel = leg.channel
        if channel.is_ringing:
            self._switch.answer(channel)
        elif channel.bridged is not None:
            self._display(leg)
        self._sounding.refresh()

    def _renew(self, leg: Leg, params: Params, done: Done) -> None:
        self._work.start(self._update(leg, params, done))

    async def _update(self, leg: Leg, params: Params, done: Done) -> None:
        sdp = params.get("sdp")
        try:
            text, client = await leg.answer(sdp if isinstance(sdp, str) else "")
        except Unusable as error:
            self._switch.hang_up(leg.channel, str(error))
            return
        done(sdp=text)
        self._work.start(self._connect(leg, leg.connect(client, as_client=True)))
        self._sounding.refresh()

    async def _connect(self, leg: Leg, connecting: Coroutine[None, None, bool]) -> None:
        connected = await connecting
        if not connected and not leg.channel.cause and leg.detached is None:
            self._switch.hang_up(leg.channel, "DESTINATION_OUT_OF_ORDER")

    # ------------------------------------------------------------ what the switch tells

    def channel_event(self, channel: Channel, name: str) -> None:
        if name == "CHANNEL_PROGRESS" and channel.is_web_phone:
            session = self._session(channel.destination.removeprefix("u:"))
            if session is not None:
                self._work.start(self._offer_call(session, self._add(channel, session.sessid, is_offered=True)))
            return
        leg = self.legs.get(channel.id)
        if leg is not None:
            self._tell(leg, name)
        if name in ("CHANNEL_ANSWER", "CHANNEL_BRIDGE", "CHANNEL_UNBRIDGE", "CHANNEL_CALLSTATE", "CHANNEL_HANGUP"):
            self._sounding.refresh()
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
            self._sounding.refresh()
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
        self._work.start(self._stop(leg))
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
                **ids(leg.channel),
                "display_direction": "outbound" if leg.is_offered else "inbound",
            },
        )

    # ------------------------------------------------------------ parts

    def _serve(self, channel: Channel) -> None:
        """One of the switch's own numbers."""
        SERVICES[channel.destination if channel.destination in SERVICES else "9664"].begin(self._switch, channel)

    def _add(self, channel: Channel, sessid: str, *, is_offered: bool) -> Leg:
        leg = Leg(channel, sessid, self._options, self._certificate, self._scheduler, is_offered=is_offered)
        leg.loss = self._sounding.loss
        self.legs[channel.id] = leg
        return leg
