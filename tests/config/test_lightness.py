"""Reading the settings is a part of each start: what only writing or a password needs is not loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

READ = """
import sys
from pathlib import Path
from ctidesk.config.policy import load_policy
from ctidesk.config.secrets import Secrets
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
store = SettingsStore(SettingsFile(Path(sys.argv[1])), load_policy())
assert store.settings.sound.volume == 3
print(*sys.modules)
"""


def test_reading_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[sound]\nvolume = 3\n")
    result = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    assert {"tomlkit", "keyring", "platformdirs", "PySide6", "websockets"} & set(result.stdout.split()) == set()
