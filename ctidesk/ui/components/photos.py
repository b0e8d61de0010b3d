"""Photos of people, fetched when somebody is shown and kept in memory."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.cti.tasks import TaskOwner
from ctidesk.ui.theme import scaled, theme

SIZE = 40
"""px at 100 % text."""
_MOST_KEPT = 300
_MOST_AT_ONCE = 4
_LARGEST_SIDE = 4000
"""Dots; a picture that unpacks to more than this is no portrait."""
_KEPT_SIDE = 192
_FORMATS = {"png", "jpeg", "gif"}

logger = logging.getLogger(__name__)


class PhotoSource(Protocol):
    """Where photos come from."""

    async def fetch(self, abonent_id: str) -> bytes:
        """Return the file of somebody's photo; empty when there is none, or it does not come."""


class Photos(QObject):
    """Has the photos of those who were shown; whoever has none is not asked for again.

    Signals:
        came(): there is a photo that was not there before.
    """

    came = Signal()

    def __init__(self, make_source: Callable[[], PhotoSource], parent: QObject | None = None) -> None:
        """Prepare; `make_source` is asked when the first person is shown."""
        super().__init__(parent)
        self._make_source = make_source
        self._source: PhotoSource | None = None
        self._known: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._tasks = TaskOwner("photos")
        self._free = asyncio.Semaphore(_MOST_AT_ONCE)

    def photo(self, abonent_id: str) -> QPixmap | None:
        """Return somebody's photo; None when there is none, or none yet: then `came` tells."""
        if abonent_id in self._known:
            self._known.move_to_end(abonent_id)
            return self._known[abonent_id]
        self._remember(abonent_id, None)
        self._tasks.start(self._fetch(abonent_id))
        return None

    def forget(self) -> None:
        """The people are others: ask anew."""
        self._tasks.cancel()
        self._known.clear()

    async def close(self) -> None:
        """Stop fetching."""
        await self._tasks.close()

    async def _fetch(self, abonent_id: str) -> None:
        source = self._source = self._source or self._make_source()
        async with self._free:
            photo = picture(await source.fetch(abonent_id))
        if photo is not None:
            self._remember(abonent_id, photo)
            self.came.emit()

    def _remember(self, abonent_id: str, photo: QPixmap | None) -> None:
        self._known[abonent_id] = photo
        if len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)


def picture(content: bytes) -> QPixmap | None:
    """Return the picture in a file, small; None when it is none, or unpacks to something huge."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if bytes(reader.format().data()).decode("ascii", "replace") not in _FORMATS or not size.isValid():
        return None
    if max(size.width(), size.height()) > _LARGEST_SIDE:
        logger.info("a photo is too large: %d x %d", size.width(), size.height())
        return None
    reader.setAutoTransform(True)
    reader.setScaledSize(size.scaled(_KEPT_SIDE, _KEPT_SIDE, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else QPixmap.fromImage(image)


class Portrait(QWidget):
    """A photo, cut to a circle; takes no room without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)
        self.hide()

    def show_photo(self, photo: QPixmap | None) -> None:
        """Show `photo`, or nothing."""
        self._photo = photo
        self.setVisible(photo is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(SIZE), scaled(SIZE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._photo is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        circle = QPainterPath()
        circle.addEllipse(self.rect())
        painter.setClipPath(circle)
        side = min(self._photo.width(), self._photo.height())
        left, top = (self._photo.width() - side) // 2, (self._photo.height() - side) // 2
        painter.drawPixmap(self.rect(), self._photo.copy(left, top, side, side))
