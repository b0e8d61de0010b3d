"""CTI events as JSON (cti-model.md, "2. Call" and "4. Provider: events")."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from ctidesk.cti import events
from ctidesk.cti.agent import AgentState, Reason
from ctidesk.cti.call import Call
from ctidesk.cti.directory import Abonent
from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.event_arguments import abonent_object, call_object, error_object, event_arguments
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import CallDirection, CallFeatures, CallState

RECORD = UUID("c072be2c-3d82-4468-9d4a-6db47d1f4cca")
CALL = Call("c-1:102", CallDirection.OUT, record_id=RECORD)
SHORT = {"id": "c-1:102", "recordId": str(RECORD), "direction": "OUT", "state": "NONE", "features": []}
ERROR = CtiError(ErrorKind.COMMAND, "No.", code=2103)


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        (events.Initialized(), []),
        (events.Disconnected(12, may_reconnect=True), [12, True]),
        (events.Disconnected(may_reconnect=False), [None, False]),
        (events.CallStarted(CALL), [SHORT]),
        (events.CallFinished(CALL), [SHORT]),
        (events.CommutationStarted(CALL), [SHORT]),
        (events.Hold(CALL), [SHORT]),
        (events.Unhold(CALL), [SHORT]),
        (events.CallBusy(CALL), [SHORT]),
        (events.CallInfoChanged(CALL), [SHORT]),
        (events.CallSaved(CALL), [SHORT]),
        (events.CurrentCallChanged(CALL), [SHORT]),
        (events.CurrentCallChanged(None), []),
        (events.ActiveCallSnapshot((CALL,), CALL), [[SHORT], SHORT]),
        (events.ActiveCallSnapshot(()), [[]]),
        (events.LineStateChanged(CallFeatures.CAN_NOTHING), [[]]),
        (
            events.LineStateChanged(CallFeatures.CAN_HOLD | CallFeatures.CAN_DROP, "c-1"),
            [["CAN_DROP", "CAN_HOLD"], "c-1"],
        ),
        (events.AgentStateChanged(AgentState("ready", Presence.READY, "Ready")), ["ready"]),
        (
            events.AgentStateChanged(AgentState("break", Presence.BREAK, "Break", Reason("1", "Lunch"))),
            ["break", {"id": "1", "name": "Lunch"}],
        ),
        (events.CallCentreStateChanged(False), [False]),
        (events.DtmfEntered("1#"), ["1#"]),
        (events.WebRtcStarted("s"), ["s"]),
        (events.CommandExecuted("call 102"), ["call 102"]),
        (events.ErrorOccurred(ERROR), [{"kind": "COMMAND", "code": 2103, "text": "No."}]),
        (events.RawMessage("<>"), ["<>"]),
    ],
    ids=lambda value: value.name if isinstance(value, events.CtiEvent) else "",
)
def test_arguments(event: events.CtiEvent, arguments: list[object]) -> None:
    told = event_arguments(event, now=0.0)
    assert told == arguments
    assert json.loads(json.dumps(told)) == arguments


def test_a_call_with_everything() -> None:
    moment = datetime(2026, 11, 21, 9, 30, 5, 123456, UTC)
    call = Call(
        "c-2:102",
        CallDirection.IN,
        record_id=RECORD,
        state=CallState.HOLDED,
        previous_state=CallState.CONNECTED,
        state_cause="held",
        device_id="101",
        caller_id="79161234567",
        called_id="101",
        caller_name="Пётр",
        called_name="Anna",
        features=CallFeatures.CAN_UNHOLD,
        parent=CALL,
        redirecting_id="103",
        redirection_id="104",
        line="trunk1",
        queue="Sales",
        ivr="Menu",
        comment="<b>VIP</b>",
        started=moment,
        connected=moment,
        ended=moment,
        confirmed=False,
        started_at=100.0,
        held_since=130.0,
        talked=20.0,
        held=5.0,
    )
    assert call_object(call, now=132.5) == {
        "id": "c-2:102",
        "recordId": str(RECORD),
        "direction": "IN",
        "state": "HOLDED",
        "previousState": "CONNECTED",
        "stateCause": "held",
        "deviceId": "101",
        "callerId": "79161234567",
        "calledId": "101",
        "callerName": "Пётр",
        "calledName": "Anna",
        "features": ["CAN_UNHOLD"],
        "parentCall": "c-1:102",
        "redirectingId": "103",
        "redirectionId": "104",
        "started": "2026-11-21T09:30:05.123+00:00",
        "connected": "2026-11-21T09:30:05.123+00:00",
        "ended": "2026-11-21T09:30:05.123+00:00",
        "holdStart": 30.0,
        "totalHold": 7.5,
        "totalTalk": 20.0,
        "line": "trunk1",
        "queue": "Sales",
        "ivr": "Menu",
        "comment": "<b>VIP</b>",
        "unconfirmed": True,
    }


def test_an_error_with_everything() -> None:
    error = CtiError(ErrorKind.AUTHENTICATION, "Wrong.", "E1", "raw", "oktell.connect")
    assert error_object(error) == {
        "kind": "AUTHENTICATION",
        "code": "E1",
        "text": "Wrong.",
        "raw": "raw",
        "source": "oktell.connect",
    }


def test_an_abonent() -> None:
    abonent = Abonent("u1", "Anna", "101", ("101", "201"), Presence.BREAK, "Lunch", "Sales", is_me=True)
    assert abonent_object(abonent) == {
        "id": "u1",
        "name": "Anna",
        "number": "101",
        "numbers": ["101", "201"],
        "presence": "break",
        "detail": "Lunch",
        "group": "Sales",
        "isMe": True,
    }
