"""The frame log's limits and subscribers."""

import logging

import pytest

from ctidesk.net.frames import Frame, FrameLog


def test_nothing_is_recorded_while_it_is_off() -> None:
    log = FrameLog()
    seen: list[Frame] = []
    log.subscribe(seen.append)
    log.record("sent", "x")
    assert log.frames == ()
    assert seen == []


def test_frames_are_masked_and_timed() -> None:
    times = iter([1.0, 2.5])
    log = FrameLog(enabled=True, clock=lambda: next(times))
    log.record("sent", '{"password":"S3CR3T"}')
    log.record("received", "pong")
    assert log.frames == (
        Frame(1.0, "sent", '{"password":"***"}'),
        Frame(2.5, "received", "pong"),
    )


def test_the_number_is_limited() -> None:
    log = FrameLog(max_frames=3, enabled=True)
    for number in range(10):
        log.record("sent", f"n{number}")
    assert [frame.text for frame in log.frames] == ["n7", "n8", "n9"]


def test_the_size_is_limited_in_bytes() -> None:
    log = FrameLog(max_bytes=10, enabled=True)
    for text in ("12345", "123456", "яя"):
        log.record("sent", text)
    assert [frame.text for frame in log.frames] == ["123456", "яя"]
    log.record("sent", "far longer than all the room there is")
    assert log.frames == ()
    log.record("sent", "fits")
    assert len(log.frames) == 1


def test_clear_makes_room() -> None:
    log = FrameLog(max_bytes=8, enabled=True)
    log.record("sent", "1234567")
    log.clear()
    log.record("sent", "1234567")
    assert len(log.frames) == 1


def test_subscribers_come_and_go() -> None:
    log = FrameLog(enabled=True)
    first: list[Frame] = []
    second: list[Frame] = []
    leave = log.subscribe(first.append)
    log.subscribe(second.append)
    log.record("sent", "a")
    leave()
    leave()
    log.record("sent", "b")
    assert [frame.text for frame in first] == ["a"]
    assert [frame.text for frame in second] == ["a", "b"]


def test_a_subscriber_that_raises_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def broken(frame: Frame) -> None:
        raise LookupError

    log = FrameLog(enabled=True)
    seen: list[Frame] = []
    log.subscribe(broken)
    log.subscribe(seen.append)
    log.record("sent", "a")
    assert len(seen) == 1
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
