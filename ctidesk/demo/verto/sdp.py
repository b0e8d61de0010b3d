"""Descriptions as mod_verto reads and writes them (verto-protocol.md, "5.2 What FreeSWITCH's SDP has and lacks")."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass

RATES = {"opus": 48000, "pcmu": 8000, "pcma": 8000}
STATIC = {"0": "PCMU", "8": "PCMA"}
OPUS_NUMBER = 102
NUMBERS = {"opus": OPUS_NUMBER, "pcmu": 0, "pcma": 8}


class Unusable(Exception):
    """The channel is made, and then ended with this cause."""


@dataclass(frozen=True)
class Format:
    """A codec and its number in a description."""

    name: str
    number: int

    @property
    def rate(self) -> int:
        return RATES[self.name.lower()]

    @property
    def rtpmap(self) -> str:
        return f"a=rtpmap:{self.number} {self.name}/{self.rate}{'/2' if self.name == 'opus' else ''}"


@dataclass(frozen=True)
class Client:
    """What the client has said of its audio section. `others`: the other sections, to be refused, in order."""

    formats: tuple[Format, ...]
    candidates: tuple[str, ...]
    ice_user: str
    ice_password: str
    fingerprints: tuple[tuple[str, str], ...]
    setup: str
    profile: str
    others: tuple[str, ...] = ()
    mid: str = ""


@dataclass(frozen=True)
class Ours:
    """What we say."""

    address: str
    port: int
    ice_user: str
    ice_password: str
    hash: str
    fingerprint: str
    setup: str
    ssrc: int


def read(text: str) -> Client:
    """Raises Unusable without a common ground: no audio, no candidate, no known codec."""
    sections: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("m="):
            sections.append([])
        sections[-1].append(line.strip())
    common, *media = sections
    audio = next((lines for lines in media if lines[0].startswith("m=audio ")), None)
    if audio is None:
        raise Unusable("INCOMPATIBLE_DESTINATION")

    def values(name: str) -> list[str]:
        start = f"a={name}:"
        return [line[len(start) :] for line in (*audio, *common) if line.startswith(start)]

    words = audio[0].split()
    names = dict(STATIC)
    for value in values("rtpmap"):
        number, _, rest = value.partition(" ")
        names[number] = rest.partition("/")[0]
    formats = tuple(
        Format(names[number], int(number)) for number in words[3:] if names.get(number, "").lower() in RATES
    )
    candidates = tuple(value for value in values("candidate") if value.split()[1] == "1")
    if not formats or not candidates or not values("ice-ufrag") or not values("fingerprint"):
        raise Unusable("INCOMPATIBLE_DESTINATION")
    prints = [value.partition(" ") for value in values("fingerprint")]
    return Client(
        formats=formats,
        candidates=candidates,
        ice_user=values("ice-ufrag")[0],
        ice_password=values("ice-pwd")[0],
        fingerprints=tuple((algorithm.lower(), value) for algorithm, _, value in prints[-1:]),
        setup=(values("setup") or ["actpass"])[0],
        profile=words[2],
        others=tuple(lines[0] for lines in media if lines is not audio),
        mid=(values("mid") or [""])[0],
    )


def write(
    ours: Ours,
    formats: tuple[Format, ...],
    profile: str,
    *,
    candidate_ends: bool,
    components: int,
    others: tuple[str, ...] = (),
    mid: str = "",
    bare_refusal: bool = True,
) -> str:
    """`components`: 2 in an offer, though there is but one port. `mid`: with a group; FreeSWITCH has neither."""
    chance = random.Random(ours.ssrc)  # noqa: S311 - names in a description
    stream = "".join(chance.choices(string.ascii_letters + string.digits, k=32))
    numbers = " ".join(str(one.number) for one in formats)
    candidates = [
        f"a=candidate:{chance.randrange(10**9, 10**10)} {component} udp 2130706431 {ours.address} {ours.port} typ host"
        " generation 0"
        for component in range(1, components + 1)
    ]
    lines = [
        "v=0",
        f"o=FreeSWITCH 1795159271 1795159272 IN IP4 {ours.address}",
        "s=FreeSWITCH",
        f"c=IN IP4 {ours.address}",
        "t=0 0",
        *([f"a=group:BUNDLE {mid}"] if mid else []),
        f"a=msid-semantic: WMS {stream}",
        f"m=audio {ours.port} {profile} {numbers}",
        *([f"a=mid:{mid}"] if mid else []),
        *(one.rtpmap for one in formats),
        *(f"a=fmtp:{one.number} useinbandfec=1; minptime=10; maxptime=40" for one in formats if one.name == "opus"),
        "a=silenceSupp:off - - - -",
        "a=ptime:20",
        "a=sendrecv",
        f"a=fingerprint:{ours.hash} {ours.fingerprint}",
        f"a=setup:{ours.setup}",
        "a=rtcp-mux",
        f"a=rtcp:{ours.port} IN IP4 {ours.address}",
        f"a=ice-ufrag:{ours.ice_user}",
        f"a=ice-pwd:{ours.ice_password}",
        *candidates,
        *(["a=end-of-candidates"] if candidate_ends else []),
        f"a=ssrc:{ours.ssrc} cname:{stream[:16]}",
        f"a=ssrc:{ours.ssrc} msid:{stream} a0",
        f"a=ssrc:{ours.ssrc} mslabel:{stream}",
        f"a=ssrc:{ours.ssrc} label:{stream}a0",
    ]
    for other in others:
        kind, _, profile_and_formats = other.removeprefix("m=").split(" ", 2)
        lines.append(f"m={kind} 0 {profile_and_formats.split(' ')[0]} 19")
        if not bare_refusal:
            lines += ["c=IN IP4 0.0.0.0", "a=inactive"]
    return "\r\n".join(lines) + "\r\n"
