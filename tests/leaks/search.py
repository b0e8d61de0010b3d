"""Looks through everything that a test run has written: `python -m tests.leaks.search FOLDER…`.

No file may hold a planted secret in any form. Ends with status 1 when one does, and when there is so little that the
search would prove nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from ctidesk.oktell.password import digest
from tests.leaks.planted import HEX_MARK, PASSWORD, TOKEN_MARK

LARGEST = 64 * 2**20
"""Bytes of a file that is looked into: no file of a test comes near."""
EVIDENCE = {
    "a log of messages with a login": re.compile(rb'"login".*"[Pp]assword":"\*\*\*"'),
    "a log of messages with a session id": re.compile(rb'"sessionid":"\*\*\*"'),
    "a log of messages with a token": re.compile(rb'"token":"\*\*\*"|"secret":"\*\*\*"'),
    "settings": re.compile(rb"\[connection"),
    "a report": re.compile(rb"^PK\x03\x04"),
}
"""What a whole run leaves; without it the search has looked at the wrong place."""


def forms(secret: str) -> list[bytes]:
    """Return what a secret may look like on a disk, also as a part of something longer."""
    data = secret.encode()
    found = {data, secret.encode("utf-16-le"), *(quoted.encode() for quoted in _quoted(secret))}
    for hashed in {hashlib.md5(data).hexdigest(), digest(secret), digest(secret.lower())}:
        found |= {hashed.encode(), hashed.upper().encode(), bytes.fromhex(hashed), *_base64(hashed.encode())}
        found |= _base64(bytes.fromhex(hashed))
    return sorted(found | _base64(data) | {data.hex().encode(), data.hex().upper().encode()})


def leaks(folder: Path, secrets: list[str]) -> list[Path]:
    """Return the files, packed ones included, that hold a secret."""
    wanted = re.compile(b"|".join(re.escape(form) for secret in secrets for form in forms(secret)))
    return [path for path, content in _contents(folder) if wanted.search(content)]


def missing_evidence(folders: list[Path]) -> list[str]:
    """Return what should lie in one of the folders, and does not."""
    missing = dict(EVIDENCE)
    for folder in folders:
        for _, content in _contents(folder):
            for name in [name for name, pattern in missing.items() if pattern.search(content)]:
                del missing[name]
    return list(missing)


def _quoted(secret: str) -> Iterator[str]:
    yield quote(secret)
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield quote(secret).lower()
    yield json.dumps(secret)[1:-1]
    yield ascii(secret)[1:-1]
    yield json.dumps(json.dumps(secret))[3:-3]


def _base64(data: bytes) -> set[bytes]:
    """Return the part that is the same wherever the secret begins in what was encoded."""
    found = set()
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + data)
        whole = encoded[(8 * offset + 5) // 6 : len(encoded) - 4 if (offset + len(data)) % 3 else len(encoded)]
        found |= {whole, whole.translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def _contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        yield path, path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield path, archive.read(name)


def main(folders: list[Path]) -> int:
    """Search and tell."""
    found = [path for folder in folders for path in leaks(folder, [PASSWORD, HEX_MARK, TOKEN_MARK])]
    for path in dict.fromkeys(found):
        print(f"holds a secret: {path}")
    missing = missing_evidence(folders)
    for name in missing:
        print(f"was not written at all: {name}")
    files = sum(1 for folder in folders for _ in _contents(folder))
    print(f"{files} files searched, {len(set(found))} hold a secret")
    return 1 if found or missing else 0


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
