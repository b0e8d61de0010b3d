"""Opens the caller's card in the company's own programs: an address in the browser, or a program with arguments."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from ctidesk.config.settings import PopMoment, ScreenPop
from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallInfoChanged, CallStarted, CommutationStarted, CtiEvent
from ctidesk.cti.identification import Callers, Identification
from ctidesk.cti.model import CONNECTION_LOST, CtiModel
from ctidesk.cti.templates import CARD, WEB_SCHEMES, filled_address, filled_argument, placeholders_of, scheme_of
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.integration.callers import LineCallers
from ctidesk.store.plain_text import one_line

MOST_REMEMBERED = 500
"""Calls of which is remembered that their card was opened."""

logger = logging.getLogger(__name__)


class Opener(Protocol):
    """The system's way to other programs. Both return whether the system took it."""

    def open_address(self, address: str) -> bool:
        """Have the program that the user has chosen for it open an address."""

    def start_program(self, program: str, arguments: Sequence[str]) -> bool:
        """Start a program by itself, without a shell."""


class CallerCards:
    """Opens cards when calls ring or are answered, once for each call, or by hand; made for `cti.cards.Cards`.

    Of calls out cards are opened by hand alone: who was called is known to whoever called.
    """

    def __init__(self, model: CtiModel, callers: LineCallers, opener: Opener) -> None:
        """Follow `model`; nothing is opened before `set_up`."""
        self._callers = callers
        self._opener = opener
        self._settings = ScreenPop()
        self._opened: OrderedDict[_Known, None] = OrderedDict()
        self._awaited: set[UUID] = set()
        self._unsubscribe = [model.events.subscribe(self._take), callers.identified.subscribe(self._identified)]

    def set_up(self, settings: ScreenPop) -> None:
        """Follow other settings, from the next call on."""
        self._settings = settings
        self._awaited.clear()

    def offers(self, call: Call) -> bool:
        """Whether the operator opens the card of `call` by hand."""
        if self._settings.moment is not PopMoment.BY_HAND:
            return False
        if not self._settings.program and self._settings.address.strip() == CARD:
            return bool(_values(call, self._callers)["card"])
        return bool(self._settings.program or self._settings.address)

    def open(self, call: Call) -> None:
        """Open the card of `call`."""
        values = _values(call, self._callers)
        if self._settings.program:
            program, *arguments = self._settings.program
            if not self._opener.start_program(program, [filled_argument(one, values) for one in arguments]):
                logger.warning("the program for the caller's card could not be started")
            return
        address = filled_address(self._settings.address, values)
        if not address:
            return
        if scheme_of(address) not in WEB_SCHEMES | {scheme.lower() for scheme in self._settings.schemes}:
            logger.warning("the caller's card is not opened: its address has a scheme that is not allowed")
        elif not self._opener.open_address(address):
            logger.warning("the system has no program for the caller's card")

    def close(self) -> None:
        """Follow the model no more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._awaited.clear()

    # ---- events

    def _take(self, event: CtiEvent) -> None:
        match event, self._settings.moment:
            case CallStarted(call) | CallInfoChanged(call), PopMoment.RING:
                if call.direction is CallDirection.IN and call.state is CallState.ALERTING:
                    self._open_when_known(call)
            case CommutationStarted(call), PopMoment.ANSWER:
                if call.direction is CallDirection.IN:
                    self._open_when_known(call)
            case CallFinished(call), _:
                self._awaited.discard(call.record_id)
                if call.record_id in self._opened and call.state_cause == CONNECTION_LOST:
                    self._remember(_as_found_again(call))

    def _open_when_known(self, call: Call) -> None:
        if call.record_id in self._opened or call.record_id in self._awaited:
            return
        if _as_found_again(call) in self._opened:
            self._remember(call.record_id)
            return
        known = self._callers.known(call.abonent_number)
        is_asked = self._callers.is_asking(call.abonent_number)
        if self._needs_name() and (is_asked or (known is not None and self._must_choose(known))):
            self._awaited.add(call.record_id)
        else:
            self._open_once(call)

    def _identified(self, call: Call, known: Identification) -> None:
        if call.record_id in self._awaited and not self._must_choose(known):
            self._awaited.discard(call.record_id)
            self._open_once(call)

    def _open_once(self, call: Call) -> None:
        self._remember(call.record_id)
        self.open(call)

    def _remember(self, known: _Known) -> None:
        self._opened[known] = None
        while len(self._opened) > MOST_REMEMBERED:
            self._opened.popitem(last=False)

    def _needs_name(self) -> bool:
        templates = self._settings.program or (self._settings.address,)
        return any(placeholders_of(template) & {"name", "card"} for template in templates)

    def _must_choose(self, known: Identification) -> bool:
        return known.is_ambiguous and self._settings.address.strip() == CARD and not self._settings.program


_Known = UUID | tuple[str, str]


def _as_found_again(call: Call) -> tuple[str, str]:
    """Return by what a call is known that a lost connection has ended here: found again, it has another record id."""
    return call.id, call.abonent_number


def _values(call: Call, callers: Callers) -> dict[str, str]:
    known = callers.known(call.abonent_number)
    best = None if known is None else known.best
    return {
        "number": one_line(call.abonent_number),
        "name": one_line(best.name if best is not None else call.abonent_name),
        "direction": {CallDirection.IN: "in", CallDirection.OUT: "out"}.get(call.direction, ""),
        "queue": one_line(call.queue),
        "call_id": one_line(call.id),
        "record_id": str(call.record_id),
        "card": best.url if best is not None else "",
    }
