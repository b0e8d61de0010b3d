"""Takes pictures for the eye; no test depends on them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ctidesk.shots.run import prepare
from ctidesk.ui.picture import prepare_for_pictures


@contextmanager
def picture_run(folder: Path) -> Iterator[QApplication]:
    """Give the application of a run, twice enlarged and without a display; PICTURE_FONT in the environment is its font.

    Args:
        folder: where the pictures go; it is made.
    """
    with prepare(folder):
        application = QApplication(sys.argv[:1])
        QApplication.setFont(QFont(os.environ.get("PICTURE_FONT", "Inter")))
        prepare_for_pictures()
        yield application
