"""Frames, their parts and their secrets (oktell-protocol.md, "1.4 Frames, qid, replies" and "1.6 multipart")."""

from __future__ import annotations

import base64
import binascii
import json
import random
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from ctidesk.oktell.record import Json, JsonObject, Record

MULTIPART = "multipart"
SUBPROTOCOL = "json"
MAX_PARTS = 65_536
"""A message of more parts than this is a broken one; its parts are not kept."""
MAX_PENDING_BYTES = 64 * 2**20
"""All unfinished messages together may be so large; beyond that the oldest are given up."""
PART_OVERHEAD = 256
"""What keeping a part costs besides its bytes, so that endless empty parts are bounded, too."""


class BadFrameError(ValueError):
    """A frame that cannot be read; it is counted and dropped (D6).

    Attributes:
        method: the method's name, when at least that could be read.
    """

    def __init__(self, reason: str, method: str = "") -> None:
        super().__init__(reason)
        self.method = method


class Frame(Struct, frozen=True):
    """One frame: the method's name and its body."""

    method: str
    body: Record


def decode(text: str) -> Frame:
    """Read a frame.

    Raises:
        BadFrameError: it is no JSON, no list, has no text as its method, or its body is no object.
    """
    value = _json(text)
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        raise BadFrameError("not a list that begins with a method")
    if len(value) < 2 or not isinstance(value[1], dict):
        raise BadFrameError("without a body", value[0])
    return Frame(value[0], Record(value[1]))


def encode(method: str, body: JsonObject) -> str:
    """Write a frame; members without a value are left out."""
    kept: Json = {name: value for name, value in body.items() if value is not None}
    try:
        return msgspec.json.encode([method, kept]).decode()
    except UnicodeEncodeError:
        # Half of a surrogate pair, which somebody has cut out of a longer text.
        return json.dumps([method, kept])


def new_qid(source: random.Random) -> str:
    """Return a fresh request id in the form that servers know: the decimal text of a random fraction."""
    return repr(source.uniform(0.1, 1.0))


@dataclass(slots=True)
class _Message:
    count: int
    parts: dict[int, bytes] = field(default_factory=dict)
    size: int = 0


def _json(text: str) -> Json:
    try:
        decoded: Json = msgspec.json.decode(text)
        return decoded
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        pass
    try:
        # A server that cuts names short may leave half of a surrogate pair; one such name must not cost the whole list.
        mended = json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8", "replace")
        decoded = msgspec.json.decode(mended)
    except (ValueError, RecursionError) as error:
        raise BadFrameError("not JSON") from error
    return decoded


class MultipartAssembler:
    """Joins the parts of large frames, in whatever order and however often they come (D5)."""

    def __init__(self) -> None:
        self._messages: dict[str, _Message] = {}
        self._size = 0

    def add(self, body: Record) -> Frame | None:
        """Take one part; return the whole frame with its last missing part, else None.

        Raises:
            BadFrameError: the part has no id, no valid number or no base64, or the joined text is no frame.
        """
        key = body.text("message-id")
        count, number = body.number("packetcount"), body.number("packetnumber")
        if not key or count is None or number is None or not 0 < count <= MAX_PARTS or not 0 <= number < count:
            raise BadFrameError("a part without a valid place")
        try:
            # Encoders may break the text into lines.
            piece = base64.b64decode("".join(body.text("content").split()), validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadFrameError("a part that is no base64") from error
        if key in self._messages and self._messages[key].count != count:
            # Another message under a used id: the first one will not be completed any more.
            self._forget(key)
        message = self._messages.setdefault(key, _Message(count))
        if number in message.parts:
            return None
        message.parts[number] = piece
        size = len(piece) + PART_OVERHEAD
        message.size += size
        self._size += size
        if len(message.parts) < message.count:
            self._give_up_oldest(keep=key)
            return None
        self._forget(key)
        joined = b"".join(message.parts[index] for index in sorted(message.parts))
        try:
            return decode(joined.decode())
        except UnicodeDecodeError as error:
            raise BadFrameError("parts that are no UTF-8 together") from error

    def clear(self) -> None:
        """Forget all unfinished messages."""
        self._messages.clear()
        self._size = 0

    def _forget(self, key: str) -> None:
        self._size -= self._messages.pop(key).size

    def _give_up_oldest(self, keep: str) -> None:
        while self._size > MAX_PENDING_BYTES:
            oldest = next((key for key in self._messages if key != keep), keep)
            self._forget(oldest)
