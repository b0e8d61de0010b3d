"""A demo PBX is open as a whole or not at all."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from ctidesk.demo.oktell import OktellDemo, OktellOptions


async def test_what_was_opened_is_closed_when_the_rest_cannot_be(tmp_path: Path) -> None:
    certificate = tmp_path / "no.pem"
    certificate.write_text("no certificate", "ascii")
    demo = OktellDemo(OktellOptions(tls_cert=certificate, tls_port=0))
    with pytest.raises(ssl.SSLError):
        await demo.__aenter__()
    (plain,) = demo._server._servers
    assert not plain.is_serving()
