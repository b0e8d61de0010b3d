"""The demo Webitel as one object, for the application's `ctidesk demo`, for `ctidesk pbx webitel` and for tests."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from ctidesk.demo.pbx import DemoPbx
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.director import Director
from ctidesk.demo.webitel.options import WebitelOptions
from ctidesk.demo.webitel.server import WebitelServer
from ctidesk.demo.webitel.story import Story

if TYPE_CHECKING:
    from ctidesk.demo.verto.director import VertoDirector
    from ctidesk.demo.verto.gate import VertoGate


class WebitelDemo(DemoPbx[WebitelOptions]):
    """`async with WebitelDemo(options) as demo:` opens the ports and closes them again; see `DemoPbx`."""

    def __init__(self, options: WebitelOptions | None = None, scheduler: Scheduler | None = None) -> None:
        super().__init__(options or WebitelOptions(), scheduler)
        self._gate: VertoGate | None = None

    async def _open(self, scheduler: Scheduler, closing: AsyncExitStack) -> None:
        options = self._options
        self.desk = Desk(options, scheduler, Behaviour(answers_after=self._answers_after))
        self._server = WebitelServer(self.desk)
        self._lines = Director(self.desk, self._server)
        if options.web_phone:
            self._gate = _gate(self.desk, self._lines, options, scheduler)
            closing.push_async_callback(self._gate.stop)
            await self._gate.start()
        closing.push_async_callback(self._server.stop)
        await self._server.start()
        if options.story:
            story = Story(self.desk, self._lines, seed=options.seed, quiet=options.quiet)
            closing.callback(story.stop)
            story.start()

    @property
    def url(self) -> str:
        """Where clients connect to, for instance `ws://127.0.0.1:40123/`."""
        return self._server.url

    @property
    def verto_url(self) -> str:
        """Where web phones connect to; empty without them."""
        return "" if self._gate is None else self._gate.server.url

    @property
    def domain(self) -> str:
        return self._options.domain

    @property
    def _operator(self) -> Account:
        return self.desk.directory.operator

    @property
    def _director(self) -> Director | VertoDirector:
        return self._lines if self._gate is None else self._gate.director


def _gate(desk: Desk, director: Director, options: WebitelOptions, scheduler: Scheduler) -> VertoGate:
    from ctidesk.demo.verto.gate import VertoGate
    from ctidesk.demo.verto.options import VertoOptions

    return VertoGate(desk, director, VertoOptions(host=options.host, port=options.verto_port), scheduler)
