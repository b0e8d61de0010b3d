"""The caller's card in the company's own programs, as the windows see it."""

from __future__ import annotations

from typing import Protocol

from ctidesk.cti.call import Call


class Cards(Protocol):
    """Opens cards by hand."""

    def offers(self, call: Call) -> bool:
        """Whether the operator opens the card of `call` by hand."""

    def open(self, call: Call) -> None:
        """Open the card of `call`."""


class NoCards:
    """Where there are no cards to open."""

    def offers(self, call: Call) -> bool:
        """Never."""
        return False

    def open(self, call: Call) -> None:
        """There is nothing to open."""
