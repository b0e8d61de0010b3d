"""What becomes of sound between a microphone and a speaker, with a clock that the test turns."""

from __future__ import annotations

import random

import numpy as np
import pytest
from aiortc.rtp import RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.cti.audio import FRAME_SAMPLES, SAMPLE_RATE
from ctidesk.verto.media_codecs import Samples
from ctidesk.verto.media_receiving import Receiver
from ctidesk.verto.media_sdp import CODECS, OPUS, PCMU, Codec
from ctidesk.verto.media_sending import Sender
from ctidesk.verto.media_stretch import Concealment, lengthen, shorten
from tests.verto.media.tones import LOUD, frames_of, loudness, noise, pitch, steps, tone

FRAME_SECONDS = 0.020
HERTZ = 1000.0


class Way:
    """A sender, a network and a receiver. `drift`: by how much the sender's clock is faster."""

    def __init__(
        self, codec: Codec = OPUS, *, loss: float = 0.0, jitter: float = 0.0, drift: float = 0.0, seed: int = 5
    ) -> None:
        self.sender = Sender(codec, 1234)
        self.receiver = Receiver((codec,))
        self.delays: list[float] = []
        self._loss = loss
        self._jitter = jitter
        self._drift = drift
        self._chance = random.Random(seed)
        self._under_way: list[tuple[float, bytes]] = []
        self._sent = 0
        self._heard = 0

    def carry(self, spoken: Samples) -> Samples:
        """Say it, and return what is heard in the same time."""
        heard = []
        for frame in frames_of(spoken):
            now = self._sent * FRAME_SECONDS / (1 + self._drift)
            self._sent += 1
            for packet in self.sender.send(frame):
                if self._chance.random() >= self._loss:
                    self._under_way.append((now + self._chance.random() * self._jitter, packet))
            heard += self._hear_until(now)
        return np.concatenate(heard)

    def _hear_until(self, until: float) -> list[Samples]:
        heard = []
        while self._heard * FRAME_SECONDS <= until:
            now = self._heard * FRAME_SECONDS + 0.005
            self._heard += 1
            for arrival, packet in sorted(one for one in self._under_way if one[0] <= now):
                self.receiver.take_packet(packet, arrival)
            self._under_way = [one for one in self._under_way if one[0] > now]
            heard.append(self.receiver.frame())
            self.delays.append(self.receiver.delay)
        return heard


def settled(samples: Samples) -> Samples:
    """Without the beginning, which waits for the first packets."""
    return samples[SAMPLE_RATE // 2 :]


@pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)
def test_a_tone_comes_through_with_its_pitch_and_its_loudness(codec: Codec) -> None:
    heard = settled(Way(codec).carry(tone(HERTZ, 150)))
    assert pitch(heard) == pytest.approx(HERTZ, abs=1)
    assert 20 * np.log10(loudness(heard) / loudness(tone(HERTZ, 50))) == pytest.approx(0, abs=0.5)
    assert noise(heard, HERTZ) < -35


@pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)
def test_nothing_audible_is_lost_with_two_percent_of_the_packets(codec: Codec) -> None:
    way = Way(codec, loss=0.02)
    heard = settled(way.carry(tone(HERTZ, 1500)))
    assert 10 < way.receiver.buffer.counts.lost < 60
    frames = np.array([loudness(frame) for frame in frames_of(heard)])
    assert frames.min() > 0.35 * LOUD / np.sqrt(2)  # two in a row are a little softer; there is no hole
    assert np.mean(frames < 0.9 * LOUD / np.sqrt(2)) < 0.01
    assert noise(heard, HERTZ) < -30
    assert steps(heard) < 2.2 * steps(tone(HERTZ, 10))  # and no click


def test_speech_goes_on_through_a_loss() -> None:
    """Without concealment there would be holes of 20 ms."""
    places = np.arange(300 * FRAME_SAMPLES) / SAMPLE_RATE
    voice = sum(np.sin(2 * np.pi * 130 * k * places) / k for k in range(1, 8))
    spoken = (3000 * voice * (1 + 0.3 * np.sin(2 * np.pi * 3 * places))).astype(np.int16)
    heard = settled(Way(loss=0.03, seed=9).carry(spoken))
    frames = np.array([loudness(frame) for frame in frames_of(heard)])
    assert frames.min() > 0.3 * np.median(frames)


