"""The wire examples (webitel-protocol.md, "14. Wire examples" and "15.6 Expected CTI events for section 14")."""

from __future__ import annotations

import pytest

from ctidesk.cti.events import CallFinished
from ctidesk.webitel.client import ClientOptions
from tests.webitel.scripted_pbx import ACCOUNT, Pbx
from tests.webitel.transcript import TRANSCRIPTS, Player

TALKING = "[DROP HOLD DTMF]"
BRIDGED = "[DROP HOLD BLIND_TRANSFER MAKE_CONSULT_CALL DTMF]"
HELD = "[UNHOLD MAKE_CONSULT_CALL DTMF]"

CTI_EVENTS = {
    "T1": ["initialized", "agentStateChanged ONHOOK", "callCentreStateChanged False"],
    "T2": [
        *("callStarted k1", "[DROP]", "agentStateChanged ISBUSY"),
        *("commutationStarted k1", TALKING, "callInfoChanged k1", BRIDGED),
    ],
    "T3": ["callInfoChanged a1", "callFinished a1", "[DIAL]"],
    "T4": ["callInfoChanged a1", "callFinished a1", "[DIAL]"],
    "T6": [
        *("callStarted k2", "[DROP]", "agentStateChanged ISBUSY", "commutationStarted k2", TALKING),
        *("callInfoChanged k2", BRIDGED, "callInfoChanged k2"),
        *("callInfoChanged p1", "callFinished p1", "[DIAL]", "error COMMAND"),
    ],
    "T7": ["hold k1", HELD, "unhold k1", BRIDGED],
    "T8": [
        *("hold k1", HELD, "callStarted k3", "[NOTHING]"),
        *("commutationStarted k3", "callInfoChanged k3", "[COMPLETE_TRANSFER]"),
    ],
    "T9": [
        *("callInfoChanged c1", "callFinished c1", "currentCallChanged k1", HELD),
        *("callInfoChanged a1", "callFinished a1", "[DIAL]"),
    ],
    "T10": ["callInfoChanged c1", "callFinished c1", "currentCallChanged k1", HELD, "unhold k1", BRIDGED],
    "T11": ["callInfoChanged a1", "callFinished a1", "[DIAL]"],
    "T12": ["dtmfEntered 5"],
    "T13": [],
    "T14": [
        *("agentStateChanged DND Lunch break", "agentStateChanged ONHOOK", "agentStateChanged ONHOOK"),
        "callCentreStateChanged True",
    ],
    "T15": ["error AUTHENTICATION", "disconnected"],
    "T16": ["disconnected"],
}


@pytest.fixture
def options() -> ClientOptions:
    return ClientOptions("ws://pbx.crm.test:871", ACCOUNT, "s3cret")


@pytest.mark.parametrize("name", TRANSCRIPTS)
async def test_what_is_sent_told_and_returned(
    name: str, options: ClientOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    pbx = Pbx(monkeypatch, options)
    # What a provider sends by itself is no matter of the client's.
    monkeypatch.setattr(pbx.provider._wishes, "grant", lambda: None)
    player = Player(pbx, is_strict=True)
    try:
        await player.play(name)
    finally:
        await player.close()
        await pbx.close()


@pytest.mark.parametrize("name", CTI_EVENTS)
async def test_what_the_application_is_told(name: str, options: ClientOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    pbx = Pbx(monkeypatch, options)
    player = Player(pbx, is_strict=False)
    try:
        await player.play(name)
        assert pbx.words() == CTI_EVENTS[name]
    finally:
        await player.close()
        await pbx.close()


async def test_a_completed_transfer_is_stored_with_the_call(
    options: ClientOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    pbx = Pbx(monkeypatch, options)
    player = Player(pbx, is_strict=False)
    try:
        await player.play("T9")
        finished = [event.call for event in pbx.cti if isinstance(event, CallFinished)]
        assert [(call.redirecting_id, call.redirection_id) for call in finished] == [("", ""), ("100", "101")]
    finally:
        await player.close()
        await pbx.close()
