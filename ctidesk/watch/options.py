"""What `ctidesk watch` was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Level(StrEnum):
    """What is told (command-line.md, "`ctidesk watch`")."""

    PBX = "pbx"
    """The PBX library's own events by their documented names."""
    CTI = "cti"
    """The events of cti-model.md."""
    WIRE = "wire"
    """The frames, secrets masked."""


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """One run.

    Attributes:
        provider: the kind of PBX, `oktell` or `webitel`.
        url, login: where and as whom to connect.
        password: from the environment; None when it stands in the first line of the input or in the keyring.
        password_in_input: whether the first line of the input is the password.
        secure: whether an address without a scheme means TLS.
        ca_file: PEM file of certificates to trust besides the system's.
        proxy: URL of a proxy; None connects directly.
        web_phone: whether calls go through this program itself (webitel), in silence.
        verto_url: where the web phone connects; empty takes what the PBX says.
        tone: the pitch in hertz that the web phone's microphone hears; None for silence.
        levels: what to tell; with more than one each line names its level.
        reconnects: whether a lost connection is opened again.
        seconds: when to end by itself; None waits for the end of the input.
    """

    provider: str
    url: str
    login: str
    password: str | None = field(default=None, repr=False)
    password_in_input: bool = False
    secure: bool = False
    ca_file: Path | None = None
    proxy: str | None = field(default=None, repr=False)
    web_phone: bool = False
    verto_url: str = ""
    tone: float | None = None
    levels: frozenset[Level] = frozenset({Level.CTI})
    reconnects: bool = True
    seconds: float | None = None
