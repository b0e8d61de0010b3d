"""The run of `ctidesk demo --shots`: the stories of a PBX in each language, without a display."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ctidesk.shots.application import MakeApplication
from ctidesk.system.language import Language
from ctidesk.ui.picture import prepare_for_pictures, save_tray_sheet

SCREEN = {
    "name": "shots",
    "x": 0,
    "y": 0,
    "width": 3840,
    "height": 3200,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}
"""The screen of the pictures, in dots; each logical px has four of them."""


@contextlib.contextmanager
def prepare(folder: Path) -> Iterator[None]:
    """Have Qt paint on a screen of its own, before it is started."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", prefix="ctidesk-screen-", suffix=".json") as screen:
        json.dump({"screens": [SCREEN]}, screen)
        screen.flush()
        os.environ |= {"QT_QPA_PLATFORM": f"offscreen:configfile={screen.name}", "QT_SCALE_FACTOR": "2"}
        yield


async def take_pictures(folder: Path, language: Language, seed: int, make: MakeApplication, pbx: str) -> int:
    """Tell the stories of a PBX in English and in Russian and write their pictures; returns the exit code."""
    prepare_for_pictures()
    for name in ("en", "ru"):
        language.choose(name)
        suffix = "" if name == "en" else name
        # Of the demo PBXs only the one that is wanted is imported.
        if pbx == "webitel":
            from ctidesk.shots.webitel import tell_webitel

            await tell_webitel(folder, language, suffix, seed, make)
        else:
            from ctidesk.shots.oktell import tell_oktell

            await tell_oktell(folder, suffix, seed, make)
    save_tray_sheet(folder / "tray-sheet.png")
    return 0
