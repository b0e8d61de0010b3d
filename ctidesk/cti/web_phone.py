"""What the windows know of a web phone: a telephone that is this program itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiError
from ctidesk.cti.signals import Signal

WEB_PHONE_CONNECTION = "verto.connect"
"""The source of errors about the web phone's own connection."""


class WebPhonePhase(StrEnum):
    """How it stands with the web phone's own connection."""

    OFF = "off"
    """Nothing has been tried, or all is closed."""
    CONNECTING = "connecting"
    READY = "ready"
    WAITING = "waiting"
    """The next attempt is set."""
    STOPPED = "stopped"
    """There will be no further attempt by itself."""


class WebPhoneStatus(Struct, frozen=True):
    """The web phone as the panel shows it.

    Attributes:
        phase: how it stands.
        error: why there is no connection; None while there is one.
    """

    phase: WebPhonePhase = WebPhonePhase.OFF
    error: CtiError | None = None


class CallSound(Struct, frozen=True):
    """How the sound of a call goes.

    Attributes:
        codec: its name; empty while none has been agreed.
        spoken_level, heard_level: how loud it is now, each from 0.0 to 1.0.
        received: packets of the other side; that it stands still says that nothing comes.
        loss: the share of what was sent to us that has not come, from 0.0 to 1.0.
        remote_loss: the same of what we have sent; None while the other side has not said.
        jitter: how unevenly it comes, in seconds.
        delay: what waits inside this program before it is heard, in seconds.
        round_trip: seconds to the other side and back; None while it has not been measured.
    """

    codec: str = ""
    spoken_level: float = 0.0
    heard_level: float = 0.0
    received: int = 0
    loss: float = 0.0
    remote_loss: float | None = None
    jitter: float = 0.0
    delay: float = 0.0
    round_trip: float | None = None


class WebPhone(Protocol):
    """The web phone of a provider.

    Signals:
        changed(): `status` is another one.
    """

    changed: Signal[()]

    @property
    def status(self) -> WebPhoneStatus:
        """How it stands with its connection."""
        ...

    def connect(self) -> None:
        """Try to connect at once because the operator wants it, whatever has stopped it before."""
        ...

    def sound(self, call: Call) -> CallSound | None:
        """Return how the sound of `call` goes; None when it does not go through this computer."""
        ...
