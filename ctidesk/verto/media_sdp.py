"""What the web phone says and understands of SDP (verto-protocol.md, "5. SDP and media", "8.2 SDP adapter").

Audio alone, one section, everything on one port. FreeSWITCH's descriptions differ from those of browsers, so they are
read here and not by the media library, which asks for more than stands in them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FINGERPRINTS = ("sha-256", "sha-384", "sha-512")
"""Hashes of a certificate that can be compared."""

MOST_CANDIDATES = 32
LONGEST = 100_000
"""Characters of a description; a longer one is refused."""


class SdpError(ValueError):
    """A description that no call can be made of; the text says why, in the protocol's words."""


class NoCommonCodec(SdpError):
    """The other side speaks no codec that we have."""


@dataclass(frozen=True, slots=True)
class Codec:
    """One line of `a=rtpmap`.

    Attributes:
        name: as the standard writes it; compared without regard to case.
        rate: of the RTP clock, in Hz.
    """

    payload_type: int
    name: str
    rate: int
    channels: int = 1

    def is_like(self, other: Codec) -> bool:
        """Whether both are the same codec; the number is each side's own."""
        return (self.name.lower(), self.rate) == (other.name.lower(), other.rate)


OPUS = Codec(96, "opus", 48000, 2)
PCMU = Codec(0, "PCMU", 8000)
PCMA = Codec(8, "PCMA", 8000)
CODECS = (OPUS, PCMU, PCMA)
"""What we have, in the order of an offer (verto-protocol.md, "5.3 Codecs")."""

