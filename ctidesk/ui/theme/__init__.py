"""Colours, fonts, icons and their changes. Widgets ask here at the moment they paint."""

from ctidesk.ui.theme.fonts import TextStyle, text_font
from ctidesk.ui.theme.icons import icon, icon_pixmap, presence_icon, presence_pixmap
from ctidesk.ui.theme.presence import PresenceState
from ctidesk.ui.theme.theme import Theme, scaled, theme
from ctidesk.ui.theme.tokens import Scheme, TokenName, Tokens, tokens_for
from ctidesk.ui.theme.tray import FRAME_MILLISECONDS, TrayState, tray_icon

__all__ = [
    "FRAME_MILLISECONDS",
    "PresenceState",
    "Scheme",
    "TextStyle",
    "Theme",
    "TokenName",
    "Tokens",
    "TrayState",
    "icon",
    "icon_pixmap",
    "presence_icon",
    "presence_pixmap",
    "scaled",
    "text_font",
    "theme",
    "tokens_for",
    "tray_icon",
]
