"""Real sound over the network of this computer: ICE, DTLS, SRTP and a clock that nobody turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest
from aioice import Connection
from aiortc.rtcdtlstransport import SRTPProtectionProfile
from aiortc.rtp import HeaderExtensionsMap, RtpPacket
from OpenSSL import SSL

from ctidesk.cti.signals import Signal
from ctidesk.demo.verto.demo import VertoDemo
from ctidesk.demo.verto.mouth import Mouth
from ctidesk.demo.verto.options import Quirks, VertoOptions
from ctidesk.system.synthetic_audio import SyntheticAudio
from ctidesk.verto import media_sending
from ctidesk.verto.media import MediaConnected, MediaError, MediaEvent, MediaFailed, MediaProblem, MediaSounding
from ctidesk.verto.media_codecs import OpusDecoder
from ctidesk.verto.media_engine import AiortcEngine
from ctidesk.verto.media_leg import LegOptions
from ctidesk.verto.media_sdp import OPUS, PCMA, PCMU, Codec
from ctidesk.verto.media_transport import Certificate
from tests.verto.media.phone import LOOPBACK, Phone, Talk
from tests.verto.media.tones import LOUD, loudness, pitch

TONE_LOUDNESS = LOUD / np.sqrt(2)


@pytest.fixture
async def demo() -> AsyncIterator[VertoDemo]:
    async with VertoDemo(VertoOptions(users=5)) as server:
        yield server


async def figures(demo: VertoDemo, talk: Talk) -> dict[str, int]:
    """Return what the server counts of the call's sound."""
    media = (await demo.direct("state"))["media"]
    assert isinstance(media, dict)
    return {name: media[talk.id][name] for name in ("received", "sent", "flushed")}


@pytest.mark.parametrize("codec", [OPUS, PCMU, PCMA], ids=lambda codec: codec.name)
async def test_a_tone_comes_back_from_the_echo(demo: VertoDemo, codec: Codec) -> None:
    async with Phone(demo, hertz=1000, codecs=(codec,)) as phone:
        talk = await phone.call("9196")
        await talk.wait_for(MediaSounding)
        await talk.hear(300)
        heard = await talk.hear(1000)
        assert pitch(heard) == pytest.approx(1000, abs=2)
        assert 20 * np.log10(loudness(heard) / TONE_LOUDNESS) == pytest.approx(0, abs=1)
        assert talk.stream.first_sound is not None  # how soon: tests/benchmarks/test_web_phone.py
        report = talk.media.report
        assert report.codec == codec.name
        assert report.lost == 0
        assert report.received > 40
        assert report.delay > 0
        spoken, level = talk.media.levels
        assert spoken == pytest.approx(TONE_LOUDNESS / 32768, rel=0.1)
        assert level == pytest.approx(TONE_LOUDNESS / 32768, rel=0.1)
        await phone.end(talk)
        assert not talk.stream.is_open


