"""A whole desk on the real desktop, with its settings and its questions, beside a demo PBX in the same process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from ctidesk.app import Application, _provider
from ctidesk.config.policy import Policy
from ctidesk.config.secrets import Secrets
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.desk import Desk
from ctidesk.net.frames import FrameLog
from ctidesk.options import DesktopOptions
from ctidesk.system import qt_loop
from ctidesk.system.language import Language
from tests.desktop.played import Person, run


async def run_desk(
    folder: Path,
    stop: qt_loop.StopRequest,
    scene: Callable[[Desk], Awaitable[None]],
    options: DesktopOptions | None = None,
    secrets: Secrets | None = None,
) -> None:
    """Run the desk with the settings in `folder` until `scene` ends; `secrets`: the system's by default."""
    options = options or DesktopOptions()
    store = SettingsStore(SettingsFile(folder / "settings.toml"), Policy())
    desk = Desk(
        store,
        options,
        make_provider=partial(_provider, options, store),
        make_line=lambda provider, pages: Application(provider, folder, stop, open_settings=pages),
        language=Language(),
        stop=stop,
        frame_log=FrameLog(),
        secrets=secrets,
    )

    async def act() -> None:
        try:
            await scene(desk)
        finally:
            stop()

    task = desk._tasks.start(act())  # the desk's own owner ends it with the desk
    await desk.run()
    if not task.cancelled():
        task.result()


class Operator(Person[OktellDemo]):
    """The person before a desk at an Oktell PBX."""

    def __init__(self, desk: Desk, demo: OktellDemo) -> None:
        super().__init__(demo)
        self.desk = desk


def play(folder: Path, scene: Callable[[Operator], Awaitable[None]], settings: str = "") -> None:
    """Start a desk at a demo PBX, whose URL and LOGIN the settings can name; without any it is not set up yet."""

    async def main(stop: qt_loop.StopRequest) -> int:
        async with OktellDemo(OktellOptions(seed=1)) as demo:
            if settings:
                known = settings.replace("URL", demo.url).replace("LOGIN", demo.operator_login)
                (folder / "settings.toml").write_text(known)
            await run_desk(folder, stop, lambda desk: scene(Operator(desk, demo)))
        return 0

    run(main)
