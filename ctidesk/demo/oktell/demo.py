"""The demo Oktell as one object, for the application's `ctidesk demo`, for `ctidesk pbx oktell` and for tests."""

from __future__ import annotations

from contextlib import AsyncExitStack

from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.director import Director
from ctidesk.demo.oktell.directory import Directory, User
from ctidesk.demo.oktell.options import OktellOptions
from ctidesk.demo.oktell.server import OktellServer
from ctidesk.demo.oktell.story import Story
from ctidesk.demo.pbx import DemoPbx
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Scheduler

STORY_TALK_SECONDS = 60.0


class OktellDemo(DemoPbx[OktellOptions]):
    """`async with OktellDemo(options) as demo:` opens the port and closes it again; see `DemoPbx`."""

    def __init__(self, options: OktellOptions | None = None, scheduler: Scheduler | None = None) -> None:
        super().__init__(options or OktellOptions(), scheduler)

    async def _open(self, scheduler: Scheduler, closing: AsyncExitStack) -> None:
        options = self._options
        habit = Behaviour(
            answers_after=self._answers_after,
            hangs_up_after=STORY_TALK_SECONDS if options.story else None,
        )
        directory = Directory(options.users, options.seed)
        self.desk = Desk(directory, scheduler, habit, password=options.login_password, seed=options.seed)
        self._server = OktellServer(self.desk, options)
        self._lines = Director(self.desk, self._server)
        closing.push_async_callback(self._server.stop)
        await self._server.start()
        if options.story:
            story = Story(self.desk, self._lines, seed=options.seed, quiet=options.quiet)
            closing.callback(story.stop)
            story.start()

    @property
    def url(self) -> str:
        """The address of the plain port, for instance `ws://127.0.0.1:40123/`."""
        return self._server.url

    @property
    def secure_url(self) -> str | None:
        """The same with TLS, when a certificate was given."""
        return self._server.secure_url

    @property
    def _operator(self) -> User:
        return self.desk.directory.operator

    @property
    def _director(self) -> Director:
        return self._lines
