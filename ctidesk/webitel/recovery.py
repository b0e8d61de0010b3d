"""Calls that go on over a lost connection (webitel-protocol.md, "6.8 Recovery after (re)connecting")."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import msgspec

from ctidesk.cti.clock import Clock, Timer
from ctidesk.cti.tasks import TaskOwner
from ctidesk.webitel.account_commands import parsed
from ctidesk.webitel.call_commands import is_gone
from ctidesk.webitel.fields import Fields, Json, JsonObject, decode
from ctidesk.webitel.results import NOT_FOUND, ErrorType, Result, refusal
from ctidesk.webitel.session import Session

ENDED_STATE = "HANGUP"
ASK_AGAIN = 5.0
"""Seconds after which the switch is asked again when it could not tell: after a restart it may need a while."""

logger = logging.getLogger(__name__)


class Recovery:
    """Makes the calls agree with the switch: asks it, and asks again until it has told."""

    def __init__(self, session: Session, clock: Clock, tasks: TaskOwner, recovered: Callable[[], None]) -> None:
        """Create it for the calls of `session`.

        Args:
            tasks: who owns what is asked later.
            recovered: is called when the switch has told after it had been asked again.
        """
        self._session = session
        self._clock = clock
        self._tasks = tasks
        self._recovered = recovered
        self._asking = asyncio.Lock()
        self._timer: Timer | None = None

    async def ask(self) -> Result:
        """Ask once; while it is not known whether calls are still there, the switch is asked again later.

        A server that does not know the question is asked once.
        """
        self.stop()
        async with self._asking:
            result = await recover_calls(self._session)
        may_know = not result.ok and not result.message.endswith(NOT_FOUND)
        if may_know and self._session.is_ready and self._session.channels.calls:
            self.stop()
            self._timer = self._clock.call_later(ASK_AGAIN, self._ask_again)
        return result

    def stop(self) -> None:
        """Ask no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ask_again(self) -> None:
        self._timer = None
        if self._session.is_ready and self._session.channels.calls:
            self._tasks.start(self._ask_and_tell())

    async def _ask_and_tell(self) -> None:
        if (await self.ask()).ok:
            self._recovered()


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