@pytest.mark.parametrize("drift", [3e-4, -3e-4])
def test_no_drift_over_five_minutes(drift: float) -> None:
    """Two clocks that differ by 300 millionths are 90 ms apart after five minutes."""
    way = Way(PCMU, drift=drift, jitter=0.005)
    heard = settled(way.carry(tone(HERTZ, 15_000)))
    delays = np.array(way.delays)
    assert delays[-500:].mean() == pytest.approx(delays[500:1000].mean(), abs=0.020)
    assert np.percentile(delays[500:], 95) < 0.080
    moved = way.receiver.figures.removed - way.receiver.figures.added + way.receiver.figures.invented * -1
    assert (moved > 0) is (drift > 0)
    assert pitch(heard[: 60 * SAMPLE_RATE]) == pytest.approx(HERTZ, abs=1)


def test_the_delay_follows_the_network_up_and_down() -> None:
    way = Way(jitter=0.060)
    way.carry(tone(HERTZ, 500))
    uneven = np.mean(way.delays[-100:])
    assert way.receiver.figures.invented < 0.02 * way.receiver.figures.played
    way._jitter = 0.0
    way.carry(tone(HERTZ, 1000))
    assert np.mean(way.delays[-100:]) < uneven - 0.020
    assert np.mean(way.delays[-100:]) < 0.050


def test_the_wait_is_short_on_a_good_network() -> None:
    way = Way()
    way.carry(tone(HERTZ, 200))
    assert max(way.delays[50:]) <= 0.041


def test_packets_in_another_order_are_put_right() -> None:
    sender, receiver = Sender(PCMU, 1), Receiver((PCMU,))
    packets = [packet for frame in frames_of(tone(HERTZ, 60)) for packet in sender.send(frame)]
    packets[20], packets[21] = packets[21], packets[20]
    heard = []
    for number, packet in enumerate(packets):
        receiver.take_packet(packet, number * FRAME_SECONDS)
        if number > 3:
            heard.append(receiver.frame())
    assert receiver.buffer.counts.lost == 0
    assert noise(np.concatenate(heard[5:]), HERTZ) < -35


def test_nothing_comes_for_a_while_and_then_goes_on() -> None:
    """A hold: there is no sound and no failure, and the count of the lost does not grow."""
    sender, receiver = Sender(OPUS, 1), Receiver((OPUS,))
    now = 0.0

    def talk(frames: int) -> Samples:
        nonlocal now
        heard = []
        for frame in frames_of(tone(HERTZ, frames)):
            now += FRAME_SECONDS
            for packet in sender.send(frame):
                receiver.take_packet(packet, now)
            heard.append(receiver.frame())
        return np.concatenate(heard)

    talk(100)
    quiet = []
    for _ in range(200):
        now += FRAME_SECONDS
        sender.pass_over()
        quiet.append(receiver.frame())
    assert loudness(np.concatenate(quiet[20:])) == 0
    heard = talk(100)
    assert loudness(heard[-20 * FRAME_SAMPLES :]) == pytest.approx(LOUD / np.sqrt(2), rel=0.05)
    assert receiver.buffer.counts.lost == 0
    assert receiver.delay < 0.060


def test_another_stream_is_taken_up_at_once() -> None:
    """After a transfer the switch sends with another name and other numbers."""
    receiver = Receiver((PCMU,))
    now = 0.0
    for ssrc in (1, 2):
        sender = Sender(PCMU, ssrc)
        heard = []
        for frame in frames_of(tone(HERTZ, 50)):
            now += FRAME_SECONDS
            for packet in sender.send(frame):
                receiver.take_packet(packet, now)
            heard.append(receiver.frame())
        assert loudness(np.concatenate(heard[10:])) == pytest.approx(LOUD / np.sqrt(2), rel=0.05)
    assert receiver.buffer.counts.lost == 0


