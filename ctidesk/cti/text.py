"""Translation of what people read, without a graphical toolkit.

The rooms below the windows write English; the application installs a function that looks the text up
in the chosen language.
"""

from __future__ import annotations

from collections.abc import Callable

Translator = Callable[[str, str], str]


def _as_written(_context: str, text: str) -> str:
    return text


_translator: Translator = _as_written


def translate(context: str, text: str) -> str:
    """Return `text` in the language of the application.

    Args:
        context: the part of the application that says it, for the translator's eyes.
        text: the English text; placeholders like ``{name}`` are filled in by the caller afterwards.
    """
    return _translator(context, text)


def install_translator(translator: Translator | None) -> None:
    """Make `translator` look up all later texts; None returns to English."""
    global _translator
    _translator = translator or _as_written
