"""From the line to calls (oktell-protocol.md, "14.2 Call id" to "14.4 Connection")."""

from __future__ import annotations

import asyncio

import pytest

from ctidesk.cti.events import ActiveCallSnapshot, CtiEvent, Disconnected, Initialized, LineStateChanged
from ctidesk.cti.values import CallDirection, CallFeatures, CallState
from ctidesk.oktell.abonent import build_abonent
from ctidesk.oktell.call_identity import call_id
from ctidesk.oktell.record import Record
from tests.oktell.operator_desk import A, B, C, Desk, Picture, dial, features, idle, ring, talk
from tests.waiting import settle

TALKING = {"HOLD", "DROP", "MAKE_CONSULT_CALL", "BLIND_TRANSFER"}
ANN, BORIS, CARL = "79161234567", "102", "79160000000"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("79161234567", "c-0001:79161234567"),
        ("0102", "c-0001:102"),
        ("000", "c-0001:0"),
        ("sip", "c-0001:sip"),
        ("", "c-0001"),
    ],
)
def test_call_id(number: str, expected: str) -> None:
    abonent = build_abonent(Record({"number": number, "chainid": "c-0001"}))
    assert abonent is not None
    assert call_id(abonent) == expected


# ---- one call


async def test_incoming(desk: Desk) -> None:
    await desk.push("phoneevent_ringstarted", callerinfo="Callback\nAnn")
    await desk.show(**ring(A))
    call = desk.call(ANN)
    assert (call.direction, call.state, call.line) == (CallDirection.IN, CallState.ALERTING, "trunk1")
    assert (call.caller_id, call.called_id, call.comment) == (ANN, "101", "Callback\nAnn")
    assert features(call) == {"DROP", "ANSWER"}
    await desk.show(**talk(A))
    assert call.state is CallState.CONNECTED
    assert features(call) == TALKING
    await desk.show(**idle())
    assert desk.lines() == [
        "callStarted c-0001:79161234567",
        "commutationStarted c-0001:79161234567",
        "callFinished c-0001:79161234567",
    ]
    assert desk.calls == []


async def test_missed(desk: Desk) -> None:
    await desk.show(**ring(A))
    await desk.show(**idle())
    assert desk.lines() == ["callStarted c-0001:79161234567", "callFinished c-0001:79161234567"]
    assert desk.idle_features() == CallFeatures.CAN_DIAL


async def test_the_next_caller_is_not_given_the_words_about_the_last(desk: Desk) -> None:
    await desk.push("phoneevent_ringstarted", callerinfo="Callback")
    await desk.show(**ring(A))
    await desk.show(**idle())
    await desk.show(**ring(C, "c-0002"))
    assert desk.call(CARL).comment == ""


async def test_a_ring_of_nobody_is_no_call(desk: Desk) -> None:
    await desk.show(**ring({"number": "500"}))
    assert desk.calls == []


async def test_outgoing(desk: Desk) -> None:
    await desk.show(abonent={"isringing": True, "direction": "acm_callback"})
    assert desk.calls == []
    assert desk.idle_features() == CallFeatures.CAN_DROP
    await desk.show(**dial(A))
    call = desk.call(ANN)
    assert (call.direction, call.state, call.called_id) == (CallDirection.OUT, CallState.ALERTING, ANN)
    assert features(call) == {"DROP"}
    await desk.show(linestatestr="lsDialing", chainid="c-0001", abonent=A)  # call to call
    await desk.show(**talk(A))
    await desk.show(**idle())
    assert desk.lines() == [
        "callStarted c-0001:79161234567",
        "commutationStarted c-0001:79161234567",
        "callFinished c-0001:79161234567",
    ]


async def test_not_answered(desk: Desk) -> None:
    await desk.show(**dial(A))
    await desk.show(**idle())
    assert desk.calls == []
    assert "commutationStarted c-0001:79161234567" not in desk.lines()


async def test_a_phone_that_was_lifted_between_two_looks(desk: Desk) -> None:
    await desk.show(**talk(A))
    assert desk.lines() == ["callStarted c-0001:79161234567", "commutationStarted c-0001:79161234567"]


async def test_the_chain_is_known_late(desk: Desk) -> None:
    await desk.show(**ring(A, ""))
    call = desk.call(ANN)
    await desk.show(**talk(A, "c-0009"))
    assert call.id == "c-0009:79161234567"
    assert desk.lines().count("callInfoChanged c-0009:79161234567") == 1
    assert desk.calls == [call]


