"""A demo PBX is open as a whole or not at all."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from ctidesk.demo.oktell import OktellDemo, OktellOptions


async def test_what_was_opened_is_closed_when_the_rest_cannot_be(tmp_path: Path) -> None:
    async with OktellDemo() as other:
        port = int(other.url.rstrip("/").rpartition(":")[2])
    certificate = tmp_path / "no.pem"
    certificate.write_text("no certificate", "ascii")
    with pytest.raises(ssl.SSLError):
        await OktellDemo(OktellOptions(port=port, tls_cert=certificate, tls_port=0)).__aenter__()
    async with OktellDemo(OktellOptions(port=port)) as again:
        assert again.url.endswith(f":{port}/")
