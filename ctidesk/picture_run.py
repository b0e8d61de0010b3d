"""The run of `ctidesk demo --shots`: a demo PBX, an application for each part of the story, no display."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Protocol

from ctidesk.cti.clock import Clock
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo_run import ForgetfulSecrets
from ctidesk.desk import Line
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.other_programs import OtherPrograms
from ctidesk.shots import Played, Story, StoryClock
from ctidesk.shots_callers import CallersStory, know_callers
from ctidesk.shots_company import CompanyStory
from ctidesk.system.language import Language
from ctidesk.ui.components.settings.passwords import Passwords
from ctidesk.ui.picture import prepare_for_pictures, save_tray_sheet

SHOTS_SCREEN = {
    "name": "shots",
    "x": 0,
    "y": 0,
    "width": 3840,
    "height": 3200,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}
"""The screen of the pictures, in dots; each logical px has four of them."""

QUEUE_INTERVAL = 0.2
"""Seconds between looks at the queue: a story does not wait as long as an operator's program does."""


class Application(Played, Line, Protocol):
    """The application, as far as the run needs it."""


class MakeApplication(Protocol):
    """Makes the application of a provider."""

    def __call__(
        self,
        provider: BaseCtiProvider,
        folder: Path,
        quit_wanted: Callable[[], None],
        *,
        clock: Clock,
        jitter: random.Random,
        audible: bool,
        open_settings: Callable[[str], None] | None = None,
        programs: OtherPrograms | None = None,
    ) -> Application:
        """Make it; see `ctidesk.app.Application`."""


@contextlib.contextmanager
def prepare(folder: Path) -> Iterator[None]:
    """Have Qt paint on a screen of its own, before it is started."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", prefix="ctidesk-screen-", suffix=".json") as screen:
        json.dump({"screens": [SHOTS_SCREEN]}, screen)
        screen.flush()
        os.environ |= {"QT_QPA_PLATFORM": f"offscreen:configfile={screen.name}", "QT_SCALE_FACTOR": "2"}
        yield


async def take_pictures(folder: Path, language: Language, seed: int, make: MakeApplication, pbx: str) -> int:
    """Play the story of a PBX in English and in Russian and write its pictures; returns the exit code."""
    prepare_for_pictures()
    for name in ("en", "ru"):
        language.choose(name)
        suffix = "" if name == "en" else name
        if pbx == "webitel":
            from ctidesk.shots_webitel import tell_webitel

            await tell_webitel(folder, language, suffix, seed, make)
        else:
            await _tell_story(folder, suffix, seed, make)
    save_tray_sheet(folder / "tray-sheet.png")
    return 0


async def _tell_story(folder: Path, language: str, seed: int, make: MakeApplication) -> None:
    with tempfile.TemporaryDirectory(prefix="ctidesk-demo-") as settings:
        async with OktellDemo(OktellOptions(seed=seed)) as demo:
            desk_phone = next(user for user in demo.desk.directory.users[1:] if user.plain_phone)

            async def play(
                login: str,
                password: str,
                tell: Callable[[Story], Awaitable[None]],
                story: type[Story] = Story,
                programs: OtherPrograms | None = None,
            ) -> None:
                clock = StoryClock()
                options = ClientOptions(demo.url, login, password, queue_interval=QUEUE_INTERVAL)
                provider = OktellCtiProvider(options, clock=clock)
                stop = asyncio.Event()
                application = make(
                    provider,
                    Path(settings),
                    stop.set,
                    clock=clock,
                    jitter=random.Random(seed),  # noqa: S311 - the same story gives the same pictures
                    audible=False,
                    programs=programs,
                )
                try:
                    application.start()
                    await tell(story(application, demo.direct, clock, folder, language))
                finally:
                    await application.close()

            await play(demo.operator_login, demo.password, Story.tell)
            await play(demo.operator_login, demo.password, lambda story: story.tell(), CompanyStory)
            await play(demo.operator_login, f"not {demo.password}", Story.tell_refused_login)
            await play(desk_phone.login, demo.password, lambda story: story.tell_desk_phone(desk_phone.number))
            programs = OtherPrograms(Path(settings) / "contacts", Passwords(ForgetfulSecrets()))
            try:
                await know_callers(programs)

                async def tell(story: Story) -> None:
                    assert isinstance(story, CallersStory)
                    await story.tell()
                    await story.tell_settings(programs)

                await play(demo.operator_login, demo.password, tell, CallersStory, programs)
            finally:
                await programs.close()
