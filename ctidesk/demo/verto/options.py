"""What can be chosen when the demo Verto server is started."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path


@dataclass(frozen=True)
class Quirks:
    """What a FreeSWITCH does and a client may not expect; each was measured on a real one, and each is the default.

    `silent_to_ping`: a WebSocket PING is not answered; one with a payload is taken for a request. `colliding_ids`: our
    requests are counted from 1 like the client's; otherwise from a million. `no_mid`: our SDP has neither `a=mid` nor
    `a=group:BUNDLE`. `savpf`: offers have the profile RTP/SAVPF. `sha512_attach`: the offer of an attach has its
    fingerprint by sha-512. `rsa_certificate`: the certificate of the media is RSA and has the serial number 0;
    otherwise it is of the kind that browsers have. `marker_flushes`: in a bridged call a packet with the marker bit,
    the first one apart, is thrown away with what waits. `bare_refusal`: a refused video section has no attributes.
    `early_media`: a called party's ringing is heard, so that the answer's SDP comes in `verto.media` and not in
    `verto.answer`. `deaf_before_answer`: on a call to the client, what comes before its answer is lost, the first check
    of ICE above all.
    """

    silent_to_ping: bool = True
    colliding_ids: bool = True
    no_mid: bool = True
    savpf: bool = True
    sha512_attach: bool = True
    rsa_certificate: bool = True
    marker_flushes: bool = True
    bare_refusal: bool = True
    early_media: bool = True
    deaf_before_answer: bool = True


QUIRKS = tuple(quirk.name.replace("_", "-") for quirk in fields(Quirks))
"""The names on the command line."""


def quirks_without(names: list[str]) -> Quirks:
    """All quirks but these, by their names on the command line."""
    return Quirks(**{name.replace("-", "_"): False for name in names})


@dataclass(frozen=True)
class VertoOptions:
    """`auto`: parties that are called answer by themselves after a moment.

    `talk`: a WAV file that the far party of a call speaks; None for one made up. `codecs`: what the server speaks, the
    best first. `detach_seconds`: how long a talk waits for its client to come back.
    """

    host: str = "127.0.0.1"
    port: int = 0
    users: int = 25
    seed: int = 0
    login_password: str = "demo"  # noqa: S105 - the demo's own, printed at its start
    domain: str = "demo.example"
    auto: bool = False
    talk: Path | None = None
    codecs: tuple[str, ...] = ("opus", "PCMU", "PCMA")
    detach_seconds: float = 120.0
    ping_seconds: float = 30.0
    quirks: Quirks = field(default_factory=Quirks)
