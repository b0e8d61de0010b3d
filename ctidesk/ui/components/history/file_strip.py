"""Calls into a file and out of one: what is chosen, how far it is, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.components.history.past_calls import PastCalls
from ctidesk.ui.widgets import Button, ButtonSize, Strip, StripKind, announce


class FileStrip(Strip):
    """There only while there is something to say."""

    def __init__(self, past_calls: PastCalls, *, rounded: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(StripKind.INFO, rounded=rounded, parent=parent)
        self._past_calls = past_calls
        self._counts = False
        past_calls.progressed.connect(self._show_progress)
        past_calls.told.connect(self._tell)
        self.hide()

    def choose_export(self) -> None:
        """Ask where the calls are to be written."""
        dialog = QFileDialog(self.window(), translate("History", "Export calls"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        tables = translate("History", "Tables (*.csv)")
        dialog.setNameFilters([tables, translate("History", "For programs and other desks (*.json)")])
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix("csv" if words == tables else "json"))
        dialog.selectFile(f"ctidesk-{self._past_calls.today().isoformat()}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._past_calls.export)
        dialog.open()

    def choose_import(self) -> None:
        """Ask which file's calls are to be taken in."""
        dialog = QFileDialog(self.window(), translate("History", "Import calls"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([translate("History", "Exported calls (*.json *.jsonl)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._past_calls.take_in)
        dialog.open()

    def _show_progress(self, part: float) -> None:
        if not self._counts:
            self._counts = True
            stop = Button(translate("Settings", "Cancel"), size=ButtonSize.SMALL)
            stop.clicked.connect(self._past_calls.stop_filing)
            self.set_kind(StripKind.INFO)
            self.set_buttons([stop])
            self.show()
        self.set_text("", translate("History", "Done: {percent} %").format(percent=int(100 * part)))

    def _tell(self, words: str, is_error: bool) -> None:
        self._counts = False
        dismiss = Button(translate("Panel", "Dismiss"), size=ButtonSize.SMALL)
        dismiss.clicked.connect(self.hide)
        self.set_kind(StripKind.ERROR if is_error else StripKind.INFO)
        self.set_text("", words)
        self.set_buttons([dismiss])
        self.show()
        announce(self, words)
