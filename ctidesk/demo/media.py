"""What the demo PBX serves over HTTP: recordings of talks and photos of users, both made up on the spot."""

from __future__ import annotations

import array
import io
import math
import struct
import sys
import wave
import zlib

SAMPLE_RATE = 8000
TONES = (440.0, 554.37, 659.25)
TONE_SECONDS = 0.6
LOUDNESS = 6000


def recording() -> bytes:
    """A short WAV file: three tones, 16 bits, one channel."""
    samples = array.array("h")
    for tone in TONES:
        count = int(SAMPLE_RATE * TONE_SECONDS)
        samples.extend(_sample(tone, index, count) for index in range(count))
    if sys.byteorder == "big":
        samples.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def portrait(number: str, size: int) -> bytes:
    """A PNG of `size` by `size` pixels: a head and shoulders, in a colour of the number's own."""
    hue = zlib.crc32(number.encode())
    back = bytes(150 + (hue >> shift) % 90 for shift in (0, 8, 16))
    front = bytes(value // 2 for value in back)
    rows = bytearray()
    for y in range(size):
        rows.append(0)
        for x in range(size):
            rows += front if _is_figure((x + 0.5) / size, (y + 0.5) / size) else back
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _sample(tone: float, index: int, count: int) -> int:
    fade = math.sin(math.pi * index / count)
    return int(LOUDNESS * fade * math.sin(2 * math.pi * tone * index / SAMPLE_RATE))


def _is_figure(x: float, y: float) -> bool:
    head = (x - 0.5) ** 2 + (y - 0.38) ** 2 < 0.18**2
    shoulders = ((x - 0.5) / 0.34) ** 2 + ((y - 1.0) / 0.38) ** 2 < 1
    return head or shoulders


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
