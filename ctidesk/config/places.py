"""The system's places for settings and for what is collected."""

from __future__ import annotations

import sys
from pathlib import Path

SETTINGS_FILE = "settings.toml"
POLICY_FILE = "policy.toml"


def settings_folder(own: Path | None = None) -> Path:
    """Return the folder of this user's settings.

    Args:
        own: the folder of `--config`, which wins (command-line.md).
    """
    if own is not None:
        return own
    import platformdirs

    return platformdirs.user_config_path("ctidesk", appauthor=False, roaming=True)


def data_folder(own: Path | None = None) -> Path:
    """Return the folder of what this user's desk collects, its calls above all. It does not roam: files grow large.

    Args:
        own: the folder of `--config`, which wins (command-line.md).
    """
    if own is not None:
        return own
    import platformdirs

    return platformdirs.user_data_path("ctidesk", appauthor=False)


def policy_file() -> Path:
    """Return where the administrator's policy lies, in a folder that only administrators can write to.

    On Linux the place is fixed: the environment of a user does not move it.
    """
    if sys.platform == "win32":
        import platformdirs

        return platformdirs.site_config_path("ctidesk", appauthor=False) / POLICY_FILE
    elif sys.platform == "darwin":  # noqa: RET505
        return Path("/Library/Application Support/ctidesk") / POLICY_FILE
    else:
        return Path("/etc/ctidesk") / POLICY_FILE
