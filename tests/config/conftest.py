"""A settings file in a folder of its own, and a place that nobody may write to."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ctidesk.config.settings_file import SettingsFile

NOBODY = 65534


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach, which `tmp_path` is not."""
    folder = Path(tempfile.mkdtemp(prefix="ctidesk-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written into `folder`, not even by a test that runs as root."""
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
