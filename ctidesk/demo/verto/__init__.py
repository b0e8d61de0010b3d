"""A demo FreeSWITCH with mod_verto: signalling, ICE, DTLS and RTP (verto-protocol.md)."""

from ctidesk.demo.verto.demo import VertoDemo
from ctidesk.demo.verto.options import Quirks, VertoOptions

__all__ = ["Quirks", "VertoDemo", "VertoOptions"]