def test_the_numbers_of_packets_begin_anew() -> None:
    sender, receiver = Sender(PCMU, 1), Receiver((PCMU,))
    sender._sequence, sender._timestamp = 65_520, 0xFFFFFFFF - 1600
    heard = []
    for number, frame in enumerate(frames_of(tone(HERTZ, 60))):
        for packet in sender.send(frame):
            receiver.take_packet(packet, number * FRAME_SECONDS)
        heard.append(receiver.frame())
    assert receiver.buffer.counts.lost == 0
    assert receiver.buffer.counts.jitter < 0.001
    assert noise(np.concatenate(heard[10:]), HERTZ) < -35


def test_whatever_comes_does_no_harm() -> None:
    receiver = Receiver((OPUS,))
    chance = random.Random(3)
    packet = RtpPacket(payload_type=96, sequence_number=5, timestamp=9, ssrc=1, payload=chance.randbytes(300))
    noise_of_network = [b"", b"\x80", chance.randbytes(11), chance.randbytes(500), packet.serialize()]
    noise_of_network += [RtpPacket(payload_type=13, ssrc=1, payload=b"\x00").serialize()]
    for number, data in enumerate(noise_of_network * 5):
        receiver.take_packet(data, number * FRAME_SECONDS)
        assert receiver.frame().size == FRAME_SAMPLES


def test_at_most_one_packet_of_a_call_has_the_marker() -> None:
    """FreeSWITCH empties its buffer at each: marked all, a bridged call has no sound at all."""
    sender = Sender(OPUS, 1)
    packets = [RtpPacket.parse(packet) for frame in frames_of(tone(HERTZ, 100)) for packet in sender.send(frame)]
    sender.pass_over(10)
    packets += [RtpPacket.parse(packet) for frame in frames_of(tone(HERTZ, 10)) for packet in sender.send(frame)]
    assert [packet.marker for packet in packets] == [1] + [0] * (len(packets) - 1)
    assert {packet.payload_type for packet in packets} == {96}


def test_a_period_more_or_less_is_not_heard() -> None:
    spoken = tone(200.0, 2)
    for changed in (shorten(spoken), lengthen(spoken)):
        assert changed.size != spoken.size
        assert abs(changed.size - spoken.size) % (SAMPLE_RATE // 200) == 0
        assert steps(changed) < 1.3 * steps(spoken)


def test_what_never_repeats_is_left_alone_unless_it_must_be() -> None:
    rustle = np.random.default_rng(1).integers(-8000, 8000, 2 * FRAME_SAMPLES).astype(np.int16)
    assert shorten(rustle).size == rustle.size
    assert shorten(rustle, anyhow=True).size < rustle.size


def test_invented_sound_fades_and_ends() -> None:
    concealment = Concealment()
    for frame in frames_of(tone(250.0, 10)):
        concealment.hear(frame)
    invented = [concealment.invent() for _ in range(8)]
    levels = [loudness(frame) for frame in invented]
    assert levels[0] == pytest.approx(LOUD / np.sqrt(2), rel=0.05)
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] == 0
    assert concealment.is_silent


@given(
    st.lists(
        st.tuples(st.integers(-5, 40), st.integers(0, 3), st.binary(min_size=1, max_size=40), st.booleans()),
        max_size=60,
    )
)
def test_any_order_of_packets_gives_frames(story: list[tuple[int, int, bytes, bool]]) -> None:
    """Whatever the network does to order, numbers and contents, the speaker gets whole frames and counts add up."""
    receiver = Receiver(CODECS)
    sequence, now = 65_500, 0.0
    for step, ssrc, payload, listens in story:
        sequence = (sequence + step) & 0xFFFF
        now += FRAME_SECONDS
        packet = RtpPacket(
            payload_type=0, sequence_number=sequence, timestamp=sequence * 160, ssrc=ssrc, payload=payload
        )
        receiver.take_packet(packet.serialize(), now)
        if listens:
            assert receiver.frame().size == FRAME_SAMPLES
    counts = receiver.buffer.counts
    assert counts.received == len(story)
    assert 0 <= counts.late <= counts.received
    assert counts.lost >= 0
    assert receiver.delay < 2
