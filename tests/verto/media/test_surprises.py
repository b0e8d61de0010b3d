"""What a FreeSWITCH does that surprises the media library: each of these fails when its adaptation is taken away."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import crypto

from ctidesk.demo.verto.demo import VertoDemo
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.system.synthetic_audio import SyntheticAudio
from ctidesk.verto.media import MediaConnected, MediaFailed, MediaProblem
from ctidesk.verto.media_engine import AiortcEngine
from ctidesk.verto.media_leg import LegOptions
from ctidesk.verto.media_sdp import parse
from ctidesk.verto.media_transport import fingerprint
from tests.verto.media.phone import LOOPBACK, Phone, next_event

HASHES = ("sha-256", "sha-384", "sha-512")


@pytest.fixture
async def demo() -> AsyncIterator[VertoDemo]:
    async with VertoDemo(VertoOptions(users=3)) as server:
        yield server


async def test_our_handshake_reaches_a_certificate_of_rsa(demo: VertoDemo) -> None:
    """As its client, with suites that the library does not offer; to be its server is the stand-in for that."""
    async with Phone(demo) as phone:
        await demo.direct("ring 101 74951112233")
        talk = await phone.take_call()
        assert "a=setup:active\r\n" in talk.answer
        await talk.wait_for(MediaConnected)
        await phone.end(talk)


async def test_a_certificate_with_the_serial_number_0_is_never_parsed(
    demo: VertoDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """cryptography warns of that number and says that it will refuse it."""
    to_cryptography = crypto.X509.to_cryptography

    def refuse(certificate: crypto.X509) -> x509.Certificate:
        if not certificate.get_serial_number():
            raise ValueError("a serial number of 0")
        return to_cryptography(certificate)

    monkeypatch.setattr(crypto.X509, "to_cryptography", refuse)
    async with Phone(demo) as phone:
        await demo.direct("ring 101 74951112233")
        for talk in (await phone.take_call(), await phone.call("9196")):
            await talk.wait_for(MediaConnected)
            await phone.end(talk)


async def test_a_check_that_came_before_our_answer_is_not_waited_for(
    demo: VertoDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The switch hears nothing before our answer, our first check of ICE neither: aioice repeats it much later."""
    monkeypatch.setattr("aioice.stun.RETRY_RTO", 60.0)
    async with Phone(demo) as phone:
        await demo.direct("ring 101 74951112233")
        talk = await phone.take_call()
        await talk.wait_for(MediaConnected)
        await phone.end(talk)


async def test_a_switch_on_the_same_computer_can_be_reached() -> None:
    """aioice leaves the loopback out, on which alone some switches listen."""
    engine = AiortcEngine(None, LegOptions(addresses=LOOPBACK))
    offer = parse(await engine.open(lambda _event: None).offer())
    assert [candidate.host for candidate in offer.candidates] == ["127.0.0.1"]
    await engine.close()


async def test_nobody_waits_for_more_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The switch's offers do not say where the list of its addresses ends; aioice would wait for the rest for ever."""
    monkeypatch.setattr("ctidesk.verto.media_leg.CONNECT_SECONDS", 60.0)
    monkeypatch.setattr("aioice.stun.RETRY_RTO", 0.001)
    devices = SyntheticAudio()
    options = LegOptions(addresses=LOOPBACK)
    engine, switch = AiortcEngine(devices, options), AiortcEngine(None, options)
    offer = (await switch.open(lambda _event: None).offer()).replace("a=end-of-candidates\r\n", "")
    await switch.close()
    events, tell = next_event()
    await engine.open(tell).answer(offer)
    assert await events() == MediaFailed(MediaProblem.NOT_CONNECTED, "no connection for the sound")
    assert not devices.streams[-1].is_open
    await engine.close()


@pytest.mark.parametrize(
    ("said", "is_trusted"),
    [
        *((f"{algorithm} right", True) for algorithm in HASHES),
        *((f"{algorithm} wrong", False) for algorithm in HASHES),
        ("SHA-512 right", True),
        ("sha-1 unknown, sha-512 right", True),
        ("sha-256 right, sha-512 wrong", False),
    ],
)
async def test_the_certificate_is_compared_by_whichever_hash_is_said(said: str, is_trusted: bool) -> None:
    """FreeSWITCH says sha-512 when it offers a call again after a lost connection."""
    devices = SyntheticAudio()
    options = LegOptions(addresses=LOOPBACK)
    calling, answering = AiortcEngine(devices, options), AiortcEngine(None, options)
    encoded = answering._certificate._cert.public_bytes(Encoding.DER)

    def line(words: str) -> str:
        algorithm, what = words.split()
        value = fingerprint(encoded, algorithm.lower()) if what == "right" else ":".join(["AB"] * 32)
        return f"a=fingerprint:{algorithm} {value}\r\n"

    events, tell = next_event()
    session = calling.open(tell)
    answer = await answering.open(lambda _event: None).answer(await session.offer())
    before = line("sha-256 right")
    assert before in answer
    await session.accept(answer.replace(before, "".join(line(words) for words in said.split(", "))))
    event = await events()
    if is_trusted:
        assert isinstance(event, MediaConnected)
    else:
        assert event == MediaFailed(MediaProblem.NOT_CONNECTED, "the encryption of the sound failed")
        assert not devices.streams[-1].is_open
    await calling.close()
    await answering.close()


@pytest.mark.parametrize(
    ("kinds", "words"),
    [(("audio",), "do not match offer"), (("audio", "video"), "ICE username fragment or password is missing")],
    ids=["without names of the sections", "a refused section with nothing below it"],
)
async def test_what_the_library_refuses_is_taken(demo: VertoDemo, kinds: tuple[str, ...], words: str) -> None:
    """Answers of the switch, given to the library's own peer connection for comparison."""
    peer = RTCPeerConnection()
    for kind in kinds:
        peer.addTransceiver(kind)
    await peer.setLocalDescription(await peer.createOffer())
    async with Phone(demo) as phone:
        # The library offers no address on a computer without a network.
        offer = peer.localDescription.sdp + "a=candidate:1 1 udp 2130706431 127.0.0.1 9 typ host\r\n"
        dialog = {"callID": "of the library", "destination_number": "9196"}
        await phone.ask("verto.invite", sdp=offer, dialogParams=dialog)
        answer = (await phone.take("verto.answer"))["sdp"]
    if len(kinds) > 1:  # with names, so that only the refused section is left to be refused
        for number, kind in enumerate(kinds):
            head = next(text for text in answer.splitlines() if text.startswith(f"m={kind}"))
            answer = answer.replace(f"{head}\r\n", f"{head}\r\na=mid:{number}\r\n")
    with pytest.raises(ValueError, match=words):
        await peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    await peer.close()
    taken = parse(answer)
    assert [section.kind for section in taken.sections] == list(kinds)
    assert taken.common_codec().name == "opus"
