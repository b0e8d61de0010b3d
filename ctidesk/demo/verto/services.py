"""Numbers that the dialplan serves itself: those of the recorded switch, and a voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ctidesk.demo.webitel.channels import Channel
from ctidesk.demo.webitel.switch import Switch

EARLY_SECONDS = 2.0
MUSIC = "music"


@dataclass(frozen=True)
class Service:
    """`kind`: `echo`, or the name of a sound. `cause`: how it ends without an answer; `early`: heard before that."""

    kind: str = ""
    cause: str = ""
    early: bool = False

    def begin(self, switch: Switch, channel: Channel) -> None:
        if not self.cause:
            if channel.is_answered:
                switch.legs.call_state(channel, "ACTIVE")
            else:
                switch.legs.answer(channel)
        elif self.early:
            channel.answer_state = "early"
            switch.legs.emit(channel, "CHANNEL_PROGRESS_MEDIA")
            switch.legs.call_state(channel, "EARLY")
            switch.legs.later(channel, EARLY_SECONDS, lambda: switch.hang_up(channel, self.cause))
        else:
            switch.hang_up(channel, self.cause)

    def sound(self, channel: Channel) -> str:
        """What is heard now."""
        return self.kind if channel.is_answered or self.early else "silence"


SERVICES = {
    "9196": Service("echo"),
    "9197": Service("tone"),
    "9199": Service("talk"),
    "9664": Service(MUSIC),
    "9198": Service("tone", "USER_BUSY", early=True),
    "9486": Service(cause="USER_BUSY"),
}


def service_names() -> Sequence[str]:
    """Return the numbers that a service of the switch answers."""
    return tuple(SERVICES)
