"""Who hears what: the sound of each leg, as the switch has connected it now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ctidesk.demo.verto.leg import Leg
from ctidesk.demo.verto.services import MUSIC, SERVICES
from ctidesk.demo.verto.sounds import sound


class Sounding:
    """`legs`: those of now. `talk`: what the far party says. `loss`: share of the packets that get lost."""

    def __init__(self, legs: Mapping[str, Leg], talk: Path | None) -> None:
        self.loss = 0.0
        self._legs = legs
        self._talk = talk

    def refresh(self) -> None:
        """Lets each leg say what it has to say now."""
        for leg in self._legs.values():
            self._set_sound(leg)

    def _set_sound(self, leg: Leg) -> None:
        mouth, channel = leg.mouth, leg.channel
        leg.loss = self.loss
        if mouth is None:
            return
        far = channel.bridged
        name = ""
        if channel.cause or channel.is_held or leg.detached is not None:
            mouth.silence()
        elif far is not None:
            other = self._legs.get(far.id)
            if far.is_held:
                name = MUSIC
            elif other is not None and other.mouth is not None:
                mouth.join(other.mouth)
            else:
                name = "talk"
        elif channel.destination in SERVICES:
            name = SERVICES[channel.destination].sound(channel)
            if name == "echo":
                mouth.echo()
        elif channel.dialling is not None and (channel.is_answered or leg.has_sdp):
            name = "ringback"
        else:
            mouth.silence()
        if name not in ("", "echo"):
            mouth.play(sound(name, leg.codec, self._talk if name == "talk" else None))
