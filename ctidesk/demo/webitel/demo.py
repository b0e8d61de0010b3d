"""The demo PBX as one object, for the application's `ctidesk demo`, for `ctidesk pbx webitel` and for tests."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import LoopScheduler, Scheduler
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.director import Director
from ctidesk.demo.webitel.options import WebitelOptions
from ctidesk.demo.webitel.server import WebitelServer
from ctidesk.demo.webitel.story import Story

if TYPE_CHECKING:
    from ctidesk.demo.verto.gate import VertoGate

AUTO_ANSWER_SECONDS = 1.5


class WebitelDemo:
    """`async with WebitelDemo(options) as demo:` opens the port and closes it again.

    `scheduler`: the PBX's time; by default the running loop's. Raises OSError when the port is taken.
    """

    def __init__(self, options: WebitelOptions | None = None, scheduler: Scheduler | None = None) -> None:
        self._options = options or WebitelOptions()
        self._gate: VertoGate | None = None
        self._scheduler = scheduler

    async def __aenter__(self) -> WebitelDemo:
        options = self._options
        habit = Behaviour(answers_after=AUTO_ANSWER_SECONDS if options.auto else None)
        self.desk = Desk(options, self._scheduler or LoopScheduler(), habit)
        self._server = WebitelServer(self.desk)
        self._director = Director(self.desk, self._server)
        self._story = Story(self.desk, self._director, seed=options.seed, quiet=options.quiet)
        if options.web_phone:
            self._gate = _gate(self.desk, self._director, options, self.desk.scheduler)
            await self._gate.start()
        try:
            await self._server.start()
        except BaseException:
            if self._gate is not None:
                await self._gate.stop()
            raise
        if options.story:
            self._story.start()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._story.stop()
        await self._server.stop()
        if self._gate is not None:
            await self._gate.stop()

    @property
    def url(self) -> str:
        """Where clients connect to, for instance `ws://127.0.0.1:40123/`."""
        return self._server.url

    @property
    def verto_url(self) -> str:
        """Where web phones connect to; empty without them."""
        return "" if self._gate is None else self._gate.server.url

    @property
    def operator_login(self) -> str:
        """The demo operator's full account, `number@domain`."""
        return self.desk.directory.operator.login

    @property
    def operator_number(self) -> str:
        return self.desk.directory.operator.number

    @property
    def domain(self) -> str:
        return self._options.domain

    @property
    def password(self) -> str:
        """The password of every account; the demo's own, no secret."""
        return self._options.login_password

    async def direct(self, line: str) -> dict[str, object]:
        """Carries out one of the director's lines (`director.py`) and returns its answer, `ok` and more."""
        return (self._gate.director if self._gate is not None else self._director).direct(line)


def _gate(desk: Desk, director: Director, options: WebitelOptions, scheduler: Scheduler) -> VertoGate:
    from ctidesk.demo.verto.gate import VertoGate
    from ctidesk.demo.verto.options import VertoOptions

    return VertoGate(desk, director, VertoOptions(host=options.host, port=options.verto_port), scheduler)
