"""Finding out, step by step, why a connection cannot be made (command-line.md, "`ctidesk probe`")."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from ctidesk.cti.errors import CtiError
from ctidesk.cti.text import translate


class StepName(StrEnum):
    """What is tried, in this order."""

    ADDRESS = "address"
    TCP = "tcp"
    TLS = "tls"
    WEBSOCKET = "websocket"
    LOGIN = "login"
    LINE = "line"


class StepState(StrEnum):
    """How far a step is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    NOT_REACHED = "not-reached"
    """A step before it has failed."""


class Fault(StrEnum):
    """Which setting a failed step puts in doubt."""

    NONE = ""
    ADDRESS = "address"
    CERTIFICATE = "certificate"
    PROXY = "proxy"
    LOGIN = "login"
    PASSWORD = "password"  # noqa: S105 - the name of a field


class Step(Struct, frozen=True):
    """One step at one moment.

    Attributes:
        url: the address that is tried, without its query; empty when none could be made of the settings.
        seconds: how long it took, once it is done or has failed.
        result: what was found, like an IP address or whom a certificate names; translated where it has words.
        error: why it failed, in words for the operator, with what to do.
        fault: the setting in doubt.
    """

    name: StepName
    state: StepState
    url: str = ""
    seconds: float = 0.0
    result: str = ""
    error: CtiError | None = None
    fault: Fault = Fault.NONE

    @property
    def headline(self) -> str:
        """The step in two or three translated words."""
        if self.state is StepState.DONE:
            return _done(self.name)
        return _failed(self.name) if self.state is StepState.FAILED else _plain(self.name)


class ConnectionProbe(Protocol):
    """One connection to one kind of PBX, made step by step."""

    @property
    def login(self) -> str:
        """Who logs in."""

    def urls(self) -> Sequence[str]:
        """Return the complete WebSocket addresses that the settings mean.

        Raises:
            CtiException: there is none, or one is wrong.
        """

    async def open(self, url: str) -> None:
        """Open the WebSocket and hear the PBX's first word.

        Raises:
            NetError: of `ctidesk.net.errors`.
        """

    async def log_in(self) -> None:
        """Log in on the open WebSocket.

        Raises:
            CtiException: the PBX has refused.
        """

    async def load_line(self) -> str:
        """Find out that the line is usable, and return its number.

        Raises:
            CtiException: it is not.
        """

    async def close(self) -> None:
        """Log out and close what is open. Can be called at any time, never raises."""


def _plain(name: StepName) -> str:
    match name:
        case StepName.ADDRESS:
            return translate("Probe", "Server name")
        case StepName.TCP:
            return translate("Probe", "Connection")
        case StepName.TLS:
            return translate("Probe", "TLS")
        case StepName.WEBSOCKET:
            return translate("Probe", "PBX")
        case StepName.LOGIN:
            return translate("Probe", "Login")
        case StepName.LINE:
            return translate("Probe", "Line state")


def _done(name: StepName) -> str:
    match name:
        case StepName.ADDRESS:
            return translate("Probe", "Name found")
        case StepName.TCP:
            return translate("Probe", "Connected")
        case StepName.TLS:
            return translate("Probe", "TLS")
        case StepName.WEBSOCKET:
            return translate("Probe", "PBX answers")
        case StepName.LOGIN:
            return translate("Probe", "Logged in")
        case StepName.LINE:
            return translate("Probe", "Line is ready")


def _failed(name: StepName) -> str:
    match name:
        case StepName.ADDRESS:
            return translate("Probe", "Server not found")
        case StepName.TCP:
            return translate("Probe", "No connection")
        case StepName.TLS:
            return translate("Probe", "Connection not secure")
        case StepName.WEBSOCKET:
            return translate("Probe", "No PBX there")
        case StepName.LOGIN:
            return translate("Probe", "Login refused")
        case StepName.LINE:
            return translate("Probe", "Line not usable")
