"""The one theme of the application: light or dark, text size, contrast, motion (look.md, sections 5 and 6)."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ctidesk.ui.theme.fonts import BASE_PIXELS, pixel_size
from ctidesk.ui.theme.stylesheet import style_sheet
from ctidesk.ui.theme.tokens import Scheme, TokenName, Tokens, tokens_for, tokens_from_palette


class Theme(QObject):
    """Keeps palette, style sheet and application font in step with the system.

    Made on the first call of `theme()`, which should come before the first window. Everything is set on the
    application, once per change; `changed` follows when it is done.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._forced: Scheme | None = None
        self._text_scale = 1.0
        self._is_still = False
        self._base_font = self._applied_font = application.font()
        self._factor = pixel_size(self._base_font) / BASE_PIXELS
        self._tokens = tokens_for("light")
        application.setStyle("Fusion")
        # Kept: the Python object of the one dies with that of the other and cannot be had again.
        self._style_hints = QGuiApplication.styleHints()
        self._accessibility_hints = self._style_hints.accessibility()
        self._style_hints.colorSchemeChanged.connect(self._apply)
        self._accessibility_hints.contrastPreferenceChanged.connect(self._apply)
        # The wish for less motion is known from Qt 6.12 on; asked for by name, for the type stubs of older ones.
        motion_changed = getattr(self._accessibility_hints, "motionPreferenceChanged", None)
        if motion_changed is not None:
            motion_changed.connect(self._apply)
        self._font_watch = _FontWatch(self)
        self._apply()

    @property
    def tokens(self) -> Tokens:
        """The colours of this moment."""
        return self._tokens

    @property
    def scheme(self) -> Scheme:
        """Light or dark, as forced or as the system says."""
        if self._forced is not None:
            return self._forced
        dark = self._style_hints.colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    @property
    def factor(self) -> float:
        """Size of the application font relative to the 13 px of look.md."""
        return self._factor

    @property
    def text_scale(self) -> float:
        """The text size chosen in the settings, 1.0 to 2.0, on top of the system's."""
        return self._text_scale

    @property
    def high_contrast(self) -> bool:
        """True when the system asks for high contrast: then its own palette is in use."""
        preference = self._accessibility_hints.contrastPreference()
        return self._forced is None and preference is Qt.ContrastPreference.HighContrast

    @property
    def reduced_motion(self) -> bool:
        """True when nothing but clocks and level meters may change by itself (look.md, "7. What moves")."""
        if self._is_still:
            return True
        motion = getattr(self._accessibility_hints, "motionPreference", None)
        return motion is not None and motion().name == "ReducedMotion"

    def scaled(self, pixels: float) -> int:
        """A length of look.md for the present size of text, in logical px."""
        return round(pixels * self._factor)

    def target(self, pixels: float) -> int:
        """Like `scaled`, for click targets: never less than 28 (look.md, section 3)."""
        return max(28, self.scaled(pixels))

    def force(self, scheme: Scheme | None) -> None:
        """Keep to one scheme, whatever the system says; None follows the system again."""
        if scheme != self._forced:
            self._forced = scheme
            self._apply()

    def hold_still(self) -> None:
        """Let nothing move, whatever the system says: for pictures that are to be the same each time."""
        self._is_still = True

    def set_text_scale(self, scale: float) -> None:
        """Enlarge all text. Values outside 1.0 to 2.0 are brought into this range."""
        scale = min(2.0, max(1.0, scale))
        if scale != self._text_scale:
            self._text_scale = scale
            self._application.setFont(_enlarged(self._base_font, scale))
            self.font_changed()  # the event comes only with the next turn of the loop

    def font_changed(self) -> None:
        """The system or the application has set another font."""
        font = self._application.font()
        if font == self._applied_font:
            return
        if font != _enlarged(self._base_font, self._text_scale):
            self._base_font = font
            self._application.setFont(_enlarged(font, self._text_scale))
        self._apply()

    def _apply(self) -> None:
        self._applied_font = self._application.font()
        self._factor = pixel_size(self._applied_font) / BASE_PIXELS
        if self.high_contrast:
            self._application.setPalette(QPalette())
            self._tokens = tokens_from_palette(self._application.palette())
            self._application.setStyleSheet("")
        else:
            self._tokens = tokens_for(self.scheme)
            self._application.setPalette(_palette(self._tokens))
            self._application.setStyleSheet(style_sheet(self._tokens, self.scheme, self._factor))
        self.changed.emit()


_theme: Theme | None = None


def theme() -> Theme:
    """The theme of the running QApplication. RuntimeError when there is none."""
    global _theme
    if _theme is None or not isValid(_theme):
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise RuntimeError("The theme needs a QApplication")
        _theme = Theme(application)
    return _theme


def scaled(pixels: float) -> int:
    """Short for `theme().scaled(pixels)`."""
    return theme().scaled(pixels)


class _FontWatch(QWidget):
    """Never shown. An event filter on the application would see every event; this sees the few it needs."""

    def __init__(self, owner: Theme) -> None:
        super().__init__()
        self._owner = owner

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ApplicationFontChange and isValid(self._owner):
            self._owner.font_changed()
        return super().event(event)


def _enlarged(font: QFont, scale: float) -> QFont:
    larger = QFont(font)
    if font.pointSizeF() > 0:
        larger.setPointSizeF(font.pointSizeF() * scale)
    else:
        larger.setPixelSize(round(font.pixelSize() * scale))
    return larger


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    names: dict[QPalette.ColorRole, TokenName] = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "base",
        role.AlternateBase: "window",
        role.Text: "text",
        role.PlaceholderText: "text3",
        role.Button: "hover",
        role.ButtonText: "text",
        role.BrightText: "onAccent",
        role.Light: "raised",
        role.Midlight: "hover",
        role.Mid: "line",
        role.Dark: "border",
        role.Shadow: "border",
        role.Highlight: "accent",
        role.HighlightedText: "onAccent",
        role.Accent: "accent",
        role.Link: "accentText",
        role.LinkVisited: "accentText",
        role.ToolTipBase: "tip",
        role.ToolTipText: "tipText",
    }
    palette = QPalette()
    for color_role, name in names.items():
        palette.setColor(color_role, tokens[name])
    for color_role in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, color_role, tokens.disabled)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, tokens.hover)
    return palette
