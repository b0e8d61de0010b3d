"""The lines on standard input, whatever it is: a terminal, a pipe or a file."""

from __future__ import annotations

import asyncio
import codecs
import os
import sys
import threading


class Input:
    """Reads lines in a thread, for only that way works with every kind of input on every system."""

    def __init__(self) -> None:
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._ended = False

    def start(self) -> None:
        """Begin to read; needs a running event loop. The thread ends with the input or with the program."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, args=(loop,), name="input", daemon=True).start()

    async def line(self) -> str | None:
        """Return the next line without its end, or None at the end of the input."""
        if self._ended:
            return None
        line = await self._lines.get()
        self._ended = line is None
        return line

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        rest = ""
        try:
            # Not through `sys.stdin`: its lock would still be held by this thread when the program ends.
            while chunk := os.read(_STANDARD_INPUT, 65536):
                *whole, rest = (rest + decoder.decode(chunk)).split("\n")
                for line in whole:
                    self._pass_on(loop, line.removesuffix("\r"))
        except OSError:
            rest = ""  # there is no input, or it has been taken away: that is its end, too
        if rest:
            self._pass_on(loop, rest)
        self._pass_on(loop, None)

    def _pass_on(self, loop: asyncio.AbstractEventLoop, line: str | None) -> None:
        try:
            loop.call_soon_threadsafe(self._lines.put_nowait, line)
        except RuntimeError:  # the loop is closed: nobody waits for lines any more
            sys.exit()


_STANDARD_INPUT = 0
