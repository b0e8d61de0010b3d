"""The application as it is, with its clockwork laid open for measuring.

    python -m tests.benchmarks.product start|idle|popup URL LOGIN

The password comes from CTIDESK_PASSWORD. `start` prints the moment when the icon stands in the tray and ends; `idle`
runs until it is ended; `popup` prints for each ring the seconds from the frame that tells of it to the popup's first
paint, and how many of them the PBX took for its own answer.
"""

from __future__ import annotations

import sys
import time

_MODE = sys.argv[1]


def main() -> int:
    """Run `ctidesk` by its own entry point."""
    from ctidesk.cli import main as run

    if _MODE == "start":
        _tell_start()
    elif _MODE == "popup":
        _tell_popups()
    return run(["--provider", "oktell", "--url", sys.argv[2], "--login", sys.argv[3], "--hidden"])


def _tell_start() -> None:
    from ctidesk.ui.windows.tray import Tray

    start = Tray.start

    def timed_start(self: Tray) -> None:
        start(self)
        print(time.monotonic(), flush=True)
        self.quit_wanted.emit()

    Tray.start = timed_start  # type: ignore[method-assign]


def _tell_popups() -> None:
    from ctidesk.app import Application
    from ctidesk.net.frames import Frame
    from ctidesk.oktell.provider import OktellCtiProvider

    start = Application.start

    def watched_start(self: Application, *, hidden: bool = False, dial: str = "", activate: bool = True) -> None:
        provider = self.model.provider
        assert isinstance(provider, OktellCtiProvider)
        log = provider.client.frame_log
        log.enabled = True
        marks: dict[str, float] = {}

        def frame(one: Frame) -> None:
            now = time.monotonic()
            if one.direction == "received" and one.text.startswith('["phoneevent_ringstarted"'):
                marks.clear()
                marks["ring"] = now
            elif "ring" in marks and '"getextendedlineinfo' in one.text:
                if one.direction == "sent":
                    marks.setdefault("asked", now)
                elif "asked" in marks:
                    marks.setdefault("answered", now)

        def painted() -> None:
            if "ring" in marks:
                # Without marks the answer that showed the ring was under way when the frame came.
                answer = marks["answered"] - marks["asked"] if "answered" in marks else 0.0
                print(time.monotonic() - marks.pop("ring"), answer, flush=True)

        log.subscribe(frame)
        self.popups.painted.connect(painted)
        start(self, hidden=hidden, dial=dial, activate=activate)

    Application.start = watched_start  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
