"""Conferences: building, inviting, leaving (oktell-protocol.md, "6.3 Conference" and "8.3 Conference")."""

from __future__ import annotations

from collections.abc import Iterable

from ctidesk.demo.oktell.calls import INTERCOM_SECONDS, RING_FIELDS, Calls
from ctidesk.demo.oktell.connections import (
    Call,
    Competitor,
    Conference,
    FlashType,
    GhostSession,
    Invitation,
    Party,
    Phase,
)
from ctidesk.demo.oktell.exchange import Exchange, SwitchError

INVITATION_RINGS_FOR_SECONDS = 30.0


class Conferences:
    """All conferences of the PBX and what may be done with them."""

    def __init__(self, exchange: Exchange, calls: Calls) -> None:
        self._exchange = exchange
        self._calls = calls

    # ------------------------------------------------------------ beginning

    def build(self, party: Party) -> Conference:
        """`buildconferencefromcommutation`: the present talk becomes a conference of the two."""
        call = party.active
        if not isinstance(call, Call) or call.phase is not Phase.TALK or call.other(party).active is not call:
            raise SwitchError("no talk to make a conference of")
        other = call.other(party)
        self._calls.retire(call)
        party.active = other.active = None
        for one in (party, other):
            self._calls.tell_disconnected(call, one)
        conference = self._new(self._exchange.new_id(), "", chain=call.chain)
        self._join(conference, party, is_creator=True)
        self._join(conference, other)
        return conference

    def create(self, creator: Party, identity: str, name: str, room: int, invited: Iterable[Party]) -> Conference:
        """`createnewconference`: the creator's own phone rings, those he names are called when he has picked up."""
        self._exchange.need_phone(creator)
        if not creator.is_free:
            raise SwitchError("the line is busy")
        if not identity or identity in self._exchange.conferences:
            raise SwitchError("the conference exists already")
        conference = self._new(identity, name, room=room)
        conference.waiting = [party for party in invited if party is not creator]
        self._invite(conference, creator, own=True)
        return conference

    def gather(self, name: str, parties: Iterable[Party]) -> Conference:
        """The director's `conference`: everybody named who is free is in it at once, the first one as its creator."""
        members = list(dict.fromkeys(parties))
        for party in members:
            self._exchange.need_phone(party)
        busy = [party.number for party in members if not party.is_free]
        if busy:
            raise SwitchError(f"{', '.join(busy)} cannot come: in a call")
        if len(members) < 2:
            raise SwitchError("a conference needs two parties")
        conference = self._new(self._exchange.new_id(), name)
        for party in members:
            self._join(conference, party, is_creator=party is members[0])
        return conference

    def _new(self, identity: str, name: str, *, room: int = 0, chain: str = "") -> Conference:
        exchange = self._exchange
        room = room or 5001 + len(exchange.conferences)
        conference = Conference(identity, name, room, chain or exchange.new_id(), exchange.scheduler.now())
        exchange.conferences[identity] = conference
        return conference

    # ------------------------------------------------------------ inviting

    def invite(self, conference: Conference, parties: Iterable[Party]) -> None:
        """`invitetoconference`."""
        for party in parties:
            if conference.competitor(party) is None:
                self._invite(conference, party)

    def hand_over(self, conference: Conference, party: Party, target: Party) -> None:
        """The target is called into the conference in the place of `party`, who leaves at once."""
        leaving = conference.competitor(party)
        if leaving is None or target is party or conference.competitor(target) is not None:
            raise SwitchError("cannot transfer there")
        self._exchange.need_phone(target)
        if not target.is_free:
            raise SwitchError(f"{target.number} is busy")
        self._invite(conference, target, is_creator=leaving.is_creator)
        self.leave(conference, party)

    def bring_held(self, party: Party) -> None:
        """`connecttogathertoconference`: the held party comes into the conference that the line is in."""
        conference, call = party.active, party.held
        if not isinstance(conference, Conference) or not isinstance(call, Call):
            raise SwitchError("no held party or no conference")
        other = call.other(party)
        if other.active is not call:
            raise SwitchError("the held party has put the call aside")
        self._calls.retire(call)
        party.held = other.active = None
        self._exchange.tell_flash(party, FlashType.INVITE)
        self._calls.tell_disconnected(call, other)
        self._join(conference, other)

    def admit(self, conference: Conference, party: Party) -> None:
        """Somebody whose handset is off the hook comes in at once."""
        self._join(conference, party)

    def _invite(self, conference: Conference, party: Party, *, own: bool = False, is_creator: bool = False) -> None:
        exchange = self._exchange
        agent = exchange.agent(party)
        refused = agent is not None and not agent.takes_calls and not own
        if not party.is_free or party.behaviour.busy or refused:
            conference.competitors.append(Competitor(exchange.new_id(), party, "MisInviteBusy"))
            return
        invitation = Invitation(conference, party, own, is_creator=own or is_creator)
        party.active = invitation
        exchange.settle(party)
        fields = RING_FIELDS | {"isconference": True, "callername": conference.name}
        exchange.tell(party, "phoneevent_ringstarted", **fields)
        attended = party.user is not None and exchange.listener.is_attended(party.user)
        seconds = party.behaviour.answers_after
        if party.service is not None:
            seconds = INTERCOM_SECONDS
        if seconds is not None and (own or not attended):
            exchange.after(invitation, seconds, lambda: self.accept(invitation))
        rings_for = party.behaviour.rings_for or INVITATION_RINGS_FOR_SECONDS
        exchange.after(invitation, rings_for, lambda: self.refuse(invitation, "MisInviteNotRespond"))

    def accept(self, invitation: Invitation) -> None:
        party = invitation.party
        self._exchange.stop_timers(invitation.timers)
        party.active = None
        self._exchange.tell(party, "phoneevent_ringstopped")
        self._join(invitation.conference, party, is_creator=invitation.is_creator)
        if invitation.own:
            self.invite(invitation.conference, invitation.conference.waiting)
            invitation.conference.waiting = []

    def refuse(self, invitation: Invitation, state: str) -> None:
        """`state`: the `confstatestr` that the others see."""
        exchange, party, conference = self._exchange, invitation.party, invitation.conference
        exchange.stop_timers(invitation.timers)
        party.active = None
        exchange.tell(party, "phoneevent_ringstopped")
        exchange.tell_line(party)
        exchange.settle(party)
        missed = Competitor(exchange.new_id(), party, state)
        conference.competitors.append(missed)
        self._tell_change(conference, missed)
        nobody_leads = len(conference.present) < 2 and not any(one.is_creator for one in conference.present)
        if invitation.own or nobody_leads:
            self._close(conference)

    # ------------------------------------------------------------ coming and going

    def _join(self, conference: Conference, party: Party, *, is_creator: bool = False) -> None:
        competitor = Competitor(self._exchange.new_id(), party, is_creator=is_creator)
        conference.competitors.append(competitor)
        party.active = conference
        self._exchange.settle(party)
        self.tell_joined(conference, party)
        self._tell_change(conference, competitor)

    def tell_joined(self, conference: Conference, party: Party) -> None:
        self._exchange.tell(party, "phoneevent_commstarted", isconference=True, confid=conference.id)
        self._exchange.tell_line(party)

    def tell_left(self, conference: Conference, party: Party) -> None:
        fields: dict[str, object] = {"isconference": True, "confid": conference.id}
        self._exchange.tell(party, "phoneevent_commstopped", chainid=conference.chain, **fields)

    def leave(self, conference: Conference, party: Party) -> None:
        """`exitconference`, hanging up, or being put out by somebody; the last one to remain is let go as well."""
        competitor = conference.competitor(party)
        if competitor is None:
            raise SwitchError(f"{party.number} is not in the conference")
        competitor.state = "Exited"
        conference.watchers.discard(party.user.id if party.user else "")
        self._release(conference, party)
        self._tell_change(conference, competitor)
        if len(conference.present) < 2:
            self._close(conference)

    def disconnect(self, conference: Conference, competitor_id: str) -> None:
        """`confdisconnectcompetitor`."""
        for competitor in conference.present:
            if competitor.id == competitor_id:
                self.leave(conference, competitor.party)
                return
        raise SwitchError("no such competitor")

    def _release(self, conference: Conference, party: Party) -> None:
        exchange = self._exchange
        if party.held is conference:
            party.held = None
            exchange.tell_flash(party, FlashType.LOST)
        elif party.active is conference:
            party.active = None
            self.tell_left(conference, party)
        exchange.tell_line(party)
        exchange.settle(party)

    def _close(self, conference: Conference) -> None:
        """Ends the conference unless somebody may still answer an invitation to it."""
        invitations = [
            party.active
            for party in self._exchange.busy_parties
            if isinstance(party.active, Invitation) and party.active.conference is conference
        ]
        somebody_leads = any(one.is_creator for one in conference.present) or any(one.is_creator for one in invitations)
        if conference.present and invitations and somebody_leads:
            return
        for invitation in invitations:
            self.refuse(invitation, "MisInviteStop")
        for competitor in conference.present:
            competitor.state = "Exited"
            self._release(conference, competitor.party)
        self._exchange.conferences.pop(conference.id, None)

    def _tell_change(self, conference: Conference, changed: Competitor) -> None:
        """The whole list first: older clients stumble over the single competitor when they do not know it."""
        composition = {
            "conferenceid": conference.id,
            "competitorlist": [competitor_record(one) for one in conference.competitors],
        }
        single = {"conference": conference_record(conference), "competitor": competitor_record(changed)}
        for user_id in sorted(conference.watchers):
            user = self._exchange.directory.user(user_id)
            if user is not None:
                self._exchange.listener.tell(user, "confcompositionchanged", {"eventinfo": composition})
                self._exchange.listener.tell(user, "confcompetitorstatechanged", {"eventinfo": single})


