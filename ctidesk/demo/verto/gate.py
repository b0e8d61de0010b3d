"""The Verto port of a switch: web phones beside its desk phones."""

from __future__ import annotations

from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.sockets import Wire
from ctidesk.demo.verto.calls import Calls
from ctidesk.demo.verto.director import VertoDirector
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.demo.verto.server import VertoServer
from ctidesk.demo.verto.session import Session, server_ids
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.director import Director


class VertoGate:
    """The Verto port of a switch. `start` opens it, `stop` closes it; `director` knows the lines of both."""

    def __init__(self, desk: Desk, base: Director, options: VertoOptions, scheduler: Scheduler) -> None:
        self.calls = Calls(desk, options, scheduler)
        ids = server_ids(colliding=options.quirks.colliding_ids)

        def session(wire: Wire) -> Session:
            return Session(self.calls, wire, scheduler, ids, options.ping_seconds)

        self.server = VertoServer(options, scheduler, session)
        self.director = VertoDirector(base, self.calls, self.server)

    async def start(self) -> None:
        """Raises OSError when the port is taken."""
        await self.server.start()
        self.calls.address = self.server.url

    async def stop(self) -> None:
        await self.server.stop()
        await self.calls.stop()
