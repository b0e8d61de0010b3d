"""Webitel's own events and commands (webitel-protocol.md, section 6 and "14. Wire examples")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from ctidesk.cti.json_value import Json
from ctidesk.net.frames import FrameLog
from ctidesk.net.options import ConnectionOptions
from ctidesk.system.synthetic_audio import SyntheticAudio
from ctidesk.watch.options import WatchOptions
from ctidesk.watch.pbx import TellEvent, WrongCommandError, run_named
from ctidesk.watch.tone import hear
from ctidesk.webitel.client import CLOSE_LIMIT, ClientOptions
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.provider import WebitelCtiProvider

if TYPE_CHECKING:
    from ctidesk.webitel.web_phone import WebPhoneOptions


class WebitelPbx:
    """A Webitel PBX for `ctidesk watch`."""

    links = frozenset({"getRecordFileFromUUID"})

    def __init__(self, options: WatchOptions, password: str, frame_log: FrameLog) -> None:
        """Create the client; nothing is opened."""
        network = ConnectionOptions(ca_file=options.ca_file, proxy=options.proxy, close_timeout=CLOSE_LIMIT)
        client_options = ClientOptions(options.url, options.login, password, secure=options.secure, network=network)
        self._devices = None if options.tone is None else SyntheticAudio(options.tone)
        web_phone = _web_phone(options, self._devices) if options.web_phone else None
        self.provider = WebitelCtiProvider(client_options, frame_log=frame_log, web_phone=web_phone)

    def subscribe(self, tell: TellEvent) -> None:
        """Call `tell` with each public event that the maker documents."""

        def public(event: PublicEvent) -> None:
            if event.is_documented:
                tell(event.name, event.args)

        self.provider.client.events.subscribe(public)

    async def run(self, name: str, arguments: Sequence[Json]) -> Json:
        """Run a command of the client."""
        return await run_named(self.provider.commands, name, arguments)

    async def hear(self) -> Json:
        """Listen to the talk of the web phone."""
        if self._devices is None:
            raise WrongCommandError("There is no sound: start it with --web-phone and --tone.")
        return await hear(self._devices)


def _web_phone(options: WatchOptions, devices: SyntheticAudio | None) -> WebPhoneOptions:
    """A web phone whose session ends with the run."""
    from ctidesk import __version__
    from ctidesk.verto.media_loading import media_factory
    from ctidesk.webitel.web_phone import WebPhoneOptions

    return WebPhoneOptions(
        media=lambda addresses: media_factory(devices, addresses=addresses),
        sessid=str(uuid4()),
        address=options.verto_url,
        secure=options.secure,
        tells_missing_devices=False,
        user_agent=f"ctidesk/{__version__}",
    )
