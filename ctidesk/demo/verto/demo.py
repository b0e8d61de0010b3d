"""The demo Verto server as one object, for `ctidesk pbx verto` and for tests."""

from __future__ import annotations

from types import TracebackType

from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import LoopScheduler, Scheduler
from ctidesk.demo.verto.calls import Calls
from ctidesk.demo.verto.gate import VertoGate
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.director import Director
from ctidesk.demo.webitel.options import WebitelOptions
from ctidesk.demo.webitel.server import WebitelServer

AUTO_ANSWER_SECONDS = 1.5


class VertoDemo:
    """`async with VertoDemo(options) as demo:` opens the port and closes it again.

    `scheduler`: the PBX's time; by default the running loop's. Raises OSError when the port is taken.
    """

    def __init__(self, options: VertoOptions | None = None, scheduler: Scheduler | None = None) -> None:
        self._options = options or VertoOptions()
        self._scheduler = scheduler

    async def __aenter__(self) -> VertoDemo:
        options = self._options
        scheduler = self._scheduler or LoopScheduler()
        of_switch = WebitelOptions(
            users=options.users, seed=options.seed, login_password=options.login_password, domain=options.domain
        )
        habit = Behaviour(answers_after=AUTO_ANSWER_SECONDS if options.auto else None)
        self.desk = Desk(of_switch, scheduler, habit)
        base = Director(self.desk, WebitelServer(self.desk))
        self._gate = VertoGate(self.desk, base, options, scheduler)
        await self._gate.start()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self._gate.stop()

    @property
    def calls(self) -> Calls:
        return self._gate.calls

    @property
    def url(self) -> str:
        """Where clients connect to, for instance `ws://127.0.0.1:40123/`."""
        return self._gate.server.url

    @property
    def operator_login(self) -> str:
        """The demo operator's full account, `number@domain`."""
        return self.desk.directory.operator.login

    @property
    def operator_number(self) -> str:
        return self.desk.directory.operator.number

    @property
    def password(self) -> str:
        """The password of every account; the demo's own, no secret."""
        return self._options.login_password

    async def direct(self, line: str) -> dict[str, object]:
        """Carries out one of the director's lines (`director.py`) and returns its answer, `ok` and more."""
        return self._gate.director.direct(line)
