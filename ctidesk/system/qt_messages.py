"""What Qt itself says goes to the log of the application instead of straight to standard error."""

from __future__ import annotations

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

logger = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.DEBUG,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_UNIMPORTANT_CATEGORIES = (
    "qt.multimedia",  # looks for libraries that it can do without
    "qt.qpa.services",  # a desktop without portals
)
_UNIMPORTANT_TEXTS = (
    "PulseAudioService",  # there is no sound server: the ring says so itself
    "This plugin does not support",  # the off-screen platform
    "No audio device detected",  # neither does the player hide it
)


def log_qt_messages() -> None:
    """Send Qt's messages to the logger `qt`."""
    qInstallMessageHandler(_log)


def _log(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    level = _LEVELS.get(kind, logging.WARNING)
    category = context.category or ""
    text = message or ""
    if category.startswith(_UNIMPORTANT_CATEGORIES) or text.startswith(_UNIMPORTANT_TEXTS):
        level = logging.DEBUG
    logger.log(level, "%s: %s", category, text)
