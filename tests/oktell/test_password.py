"""Password digests (oktell-protocol.md, "2.1 Password")."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell.password import both_digests, digest, fits_code_page, mapped_codes, mapped_text

VECTORS = [
    ("Secret1", "d6cb2342e44efb6dd628276f36da2359", "e52d98c459819a11775936d8dfbb7929"),
    ("пароль", "749789e4982b0c563f6729aac100a614", "749789e4982b0c563f6729aac100a614"),
    ("Пароль", "08f8e03bd59a7c67dc44028b3e073d5e", "749789e4982b0c563f6729aac100a614"),
    ("Ёлка", "9c7844e471b51dee7f4826294f0c57b9", "d5f97d0350681fb8110d771d1a13727f"),
    ("ёж", "2a7c1aa4b24fa1102d21c8647e09756e", "2a7c1aa4b24fa1102d21c8647e09756e"),
    ("Pass-Ключ-1", "31ef9c5656d1de1a06741378f7f6b1ba", "6ce8e905c99a15e610e150680ed284a5"),
    ("naïve", "bfe4b52ca21163798a2a7dafc73ad021", "bfe4b52ca21163798a2a7dafc73ad021"),
    ("Ї", "dae665a67092796152b29aac4327fe44", "d7094429251d27fafef6bc978e67702c"),
    ("", "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"),
]
OUTSIDE_OF_THE_CODE_PAGE = [
    ("№5", "ad011577261b028dba3c3ab957fd3d30"),
    ("abc№", "cc18a86104b0bca21caf828cc684c2df"),
    ("Ґ", "8a4c8643e7e61b4474f3941319912afa"),
]


@pytest.mark.parametrize(("password", "exact", "lower"), VECTORS)
def test_digests(password: str, exact: str, lower: str) -> None:
    assert both_digests(password) == (exact, lower)


@pytest.mark.parametrize(("password", "expected"), OUTSIDE_OF_THE_CODE_PAGE)
def test_codes_above_a_byte(password: str, expected: str) -> None:
    assert digest(password) == expected
    assert not fits_code_page(password)


def test_mapping() -> None:
    assert mapped_codes("Ёлка") == [168, 235, 234, 224]
    assert mapped_codes("naïve") == [110, 97, 118, 101]
    assert mapped_text("Aя") == "Aÿ"


@given(st.text(st.characters(min_codepoint=0x410, max_codepoint=0x44F) | st.characters(max_codepoint=127)))
def test_letters_have_their_place_in_code_page_1251(password: str) -> None:
    assert digest(password) == hashlib.md5(password.encode("cp1251"), usedforsecurity=False).hexdigest()
    assert fits_code_page(password)


@given(st.text(max_size=200))
def test_any_text_has_a_digest(password: str) -> None:
    assert len(digest(password)) == 32
