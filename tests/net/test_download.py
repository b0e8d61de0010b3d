"""One file over HTTP: its limits, its redirects, TLS, and that its address is nowhere to be seen."""

from __future__ import annotations

import asyncio
import logging
import traceback
from pathlib import Path

import pytest

from ctidesk.net.download import DownloadFailed, Limits, Problem, download
from tests.net.conftest import Authority, Servers

SECRET = "temppass=one-time-secret"


async def serve(servers: Servers, *answers: bytes, asked: list[str] | None = None, hang: bool = False) -> str:
    """Start a server that gives the answers in turn; returns the address of a file there."""
    left = list(answers)

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        if asked is not None:
            asked.append(request.splitlines()[0])
        writer.write(left.pop(0))
        await writer.drain()
        if hang:
            await reader.read()

    return f"http://127.0.0.1:{await servers.stream(handler)}/record?{SECRET}"


def answer(content: bytes = b"", status: str = "200 OK", headers: str = "", length: int | None = None) -> bytes:
    size = len(content) if length is None else length
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {size}\r\nConnection: close\r\n\r\n".encode() + content


async def failure(
    url: str, target: Path, *, limits: Limits | None = None, ca_file: Path | None = None
) -> DownloadFailed:
    with pytest.raises(DownloadFailed) as raised:
        await download(url, target, limits=limits, ca_file=ca_file)
    assert "secret" not in "".join(traceback.format_exception(raised.value)).partition("DownloadFailed")[2]
    assert "secret" not in repr(raised.value)
    return raised.value


async def test_a_file_comes_whole_and_is_the_owners_alone(servers: Servers, tmp_path: Path) -> None:
    content = bytes(range(256)) * 2000
    asked: list[str] = []
    seen: list[tuple[int, int | None]] = []
    url = await serve(servers, answer(content), asked=asked)
    await download(url, tmp_path / "file", progress=lambda received, total: seen.append((received, total)))
    await asyncio.sleep(0)
    assert (tmp_path / "file").read_bytes() == content
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert asked == [f"GET /record?{SECRET} HTTP/1.1"]
    assert seen[-1] == (len(content), len(content))


async def test_a_file_without_a_length_ends_with_the_connection(servers: Servers, tmp_path: Path) -> None:
    url = await serve(servers, b"HTTP/1.1 200 OK\r\n\r\nabc")
    await download(url, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"abc"


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        ("401 Unauthorized", Problem.FORBIDDEN),
        ("403 Forbidden", Problem.FORBIDDEN),
        ("404 Not Found", Problem.MISSING),
        ("410 Gone", Problem.MISSING),
        ("206 Partial Content", Problem.REFUSED),
        ("302 Found", Problem.REFUSED),
        ("500 Internal Server Error", Problem.REFUSED),
    ],
)
async def test_another_status_is_no_file(servers: Servers, tmp_path: Path, status: str, problem: Problem) -> None:
    url = await serve(servers, answer(b"no", status))
    assert (await failure(url, tmp_path / "file")).problem is problem
    assert not (tmp_path / "file").exists()


async def test_a_file_that_says_to_be_large_is_not_begun(servers: Servers, tmp_path: Path) -> None:
    url = await serve(servers, answer(b"", length=1001))
    assert (await failure(url, tmp_path / "file", limits=Limits(size=1000))).problem is Problem.TOO_LARGE
    assert not (tmp_path / "file").exists()


async def test_a_file_that_becomes_large_is_ended(servers: Servers, tmp_path: Path) -> None:
    url = await serve(servers, b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1001)
    assert (await failure(url, tmp_path / "file", limits=Limits(size=1000))).problem is Problem.TOO_LARGE


async def test_a_file_that_is_cut_off_is_none(servers: Servers, tmp_path: Path) -> None:
    url = await serve(servers, answer(b"abc", length=9))
    assert (await failure(url, tmp_path / "file")).problem is Problem.BROKEN


