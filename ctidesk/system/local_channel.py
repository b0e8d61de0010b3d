"""Requests from one process to another of the same user: one line in, one line out.

Two modules implement it: `unix_socket`, which needs no library that stays in memory, and `named_pipe` for Windows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

LONGEST_MESSAGE = 1024
"""Bytes of a request and of an answer."""
MOST_CLIENTS = 8

Answer = Callable[[bytes], bytes]
"""Takes a request, complete with its end of line unless it is too long, and returns the answer."""


class NobodyListensError(Exception):
    """There is no process to ask."""


class SilentError(Exception):
    """A process listens, but does not answer in time."""


class Listener(Protocol):
    """Answers requests while an event loop of Qt runs."""

    @property
    def clients(self) -> int:
        """How many are connected now."""

    def close(self) -> None:
        """Stop listening, and free the name."""


class Channel(Protocol):
    """What the modules offer."""

    def ask(self, name: str, request: bytes, patience: float) -> bytes:
        """Give a request to whoever listens under `name` and return the answer; blocks for `patience` seconds at most.

        Raises:
            NobodyListensError: nobody does.
            SilentError: whoever does, does not answer.
        """

    def is_served(self, name: str) -> bool:
        """Whether somebody listens under `name`."""

    def serve(self, name: str, answer: Answer, patience: float) -> Listener:
        """Listen under `name`, which nobody does; what a process has left there that crashed is removed.

        Args:
            name: of the socket or pipe.
            answer: called for each request.
            patience: seconds within which a client's request must be there.

        Raises:
            OSError: this computer does not let us listen; the text says why.
        """
