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
from ctidesk.demo.verto.event_channels import EventChannels
from ctidesk.demo.verto.fields import call_id_in, cause_in, dialog_in, present, sdp_in
from ctidesk.demo.verto.leg import Leg
from ctidesk.demo.verto.modify import Done, Modify
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.demo.verto.sdp import Unusable
from ctidesk.demo.verto.services import SERVICES, service_names
from ctidesk.demo.verto.session import CALL_FAILED, LOGIN_FAILED, UNKNOWN, Answer, Params, Reply, RpcError, Session
from ctidesk.demo.verto.sounding import Sounding
from ctidesk.demo.verto.words import CODES, ids, message_of, variables
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.channels import Channel
from ctidesk.demo.webitel.desk import Desk

END_SECONDS = 0.2
DTMF = re.compile(r"[^0-9A-Da-d#*FW]")


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
        self._event_channels = EventChannels(lambda: self._sessions)
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
                self._event_channels.forget(other)
                other.punt()
        kept = self._keep_talks(session.sessid)  # before it is there: it hears nothing of calls that it never had
        self._sessions.append(session)
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
        self._event_channels.forget(session)
        for leg in self._keep_talks(session.sessid):
            leg.detached = self._scheduler.later(self._options.detach_seconds, self._expire(leg))
            self._work.start(leg.stop_media())

    def _keep_talks(self, sessid: str) -> list[Leg]:
        """End the calls of a connection that has gone, but those that were answered; returns these."""
        legs = [leg for leg in self.legs.values() if leg.sessid == sessid]
        for leg in legs:
            if not leg.channel.is_answered:
                self._switch.hang_up(leg.channel, "DESTINATION_OUT_OF_ORDER")
        return [leg for leg in legs if leg.channel.is_answered and not leg.channel.cause]

    def addresses(self, account: Account) -> Sequence[str]:
        return [f"u:{session.sessid}" for session in self._sessions if session.account is account]

    def _session(self, sessid: str) -> Session | None:
        return next((session for session in self._sessions if session.sessid == sessid), None)

    def _expire(self, leg: Leg) -> Callable[[], None]:
        return lambda: self._switch.hang_up(leg.channel, "RECOVERY_ON_TIMER_EXPIRE")

    # ------------------------------------------------------------ requests

    def carry_out(self, session: Session, method: str, params: Params | None, reply: Reply) -> Answer:
        match method:
            case "verto.invite":
                return self._invite(session, params)
            case "verto.answer":
                return self._answer(present(params))
            case "verto.attach":
                return self._answer_attach(present(params))
            case "verto.bye":
                return self._bye(present(params))
            case "verto.modify":
                return self._modify.carry_out(present(params), reply)
            case "verto.info":
                return self._info(session, present(params))
            case "verto.ping":
                return {"message": "PONG"}
            case "verto.subscribe" | "verto.unsubscribe" | "verto.broadcast":
                return self._event_channels.carry_out(session, method, params or {})
            case _:
                raise RpcError(UNKNOWN, "Invalid Method, Missing Method or Permission Denied")

    def _invite(self, session: Session, params: Params | None) -> Answer:
        try:
            dialog = dialog_in(present(params))
            id_ = call_id_in(dialog)
            sdp = sdp_in(present(params))
        except RpcError as error:
            more = {"causeCode": 95, "cause": "INVALID_MSG_UNSPECIFIED"}
            raise RpcError(CALL_FAILED, "CALL ERROR", more, twice=error.message or "") from error
        if id_ in self._desk.legs.channels:
            more = {"causeCode": 27, "cause": "DESTINATION_OUT_OF_ORDER"}
            raise RpcError(CALL_FAILED, "CALL ERROR", more, twice="Cannot create channel")
        self._dial(session, id_, str(dialog.get("destination_number") or "service"), sdp)
        return {"message": "CALL CREATED", "callID": id_}

    def _answer(self, params: Params) -> Answer:
        id_ = call_id_in(dialog_in(params))
        sdp = sdp_in(params)
        leg = self._leg(id_)
        if leg.channel.is_ringing:
            self._take_answer(leg, sdp, "CODEC ERROR")  # when it is refused, the call goes on ringing
        return {}

    def _answer_attach(self, params: Params) -> Answer:
        dialog = dialog_in(params)
        sdp = sdp_in(params)
        leg = self._leg(call_id_in(dialog))
        if not leg.channel.is_answered:
            self._hang_up_later(leg, "DESTINATION_OUT_OF_ORDER")
            raise RpcError(CALL_FAILED, "Cannot attach to a call that has not been answered.")
        try:
            self._take_answer(leg, sdp, "CODEC NEGOTIATION ERROR")
        except RpcError:
            self._hang_up_later(leg, "BEARERCAPABILITY_NOTAVAIL")
            raise
        return {}

    def _bye(self, params: Params) -> Answer:
        id_ = call_id_in(dialog_in(params))
        leg = self._leg(id_, {"callID": id_})
        cause = cause_in(params)
        leg.is_ended = True
        self._hang_up_later(leg, cause)
        return {"callID": leg.id, "message": "CALL ENDED", "causeCode": CODES[cause], "cause": cause}

    def _info(self, session: Session, params: Params) -> Answer:
        result: dict[str, object] = {}
        dialog, digits = params.get("dialogParams"), params.get("dtmf")
        leg = self.legs.get(str(dialog.get("callID"))) if isinstance(dialog, dict) else None
        if leg is not None and isinstance(digits, str):
            self._switch.dtmf(leg.channel, DTMF.sub("", digits))
            result = {"message": "SENT"}
        if "msg" in params:
            assert session.account is not None
            message = message_of(session.account.login, params["msg"])
            if message is None:
                raise RpcError(None, "INVALID MESSAGE to and body params required")
            for other in self._sessions:
                if other.account is not None and other.account.login == message["to"]:
                    other.event("verto.info", {"msg": message})
            result = {"message": "SENT"}
        return result

    def _leg(self, id_: str, more: Params | None = None) -> Leg:
        leg = self.legs.get(id_)
        if leg is None or leg.is_ended:
            raise RpcError(CALL_FAILED, "CALL DOES NOT EXIST", more)
        return leg

    def _hang_up_later(self, leg: Leg, cause: str) -> None:
        """After the reply to the request that is at work."""
        self._scheduler.later(0.0, lambda: self._switch.hang_up(leg.channel, cause))

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

    def _take_answer(self, leg: Leg, sdp: str, refusal: str) -> None:
        """The client's answer to `verto.invite` or `verto.attach`. Raises RpcError when it cannot be used."""
        try:
            connecting = leg.take(sdp)
        except Unusable as error:
            raise RpcError(CALL_FAILED, refusal) from error
        self._work.start(self._connect(leg, connecting))
        channel = leg.channel
        if channel.is_ringing:
            self._switch.answer(channel)
        elif channel.bridged is not None:
            self._display(leg)
        self._sounding.refresh()

    def _renew(self, leg: Leg, sdp: str, done: Done) -> None:
        self._work.start(self._update(leg, sdp, done))

    async def _update(self, leg: Leg, sdp: str, done: Done) -> None:
        try:
            text, client = await leg.answer(sdp)
        except Unusable:
            done("CODEC NEGOTIATION ERROR")
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
        if cause == "BLIND_TRANSFER" or cause not in CODES:  # whoever has transferred hears of no more than an end
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
