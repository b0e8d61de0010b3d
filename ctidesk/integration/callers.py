"""Asks who is behind the calls of a line, as soon as they begin, and remembers the answers."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from msgspec.structs import replace

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallInfoChanged, CallStarted, CtiEvent, CurrentCallChanged
from ctidesk.cti.identification import Identification, Match
from ctidesk.cti.model import CtiModel
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.store.database import StoreError
from ctidesk.store.identification import Identifier

MOST_KEPT = 500
"""Numbers whose answers are remembered; those of the active calls are among them."""

EarlierCalls = Callable[[str, UUID], Awaitable[tuple[int, datetime | None]]]
"""Returns how many calls with a number there were besides one, and when the newest of them began."""

logger = logging.getLogger(__name__)


class LineCallers:
    """The callers of one line; made for `cti.identification.Callers`.

    Signals:
        changed(number): more is known about this number.
        identified(call, identification): all sources have answered about the other party of a call, or the operator
            has chosen among several.
    """

    def __init__(self, model: CtiModel, *, earlier: EarlierCalls | None = None) -> None:
        """Follow `model`; nobody is asked before there is an identifier.

        Args:
            model: whose calls are identified.
            earlier: the journal's answer about earlier calls; raises `StoreError`.
        """
        self.changed: Signal[str] = Signal("callers.changed")
        self.identified: Signal[Call, Identification] = Signal("callers.identified")
        self._model = model
        self._earlier = earlier
        self._identifier: Identifier | None = None
        self._known: OrderedDict[str, Identification] = OrderedDict()
        self._asking: dict[str, asyncio.Task[object]] = {}
        self._calls: dict[UUID, tuple[Call, str]] = {}  # with the number that was asked for
        self._tasks = TaskOwner("callers")
        self._unsubscribe = model.events.subscribe(self._take)

    def known(self, number: str) -> Identification | None:
        """Return what is known about `number`; None when nobody was asked."""
        return self._known.get(number)

    def is_asking(self, number: str) -> bool:
        """Whether not all sources have answered about `number` yet."""
        return number in self._asking

    def choose(self, number: str, match: Match) -> None:
        """Take note that of those who have `number` it is `match` who calls."""
        known = self._known.get(number)
        if known is None or match not in known.matches:
            return
        self._known[number] = replace(known, chosen=match)
        self.changed.emit(number)
        self._tell(number)

    def ask_by(self, identifier: Identifier | None) -> None:
        """Ask other sources from now on, about the calls that are going on as well."""
        former, self._identifier = self._identifier, identifier
        if former is not None:
            former.close()
        self.ask_again()

    def ask_again(self) -> None:
        """Ask about the calls that are going on once more: the sources know something else now."""
        for task in self._asking.values():
            task.cancel()
        self._asking.clear()
        active = {number for _, number in self._calls.values()}
        for number in [one for one in self._known if one not in active]:
            del self._known[number]
        for call, number in list(self._calls.values()):
            self._ask(call, number)

    async def close(self) -> None:
        """Ask no more."""
        self._unsubscribe()
        if self._identifier is not None:
            self._identifier.close()
        await self._tasks.close()

    # ---- events

    def _take(self, event: CtiEvent) -> None:
        match event:
            case CallStarted(call) | CallInfoChanged(call) | CurrentCallChanged(Call() as call):
                number = call.abonent_number
                before = self._calls.get(call.record_id)
                if call.is_active and number and (before is None or before[1] != number):
                    self._calls[call.record_id] = (call, number)
                    self._ask(call, number)
            case CallFinished(call):
                entry = self._calls.get(call.record_id)
                if entry is not None and entry[1] not in self._asking:  # else the answer is still for the journal
                    del self._calls[call.record_id]

    def _ask(self, call: Call, number: str) -> None:
        identifier = self._identifier
        if identifier is None or number in self._asking:
            return
        task = self._tasks.start(self._identify(identifier, call, number))
        self._asking[number] = task

        def ended(task: asyncio.Task[object]) -> None:
            if self._asking.get(number) is task:
                del self._asking[number]
            self._forget_ended(number)

        task.add_done_callback(ended)

    async def _identify(self, identifier: Identifier, call: Call, number: str) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._count_earlier(call, number))
            await identifier.identify(number, partial(self._learn, self._known.get(number)))
        self._tell(number)

    async def _count_earlier(self, call: Call, number: str) -> None:
        if self._earlier is None:
            return
        try:
            count, last = await self._earlier(number, call.record_id)
        except StoreError as error:
            logger.info("earlier calls are not known: %s", error)
            return
        if count:
            known = self._known.get(number) or Identification(number)
            self._keep(replace(known, earlier_calls=count, last_call=last))

    def _learn(self, former: Identification | None, now: Identification) -> None:
        if former is not None and former.matches and not now.is_complete:
            return  # a name must not go and come back
        present = self._known.get(now.number)
        if present is not None:
            chosen = present.chosen if present.chosen in now.matches else None
            now = replace(now, chosen=chosen, earlier_calls=present.earlier_calls, last_call=present.last_call)
        self._keep(now)

    def _keep(self, now: Identification) -> None:
        before = self._known.get(now.number)
        self._known[now.number] = now
        self._known.move_to_end(now.number)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        if now != before:
            self.changed.emit(now.number)

    def _tell(self, number: str) -> None:
        known = self._known.get(number)
        if known is None:
            return
        for call, asked in list(self._calls.values()):
            if asked == number:
                self.identified.emit(call, known)

    def _forget_ended(self, number: str) -> None:
        for record_id, (call, asked) in list(self._calls.items()):
            if asked == number and not call.is_active:
                del self._calls[record_id]
