"""The demo PBX as one object, for the application's `ctidesk demo`, for `ctidesk pbx oktell` and for tests."""

from __future__ import annotations

from types import TracebackType

from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.director import Director
from ctidesk.demo.oktell.directory import Directory
from ctidesk.demo.oktell.options import OktellOptions
from ctidesk.demo.oktell.server import OktellServer
from ctidesk.demo.oktell.story import Story
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import LoopScheduler, Scheduler

AUTO_ANSWER_SECONDS = 1.5
STORY_TALK_SECONDS = 60.0


class OktellDemo:
    """`async with OktellDemo(options) as demo:` opens the port and closes it again.

    `scheduler`: the PBX's time; by default the running loop's. Raises OSError when the port is taken.
    """

    def __init__(self, options: OktellOptions | None = None, scheduler: Scheduler | None = None) -> None:
        self._options = options or OktellOptions()
        self._scheduler = scheduler

    async def __aenter__(self) -> OktellDemo:
        options = self._options
        scheduler = self._scheduler or LoopScheduler()
        habit = Behaviour(
            answers_after=AUTO_ANSWER_SECONDS if options.auto else None,
            hangs_up_after=STORY_TALK_SECONDS if options.story else None,
        )
        directory = Directory(options.users, options.seed)
        self.desk = Desk(directory, scheduler, habit, password=options.login_password, seed=options.seed)
        self._server = OktellServer(self.desk, options)
        self._director = Director(self.desk, self._server)
        self._story = Story(self.desk, self._director, seed=options.seed, quiet=options.quiet)
        await self._server.start()
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

    @property
    def url(self) -> str:
        """Where clients connect to, for instance `ws://127.0.0.1:40123/`."""
        return self._server.url

    @property
    def secure_url(self) -> str | None:
        """The same with TLS, when a certificate was given."""
        return self._server.secure_url

    @property
    def operator_login(self) -> str:
        return self.desk.directory.operator.login

    @property
    def operator_number(self) -> str:
        return self.desk.directory.operator.number

    @property
    def password(self) -> str:
        """The password of every user; the demo's own, no secret."""
        return self._options.login_password

    async def direct(self, line: str) -> dict[str, object]:
        """Carries out one of the director's lines (`director.py`) and returns its answer, `ok` and more."""
        return self._director.direct(line)
