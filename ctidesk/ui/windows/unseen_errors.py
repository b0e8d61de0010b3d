"""Refusals, failures and unusual ends of calls that the panel cannot say because nobody sees it (ux.md, "Words")."""

from __future__ import annotations

from collections.abc import Callable

from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.events import CtiEvent, ErrorOccurred
from ctidesk.cti.model import CtiModel
from ctidesk.cti.text import translate
from ctidesk.ui.components.call_end import CallEnds
from ctidesk.ui.components.notice import LONGEST_RAW
from ctidesk.ui.components.people import People
from ctidesk.ui.widgets.bidi import clean

_TRIED_AGAIN = (ErrorKind.OPEN_CONNECTION, ErrorKind.CALL_CENTRE_NOT_AVAILABLE)


class UnseenErrors:
    """Says in a corner what somebody has to know or do while the panel is hidden.

    A command can be given from a popup or the tray, and a login can be refused while only the icon is there. That a
    connection is tried again is shown by the icon.
    """

    def __init__(
        self,
        model: CtiModel,
        people: People,
        is_panel_seen: Callable[[], bool],
        say: Callable[[str, str], None],
    ) -> None:
        """Follow `model`.

        Args:
            model: the line.
            people: who is behind a number.
            is_panel_seen: whether the panel stands open, and says it by itself.
            say: shows a title and a sentence, as plain text.
        """
        self._model = model
        self._is_panel_seen = is_panel_seen
        self._say = say
        self._ends = CallEnds(model, people)
        self._ends.changed.connect(self._call_ended)
        self._unsubscribe = model.events.subscribe(self._hear)

    def close(self) -> None:
        """Follow the model no more."""
        self._unsubscribe()
        self._ends.changed.disconnect(self._call_ended)

    def _call_ended(self) -> None:
        end = self._ends.end
        if end is not None and not self._is_panel_seen():
            self._say(end.title, end.sentence)

    def _hear(self, event: CtiEvent) -> None:
        if isinstance(event, ErrorOccurred) and not self._is_panel_seen() and self._matters(event.error):
            self._say(_title(event.error), clean(event.error.text, LONGEST_RAW))

    def _matters(self, error: CtiError) -> bool:
        """An attempt that fails is followed by the next one; a command is not."""
        return self._model.is_connected or error.kind not in _TRIED_AGAIN or error.source == "model"


def _title(error: CtiError) -> str:
    match error.kind:
        case ErrorKind.AUTHENTICATION:
            return translate("Panel", "Login or password refused")
        case ErrorKind.CONNECTION_CONFIG:
            return translate("Panel", "The settings of the connection are wrong")
        case ErrorKind.CALL_SAVING:
            return translate("Panel", "Calls cannot be saved now")
        case _:
            return translate("Panel", "This could not be done")