async def test_the_same_call_under_another_spelling_of_its_number(desk: Desk) -> None:
    await desk.show(**ring(A))
    call = desk.call(ANN)
    await desk.show(**talk({**A, "number": "89161234567"}))
    assert desk.calls == [call]
    assert (call.caller_id, call.direction, call.state) == ("89161234567", CallDirection.IN, CallState.CONNECTED)


async def test_another_caller_rings_between_two_looks(desk: Desk) -> None:
    await desk.show(**ring(A))
    await desk.show(**ring(C, "c-0002"))
    assert desk.states() == [(CARL, "ALERTING")]
    assert "callFinished c-0001:79161234567" in desk.lines()


async def test_a_talk_ends_and_another_begins_between_two_looks(desk: Desk) -> None:
    await desk.show(**talk(A))
    await desk.push("phoneevent_commstopped")
    await desk.show(**talk(C, "c-0002"))
    assert desk.states() == [(CARL, "CONNECTED")]
    assert "callFinished c-0001:79161234567" in desk.lines()


async def test_the_far_end_changes(desk: Desk) -> None:
    await desk.show(**talk({**B, "simplename": "Boris"}))
    call = desk.call(BORIS)
    await desk.show(**talk(C, "c-0002"))
    assert desk.calls == [call]
    assert (call.abonent_number, call.abonent_name, call.state) == (CARL, "", CallState.CONNECTED)
    assert desk.lines()[-1] == "callInfoChanged c-0002:79160000000"


async def test_the_phone_is_gone(desk: Desk) -> None:
    await desk.show(**talk(A))
    desk.answers["getextendedlineinfo"] = {"linestatestr": "lsDisconnected", "abonent": {}}
    await desk.push("userstatechanged", userstateid=7)
    assert desk.calls == []
    await desk.pass_time(1)
    assert desk.idle_features() == CallFeatures.CAN_NOTHING
    await desk.show("linestatechanged", **idle())
    await desk.push("userstatechanged", userstateid=1)
    assert desk.idle_features() == CallFeatures.CAN_DIAL


async def test_an_ivr_is_no_call(desk: Desk) -> None:
    await desk.show(linestatestr="lsCommutated", abonent={"isivr": True, "ivrname": "Menu"})
    await desk.show(**idle())
    assert desk.lines() == []


async def test_ones_own_call_to_an_ivr(desk: Desk) -> None:
    ivr = {"number": "900", "isivr": True, "ivrname": "Menu"}
    await desk.show(**dial(ivr))
    await desk.show(linestatestr="lsCommutated", chainid="c-0001", abonent=ivr)
    assert desk.states() == [("900", "CONNECTED")]
    assert desk.call("900").ivr == "Menu"
    await desk.show(**idle())
    assert desk.calls == []


# ---- hold


async def test_hold_and_resume(desk: Desk) -> None:
    await desk.show(**talk(A))
    call = desk.call(ANN)
    desk.forget()
    await desk.show(**idle(held=A))
    assert (call.state, features(call)) == (CallState.HOLDED, {"UNHOLD"})
    await desk.show(**idle(held=A))
    await desk.show(**talk(A))
    assert (call.state, features(call)) == (CallState.CONNECTED, TALKING)
    assert desk.lines() == ["hold c-0001:79161234567", "unhold c-0001:79161234567"]


@pytest.mark.parametrize("flash", [{"flashtypeid": 4}, {}, {"flashtypeid": 99}, {"flashtypeid": "x"}])
async def test_the_held_caller_hangs_up_while_the_line_is_idle(desk: Desk, flash: Picture) -> None:
    await desk.show(**talk(A))
    await desk.show(**idle(held=A))
    await desk.push("flashstatechanged", **flash)
    assert (desk.calls == []) is (flash.get("flashtypeid") == 4)
    await desk.show(**idle())
    assert desk.calls == []
    assert desk.idle_features() == CallFeatures.CAN_DIAL


# ---- consultation


async def consulting(desk: Desk) -> None:
    """Ann waits, the operator talks with Boris."""
    await desk.show(**ring(A))
    await desk.show(**talk(A))
    await desk.show(**dial(B, "c-0002", held=A))
    assert desk.states() == [(ANN, "HOLDED"), (BORIS, "ALERTING")]
    assert desk.call(BORIS).parent is desk.call(ANN)
    await desk.show(**talk(B, "c-0002", held=A))
    assert desk.states() == [(ANN, "HOLDED"), (BORIS, "CONNECTED")]
    assert features(desk.call(ANN)) == {"COMPLETE_TRANSFER"}
    assert features(desk.call(BORIS)) == TALKING
    desk.forget()


