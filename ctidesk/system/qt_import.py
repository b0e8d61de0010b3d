"""How Qt comes into the program.

PySide watches every import that follows its own and reads the source of each module, for the sake of spellings that a
module may ask for (`from __feature__ import snake_case`). No module here asks for them, and all those sources would be
read at each start and kept in memory: a tenth of the start and some 5 MB. So Python's own import takes over again.
"""

from __future__ import annotations

import builtins
import importlib


def import_qt() -> None:
    """Import Qt. To be called before anything else does; a later call, or a second one, changes nothing."""
    python_import = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = python_import
