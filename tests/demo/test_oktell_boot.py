"""Login and boot, as frames (oktell-protocol.md, "2. Login", "3. Boot", "13.8 Wrong password")."""

from __future__ import annotations

import json

import pytest
from websockets.exceptions import ConnectionClosed

from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo.oktell.credentials import digest
from tests.demo.pbx_client import PbxClient, client, raw_client


@pytest.mark.parametrize(
    ("password", "exact", "lower"),
    [
        ("Secret1", "d6cb2342e44efb6dd628276f36da2359", "e52d98c459819a11775936d8dfbb7929"),
        ("Пароль", "08f8e03bd59a7c67dc44028b3e073d5e", "749789e4982b0c563f6729aac100a614"),
        ("Ёлка", "9c7844e471b51dee7f4826294f0c57b9", "d5f97d0350681fb8110d771d1a13727f"),
        ("naïve", "bfe4b52ca21163798a2a7dafc73ad021", "bfe4b52ca21163798a2a7dafc73ad021"),
        ("", "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"),
    ],
)
def test_digests_of_the_specification(password: str, exact: str, lower: str) -> None:
    assert digest(password) == exact
    assert digest(password.lower()) == lower


async def test_ping_is_answered_before_login(demo: OktellDemo) -> None:
    async with raw_client(demo) as one:
        assert one.socket.subprotocol == "json"
        await one.socket.send('["ping",{"qid":"0.84442"}]')
        assert json.loads(await one.text()) == ["pong", {"qid": "0.84442"}]


async def test_nothing_but_ping_before_login(demo: OktellDemo) -> None:
    async with raw_client(demo) as one:
        assert (await one.ask("getextendedlineinfo"))["result"] == 0


@pytest.mark.parametrize("login", ["operator", "u102", "u125"])
async def test_every_user_logs_in_with_the_same_password(demo: OktellDemo, login: str) -> None:
    async with raw_client(demo, login) as one:
        reply = await one.log_in("demo")
        assert reply["result"] == 1
        user = demo.desk.directory.user(login)
        assert user is not None
        assert reply["userid"] == user.id


@pytest.mark.parametrize(
    "body",
    [
        {"userlogin": "operator", "Password": digest("wrong"), "password": digest("wrong")},
        {"userlogin": "operator", "Password": digest("demo"), "password": digest("wrong")},
        {"userlogin": "nobody", "Password": digest("demo"), "password": digest("demo")},
        {"userlogin": "101", "Password": digest("demo"), "password": digest("demo")},
        {"userlogin": "operator"},
    ],
)
async def test_wrong_password_or_login(demo: OktellDemo, body: dict[str, object]) -> None:
    async with raw_client(demo) as one:
        reply = await one.ask("login", **body)
        assert reply["result"] == 0
        assert reply["errormsg"] == "Wrong login/pass combination"
        assert (await one.ask("getversion"))["result"] == 0


async def test_stored_session_until_logout(demo: OktellDemo) -> None:
    async with raw_client(demo) as one:
        session = (await one.log_in("demo"))["sessionid"]
    async with raw_client(demo, "u102") as other:
        stolen = await other.ask("login", userlogin="u102", sessionid=session)
        assert stolen["errormsg"] == "Bad request. Invalid session user"
    async with raw_client(demo) as again:
        assert (await again.ask("login", userlogin="operator", sessionid=session))["result"] == 1
    async with raw_client(demo) as last:
        await last.ask("login", userlogin="operator", sessionid=session)
        new = (await last.log_in("demo"))["sessionid"]
        assert (await last.ask("logout"))["result"] == 1
        with pytest.raises(ConnectionClosed):
            await last.text()
    async with raw_client(demo) as late:
        refused = await late.ask("login", userlogin="operator", sessionid=new)
        assert refused["errormsg"] == "Bad request. Session does not exist"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("desktop", "error", 50093),
        ("licence", "error", 50025),
        ("service", "errormsg", "Service not available"),
    ],
)
async def test_login_errors_on_order(demo: OktellDemo, kind: str, field: str, value: object) -> None:
    assert (await demo.direct(f"login-error {kind}"))["ok"]
    async with raw_client(demo) as one:
        reply = await one.log_in("demo")
        assert reply["result"] == 0
        assert reply[field] == value
        await demo.direct("login-error off")
        assert (await one.log_in("demo"))["result"] == 1


