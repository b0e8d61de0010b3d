"""`ctidesk watch` from its start to its end: password, limits of time, signals, exit code."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys

from ctidesk.cti.errors import CtiError
from ctidesk.cti.threads import DaemonExecutor
from ctidesk.watch.input import Input
from ctidesk.watch.options import WatchOptions
from ctidesk.watch.output import Output
from ctidesk.watch.password import NoPasswordError, password_from_keyring
from ctidesk.watch.watcher import Watcher


def run(options: WatchOptions) -> int:
    """Watch until the end of the input, `quit`, SIGTERM or the time is over.

    Returns:
        The exit code: 1 when there was no password or the line was never usable although it was tried, else 0.
    """
    return asyncio.run(_Run(options).play())


class _Run:
    def __init__(self, options: WatchOptions) -> None:
        self._options = options
        self._output = Output(options.levels, self._end)
        self._watcher: Watcher | None = None
        self._task: asyncio.Task[object] | None = None
        self._is_ending = False

    async def play(self) -> int:
        self._task = asyncio.current_task()
        loop = asyncio.get_running_loop()
        loop.set_default_executor(DaemonExecutor())
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in the loop
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._end)
        if self._options.seconds is not None:
            loop.call_later(self._options.seconds, self._end)
        with contextlib.suppress(asyncio.CancelledError):  # by `_end`
            if not await self._follow():
                return 1
        failed = self._output.is_closed or (self._watcher is not None and self._watcher.never_got_through)
        return 1 if failed else 0

    def _end(self) -> None:
        """End the run once; what it closes on its way out is not interrupted."""
        if self._task is not None and not self._is_ending:
            self._is_ending = True
            self._task.cancel()

    async def _follow(self) -> bool:
        """Return False when there was no password."""
        lines = Input()
        lines.start()
        try:
            password = await self._password(lines)
        except NoPasswordError as error:
            _say(f"no password: {error}")
            return False
        self._watcher = Watcher(self._options, password, self._output, self._stopped)
        try:
            await self._watcher.follow(lines)
        finally:
            self._is_ending = True
            await self._watcher.close()
        return True

    async def _password(self, lines: Input) -> str:
        options = self._options
        if options.password_in_input:
            line = await lines.line()
            if line is None:
                raise NoPasswordError("the input has ended before its first line")
            return line
        if options.password is not None:
            return options.password
        try:
            return await password_from_keyring(options.provider, options.login, options.url)
        except NoPasswordError as error:
            raise NoPasswordError(f"{error}; give it by --password-stdin or CTIDESK_PASSWORD") from None

    def _stopped(self, error: CtiError) -> None:
        """There will be no further attempt. Without reconnection the run is over if there never was a line."""
        _say(f"{error.text} ({error.raw})" if error.raw else error.text)
        if not self._options.reconnects and self._watcher is not None and self._watcher.never_got_through:
            self._end()


def _say(text: str) -> None:
    """Say it in one line, whatever the PBX has put into its part of the text."""
    line = "".join(character if character.isprintable() else " " for character in text)
    print(f"ctidesk: {line}", file=sys.stderr, flush=True)
