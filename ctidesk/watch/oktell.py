"""Oktell's own events and commands (oktell-protocol.md, "3.5 Public events" and "8. Commands")."""

from __future__ import annotations

from collections.abc import Sequence

from ctidesk.cti.json_value import Json
from ctidesk.net.frames import FrameLog
from ctidesk.net.options import ConnectionOptions
from ctidesk.oktell.client import CLOSE_LIMIT, ClientOptions
from ctidesk.oktell.effects import PublicEvent
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.oktell.record import Record
from ctidesk.watch.options import WatchOptions
from ctidesk.watch.pbx import TellEvent, WrongCommandError, run_named

# Of the documented events these are not told: `abonentListChange` repeats the `abonentsChange` that follows it,
# `talkTimer` comes each second, and `conferenceAbonentEnter` and `conferenceAbonentLeave` tell nothing that the list of
# `abonentsChange` does not show.
TOLD = frozenset(
    {
        "connecting",
        "connect",
        "connectError",
        "disconnect",
        "statusChange",
        "userStateChange",
        "callCenterStateChange",
        "stateChange",
        "readyStart",
        "readyStop",
        "ringStart",
        "ringStop",
        "backRingStart",
        "backRingStop",
        "callStart",
        "callStop",
        "talkStart",
        "talkStop",
        "abonentsChange",
        "holdAbonentEnter",
        "holdAbonentLeave",
        "holdStateChange",
        "queueAbonentEnter",
        "queueAbonentLeave",
        "queueChange",
    }
)
CUSTOM = "custom:"
NATIVE = frozenset({"flashstatechanged", "userstatechanged"})


class OktellPbx:
    """An Oktell PBX for `ctidesk watch`."""

    links: frozenset[str] = frozenset()

    def __init__(self, options: WatchOptions, password: str, frame_log: FrameLog) -> None:
        """Create the client; nothing is opened."""
        network = ConnectionOptions(ca_file=options.ca_file, proxy=options.proxy, close_timeout=CLOSE_LIMIT)
        client_options = ClientOptions(options.url, options.login, password, secure=options.secure, network=network)
        self.provider = OktellCtiProvider(client_options, frame_log=frame_log)

    def subscribe(self, tell: TellEvent) -> None:
        """Call `tell` with each documented event, and with the native ones that matter for calls."""

        def public(event: PublicEvent) -> None:
            if event.name in TOLD or event.name.startswith(CUSTOM):
                tell(event.name, event.args)

        def native(name: str, body: Record) -> None:
            if name in NATIVE:
                tell(name, (body.fields,))

        self.provider.client.events.subscribe(public)
        self.provider.client.session.native.subscribe(native)

    async def run(self, name: str, arguments: Sequence[Json]) -> Json:
        """Run a command of the client."""
        return await run_named(self.provider.commands, name, arguments)

    async def hear(self) -> Json:
        """There is no web phone."""
        raise WrongCommandError("This PBX has no web phone.", is_unknown=True)
