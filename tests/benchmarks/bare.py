"""The floor: a Qt tray application under qasync with one WebSocket and a plain popup, and nothing else.

    python -m tests.benchmarks.bare start|idle|popup [URL]

`start` prints the moment when the icon stands in the tray, `idle` waits for its end, `popup` shows a label for each
frame from URL and prints how long each took from the frame to its paint. Times are seconds of the monotonic clock.
"""

from __future__ import annotations

import asyncio
import sys
import time

import qasync
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QSystemTrayIcon
from websockets.asyncio.client import connect


class Popup(QLabel):
    """A label without a frame that notes when it was painted."""

    def __init__(self) -> None:
        flags = Qt.WindowType
        super().__init__("Incoming call", None)
        self.setWindowFlags(
            flags.Tool | flags.FramelessWindowHint | flags.WindowStaysOnTopHint | flags.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(360, 200)
        self.painted = asyncio.Event()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.set()


async def main(mode: str, url: str) -> None:
    """Show the icon and do what the mode says."""
    pixmap = QPixmap(22, 22)
    pixmap.fill(QColor("green"))
    tray = QSystemTrayIcon(QIcon(pixmap))
    tray.show()
    print(time.monotonic(), flush=True)
    if mode == "start":
        return
    async with connect(url, proxy=None, compression=None) as socket:
        if mode == "idle":
            await socket.wait_closed()
            return
        popup = Popup()
        async for _ in socket:
            begin = time.monotonic()
            popup.painted.clear()
            popup.show()
            await popup.painted.wait()
            print(time.monotonic() - begin, flush=True)
            popup.hide()
            await socket.send("painted")


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    with loop:
        loop.run_until_complete(main(sys.argv[1], (sys.argv[2:] or [""])[0]))
