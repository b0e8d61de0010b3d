"""Where the icons, sounds, translations and style of the application lie."""

from __future__ import annotations

from pathlib import Path

_BESIDE_THE_CODE = Path(__file__).resolve().parent / "resources"
_IN_A_CHECKOUT = Path(__file__).resolve().parent.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of a resource that comes with the application.

    Args:
        name: the place below the resources folder, with forward slashes, like ``"icons/answer.svg"``.

    Raises:
        FileNotFoundError: there is no such resource; the installation is incomplete.
    """
    folder = _BESIDE_THE_CODE if _BESIDE_THE_CODE.is_dir() else _IN_A_CHECKOUT
    path = folder / name
    if not path.exists():
        raise FileNotFoundError(f"the application's resource {name} is missing")
    return path
