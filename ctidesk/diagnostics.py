"""What an administrator needs to find a fault: the log on the disk, and the report (command-line.md,
"`ctidesk diagnostics FILE.zip`"). Secrets are masked before anything is written.
"""

from __future__ import annotations

import logging
import os
import platform
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ctidesk import __version__
from ctidesk.config.policy import export_policy
from ctidesk.config.settings import Settings
from ctidesk.net.frames import Frame, FrameLog
from ctidesk.net.masking import mask

LOG_FILE = "ctidesk.log"
FRAMES_FILE = "messages.log"
LARGEST_LOG = 512 * 2**10
"""Bytes of one file; the one before it is kept as well."""


class MaskedFormatter(logging.Formatter):
    """Takes the secrets out of what is logged."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return mask(super().format(record))


class LogFiles:
    """The log of this run below the settings folder, and the messages of the PBX while they are recorded."""

    def __init__(self, folder: Path, frame_log: FrameLog) -> None:
        """Begin to write.

        Args:
            folder: the settings folder.
            frame_log: the messages, already masked.
        """
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._handler = _handler(folder / LOG_FILE)
        logging.getLogger().addHandler(self._handler)
        self._frames: RotatingFileHandler | None = None
        self._unsubscribe = frame_log.subscribe(self._write_frame)

    def close(self) -> None:
        """Write no more."""
        self._unsubscribe()
        logging.getLogger().removeHandler(self._handler)
        for handler in (self._handler, self._frames):
            if handler is not None:
                handler.close()

    def _write_frame(self, frame: Frame) -> None:
        if self._frames is None:
            self._frames = _handler(self._folder / FRAMES_FILE)
        record = logging.LogRecord("messages", logging.INFO, "", 0, f"{frame.direction} {frame.text}", None, None)
        record.created = frame.time
        self._frames.emit(record)


def _handler(path: Path) -> RotatingFileHandler:
    handler = RotatingFileHandler(path, maxBytes=LARGEST_LOG, backupCount=1, delay=True, encoding="utf-8")
    handler.setFormatter(MaskedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


def report(folder: Path, settings: Settings, machine: Iterable[str]) -> dict[str, str]:
    """Return what a report holds: texts by their names in the file.

    Args:
        folder: the settings folder, with the logs.
        settings: what counts now.
        machine: lines about screens and sound devices.
    """
    lines = [
        f"ctidesk {__version__}",
        f"Python {platform.python_version()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"desktop: {os.environ.get('XDG_CURRENT_DESKTOP', '?')}, {os.environ.get('XDG_SESSION_TYPE', '?')}",
        *machine,
    ]
    texts = {"system.txt": "\n".join(lines) + "\n", "settings.toml": mask_lines(export_policy(settings, personal=True))}
    for name in (LOG_FILE, FRAMES_FILE):
        for path in (folder / f"{name}.1", folder / name):
            if path.is_file():
                texts[path.name] = mask_lines(path.read_text("utf-8", errors="replace"))
    return texts


def mask_lines(text: str) -> str:
    """Mask each line by itself, whatever wrote it."""
    return "\n".join(mask(line) for line in text.splitlines()) + "\n"


def write_report(path: Path, texts: Mapping[str, str]) -> None:
    """Write a report, whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".ctidesk-report-")
    try:
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, text in texts.items():
                archive.writestr(member, text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
