"""Calls that go on over a lost connection (webitel-protocol.md, "6.8 Recovery after (re)connecting")."""

from __future__ import annotations

import logging

import msgspec

from ctidesk.webitel.account_commands import parsed
from ctidesk.webitel.call_commands import is_gone
from ctidesk.webitel.fields import Fields, Json, JsonObject, decode
from ctidesk.webitel.results import ErrorType, Result, refusal
from ctidesk.webitel.session import Session

ENDED_STATE = "HANGUP"

logger = logging.getLogger(__name__)


async def recover_calls(session: Session) -> Result:
    """Ask the switch for the channels of the own account and make the calls agree with them.

    Calls of which the switch has no channel end with the cause "connection lost". When a question fails all calls stay
    as they are, in doubt.

    Returns:
        the result of the question that has failed, else a success.
    """
    session.channels.doubt()
    domain = session.users.domain
    arguments: JsonObject = {"domain": domain} if domain else {}
    shown = await session.ask_quietly("show_channel", arguments)
    if not shown.ok:
        return shown
    rows = _rows(shown.response)
    if rows is None:
        return refusal("show_channel", ErrorType.COMMAND, "the list of channels could not be read")
    found = []
    for row in rows:
        if decode(row.text("presence_id")) != session.account or row.text("callstate") == ENDED_STATE:
            continue
        dump = parsed(await session.ask_quietly("channel_dump", {"uuid": row.text("uuid")}))
        if dump.ok:
            found.append((row.text("callstate"), Fields(dump.response)))
        elif not is_gone(dump):
            return dump
    session.tell(session.channels.recover(found))
    return Result("show_channel")


def _rows(response: Json) -> list[Fields] | None:
    """The channels in the reply of `show_channel`; without any the switch leaves the rows out."""
    if isinstance(response, str):
        try:
            response = msgspec.json.decode(response)
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            return None
    if not isinstance(response, dict):
        return None
    rows = response.get("rows", [])
    return [Fields(row) for row in rows] if isinstance(rows, list) else None
