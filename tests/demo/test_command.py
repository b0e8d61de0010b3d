"""`ctidesk pbx oktell` as a program (command-line.md, "`ctidesk pbx`")."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process

import pytest
from websockets.asyncio.client import connect

PROGRAM = """
import argparse, sys
from ctidesk.demo.command import add_arguments, run
parser = argparse.ArgumentParser()
add_arguments(parser)
sys.exit(run(parser.parse_args()))
"""


async def start(*arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )


async def line(program: Process) -> str:
    assert program.stdout is not None
    return (await program.stdout.readline()).decode().rstrip("\n")


async def test_lines_in_and_out() -> None:
    program = await start("--users", "3", "--login-password", "Ключ-1")
    assert program.stdin is not None
    first = await line(program)
    assert first.startswith("listening ws://127.0.0.1:")
    assert await line(program) == "operator Ключ-1"
    async with connect(first.split()[1], proxy=None) as socket:
        await socket.send('["ping",{"qid":"q"}]')
        assert json.loads(await socket.recv()) == ["pong", {"qid": "q"}]
        program.stdin.write("ring 101 79161234567 Пётр Ёлкин\n\nnonsense\nstate\n".encode())
        assert json.loads(await line(program))["ok"] is True
        assert json.loads(await line(program)) == {"ok": False, "error": "unknown line: nonsense"}
        state = json.loads(await line(program))
        assert len(state["users"]) == 3
        assert state["calls"][0]["legs"][0]["name"] == "Пётр Ёлкин"
    program.stdin.close()
    assert await program.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
async def test_ends_at_sigterm() -> None:
    program = await start()
    await line(program)
    await line(program)
    program.send_signal(signal.SIGTERM)
    _, errors = await program.communicate()
    assert (program.returncode, errors) == (0, b"")


async def test_port_in_use_is_one_plain_line() -> None:
    first = await start()
    port = (await line(first)).rstrip("/").rpartition(":")[2]
    second = await start("--port", port)
    output, errors = await second.communicate()
    assert (second.returncode, output) == (1, b"")
    assert errors.decode().count("\n") == 1
    assert errors.startswith(b"ctidesk: cannot listen on 127.0.0.1")
    await first.communicate(b"")
    assert first.returncode == 0


@pytest.mark.parametrize("count", ["0", "many", "1000000"])
async def test_wrong_use(count: str) -> None:
    program = await start("--users", count)
    await program.communicate()
    assert program.returncode == 2
