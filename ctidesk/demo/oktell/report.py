"""The director's `state`: who is connected to whom, as plain data."""

from __future__ import annotations

from ctidesk.demo.oktell.connections import Call, Conference, GhostSession, Party
from ctidesk.demo.oktell.lines import line_state
from ctidesk.demo.oktell.switch import Switch


def state_report(switch: Switch) -> dict[str, object]:
    """All calls, conferences and users."""
    exchange = switch.exchange
    return {
        "calls": [_call(switch, call) for call in exchange.calls],
        "conferences": [_conference(conference) for conference in exchange.conferences.values()],
        "ghosts": [_ghost(session) for session in switch.ghosts.sessions],
        "users": [_user(switch, exchange.party_of(user)) for user in exchange.directory.users],
    }


def _call(switch: Switch, call: Call) -> dict[str, object]:
    return {
        "chain": call.chain,
        "phase": call.phase.value,
        "autocall": call.autocall,
        "queue": call.queue,
        "legs": [_leg(call, party) for party in (call.caller, call.called)],
    }


def _leg(call: Call, party: Party) -> dict[str, object]:
    return {
        "number": party.number,
        "name": party.name,
        "connected": call in (party.active, party.held),
        "rings": call.rings(party),
        "holds": party.held is call,
        "digits": party.digits,
    }


def _conference(conference: Conference) -> dict[str, object]:
    members = [
        {"number": one.party.number, "state": one.state, "creator": one.is_creator} for one in conference.competitors
    ]
    return {"id": conference.id, "name": conference.name, "room": conference.room, "members": members}


def _ghost(session: GhostSession) -> dict[str, object]:
    return {"number": session.ghost.number, "target": session.target.number, "mode": session.mode}


def _user(switch: Switch, party: Party) -> dict[str, object]:
    assert party.user is not None
    agent = switch.exchange.agents[party.user.id]
    return {
        "number": party.number,
        "login": party.user.login,
        "name": party.name,
        "state": agent.state.name,
        "call_centre": agent.in_call_centre,
        "line": "lsDisconnected" if agent.no_phone else line_state(party),
        "client": switch.exchange.listener.is_attended(party.user),
    }
