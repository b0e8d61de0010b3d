"""Photos of the PBX's users, fetched from its web server (oktell-protocol.md, "8.6 HTTP side")."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from ctidesk.net.download import DownloadFailed, Limits, download

LIMITS = Limits(size=512 * 2**10, silence=10.0, total=20.0)
"""A photo is nobody's work: what is larger or slower than this is not worth waiting for."""

logger = logging.getLogger(__name__)


class PbxPhotos:
    """Fetches one photo after the other into memory."""

    def __init__(
        self, address: Callable[[str], str], ca_file: Path | None = None, limits: Limits | None = None
    ) -> None:
        """Prepare.

        Args:
            address: the provider's `photo_address`.
            ca_file: PEM file of certificates to trust besides the system's.
            limits: how much is too much.
        """
        self._address = address
        self._ca_file = ca_file
        self._limits = limits or LIMITS

    async def fetch(self, abonent_id: str) -> bytes:
        """Return the file of somebody's photo; empty when there is none, or it does not come."""
        address = self._address(abonent_id)
        if not address:
            return b""
        try:
            with tempfile.TemporaryDirectory(prefix="ctidesk-photo-", ignore_cleanup_errors=True) as folder:
                path = Path(folder) / "photo"
                await download(address, path, ca_file=self._ca_file, limits=self._limits)
                return path.read_bytes()
        except (DownloadFailed, OSError) as failure:
            logger.info("a photo did not come: %s", failure)
            return b""
