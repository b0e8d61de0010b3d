"""The wire examples of oktell-protocol.md, "13. Wire examples"."""

from __future__ import annotations

import pytest

from tests.oktell import transcript
from tests.oktell.scripted_connection import Pbx


@pytest.mark.parametrize("name", transcript.NAMES)
async def test_transcript(pbx: Pbx, name: str) -> None:
    player = transcript.Player(pbx)
    try:
        await player.play(name)
    finally:
        await player.close()


async def test_a_transcript_that_is_not_kept_fails(pbx: Pbx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(transcript.SNAPSHOTS, "TALK_A", transcript.SNAPSHOTS["RING_A"])
    player = transcript.Player(pbx)
    try:
        with pytest.raises(AssertionError):
            await player.play("incoming")
    finally:
        await player.close()
