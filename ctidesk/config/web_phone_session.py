"""The id by which a Verto server knows this installation and account again (verto-protocol.md, "1.5 Session id").

It is kept over restarts, for calls can be taken up again only under it. It is no secret, but private.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
from pathlib import Path
from uuid import UUID, uuid4

FILE = "web-phone.json"

logger = logging.getLogger(__name__)


def web_phone_session(folder: Path, account: str) -> str:
    """Return the id of `account`; a new one is written down, or lasts for this run when that cannot be done.

    Args:
        folder: where it is kept; only one program at a time may use it (the server would throw one out).
        account: `number@domain` or however the account is told apart from others.
    """
    path = folder / FILE
    known = _read(path)
    sessid = known.get(account) or str(uuid4())
    if account not in known:
        try:
            _write(path, {**known, account: sessid})
        except OSError as error:
            logger.warning("the web phone's session cannot be kept: %s", error.strerror)
    return sessid


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        logger.warning("the web phone's sessions cannot be read; new ones are made")
        return {}
    members = content.items() if isinstance(content, dict) else ()
    return {account: sessid for account, sessid in members if _is_sessid(sessid)}


def _is_sessid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _write(path: Path, sessions: dict[str, str]) -> None:
    """Replace the file as a whole, readable for its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"{FILE}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(sessions, file, indent=1)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
