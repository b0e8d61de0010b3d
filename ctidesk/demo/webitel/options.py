"""What can be chosen when the demo PBX is started."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WebitelOptions:
    """`auto`: parties that are called answer by themselves after a moment; otherwise they wait for the director.

    `story`: colleagues come and go and, unless `quiet`, callers ring the operator (see `story.py`).
    `devices`: telephones of each account; they ring together as one call.
    `auth_seconds`: a client that is not authenticated after so long is cut off (webitel-protocol.md,
    "3.1 From open to ready"). `max_sockets`: of one account ("3.2 `auth` arguments"). `web_phone`: with a Verto port,
    `verto_port`, whose address the reply to `auth` names; this needs the libraries of the web phone.
    """

    host: str = "127.0.0.1"
    port: int = 0
    users: int = 25
    seed: int = 0
    login_password: str = "demo"  # noqa: S105 - the demo's own, printed at its start
    domain: str = "demo.example"
    auto: bool = False
    story: bool = False
    quiet: bool = False
    devices: int = 1
    auth_seconds: float = 5.0
    max_sockets: int = 10
    web_phone: bool = False
    verto_port: int = 0