async def test_both_are_connected_and_the_operator_leaves(desk: Desk) -> None:
    await consulting(desk)
    await desk.show(**idle())
    assert desk.calls == []
    assert [line for line in desk.lines() if line.startswith("callFinished")] == [
        "callFinished c-0002:102",
        "callFinished c-0001:79161234567",
    ]


async def test_the_consultation_is_given_up(desk: Desk) -> None:
    await consulting(desk)
    await desk.push("phoneevent_commstopped")
    await desk.show(**talk(A))
    assert desk.states() == [(ANN, "CONNECTED")]
    assert features(desk.call(ANN)) == TALKING
    assert desk.requests().count("pbxmakeflash") == 0


async def test_the_consultant_hangs_up(desk: Desk) -> None:
    await consulting(desk)
    await desk.show(**idle(held=A))
    assert desk.states() == [(ANN, "HOLDED")]
    assert features(desk.call(ANN)) == {"UNHOLD"}


@pytest.mark.parametrize("flash", [{"flashtypeid": 4}, {}])
async def test_the_held_caller_leaves(desk: Desk, flash: Picture) -> None:
    await consulting(desk)
    boris = desk.call(BORIS)
    await desk.push("flashstatechanged", **flash)
    await desk.show(**talk(B, "c-0002"))
    assert desk.calls == [boris]
    assert (boris.state, boris.parent, features(boris)) == (CallState.CONNECTED, None, TALKING)
    assert "currentCallChanged c-0002:102" in desk.lines()


async def test_the_held_caller_leaves_while_the_consultant_rings(desk: Desk) -> None:
    await desk.show(**talk(A))
    await desk.show(**dial(B, "c-0002", held=A))
    await desk.show(**dial(B, "c-0002"))
    assert desk.states() == [(BORIS, "ALERTING")]


async def test_sides_are_swapped(desk: Desk) -> None:
    await consulting(desk)
    await desk.show(**talk(A, held=B))
    assert desk.states() == [(ANN, "CONNECTED"), (BORIS, "HOLDED")]
    assert features(desk.call(ANN)) == {"COMPLETE_TRANSFER"}
    await desk.show(**talk(B, "c-0002", held=A))
    assert desk.states() == [(ANN, "HOLDED"), (BORIS, "CONNECTED")]
    await desk.show(**talk(A, held=B))
    await desk.push("phoneevent_commstopped")
    await desk.show(**talk(B, "c-0002"))
    assert desk.states() == [(BORIS, "CONNECTED")]


async def test_a_swap_told_as_a_new_talk_leaves_the_transfer_possible(desk: Desk) -> None:
    """With `phoneevent_commstopped` the line enters the talk anew (5.5): both are still there to be connected."""
    await consulting(desk)
    await desk.push("phoneevent_commstopped")
    await desk.show(**talk(A, held=B))
    assert desk.states() == [(ANN, "CONNECTED"), (BORIS, "HOLDED")]
    assert features(desk.call(ANN)) == {"COMPLETE_TRANSFER"}


async def test_nothing_is_told_between_the_ends_of_both_calls(desk: Desk) -> None:
    await consulting(desk)
    await desk.show(**idle())
    told = [line.partition(" ")[0] for line in desk.lines()]
    first = told.index("callFinished")
    assert told[first : first + 2] == ["callFinished", "callFinished"]


async def test_the_consultant_does_not_answer(desk: Desk) -> None:
    """14.3, `callStop`: the line is idle and somebody waits, so the operator is brought back."""
    await desk.show(**talk(A))
    await desk.show(**dial(B, "c-0002", held=A))
    desk.forget()
    await desk.show(**idle(held=A))
    assert desk.states() == [(ANN, "HOLDED")]
    assert desk.bodies("pbxmakeflash") == [{"mode": "switch"}]


async def test_the_pbx_returns_by_itself(desk: Desk) -> None:
    await desk.show(**talk(A))
    await desk.show(**dial(B, "c-0002", held=A))
    desk.forget()
    await desk.show(**talk(A))
    assert desk.states() == [(ANN, "CONNECTED")]
    assert desk.bodies("pbxmakeflash") == []


