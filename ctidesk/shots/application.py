"""The application, as far as the stories know it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ctidesk.call_keeping import CallKeeping
from ctidesk.cti.clock import Clock
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.desk import Line
from ctidesk.other_programs import OtherPrograms
from ctidesk.ui.components.favourites import Favourites
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.components.people import People
from ctidesk.ui.windows.panel import Panel
from ctidesk.ui.windows.popups import Popups


class Application(Line, Protocol):
    """The application on one line, with the parts that are pictured or played with."""

    panel: Panel
    popups: Popups
    people: People
    favourites: Favourites
    missed: MissedCalls
    calls: CallKeeping


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
