"""What is installed is whole, and what it depends on is named with its reason."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from ctidesk.resources import resource
from tests.architecture.rules import CHECKOUT


def test_resources_of_a_checkout_are_found() -> None:
    assert resource("icons/answer.svg") == CHECKOUT / "resources" / "icons" / "answer.svg"


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/none\.svg"):
        resource("icons/none.svg")


def test_the_wheel_brings_its_resources(tmp_path: Path) -> None:
    """Build the wheel, unpack it and ask the package in it for a resource."""
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    built = run(CHECKOUT, "-c", build, str(tmp_path))
    with zipfile.ZipFile(tmp_path / built.split()[-1]) as wheel:
        wheel.extractall(tmp_path / "site")
    ask = "from ctidesk.resources import resource; print(resource('icons/answer.svg'))"
    found = run(tmp_path / "site", "-c", ask).strip()
    assert Path(found) == tmp_path / "site" / "ctidesk" / "resources" / "icons" / "answer.svg"


def test_each_dependency_is_named_in_the_readme() -> None:
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    named = {cell.strip(" `").lower() for row in readme.splitlines() if row.startswith("|") for cell in row.split("|")}
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[^\w.-]", name)[0].lower() for name in wanted} - {"ctidesk"}
    if not named & names:
        pytest.skip("the README has no table of dependencies yet")
    assert sorted(names - named) == []


def run(folder: Path, *arguments: str) -> str:
    """Run Python in `folder`, where `import` looks first, and return what it prints."""
    result = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout
