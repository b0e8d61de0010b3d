"""The line: its state, who is on it and who is held (oktell-protocol.md, sections 5 to 7).

The state is not told by the PBX but derived here from what `getextendedlineinfo` says at each reload.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from ctidesk.oktell.abonent import Abonent, build_abonent
from ctidesk.oktell.conference import Conference
from ctidesk.oktell.effects import Ask, Effect, LineSettled, PublicEvent, ReloadLine, TalkTimer
from ctidesk.oktell.hold import Hold, HoldChange
from ctidesk.oktell.record import Json, JsonObject, Record
from ctidesk.oktell.values import LineState

HANDLED_EVENTS = (
    "linestatechanged",
    "flashstatechanged",
    "confcompositionchanged",
    "confcompetitorstatechanged",
    "phoneevent_acmcallstarted",
    "phoneevent_acmcallstopped",
    "phoneevent_ringstarted",
    "phoneevent_ringstopped",
    "phoneevent_ivrstarted",
    "phoneevent_commstarted",
    "phoneevent_commstopped",
)
"""The native events of the line in the order in which the boot subscribes to them (3.1, step 14)."""

_PLAIN_RELOADS = {
    "linestatechanged": 500,
    "flashstatechanged": 500,
    "phoneevent_acmcallstopped": 700,
    "phoneevent_ringstopped": 0,
}


class Line:
    """One telephone line.

    Attributes:
        state: None before the first reload.
        is_undecided: a reload has shown a conference, whose composition is awaited before the state follows.
        user_id, number: the operator's own, which the ghost rule needs.
        ring: the last `phoneevent_ringstarted`, for what it tells of the caller.
    """

    def __init__(self) -> None:
        self.state: LineState | None = None
        self.is_undecided = False
        self.hold = Hold()
        self.conference = Conference()
        self.user_id = ""
        self.number = ""
        self.ring = Record()
        self._abonents: dict[str, Abonent] = {}
        self._auto = False
        self._stopped = False
        self._ivr_key = ""
        self._serial = 0

    @property
    def abonents(self) -> tuple[Abonent, ...]:
        """Who is on the line now, the held party not included."""
        return tuple(self._abonents.values())

    # ---- native events (4.1)

    def native_event(self, name: str, body: Record) -> list[Effect]:
        """React to an event that the server has pushed; one that does not concern the line has no effect."""
        if name in _PLAIN_RELOADS:
            return [ReloadLine(_PLAIN_RELOADS[name])]
        match name:
            case "phoneevent_acmcallstarted":
                self._auto = True
                return [ReloadLine()]
            case "phoneevent_ringstarted":
                self.ring = body
                return [ReloadLine(), *([self._load_conference()] if self.conference.id else [])]
            case "phoneevent_ivrstarted":
                begins = body.get("isroutingivr") is True and self.state is LineState.READY
                return [ReloadLine()] if begins else []
            case "phoneevent_commstarted":
                return self._commutation_started(body)
            case "phoneevent_commstopped":
                self._stopped = True
                return [TalkTimer(None), ReloadLine(700)]
            case "confcompositionchanged":
                return self._composition_changed(body.record("eventinfo"))
            case "confcompetitorstatechanged":
                return self._competitor_changed(body.record("eventinfo"))
            case _:
                return []

    def _commutation_started(self, body: Record) -> list[Effect]:
        conference_id = body.text("confid")
        if not (body.true("isconference") and conference_id):
            return [TalkTimer(0), ReloadLine(700)]
        entered = self.enter_conference(conference_id)
        return [TalkTimer(0), *entered, self._load_conference(then_reload=True)]

    def _composition_changed(self, info: Record) -> list[Effect]:
        if not self.conference.id or info.text("conferenceid") != self.conference.id:
            return []
        return [*self._update_members(info.records("competitorlist")), ReloadLine()]

    def _competitor_changed(self, info: Record) -> list[Effect]:
        conference, competitor = info.record("conference"), info.record("competitor")
        if not self.conference.id or conference.text("id") != self.conference.id:
            return []
        member = build_abonent(competitor, self.conference.id)
        if member is None:
            return []
        if not self.conference.takes_part(competitor, self.user_id, self.number):
            gone = self._abonents.pop(member.key, None)
            return [] if gone is None else [*self._member_event("conferenceAbonentLeave", gone), *self._list_events()]
        known = self._abonents.get(member.key)
        if known is not None:
            # What this event leaves out is as it was.
            merged = Record({**known.source.fields, **competitor.fields})
            self._abonents[member.key] = build_abonent(merged, self.conference.id) or member
            return []
        self._abonents[member.key] = member
        return [*self._member_event("conferenceAbonentEnter", member), *self._list_events()]

    # ---- the reply of getextendedlineinfo (5.3)

    def line_info(self, reply: Record) -> list[Effect]:
        """Process the reply of a reload; a failed one changes nothing."""
        if not reply.true("result"):
            return []
        before, abonents_before = self.state, self.abonents
        flashed = reply.record("flashed")
        if reply.true("isflashing") and flashed:
            effects = self._hold_events(self.hold.set(flashed, self.conference.id))
        else:
            effects = self._hold_events(self.hold.clear())
        if not isinstance(reply.get("abonent"), dict):
            return effects
        self._serial += 1
        self.is_undecided = False
        abonent = reply.record("abonent")
        conference_id = abonent.text("conferenceid")
        if conference_id:
            return effects + self._conference_info(reply, conference_id, before, abonents_before)
        if self.conference.id:
            # Before the abonent is built: it must not carry the id of a conference that is over (D29).
            effects += self._leave_conference()
        effects += self._replace_abonent(reply, abonent)
        return effects + self._decide(reply, before, abonents_before)

    def _conference_info(
        self, reply: Record, conference_id: str, before: LineState | None, abonents_before: tuple[Abonent, ...]
    ) -> list[Effect]:
        serial = self._serial
        self.is_undecided = True

        def loaded(info: Record) -> list[Effect]:
            effects = self._take_conference(info, conference_id)
            if serial != self._serial:
                # A newer reload has been processed while this one waited: its word counts.
                return effects
            self.is_undecided = False
            return [*effects, *self._decide(reply, before, abonents_before), LineSettled()]

        ask = Ask("getconferenceinfo", {"conferenceid": conference_id}, loaded)
        return [*self.enter_conference(conference_id), ask]

    def _replace_abonent(self, reply: Record, abonent: Record) -> list[Effect]:
        merged: JsonObject = dict(abonent.fields)
        if reply.get("chainid") is not None:
            merged["chainid"] = reply["chainid"]
        if not abonent.true("callerid") and reply.true("calledid"):
            merged["callerid"] = reply["calledid"]
        new = build_abonent(Record(merged), ivr_key=self._key_of_ivr)
        if new is not None:
            last = self.abonents[-1].key if self._abonents else None
            self._abonents = {new.key: new}
            return [] if last == new.key else self._list_events()
        if not self._abonents or abonent.true("isivr") or self._auto:
            return []
        self._abonents = {}
        return self._list_events()

    def _key_of_ivr(self) -> str:
        # One key for the whole session with the IVR, or every reload would be a new abonent (D22).
        self._ivr_key = self._ivr_key or str(uuid4())
        return self._ivr_key

    # ---- the decision (5.4)

    def _decide(self, reply: Record, before: LineState | None, abonents_before: tuple[Abonent, ...]) -> list[Effect]:
        abonent = reply.record("abonent")
        line_text = reply.text("linestatestr")
        # A stale picture of the present talk must not end the wait for the call that the PBX begins (D19).
        auto = self._auto and not (before is LineState.TALK and self._is_unchanged(abonents_before))
        connected = abonent.true("iscommutated") or abonent.true("iswaitinginflash") or abonent.true("isconference")
        in_ivr = line_text == "lsCommutated" and abonent.true("isivr") and not abonent.true("iswaitingforanswer")
        if auto and not abonent.true("isautocall") and before is LineState.READY:
            return self._go(LineState.BACKRING, abonents_before)
        if abonent.true("isautocall"):
            self._auto = False
            return self._go(LineState.BACKCALL, abonents_before)
        if abonent.true("isringing"):
            own = abonent.text("direction") == "acm_callback" or before is LineState.BACKRING
            return self._go(LineState.BACKRING if own else LineState.RING, abonents_before)
        if (not auto and connected) or in_ivr:
            force, self._stopped = self._stopped, False
            timer = TalkTimer(max(0, reply.number("timertalklensec") or 0))
            return [timer, *self._go(LineState.TALK, abonents_before, force=force)]
        if abonent.true("extline") or abonent.true("number"):
            self._auto = False
            return self._go(LineState.CALL, abonents_before)
        if line_text == "lsDisconnected":
            return self._go(LineState.DISCONNECTED, None)
        if line_text != "lsReserved":
            self._auto = self._stopped = False
            return self._go(LineState.READY, abonents_before)
        return []

    def _is_unchanged(self, abonents_before: tuple[Abonent, ...]) -> bool:
        return bool(self._abonents) and [one.key for one in abonents_before] == list(self._abonents)

    # ---- the transition (5.6)

    def disconnect(self, *, with_abonents: bool = False) -> list[Effect]:
        """The phone or the connection is gone: DISCONNECTED without asking.

        Args:
            with_abonents: the Stop event carries the abonents of the last moment (D16); else it has no list (D21).
        """
        self._serial += 1
        self.is_undecided = False
        return self._go(LineState.DISCONNECTED, self.abonents if with_abonents else None)

    def _go(self, new: LineState, abonents_before: tuple[Abonent, ...] | None, *, force: bool = False) -> list[Effect]:
        old = self.state
        if new is old and not force:
            return []
        self.state = new
        effects: list[Effect] = []
        if old is LineState.TALK and new is not LineState.TALK:
            effects.append(TalkTimer(None))
        if new in (LineState.READY, LineState.DISCONNECTED):
            self._ivr_key = ""
            # What was said of one ring must not be shown with the next caller.
            self.ring = Record()
            if self._abonents:
                self._abonents = {}
                effects += self._list_events()
            effects += self._leave_conference()
        if new is LineState.DISCONNECTED:
            self._auto = self._stopped = False
            effects += self._hold_events(self.hold.clear())
        effects.append(self._event("stateChange", new.text, False if old is None else old.text))
        if old is not None and old.prefix:
            effects.append(self._abonents_event(f"{old.prefix}Stop", abonents_before))
        if new.prefix:
            effects.append(self._abonents_event(f"{new.prefix}Start", self.abonents or abonents_before or ()))
        return effects

    # ---- conference (6.3)

    def enter_conference(self, conference_id: str) -> list[Effect]:
        """Be in this conference: tell the server whose competitors we want to hear of."""
        if conference_id == self.conference.id:
            return []
        effects = self._leave_conference()
        self.conference.enter(conference_id)
        return [*effects, _handle_competitors(conference_id, True)]

    def refresh_conference(self) -> list[Effect]:
        """Ask for the composition of the present conference, if there is one."""
        return [self._load_conference()] if self.conference.id else []

    def _leave_conference(self) -> list[Effect]:
        old = self.conference.id
        self.conference.leave()
        return [_handle_competitors(old, False)] if old else []

    def _load_conference(self, *, then_reload: bool = False) -> Ask:
        conference_id = self.conference.id

        def loaded(info: Record) -> list[Effect]:
            effects = self._take_conference(info, conference_id)
            return [*effects, ReloadLine()] if then_reload else effects

        return Ask("getconferenceinfo", {"conferenceid": conference_id}, loaded)

    def _take_conference(self, info: Record, conference_id: str) -> list[Effect]:
        if not info.true("result") or conference_id != self.conference.id:
            return []
        if info.record("conference"):
            self.conference.data = info.record("conference")
        return self._update_members(info.records("competitors"))

    def _update_members(self, competitors: Iterable[Record]) -> list[Effect]:
        members = {one.key: one for one in self.conference.members(competitors, self.user_id, self.number)}
        old = self._abonents
        left = [one for key, one in old.items() if key not in members]
        entered = [one for key, one in members.items() if key not in old]
        kept = {key: members[key] for key in old if key in members}
        self._abonents = kept | {one.key: one for one in entered}
        effects: list[Effect] = []
        for one in entered:
            effects += self._member_event("conferenceAbonentEnter", one)
        for one in left:
            if one.properties.get("isConferenceCompetitor"):
                effects += self._member_event("conferenceAbonentLeave", one)
        return [*effects, *self._list_events()] if left or entered else effects

    def _member_event(self, name: str, member: Abonent) -> list[Effect]:
        if self.state is not LineState.TALK or not self.conference.id:
            return []
        return [self._event(name, dict(member.properties), abonents=(member,))]

    # ---- events

    def _list_events(self) -> list[Effect]:
        by_key: JsonObject = {key: dict(one.properties) for key, one in self._abonents.items()}
        return [
            self._event("abonentListChange", by_key, abonents=self.abonents),
            self._abonents_event("abonentsChange", self.abonents),
        ]

    def _hold_events(self, change: HoldChange) -> list[Effect]:
        effects: list[Effect] = []
        for name, held in (("holdAbonentLeave", change.left), ("holdAbonentEnter", change.entered)):
            if held is not None:
                who = (held.abonent,) if held.abonent else ()
                effects.append(self._event(name, held.public(), abonents=who))
        if change.changed:
            effects.append(self._event("holdStateChange", self.hold.info))
        return effects

    def _abonents_event(self, name: str, abonents: tuple[Abonent, ...] | None) -> PublicEvent:
        # A line that was lost has no list to tell: the argument is left out.
        args: tuple[Json, ...] = () if abonents is None else ([dict(one.properties) for one in abonents],)
        return self._event(name, *args, abonents=abonents or ())

    def _event(self, name: str, *args: Json, abonents: tuple[Abonent, ...] = ()) -> PublicEvent:
        return PublicEvent(name, args, abonents, self.state, self.hold.held is not None)


def _handle_competitors(conference_id: str, handle: bool) -> Ask:
    return Ask("confhandleevent", {"conferenceid": conference_id, "eventtype": "competitors", "handle": handle})
