"""What `getextendedlineinfo` says of a user's line.

oktell-protocol.md, "5.2 Fields of the `getextendedlineinfo` reply".
"""

from __future__ import annotations

from ctidesk.demo.oktell.connections import Call, Conference, Connection, GhostSession, Invitation, Party, Phase
from ctidesk.demo.oktell.exchange import NO_CHAIN, TRUNK_LINE, Exchange, chain_of


def line_info(exchange: Exchange, party: Party) -> dict[str, object]:
    """The snapshot of the line of `party`, who is a user. Seconds of talk are text, as on the wire."""
    assert party.user is not None
    agent = exchange.agents[party.user.id]
    info: dict[str, object] = {
        "result": 1,
        "lineid": party.user.line_id,
        "linenumber": party.user.line_number,
        "linestatestr": "lsDisconnected" if agent.no_phone else line_state(party),
        "chainid": chain_of(party.active) if _knows_other(party) else NO_CHAIN,
        "isflashing": party.held is not None,
        "timertalklensec": str(_talk_seconds(exchange, party.active)),
        "abonent": _abonent(party),
    }
    if isinstance(party.active, Call) and party.active.caller is party and _knows_other(party):
        info["calledid"] = party.active.called.number
    if party.held is not None:
        info["flashed"] = _flashed(party, party.held)
    return info


def line_state(party: Party) -> str:
    """Only lsCommutated, lsHookUp and lsDisconnected mean something to clients; the other texts are ours."""
    active = party.active
    if active is None:
        return "lsIdle" if party.held is None else "lsHookUp"
    if isinstance(active, Invitation):
        return "lsRinging"
    if isinstance(active, Call) and active.phase is not Phase.TALK:
        return "lsRinging" if active.rings(party) else "lsDialing"
    return "lsCommutated"


def person(party: Party) -> dict[str, object]:
    """The part of an abonent record that says who somebody is (oktell-protocol.md, "6.1 Building a record")."""
    record: dict[str, object] = {"number": party.number, "callerid": party.number, "isextline": party.is_outside}
    if party.user is not None:
        record |= {"userid": party.user.id, "userlogin": party.user.login, "username": party.user.name}
    elif party.service is not None:
        record |= {"isivr": True, "ivrname": party.service.name}
    else:
        record |= {"extline": TRUNK_LINE} | ({"simplename": party.name} if party.name else {})
    return record


def queue_record(call: Call) -> dict[str, object]:
    """A waiting caller, for `getcurrentqueue`."""
    return person(call.caller) | {"chainid": call.chain, "queuename": call.queue}


def _knows_other(party: Party) -> bool:
    """While our own phone rings first, the line does not say yet whom it will call."""
    return not (isinstance(party.active, Call) and party.active.phase is Phase.OWN_FIRST)


def _talk_seconds(exchange: Exchange, active: Connection | None) -> int:
    now = exchange.scheduler.now()
    if isinstance(active, Call) and active.phase is Phase.TALK:
        return int(now - active.talk_since)
    if isinstance(active, Conference | GhostSession):
        return int(now - active.since)
    return 0


def _abonent(party: Party) -> dict[str, object]:
    active = party.active
    if isinstance(active, Call):
        return _abonent_of_call(party, active)
    if isinstance(active, Conference):
        return _conference_fields(active) | {"isconference": True, "iscommutated": True}
    if isinstance(active, GhostSession):
        return {"conferenceid": active.id, "isconference": True, "iscommutated": True}
    if isinstance(active, Invitation):
        direction = "acm_callback" if active.own else "in"
        return _conference_fields(active.conference) | {"isringing": True, "direction": direction}
    return {}


def _abonent_of_call(party: Party, call: Call) -> dict[str, object]:
    other = call.other(party)
    if call.phase is Phase.OWN_FIRST:
        return {"isringing": True, "direction": "acm_callback"}
    record = person(other)
    if call.queue and party is call.called:
        record["queuename"] = call.queue
    if call.phase is Phase.TALK:
        held_by_other = other.held is call
        record["iscommutated"] = not held_by_other
        record["iswaitinginflash"] = held_by_other
        record["direction"] = "out" if party is call.caller else "in"
    elif call.is_own_ring_of(party):
        record |= {"isringing": True, "direction": "acm_callback"}
    elif call.rings(party):
        record |= {"isringing": True, "direction": "in"}
    elif call.autocall and party is call.caller:
        record |= {"isautocall": True, "direction": "acm_callback"}
    else:
        record |= {"iswaitingforanswer": True, "direction": "out"}
    return record


def _conference_fields(conference: Conference) -> dict[str, object]:
    return {
        "conferenceid": conference.id,
        "conferencename": conference.name,
        "conferenceroom": conference.room,
    }


def _flashed(party: Party, held: Connection) -> dict[str, object]:
    if isinstance(held, Call):
        return person(held.other(party))
    if isinstance(held, Conference):
        return _conference_fields(held)
    return {}
