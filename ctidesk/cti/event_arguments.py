"""CTI events, calls and errors as JSON (cti-model.md, "2. Call" and "4. Provider: events").

The names are the model's in camelCase; directions, states, features and kinds of errors stand by their names; times
are ISO 8601 in UTC, durations seconds. What has no value is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ctidesk.cti.agent import AgentState
from ctidesk.cti.call import Call
from ctidesk.cti.directory import Abonent
from ctidesk.cti.errors import CtiError
from ctidesk.cti.events import AgentStateChanged, CtiEvent
from ctidesk.cti.json_value import Json
from ctidesk.cti.values import AgentFeatures, CallFeatures, CallState, feature_names


def event_arguments(event: CtiEvent, now: float) -> list[Json]:
    """Return the arguments of an event in order.

    Args:
        event: the event.
        now: the model's monotonic clock, for the durations of calls.
    """
    if isinstance(event, AgentStateChanged):
        arguments = _agent_state(event.state)
    else:
        arguments = [_json(getattr(event, field), now) for field in event.__struct_fields__]
    while arguments and arguments[-1] is None:
        arguments.pop()
    return arguments


def call_object(call: Call, now: float) -> dict[str, Json]:
    """Return a call with the fields of cti-model.md, section 2.

    `holdStart` is when the present hold began, in seconds from the start of the call.
    """
    on_hold_from = None if call.held_since is None or call.started_at is None else call.held_since - call.started_at
    everything: dict[str, Json] = {
        "id": call.id,
        "recordId": str(call.record_id),
        "direction": call.direction.name,
        "state": call.state.name,
        "previousState": "" if call.previous_state is CallState.NONE else call.previous_state.name,
        "stateCause": call.state_cause,
        "deviceId": call.device_id,
        "callerId": call.caller_id,
        "calledId": call.called_id,
        "callerName": call.caller_name,
        "calledName": call.called_name,
        "features": [*feature_names(call.features)],
        "parentCall": "" if call.parent is None else call.parent.id,
        "redirectingId": call.redirecting_id,
        "redirectionId": call.redirection_id,
        "started": _time(call.started),
        "connected": _time(call.connected),
        "ended": _time(call.ended),
        "holdStart": None if on_hold_from is None else round(on_hold_from, 3),
        "totalHold": round(call.hold_duration(now), 3) or None,
        "totalTalk": round(call.talk_duration(now), 3) or None,
        "line": call.line,
        "queue": call.queue,
        "ivr": call.ivr,
        "comment": call.comment,
        "unconfirmed": None if call.confirmed else True,
    }
    return _with_content(everything)


def error_object(error: CtiError) -> dict[str, Json]:
    """Return an error with the fields of cti-model.md, section 1.5."""
    return _with_content(
        {
            "kind": error.kind.name,
            "code": error.code,
            "text": error.text,
            "raw": error.raw,
            "source": error.source,
        }
    )


def abonent_object(abonent: Abonent) -> dict[str, Json]:
    """Return one entry of the directory."""
    return _with_content(
        {
            "id": abonent.id,
            "name": abonent.name,
            "number": abonent.number,
            "numbers": [*abonent.numbers],
            "presence": abonent.presence.value,
            "detail": abonent.detail,
            "group": abonent.group,
            "isMe": abonent.is_me,
        }
    )


def call_objects(calls: Iterable[Call], now: float) -> list[Json]:
    """Return several calls."""
    return [call_object(call, now) for call in calls]


def _json(value: object, now: float) -> Json:
    match value:
        case None | bool() | str():
            return value
        case CallFeatures() | AgentFeatures():
            return [*feature_names(value)]
        case int() | float():
            return value
        case Call():
            return call_object(value, now)
        case CtiError():
            return error_object(value)
        case tuple() | list():
            return [_json(item, now) for item in value]
        case _:
            return str(value)


def _agent_state(state: AgentState) -> list[Json]:
    """The state's code, and its reason if there is one."""
    reason = state.reason
    return [state.code, None if reason is None else {"id": reason.id, "name": reason.name}]


def _time(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="milliseconds")


def _with_content(everything: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in everything.items() if value is not None and value != ""}
