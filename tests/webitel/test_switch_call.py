"""Direction, numbers and the call record (webitel-protocol.md, "6.2 Direction" to "6.4 Call record")."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ctidesk.webitel.channel import Channel
from ctidesk.webitel.fields import Fields
from ctidesk.webitel.switch_call import State, SwitchCall
from tests.webitel.scripted_pbx import INCOMING

VECTORS = """
outbound outbound false no  no  yes inbound  222 111 111
outbound outbound true  no  no  yes inbound  111 222 222
outbound outbound false yes no  yes inbound  222 111 222
inbound  inbound  true  yes no  yes outbound 222 111 222
inbound  inbound  true  yes no  no  outbound 333 111 333
inbound  inbound  true  no  no  yes outbound 111 222 222
inbound  outbound true  yes no  yes inbound  111 222 111
outbound outbound false yes yes yes callback 111 222 111
outbound outbound true  yes yes yes callback 222 111 222
outbound outbound true  yes yes no  callback 333 111 333
outbound inbound  true  no  no  yes outbound 222 111 111
outbound inbound  false no  no  yes outbound 111 222 222
"""


def call_of(
    fields: Mapping[str, str | None], state: State = State.RINGING, *, is_originator: bool = False
) -> SwitchCall:
    """Return a call of one channel with these fields besides those of an incoming leg."""
    channel = Channel("b1", "k1")
    channel.merge(Fields({name: value for name, value in {**INCOMING, **fields}.items() if value is not None}))
    return SwitchCall("k1", is_originator, "100", [channel], state)


@pytest.mark.parametrize("vector", VECTORS.split("\n")[1:-1])
def test_number_vectors(vector: str) -> None:
    switch, logical, hit, own_leg, originated, callee_given, direction, callee, caller, shown = vector.split()
    call = call_of(
        {
            "Call-Direction": switch,
            "Caller-Logical-Direction": logical,
            "Channel-HIT-Dialplan": hit,
            "Channel-Call-UUID": "b1" if own_leg == "yes" else "a1",
            "variable_w_jsclient_originate_number": "777" if originated == "yes" else None,
            "Caller-Caller-ID-Number": "111",
            "Caller-Callee-ID-Number": "222" if callee_given == "yes" else None,
            "Caller-Destination-Number": "333",
        },
        is_originator=own_leg == "yes",
    )
    assert (call.direction.value, call.callee_number, call.caller_number, call.display_number) == (
        direction,
        callee,
        caller,
        shown,
    )


@pytest.mark.parametrize(
    ("originated", "state", "logical", "direction"),
    [
        ("777", State.RINGING, "inbound", "callback"),
        ("777", State.ANSWERED, "outbound", "outbound"),
        ("777", State.HOLD, None, "outbound"),
        ("777", State.ENDED, None, "outbound"),
        (None, State.RINGING, "inbound", "outbound"),
        (None, State.ENDED, "inbound", "outbound"),
        (None, State.ANSWERED, "outbound", "inbound"),
        (None, State.RINGING, None, "inbound"),
    ],
)
def test_direction(originated: str | None, state: State, logical: str | None, direction: str) -> None:
    call = call_of({"variable_w_jsclient_originate_number": originated, "Caller-Logical-Direction": logical}, state)
    assert call.direction.value == direction


@pytest.mark.parametrize(
    "number", ["u:0f5b4e5e-1111-4222-8333-444455556666", "0f5b4e5e-1111-4222-8333-444455556666", "uabcdefgh-1-2"]
)
def test_a_number_that_is_a_device_is_the_own_number(number: str) -> None:
    call = call_of({"Caller-Callee-ID-Number": number})
    assert call.callee_number == ("100" if number.count("-") == 4 else number)


def test_names_are_decoded_before_the_domain_is_cut() -> None:
    call = call_of({"Caller-Caller-ID-Name": "%D0%86%D0%B2%D0%B0%D0%BD%40crm.test", "Caller-Callee-ID-Name": None})
    record = call.record()
    assert (record["callerName"], record["calleeName"]) == ("Іван", "100")


@pytest.mark.parametrize(
    ("data", "told"),
    [('\'{"city":"Kyiv"}\'', '{"city":"Kyiv"}'), ("it's", "its"), ("''", ""), ("'undefined'", None), ("", None)],
)
def test_application_data(data: str, told: str | None) -> None:
    assert call_of({"variable_webitel_data": data}).record().get("data") == told


def test_fields_without_a_value_are_left_out() -> None:
    record = call_of({}).record()
    assert not {"dbUuid", "hangup_cause", "cc_queue", "transferResult", "data", "dlr_session_id"} & record.keys()
    assert record["other-leg-unique-id"] == "a1"
    assert record["my-uuid"] == record["call-channel-uuid"] == "b1"
