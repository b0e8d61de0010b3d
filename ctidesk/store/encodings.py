"""How the bytes of a text file of unknown origin are to be read."""

from __future__ import annotations

import codecs
from pathlib import Path

PORTION = 64 * 1024
_SAMPLE = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def recognise_encoding(path: Path, legacy: str = "cp1251") -> str:
    """Return the name of the encoding of a text file.

    A mark at the beginning decides; else UTF-16 shows by the zero bytes of its line ends and digits, and UTF-8 by being
    valid to the last byte. What is left is a code page, which no program can tell from another with certainty.

    Args:
        path: the file; all of it may be read.
        legacy: the code page for what is no Unicode.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        for mark, name in _MARKS:
            if sample.startswith(mark):
                return name
        if wide := _wide(sample):
            return wide
        decoder = codecs.getincrementaldecoder("utf-8")()
        part = sample
        try:
            while part:
                decoder.decode(part)
                part = file.read(PORTION)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return legacy
    return "utf-8"


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every line end has a zero byte on one side."""
    for name, line_end in (("utf-16-le", b"\n\x00"), ("utf-16-be", b"\x00\n")):
        even = [sample[place : place + 2] for place in range(0, len(sample) - 1, 2)]
        zeros = sample.count(0)
        if line_end in even and zeros and zeros >= sample.count(b"\n"):
            return name
    return ""
