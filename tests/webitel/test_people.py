"""The abonent list and words (webitel-protocol.md, "8.2 Presence model" and "12. Errors")."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.errors import CtiException
from ctidesk.webitel.hangup_causes import hangup_cause_text
from tests.waiting import settle
from tests.webitel.scripted_pbx import Frame, Pbx, status_event


@pytest.mark.parametrize(
    ("state", "away", "presence"),
    [
        ("NONREG", "DND", "offline"),
        ("nonreg", "none", "offline"),
        ("onhook", "none", "ready"),
        ("onhook", "dnd", "dnd"),
        ("ONHOOK", "NONE", "ready"),
        ("ISBUSY", "ONBREAK", "break"),
        ("ISBUSY", "DND", "dnd"),
        ("ONHOOK", "CALLFORWARD", "dnd"),
        ("ISBUSY", "VOICEMAIL", "dnd"),
        ("ISBUSY", "NONE", "talking"),
        ("ISBUSY", "AGENT", "talking"),
        ("ONHOOK", "SOMETHING", "unknown"),
    ],
)
async def test_presence(line: Pbx, state: str, away: str, presence: str) -> None:
    changed: list[frozenset[str]] = []
    line.provider.directory.changed.subscribe(changed.append)
    await line.say(status_event("101", state, away, **{"Account-Status-Descript": "tea"}))
    abonent = line.provider.directory.abonents["101"]
    assert (abonent.name, abonent.number, abonent.presence, abonent.detail) == ("Boris", "101", presence, "tea")
    assert changed == [frozenset({"101"})]


async def test_the_list_follows_the_accounts(line: Pbx) -> None:
    resets: list[None] = []
    directory = line.provider.directory
    directory.reset.subscribe(lambda: resets.append(None))
    event: Frame = {"webitel-event-name": "USER_CREATE", "Event-Name": "USER_CREATE", "User-ID": "105"}
    await line.say(event)
    assert "105" in directory.abonents
    await line.say(event | {"Event-Name": "USER_DESTROY"})
    assert "105" not in directory.abonents
    assert len(resets) == 2


async def test_without_a_connection_nobodys_state_is_known(line: Pbx) -> None:
    line.connection.drop()
    await settle()
    directory = line.provider.directory
    assert [one.presence for one in directory.abonents.values()] == ["unknown", "unknown"]
    assert directory.actions("101") == ()
    await line.connect()
    assert directory.abonents["101"].presence == "ready"


async def test_actions(line: Pbx) -> None:
    directory = line.provider.directory
    assert directory.abonents["100"].is_me
    assert directory.actions("100") == directory.actions("nobody") == ()
    assert directory.actions("101") == (AbonentAction.CALL,)
    await line.call("CHANNEL_CREATE")
    assert directory.actions("101") == ()
    await line.call("CHANNEL_ANSWER")
    assert directory.actions("101") == (AbonentAction.CONSULT, AbonentAction.TRANSFER)


CAUSES = """
NORMAL_CLEARING ORIGINATOR_CANCEL USER_BUSY NO_ANSWER NO_USER_RESPONSE CALL_REJECTED UNALLOCATED_NUMBER
NO_ROUTE_DESTINATION INVALID_NUMBER_FORMAT NUMBER_CHANGED USER_NOT_REGISTERED SUBSCRIBER_ABSENT
DESTINATION_OUT_OF_ORDER NORMAL_TEMPORARY_FAILURE NORMAL_CIRCUIT_CONGESTION RECOVERY_ON_TIMER_EXPIRE
INCOMPATIBLE_DESTINATION OUTGOING_CALL_BARRED MANAGER_REQUEST BLIND_TRANSFER ATTENDED_TRANSFER LOSE_RACE PICKED_OFF
GATEWAY_DOWN NORMAL_UNSPECIFIED UNSPECIFIED
"""


@pytest.mark.parametrize("cause", CAUSES.split())
def test_causes_have_words(cause: str) -> None:
    assert re.fullmatch(r"[A-Z][^_]+\.", hangup_cause_text(cause))


def test_other_causes_are_shown_as_they_are() -> None:
    assert [hangup_cause_text(cause) for cause in ("WRONG_CALL_STATE", "")] == ["WRONG_CALL_STATE", ""]


@pytest.mark.parametrize(
    ("complete", "response", "words", "kind"),
    [
        ("-ERR", "-ERR USER_NOT_REGISTERED\n", "not registered", "COMMAND"),
        ("-ERR", "-ERR SUBSCRIBER_ABSENT\n", "not registered", "COMMAND"),
        ("-ERR", "-ERR NO_ANSWER\n", "nobody answered", "COMMAND"),
        ("-ERR", "Permission denied!", "role does not allow", "COMMAND"),
        ("-ERR", "-ERR: FreeSWITCH server connect close!", "temporarily unavailable", "COMMAND"),
        ("-ERR", "Console connect error", "temporarily unavailable", "COMMAND"),
        ("-ERR: bad response", None, "refused", "COMMAND"),
        ("+ERR", "call - not found.", "does not support", "COMMAND_NOT_IMPLEMENTED"),
    ],
)
async def test_words_for_refusals(line: Pbx, complete: str, response: Any, words: str, kind: str) -> None:
    task = line.start(line.provider.make_call("101"))
    await settle()
    await line.reply("call", response, complete)
    exception = task.exception()
    assert isinstance(exception, CtiException)
    assert words in str(exception)
    assert exception.error.kind.name == kind
    assert exception.error.source == "webitel.call"


async def test_words_for_a_missing_reply(line: Pbx) -> None:
    task = line.start(line.provider.change_call_centre_state(True))
    await settle()
    line.clock.advance(11)
    await settle()
    assert "not answered in time" in str(task.exception())
