"""Which PBX a run speaks to. Only its own room is imported."""

from __future__ import annotations

from ctidesk.net.frames import FrameLog
from ctidesk.watch.options import WatchOptions
from ctidesk.watch.pbx import Pbx


def open_pbx(options: WatchOptions, password: str, frame_log: FrameLog) -> Pbx:
    """Create the PBX's side of a run, not yet connected."""
    match options.provider:
        case "oktell":
            from ctidesk.watch.oktell import OktellPbx

            return OktellPbx(options, password, frame_log)
        case "webitel":
            from ctidesk.watch.webitel import WebitelPbx

            return WebitelPbx(options, password, frame_log)
        case other:
            raise ValueError(f"no provider {other}")
