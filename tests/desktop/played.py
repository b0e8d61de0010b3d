"""The application on the real desktop, with a demo PBX in the same process and the mouse and keyboard of another."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from ctidesk.app import Application
from ctidesk.cti.model import CtiModel
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo.webitel import WebitelDemo
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.system import qt_loop
from tests.leaks.planted import PASSWORD
from tests.ui.components.finding import button

GUARD_SECONDS = 20.0
"""When a test gives up; nothing passes by this time."""
LOOK_SECONDS = 0.02
MOST_STOPS = 60
"""Controls between two that Tab leads to."""
CALLER = "74951234567"

FIELD = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
field = QLineEdit()
field.setWindowTitle("somewhere else")
field.textChanged.connect(lambda text: print(text, flush=True))
if "full-screen" in sys.argv:
    field.setStyleSheet("background: yellow")
    field.showFullScreen()
else:
    field.show()
application.exec()
"""
"""Another program, in which the operator is typing."""


DemoT = TypeVar("DemoT", bound=OktellDemo | WebitelDemo)


class Person(Generic[DemoT]):
    """What a person at the desk can do, and what others do at the PBX."""

    def __init__(self, demo: DemoT) -> None:
        self.demo = demo

    async def direct(self, line: str) -> dict[str, object]:
        """Have somebody at the PBX do something."""
        answer = await self.demo.direct(line)
        assert answer["ok"] is True, answer
        return answer

    async def until(self, condition: Callable[[], object]) -> None:
        """Return when `condition` holds."""
        async with asyncio.timeout(GUARD_SECONDS):
            while not condition():
                await asyncio.sleep(LOOK_SECONDS)

    async def click(self, window: QWidget, name: str) -> None:
        """Click the button that is called `name`, where the screen shows it."""
        await self.until(lambda: button(window, name).isEnabled())
        found = button(window, name)
        place = found.mapToGlobal(found.rect().center())
        await self.xdotool("mousemove", "--sync", str(place.x()), str(place.y()), "click", "1")

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.xdotool("key", *keys)

    async def type(self, text: str) -> None:
        """Type."""
        await self.xdotool("type", text)

    async def tab_to(self, name: str) -> None:
        """Press Tab until the control with this name has the keyboard."""
        for _ in range(MOST_STOPS):
            focus = QApplication.focusWidget()
            if focus is not None and focus.accessibleName() == name:
                return
            await self.press("Tab")
            await self.until(partial(_has_moved, focus))
        pytest.fail(f"Tab does not lead to {name!r}")

    async def active_window(self) -> str:
        """Return the name of the window that has the keyboard, as the X server says."""
        return await self.xdotool("getactivewindow", "getwindowname")

    async def xdotool(self, *arguments: str) -> str:
        """Run xdotool and return what it prints; the application goes on meanwhile."""
        return await asyncio.to_thread(
            lambda: subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=True).stdout.strip()
        )

    @asynccontextmanager
    async def typing_elsewhere(self, *, full_screen: bool = False) -> AsyncIterator[Callable[[], str]]:
        """Have another program with a field that has the keyboard; gives what stands in the field."""
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", FIELD, *(["full-screen"] if full_screen else [])),
            stdout=asyncio.subprocess.PIPE,
            stdin=asyncio.subprocess.DEVNULL,
        )
        assert program.stdout is not None
        shown: list[str] = [""]

        async def read(stream: asyncio.StreamReader) -> None:
            while line := await stream.readline():
                shown.append(line.decode().rstrip("\n"))

        reading = asyncio.create_task(read(program.stdout))
        try:
            await self.xdotool(
                "search", "--sync", "--onlyvisible", "--name", "^somewhere else$", "windowactivate", "--sync"
            )
            yield lambda: shown[-1]
        finally:
            program.terminate()
            await program.wait()
            await reading


class Desktop(Person[OktellDemo]):
    """The application, and the person before it."""

    def __init__(self, application: Application, demo: OktellDemo) -> None:
        super().__init__(demo)
        self.application = application

    @property
    def model(self) -> CtiModel:
        """The line."""
        return self.application.model


def play(folder: Path, scene: Callable[[Desktop], Awaitable[None]]) -> None:
    """Start the application on the real desktop, connected and with its panel shown, and play `scene`."""

    async def main(_stop: qt_loop.StopRequest) -> int:
        async with OktellDemo(OktellOptions(seed=1, login_password=PASSWORD)) as demo:
            provider = OktellCtiProvider(ClientOptions(demo.url, demo.operator_login, demo.password))
            application = Application(provider, folder, lambda: None)
            desktop = Desktop(application, demo)
            try:
                application.start()
                await desktop.until(lambda: application.model.abilities.call and application.tray.is_shown)
                await desktop.until(lambda: application.panel.windowHandle().isExposed())
                await scene(desktop)
            finally:
                await application.close()
        return 0

    run(main)


def run(main: Callable[[qt_loop.StopRequest], Coroutine[None, None, int]]) -> None:
    """Run the application's loop until `main` ends; it returns 0."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert qt_loop.run(application, main) == 0


def _has_moved(before: QWidget | None) -> bool:
    return QApplication.focusWidget() is not before
