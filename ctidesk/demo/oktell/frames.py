"""Frames as text: one JSON value each; long replies in parts (oktell-protocol.md, "1.6 `multipart`")."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator

Frame = list[object]

LONGEST_SINGLE_FRAME = 2000
PART_LENGTH = 1500


def encode(frame: object) -> str:
    """Letters as they are, unless a client has sent half a surrogate pair and gets it back."""
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(frame, separators=(",", ":"))
    return text


def encode_reply(frame: Frame) -> list[str]:
    """The reply as one text or, when it is long, as the texts of its parts."""
    text = encode(frame)
    if len(text) <= LONGEST_SINGLE_FRAME:
        return [text]
    return [encode(part) for part in multipart(text, PART_LENGTH)]


def multipart(text: str, length: int) -> Iterator[Frame]:
    """Cuts between characters, because older clients decode each part by itself."""
    message = str(uuid.uuid4())
    pieces = [text[at : at + length] for at in range(0, len(text), length)]
    for number, piece in enumerate(pieces):
        content = base64.b64encode(piece.encode()).decode()
        yield [
            "multipart",
            {
                "message-id": message,
                "packetcount": len(pieces),
                "packetnumber": number,
                "content-type": "text/json; charset=utf-8",
                "content-transfer-encoding": "base64",
                "content-length": len(content),
                "content": content,
            },
        ]


def decode(text: str | bytes) -> tuple[str, dict[str, object]] | None:
    """Method and body of a client's frame; None when it is none."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(frame, list) or not frame or not isinstance(frame[0], str):
        return None
    body = frame[1] if len(frame) > 1 else {}
    return (frame[0], body) if isinstance(body, dict) else None
