"""The demo Oktell PBX: a server that follows the protocol, a switch behind it, and people who answer the phone."""

from ctidesk.demo.oktell.demo import OktellDemo
from ctidesk.demo.oktell.options import OktellOptions

__all__ = ["OktellDemo", "OktellOptions"]