async def test_the_return_fails(desk: Desk) -> None:
    await desk.show(**talk(A))
    await desk.show(**dial(B, "c-0002", held=A))
    desk.answers["pbxmakeflash"] = {"result": False}
    await desk.show(**idle(held=A))
    assert desk.errors() == [1103]


async def test_a_consultation_that_was_answered_at_once(desk: Desk) -> None:
    await desk.show(**talk(A))
    await desk.show(**talk(B, "c-0002", held=A))
    assert desk.states() == [(ANN, "HOLDED"), (BORIS, "CONNECTED")]


async def test_what_was_told_on_the_way_is_not_the_last_word_about_a_call(desk: Desk) -> None:
    await desk.show(**talk(A))
    await desk.show(**talk(B, "c-0002", held=A))
    boris = desk.call(BORIS)
    told = [one.features for one in desk.told if isinstance(one, LineStateChanged) and one.call_id == boris.id]
    assert (features(boris), told[-1]) == (TALKING, boris.features)


async def test_a_ringing_call_is_not_the_one_that_is_held(desk: Desk) -> None:
    await desk.show(**ring(C, "c-0002"))
    await desk.show(**talk(A, held=A))
    assert desk.states() == [(ANN, "CONNECTED")]
    assert features(desk.call(ANN)) == TALKING


async def test_nobody_rings_while_somebody_without_a_number_is_called(desk: Desk) -> None:
    await desk.show(**ring(A))
    await desk.show(**dial({"isextline": True}, "c-0002"))
    assert [one.direction for one in desk.calls] == [CallDirection.OUT]


async def test_a_second_call_rings_while_one_is_held(desk: Desk) -> None:
    await desk.show(**talk(A))
    await desk.show(**idle(held=A))
    await desk.show(**{**ring(C, "c-0003"), "isflashing": True, "flashed": A})
    assert desk.states() == [(ANN, "HOLDED"), (CARL, "ALERTING")]
    assert features(desk.call(CARL)) == {"DROP", "ANSWER"}
    await desk.show(**idle(held=A))
    assert desk.states() == [(ANN, "HOLDED")]
    assert desk.bodies("pbxmakeflash") == []


async def test_the_far_end_of_the_consultation_changes(desk: Desk) -> None:
    await consulting(desk)
    boris = desk.call(BORIS)
    await desk.show(**talk(C, "c-0003", held=A))
    assert desk.states() == [(ANN, "HOLDED"), (CARL, "CONNECTED")]
    assert desk.call(CARL) is boris


# ---- conference


async def test_a_talk_becomes_a_conference_and_ends(desk: Desk) -> None:
    await desk.show(**talk(A))
    call = desk.call(ANN)
    me = {"competitorid": "k1", "userid": desk.session.user_id, "number": "101"}
    others = [{"competitorid": "k2", **A}, {"competitorid": "k3", **B}]
    desk.answers["getconferenceinfo"] = {"conference": {"id": "conf-1"}, "competitors": [me, *others]}
    conference = {"conferenceid": "conf-1", "isconference": True}
    await desk.show(linestatestr="lsCommutated", abonent=conference)
    await desk.show(linestatestr="lsCommutated", abonent=conference)
    assert (desk.calls, call.state, call.abonent_number) == ([call], CallState.CONFERENCED, ANN)
    await desk.show(**talk(B, "c-0002"))
    assert (desk.calls, call.state, call.abonent_number) == ([call], CallState.CONNECTED, BORIS)
    await desk.show(**idle())
    assert desk.calls == []


async def test_a_conference_of_ones_own(desk: Desk) -> None:
    me = {"competitorid": "k1", "userid": desk.session.user_id, "number": "101"}
    boris = {"competitorid": "k3", **B}
    desk.answers["getconferenceinfo"] = {"conference": {"id": "conf-1"}, "competitors": [me, boris]}
    await desk.show(linestatestr="lsCommutated", abonent={"conferenceid": "conf-1", "isconference": True})
    assert desk.states() == [(BORIS, "CONFERENCED")]


ME_THERE: Picture = {"competitorid": "k1", "number": "101", "userid": "5b0d0cb2-7c5d-4e0e-9a4b-2b6b4a0c1a11"}
BORIS_THERE: Picture = {"competitorid": "k2", **B}
IN_CONFERENCE: Picture = {"conferenceid": "conf-1", "isconference": True}


