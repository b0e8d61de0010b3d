"""One call of the web phone (verto-protocol.md, "4. Dialog").

A plain object: what the operator, the server and the sound do goes in; what is to be done about it comes out, in order.
It waits for nothing and reads no clock.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from ctidesk.verto import causes
from ctidesk.verto.effects import (
    AdjustMedia,
    Ask,
    CloseMedia,
    Effect,
    HoldOthers,
    MakeAnswer,
    MakeOffer,
    PartyChanged,
    Reconnect,
    StartTimer,
    StateChanged,
    StopTimer,
    Subject,
    TakeAnswer,
    TimerName,
)
from ctidesk.verto.errors import Problem, VertoError
from ctidesk.verto.media import MediaProblem
from ctidesk.verto.states import ENDED, TALKING, DialogState, is_legal
from ctidesk.verto.wire import JsonObject, Reply, sdp_of, text_of

MEDIA_SECONDS = 10.0
"""How long the sound may take to connect when both descriptions are there ("4.5 Timers")."""
ATTACHED_MEDIA_SECONDS = 5.0
"""The same after a call was taken up again ("4.4 Recovery", 6)."""

_TONES = re.compile(r"[0-9A-Da-d#*]+")
_NOT_PERMITTED = (-32601, -32602)
_CALLER_GONE = "CALL DOES NOT EXIST"
_KEEPS_RINGING = "CODEC ERROR"
_NAMELESS = "Outbound Call"
"""What the switch, and every client, says in place of the name of somebody who is called."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Party:
    """A name and a number, as the server gives them."""

    name: str = ""
    number: str = ""


