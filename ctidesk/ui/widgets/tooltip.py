"""Tool tips that stay plain text: Qt guesses the format of a tool tip and would take a name like `<img …>` as HTML."""

import textwrap

_LINE_LENGTH = 70


def plain_tooltip(text: str) -> str:
    """`text` in a form that a tool tip shows as it is, broken into lines of readable length."""
    lines = [
        line
        for paragraph in text.splitlines()
        for line in textwrap.wrap(paragraph, _LINE_LENGTH, break_on_hyphens=False) or [""]
    ]
    plain = "\n".join(lines)
    if "<" not in plain and "&" not in plain:
        return plain  # nothing that Qt could take for a tag
    from html import escape  # half a megabyte of entities, for the rare text that needs them

    return f'<span style="white-space:pre">{escape(plain)}</span>'
