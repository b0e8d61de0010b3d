"""Widgets that know nothing of the application: text arrives translated, meaning is the caller's.

They read colours and sizes from `ctidesk.ui.theme` when they paint and follow its changes by themselves.
"""

from ctidesk.ui.widgets.accessible import announce, spoken
from ctidesk.ui.widgets.button import Button, ButtonKind, ButtonSize
from ctidesk.ui.widgets.card import Card
from ctidesk.ui.widgets.clock import Clock, format_duration
from ctidesk.ui.widgets.empty_state import EmptyState
from ctidesk.ui.widgets.icon_button import IconButton
from ctidesk.ui.widgets.keypad import Keypad
from ctidesk.ui.widgets.label import PlainLabel, line_height
from ctidesk.ui.widgets.level_meter import LevelMeter
from ctidesk.ui.widgets.menu import Menu, MenuItem, make_round
from ctidesk.ui.widgets.painting import BarKind, paint_card, paint_focus_ring, paint_pixmap, paint_rounded
from ctidesk.ui.widgets.presence import PresenceShape
from ctidesk.ui.widgets.search_field import SearchField
from ctidesk.ui.widgets.segments import Segments
from ctidesk.ui.widgets.state_selector import StateSelector
from ctidesk.ui.widgets.strip import Strip, StripKind
from ctidesk.ui.widgets.switch import Switch
from ctidesk.ui.widgets.tabs import Tabs
from ctidesk.ui.widgets.tag import Tag
from ctidesk.ui.widgets.ticking import Ticker, blink_timer, second_timer
from ctidesk.ui.widgets.tile import Tile, TileFace, TileKind
from ctidesk.ui.widgets.tile_grid import TileGrid
from ctidesk.ui.widgets.tooltip import plain_tooltip

__all__ = [
    "BarKind",
    "Button",
    "ButtonKind",
    "ButtonSize",
    "Card",
    "Clock",
    "EmptyState",
    "IconButton",
    "Keypad",
    "LevelMeter",
    "Menu",
    "MenuItem",
    "PlainLabel",
    "PresenceShape",
    "SearchField",
    "Segments",
    "StateSelector",
    "Strip",
    "StripKind",
    "Switch",
    "Tabs",
    "Tag",
    "Ticker",
    "Tile",
    "TileFace",
    "TileGrid",
    "TileKind",
    "announce",
    "blink_timer",
    "format_duration",
    "line_height",
    "make_round",
    "paint_card",
    "paint_focus_ring",
    "paint_pixmap",
    "paint_rounded",
    "plain_tooltip",
    "second_timer",
    "spoken",
]
