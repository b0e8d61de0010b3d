"""What the line's calls make necessary without the operator (webitel-protocol.md, "15.3 Events")."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiException
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.values import CallState
from ctidesk.webitel.call_commands import CallCommands
from ctidesk.webitel.calls import CallMapper, Refuse, TakeBack, Wish

if TYPE_CHECKING:
    from ctidesk.webitel.web_phone_calls import WebPhoneCalls

BUSY = "USER_BUSY"

logger = logging.getLogger(__name__)


class Wishes:
    """Refuses calls for which there is no place, and takes a held party back after a consultation."""

    def __init__(
        self,
        mapper: CallMapper,
        calls: CallCommands,
        own_calls: WebPhoneCalls | None,
        tasks: TaskOwner,
        is_in_doubt: Callable[[], bool],
        confirm: Callable[[], Awaitable[None]],
    ) -> None:
        """Create it for the wishes of `mapper`.

        Args:
            calls: commands whose refusals are told nobody.
            own_calls: the calls of the web phone, if there is one.
            is_in_doubt: whether a call may be over although nobody has said so.
            confirm: asks the switch which calls there are, and lets the mapper follow.
        """
        self._mapper = mapper
        self._calls = calls
        self._own_calls = own_calls
        self._tasks = tasks
        self._is_in_doubt = is_in_doubt
        self._confirm = confirm

    def grant(self) -> None:
        """Do what the mapper wishes by now."""
        wishes, self._mapper.wishes = self._mapper.wishes, []
        for wish in wishes:
            self._tasks.start(self._grant(wish))

    async def take_back(self, call: Call) -> None:
        """Take a held party back; after a completed transfer the PBX refuses, for the party is leaving."""
        try:
            if self._own_calls is not None and await self._own_calls.hold(call, on=False):
                return
        except CtiException as exception:
            logger.debug("the held party was not taken back: %s", exception.error.raw)
            return
        result = await self._calls.unhold(self._mapper.call_uuid(call))
        if not result.ok:
            logger.debug("the held party was not taken back: %s", result.text)

    async def _grant(self, wish: Wish) -> None:
        match wish:
            case Refuse() if self._is_in_doubt():
                # The calls that leave no place for it may be over; the mapper looks again when that is known.
                await self._confirm()
            case Refuse(call_id):
                result = await self._calls.hangup(call_id, BUSY)
                if not result.ok:
                    logger.debug("a call for which there is no place was not refused: %s", result.text)
            case TakeBack(call) if call.state is CallState.HOLDED and call in self._mapper.calls:
                await self.take_back(call)
