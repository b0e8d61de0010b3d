"""Secrets that can be found again: the tests' password, and whatever the demo PBXs make up at random.

Beside `sitecustomize.py`, so that each Python that the tests start plants the same.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
"""As in `typing`, which would cost each start of a program its time."""
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

PASSWORD = "plänted+p&ss/4711"
"""For whoever logs in anywhere in a test; it has what the different ways of writing write differently."""

HEX_MARK = "5ec4e75ec4e7"
"""How session ids, keys and one-time passwords begin; the long ones end so, too."""
TOKEN_MARK = "pLaNtEd-ToKeN_"
"""How access tokens begin and end."""


def plant() -> None:
    """Have `secrets` begin what it makes with a mark, also where it is imported only later."""
    if "secrets" in sys.modules:
        _mark(sys.modules["secrets"])
    elif not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def _mark(secrets: ModuleType) -> None:
    """Replace the functions; what they make stays as long and hard to guess as the tests need."""
    if hasattr(secrets, "marked"):
        return
    secrets.__dict__["marked"] = True
    hexadecimal, urlsafe = secrets.token_hex, secrets.token_urlsafe

    def token_hex(nbytes: int | None = None) -> str:
        return _between(HEX_MARK, hexadecimal(nbytes))

    def token_urlsafe(nbytes: int | None = None) -> str:
        return _between(TOKEN_MARK, urlsafe(nbytes))

    secrets.__dict__.update(token_hex=token_hex, token_urlsafe=token_urlsafe)


def _between(mark: str, made: str) -> str:
    """Mark the beginning, and the end where enough chance is left between them: logs cut long texts."""
    end = mark if len(made) >= 2 * len(mark) + 8 else ""
    return mark + made[len(mark) : len(made) - len(end)] + end


class _Finder:
    """Finds `secrets` as others do, and marks it when it is there: importing it now would cost each start its time."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != "secrets":
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec(name)
        if spec is not None and spec.loader is not None:
            carry_out = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                carry_out(module)
                _mark(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
