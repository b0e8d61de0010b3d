"""What can be chosen when the demo PBX is started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HTTPS_PORT = 443


@dataclass(frozen=True)
class OktellOptions:
    """`auto`: parties that are called answer by themselves after a moment; otherwise they wait for the director.
    `story`: colleagues come and go and, unless `quiet`, callers ring the operator (see `story.py`).
    `redirect_to_wss`: the plain port answers every ping by `websocketredirect`.
    `tls_cert`, `tls_key`: PEM files; with them a second, secure port is opened at `tls_port`, 443 being where clients
    go after a redirect (oktell-protocol.md, "1.3 `websocketredirect`"), 0 any free one.
    """

    host: str = "127.0.0.1"
    port: int = 0
    users: int = 25
    seed: int = 0
    login_password: str = "demo"  # noqa: S105 - the demo's own, printed at its start
    auto: bool = False
    story: bool = False
    quiet: bool = False
    redirect_to_wss: bool = False
    tls_cert: Path | None = None
    tls_key: Path | None = None
    tls_port: int = HTTPS_PORT
