"""What a run of the application was asked for on the command line and in the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct


@dataclass(frozen=True, slots=True)
class DesktopOptions:
    """How to start the desktop application (command-line.md, "`ctidesk` — the desktop application").

    Attributes:
        provider: the kind of PBX, `oktell` or `webitel`; None when nothing has told it.
        url: the PBX's address as the operator writes it; empty when nothing has told it.
        login: the operator's name at the PBX; empty when nothing has told it.
        password: from the environment; None when it has to be looked up in the keyring or asked for.
        secure: connect by TLS when `url` does not say which; None leaves it to the provider.
        ca_file: PEM file of certificates to trust besides the system's.
        proxy: URL of a proxy, which may hold a password; None connects directly.
        hidden: show the tray icon alone.
        dial: a checked number to dial once the line is usable; empty for none.
        config_dir: settings folder of this run; None takes the system's place.
        log_level: name of a level of the logging library in lower case.
    """

    provider: str | None = None
    url: str = ""
    login: str = ""
    password: str | None = field(default=None, repr=False)
    secure: bool | None = None
    ca_file: Path | None = None
    proxy: str | None = field(default=None, repr=False)
    hidden: bool = False
    dial: str = ""
    config_dir: Path | None = None
    log_level: str = "warning"


class DemoOptions(Struct, frozen=True):
    """How to play the demo (command-line.md, "`ctidesk demo`").

    Attributes:
        pbx: which demo PBX, `oktell` or `webitel`.
        quiet: no calls by themselves.
        seed: the same seed tells the same story; None takes any.
        shots: folder for one PNG per screen and state; None shows the application on the screen.
        web_phone: calls through the computer's own sound (webitel).
        log_level: name of a level of the logging library in lower case.
    """

    pbx: str = "oktell"
    quiet: bool = False
    seed: int | None = None
    shots: Path | None = None
    web_phone: bool = False
    log_level: str = "warning"