def conference_record(conference: Conference) -> dict[str, object]:
    """A conference as `getconferenceinfo` describes it."""
    return {
        "id": conference.id,
        "conferenceid": conference.id,
        "name": conference.name,
        "room": conference.room,
        "isghost": False,
        "isselector": False,
    }


def competitor_record(competitor: Competitor) -> dict[str, object]:
    """A member of a conference or of a ghost session, oktell-protocol.md, "6.1 Building a record"."""
    party = competitor.party
    record: dict[str, object] = {
        "competitorid": competitor.id,
        "number": party.number,
        "isextline": party.is_outside,
        "confstatestr": competitor.state,
        "iscreator": competitor.is_creator,
        "isdirector": competitor.is_creator,
        "isghost": competitor.is_ghost,
        "isghostmajor": competitor.is_ghost_major,
        "ishidden": competitor.is_ghost and not competitor.is_ghost_major,
    }
    if party.user is not None:
        record |= {"userid": party.user.id, "userlogin": party.user.login, "username": party.user.name}
    elif party.name:
        record["simplename"] = party.name
    return record


def ghost_competitors(session: GhostSession) -> list[dict[str, object]]:
    """Who takes part in a talk that somebody listens to, as records."""
    members = (
        Competitor(session.ghost_competitor, session.ghost, is_ghost=True),
        Competitor(session.target_competitor, session.target, is_ghost=True, is_ghost_major=True),
        Competitor(session.other_competitor, session.call.other(session.target)),
    )
    return [competitor_record(one) for one in members]


def ghost_record(session: GhostSession) -> dict[str, object]:
    """The conference that a listener is in, as `getconferenceinfo` describes it."""
    mode = {"ghostmode": session.mode, "isghost": True}
    return {"id": session.id, "conferenceid": session.id, "name": "", "room": 0, "isselector": False} | mode
