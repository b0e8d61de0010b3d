"""Requests about conferences and ghosts (oktell-protocol.md, "8.2 Ghost" and "8.3 Conference")."""

from __future__ import annotations

from ctidesk.demo.oktell.conferences import (
    competitor_record,
    conference_record,
    ghost_competitors,
    ghost_record,
)
from ctidesk.demo.oktell.connections import Call, Conference, GhostSession, Party
from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.directory import User
from ctidesk.demo.oktell.exchange import SwitchError

Body = dict[str, object]


class NoConference(SwitchError):
    """A request about a conference that there is not."""

    def __init__(self) -> None:
        super().__init__("Conference not found")


def build(desk: Desk, user: User, _body: Body) -> Body:
    """`buildconferencefromcommutation`: turn the user's talk into a conference."""
    conference = desk.switch.conferences.build(_party(desk, user))
    return {"conferenceid": conference.id}


def create(desk: Desk, user: User, body: Body) -> Body:
    """`createnewconference`: a conference of the user with those who are invited."""
    wanted = _object(body, "conference")
    room = wanted.get("room")
    invited = _invited(desk, body)
    if not invited:
        raise SwitchError("nobody is invited")
    desk.switch.conferences.create(
        _party(desk, user),
        str(wanted.get("id", "")),
        str(wanted.get("name", "")),
        room if isinstance(room, int) else 0,
        invited,
    )
    return {}


def invite(desk: Desk, user: User, body: Body) -> Body:
    """`invitetoconference`: call more people into the conference."""
    conference = _conference(desk, user, body)
    invited = _invited(desk, body)
    if not invited:
        raise SwitchError("nobody is invited")
    desk.switch.conferences.invite(conference, invited)
    return {}


def can_bring_held(desk: Desk, user: User, _body: Body) -> Body:
    """`checkcanconnecttogathertoconference`: whether the held party can join."""
    party = _party(desk, user)
    return {"canconnecttogather": isinstance(party.active, Conference) and isinstance(party.held, Call)}


def bring_held(desk: Desk, user: User, _body: Body) -> Body:
    """`connecttogathertoconference`: let the held party join."""
    desk.switch.conferences.bring_held(_party(desk, user))
    return {}


def info(desk: Desk, user: User, body: Body) -> Body:
    """`getconferenceinfo`: the conference and its competitors."""
    session = _ghost_session(desk, user, body)
    if session is not None:
        return {"conference": ghost_record(session), "competitors": ghost_competitors(session)}
    conference = _conference(desk, user, body)
    members = [competitor_record(one) for one in conference.competitors]
    return {"conference": conference_record(conference), "competitors": members}


def competitors(desk: Desk, user: User, body: Body) -> Body:
    """`getconferencecompetitors`: who takes part."""
    session = _ghost_session(desk, user, body)
    if session is not None:
        return {"competitorlist": ghost_competitors(session)}
    conference = _conference(desk, user, body)
    return {"competitorlist": [competitor_record(one) for one in conference.competitors]}


def handle_events(desk: Desk, user: User, body: Body) -> Body:
    """`confhandleevent`; a conference that has ended meanwhile is no error when the client stops listening to it."""
    conference = desk.switch.exchange.conferences.get(str(body.get("conferenceid")))
    if conference is None:
        return {}
    if body.get("handle"):
        conference.watchers.add(user.id)
    else:
        conference.watchers.discard(user.id)
    return {}


def disconnect(desk: Desk, user: User, body: Body) -> Body:
    """`confdisconnectcompetitor`: send one out of the conference."""
    conference = _conference(desk, user, body)
    desk.switch.conferences.disconnect(conference, str(_object(body, "competitor").get("competitorid")))
    return {}


def leave(desk: Desk, user: User, body: Body) -> Body:
    """`exitconference`: the user leaves."""
    party = _party(desk, user)
    if _ghost_session(desk, user, body) is not None:
        desk.switch.hang_up(party)
    else:
        desk.switch.conferences.leave(_conference(desk, user, body), party)
    return {}


def attach_as_ghost(desk: Desk, user: User, body: Body) -> Body:
    """`attachasghost`: listen to a subordinate's talk."""
    target = desk.directory.user(str(body.get("ghostedid")))
    if target is None:
        raise SwitchError("no such user")
    exchange = desk.switch.exchange
    session = desk.switch.ghosts.attach(_party(desk, user), exchange.party_of(target))
    return {"conferenceid": session.id}


def set_ghost_mode(desk: Desk, user: User, body: Body) -> Body:
    """`confsetghostmode`: change how the listener takes part."""
    desk.switch.ghosts.change_mode(_needed_ghost_session(desk, user, body), str(body.get("ghostmode")))
    return {}


def set_voice_parameters(desk: Desk, user: User, body: Body) -> Body:
    """`confsetvoiceparams`: whether the listener is heard by the one who is helped."""
    session = _needed_ghost_session(desk, user, body)
    help_wanted = bool(_object(body, "competitor").get("ghosthelp"))
    desk.switch.ghosts.change_mode(session, "help" if help_wanted else "monitor")
    return {}


def _party(desk: Desk, user: User) -> Party:
    return desk.switch.exchange.party_of(user)


def _conference(desk: Desk, user: User, body: Body) -> Conference:
    """The conference named in the request, of which the user must be a member (or be asked to come)."""
    conference = desk.switch.exchange.conferences.get(str(body.get("conferenceid")))
    if conference is None:
        raise NoConference
    return conference


def _ghost_session(desk: Desk, user: User, body: Body) -> GhostSession | None:
    active = _party(desk, user).active
    if isinstance(active, GhostSession) and active.id == body.get("conferenceid"):
        return active
    return None


def _needed_ghost_session(desk: Desk, user: User, body: Body) -> GhostSession:
    session = _ghost_session(desk, user, body)
    if session is None:
        raise NoConference
    return session


def _invited(desk: Desk, body: Body) -> list[Party]:
    """The parties of a list of `{userid}`, `{userlogin}`, `{number}` or `{intnumber}`."""
    found = []
    listed = body.get("competitors")
    for entry in listed if isinstance(listed, list) else []:
        if not isinstance(entry, dict):
            continue
        for name in ("userid", "userlogin", "number", "intnumber"):
            if entry.get(name):
                found.append(desk.switch.exchange.party(str(entry[name])))
                break
    return found


def _object(body: Body, name: str) -> Body:
    value = body.get(name)
    return value if isinstance(value, dict) else {}
