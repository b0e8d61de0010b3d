"""The contracts between the rooms, in pyproject.toml, forbid what the architecture forbids."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.rules import CHECKOUT

ROOMS = ("cti", "net", "oktell", "webitel", "verto", "store", "config", "system", "ui", "demo")

FRONT = ("app", "cli")
"""Modules that are no rooms: they put the rooms together."""

ALLOWED = (
    ("cli", "app"),
    ("app", "ui"),
    ("app", "oktell"),
    ("ui", "cti"),
    ("ui", "config"),
    ("oktell", "cti"),
    ("oktell", "net"),
    ("webitel", "verto"),
    ("store", "cti"),
    ("demo", "net"),
    ("ui.windows", "ui.components"),
    ("ui.components", "ui.widgets"),
    ("ui.components", "cti"),
)

FORBIDDEN = (
    ("cti", "net"),
    ("cti", "ui"),
    ("net", "cti"),
    ("oktell", "webitel"),
    ("oktell", "verto"),
    ("webitel", "oktell"),
    ("verto", "webitel"),
    ("oktell", "store"),
    ("webitel", "config"),
    ("verto", "system"),
    ("store", "net"),
    ("config", "store"),
    ("system", "ui"),
    ("ui", "oktell"),
    ("ui", "webitel"),
    ("ui", "verto"),
    ("ui", "net"),
    ("ui", "demo"),
    ("ui", "app"),
    ("demo", "oktell"),
    ("demo", "cti"),
    ("demo", "verto"),
    ("oktell", "app"),
    ("app", "cli"),
    ("ui.widgets", "cti"),
    ("ui.widgets", "ui.components"),
    ("ui.components", "ui.windows"),
)


def test_what_the_architecture_forbids_is_found(tmp_path: Path) -> None:
    build(tmp_path, FORBIDDEN)
    result = lint(tmp_path)
    assert result.returncode == 1
    report = "".join(result.stdout.split())
    missed = [pair for pair in FORBIDDEN if f"{module(*pair)}->{door(pair[1])}(" not in report]
    assert missed == [], result.stdout + result.stderr


def test_what_the_architecture_allows_passes(tmp_path: Path) -> None:
    build(tmp_path, ALLOWED)
    result = lint(tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_rooms_may_be_missing(tmp_path: Path) -> None:
    build(tmp_path, (("oktell", "cti"),), rooms=("cti", "oktell"))
    result = lint(tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_new_room_must_be_given_a_place(tmp_path: Path) -> None:
    build(tmp_path, (), rooms=(*ROOMS, "cellar"))
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "cellar" in result.stdout


def build(folder: Path, imports: Iterable[tuple[str, str]], rooms: Iterable[str] = ROOMS) -> None:
    """Write a package `ctidesk` with these rooms, in which one imports another as told."""
    package = folder / "ctidesk"
    for room in (".", *rooms, "ui/windows", "ui/components", "ui/widgets"):
        (package / room).mkdir(parents=True, exist_ok=True)
        (package / room / "__init__.py").touch()
        (package / room / "door.py").touch()
    (package / "door.py").unlink()
    for name in FRONT:
        (package / f"{name}.py").touch()
    for importer, imported in imports:
        path = folder.joinpath(*module(importer, imported).split(".")).with_suffix(".py")
        with path.open("a") as file:
            file.write(f"import {door(imported)}\n")


def module(importer: str, imported: str) -> str:
    """Name the module of `importer` that imports `imported`; each has one of its own in a room."""
    return f"ctidesk.{importer}" + ("" if importer in FRONT else f".to_{imported.replace('.', '_')}")


def door(imported: str) -> str:
    """Name the module of a room that others import."""
    return f"ctidesk.{imported}" + ("" if imported in FRONT else ".door")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the package in `folder` against the project's contracts."""
    program = "import sys; from importlinter.cli import lint_imports as l; sys.exit(l(sys.argv[1], no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", program, str(CHECKOUT / "pyproject.toml")],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
