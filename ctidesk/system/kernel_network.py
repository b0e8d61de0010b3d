"""What Linux itself tells of addresses and default routes (rtnetlink), without a daemon and at no cost.

Qt's own way to the same news loads GIO and its libraries: a few megabytes for as long as the application runs.
"""

from __future__ import annotations

import errno
import logging
import socket
import struct
import sys
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from ctidesk.cti.signals import Signal

logger = logging.getLogger(__name__)

SETTLE_MILLISECONDS = 300
"""A network that comes up brings its addresses and routes one by one."""

# Numbers of <linux/rtnetlink.h> and <linux/if_addr.h>.
NEW_ADDRESS, DELETED_ADDRESS, NEW_ROUTE, DELETED_ROUTE = 20, 21, 24, 25
GROUPS = 0x10 | 0x40 | 0x100 | 0x400
"""RTMGRP_IPV4_IFADDR, RTMGRP_IPV4_ROUTE, RTMGRP_IPV6_IFADDR, RTMGRP_IPV6_ROUTE."""
_SCOPE_LINK = 253
"""From here on an address leads nowhere but to this computer or its neighbours' automatic addresses."""
_TENTATIVE = 0x40
"""Nobody may use the address yet."""
_UNICAST = 1
"""A route that leads somewhere, rather than refuses."""
_ADDRESS, _GATEWAY, _OUTPUT = 1, 5, 4
_HEADER = struct.Struct("=IHHII")
_ADDRESS_BODY = struct.Struct("=BBBBI")
_ROUTE_BODY = struct.Struct("=BBBBBBBBI")
_ATTRIBUTE = struct.Struct("=HH")
_MOST_BYTES = 64 * 1024


class KernelNetwork(QObject):
    """Implements `NetworkChanges`."""

    def __init__(self, news: socket.socket | None = None) -> None:
        """Begin to listen.

        Args:
            news: where the kernel's messages come from; by default the kernel.

        Raises:
            OSError: this process may not listen.
        """
        super().__init__()
        self.changed: Signal[()] = Signal("network.changed")
        self._news = news or _open()
        self._news.setblocking(False)
        self._ways = Ways()
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MILLISECONDS)
        self._settling.timeout.connect(self._tell)
        self._notifier = QSocketNotifier(self._news.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def close(self) -> None:
        """Stop listening."""
        self._settling.stop()
        self._notifier.setEnabled(False)
        self._news.close()

    def _read(self) -> None:
        try:
            datagram = self._news.recv(_MOST_BYTES)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.ENOBUFS:  # more news than the socket holds: there was surely some of ours
                logger.warning("the kernel does not tell of its network any more: %s", error)
                self._notifier.setEnabled(False)
                return
            self._settling.start()
            return
        if self._ways.take(datagram):
            self._settling.start()

    def _tell(self) -> None:
        logger.info("a network is there, or is another one")
        self.changed.emit()


class Ways:
    """The addresses and default routes that were told of."""

    def __init__(self) -> None:
        self._known: set[_Way] = set()

    def take(self, datagram: bytes) -> bool:
        """Take a datagram of the kernel's, and return whether it tells of a way that was not there, or of a default
        route that is no more (then another one counts).

        Addresses and routes that were there from the beginning may be told of again, as IPv6 does when it renews them:
        the first time that is taken for news, which costs nothing but a look whether the connection is alive.
        """
        is_news = False
        for kind, body in _messages(datagram):
            way = _address(body) if kind in (NEW_ADDRESS, DELETED_ADDRESS) else _default_route(body)
            if way is None:
                continue
            if kind in (NEW_ADDRESS, NEW_ROUTE):
                is_news |= way not in self._known
                self._known.add(way)
            else:
                is_news |= way.is_route
                self._known.discard(way)
        return is_news


class _Way(NamedTuple):
    is_route: bool
    interface: int
    address: bytes


def _open() -> socket.socket:
    news = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, socket.NETLINK_ROUTE)
    try:
        news.bind((0, GROUPS))
    except OSError:
        news.close()
        raise
    return news


def _messages(datagram: bytes) -> Iterator[tuple[int, bytes]]:
    """The kinds and bodies of the messages of interest; what is cut short is left out."""
    start = 0
    while start + _HEADER.size <= len(datagram):
        length, kind, _, _, _ = _HEADER.unpack_from(datagram, start)
        if not _HEADER.size <= length <= len(datagram) - start:
            return
        if kind in (NEW_ADDRESS, DELETED_ADDRESS, NEW_ROUTE, DELETED_ROUTE):
            yield kind, datagram[start + _HEADER.size : start + length]
        start += _aligned(length)


def _address(body: bytes) -> _Way | None:
    if len(body) < _ADDRESS_BODY.size:
        return None
    _, _, flags, scope, interface = _ADDRESS_BODY.unpack_from(body)
    address = dict(_attributes(body[_ADDRESS_BODY.size :])).get(_ADDRESS)
    if address is None or scope >= _SCOPE_LINK or flags & _TENTATIVE:
        return None
    return _Way(False, interface, address)


def _default_route(body: bytes) -> _Way | None:
    if len(body) < _ROUTE_BODY.size:
        return None
    _, destination_bits, _, _, _, _, _, kind, _ = _ROUTE_BODY.unpack_from(body)
    attributes = dict(_attributes(body[_ROUTE_BODY.size :]))
    output = attributes.get(_OUTPUT, b"")
    if destination_bits or kind != _UNICAST or len(output) != 4:
        return None
    # A tunnel has no gateway.
    return _Way(True, int.from_bytes(output, sys.byteorder), attributes.get(_GATEWAY, b""))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    while start + _ATTRIBUTE.size <= len(data):
        length, kind = _ATTRIBUTE.unpack_from(data, start)
        if not _ATTRIBUTE.size <= length <= len(data) - start:
            return
        yield kind, data[start + _ATTRIBUTE.size : start + length]
        start += _aligned(length)


def _aligned(length: int) -> int:
    return (length + 3) & ~3
