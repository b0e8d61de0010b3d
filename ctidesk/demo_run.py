"""The run of `ctidesk demo`: a PBX of its own, and settings that are thrown away."""

from __future__ import annotations

import logging
import random
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

from ctidesk.config.places import SETTINGS_FILE
from ctidesk.config.policy import Policy
from ctidesk.config.secrets import Account, Answer, Outcome, Secrets
from ctidesk.config.settings import Connection, Provider, Settings, WebitelConnection
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.desk import Desk, Line
from ctidesk.net.frames import FrameLog
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.options import DemoOptions, DesktopOptions
from ctidesk.other_programs import OtherPrograms
from ctidesk.system.language import Language
from ctidesk.system.qt_loop import StopRequest
from ctidesk.ui.components.settings.passwords import Passwords

# Of the demo PBXs only the one that is wanted is imported.

logger = logging.getLogger(__name__)


class MakeApplication(Protocol):
    """Makes the application of a provider."""

    def __call__(
        self,
        provider: BaseCtiProvider,
        folder: Path,
        quit_wanted: Callable[[], None],
        *,
        open_settings: Callable[[str], None],
        programs: OtherPrograms,
    ) -> Line:
        """Make it; see `ctidesk.app.Application`."""


MakeProvider = Callable[
    [DesktopOptions, SettingsStore, Connection, str | None, FrameLog], AbstractAsyncContextManager[BaseCtiProvider]
]
"""Gives the provider of another PBX than the demo's, if the settings name one."""


async def run_demo_desk(
    options: DemoOptions,
    language: Language,
    stop: StopRequest,
    make_application: MakeApplication,
    make_provider: MakeProvider,
) -> int:
    """Run a desk at a demo PBX until the operator ends it; returns the exit code.

    What is set up in its windows counts until then, and changes neither the system nor the keyring.
    """
    with tempfile.TemporaryDirectory(prefix="ctidesk-demo-") as place:
        folder = Path(place)
        (folder / SETTINGS_FILE).write_text('[connection]\nprovider = "demo"\n', "utf-8")
        store = SettingsStore(SettingsFile(folder / SETTINGS_FILE), Policy())
        secrets = ForgetfulSecrets()
        programs = OtherPrograms(folder, Passwords(secrets))
        seed = demo_seed(options)

        def provider(
            connection: Connection, password: str | None, frame_log: FrameLog
        ) -> AbstractAsyncContextManager[BaseCtiProvider]:
            if connection.provider is not Provider.DEMO:
                run = DesktopOptions(config_dir=folder, log_level=options.log_level)
                return make_provider(run, store, connection, password, frame_log)
            if options.pbx == "webitel":
                web_phone = folder if options.web_phone else None
                return webitel_demo(seed, quiet=options.quiet, web_phone=web_phone, frame_log=frame_log)
            return oktell_demo(seed, quiet=options.quiet, frame_log=frame_log)

        def line(provider: BaseCtiProvider, open_settings: Callable[[str], None]) -> Line:
            return make_application(provider, folder, stop, open_settings=open_settings, programs=programs)

        desk = Desk(
            store,
            DesktopOptions(config_dir=folder, log_level=options.log_level),
            make_provider=provider,
            make_line=line,
            language=language,
            stop=stop,
            frame_log=FrameLog(),
            secrets=secrets,
            programs=programs,
            changes_system=False,
        )
        try:
            await desk.run()
        finally:
            await programs.close()
    return 0


class ForgetfulSecrets(Secrets):
    """Passwords that are not for anybody's keyring."""

    async def load(self, account: Account) -> Answer:
        return Answer(Outcome.ASK_EACH_START)

    async def store(self, account: Account, password: str) -> Answer:
        return Answer(Outcome.ASK_EACH_START)

    async def remove(self, account: Account) -> Answer:
        return Answer(Outcome.ASK_EACH_START)


@asynccontextmanager
async def oktell_demo(seed: int, *, quiet: bool, frame_log: FrameLog | None = None) -> AsyncIterator[BaseCtiProvider]:
    """Open a demo PBX; gives a provider for its operator."""
    from ctidesk.demo.oktell import OktellDemo, OktellOptions

    async with OktellDemo(OktellOptions(seed=seed, quiet=quiet, story=True, auto=True)) as demo:
        logger.info("the demo PBX listens at %s", demo.url)
        yield OktellCtiProvider(ClientOptions(demo.url, demo.operator_login, demo.password), frame_log=frame_log)


@asynccontextmanager
async def webitel_demo(
    seed: int, *, quiet: bool, web_phone: Path | None = None, frame_log: FrameLog | None = None
) -> AsyncIterator[BaseCtiProvider]:
    """Open a demo PBX; gives a provider for its operator, with a web phone if there is a folder for its session."""
    from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
    from ctidesk.webitel import client as webitel
    from ctidesk.webitel.provider import WebitelCtiProvider

    chosen = WebitelOptions(seed=seed, quiet=quiet, story=True, auto=True, web_phone=web_phone is not None)
    async with WebitelDemo(chosen) as demo:
        logger.info("the demo PBX listens at %s", demo.url)
        account = webitel.ClientOptions(demo.url, demo.operator_login, demo.password)
        if web_phone is None:
            yield WebitelCtiProvider(account, frame_log=frame_log)
            return
        from ctidesk.web_phone import WebPhoneParts

        parts = WebPhoneParts(web_phone, Settings(), tone_without_devices=True)
        options = parts.options(WebitelConnection(number=demo.operator_login))
        try:
            yield WebitelCtiProvider(account, frame_log=frame_log, web_phone=options)
        finally:
            parts.close()


def demo_seed(options: DemoOptions) -> int:
    """Return the seed of the story: the one that was asked for, or any."""
    return random.randrange(2**31) if options.seed is None else options.seed  # noqa: S311 - no secret
