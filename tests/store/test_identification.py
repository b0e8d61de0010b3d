"""Who is calling."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest

from ctidesk.cti.directory import Abonent
from ctidesk.cti.identification import Identification, Source
from ctidesk.cti.presence import Presence
from ctidesk.store.contact import Contact, ContactNumber
from ctidesk.store.contact_book import ContactBook
from ctidesk.store.contact_schema import CONTACTS
from ctidesk.store.database import Database
from ctidesk.store.found import Found, LookupFailed
from ctidesk.store.http_request import MOST_THREADS, HttpClient, HttpRequest, RequestFailed
from ctidesk.store.identification import Identifier
from ctidesk.store.lookup import KEPT_FOR, Json, Lookup, LookupSettings, at_path, filled
from ctidesk.store.numbers import NumberPlan
from tests.cti.fake_clock import FakeClock
from tests.net.conftest import Authority
from tests.store.http_server import HttpServer
from tests.ui.components.fake_directory import FakeDirectory
from tests.waiting import until

PLAN = NumberPlan("RU")
ANSWER = msgspec.json.encode(
    {
        "data": {
            "people": [
                {"id": 7, "title": "Anna\u202e Belova", "org": {"name": "Romashka"}, "memo": "a\x07\nb"},
                {"id": "x", "title": "", "org": {"name": "Only Company"}},
                {"nothing": True},
                5,
            ]
        }
    }
)
FIELDS = {"name": "title", "company": "org.name", "note": "memo", "id": "id", "unknown": "id"}


@pytest.fixture
def server() -> Iterator[HttpServer]:
    server = HttpServer()
    server.answers = [(200, ANSWER)]
    yield server
    server.close()


@pytest.fixture
def lookup(server: HttpServer, clock: FakeClock) -> Lookup:
    settings = LookupSettings(
        server.url + "/find?number={number}&party={party}&digits={digits}&x={other}",
        {"X-Key": "secret"},
        results="data.people",
        fields=FIELDS,
    )
    return Lookup(settings, HttpClient(), PLAN, clock)


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[ContactBook]:
    database = Database(tmp_path / "contacts.db", CONTACTS)
    book = ContactBook(database, PLAN)
    await book.open()
    yield book
    await database.close()


def directory() -> FakeDirectory:
    return FakeDirectory(
        Abonent("u1", "Boris\u202e", "101", ("101", "+7 916 123-45-67"), group="Sales"),
        Abonent("u2", "", "103"),
        Abonent("u3", "Vera", "104"),
    )


async def identify(identifier: Identifier, number: str) -> list[Identification]:
    """Return what is told on the way; the last is what is returned."""
    told: list[Identification] = []
    result = await identifier.identify(number, told.append)
    assert told[-1] == result
    assert [one.is_complete for one in told] == [False] * (len(told) - 1) + [True]
    identifier.close()
    return told


async def test_all_sources_are_asked_in_order(book: ContactBook, lookup: Lookup) -> None:
    await book.add(Contact(name="Mine", company="C", note="n", numbers=(ContactNumber("89161234567", "mobile"),)))
    told = await identify(
        Identifier(PLAN, contacts=book, directory=directory(), lookups={Source.LOOKUP: lookup}), "79161234567"
    )
    assert [[match.name for match in one.matches] for one in told] == [
        ["Boris"],
        ["Mine", "Boris"],
        ["Mine", "Boris", "Anna Belova", "Only Company"],
    ]
    last = told[-1]
    assert [match.source for match in last.matches] == [Source.CONTACTS, Source.DIRECTORY, Source.LOOKUP, Source.LOOKUP]
    assert (last.name, last.is_ambiguous, last.failed) == ("Mine", False, frozenset())
    mine, boris, anna, _ = last.matches
    assert (mine.company, mine.note, mine.number_label) == ("C", "n", "mobile")
    assert (boris.company, boris.id) == ("Sales", "u1")
    assert (anna.company, anna.note, anna.id) == ("Romashka", "a\nb", "7")


async def test_several_contacts_are_a_choice(book: ContactBook) -> None:
    for name in ("Shop", "Director"):
        await book.add(Contact(name=name, numbers=(ContactNumber("84951234567"),)))
    (_, result) = await identify(Identifier(PLAN, contacts=book), "4951234567")
    assert result.is_ambiguous
    assert [match.name for match in result.matches] == ["Shop", "Director"]


@pytest.mark.parametrize("number", ["", "anonymous", "105", "103"])
async def test_nobody_is_known(book: ContactBook, number: str) -> None:
    told = await identify(Identifier(PLAN, contacts=book, directory=directory()), number)
    assert told[-1] == Identification(number, is_complete=True)
    assert told[-1].name == ""


async def test_without_sources_nobody_is_known() -> None:
    assert await identify(Identifier(PLAN), "101") == [Identification("101", is_complete=True)]


async def test_the_directory_is_followed() -> None:
    people = directory()
    identifier = Identifier(PLAN, directory=people)
    assert (await identifier.identify("101")).name == "Boris"
    people.replace_all(Abonent("u1", "Boris", "105"), Abonent("u9", "Gleb", "101"))
    assert (await identifier.identify("101")).name == "Gleb"
    people.change("u9", Presence.TALKING)
    assert (await identifier.identify("101")).name == "Gleb"
    identifier.close()


@pytest.mark.parametrize(
    ("stored", "dialled"),
    [
        ("+7 (916) 123-45-67", "89161234567"),
        ("+7 4932 12-34-56", "123456"),
        ("103", "sip:103@10.20.30.40"),
        ("Anna.Belova", "anna.belova"),
        ("+380671234567", "+380 67 123 45 67"),
    ],
)
async def test_the_directory_knows_numbers_in_any_form(stored: str, dialled: str) -> None:
    people = FakeDirectory(Abonent("u1", "Anna", stored), Abonent("u2", "Other", "+7 812 999-45-67"))
    identifier = Identifier(NumberPlan("RU", area_code="4932"), directory=people)
    assert (await identifier.identify(dialled)).name == "Anna"
    identifier.close()


async def test_a_source_that_fails_costs_only_its_own_answer(
    tmp_path: Path, lookup: Lookup, server: HttpServer
) -> None:
    (tmp_path / "file").touch()
    database = Database(tmp_path / "file" / "contacts.db", CONTACTS)
    server.answers = [(500, b"")]
    identifier = Identifier(
        PLAN, contacts=ContactBook(database, PLAN), directory=directory(), lookups={Source.LOOKUP: lookup}
    )
    result = (await identify(identifier, "101"))[-1]
    assert result.name == "Boris"
    assert result.failed == {Source.CONTACTS, Source.LOOKUP}
    await database.close()


async def test_a_number_cannot_become_another_part_of_the_address(lookup: Lookup, server: HttpServer) -> None:
    await lookup.find("8 916 123&x=1#/../\r\n?45 67")
    assert server.asked[0].target.startswith("/find?number=8%20916%20123%26x%3D1%23%2F..%2F%0D%0A%3F45%2067&party=")
    assert server.asked[0].headers["X-Key"] == "secret"
    await lookup.find("89161234567")
    assert server.asked[1].target == "/find?number=89161234567&party=%2B79161234567&digits=79161234567&x=%7Bother%7D"
    assert filled("http://x/{number}", "a{party}", "+1") == "http://x/a%7Bparty%7D"


async def test_answers_are_used_again(lookup: Lookup, server: HttpServer, clock: FakeClock) -> None:
    first = await lookup.find("89161234567")
    assert [found.name for found in first] == ["Anna Belova", "Only Company"]
    assert await lookup.find("+7 916 123-45-67") == first
    assert len(server.asked) == 1
    clock.advance(KEPT_FOR + 1)
    server.answers = [(404, b"not json")]
    assert await lookup.find("+7 916 123-45-67") == ()
    assert await lookup.find("89161234567") == ()
    assert len(server.asked) == 2
    assert await lookup.find("anonymous") == ()
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b""), (302, b""), (200, b"no json"), (200, b"\xff"), (200, b"[" * 100_000), (200, b"1" * 2_000_000)],
)
async def test_answers_that_cannot_be_used(lookup: Lookup, server: HttpServer, status: int, body: bytes) -> None:
    server.answers = [(status, body)]
    with pytest.raises(LookupFailed):
        await lookup.find("101")
    server.answers = [(200, ANSWER)]
    assert len(await lookup.find("101")) == 2  # a failure is not remembered


async def test_an_answer_that_is_one_person(server: HttpServer, clock: FakeClock) -> None:
    server.answers = [(200, b'{"name": "Anna", "company": ["A", 5, null]}')]
    lookup = Lookup(LookupSettings(server.url + "/{number}"), HttpClient(), PLAN, clock)
    assert await lookup.find("101") == (Found("Anna", "A, 5"),)
    server.answers = [(200, b"[]")]
    assert await lookup.find("102") == ()


def test_paths() -> None:
    content: Json = {"a": [{"b": 1}], "0": "x"}
    assert at_path(content, "a.0.b") == 1
    assert at_path(content, "0") == "x"
    assert at_path(content, "") == content
    for nothing in ("b", "a.1", "a.x", "a.0.b.c", "a.-1", ".", "a.٠"):
        assert at_path(content, nothing) is None


async def test_a_server_that_says_nothing_is_given_up_in_time(lookup: Lookup, server: HttpServer) -> None:
    server.may_answer.clear()
    client = HttpClient()
    with pytest.raises(RequestFailed, match="no answer"):
        await client.send(HttpRequest(server.url), 0.05)
    await until(lambda: not [one for one in threading.enumerate() if one.name == "http request"])


async def test_a_request_that_is_cancelled_ends_its_thread(server: HttpServer) -> None:
    server.may_answer.clear()
    request = asyncio.ensure_future(HttpClient().send(HttpRequest(server.url), 60))
    await until(lambda: len(server.asked) == 1)
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    await until(lambda: not [one for one in threading.enumerate() if one.name == "http request"])


async def test_too_many_requests_at_once_are_refused(server: HttpServer) -> None:
    server.may_answer.clear()
    client = HttpClient()
    requests = [asyncio.ensure_future(client.send(HttpRequest(server.url), 60)) for _ in range(MOST_THREADS)]
    await until(lambda: len(server.asked) == MOST_THREADS)
    with pytest.raises(RequestFailed, match="too many"):
        await client.send(HttpRequest(server.url), 60)
    server.may_answer.set()
    assert {answer.status for answer in await asyncio.gather(*requests)} == {200}
    await until(lambda: not [one for one in threading.enumerate() if one.name == "http request"])
    assert (await client.send(HttpRequest(server.url), 60)).status == 200


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://host/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://user:password@host/",
        "http://host:port/",
        "http://[",
        "http://ho st/",
        "http://host\r\nX: y/",
    ],
)
async def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(RequestFailed) as caught:
        await HttpClient().send(HttpRequest(url), 5)
    assert "password" not in str(caught.value)


async def test_a_port_where_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(RequestFailed, match="refuses"):
            await HttpClient().send(HttpRequest(f"http://127.0.0.1:{free.getsockname()[1]}/?key=secret"), 5)


@pytest.mark.parametrize("answer", [b"", b"no http\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"])
async def test_answers_that_are_no_http(answer: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(RequestFailed):
        await HttpClient().send(HttpRequest(f"http://127.0.0.1:{port}/"), 5)
    server.close()
    await server.wait_closed()


async def test_the_certificate_is_verified(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    server = HttpServer(authority.server().context)
    answer = await HttpClient(str(authority.file)).send(HttpRequest(server.url), 5)
    assert (answer.status, answer.body) == (200, b"{}")
    with pytest.raises(RequestFailed, match="certificate"):
        await HttpClient().send(HttpRequest(server.url), 5)
    server.close()
    server = HttpServer(authority.server("other.example").context)
    with pytest.raises(RequestFailed, match="certificate"):
        await HttpClient(str(authority.file)).send(HttpRequest(server.url), 5)
    server.close()


def test_nothing_secret_is_shown() -> None:
    request = HttpRequest("http://x/?key=secret", headers={"A": "secret"}, body=b"secret")
    assert "secret" not in repr(request) + repr(LookupSettings("http://x/?key=secret", {"A": "secret"}))
