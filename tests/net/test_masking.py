"""No secret survives masking, and nothing else is lost."""

import json
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctidesk.net.masking import is_secret_name, mask

SECRET_NAMES = [
    "password", "Password", "PASSWORD", "passwd", "passw", "sessionid", "___oktellsessionid", "temppass", "sippass",
    "newpwd", "newpwdmd5", "oldpwdmd5", "secret", "token", "access_token", "x_key", "X-Access-Token", "vm-password",
    "sessid", "session", "ice-pwd", "Authorization", "Cookie", "variable_sip_auth_password",
]  # fmt: skip
HARMLESS_NAMES = [
    "qid", "userlogin", "exec-uuid", "account", "key", "code", "value", "content", "param", "callID", "author",
    "idchain", "passive", "cc_member_session_uuid", "keepSession", "tokens_left",
]  # fmt: skip


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_secret_names(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", HARMLESS_NAMES)
def test_harmless_names(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            '["login",{"qid":"0.5","userlogin":"anna","Password":"d6cb","password":"e52d","showid":1}]',
            '["login",{"qid":"0.5","userlogin":"anna","Password":"***","password":"***","showid":1}]',
        ),
        (
            '["login",{"result":1,"userid":"5","sessionid":"9","sippass":"1","sipuser":"a"}]',
            '["login",{"result":1,"userid":"5","sessionid":"***","sippass":"***","sipuser":"a"}]',
        ),
        (
            '["multipart",{"message-id":"m1","packetcount":2,"packetnumber":0,"content":"WyJ4"}]',
            '["multipart",{"message-id":"m1","packetcount":2,"packetnumber":0,"content":"***"}]',
        ),
        (
            '{"exec-uuid":"1","exec-func":"auth","exec-args":{"account":"100@a","secret":"x","key":"k","code":"12"}}',
            '{"exec-uuid":"1","exec-func":"auth","exec-args":{"account":"100@a","secret":"***","key":"***","code":"***"}}',
        ),
        (
            '{"exec-func":"api account create","exec-args":{"role":"user","param":"105:p@w@crm.test"}}',
            '{"exec-func":"api account create","exec-args":{"role":"user","param":"105:***@crm.test"}}',
        ),
        ('{"param":"105@crm.test"}', '{"param":"105@crm.test"}'),
        (
            '{"exec-func":"api account change","exec-args":{"value":"n3w","user":"105@a","param":"vm-password"}}',
            '{"exec-func":"api account change","exec-args":{"value":"***","user":"105@a","param":"vm-password"}}',
        ),
        ('{"param":"role","value":"user"}', '{"param":"role","value":"user"}'),
        ('{"parameters":["vm-password=1&2 3","a=b"]}', '{"parameters":["vm-password=***","a=b"]}'),
        ('[{"name":"password","value":"x"},{"name":"realm","value":"y"}]',
         '[{"name":"password","value":"***"},{"name":"realm","value":"y"}]'),
        (
            '{"exec-response":"{\\"key\\":\\"k1\\",\\"token\\":\\"t1\\",\\"expires\\":1}"}',
            '{"exec-response":"{\\"key\\":\\"***\\",\\"token\\":\\"***\\",\\"expires\\":1}"}',
        ),
        (
            '{"exec-response":"http://pbx:4004/api/v2/files/a1?x_key=KEY&access_token=TOKEN&name=r"}',
            '{"exec-response":"http://pbx:4004/api/v2/files/a1?x_key=***&access_token=***&name=r"}',
        ),
        (
            '{"method":"login","params":{"login":"1","passwd":"p","sessid":"6f1c2d3e"}}',
            '{"method":"login","params":{"login":"1","passwd":"***","sessid":"***"}}',
        ),
        ('{"callID":"1","variables":{"a":"b"}}', '{"callID":"1","variables":"***"}'),
        ('{"callID":"1","variables":{}}', '{"callID":"1","variables":{}}'),
        (
            '{"sdp":"v=0\\r\\na=ice-ufrag:u\\r\\na=ice-pwd:x y\\r\\na=crypto:1 inline:K\\r\\na=mid:0\\r\\n"}',
            '{"sdp":"v=0\\r\\na=ice-ufrag:u\\r\\na=ice-pwd:***\\r\\na=crypto:***\\r\\na=mid:0\\r\\n"}',
        ),
        ('"user/u:6f1c2d3e-0a4b-4c5d-8e6f-7a8b9c0d1e2f@a"', '"user/u:***@a"'),
        ('{"token":null,"key":null}', '{"token":null,"key":null}'),
        ("wss://anna:pw@pbx/x", "wss://***@pbx/x"),
        ("GET /upload?temppass=P1&pathmode=absolute", "GET /upload?temppass=***&pathmode=absolute"),
        ("Authorization: Basic YTpi\r\nHost: pbx", "Authorization: ***\r\nHost: pbx"),
        ('{"password":"x","state":', '{"password":"***","state":'),
        ("{'passwd': 'x', 'a': 1}", "{'passwd': '***', 'a': 1}"),
        ('["x",{"passw\\u006frd":"x"', '["x",{"passw\\u006frd":"***"'),
        ('{"r":"{\\"secret\\":\\"a\\\\\\"b\\",\\"n\\":1}"', '{"r":"{\\"secret\\":\\"***\\",\\"n\\":1}"'),
        ("pong", "pong"),
        ("", ""),
        ('["pbxnumberstatechanged",{"numbers":[{"num":"101","numstateid":1.5}]}]',
         '["pbxnumberstatechanged",{"numbers":[{"num":"101","numstateid":1.5}]}]'),
    ],
)  # fmt: skip
def test_examples(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_long_message_is_cut() -> None:
    text = json.dumps({"numbers": list(range(20000)), "password": "S3CR3T"})
    masked = mask(text)
    assert masked.startswith('{"numbers":[0,1,2')
    assert masked.endswith(f"… ({len(text)} characters)")
    assert len(masked) < 17000


def test_a_very_long_message_is_masked_without_being_parsed() -> None:
    text = json.dumps({"secret": "S3CR3T", "param": "a:S3CR3T", "x": "y" * 2**21, "token": "S3CR3T"})
    masked = mask(text)
    assert "S3CR3T" not in masked
    assert len(masked) < 17000


def test_a_very_deep_message_is_masked() -> None:
    text = '{"a":' * 100_000 + '{"password":"S3CR3T"}' + "}" * 100_000
    assert len(mask(text)) < 17000
    assert "S3CR3T" not in mask('[{"a":' * 1500 + '{"password":"S3CR3T"}' + "}]" * 1500)


@pytest.mark.parametrize("piece", ["y", "\\", '"', "'", " ", "a ", "a:", "://", '\\"', "u:", '"a":', "[", "{", "="])
def test_no_message_takes_long(piece: str) -> None:
    """Quadratic time would let these run for minutes."""
    mask(piece * (2**20 // len(piece)))
    mask(json.dumps(piece * (100_000 // len(piece))))
    mask(f'"password":"{piece * 100_000}')


def test_half_a_surrogate_pair_can_be_stored() -> None:
    mask('{"name":"\\ud83d"}').encode()


# The planted secrets: the marker must vanish whatever stands around it.
MARKER = "S3CR3T"
around = st.text(st.characters(codec="utf-8"), max_size=6)
secrets = st.builds(lambda before, after: before + MARKER + after, around, around)
secret_names = st.sampled_from(SECRET_NAMES)
harmless_text = st.text("abcdЯё 09\\\n&.:=", max_size=8)
harmless = st.recursive(
    st.none() | st.booleans() | st.integers() | harmless_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(harmless_text, inner, max_size=3),
    max_leaves=6,
)
carriers = st.one_of(
    st.builds(lambda name, secret: {name: secret}, secret_names, secrets),
    st.builds(lambda name, secret: {name: [secret, {"x": secret}]}, secret_names, secrets),
    st.builds(lambda secret: {"param": "password", "value": secret}, secrets),
    st.builds(lambda secret: {"value": secret, "name": "vm-password"}, secrets),
    st.builds(lambda secret: {"key": secret, "token": secret}, secrets),
    st.builds(lambda secret: {"param": f"105:{secret}@crm.test"}, secrets.filter(lambda text: "@" not in text)),
    st.builds(lambda name, secret: [f"{name}={secret}"], secret_names, secrets),
    st.builds(lambda name, secret: f"http://pbx/?a=b&{name}={quote(secret)}&c=d", secret_names, secrets),
    st.builds(lambda secret: f"wss://anna:{quote(secret, safe='')}@pbx/", secrets),
)
wrapped = st.recursive(
    carriers,
    lambda inner: st.one_of(
        st.builds(lambda value, other: [other, value], inner, harmless),
        st.builds(lambda value, other: {"a": other, "body": value, "z": other}, inner, harmless),
        st.builds(lambda value: {"exec-response": json.dumps(value)}, inner),
        st.builds(lambda value: json.dumps(value, ensure_ascii=False, indent=1), inner),
    ),
    max_leaves=4,
)


@given(wrapped, st.booleans())
def test_a_planted_secret_never_survives(value: object, ascii_only: bool) -> None:
    masked = mask(json.dumps(value, ensure_ascii=ascii_only))
    assert MARKER not in masked
    json.loads(masked)


@given(wrapped, st.data())
@example([{"password": MARKER}], None)
def test_a_planted_secret_never_survives_in_a_broken_frame(value: object, data: st.DataObject | None) -> None:
    text = json.dumps(value)
    end = len(text) - 1 if data is None else data.draw(st.integers(0, len(text)))
    assert MARKER not in mask(text[:end])


@given(harmless)
def test_harmless_json_stays_as_it_is(value: object) -> None:
    assert json.loads(mask(json.dumps(value))) == value


@given(st.text())
def test_any_text_can_be_masked(text: str) -> None:
    mask(text).encode()