class Dialog:
    """The state of one call.

    Attributes:
        id: the call's id, which is the id of the switch's channel.
        is_outgoing: whether we called.
        own: as whom.
        remote: the other party.
        cause: why it has ended, by the switch's name; code: the number that came with it.
        failure: what went wrong when it has ended for that, for whoever has begun or answered it.
        is_confirmed: False from the loss of the connection until the server has brought the call back.
        is_muted: whether silence is sent in place of the microphone.
        has_media: whether the way of the sound is there.
    """

    def __init__(self, call_id: str, *, is_outgoing: bool, own: Party, remote: Party | None = None) -> None:
        """Create a dialog in the state NEW."""
        self.id = call_id
        self.is_outgoing = is_outgoing
        self.own = own
        self.remote = remote or Party()
        self.cause = ""
        self.code = 0
        self.failure: VertoError | None = None
        self.state = DialogState.NEW
        self.last_state = DialogState.NEW
        self.is_confirmed = True
        self.is_muted = False
        self.has_media = False
        self._media = 0
        self._offer = ""
        self._is_known = False
        self._is_answering = False
        self._has_early_media = False
        self._has_remote = False
        self._is_taking = False
        self._is_answered = False
        self._repairs = 0
        self._unanswered_seconds = 0.0

    @property
    def is_alive(self) -> bool:
        """Whether the call has not ended."""
        return self.state not in ENDED

    @property
    def is_talking(self) -> bool:
        """Whether the call was answered."""
        return self.state in TALKING

    @property
    def is_away(self) -> bool:
        """Whether the connection was lost in the call, and its sound is not back."""
        return self.is_alive and (not self.is_confirmed or self.state is DialogState.RECOVERING)

    @property
    def is_being_answered(self) -> bool:
        """Whether it rings, and our answer is under way."""
        return self._is_answering and self.state in (DialogState.RINGING, DialogState.ANSWERING)

    @property
    def media(self) -> int:
        """The number of the negotiation that counts now; 0 before the first."""
        return self._media

    # ---- the operator

    def call(self, unanswered_seconds: float = 0.0) -> list[Effect]:
        """Begin an outgoing call to `remote`.

        Args:
            unanswered_seconds: after how long it is given up; 0 for never.
        """
        self._unanswered_seconds = unanswered_seconds
        return [MakeOffer(self._next_media())]

    def answer(self) -> list[Effect]:
        """Answer a call that rings; once at most ("7. Coupling with Webitel")."""
        if self.state is not DialogState.RINGING or self._is_answering:
            return []
        self._is_answering = True
        return [MakeAnswer(self._next_media(), self._offer)]

    def hang_up(self, cause: str = "") -> list[Effect]:
        """End the call; without a cause it is the one that fits the state ("6. Hang-up causes and errors")."""
        if not self.is_alive:
            return []
        if not cause:
            rings_out = self.is_outgoing and not self._is_answered
            cause = causes.ORIGINATOR_CANCEL if rings_out else causes.NORMAL_CLEARING
            if self.state is DialogState.RINGING:
                cause = causes.CALL_REJECTED
        told = self._end(cause, causes.code_of(cause))
        if self._is_known:
            told.append(self._ask(Subject.BYE, cause=cause, causeCode=causes.code_of(cause)))
        return told

    def hold(self) -> list[Effect]:
        """Put the other party on hold; it hears the server's music. No description of the sound is exchanged."""
        return [self._modify(Subject.HOLD)] if self._may_be_modified else []

    def unhold(self) -> list[Effect]:
        """Take the other party back."""
        return [self._modify(Subject.UNHOLD)] if self._may_be_modified else []

    def transfer(self, destination: str) -> list[Effect]:
        """Send the other party to a number; the server ends our part then."""
        return [self._modify(Subject.TRANSFER, destination=destination)] if self._may_be_modified else []

    def replace(self, call_id: str) -> list[Effect]:
        """Connect the other party with the one of another call of ours; the server ends both our parts then."""
        return [self._modify(Subject.REPLACE, replaceCallID=call_id)] if self._may_be_modified else []

    def send_tones(self, digits: str) -> list[Effect]:
        """Send tones. They go by the socket alone: the server drops other characters silently, so none is sent."""
        audible = self.state in (DialogState.EARLY, DialogState.ACTIVE) and self.is_confirmed
        return [self._ask(Subject.TONES, dtmf=digits)] if audible and _TONES.fullmatch(digits) else []

    def set_muted(self, on: bool) -> list[Effect]:
        """Switch the microphone off or on; the server is told nothing."""
        if self.is_muted == on:
            return []
        self.is_muted = on
        return [AdjustMedia()]

    # ---- the server

    def invited(self, params: JsonObject) -> list[Effect]:
        """`verto.invite`: somebody calls."""
        self._is_known = True
        self._offer = sdp_of(params)
        self._take_party(params)
        return self._enter(DialogState.RINGING)

    def attached(self, params: JsonObject) -> list[Effect]:
        """`verto.attach`: a call of before the loss of the connection, or one whose sound the server offers anew.

        A call keeps what it is; one that is not known (this program was started anew) has its direction from the
        server, which sees it from the other side.
        """
        if not self.is_alive:
            return []
        if not self._is_known:
            self.is_outgoing = text_of(params, "display_direction") == "inbound"
        self._is_known = self._is_answered = self.is_confirmed = True
        party = self._take_party(params)
        closed = self._drop_media()
        self._offer = sdp_of(params)
        again = self.state is DialogState.RECOVERING
        entered = [] if again else self._enter(DialogState.RECOVERING)
        return [*closed, *entered, *party, MakeAnswer(self._next_media(), self._offer)]

    def media_offered(self, params: JsonObject) -> list[Effect]:
        """`verto.media`: the other side is heard before it answers. The answer's own message has no SDP then."""
        entered = self._enter(DialogState.TRYING) if self.state is DialogState.REQUESTING else []
        sdp = sdp_of(params)
        if self.state is not DialogState.TRYING or not sdp or self._has_remote:
            return entered
        self._has_early_media = True
        return entered + self._take_remote(sdp)

    def answered(self, params: JsonObject) -> list[Effect]:
        """`verto.answer`: with the SDP when no `verto.media` has brought it; a second one does not count."""
        if self.state not in (DialogState.REQUESTING, DialogState.TRYING, DialogState.EARLY):
            logger.error("verto.answer in the state %s", self.state.name)
            return []
        if self._is_answered:
            return []
        self._is_answered = True
        told: list[Effect] = [StopTimer(TimerName.UNANSWERED)]
        sdp = sdp_of(params)
        if sdp and not self._has_remote:
            return told + self._take_remote(sdp)
        if self._is_taking:
            return told  # both came in one burst: one after the other ("5.5 Early media, mute, video")
        # Answered without a word about the sound: it is asked for when the time is over.
        waits: list[Effect] = [] if self._has_remote else [StartTimer(TimerName.MEDIA, MEDIA_SECONDS)]
        return [*told, *self._talk(), *waits]

    def ended(self, params: JsonObject) -> list[Effect]:
        """`verto.bye`: the call is over; nothing is sent back."""
        if not self.is_alive:
            return []
        code = params.get("causeCode")
        number = code if isinstance(code, int) else 0
        return self._end(text_of(params, "cause") or causes.name_of(number), number)

    def displayed(self, params: JsonObject) -> list[Effect]:
        """`verto.display`: the other party is another one, after a transfer or a pick-up."""
        return self._take_party(params) if self.is_alive else []

    def replied(self, ask: Ask, reply: Reply | None) -> list[Effect]:
        """The answer to a request; None when it has not come in time."""
        if not self.is_alive or (ask.media and ask.media != self._media):
            return []
        match ask.subject:
            case Subject.INVITE:
                return self._invite_replied(reply)
            case Subject.ANSWER | Subject.ATTACH:
                return self._answer_replied(ask.subject, reply)
            case Subject.HOLD | Subject.UNHOLD | Subject.HOLD_STATE if reply is not None and reply.ok:
                return self.hold_changed(reply.content.get("holdState") == "held")
            case Subject.UPDATE_MEDIA:
                sdp = sdp_of(reply.content) if reply is not None and reply.ok else ""
                # An older server takes the action for one without effect: a result, but no SDP ("2.3").
                return self._take_remote(sdp) if sdp else self._trouble()
            case _:
                return []

    def hold_changed(self, held: bool) -> list[Effect]:
        """The server holds the call now, or does not, whoever has asked for that."""
        if held and self.state is DialogState.ACTIVE:
            return self._enter(DialogState.HELD)
        if not held and self.state is DialogState.HELD:
            return self._talk()
        return []

    # ---- the connection

    def connection_lost(self) -> list[Effect]:
        """The socket is gone ("4.4 Recovery", 1).

        A call that rings here has ended at the server, too. Of any other an answer may have been under way: it waits
        for the server to bring it back, without sound, which the server has stopped.
        """
        if self.state in (DialogState.NEW, DialogState.RINGING):
            return self._end(causes.DESTINATION_OUT_OF_ORDER, 0)
        if not self.is_alive:
            return []
        self.is_confirmed = False
        return [StopTimer(TimerName.UNANSWERED), *self._drop_media()]

    def not_brought_back(self) -> list[Effect]:
        """The server has brought back all calls that it has: one that is still in doubt has ended."""
        if self.is_confirmed:
            return []
        if self.state is DialogState.REQUESTING or self.is_being_answered:
            self.failure = VertoError(Problem.CONNECTION_LOST)  # for whoever waits for the server's word
        return self._end(causes.RECOVERY_ON_TIMER_EXPIRE, 0)

    def purge(self, cause: str) -> list[Effect]:
        """Give the call up without a word to the server, where it goes on ("1.9 Punt")."""
        if not self.is_alive:
            return []
        self.cause = cause
        return [*self._enter(DialogState.PURGE), *self._destroy()]

    # ---- the sound

    def offer_made(self, media: int, sdp: str) -> list[Effect]:
        """Our offer is complete. One that was made for a call which has ended meanwhile is not sent."""
        if media != self._media or not self.is_alive:
            return []
        if self.state is not DialogState.NEW:
            return [self._modify(Subject.UPDATE_MEDIA, media=media, sdp=sdp)]
        self._is_known = True
        told = self._enter(DialogState.REQUESTING)
        if self._unanswered_seconds:
            told.append(StartTimer(TimerName.UNANSWERED, self._unanswered_seconds))
        dialog: JsonObject = {
            "callID": self.id,
            "destination_number": self.remote.number,
            "caller_id_name": self.own.name,
            "caller_id_number": self.own.number,
            "remote_caller_id_name": _NAMELESS,
            "remote_caller_id_number": self.remote.number,
        }
        return [*told, Ask(Subject.INVITE, {"sdp": sdp, "dialogParams": dialog}, media)]

    def answer_made(self, media: int, sdp: str) -> list[Effect]:
        """Our answer is complete."""
        if media != self._media or self.state not in (DialogState.RINGING, DialogState.RECOVERING):
            return []
        dialog: JsonObject = {"callID": self.id}
        subject = Subject.ATTACH
        if self.state is DialogState.RINGING:
            subject = Subject.ANSWER
            dialog |= {"callee_id_name": self.own.name, "callee_id_number": self.own.number}
        return [*self._enter(DialogState.ANSWERING), Ask(subject, {"sdp": sdp, "dialogParams": dialog}, media)]

    def answer_taken(self, media: int) -> list[Effect]:
        """The server's answer was given to the sound."""
        if media != self._media or not self.is_alive:
            return []
        self._is_taking = False
        told = []
        if self._has_early_media and self.state is DialogState.TRYING:
            told = self._enter(DialogState.EARLY)
        if self._is_answered and not self.is_talking:
            told += self._talk()
        return told

    def media_refused(self, media: int, problem: MediaProblem) -> list[Effect]:
        """No offer or answer could be made, or the server's could not be used."""
        if media != self._media or not self.is_alive:
            return []
        if self.is_talking:
            return self._trouble()
        unusable = problem in (MediaProblem.NO_COMMON_CODEC, MediaProblem.BAD_DESCRIPTION)
        self.failure = VertoError(Problem.NO_CODEC if unusable else Problem.NO_SOUND, problem.value)
        return self.hang_up(causes.INCOMPATIBLE_DESTINATION if unusable else causes.DESTINATION_OUT_OF_ORDER)

    def media_connected(self, media: int) -> list[Effect]:
        """The way of the sound is there."""
        if media != self._media or not self.is_alive:
            return []
        self.has_media = True
        self._repairs = 0
        return [StopTimer(TimerName.MEDIA), AdjustMedia()]

    def media_lost(self, media: int) -> list[Effect]:
        """The way of the sound was not found, or is gone."""
        return self._trouble() if media == self._media and self.is_alive else []

    def expired(self, timer: TimerName) -> list[Effect]:
        """A timer has expired."""
        if not self.is_alive:
            return []
        if timer is TimerName.MEDIA:
            return [] if self.has_media else self._trouble()
        return [] if self._is_answered else self.hang_up(causes.ORIGINATOR_CANCEL)

    # ---- answers

    def _invite_replied(self, reply: Reply | None) -> list[Effect]:
        if reply is None:
            self.failure = VertoError(Problem.NO_REPLY)
            return self.hang_up(causes.NO_USER_RESPONSE)
        if reply.ok:
            return self._enter(DialogState.TRYING) if self.state is DialogState.REQUESTING else []
        # There is no channel, so there is nothing to end.
        problem = Problem.NOT_PERMITTED if reply.code in _NOT_PERMITTED else Problem.REFUSED
        self.failure = VertoError(problem, reply.message, reply.code)
        cause = text_of(reply.content, "cause") or causes.DESTINATION_OUT_OF_ORDER
        code = reply.content.get("causeCode")
        return self._end(cause, code if isinstance(code, int) else 0)

    def _answer_replied(self, subject: Subject, reply: Reply | None) -> list[Effect]:
        if self.state is not DialogState.ANSWERING:
            return []
        if reply is None:
            self.failure = VertoError(Problem.NO_REPLY)
            return self.hang_up(causes.DESTINATION_OUT_OF_ORDER)
        if not reply.ok:
            return self._answer_refused(subject, reply)
        if subject is Subject.ATTACH:
            # A party that we held is held still, and nothing else says so ("4.4 Recovery", 2): until the answer has
            # come nobody knows which of several calls is the talk, so no other one is put on hold for this one.
            told = [*self._enter(DialogState.ACTIVE), self._modify(Subject.HOLD_STATE)]
        else:
            told = self._talk()
        seconds = ATTACHED_MEDIA_SECONDS if subject is Subject.ATTACH else MEDIA_SECONDS
        return told if self.has_media else [*told, StartTimer(TimerName.MEDIA, seconds)]

    def _answer_refused(self, subject: Subject, reply: Reply) -> list[Effect]:
        if _CALLER_GONE in reply.message:
            return self._end(causes.ORIGINATOR_CANCEL if subject is Subject.ANSWER else causes.NORMAL_CLEARING, 0)
        self.failure = VertoError(Problem.REFUSED, reply.message, reply.code)
        if subject is Subject.ANSWER and _KEEPS_RINGING in reply.message:
            return self.hang_up(causes.INCOMPATIBLE_DESTINATION)
        if reply.code == 0 or "ERROR" in reply.message or "attach" in reply.message:
            return self._end(causes.DESTINATION_OUT_OF_ORDER, 0)  # the server ends the call by itself ("2.2")
        return self.hang_up(causes.DESTINATION_OUT_OF_ORDER)

    # ---- parts

    @property
    def _may_be_modified(self) -> bool:
        return self.is_talking and self.is_confirmed

    def _take_remote(self, sdp: str) -> list[Effect]:
        self._has_remote = self._is_taking = True
        return [TakeAnswer(self._media, sdp), StartTimer(TimerName.MEDIA, MEDIA_SECONDS)]

    def _trouble(self) -> list[Effect]:
        """There is no sound ("8.4 Audio sending", the watchdog): negotiate anew, then connect anew, then give up."""
        self.has_media = False
        if not self.is_talking:
            self.failure = VertoError(Problem.NO_SOUND)
            return self.hang_up(causes.DESTINATION_OUT_OF_ORDER)
        if not self.is_confirmed:
            return []  # the server will offer it again
        self._repairs += 1
        if self._repairs == 1:
            return [*self._drop_media(), MakeOffer(self._next_media())]
        if self._repairs == 2:
            return [*self._drop_media(), Reconnect()]
        self.failure = VertoError(Problem.NO_SOUND)
        return self.hang_up(causes.MEDIA_TIMEOUT)

    def _next_media(self) -> int:
        self._media += 1
        self._has_remote = self._is_taking = False
        return self._media

    def _drop_media(self) -> list[Effect]:
        """End the negotiation that there is; what still comes of it does not count any more."""
        self.has_media = False
        dropped = self._media
        self._next_media()
        return [StopTimer(TimerName.MEDIA), CloseMedia(dropped)] if dropped else []

    def _take_party(self, params: JsonObject) -> list[Effect]:
        """The other party: shown as such, else the caller of a call to us and the callee of one of ours ("3.")."""
        from_server = text_of(params, "display_direction")
        to_us = from_server == "outbound" if from_server else not self.is_outgoing
        side = "caller_id" if to_us else "callee_id"
        name = text_of(params, "display_name") or text_of(params, f"{side}_name")
        number = text_of(params, "display_number") or text_of(params, f"{side}_number")
        party = Party("" if name == _NAMELESS else name, number or self.remote.number)
        if party == self.remote or not (name or number):
            return []
        self.remote = party
        return [PartyChanged()]

    def _enter(self, state: DialogState) -> list[Effect]:
        if not is_legal(self.state, state):
            logger.error("a dialog cannot go from %s to %s", self.state.name, state.name)
            return []
        self.last_state, self.state = self.state, state
        told: list[Effect] = [StateChanged(self.last_state, state)]
        return [*told, AdjustMedia()] if state in TALKING or state is DialogState.EARLY else told

    def _talk(self) -> list[Effect]:
        entered = self._enter(DialogState.ACTIVE)
        return [*entered, HoldOthers()] if entered else []

    def _end(self, cause: str, code: int) -> list[Effect]:
        self.cause, self.code = cause, code
        return [*self._enter(DialogState.HANGUP), *self._destroy()]

    def _destroy(self) -> list[Effect]:
        stopped: list[Effect] = [StopTimer(TimerName.UNANSWERED), *self._drop_media()]
        return [*self._enter(DialogState.DESTROY), *stopped]

    def _modify(self, subject: Subject, media: int = 0, **own: str) -> Ask:
        params: JsonObject = {"action": subject.value, **own, "dialogParams": {"callID": self.id}}
        return Ask(subject, params, media)

    def _ask(self, subject: Subject, **own: str | int) -> Ask:
        return Ask(subject, {**own, "dialogParams": {"callID": self.id}})