async def test_two_percent_of_the_packets_are_not_missed(demo: VertoDemo) -> None:
    """Of 400 packets of both ways some eight are lost. A computer that stood still meanwhile is listened to again."""
    async with Phone(demo) as phone:
        talk = await phone.call("9196")
        await talk.wait_for(MediaSounding)
        await demo.direct("loss 2")
        await talk.hear(500)
        softest: list[float] = []
        while max(softest, default=0.0) <= 0.3 * TONE_LOUDNESS and len(softest) < 5:
            heard = await talk.hear(4000)
            pieces = heard[: heard.size // 240 * 240].reshape(-1, 240)  # 5 ms: a hole fills more than one of them
            softest.append(min(loudness(piece) for piece in pieces))
        assert softest[-1] > 0.3 * TONE_LOUDNESS
        assert pitch(heard) == pytest.approx(1000, abs=2)
        await phone.end(talk)


async def test_both_sides_tell_how_the_sound_arrives(demo: VertoDemo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctidesk.verto.media_leg.REPORT_SECONDS", 0.2)
    await demo.direct("loss 20")
    async with Phone(demo) as phone:
        talk = await phone.call("9196")
        await talk.wait_for(MediaSounding)
        await talk.hear(1500)
        report = talk.media.report
        assert report.round_trip is not None
        assert report.round_trip >= 0
        assert report.remote_loss is not None
        assert report.lost > 0
        await phone.end(talk)


async def test_mute_is_silence_and_packets_go_on(demo: VertoDemo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two packets are 40 ms."""
    arrived: list[float] = []
    decoder, hear = OpusDecoder(), Mouth.hear

    def note(mouth: Mouth, data: bytes) -> None:
        arrived.append(loudness(decoder.decode(RtpPacket.parse(data).payload)))
        hear(mouth, data)

    monkeypatch.setattr(Mouth, "hear", note)
    async with Phone(demo) as phone:
        talk = await phone.call("9196")
        await talk.wait_for(MediaSounding)
        await talk.hear(300)
        arrived.clear()
        talk.media.set_muted(True)
        await talk.hear(600)
        assert loudness(await talk.hear(100)) < 5
        assert talk.media.levels[0] == 0
        assert len(arrived) > 20
        assert sum(loud > 0.02 * TONE_LOUDNESS for loud in arrived) <= 2 + 1  # one was under way
        talk.media.set_muted(False)
        await talk.hear(300)
        assert loudness(await talk.hear(200)) == pytest.approx(TONE_LOUDNESS, rel=0.1)
        await phone.end(talk)


async def test_a_held_call_sends_nothing_and_gives_the_devices_back(demo: VertoDemo) -> None:
    async with Phone(demo) as phone:
        talk = await phone.call("9196")
        await talk.wait_for(MediaSounding)
        assert (await phone.modify(talk, "hold"))["holdState"] == "held"
        talk.media.set_held(True)
        assert not phone.devices.streams[-1].is_open
        await asyncio.sleep(0.05)  # what was under way
        sent = await figures(demo, talk)
        await asyncio.sleep(0.3)
        assert await figures(demo, talk) == sent
        assert (await phone.modify(talk, "unhold"))["holdState"] == "active"
        talk.media.set_held(False)
        await talk.hear(400)
        assert loudness(await talk.hear(200)) == pytest.approx(TONE_LOUDNESS, rel=0.1)
        assert not any(isinstance(event, MediaFailed) for event in talk.events)
        await phone.end(talk)


async def test_what_is_heard_before_the_answer(demo: VertoDemo) -> None:
    async with Phone(demo) as phone:
        talk = await phone.call("74951112233")
        await talk.wait_for(MediaSounding)
        assert pitch(await talk.hear(400)) == pytest.approx(425, abs=4)
        assert not [frame for frame in phone.frames if frame.get("method") == "verto.answer"]
        await demo.direct("answer 74951112233")
        assert "sdp" not in await phone.take("verto.answer")
        await talk.hear(1500)
        assert loudness(await talk.hear(1500)) > 300  # the other party speaks
        await phone.end(talk)


async def test_two_phones_hear_each_other_hold_and_come_back(demo: VertoDemo) -> None:
    async with Phone(demo, "101", 440) as anna, Phone(demo, "102", 800) as boris:
        talk = await anna.begin("102")
        params = await anna.take("verto.media")
        await talk.media.accept(params["sdp"])
        other = await boris.take_call()
        await anna.take("verto.answer")
        for one in (talk, other):
            await one.wait_for(MediaConnected)
            await one.hear(500)
        assert pitch(await talk.hear(500)) == pytest.approx(800, abs=4)
        assert pitch(await other.hear(500)) == pytest.approx(440, abs=4)
        await anna.modify(talk, "hold")
        talk.media.set_held(True)
        await other.hear(300)
        assert pitch(await other.hear(400)) not in (pytest.approx(440, abs=4), pytest.approx(800, abs=4))  # music
        await anna.modify(talk, "unhold")
        talk.media.set_held(False)
        await talk.hear(400)
        await other.hear(400)
        assert pitch(await talk.hear(500)) == pytest.approx(800, abs=4)
        assert pitch(await other.hear(500)) == pytest.approx(440, abs=4)
        await anna.end(talk)
        assert (await boris.take("verto.bye"))["cause"] == "NORMAL_CLEARING"
        await other.media.close()


async def test_an_attended_transfer_joins_the_others(demo: VertoDemo) -> None:
    async with Phone(demo, "101", 440) as anna, Phone(demo, "102", 800) as boris, Phone(demo, "103", 1200) as vera:
        first = await anna.begin("102")
        await first.media.accept((await anna.take("verto.media"))["sdp"])
        of_boris = await boris.take_call()
        await anna.modify(first, "hold")
        first.media.set_held(True)
        second = await anna.begin("103")
        await second.media.accept((await anna.take("verto.media"))["sdp"])
        of_vera = await vera.take_call()
        await second.wait_for(MediaSounding)
        await anna.modify(second, "replace", replaceCallID=first.id)
        for _ in range(2):
            assert (await anna.take("verto.bye"))["cause"] == "NORMAL_CLEARING"
        for talk in (first, second):
            await talk.media.close()
        for talk in (of_boris, of_vera):
            await talk.hear(500)
        assert pitch(await of_boris.hear(500)) == pytest.approx(1200, abs=4)
        assert pitch(await of_vera.hear(500)) == pytest.approx(800, abs=4)


async def test_a_blind_transfer_moves_the_other_party(demo: VertoDemo) -> None:
    async with Phone(demo, "101", 440) as anna, Phone(demo, "102", 800) as boris:
        talk = await anna.begin("102")
        await talk.media.accept((await anna.take("verto.media"))["sdp"])
        of_boris = await boris.take_call()
        await of_boris.wait_for(MediaSounding)
        result = await anna.modify(talk, "transfer", destination="9197")
        assert result["message"] == "CALL TRANSFERRED"
        await anna.take("verto.bye")
        await talk.media.close()
        await of_boris.hear(600)
        assert pitch(await of_boris.hear(500)) == pytest.approx(1004, abs=4)
        await boris.end(of_boris)


async def test_phones_of_different_codecs_understand_each_other(demo: VertoDemo) -> None:
    """Joined after the fact: each had agreed on its codec with the switch before."""
    async with (
        Phone(demo, "101", 440) as anna,
        Phone(demo, "102", 800, (PCMU,)) as boris,
        Phone(demo, "103", 1200, (OPUS,)) as vera,
    ):
        of_boris = await boris.begin("101")
        await of_boris.media.accept((await boris.take("verto.media"))["sdp"])
        first = await anna.take_call()
        second = await anna.begin("103")
        await second.media.accept((await anna.take("verto.media"))["sdp"])
        of_vera = await vera.take_call()
        await second.wait_for(MediaSounding)
        await anna.modify(second, "replace", replaceCallID=first.id)
        assert of_boris.media.report.codec == "PCMU"
        assert of_vera.media.report.codec == "opus"
        for talk in (of_boris, of_vera):
            await talk.hear(600)
        assert pitch(await of_boris.hear(500)) == pytest.approx(1200, abs=4)
        assert pitch(await of_vera.hear(500)) == pytest.approx(800, abs=4)
        for talk in (first, second):
            await talk.media.close()


async def test_a_lost_link_and_the_sound_comes_back(demo: VertoDemo) -> None:
    async with Phone(demo) as phone:
        talk = await phone.call("9196")
        await talk.wait_for(MediaSounding)
        await demo.direct("drop-connections")
        await talk.media.close()
        await phone.close()
        await phone.open()
        reply = await phone.ask("login", login="101@demo.example", passwd="demo")
        assert reply["result"]["message"] == "logged in"
        params = await phone.take("verto.attach")
        assert "sha-512" in params["sdp"]
        again = await phone.attach(params)
        await again.wait_for(MediaSounding)
        await again.hear(400)
        assert pitch(await again.hear(500)) == pytest.approx(1000, abs=2)
        assert (await phone.take("verto.clientReady"))["reattached_sessions"] == [talk.id]
        await phone.end(again)


async def test_twenty_lost_links_in_a_row(demo: VertoDemo, monkeypatch: pytest.MonkeyPatch) -> None:
    """verto-protocol.md, "13. Acceptance checks", 6: aioice does not always connect when its role is set too late."""
    conflicts: list[bool] = []
    switch_role = Connection.switch_role

    def note(ice: Connection, ice_controlling: bool) -> None:
        conflicts.append(ice_controlling)
        switch_role(ice, ice_controlling)

    monkeypatch.setattr(Connection, "switch_role", note)
    async with Phone(demo) as phone:
        talk = await phone.call("9196")
        await talk.wait_for(MediaConnected)
        for _ in range(20):
            await demo.direct("drop-connections")
            await talk.media.close()
            await phone.close()
            await phone.open()
            await phone.ask("login", login="101@demo.example", passwd="demo")
            talk = await phone.attach(await phone.take("verto.attach"))
            await talk.wait_for(MediaConnected)
        assert conflicts == []
        await talk.wait_for(MediaSounding)
        await phone.end(talk)


# ---- what surprises aiortc


class Ecdsa(Certificate):
    """aiortc's own, which reaches no server with an RSA certificate."""

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        return super(Certificate, self)._create_ssl_context(srtp_profiles)


async def test_a_call_received_reaches_a_switch_with_an_rsa_certificate(demo: VertoDemo) -> None:
    async with Phone(demo) as phone:
        await demo.direct("ring 101 74951112233")
        talk = await phone.take_call()
        await talk.wait_for(MediaConnected)
        await phone.end(talk)


async def test_without_its_suites_the_phone_lets_the_switch_be_the_client(
    demo: VertoDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way to the suites is aiortc's own: when it is gone one day, calls received still work."""
    monkeypatch.setattr("ctidesk.verto.media_engine.Certificate", Ecdsa)
    async with Phone(demo) as phone:
        await demo.direct("ring 101 74951112233")
        talk = await phone.take_call()
        assert "a=setup:passive" in talk.answer
        await talk.wait_for(MediaConnected)
        await phone.end(talk)


async def test_a_handshake_without_common_suites_fails_in_words(
    demo: VertoDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctidesk.verto.media_engine.Certificate", Ecdsa)
    monkeypatch.setattr(Ecdsa, "reaches_rsa", lambda _self: True)
    async with Phone(demo) as phone:
        await demo.direct("ring 101 74951112233")
        talk = await phone.take_call()
        await talk.wait_for(MediaFailed)
        assert talk.events[-1] == MediaFailed(MediaProblem.NOT_CONNECTED, "the encryption of the sound failed")
        assert (await phone.take("verto.bye"))["cause"] == "DESTINATION_OUT_OF_ORDER"
        assert not phone.devices.streams[-1].is_open
        await talk.media.close()


async def test_a_marker_on_every_packet_would_silence_a_bridged_call(
    demo: VertoDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Marked(RtpPacket):
        def serialize(self, extensions_map: HeaderExtensionsMap | None = None) -> bytes:
            self.marker = 1
            return super().serialize(extensions_map or HeaderExtensionsMap())

    async def flushed() -> tuple[int, int]:
        async with Phone(demo, "101", 440) as anna, Phone(demo, "102", 800) as boris:
            talk = await anna.begin("102")
            await talk.media.accept((await anna.take("verto.media"))["sdp"])
            other = await boris.take_call()
            await other.wait_for(MediaConnected)
            await anna.take("verto.answer")
            await other.hear(500)
            found = (await figures(demo, talk))["flushed"], (await figures(demo, other))["sent"]
            await anna.end(talk)
            await other.media.close()
            return found

    assert (await flushed())[0] == 0
    monkeypatch.setattr(media_sending, "RtpPacket", Marked)
    lost, heard = await flushed()
    assert lost > 10
    assert heard <= 2


@pytest.mark.parametrize(
    "name", ["no_mid", "savpf", "sha512_attach", "rsa_certificate", "early_media", "deaf_before_answer"]
)
async def test_a_server_without_the_surprise_is_served_as_well(name: str) -> None:
    async with (
        VertoDemo(VertoOptions(users=3, quirks=Quirks(**{name: False}))) as demo,
        Phone(demo) as phone,
    ):
        talk = await phone.call("9196")
        await talk.wait_for(MediaSounding)
        await phone.end(talk)
        await demo.direct("ring 101 74951112233")
        talk = await phone.take_call()
        await talk.wait_for(MediaSounding)
        await phone.end(talk)


# ---- what goes wrong


async def test_no_common_codec() -> None:
    async with VertoDemo(VertoOptions(users=3, codecs=("PCMA",))) as demo, Phone(demo, codecs=(OPUS,)) as phone:
        talk = await phone.begin("9196")
        assert (await phone.take("verto.bye"))["cause"] == "INCOMPATIBLE_DESTINATION"
        await talk.media.close()
        await demo.direct("ring 101 74951112233")
        params = await phone.take("verto.invite")
        session = phone.engine.open(lambda _event: None)
        with pytest.raises(MediaError) as caught:
            await session.answer(params["sdp"])
        assert caught.value.problem is MediaProblem.NO_COMMON_CODEC
        await session.close()
        assert phone.devices.streams == []


async def test_nobody_answers_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctidesk.verto.media_leg.CONNECT_SECONDS", 0.3)
    events: list[MediaEvent] = []
    engine = AiortcEngine(None, LegOptions(addresses=LOOPBACK))
    answering = AiortcEngine(None, LegOptions(addresses=LOOPBACK))
    session, other = engine.open(events.append), answering.open(lambda _event: None)
    answer = await other.answer(await session.offer())
    await answering.close()
    await session.accept(answer)
    async with asyncio.timeout(10):
        while not events:
            await asyncio.sleep(0.01)
    assert events == [MediaFailed(MediaProblem.NOT_CONNECTED, "no connection for the sound")]
    await engine.close()


async def test_an_answer_that_cannot_be_read() -> None:
    engine = AiortcEngine(None, LegOptions(addresses=LOOPBACK))
    session = engine.open(lambda _event: None)
    await session.offer()
    with pytest.raises(MediaError) as caught:
        await session.accept("v=0\r\nm=audio 0 RTP/SAVPF 96\r\n")
    assert caught.value.problem is MediaProblem.BAD_DESCRIPTION
    await engine.close()


async def test_no_address_to_send_from() -> None:
    engine = AiortcEngine(None, LegOptions(addresses=()))
    session = engine.open(lambda _event: None)
    with pytest.raises(MediaError) as caught:
        await session.offer()
    assert caught.value.problem is MediaProblem.NO_ADDRESS
    await engine.close()


async def test_devices_that_come_and_go_are_told_until_the_engine_ends() -> None:
    came: Signal[()] = Signal("devices")

    class Devices(SyntheticAudio):
        def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
            return came.subscribe(callback)

    engine = AiortcEngine(Devices(has_microphone=False))
    told: list[tuple[str, ...]] = []
    engine.devices_changed.subscribe(lambda: told.append(engine.missing))
    came.emit()
    assert told == [("microphone",)]
    await engine.close()
    came.emit()
    assert len(told) == 1


async def test_everything_ends_at_once(demo: VertoDemo) -> None:
    """The call, the engine and the server: whoever comes second waits for the first."""
    async with Phone(demo) as phone:
        talk = await phone.call("9196")
        await talk.wait_for(MediaConnected)
        await asyncio.gather(talk.media.close(), phone.engine.close(), talk.media.close())
        assert not talk.stream.is_open


async def test_closed_in_the_middle_nothing_is_left(demo: VertoDemo) -> None:
    async with Phone(demo) as phone:
        session = phone.engine.open(lambda _event: None)
        offering = asyncio.create_task(session.offer())
        await asyncio.sleep(0)
        await session.close()
        with pytest.raises(MediaError) as caught:
            await offering
        assert caught.value.problem is MediaProblem.CLOSED
        with pytest.raises(MediaError):
            await session.offer()
        await session.close()
        talk = await phone.begin("9196")
        await phone.engine.close()
        assert phone.devices.streams == []
        assert talk.events == []
