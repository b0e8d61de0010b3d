"""The demo Verto server as one object, for `ctidesk pbx verto` and for tests."""

from __future__ import annotations

from contextlib import AsyncExitStack

from ctidesk.demo.pbx import DemoPbx
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.verto.calls import Calls
from ctidesk.demo.verto.director import VertoDirector
from ctidesk.demo.verto.gate import VertoGate
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.director import Director
from ctidesk.demo.webitel.options import WebitelOptions
from ctidesk.demo.webitel.server import WebitelServer


class VertoDemo(DemoPbx[VertoOptions]):
    """`async with VertoDemo(options) as demo:` opens the port and closes it again; see `DemoPbx`."""

    def __init__(self, options: VertoOptions | None = None, scheduler: Scheduler | None = None) -> None:
        super().__init__(options or VertoOptions(), scheduler)

    async def _open(self, scheduler: Scheduler, closing: AsyncExitStack) -> None:
        options = self._options
        of_switch = WebitelOptions(
            users=options.users, seed=options.seed, login_password=options.login_password, domain=options.domain
        )
        self.desk = Desk(of_switch, scheduler, Behaviour(answers_after=self._answers_after))
        base = Director(self.desk, WebitelServer(self.desk))
        self._gate = VertoGate(self.desk, base, options, scheduler)
        closing.push_async_callback(self._gate.stop)
        await self._gate.start()

    @property
    def calls(self) -> Calls:
        return self._gate.calls

    @property
    def url(self) -> str:
        """Where clients connect to, for instance `ws://127.0.0.1:40123/`."""
        return self._gate.server.url

    @property
    def _operator(self) -> Account:
        return self.desk.directory.operator

    @property
    def _director(self) -> VertoDirector:
        return self._gate.director
