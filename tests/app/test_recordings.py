"""Recordings from the PBX's link to a temporary file, with the real client, the demo PBX and its web server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.recordings import RecordingFailed, RecordingProblem
from ctidesk.demo.media import recording
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.net.download import Limits
from ctidesk.net.frames import FrameLog
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.recordings import PbxRecordings, audio_ending
from tests.store.http_server import HttpServer
from tests.waiting import until

WAV = recording()


@pytest.fixture
def server() -> Iterator[HttpServer]:
    server = HttpServer()
    yield server
    server.close()


def recordings_at(*links: str, limits: Limits | None = None) -> PbxRecordings:
    async def query(_call_id: str) -> list[str]:
        return list(links)

    return PbxRecordings(query, limits=limits)


async def problem_of(recordings: PbxRecordings, part: int = 0) -> RecordingFailed:
    with pytest.raises(RecordingFailed) as raised:
        await recordings.fetch("c-1:1", part)
    assert raised.value.text
    assert "secret" not in f"{raised.value!r}{raised.value.text}{raised.value.detail}"
    recordings.close()
    return raised.value


async def test_the_recording_of_a_talk_at_the_demo_pbx(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    frames = FrameLog()
    frames.enabled = True
    async with OktellDemo(OktellOptions(seed=1, auto=True)) as demo:
        options = ClientOptions(demo.url, demo.operator_login, demo.password)
        provider = OktellCtiProvider(options, frame_log=frames)
        await provider.connect()
        links: list[str] = []
        query = provider.query_call_records

        async def noting(call_id: str) -> list[str]:
            links.extend(found := list(await query(call_id)))
            return found

        recordings = PbxRecordings(noting)
        try:
            exchange = demo.desk.switch.exchange
            ring = await demo.direct(f"ring {demo.operator_number} 79161234567")
            assert ring["ok"], ring
            assert (await demo.direct(f"answer {demo.operator_number}"))["ok"]
            assert (await demo.direct("hangup 79161234567"))["ok"]
            (record,) = exchange.records
            file = await recordings.fetch(f"{record.chain}:79161234567")
            assert (file.part, file.parts, file.path.suffix) == (0, 1, ".wav")
            assert file.path.read_bytes() == WAV
            assert file.path.stat().st_mode & 0o777 == 0o600
            recordings.give_back(file)
            assert not file.path.exists()
            with pytest.raises(RecordingFailed) as none:
                await recordings.fetch("no-such-chain:1")
            assert none.value.problem is RecordingProblem.NONE_THERE
        finally:
            await provider.close()
            recordings.close()
    assert not file.path.parent.exists()
    (link,) = links
    password = link.partition("temppass=")[2]
    assert password
    assert password not in caplog.text
    assert not any(password in str(frame) for frame in frames.frames)


async def test_without_a_connection_the_pbxs_words_are_said() -> None:
    provider = OktellCtiProvider(ClientOptions("ws://127.0.0.1:9", "anna", "x"))
    failed = await problem_of(PbxRecordings(provider.query_call_records))
    assert failed.problem is RecordingProblem.REFUSED
    await provider.close()


async def test_a_refused_command_is_said_in_its_own_words() -> None:
    async def query(_call_id: str) -> list[str]:
        raise CtiException(CtiError(ErrorKind.COMMAND, "You may not hear this.", raw="-ERR: Permission denied!"))

    failed = await problem_of(PbxRecordings(query))
    assert (failed.problem, failed.text) == (RecordingProblem.REFUSED, "You may not hear this.")


@pytest.mark.parametrize(
    ("status", "content", "problem"),
    [
        (403, b"wrong or used password", RecordingProblem.REFUSED),
        (404, b"", RecordingProblem.NONE_THERE),
        (500, b"", RecordingProblem.REFUSED),
        (200, b"<html>Log in here</html>", RecordingProblem.NOT_AUDIO),
        (200, b"#EXTM3U\nfile:///etc/passwd\n", RecordingProblem.NOT_AUDIO),
        (200, b"", RecordingProblem.NOT_AUDIO),
        (200, b"RIFF" + b"\0" * 2000, RecordingProblem.TOO_LARGE),
    ],
)
async def test_what_is_no_recording_is_said_and_leaves_nothing(
    server: HttpServer, status: int, content: bytes, problem: RecordingProblem
) -> None:
    server.answers = [(status, content)]
    recordings = recordings_at(f"{server.url}/r?temppass=secret", limits=Limits(size=1000))
    with pytest.raises(RecordingFailed) as raised:
        await recordings.fetch("c-1:1")
    assert raised.value.problem is problem
    folder = recordings._folder
    assert folder is not None
    assert not list(Path(folder.name).iterdir())
    recordings.close()


async def test_a_link_that_is_none_and_a_part_that_is_not_there() -> None:
    assert (await problem_of(recordings_at("javascript:secret"))).problem is RecordingProblem.BROKEN
    assert (await problem_of(recordings_at(), part=0)).problem is RecordingProblem.NONE_THERE


async def test_each_part_has_its_link(server: HttpServer) -> None:
    server.answers = [(200, WAV)]
    recordings = recordings_at(f"{server.url}/one", f"{server.url}/two")
    file = await recordings.fetch("c-1:1", 1)
    assert (file.part, file.parts) == (1, 2)
    assert [one.target for one in server.asked] == ["/two"]
    recordings.close()
    assert not file.path.exists()


async def test_being_cancelled_leaves_nothing(server: HttpServer) -> None:
    server.answers = [(200, WAV)]
    server.may_answer.clear()
    recordings = recordings_at(f"{server.url}/r")
    work = asyncio.create_task(recordings.fetch("c-1:1"))
    await until(lambda: server.asked)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert recordings._folder is not None
    assert not list(Path(recordings._folder.name).iterdir())
    recordings.close()


async def test_nothing_is_fetched_after_the_end(server: HttpServer) -> None:
    recordings = recordings_at(f"{server.url}/r")
    recordings.close()
    assert (await problem_of(recordings)).problem is RecordingProblem.NOT_KEPT
    assert server.asked == []


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (WAV[:16], ".wav"),
        (b"ID3\x04\0\0\0\0\0\0", ".mp3"),
        (b"\xff\xfb\x90\x44" + bytes(12), ".mp3"),
        (b"\xff\xf1\x50\x80" + bytes(12), ".aac"),
        (b"OggS\0\x02", ".ogg"),
        (b"fLaC\0\0\0\x22", ".flac"),
        (b"\0\0\0\x20ftypM4A ", ".m4a"),
        (b"#!AMR\n", ".amr"),
        (b"RIFF\0\0\0\0AVI LIST", ""),
        (b"[playlist]\nFile1", ""),
        (b"concat:/etc/pass", ""),
        (b"\xff", ""),
        (b"", ""),
    ],
)
def test_audio_is_known_by_its_beginning(head: bytes, ending: str) -> None:
    assert audio_ending(head) == ending