@pytest.mark.parametrize("limits", [Limits(silence=0.05), Limits(total=0.05)], ids=["silence", "total"])
async def test_a_server_that_falls_silent_is_not_waited_for(servers: Servers, tmp_path: Path, limits: Limits) -> None:
    url = await serve(servers, answer(b"abc", length=9), hang=True)
    assert (await failure(url, tmp_path / "file", limits=limits)).problem is Problem.TOO_SLOW


async def test_nobody_there(tmp_path: Path) -> None:
    closed = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = closed.sockets[0].getsockname()[1]
    closed.close()
    await closed.wait_closed()
    assert (await failure(f"http://127.0.0.1:{port}/?{SECRET}", tmp_path / "f")).problem is Problem.UNREACHABLE


async def test_what_is_no_http(servers: Servers, tmp_path: Path) -> None:
    url = await serve(servers, b"\x00\x01 secret\r\n\r\n")
    assert (await failure(url, tmp_path / "file")).problem is Problem.BROKEN


@pytest.mark.parametrize(
    "url",
    ["", "file:///etc/passwd", "ftp://pbx/x", "http://", "http://pbx:port/x", "http://user:secret@pbx/x", "//pbx/x"],
)
async def test_only_http_addresses_are_asked(url: str, tmp_path: Path) -> None:
    assert (await failure(url, tmp_path / "file")).problem is Problem.BAD_ADDRESS


async def test_a_redirect_is_followed(servers: Servers, tmp_path: Path) -> None:
    asked: list[str] = []
    there = answer(b"", "307 Temporary Redirect", "Location: /store?key=x\r\n")
    url = await serve(servers, there, answer(b"abc"), asked=asked)
    await download(url, tmp_path / "file")
    assert asked[1] == "GET /store?key=x HTTP/1.1"
    assert (tmp_path / "file").read_bytes() == b"abc"


async def test_a_circle_of_redirects_ends(servers: Servers, tmp_path: Path) -> None:
    url = await serve(servers, *[answer(b"", "302 Found", "Location: /again\r\n")] * 4)
    assert (await failure(url, tmp_path / "file")).problem is Problem.REFUSED


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://u:p@127.0.0.1/"])
async def test_a_redirect_leads_to_http_alone(servers: Servers, tmp_path: Path, place: str) -> None:
    url = await serve(servers, answer(b"", "302 Found", f"Location: {place}\r\n"))
    assert (await failure(url, tmp_path / "file")).problem is Problem.BAD_ADDRESS


async def test_being_cancelled_ends_the_transfer(servers: Servers, tmp_path: Path) -> None:
    ended = asyncio.Event()
    began = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(b"abc", length=9))
        await writer.drain()
        began.set()
        await reader.read()  # until the client is gone
        ended.set()

    port = await servers.stream(handler)
    work = asyncio.create_task(download(f"http://127.0.0.1:{port}/?{SECRET}", tmp_path / "file"))
    await began.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await ended.wait()


async def test_a_file_that_is_there_is_not_written_over(servers: Servers, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    url = await serve(servers, answer(b"abc"))
    assert (await failure(url, tmp_path / "file")).problem is Problem.NOT_WRITTEN
    assert (tmp_path / "file").read_bytes() == b"mine"


async def test_nothing_of_the_address_is_logged(
    servers: Servers, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await download(await serve(servers, answer(b"abc")), tmp_path / "one")
    await failure(await serve(servers, answer(b"", "403 Forbidden")), tmp_path / "two")
    assert "secret" not in caplog.text


async def test_tls_is_verified_and_takes_the_own_authority(tmp_path: Path, authority: Authority) -> None:
    tls = authority.server()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(b"abc"))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=tls.context)
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # of the handshake that is broken off
    url = f"https://localhost:{server.sockets[0].getsockname()[1]}/?{SECRET}"
    try:
        assert (await failure(url, tmp_path / "refused")).problem is Problem.NOT_TRUSTED
        await download(url, tmp_path / "file", ca_file=authority.file)
        assert (tmp_path / "file").read_bytes() == b"abc"
        no_file = await failure(url, tmp_path / "no", ca_file=tmp_path / "missing.pem")
        assert no_file.problem is Problem.NOT_TRUSTED
    finally:
        server.close()
        await server.wait_closed()
