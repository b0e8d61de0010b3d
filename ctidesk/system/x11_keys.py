"""Keys that X11 gives to this program whoever has the keyboard, over a connection of its own to the display.

The library libxcb is called directly: Qt's own module for X11 needs it, so it is there, and nothing else offers this.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_int, c_uint, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache

KEY_PRESS = 2
MAPPING_NOTIFY = 34
_ASYNC = 1
_SHIFT, _LOCK, _CONTROL, _ALT, _NUM_LOCK, _META = 0x01, 0x02, 0x04, 0x08, 0x10, 0x40
_MODIFIERS = {"Ctrl": _CONTROL, "Alt": _ALT, "Shift": _SHIFT, "Meta": _META}
_WHATEVER_LOCKS = (0, _LOCK, _NUM_LOCK, _LOCK | _NUM_LOCK)
"""Caps and Num Lock make another key of a key: each has to be asked for."""
_NAMED_KEYS = {
    "Space": 0x0020,
    "Pause": 0xFF13,
    "ScrollLock": 0xFF14,
    "Home": 0xFF50,
    "PgUp": 0xFF55,
    "PgDown": 0xFF56,
    "End": 0xFF57,
    "Print": 0xFF61,
    "Ins": 0xFF63,
    "Del": 0xFFFF,
}
_FIRST_FUNCTION_KEY = 0xFFBE
_MOST_FUNCTION_KEYS = 35


class DisplayError(Exception):
    """The display cannot be reached, or has gone."""


class KeyTakenError(Exception):
    """Another program has the key, or this keyboard does not have it."""


def key_symbol(text: str) -> tuple[int, int]:
    """Return the modifiers and the X11 symbol of a key as Qt writes it, like ``Ctrl+Alt+D``.

    Raises:
        ValueError: X11 has no such key that could be asked for.
    """
    *names, key = text.split("+")
    modifiers = 0
    for name in names:
        if name not in _MODIFIERS:
            raise ValueError(text)
        modifiers |= _MODIFIERS[name]
    if key in _NAMED_KEYS:
        return modifiers, _NAMED_KEYS[key]
    if len(key) == 1 and key.isascii() and key.isprintable():
        return modifiers, ord(key.lower())
    number = key.removeprefix("F")
    if number != key and number.isdecimal() and 1 <= int(number) <= _MOST_FUNCTION_KEYS:
        return modifiers, _FIRST_FUNCTION_KEY + int(number) - 1
    raise ValueError(text)


class X11Keys:
    """One connection to the display, and the key that it has asked for."""

    def __init__(self) -> None:
        """Connect to the display of the environment.

        Raises:
            DisplayError: there is none.
        """
        self._xcb = _library()
        self._connection = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            self._xcb.xcb_disconnect(self._connection)
            raise DisplayError("there is no X11 display")
        setup = self._xcb.xcb_get_setup(self._connection)
        self._first, self._last = setup.contents.min_keycode, setup.contents.max_keycode
        self._root = self._xcb.xcb_setup_roots_iterator(setup).data.contents.root
        self._taken: list[tuple[int, int]] = []

    @property
    def descriptor(self) -> int:
        """A file descriptor that can be read from when `pressed` has something to tell."""
        return int(self._xcb.xcb_get_file_descriptor(self._connection))

    def take(self, modifiers: int, symbol: int) -> None:
        """Ask for a key, in place of the one before.

        Raises:
            KeyTakenError: it cannot be had; there is none now.
        """
        self.give_back()
        codes = self._codes(symbol)
        for code in codes:
            for locks in _WHATEVER_LOCKS:
                cookie = self._xcb.xcb_grab_key_checked(
                    self._connection, 1, self._root, modifiers | locks, code, _ASYNC, _ASYNC
                )
                error = self._xcb.xcb_request_check(self._connection, cookie)
                if error:
                    _free(error)
                    self.give_back()
                    raise KeyTakenError
                self._taken.append((modifiers | locks, code))
        if not codes:
            raise KeyTakenError

    def give_back(self) -> None:
        """Leave the key to others."""
        for modifiers, code in self._taken:
            self._xcb.xcb_ungrab_key(self._connection, code, self._root, modifiers)
        self._taken.clear()
        self._xcb.xcb_flush(self._connection)

    def happened(self) -> list[int]:
        """Return the kinds of what has happened since the last call, without waiting.

        Raises:
            DisplayError: the display has gone.
        """
        kinds = []
        while event := self._xcb.xcb_poll_for_event(self._connection):
            kinds.append(ctypes.cast(event, POINTER(c_uint8)).contents.value & 0x7F)
            _free(event)
        if self._xcb.xcb_connection_has_error(self._connection):
            raise DisplayError("the X11 display has gone")
        return kinds

    def close(self) -> None:
        """Give the key back and disconnect; once."""
        self.give_back()
        self._xcb.xcb_disconnect(self._connection)

    def _codes(self, symbol: int) -> list[int]:
        """Return the codes of all keys that have `symbol` in one of the keyboard's layouts."""
        count = self._last - self._first + 1
        cookie = self._xcb.xcb_get_keyboard_mapping(self._connection, self._first, count)
        reply = self._xcb.xcb_get_keyboard_mapping_reply(self._connection, cookie, None)
        if not reply:
            return []
        width = reply.contents.keysyms_per_keycode
        start = ctypes.cast(reply, c_void_p).value or 0
        symbols = (c_uint32 * reply.contents.length).from_address(start + ctypes.sizeof(_MappingReply))
        codes = [self._first + place // width for place, one in enumerate(symbols) if one == symbol]
        _free(reply)
        return list(dict.fromkeys(codes))


class _Setup(ctypes.Structure):
    _fields_ = (
        ("head", c_uint8 * 28),
        ("formats", c_uint8 * 6),
        ("min_keycode", c_uint8),
        ("max_keycode", c_uint8),
    )


class _Screen(ctypes.Structure):
    _fields_ = (("root", c_uint32),)


class _ScreenIterator(ctypes.Structure):
    _fields_ = (("data", POINTER(_Screen)), ("rem", c_int), ("index", c_int))


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", c_uint),)


class _MappingReply(ctypes.Structure):
    _fields_ = (
        ("response_type", c_uint8),
        ("keysyms_per_keycode", c_uint8),
        ("sequence", c_uint16),
        ("length", c_uint32),
        ("padding", c_uint8 * 24),
    )


@cache
def _library() -> ctypes.CDLL:
    """Return libxcb, its functions with their types.

    Raises:
        DisplayError: this system does not have it.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise DisplayError("libxcb is missing") from error
    types: dict[str, tuple[object, list[object]]] = {
        "xcb_connect": (c_void_p, [c_void_p, c_void_p]),
        "xcb_connection_has_error": (c_int, [c_void_p]),
        "xcb_disconnect": (None, [c_void_p]),
        "xcb_flush": (c_int, [c_void_p]),
        "xcb_get_file_descriptor": (c_int, [c_void_p]),
        "xcb_get_setup": (POINTER(_Setup), [c_void_p]),
        "xcb_setup_roots_iterator": (_ScreenIterator, [POINTER(_Setup)]),
        "xcb_poll_for_event": (c_void_p, [c_void_p]),
        "xcb_request_check": (c_void_p, [c_void_p, _Cookie]),
        "xcb_get_keyboard_mapping": (_Cookie, [c_void_p, c_uint8, c_uint8]),
        "xcb_get_keyboard_mapping_reply": (POINTER(_MappingReply), [c_void_p, _Cookie, c_void_p]),
        "xcb_grab_key_checked": (_Cookie, [c_void_p, c_uint8, c_uint32, c_uint16, c_uint8, c_uint8, c_uint8]),
        "xcb_ungrab_key": (_Cookie, [c_void_p, c_uint8, c_uint32, c_uint16]),
    }
    for name, (result, arguments) in types.items():
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, arguments
    return xcb


@cache
def _c_library() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.free.argtypes = [c_void_p]
    library.free.restype = None
    return library


def _free(memory: object) -> None:
    """Give back what libxcb has allocated."""
    _c_library().free(memory)
