"""The demo Webitel PBX: a server that follows the protocol, a small switch behind it, and people on the phone."""

from ctidesk.demo.webitel.demo import WebitelDemo
from ctidesk.demo.webitel.options import WebitelOptions

__all__ = ["WebitelDemo", "WebitelOptions"]
