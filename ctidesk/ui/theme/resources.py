"""Where the icons, colours and style sheets lie."""

from functools import cache
from pathlib import Path

import ctidesk


@cache
def resource_folder() -> Path:
    """The folder `resources`: inside the package when installed, beside it in a source checkout."""
    package = Path(ctidesk.__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