async def show_conference(desk: Desk, *members: Picture, held: Picture | None = None) -> None:
    """The line is in a conference of the operator and `members`."""
    desk.answers["getconferenceinfo"] = {"conference": {"id": "conf-1"}, "competitors": [ME_THERE, *members]}
    picture = {**talk({}, held=held), "abonent": IN_CONFERENCE}
    await desk.show(**picture)
    await desk.show(**picture)


async def test_in_a_conference_nobody_is_held_or_consulted(desk: Desk) -> None:
    """Rows 4 and 7 of the action table, and error 2102."""
    await desk.show(**talk(B))
    await show_conference(desk, BORIS_THERE)
    assert features(desk.call(BORIS)) == {"DROP", "BLIND_TRANSFER"}
    desk.forget()
    await desk.show(abonent=IN_CONFERENCE)
    assert desk.lines() == []  # the same conference again is no news


async def test_the_caller_on_hold_stays_so_while_the_consultation_becomes_a_conference(desk: Desk) -> None:
    await consulting(desk)
    await show_conference(desk, BORIS_THERE, held=A)
    assert desk.states() == [(ANN, "HOLDED"), (BORIS, "CONFERENCED")]
    assert features(desk.call(ANN)) == {"COMPLETE_TRANSFER"}
    await show_conference(desk, BORIS_THERE, {"competitorid": "k3", **A})
    assert len(desk.calls) == 1
    assert desk.calls[0].state is CallState.CONFERENCED
    assert features(desk.calls[0]) == {"DROP", "BLIND_TRANSFER"}


async def test_nobody_is_to_be_connected_with_a_caller_on_hold_who_is_not_known(desk: Desk) -> None:
    await show_conference(desk, BORIS_THERE, held=A)
    await desk.push("phoneevent_commstarted", isconference=True, confid="conf-1")
    await desk.pass_time(1.0)
    assert desk.states() == [(BORIS, "CONFERENCED")]
    assert features(desk.call(BORIS)) == {"DROP", "BLIND_TRANSFER"}


async def test_a_conference_is_no_call_with_the_one_who_was_on_the_line_before(desk: Desk) -> None:
    await desk.show(**talk(A))
    desk.answers["getconferenceinfo"] = None
    await desk.show(**{**talk({}, held=A), "abonent": IN_CONFERENCE})
    assert desk.states() == [(ANN, "HOLDED")]  # who takes part is not known yet


async def test_a_conference_goes_back_to_be_a_talk(desk: Desk) -> None:
    await desk.show(**talk(B))
    await show_conference(desk, BORIS_THERE)
    await desk.show(**talk(B))
    assert desk.states() == [(BORIS, "CONNECTED")]
    assert features(desk.call(BORIS)) == TALKING


# ---- loss of the connection


async def lose(desk: Desk) -> None:
    desk.connection.drop()
    await settle()


async def come_back(desk: Desk, **line: object) -> ActiveCallSnapshot:
    """Connect, and ask for the calls as soon as the line is usable, as the model does."""
    desk.answers["getextendedlineinfo"] = line
    questions: list[asyncio.Task[None]] = []

    def ask(event: CtiEvent) -> None:
        if isinstance(event, Initialized):
            questions.append(asyncio.create_task(desk.provider.query_active_calls()))

    unsubscribe = desk.provider.events.subscribe(ask)
    attempt = asyncio.create_task(desk.provider.connect())
    await desk.serve()
    await attempt
    await asyncio.gather(*questions)
    unsubscribe()
    return next(event for event in desk.told if isinstance(event, ActiveCallSnapshot))


async def test_calls_stay_over_a_lost_connection(desk: Desk) -> None:
    await consulting(desk)
    ann, boris = desk.calls
    await lose(desk)
    assert desk.calls == [ann, boris]
    assert [event for event in desk.told if not isinstance(event, Disconnected)] == []
    assert desk.told == [Disconnected(12, True)]
    snapshot = await come_back(desk, **talk(B, "c-0002", held=A))
    assert (snapshot.calls, snapshot.main_call) == ((ann, boris), ann)
    assert (ann.state, boris.state, boris.parent) == (CallState.HOLDED, CallState.CONNECTED, ann)
    assert features(ann) == {"COMPLETE_TRANSFER"}


async def test_a_conference_stays_the_same_call_over_a_lost_connection(desk: Desk) -> None:
    await desk.show(**talk(A))
    ann = desk.call(ANN)
    await show_conference(desk, BORIS_THERE, {"competitorid": "k3", **A})
    await lose(desk)
    snapshot = await come_back(desk, linestatestr="lsCommutated", abonent=IN_CONFERENCE)
    assert (snapshot.calls, snapshot.main_call) == ((ann,), ann)
    assert ann.state is CallState.CONFERENCED


