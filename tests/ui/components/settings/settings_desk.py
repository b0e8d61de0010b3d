"""Services of the settings without a PBX, a keyring or sound."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ctidesk.config.policy import load_policy
from ctidesk.config.secrets import Account, Answer, Outcome, Reason, Secrets
from ctidesk.config.settings import Connection
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.probing import Fault, Step, StepName, StepState
from ctidesk.cti.signals import Signal, Unsubscribe
from ctidesk.system.audio import AudioSettings
from ctidesk.system.audio_check import CheckState
from ctidesk.system.autostart import DesktopAutostart
from ctidesk.system.global_shortcut import GlobalShortcut
from ctidesk.system.sound import SoundSettings
from ctidesk.system.url_handler import DesktopUrlHandler
from ctidesk.ui.components.settings.connection_history import ConnectionHistory
from ctidesk.ui.components.settings.ongoing_calls import OngoingCalls
from ctidesk.ui.components.settings.passwords import Passwords
from ctidesk.ui.components.settings.services import Frame, Services
from ctidesk.ui.components.settings.users_source import UsersSource


class MemorySecrets(Secrets):
    """A keyring in memory; `broken` makes it unavailable."""

    def __init__(self) -> None:
        self.kept: dict[Account, str] = {}
        self.broken = False

    async def load(self, account: Account) -> Answer:
        if self.broken:
            return Answer(Outcome.NOT_AVAILABLE, Reason.NO_SERVICE)
        found = self.kept.get(account)
        return Answer(Outcome.ASK_EACH_START if found is None else Outcome.STORED, password=found)

    async def store(self, account: Account, password: str) -> Answer:
        if self.broken:
            return Answer(Outcome.NOT_AVAILABLE, Reason.NO_SERVICE)
        self.kept[account] = password
        return Answer(Outcome.STORED)

    async def remove(self, account: Account) -> Answer:
        self.kept.pop(account, None)
        return Answer(Outcome.ASK_EACH_START)


class FakeOutputs:
    """Two devices; notes what was tested."""

    def __init__(self) -> None:
        self.tested: list[SoundSettings] = []
        self.asked = 0

    def names(self) -> list[str]:
        self.asked += 1
        return ["Speakers", "Headset"]

    def test(self, settings: SoundSettings) -> None:
        self.tested.append(settings)

    def stop(self) -> None:
        self.tested.clear()


class FakeShortcut(GlobalShortcut):
    """Gives every combination but one."""

    occupied = "Ctrl+Alt+X"

    def can_take(self, keys: str) -> bool:
        return keys != self.occupied

    def take(self, keys: str) -> bool:
        return self.can_take(keys)

    def close(self) -> None:
        pass


@dataclass
class OneFrame:
    time: float
    direction: str
    text: str


class FakeAudio:
    """Devices of the web phone without sound; `settings` is what was asked for last, None when nothing is open."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("audio")
        self.state = CheckState.IDLE
        self.level = 0.0
        self.microphones: list[str] = ["Built-in microphone"]
        self.speakers: list[str] = ["Built-in audio", "Jabra"]
        self.current = ("Built-in microphone", "Built-in audio")
        self.seconds_left = 0.0
        self.settings: AudioSettings | None = None
        self.tones = 0
        self.records = 0

    def start(self, settings: AudioSettings) -> None:
        self.settings = settings

    def stop(self) -> None:
        self.settings = None

    def play_tone(self) -> None:
        self.tones += 1

    def record(self) -> None:
        self.records += 1


@dataclass
class FakeFrames:
    """Frames that a test adds."""

    frames: list[OneFrame] = field(default_factory=list)
    subscribers: list[Callable[[Frame], None]] = field(default_factory=list)

    def subscribe(self, callback: Callable[[Frame], None]) -> Unsubscribe:
        self.subscribers.append(callback)
        return lambda: self.subscribers.remove(callback)


URL = "wss://pbx.example:4066/"
REFUSED = CtiError(ErrorKind.AUTHENTICATION, "The PBX does not know this login.", raw="code 1101", source="probe")
DONE = [
    Step(StepName.ADDRESS, StepState.DONE, URL, 0.002, "pbx.example → 192.0.2.10"),
    Step(StepName.TCP, StepState.DONE, URL, 0.024, "192.0.2.10, port 4066"),
    Step(StepName.TLS, StepState.DONE, URL, 0.031, "pbx.example, issued by Romashka Root CA, to 2027-03-01"),
    Step(StepName.WEBSOCKET, StepState.DONE, URL, 0.012),
    Step(StepName.LOGIN, StepState.DONE, URL, 0.1, "smirnova"),
    Step(StepName.LINE, StepState.DONE, URL, 0.05, "214"),
]
LOGIN_REFUSED = [
    *DONE[:4],
    Step(StepName.LOGIN, StepState.FAILED, URL, 0.1, error=REFUSED, fault=Fault.PASSWORD),
    Step(StepName.LINE, StepState.NOT_REACHED, URL),
]


class SettingsDesk:
    """Everything that the windows of the settings need.

    Attributes:
        steps: what the next test of a connection finds.
        probed: the connections and passwords that were tried.
    """

    def __init__(self, folder: Path, settings: str = "", policy: str = "") -> None:
        """Lay the files down: `settings` and `policy` are TOML."""
        self.file = folder / "settings.toml"
        if settings:
            self.file.write_text(settings, "utf-8")
        (folder / "policy.toml").write_text(policy, "utf-8")
        self.secrets = MemorySecrets()
        self.outputs = FakeOutputs()
        self.audio = FakeAudio()
        self.frames = FakeFrames()
        self.history = ConnectionHistory()
        self.calls = OngoingCalls()
        self.users = UsersSource()
        self.steps: Sequence[Step] = DONE
        self.probed: list[tuple[Connection, str | None]] = []
        self.reports: list[str] = []
        self.store = SettingsStore(SettingsFile(self.file), load_policy(folder / "policy.toml"))
        self.passwords = Passwords(self.secrets)
        self.shortcut = FakeShortcut()
        self.handler = DesktopUrlHandler(["ctidesk"], folder / "data", folder / "config")
        self.services = Services(
            store=self.store,
            passwords=self.passwords,
            probe=self._probe,
            outputs=self.outputs,
            audio=lambda: self.audio,
            frames=self.frames,
            history=self.history,
            calls=self.calls,
            users=self.users,
            autostart=DesktopAutostart(["ctidesk"], folder / "autostart"),
            url_handler=self.handler,
            shortcut=lambda: self.shortcut,
            machine=lambda: ["screen: test"],
            report=lambda path, machine: self.reports.append(f"{path} {machine}"),
        )

    async def _probe(self, connection: Connection, password: str | None) -> AsyncGenerator[Step, None]:
        self.probed.append((connection, password))
        for step in self.steps:
            yield step
