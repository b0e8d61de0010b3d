"""Photos of colleagues: from the PBX's web server to the card of a call, and what is no photo is no trouble."""

from __future__ import annotations

import asyncio
import logging
import struct
import zlib
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ctidesk.demo.media import portrait
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.net.download import Limits
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.photos import PbxPhotos
from ctidesk.ui.components.photos import Photos, Portrait, picture
from tests.store.http_server import HttpServer
from tests.ui.components.stage import Stage, show
from tests.waiting import settle, until

PNG = portrait("101", 96)


@pytest.fixture
def server() -> Iterator[HttpServer]:
    server = HttpServer()
    yield server
    server.close()


async def test_the_photo_of_a_colleague_at_the_demo_pbx() -> None:
    async with OktellDemo(OktellOptions(seed=1)) as demo:
        provider = OktellCtiProvider(ClientOptions(demo.url, demo.operator_login, demo.password))
        await provider.connect()
        try:
            photos = PbxPhotos(provider.photo_address)
            with_photo = next(user for user in demo.desk.directory.users if user.has_photo)
            without = next(user for user in demo.desk.directory.users if not user.has_photo)
            assert await photos.fetch(with_photo.id) == portrait(with_photo.number, 96)
            assert provider.photo_address(without.id) == ""
            assert await photos.fetch(without.id) == b""
            assert await photos.fetch("nobody") == b""
            users = provider.client.session.directory.users
            for link in (
                "http://elsewhere.example/p.png",
                "//elsewhere.example/p.png",
                "file:///etc/passwd",
                "http://[",
            ):
                users[with_photo.id] = users[with_photo.id]._replace(photo=link)
                assert provider.photo_address(with_photo.id) == ""
        finally:
            await provider.close()


@pytest.mark.parametrize(("status", "content"), [(403, b"no"), (404, b""), (500, b""), (200, b"x" * 2000)])
async def test_a_photo_that_does_not_come_is_none(
    server: HttpServer, status: int, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers = [(status, content)]
    photos = PbxPhotos(lambda _: f"{server.url}/photo/secret", limits=Limits(size=1000))
    assert await photos.fetch("u1") == b""
    assert "secret" not in caplog.text


async def test_a_photo_that_is_slow_is_not_waited_for(server: HttpServer) -> None:
    server.may_answer.clear()
    photos = PbxPhotos(lambda _: f"{server.url}/photo", limits=Limits(total=0.05))
    assert await photos.fetch("u1") == b""


def huge_png(side: int) -> bytes:
    """The head of a picture that would unpack to so many dots."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        huge_png(60_000),
        huge_png(90),
        PNG[: len(PNG) // 3],
    ],
    ids=["nothing", "page", "svg", "huge", "head alone", "cut off"],
)
@pytest.mark.usefixtures("qapp")
@pytest.mark.qt_log_ignore("^QImageIOHandler|libpng|PNG", extend=True)
def test_what_is_no_picture_is_none(content: bytes) -> None:
    assert picture(content) is None


@pytest.mark.usefixtures("qapp")
def test_a_picture_is_kept_small() -> None:
    photo = picture(portrait("101", 600))
    assert photo is not None
    assert photo.width() == 192


class Album:
    """Gives a photo to everybody when it may."""

    def __init__(self, content: bytes = PNG) -> None:
        self.asked: list[str] = []
        self.may_come = asyncio.Event()
        self.content = content

    async def fetch(self, abonent_id: str) -> bytes:
        self.asked.append(abonent_id)
        await self.may_come.wait()
        return self.content


async def test_the_card_shows_a_colleague_when_the_photo_comes(qtbot: QtBot) -> None:
    album = Album()
    photos = Photos(lambda: album)
    stage = Stage()
    stage.panel.offer_photos(photos)
    await stage.begin()
    colleague = next(one for one in stage.provider.people.abonents.values() if not one.is_me)
    call = await stage.talk(caller_id=colleague.number)
    assert call.abonent_number == colleague.number
    assert stage.panel.findChild(Portrait) is None
    album.may_come.set()
    await until(lambda: stage.panel.findChild(Portrait) is not None, show)
    found = stage.panel.findChild(Portrait)
    assert found is not None
    assert found.isVisible()
    stage.panel.refresh()
    assert album.asked == [colleague.id]
    await photos.close()
    await stage.end()


async def test_who_has_none_is_not_asked_for_again(qtbot: QtBot) -> None:
    album = Album(b"")
    album.may_come.set()
    photos = Photos(lambda: album)
    for _ in range(3):
        assert photos.photo("u1") is None
        await settle()
    assert album.asked == ["u1"]
    photos.forget()
    photos.photo("u1")
    await settle()
    assert album.asked == ["u1", "u1"]
    await photos.close()
