"""The recordings of the calls that were, played where the call stands in the list."""

from __future__ import annotations

from functools import partial

from ctidesk.store.record import StoredCall
from ctidesk.ui.components.history.pane import HistoryPane
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.recording import Listening
from ctidesk.ui.components.recording_player import RecordingPlayer


def offer_recordings(history: HistoryPane, listening: Listening) -> None:
    """Let `history` play the calls of which the PBX may have recordings."""
    history.offer_recordings(partial(_has_recording, listening), partial(_player, listening))


def _has_recording(listening: Listening, call: StoredCall) -> bool:
    return bool(call.record.recording_id) and call.record.connected is not None and listening.is_offered


def _player(listening: Listening, call: StoredCall) -> RecordingPlayer:
    began = call.record.started.astimezone()
    whom = call.name or number_text(call.record.abonent_number)
    return RecordingPlayer(listening, call.record.recording_id, file_name=f"{began:%Y-%m-%d %H.%M} {whom}")
