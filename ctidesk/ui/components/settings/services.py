"""What the settings dialog needs of the rest of the application."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from ctidesk.config.settings import Connection
from ctidesk.config.store import SettingsStore
from ctidesk.cti.probing import Step
from ctidesk.cti.signals import Signal, Unsubscribe
from ctidesk.system.autostart import Autostart
from ctidesk.system.sound import SoundSettings
from ctidesk.system.url_handler import UrlHandler
from ctidesk.ui.components.settings.connection_history import ConnectionHistory
from ctidesk.ui.components.settings.ongoing_calls import OngoingCalls
from ctidesk.ui.components.settings.other_programs import OtherPrograms
from ctidesk.ui.components.settings.passwords import Passwords
from ctidesk.ui.components.settings.users_source import UsersSource

if TYPE_CHECKING:
    from ctidesk.system.audio import AudioSettings
    from ctidesk.system.audio_check import CheckState
    from ctidesk.system.global_shortcut import GlobalShortcut
    from ctidesk.ui.components.history.past_calls import PastCalls

Probe = Callable[[Connection, str | None], AsyncGenerator[Step, None]]
"""Tries a connection with a password and yields each step as it begins and ends. Raises CtiException when there is
nothing to try."""


class Frame(Protocol):
    """One message to or from the PBX, secrets masked."""

    @property
    def time(self) -> float:
        """Seconds since 1970 (UTC)."""

    @property
    def direction(self) -> str:
        """`sent` or `received`."""

    @property
    def text(self) -> str:
        """The message."""


class Frames(Protocol):
    """The log of the messages."""

    @property
    def frames(self) -> Sequence[Frame]:
        """What is kept, the oldest first."""

    def subscribe(self, callback: Callable[[Frame], None]) -> Unsubscribe:
        """Call `callback` with each message from now on."""


class Outputs(Protocol):
    """The devices that a ring can be heard on."""

    def names(self) -> list[str]:
        """Return the outputs that are plugged in. The first call loads the sound library."""

    def test(self, settings: SoundSettings) -> None:
        """Ring once, as loud and where `settings` say."""

    def stop(self) -> None:
        """Be silent."""


class AudioTest(Protocol):
    """The microphone and the speaker of the web phone, tried out (`system.audio_check.AudioCheck`)."""

    changed: Signal[()]

    @property
    def state(self) -> CheckState:
        """What it does besides listening."""

    @property
    def level(self) -> float:
        """How loud the microphone is now, from 0.0 to 1.0."""

    @property
    def microphones(self) -> list[str]:
        """The inputs that are plugged in."""

    @property
    def speakers(self) -> list[str]:
        """The outputs that are plugged in."""

    @property
    def current(self) -> tuple[str, str]:
        """The microphone and the speaker that are used now; empty where there is none."""

    @property
    def seconds_left(self) -> float:
        """Of a recording that is made or played."""

    def start(self, settings: AudioSettings) -> None:
        """Listen to the microphone; called again, use others."""

    def stop(self) -> None:
        """Give the devices back."""

    def play_tone(self) -> None:
        """Let a tone be heard; pressed while something plays, be silent."""

    def record(self) -> None:
        """Record five seconds and play them; pressed in the meantime, stop."""


class Services(Struct, frozen=True):
    """What the pages use.

    Attributes:
        audio: makes what tries the web phone's devices out, when the settings are opened.
        autostart, url_handler: None where this system has none yet.
        machine: lines about screens and sound devices.
        shortcut: gives the key that works in all programs; None where this desktop has none. Made when first asked for.
        report: writes the report for administrators, with those lines, to a path; blocks, and raises OSError.
        past_calls: gives the calls that were, of the line that there is.
        programs: the company's other programs.
    """

    store: SettingsStore
    passwords: Passwords
    probe: Probe
    outputs: Outputs
    audio: Callable[[], AudioTest]
    frames: Frames
    history: ConnectionHistory
    calls: OngoingCalls
    users: UsersSource
    autostart: Autostart | None
    url_handler: UrlHandler | None
    shortcut: Callable[[], GlobalShortcut | None]
    machine: Callable[[], Sequence[str]]
    report: Callable[[str, Sequence[str]], None]
    past_calls: Callable[[], PastCalls | None] = lambda: None
    programs: OtherPrograms | None = None