async def test_boot_requests(operator: PbxClient) -> None:
    version = (await operator.ask("getversion", showalloweddbstoredprocs=1))["version"]
    assert isinstance(version, dict)
    assert version["dated"] >= 150416
    assert version["build"].endswith(str(version["dated"]))
    me = await operator.ask("getmyuserinfo")
    assert (me["mainpbxnumber"], me["hasline"], me["isoperator"]) == ("101", True, True)
    reasons = (await operator.ask("cc_getlunchtypes"))["items"]
    assert isinstance(reasons, list)
    assert [one["id"] for one in reasons] == [1, 2, 3, 4]
    state = await operator.ask("getuserstate")
    assert (state["userstateid"], state["oncallcenter"], state["onlunch"]) == (1, False, False)
    assert (await operator.ask("getredirectrules"))["redirectrules"] == []
    assert (await operator.ask("getcurrentqueue"))["queue"] == []


async def test_directory_comes_in_parts(operator: PbxClient) -> None:
    numbers = (await operator.ask("getpbxnumbers", mode="full"))["numbers"]
    assert operator.parts > 1
    users = (await operator.ask("getallusernumbers", fillsubordinates=True))["users"]
    links = (await operator.ask("getalluserphotolink", mode="page"))["links"]
    assert isinstance(numbers, list)
    assert isinstance(users, list)
    assert isinstance(links, list)
    assert [one["number"] for one in numbers][:25] == [str(number) for number in range(101, 126)]
    assert {one["main"] for one in users} < {one["number"] for one in numbers}
    assert {one["id"] for one in links} < {one["id"] for one in users}
    assert [one["sub"] for one in users].count(True) == 8


async def test_ten_thousand_users() -> None:
    async with OktellDemo(OktellOptions(users=10_000)) as demo, client(demo, "u10100") as last:
        users = (await last.ask("getallusernumbers"))["users"]
        assert isinstance(users, list)
        assert len(users) == 10_000
        assert last.parts > 100


async def test_same_seed_same_company() -> None:
    async with OktellDemo(OktellOptions(seed=7)) as one, OktellDemo(OktellOptions(seed=7)) as other:
        assert one.desk.directory.users == other.desk.directory.users
        async with OktellDemo(OktellOptions(seed=8)) as third:
            assert third.desk.directory.users != one.desk.directory.users


async def test_events_only_to_those_who_subscribed(demo: OktellDemo) -> None:
    async with client(demo, "operator", "phoneevent_ringstarted") as one, client(demo, "u102") as other:
        await demo.direct("ring 101 79161234567")
        assert await one.told() == ["phoneevent_ringstarted"]
        assert await other.told() == []


async def test_group_of_events(demo: OktellDemo) -> None:
    async with client(demo, "operator", "dlgcard") as one:
        demo.desk.tell(demo.desk.directory.operator, "dlgcard_closeall", {})
        assert await one.told() == ["dlgcard_closeall"]


async def test_unknown_method_and_foreign_login_are_refused(operator: PbxClient) -> None:
    assert (await operator.ask("makecoffee"))["result"] == 0
    assert (await operator.ask("getuserstate", userlogin="u102"))["result"] == 0
    assert (await operator.ask("getuserstate", userlogin="operator"))["result"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "5",
        "[]",
        '[5,{"qid":"q"}]',
        '["ping",5]',
        "[" * 100_000,
        '["pbxautocallstart",{"number":{"a":[1]},"sequence":[]}]',
        '["createnewconference",{"conference":5,"competitors":[1,{}]}]',
        '["triggercustomevent",{"recipients":5}]',
        '["saveredirectrules",{"redirectrule":{"id":[],"destinationnumber":"\\ud800"}}]',
        '["setuserstate",{"userstateid":[1],"lunchreasonid":{}}]',
        '["getpbxcalljournal",{"filter":"x"}]',
        '["subscribeevent",{"qid":"\\udfff","eventmethod":[1,null,{}]}]',
    ],
)
async def test_strange_requests_do_no_harm(operator: PbxClient, text: str) -> None:
    await operator.socket.send(text)
    assert (await operator.ask("getuserstate"))["result"] == 1


async def test_password_can_be_changed(demo: OktellDemo, operator: PbxClient) -> None:
    wrong = await operator.ask("changepassword", newpwdmd5=digest("New1"), oldpwdmd5=digest("bad"))
    assert (wrong["result"], wrong["errormsg"]) == (0, "old password is wrong")
    assert (await operator.ask("changepassword", newpwdmd5=digest("New1"), oldpwdmd5=digest("demo")))["result"] == 1
    async with raw_client(demo) as one:
        assert (await one.log_in("demo"))["result"] == 0
        assert (await one.log_in("New1"))["result"] == 1
