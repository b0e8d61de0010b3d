"""Descriptions: FreeSWITCH's as they were recorded, and ours."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ctidesk.verto.media_sdp import (
    CODECS,
    OPUS,
    PCMA,
    PCMU,
    LocalDescription,
    NoCommonCodec,
    SdpError,
    parse,
    write_answer,
    write_offer,
)

RECORDED = Path(__file__).resolve().parents[4] / "shared/recordings/freeswitch/verto"
LOCAL = LocalDescription(
    codecs=CODECS,
    fingerprint=":".join(["AB"] * 32),
    setup="actpass",
    ice_user="user",
    ice_password="a password of twenty-two",
    candidates=("0 1 udp 2130706431 192.0.2.1 4000 typ host",),
    address="192.0.2.1",
    port=4000,
    ssrc=77,
    cname="name",
    session=5,
)
OFFER = """v=0
o=FreeSWITCH 1795000001 1795000002 IN IP4 192.0.2.10
s=FreeSWITCH
c=IN IP4 192.0.2.10
t=0 0
a=msid-semantic: WMS kQ2vT9xLr4Nw
m=audio 17484 RTP/SAVPF 102 0 8 101
a=rtpmap:102 opus/48000/2
a=fmtp:102 useinbandfec=1; minptime=10
a=rtpmap:101 telephone-event/8000
a=fingerprint:sha-256 01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF
a=setup:actpass
a=rtcp-mux
a=ice-ufrag:LIK0QXIGNiAv4GiU
a=ice-pwd:mQargKko1iIOEoos0vpQc51a
a=candidate:8459930304 1 udp 2130706431 192.0.2.10 17484 typ host generation 0
a=candidate:8459930304 2 udp 2130706431 192.0.2.10 17484 typ host generation 0
a=sendrecv
""".replace("\n", "\r\n")


def recorded() -> list[tuple[str, str, str]]:
    """Return the method, the direction and the text of each description that was recorded."""
    found = []
    for file in sorted(RECORDED.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            entry = json.loads(line)
            frame = entry.get("frame")
            frame = json.loads(frame) if isinstance(frame, str) else frame
            if not isinstance(frame, dict):
                continue
            parts = [part for part in (frame.get("params"), frame.get("result")) if isinstance(part, dict)]
            texts = [part["sdp"] for part in parts if str(part.get("sdp")).startswith("v=0")]
            found += [(f"{file.stem} {frame.get('method', 'result')}", entry["dir"], text) for text in texts]
    return found


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recordings are not here")
def test_every_recorded_description_of_the_switch_is_taken_as_it_is() -> None:
    taken = [parse(sdp) for _name, direction, sdp in recorded() if direction == "s2c"]
    assert len(taken) > 40
    for one in taken:
        assert one.common_codec().name.lower() in ("opus", "pcmu", "pcma")
        assert one.candidates
        assert {candidate.text.split()[1] for candidate in one.candidates} == {"1"}
        assert one.ice_user
        assert one.fingerprints
        assert one.sends
    # All that surprises is among them: or this test would show nothing.
    assert {section.profile for one in taken for section in one.sections} >= {"RTP/SAVPF", "UDP/TLS/RTP/SAVPF"}
    assert {algorithm for one in taken for algorithm, _ in one.fingerprints} == {"sha-256", "sha-512"}
    assert any(section.kind == "video" and not section.port for one in taken for section in one.sections)
    assert not any(one.has_bundle or section.mid for one in taken for section in one.sections)


def test_an_offer_without_mid_and_bundle_is_answered_without_them() -> None:
    offer = parse(OFFER)
    codec = offer.common_codec()
    assert (codec.name, codec.payload_type) == ("opus", 102)
    text = write_answer(replace(LOCAL, codecs=(codec,), setup="active"), offer)
    assert "a=mid" not in text
    assert "BUNDLE" not in text
    assert "m=audio 4000 RTP/SAVPF 102\r\n" in text
    assert "a=setup:active\r\n" in text
    assert parse(text).common_codec() == codec


@pytest.mark.parametrize(
    ("offered", "answered"),
    [("sendrecv", "sendrecv"), ("sendonly", "recvonly"), ("recvonly", "sendonly"), ("inactive", "inactive")],
)
def test_a_direction_is_answered_by_its_counterpart(offered: str, answered: str) -> None:
    text = write_answer(replace(LOCAL, codecs=(OPUS,)), parse(OFFER.replace("a=sendrecv", f"a={offered}")))
    assert f"a={answered}\r\n" in text


def test_one_of_a_browser_gets_its_names_back() -> None:
    offer = OFFER.replace("t=0 0\r\n", "t=0 0\r\na=group:BUNDLE a1\r\n").replace("a=sendrecv", "a=mid:a1\r\na=sendrecv")
    text = write_answer(replace(LOCAL, codecs=(OPUS,)), parse(offer))
    assert "a=group:BUNDLE a1\r\n" in text
    assert "a=mid:a1\r\n" in text


def test_a_refused_video_section_without_anything_below_it_does_no_harm() -> None:
    answer = OFFER + "m=video 0 UDP/TLS/RTP/SAVPF 19\r\n"
    assert parse(answer).sections[1].port == 0


def test_offered_video_is_refused_in_its_place() -> None:
    video = "m=video 17500 RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n"
    before, audio = OFFER.split("m=audio", 1)
    text = write_answer(replace(LOCAL, codecs=(OPUS,)), parse(f"{before}{video}m=audio{audio}"))
    assert [line.split()[:2] for line in text.splitlines() if line.startswith("m=")] == [
        ["m=video", "0"],
        ["m=audio", "4000"],
    ]


def test_our_offer_has_one_hash_alone() -> None:
    """FreeSWITCH takes the last of several, and offers by that kind later on."""
    text = write_offer(LOCAL)
    assert [line for line in text.splitlines() if line.startswith("a=fingerprint")] == [
        f"a=fingerprint:sha-256 {LOCAL.fingerprint}"
    ]
    assert "a=rtcp-mux\r\n" in text
    assert text.endswith("\r\n")
    assert "a=end-of-candidates\r\n" in text
    assert [codec.name for codec in parse(text).codecs] == ["opus", "PCMU", "PCMA"]


@pytest.mark.parametrize("codec", [PCMU, PCMA])
def test_a_number_of_the_standard_needs_no_line_of_its_own(codec: object) -> None:
    number = getattr(codec, "payload_type", 0)
    assert parse(OFFER.replace("102 0 8 101", str(number))).codecs == (codec,)


def test_without_a_common_codec() -> None:
    with pytest.raises(NoCommonCodec):
        parse(OFFER.replace("opus", "iLBC")).common_codec((OPUS,))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("m=audio 17484", "m=audio 0"), "no audio"),
        (("a=ice-pwd:", "a=no:"), "ICE"),
        (("a=fingerprint:sha-256", "a=fingerprint:md5"), "fingerprint"),
        (("m=audio 17484", "m=audio x"), "port"),
        (("m=audio 17484 RTP/SAVPF 102 0 8 101", "m=audio"), "read"),
    ],
)
def test_what_cannot_be_used_is_refused(change: tuple[str, str], words: str) -> None:
    with pytest.raises(SdpError, match=words):
        parse(OFFER.replace(*change))


def test_a_description_without_end_is_refused() -> None:
    with pytest.raises(SdpError, match="long"):
        parse(OFFER + "a=x\r\n" * 50_000)


def test_names_and_other_transports_are_no_addresses() -> None:
    """A name would be looked up, and mDNS asked, on behalf of the PBX."""
    lines = [
        "a=candidate:1 1 udp 1 pbx.example 4 typ host",
        "a=candidate:1 1 udp 1 0815.local 4 typ host",
        "a=candidate:1 1 tcp 1 192.0.2.9 4 typ host",
        "a=candidate:1 1 udp 1 192.0.2.9 99999 typ host",
        "a=candidate:1 1 udp",
    ]
    assert [one.host for one in parse(OFFER + "\r\n".join(lines)).candidates] == ["192.0.2.10"]


def test_credentials_are_not_in_what_is_shown() -> None:
    assert "mQargKko1iIOEoos0vpQc51a" not in repr(parse(OFFER))
    assert LOCAL.ice_password not in repr(LOCAL)
