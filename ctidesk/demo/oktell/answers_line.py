"""Requests about the user's line and state.

oktell-protocol.md, "7.4 Commands", "8.1 Call control" and "9. User states".
"""

from __future__ import annotations

from ctidesk.demo.oktell.agents import BREAK_REASONS
from ctidesk.demo.oktell.connections import Call, Party
from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.directory import User
from ctidesk.demo.oktell.exchange import SwitchError
from ctidesk.demo.oktell.lines import line_info, person, queue_record

Body = dict[str, object]


def user_state(desk: Desk, user: User, _body: Body) -> Body:
    """`getuserstate`: what the user is doing."""
    return desk.switch.exchange.agents[user.id].report()


def set_user_state(desk: Desk, user: User, body: Body) -> Body:
    """`setuserstate`: do something else; the reply holds the whole state."""
    reason = body.get("lunchreasonid")
    if reason is not None and str(reason) not in [str(known) for known, _ in BREAK_REASONS]:
        raise SwitchError("Unknown lunch reason")
    agent = desk.switch.exchange.agents[user.id]
    refusal = desk.switch.change_agent(agent, body)
    if refusal:
        raise SwitchError(refusal)
    return agent.report()


def enter_call_centre(desk: Desk, user: User, _body: Body) -> Body:
    """`entercallcenter`: take calls of the call centre."""
    return set_user_state(desk, user, {"oncallcenter": True})


def exit_call_centre(desk: Desk, user: User, _body: Body) -> Body:
    """`exitcallcenter`: take none."""
    return set_user_state(desk, user, {"oncallcenter": False})


def extended_line_info(desk: Desk, user: User, _body: Body) -> Body:
    """`getextendedlineinfo`: what the user's line shows now."""
    return line_info(desk.switch.exchange, _party(desk, user))


def flashed_abonent_info(desk: Desk, user: User, _body: Body) -> Body:
    """`getflashedabonentinfo`: who is held."""
    party = _party(desk, user)
    if isinstance(party.held, Call):
        return {"containsflashed": True, "abonent": person(party.held.other(party))}
    return {"containsflashed": party.held is not None}


def current_queue(desk: Desk, _user: User, _body: Body) -> Body:
    """`getcurrentqueue`: who waits."""
    return {"queue": [queue_record(call) for call in desk.switch.queued()]}


def autocall_start(desk: Desk, user: User, body: Body) -> Body:
    """A `sequence` other than `abonent` counts as `user`."""
    number = str(body.get("number", ""))
    sequence = "abonent" if body.get("sequence") == "abonent" else "user"
    desk.switch.autocall(_party(desk, user), number, sequence=sequence, intercom=bool(body.get("intercom")))
    return {}


def autocall_abort(desk: Desk, user: User, _body: Body) -> Body:
    """`pbxautocallabort`: give up a call that is being set up."""
    desk.switch.abort_autocall(_party(desk, user))
    return {}


def answer_call(desk: Desk, user: User, _body: Body) -> Body:
    """A plain phone does not obey, and the PBX does not know that (oktell-protocol.md, 13.10)."""
    if not user.plain_phone:
        desk.switch.pick_up(_party(desk, user))
    return {}


def decline_call(desk: Desk, user: User, _body: Body) -> Body:
    """`pbxdeclinecall`: decline what rings."""
    desk.switch.decline(_party(desk, user))
    return {}


def abort_call(desk: Desk, user: User, _body: Body) -> Body:
    """`pbxabortcall`: end the talk; with a held party the two others are connected."""
    desk.switch.hang_up(_party(desk, user))
    return {}


def make_flash(desk: Desk, user: User, body: Body) -> Body:
    """`pbxmakeflash`: hold, take back or change."""
    desk.switch.flash(_party(desk, user), str(body.get("mode", "switch")))
    return {}


def make_transfer(desk: Desk, user: User, body: Body) -> Body:
    """`pbxmaketransfer`: send the other party to a number."""
    desk.switch.transfer(_party(desk, user), str(body.get("transferto", body.get("number", ""))))
    return {}


def _party(desk: Desk, user: User) -> Party:
    return desk.switch.exchange.party_of(user)
