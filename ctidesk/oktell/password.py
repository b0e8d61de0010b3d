"""Password digests (oktell-protocol.md, "2.1 Password")."""

from __future__ import annotations

import hashlib
import math

_YO = {0x0401: 168, 0x0451: 184}
_DROPPED = range(128, 1025)
_SHIFT = 848
"""From the code of a Cyrillic letter to its place in code page 1251."""


def mapped_codes(password: str) -> list[int]:
    """Return the codes over which the digest is taken: one per UTF-16 code unit that is not dropped."""
    units = memoryview(password.encode("utf-16-le", "surrogatepass")).cast("H")
    codes = []
    for unit in units:
        if unit in _DROPPED:
            continue
        codes.append(unit if unit < 128 else _YO.get(unit, unit - _SHIFT))
    return codes


def fits_code_page(password: str) -> bool:
    """Whether every character has a place in the code page; others depend on a quirk of the maker's digest."""
    return all(code < 256 for code in mapped_codes(password))


def digest(password: str) -> str:
    """Return the password's MD5 as the PBX computes it: 32 lower-case hexadecimal digits."""
    codes = mapped_codes(password)
    if all(code < 256 for code in codes):
        return hashlib.md5(bytes(codes), usedforsecurity=False).hexdigest()
    return _digest_of_wide_codes(codes)


def both_digests(password: str) -> tuple[str, str]:
    """Return the digests that `login` sends: of the password and of the password in lower case."""
    return digest(password), digest(password.lower())


def mapped_text(password: str) -> str:
    """Return the mapped codes as text, as a change of password with the server's strength check sends it."""
    return "".join(map(chr, mapped_codes(password)))


def _digest_of_wide_codes(codes: list[int]) -> str:
    """The maker's digest of codes over 255: they are OR-ed into 32-bit words over their neighbours' bits.

    The library's words cannot be given to a kept MD5 as bytes of the right length unless the padding is made the
    library's way, too; so the padded block is built here and the compression is ours.
    """
    length = len(codes)
    words = [0] * ((((length + 8) >> 6) + 1) * 16)
    for index, code in enumerate([*codes, 0x80]):
        words[index >> 2] |= (code << (8 * (index % 4))) & 0xFFFFFFFF
    words[-2] |= (length * 8) & 0xFFFFFFFF
    return _md5_of_words(words)


_SHIFTS = ((7, 12, 17, 22), (5, 9, 14, 20), (4, 11, 16, 23), (6, 10, 15, 21))
_SINES = [int(abs(math.sin(step + 1)) * 2**32) & 0xFFFFFFFF for step in range(64)]


def _md5_of_words(words: list[int]) -> str:
    """MD5 (RFC 1321) over ready-made blocks of sixteen 32-bit words."""
    state: tuple[int, ...] = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476)
    for start in range(0, len(words), 16):
        block = words[start : start + 16]
        a, b, c, d = state
        for step in range(64):
            phase = step // 16
            if phase == 0:
                mixed, index = (b & c) | (~b & d), step
            elif phase == 1:
                mixed, index = (d & b) | (~d & c), (5 * step + 1) % 16
            elif phase == 2:
                mixed, index = b ^ c ^ d, (3 * step + 5) % 16
            else:
                mixed, index = c ^ (b | ~d), (7 * step) % 16
            total = (a + mixed + _SINES[step] + block[index]) & 0xFFFFFFFF
            shift = _SHIFTS[phase][step % 4]
            rotated = ((total << shift) | (total >> (32 - shift))) & 0xFFFFFFFF
            a, b, c, d = d, (b + rotated) & 0xFFFFFFFF, b, c
        state = tuple((old + new) & 0xFFFFFFFF for old, new in zip(state, (a, b, c, d), strict=True))
    return b"".join(word.to_bytes(4, "little") for word in state).hex()
