"""How `ctidesk watch` starts and ends, as a process, without any PBX."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

NOWHERE = ["watch", "--provider", "oktell", "--url", "ws://127.0.0.1:9", "--login", "op1"]


def run(*words: str, text: str = "", environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `ctidesk` to its end with this input."""
    return subprocess.run(
        [sys.executable, "-m", "ctidesk", *words],
        input=text,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_input_ends_before_the_password() -> None:
    ended = run(*NOWHERE, "--password-stdin")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "ctidesk: no password: the input has ended before its first line\n"


def test_there_is_no_keyring() -> None:
    ended = run(*NOWHERE)
    assert (ended.returncode, ended.stdout) == (1, "")
    *_, said = ended.stderr.splitlines()
    assert said.startswith("ctidesk: no password: this computer has no keyring that keeps secrets;")


def test_the_password_may_stand_in_the_environment() -> None:
    ended = run(*NOWHERE, environment={"CTIDESK_PASSWORD": "hunter2"})
    assert "password" not in ended.stderr
    assert "hunter2" not in ended.stdout + ended.stderr


def test_nothing_of_qt_is_loaded() -> None:
    program = (
        "import sys; from ctidesk.cli import main; code = main(sys.argv[1:]);"
        "print(code, sorted(name for name in sys.modules if name.startswith(('PySide6', 'qasync', 'keyring'))))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, *NOWHERE, "--password-stdin", "--events", "wire"],
        input="x\nquit\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.splitlines()[-1].endswith(" []")


@pytest.fixture
async def silent_server() -> AsyncIterator[tuple[str, asyncio.Event]]:
    """A server that answers nothing; its address, and an event that is set by the first frame."""
    heard = asyncio.Event()

    async def listen(socket: ServerConnection) -> None:
        async for _ in socket:
            heard.set()

    async with serve(listen, "127.0.0.1", 0, subprotocols=[Subprotocol("json")]) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}", heard


async def start(url: str, *words: str) -> asyncio.subprocess.Process:
    """Start to watch a line at `url`."""
    words = ("watch", "--provider", "oktell", "--url", url, "--login", "op1", "--password-stdin", *words)
    pipe = subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "ctidesk", *words), stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert process.stdin is not None
    process.stdin.write(b"x\n")
    return process


async def assert_ends_without_a_word(process: asyncio.subprocess.Process) -> None:
    """Wait for the process to end by itself, its input still open."""
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    code = await process.wait()
    process.stdin.close()
    assert (code, await process.stdout.read(), await process.stderr.read()) == (0, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_ends_at_a_signal_while_it_connects(
    number: signal.Signals, silent_server: tuple[str, asyncio.Event]
) -> None:
    url, heard = silent_server
    process = await start(url)
    await heard.wait()
    process.send_signal(number)
    await assert_ends_without_a_word(process)


async def test_ends_when_its_time_is_over(silent_server: tuple[str, asyncio.Event]) -> None:
    url, _ = silent_server
    await assert_ends_without_a_word(await start(url, "--for", "0.1"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no broken pipes of this kind")
def test_ends_quietly_when_nobody_reads_any_more() -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [sys.executable, "-m", "ctidesk", *NOWHERE, "--events", "pbx", "--password-stdin"],
        input=b"x\nusers\n",
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (process.returncode, process.stderr) == (1, b"")
