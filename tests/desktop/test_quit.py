"""The application as a program of its own: it ends cleanly whatever goes on, and can be reached without a tray."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest

Xdotool = Callable[..., str]

GUARD_SECONDS = 20.0
"""When a test gives up; nothing passes by this time."""
LOOK_SECONDS = 0.02
OPERATOR, CALLER = "101", "74951234567"


def until(condition: Callable[[], object]) -> None:
    """Return when `condition` holds; it is about another program, which tells no event."""
    give_up = time.monotonic() + GUARD_SECONDS
    while not condition():
        assert time.monotonic() < give_up, "it did not come about"
        time.sleep(LOOK_SECONDS)


class Program:
    """A ctidesk that runs."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.errors = folder / "stderr"
        self._stderr = self.errors.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ctidesk", "--config", str(folder / "config"), *arguments],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._stderr,
        )

    def ended(self) -> tuple[int, str]:
        """Wait for the end; return the exit code and what stands on standard error."""
        code = self.process.wait(GUARD_SECONDS)
        self._stderr.close()
        return code, self.errors.read_text()

    def close(self) -> None:
        """End it if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._stderr.close()


@contextmanager
def demo_pbx() -> Iterator[tuple[str, Callable[[str], str]]]:
    """A demo PBX as a program of its own; gives its address and its director."""
    command = [sys.executable, "-m", "ctidesk", "pbx", "oktell", "--seed", "1"]
    pbx = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert pbx.stdin is not None
    assert pbx.stdout is not None
    url = pbx.stdout.readline().split()[1]
    pbx.stdout.readline()

    def direct(line: str) -> str:
        assert pbx.stdin is not None
        assert pbx.stdout is not None
        pbx.stdin.write(f"{line}\n")
        pbx.stdin.flush()
        return pbx.stdout.readline()

    try:
        yield url, direct
    finally:
        pbx.stdin.close()
        pbx.wait(GUARD_SECONDS)
        pbx.stdout.close()


@contextmanager
def desk(folder: Path, url: str, *arguments: str, **environment: str) -> Iterator[Program]:
    """The application with that PBX."""
    options = ("--provider", "oktell", "--url", url, "--login", "operator", *arguments)
    program = Program(folder, *options, CTIDESK_PASSWORD="demo", **environment)
    try:
        yield program
    finally:
        program.close()


def shown(xdotool: Xdotool, name: str) -> list[str]:
    """Return the visible windows of a name."""
    try:
        return xdotool("search", "--onlyvisible", "--name", f"^{name}$").split()
    except subprocess.CalledProcessError:
        return []


def press(xdotool: Xdotool, key: str) -> None:
    """Press a key in the window of ctidesk; it may be gone before the key is up again."""
    xdotool("search", "--onlyvisible", "--name", "^ctidesk$", "windowactivate", "--sync")
    xdotool("key", key)


def by_signal(program: Program, _xdotool: Xdotool) -> None:
    program.process.send_signal(signal.SIGTERM)


def by_keyboard(_program: Program, xdotool: Xdotool) -> None:
    press(xdotool, "ctrl+q")


Quit = Callable[[Program, Xdotool], None]
quits = pytest.mark.parametrize("leave", [by_signal, by_keyboard])


@quits
def test_it_ends_in_a_call(tmp_path: Path, xdotool: Xdotool, leave: Quit) -> None:
    with demo_pbx() as (url, direct), desk(tmp_path, url) as program:
        until(lambda: '"ok": true' in direct(f"ring {OPERATOR} {CALLER}"))
        until(lambda: shown(xdotool, "Incoming call"))
        direct(f"pickup {OPERATOR}")
        until(lambda: not shown(xdotool, "Incoming call"))
        leave(program, xdotool)
        assert program.ended() == (0, "")


@quits
def test_it_ends_while_it_rings(tmp_path: Path, xdotool: Xdotool, leave: Quit) -> None:
    with demo_pbx() as (url, direct), desk(tmp_path, url) as program:
        until(lambda: '"ok": true' in direct(f"ring {OPERATOR} {CALLER}"))
        until(lambda: shown(xdotool, "Incoming call"))
        leave(program, xdotool)
        assert program.ended() == (0, "")


@quits
def test_it_ends_while_it_connects(tmp_path: Path, xdotool: Xdotool, leave: Quit) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        desk(tmp_path, f"ws://127.0.0.1:{silent.getsockname()[1]}/") as program,
    ):
        until(lambda: shown(xdotool, "ctidesk"))
        accepted, _ = silent.accept()
        with accepted:
            leave(program, xdotool)
            assert program.ended() == (0, "")


@quits
def test_it_ends_while_there_is_no_pbx(tmp_path: Path, xdotool: Xdotool, leave: Quit) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with desk(tmp_path, f"ws://127.0.0.1:{port}/") as program:
        until(lambda: shown(xdotool, "ctidesk"))
        leave(program, xdotool)
        assert program.ended() == (0, "")


def test_it_ends_while_the_pbx_is_half_dead(tmp_path: Path, xdotool: Xdotool) -> None:
    with demo_pbx() as (url, direct), desk(tmp_path, url) as program:
        until(lambda: '"ok": true' in direct(f"ring {OPERATOR} {CALLER}"))
        until(lambda: shown(xdotool, "Incoming call"))
        direct("freeze 3600")
        by_signal(program, xdotool)
        assert program.ended() == (0, "")


@pytest.mark.usefixtures("secret_service")
def test_the_password_comes_from_the_keyring(tmp_path: Path, xdotool: Xdotool) -> None:
    with demo_pbx() as (url, direct):
        keyring.set_password("ctidesk", f"oktell:operator@{url}", "demo")
        program = Program(tmp_path, "--provider", "oktell", "--url", url, "--login", "operator")
        try:
            until(lambda: '"client": true' in direct("state"))
            by_signal(program, xdotool)
            assert program.ended() == (0, "")
        finally:
            program.close()
            keyring.delete_password("ctidesk", f"oktell:operator@{url}")


def test_without_settings_it_says_what_is_missing_and_ends_with_its_window(tmp_path: Path, xdotool: Xdotool) -> None:
    program = Program(tmp_path)
    try:
        until(lambda: shown(xdotool, "ctidesk"))
        press(xdotool, "alt+F4")
        assert program.ended() == (0, "")
    finally:
        program.close()


# ---- a desktop without a tray


@pytest.fixture
def bare_desktop() -> Iterator[dict[str, str]]:
    """A screen with a window manager and nothing else; gives the environment that leads there."""
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        environment = {"DISPLAY": f":{told.readline().strip()}"}
    manager = subprocess.Popen(["openbox"], env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    yield environment
    for program in (manager, screen):
        program.terminate()
        program.wait()


def test_without_a_tray_hidden_means_minimised(tmp_path: Path, bare_desktop: dict[str, str]) -> None:
    with demo_pbx() as (url, _direct), desk(tmp_path, url, "--hidden", **bare_desktop) as program:
        until(lambda: "Iconic" in window_state(bare_desktop))
        by_signal(program, lambda *_: "")
        assert program.ended() == (0, "")


def test_without_a_tray_closing_minimises(tmp_path: Path, bare_desktop: dict[str, str]) -> None:
    def xdotool(*arguments: str) -> str:
        environment = {**os.environ, **bare_desktop}
        return subprocess.run(
            ["xdotool", *arguments], env=environment, capture_output=True, text=True, check=True
        ).stdout

    with demo_pbx() as (url, _direct), desk(tmp_path, url, **bare_desktop) as program:
        until(lambda: "Normal" in window_state(bare_desktop))
        press(xdotool, "alt+F4")
        until(lambda: "Iconic" in window_state(bare_desktop))
        by_signal(program, xdotool)
        assert program.ended() == (0, "")


def window_state(desktop: dict[str, str]) -> str:
    """Return what the window manager says of the panel: Normal, Iconic, or nothing while it has none."""
    asked = subprocess.run(
        ["xprop", "-name", "ctidesk", "WM_STATE"],
        env={**os.environ, **desktop},
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout
