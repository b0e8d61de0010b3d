"""The screens and sound devices of this computer in words, for the diagnostics."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication


def machine_lines() -> list[str]:
    """Return one line for each screen and each sound device; loads the sound library."""
    from PySide6.QtMultimedia import QMediaDevices

    lines = [f"Qt {qVersion()}, {QGuiApplication.platformName()}"]
    for screen in QGuiApplication.screens():
        area = screen.geometry()
        lines.append(
            f"screen: {screen.name()} {area.width()}x{area.height()} at {area.x()},{area.y()}, "
            f"ratio {screen.devicePixelRatio():g}, {screen.logicalDotsPerInch():.0f} dpi"
        )
    default = QMediaDevices.defaultAudioOutput()
    for kind, devices in (("output", QMediaDevices.audioOutputs()), ("input", QMediaDevices.audioInputs())):
        for device in devices:
            mark = " (default)" if device == default else ""
            lines.append(f"sound {kind}: {device.description()}{mark}")
    return lines


def has_display() -> bool:
    """Whether a graphical application can be started here."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def machine_lines_alone() -> list[str]:
    """Return the same from a program without windows of its own."""
    if not has_display():
        return ["no display"]
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    lines = machine_lines()
    application.quit()
    return lines