_STATIC = {codec.payload_type: codec for codec in (PCMU, PCMA)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address of a side; `text` is all that follows `a=candidate:`."""

    text: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Section:
    """The first line of a section; a port of 0 says that it is refused."""

    kind: str
    port: int
    profile: str
    formats: tuple[str, ...]
    mid: str = ""


@dataclass(frozen=True, slots=True)
class RemoteDescription:
    """What the other side has said.

    Attributes:
        sections: all of them, for an answer must have as many.
        audio: the place of the one that is used.
        fingerprints: hash and value, the value in capitals.
        setup: `actpass`, `active` or `passive`.
        receives: the other side wants to hear us.
        sends: we shall hear it.
    """

    sections: tuple[Section, ...]
    audio: int
    codecs: tuple[Codec, ...]
    fingerprints: tuple[tuple[str, str], ...]
    setup: str
    ice_user: str = field(repr=False)
    ice_password: str = field(repr=False)
    candidates: tuple[Candidate, ...] = ()
    is_ice_lite: bool = False
    receives: bool = True
    sends: bool = True
    has_bundle: bool = False

    def common_codec(self, codecs: Sequence[Codec] = CODECS) -> Codec:
        """Return the first of its codecs that is among ours, under its number. Raises NoCommonCodec."""
        for codec in self.codecs:
            if any(codec.is_like(ours) for ours in codecs):
                return codec
        raise NoCommonCodec("no common codec")


@dataclass(frozen=True, slots=True)
class LocalDescription:
    """What we say.

    Attributes:
        codecs: of an offer all, of an answer the chosen one.
        fingerprint: the value for sha-256.
        candidates: the texts after `a=candidate:`; the first one's address is also the section's.
        address, port: where we can be reached without ICE.
    """

    codecs: tuple[Codec, ...]
    fingerprint: str
    setup: str
    ice_user: str = field(repr=False)
    ice_password: str = field(repr=False)
    candidates: tuple[str, ...]
    address: str
    port: int
    ssrc: int
    cname: str
    session: int
    version: int = 1


def parse(text: str) -> RemoteDescription:
    """Read an offer or an answer. Raises SdpError for one without a usable audio section."""
    if len(text) > LONGEST:
        raise SdpError("the description is too long")
    common, sections = _split(text)
    heads = tuple(_head(lines) for lines in sections)
    audio = next((n for n, head in enumerate(heads) if head.kind == "audio" and head.port), None)
    if audio is None:
        raise SdpError("no audio")
    # Only this section is looked into. FreeSWITCH refuses a video section by `m=video 0` with nothing below it,
    # neither ICE nor DTLS (recorded; aiortc raises "ICE username fragment or password is missing").
    lines = sections[audio]
    user = _first(lines, common, "ice-ufrag")
    password = _first(lines, common, "ice-pwd")
    if not user or not password:
        raise SdpError("no ICE credentials")
    fingerprints = tuple(_fingerprints(lines)) or tuple(_fingerprints(common))
    if not fingerprints:
        raise SdpError("no fingerprint that can be compared")
    direction = _direction(lines) or _direction(common) or "sendrecv"
    return RemoteDescription(
        sections=heads,
        audio=audio,
        codecs=tuple(_codecs(heads[audio], lines)),
        fingerprints=fingerprints,
        setup=_first(lines, common, "setup") or "actpass",
        ice_user=user,
        ice_password=password,
        candidates=tuple(_candidates(lines)),
        is_ice_lite="a=ice-lite" in common,
        receives=direction in ("sendrecv", "recvonly"),
        sends=direction in ("sendrecv", "sendonly"),
        has_bundle=any(line.startswith("a=group:BUNDLE") for line in common),
    )


def write_offer(local: LocalDescription) -> str:
    """Return our offer: audio alone, for a video section would come back refused, without what ICE needs."""
    section = Section("audio", local.port, "UDP/TLS/RTP/SAVPF", (), "0")
    return _write(local, [_audio(local, section)], bundled=("0",))


def write_answer(local: LocalDescription, offer: RemoteDescription) -> str:
    """Return our answer: the sections of the offer, all but the audio refused, with the names that they had there.

    FreeSWITCH's offers have neither `a=mid` nor `a=group:BUNDLE` and the profile RTP/SAVPF; the answer then has no
    group either and repeats the profile.
    """
    written = []
    for place, section in enumerate(offer.sections):
        if place == offer.audio:
            written.append(_audio(local, section, _answering(offer)))
        else:
            lines = [f"m={section.kind} 0 {section.profile} {' '.join(section.formats)}", "c=IN IP4 0.0.0.0"]
            written.append(lines + ([f"a=mid:{section.mid}"] if section.mid else []) + ["a=inactive"])
    mid = offer.sections[offer.audio].mid
    return _write(local, written, bundled=(mid,) if offer.has_bundle and mid else ())


# ---- writing


def _write(local: LocalDescription, sections: list[list[str]], bundled: tuple[str, ...]) -> str:
    lines = [
        "v=0",
        f"o=- {local.session} {local.version} IN {_family(local.address)} {local.address}",
        "s=-",
        "t=0 0",
    ]
    if bundled:
        lines.append(f"a=group:BUNDLE {' '.join(bundled)}")
    lines.append("a=msid-semantic: WMS *")
    for section in sections:
        lines += section
    return "\r\n".join(lines) + "\r\n"


def _answering(offer: RemoteDescription) -> str:
    """Return what both sides can do: we hear what it sends, and speak where it listens."""
    if offer.sends and offer.receives:
        return "sendrecv"
    return "recvonly" if offer.sends else "sendonly" if offer.receives else "inactive"


def _audio(local: LocalDescription, section: Section, direction: str = "sendrecv") -> list[str]:
    numbers = " ".join(str(codec.payload_type) for codec in local.codecs)
    lines = [
        f"m=audio {local.port} {section.profile} {numbers}",
        f"c=IN {_family(local.address)} {local.address}",
    ]
    if section.mid:
        lines.append(f"a=mid:{section.mid}")
    lines += [f"a={direction}", "a=rtcp-mux", f"a=ssrc:{local.ssrc} cname:{local.cname}"]
    for codec in local.codecs:
        channels = f"/{codec.channels}" if codec.channels > 1 else ""
        lines.append(f"a=rtpmap:{codec.payload_type} {codec.name}/{codec.rate}{channels}")
        if codec.is_like(OPUS):
            lines.append(f"a=fmtp:{codec.payload_type} useinbandfec=1;minptime=10")
    lines.append("a=ptime:20")
    lines += [f"a=candidate:{candidate}" for candidate in local.candidates]
    # One hash alone: FreeSWITCH takes the last line of several and uses its kind in later offers, which is how
    # `sha-512` came into the recorded attach.
    return [
        *lines,
        "a=end-of-candidates",
        f"a=ice-ufrag:{local.ice_user}",
        f"a=ice-pwd:{local.ice_password}",
        f"a=fingerprint:sha-256 {local.fingerprint}",
        f"a=setup:{local.setup}",
    ]


def _family(address: str) -> str:
    return "IP6" if ":" in address else "IP4"


# ---- reading


def _split(text: str) -> tuple[list[str], list[list[str]]]:
    common: list[str] = []
    sections: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("m="):
            sections.append([])
        (sections[-1] if sections else common).append(line.strip())
    return common, sections


def _head(lines: list[str]) -> Section:
    words = lines[0][2:].split()
    if len(words) < 3:
        raise SdpError("a section cannot be read")
    port = words[1].partition("/")[0]
    if not port.isdecimal():
        raise SdpError("a section has no port")
    return Section(words[0], int(port), words[2], tuple(words[3:]), _first(lines, [], "mid"))


def _first(lines: list[str], common: list[str], name: str) -> str:
    start = f"a={name}:"
    return next((line[len(start) :].strip() for line in (*lines, *common) if line.startswith(start)), "")


def _direction(lines: list[str]) -> str:
    return next((line[2:] for line in lines if line[2:] in ("sendrecv", "sendonly", "recvonly", "inactive")), "")


def _fingerprints(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.startswith("a=fingerprint:"):
            algorithm, _, value = line.removeprefix("a=fingerprint:").partition(" ")
            if algorithm.lower() in FINGERPRINTS:
                yield algorithm.lower(), value.strip().upper()


def _codecs(head: Section, lines: list[str]) -> Iterator[Codec]:
    maps: dict[str, Codec] = {}
    for line in lines:
        if line.startswith("a=rtpmap:"):
            number, _, rest = line.removeprefix("a=rtpmap:").partition(" ")
            name, *more = rest.split("/")
            if number.isdecimal() and int(number) < 128 and more and more[0].isdecimal():
                channels = int(more[1]) if len(more) > 1 and more[1].isdecimal() else 1
                maps[number] = Codec(int(number), name, int(more[0]), channels)
    for number in head.formats:
        if number in maps:
            yield maps[number]
        elif number.isdecimal() and int(number) in _STATIC:
            yield _STATIC[int(number)]


def _candidates(lines: list[str]) -> Iterator[Candidate]:
    """Addresses that can be used: FreeSWITCH repeats each for a component 2 that does not exist with `rtcp-mux`."""
    count = 0
    for line in lines:
        if not line.startswith("a=candidate:") or count >= MOST_CANDIDATES:
            continue
        text = line.removeprefix("a=candidate:")
        words = text.split()
        if len(words) < 8 or words[1] != "1" or words[2].lower() != "udp" or words[6] != "typ":
            continue
        if not (words[3].isdecimal() and words[5].isdecimal() and 0 < int(words[5]) < 65536):
            continue
        try:
            ipaddress.ip_address(words[4])
        except ValueError:  # a name; a name server asked on behalf of the PBX could be anywhere
            continue
        count += 1
        yield Candidate(text, words[4], int(words[5]))
