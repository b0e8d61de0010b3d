"""`ctidesk pbx webitel` as a program (command-line.md, "`ctidesk pbx`")."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE

import pytest
from websockets.asyncio.client import connect

PROGRAM = """
import argparse, sys
from ctidesk.demo.command import add_arguments, run
parser = argparse.ArgumentParser()
add_arguments(parser, "webitel")
sys.exit(run(parser.parse_args()))
"""


async def test_lines_in_and_out() -> None:
    arguments = ("--users", "2", "--login-password", "Ключ", "--domain", "crm.test", "--devices", "2")
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, *arguments, stdin=PIPE, stdout=PIPE)
    assert program.stdin is not None
    assert program.stdout is not None
    first = (await program.stdout.readline()).decode().split()
    assert first[0] == "listening"
    login, password = (await program.stdout.readline()).decode().split()
    assert (login, password) == ("101@crm.test", "Ключ")
    async with connect(first[1], proxy=None) as socket:
        args = {"account": login, "secret": password}
        await socket.send(json.dumps({"exec-uuid": "1", "exec-func": "auth", "exec-args": args}))
        await socket.recv()
        assert json.loads(await socket.recv())["exec-complete"] == "+OK"
        program.stdin.write("ring 101 79161234567 Пётр Ёлкин\nstate\n".encode())
        assert json.loads(await program.stdout.readline())["ok"] is True
        state = json.loads(await program.stdout.readline())
        assert [call["number"] for call in state["calls"]] == ["79161234567", "101", "101"]
    program.stdin.close()
    assert await program.wait() == 0


@pytest.mark.parametrize("wrong", [("--devices", "0"), ("--devices", "99"), ("--tls-port", "1")])
async def test_wrong_use(wrong: tuple[str, str]) -> None:
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, *wrong, stdin=PIPE, stderr=PIPE)
    await program.communicate()
    assert program.returncode == 2