async def test_calls_that_are_gone_are_not_in_the_snapshot(desk: Desk) -> None:
    await consulting(desk)
    boris = desk.call(BORIS)
    await lose(desk)
    snapshot = await come_back(desk, **talk(B, "c-0002"))
    assert (snapshot.calls, snapshot.main_call, boris.parent) == ((boris,), boris, None)
    assert features(boris) == TALKING


@pytest.mark.parametrize("picture", [idle(), {"linestatestr": "lsDisconnected", "abonent": {}}])
async def test_everything_has_ended_meanwhile(desk: Desk, picture: Picture) -> None:
    await consulting(desk)
    await lose(desk)
    snapshot = await come_back(desk, **picture)
    assert (snapshot.calls, snapshot.main_call) == ((), None)


@pytest.mark.parametrize(
    ("picture", "state", "direction"),
    [
        (ring(C), CallState.ALERTING, CallDirection.IN),
        (dial(C), CallState.ALERTING, CallDirection.OUT),
        (talk(C), CallState.CONNECTED, CallDirection.IN),
        (idle(held=C), CallState.HOLDED, CallDirection.IN),
    ],
)
async def test_a_call_that_was_not_known(
    desk: Desk, picture: Picture, state: CallState, direction: CallDirection
) -> None:
    await lose(desk)
    snapshot = await come_back(desk, **picture)
    assert [(one.abonent_number, one.state, one.direction) for one in snapshot.calls] == [(CARL, state, direction)]


@pytest.mark.parametrize("picture", [ring(A, "c-0007"), dial(A, "c-0007")])
async def test_a_talk_that_is_over_is_not_the_call_that_rings_now(desk: Desk, picture: Picture) -> None:
    await desk.show(**talk(A))
    [over] = desk.calls
    await lose(desk)
    snapshot = await come_back(desk, **picture)
    [call] = snapshot.calls
    assert call is not over
    assert (call.id, call.state) == ("c-0007:79161234567", CallState.ALERTING)


async def test_a_ring_that_goes_on_stays_the_same_call(desk: Desk) -> None:
    await desk.show(**ring(A))
    [call] = desk.calls
    await lose(desk)
    assert (await come_back(desk, **ring(A))).calls == (call,)


async def test_the_same_party_on_both_sides_is_two_calls(desk: Desk) -> None:
    await desk.show(**talk(A))
    await lose(desk)
    snapshot = await come_back(desk, **talk(A, "c-0007", held=A))
    assert len(set(snapshot.calls)) == 2


async def test_who_was_called_and_rings_now_is_another_call(desk: Desk) -> None:
    await desk.show(**dial(A))
    (called,) = desk.calls
    await lose(desk)
    snapshot = await come_back(desk, **ring(A, "c-0002"))
    (rings,) = snapshot.calls
    assert (called is rings, rings.direction) == (False, CallDirection.IN)


async def test_nobody_is_connected_with_a_call_that_rings(desk: Desk) -> None:
    await desk.show(**ring(A))
    await lose(desk)
    snapshot = await come_back(desk, **{**ring(A), **idle(held=B), "abonent": {**A, "isringing": True}})
    assert [(one.abonent_number, one.state.name) for one in snapshot.calls] == [(ANN, "ALERTING"), (BORIS, "HOLDED")]
    assert features(snapshot.calls[0]) == {"DROP", "ANSWER"}


async def test_a_manual_reconnection_keeps_the_calls(desk: Desk) -> None:
    await desk.show(**talk(A))
    call = desk.call(ANN)
    desk.forget()
    again = asyncio.create_task(desk.provider.reconnect())
    await desk.serve()
    await again
    assert desk.calls == [call]
    assert desk.lines()[0] == "disconnected"
    assert "callFinished" not in " ".join(desk.lines())
    await desk.provider.query_active_calls()
    assert next(event for event in desk.told if isinstance(event, ActiveCallSnapshot)).calls == (call,)


async def test_what_the_line_may_is_told_with_the_call(desk: Desk) -> None:
    await desk.show(**ring(A))
    told = [one for one in desk.told if isinstance(one, LineStateChanged)]
    assert told[-1].call_id == "c-0001:79161234567"
    assert told[-1].features == CallFeatures.CAN_DROP | CallFeatures.CAN_ANSWER
