"""How the sound of the web phone's talk goes is said in its card."""

from __future__ import annotations

from ctidesk.cti.web_phone import CallSound
from ctidesk.ui.components.call_sound import SILENT_SECONDS, CallSoundLine
from ctidesk.ui.widgets import second_timer
from tests.ui.components.stage import Stage

FIGURES = "Sound: opus · loss 1 % · jitter 4 ms"


def sound(received: int) -> CallSound:
    return CallSound("opus", received=received, loss=0.012, jitter=0.0044)


def lines(stage: Stage) -> list[str]:
    return [line.text() for line in stage.panel.findChildren(CallSoundLine) if line.isVisible()]


async def test_the_figures_stand_in_a_talk_and_not_in_a_ring_or_on_hold(stage: Stage) -> None:
    stage.provider.phone.heard = sound(100)
    call = await stage.ring()
    assert lines(stage) == []
    stage.connect(call)
    await stage.turn()
    assert lines(stage) == [FIGURES]
    await stage.hold(call)
    assert lines(stage) == []


async def test_a_talk_of_a_desk_phone_has_none(stage: Stage) -> None:
    await stage.talk()
    assert lines(stage) == []


async def test_ten_seconds_without_a_packet_are_said(stage: Stage) -> None:
    stage.provider.phone.heard = sound(100)
    await stage.talk()
    for second in range(SILENT_SECONDS + 1):
        assert lines(stage) == [FIGURES], second
        second_timer()._tick()
    assert lines(stage) == ["No sound comes from the other side"]
    stage.provider.phone.heard = sound(150)
    second_timer()._tick()
    assert lines(stage) == [FIGURES]
