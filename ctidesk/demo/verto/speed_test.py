"""How fast the link is: frames that are no JSON (verto-protocol.md, "1.10 Speed test")."""

from __future__ import annotations

import time
from collections.abc import Callable

LARGEST = 10 * 2**20
ROUNDS = 10
FILLING = 1024


class SpeedTest:
    """Counts what the client sends until it says that this was all, and sends ten times as much back."""

    def __init__(self, send: Callable[[str], None]) -> None:
        self._send = send
        self._size = 0
        self._begun = 0.0

    def receive(self, text: str) -> None:
        """Take one frame that begins with `#`."""
        match text[:4]:
            case "#SPU":
                number = text[4:].strip()
                self._size = min(int(number), LARGEST) if number.isdecimal() else 0
                self._begun = time.monotonic()
            case "#SPE" if self._size:
                self._answer()

    def _answer(self) -> None:
        self._send(f"#SPU {round((time.monotonic() - self._begun) * 1000)}")
        begun = time.monotonic()
        whole, rest = divmod(self._size, FILLING)
        for _ in range(ROUNDS):
            for length in (FILLING,) * whole + ((rest,) if rest else ()):
                self._send("#SPB ".ljust(length, ".")[:length])
        self._send(f"#SPD {round((time.monotonic() - begun) * 1000 / ROUNDS)}")
        self._size = 0
