"""Removing secrets from a message before anybody sees it.

A message that is JSON is masked by the names of its members. Anything else (a broken frame, free text, a frame
too long to take apart) is masked by patterns, which in doubt take away more than they had to.
"""

import json
import re
from functools import lru_cache
from typing import TypeAlias

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"

MASK = "***"

_SHOWN_LIMIT = 16 * 2**10  # characters of a masked message that are kept
_PARSED_LIMIT = 2**17  # longer messages are not parsed: it would be felt in the window
_MARGIN = 4 * 2**10  # characters looked at beyond the shown ones, so that the cut hides no end of a pattern

# Names are compared without case and punctuation: X-Access-Token is xaccesstoken.
_SECRET_NAMES = frozenset(
    {
        "pass",
        "session",  # webitel-protocol.md, "3.3 auth reply"
        "sessionid",  # oktell-protocol.md, "2.3 Request and reply"
        "oktellsessionid",
        "vertosessionid",
        "crypto",  # SDP; verto-protocol.md, "9. Security"
    }
)
_SECRET_ENDINGS = (
    "password",  # covers Oktell's two spellings, vm-password, sip_auth_password
    "passwd",
    "passw",
    "passphrase",
    "temppass",
    "sippass",
    "pwd",  # covers newpwd and SDP's ice-pwd
    "pwdmd5",
    "secret",
    "token",
    "sessid",
    "apikey",
    "xkey",  # webitel-protocol.md, "10.1 Link by command"
    "authorization",
    "authresponse",
    "cookie",
    "a1hash",
)
# Members that hold a secret only beside certain others. Where the others cannot be seen they count as secret.
_SOMETIMES_SECRET_NAMES = frozenset({"key", "code", "param", "value", "content", "variables"})

# Every pattern takes linear time: a run of like characters is entered at its start only, hence the look-behinds.
_QUOTED_NAME = re.compile(r"""(?<!\\)(\\*)(["'])((?:[^"'\\]|\\+u[0-9a-fA-F]{4}){1,100})\1\2\s*:\s*""")
_BARE_NAME = re.compile(r"(?<![\w.-])([\w.-]+)\s*([=:])[^\S\r\n]*")
_BARE_VALUE = {
    "=": re.compile(r'"[^"\r\n]*"?|[^&\r\n"<>]*'),  # a URL's query, a "name=value" parameter
    ":": re.compile(r"[^\r\n]*"),  # a header, a line of SDP
}
_LITERAL = re.compile(r"[-+.\w]+")
_UNICODE_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})")
_USER_INFO = re.compile(r"://[^\s/\"']*@")
_CUT_USER_INFO = re.compile(r"://[^\s/\"':]*:[^\s/\"']*\Z")
_VERTO_DEVICE = re.compile(r"\bu:[0-9a-f]{8}-[0-9a-f-]*", re.IGNORECASE)  # holds the Verto session id
_ASSIGNMENT = re.compile(r"\s*([\w.-]+)\s*=", re.ASCII)


def mask(text: str) -> str:
    """Replace every secret in a message by `***`, and cut the message to 16 K characters.

    Masked are, at any depth and also in JSON inside strings: members with a secret's name, parameters of a URL's
    query, user names and passwords in URLs, keys in SDP, and the places where Webitel's commands carry a
    password under a harmless name. The names come from the three protocol specs. A JSON message comes back
    without its superfluous white space.
    """
    masked = _mask_json(text) if len(text) <= _PARSED_LIMIT else None
    if masked is None:
        masked = _mask_text(text[: _SHOWN_LIMIT + _MARGIN], broken=_looks_like_json(text))
    if len(text) > _SHOWN_LIMIT or len(masked) > _SHOWN_LIMIT:
        masked = f"{masked[:_SHOWN_LIMIT]}… ({len(text)} characters)"
    # JSON can spell half a surrogate pair, which no file could store.
    return masked.encode(errors="backslashreplace").decode()


def is_secret_name(name: str) -> bool:
    """Whether a member, parameter or header of this name holds a secret."""
    plain = _plain(name)
    return plain in _SECRET_NAMES or plain.endswith(_SECRET_ENDINGS)


def _mask_json(text: str) -> str | None:
    """Mask a JSON text; None when it is none."""
    try:
        value: JSON = json.loads(text)
        return json.dumps(mask_value(value), ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        return None


def mask_value(value: JSON) -> JSON:
    """Replace every secret in a JSON value by `***`, as `mask` does in a text; nothing is cut."""
    match value:
        case dict():
            return _mask_object(value)
        case list():
            return [mask_value(item) for item in value]
        case str():
            return _mask_string(value)
        case _:
            return value


def _mask_object(members: dict[str, JSON]) -> JSON:
    """Mask one object. Its keys are data as well: a server may send anything there."""
    names_a_secret = any(
        isinstance(name := members.get(member), str) and is_secret_name(name) for member in ("param", "name")
    )
    has_token = any(_plain(name).endswith(("token", "secret")) for name in members)
    masked: dict[str, JSON] = {}
    for name, value in members.items():
        plain, shown = _plain(name), _mask_string(name)
        if value is None:
            masked[shown] = None
        elif (
            is_secret_name(name)
            or (plain == "value" and names_a_secret)  # webitel-protocol.md, "8.6", and gateway parameters
            or (plain == "key" and has_token)  # webitel-protocol.md, "3.2 auth arguments"
            or (plain == "content" and "packetcount" in members)  # a piece of base64; oktell-protocol.md, "1.6"
            or (plain == "variables" and isinstance(value, dict) and value)  # verto-protocol.md, "9. Security"
        ):
            masked[shown] = MASK
        elif plain == "execargs" and members.get("exec-func") == "auth" and isinstance(value, dict):
            masked[shown] = {key: item if key == "account" else MASK for key, item in value.items()}
        elif plain == "param" and isinstance(value, str):
            masked[shown] = _mask_new_account(value)
        else:
            masked[shown] = mask_value(value)
    return masked


def _mask_new_account(parameter: str) -> str:
    """Mask `login:password@domain` (webitel-protocol.md, "8.5 Creating an account")."""
    login, colon, rest = parameter.partition(":")
    if not colon:
        return _mask_string(parameter)
    _, at_sign, domain = rest.rpartition("@")
    return f"{login}:{MASK}{at_sign}{domain if at_sign else ''}"


def _mask_string(text: str) -> str:
    if "=" not in text and ":" not in text and "\\" not in text:
        return text  # nothing in it is a name with a value
    looks_like_json = _looks_like_json(text)
    if looks_like_json and (masked := _mask_json(text)) is not None:
        return masked
    # A parameter list's "vm-password=a&b": nothing in it ends the value.
    assignment = _ASSIGNMENT.match(text)
    if assignment is not None and is_secret_name(assignment[1]):
        return assignment[0] + MASK
    return _mask_text(text, broken=looks_like_json)


def _looks_like_json(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[", '"')


def _mask_text(text: str, *, broken: bool) -> str:
    """Mask by patterns.

    Args:
        broken: the text is a frame, or a piece of one, that cannot be parsed.
    """
    text = _mask_quoted_names(text, broken=broken)
    text = _mask_bare_names(text, broken=broken)
    text = _USER_INFO.sub(f"://{MASK}@", text)
    if broken:
        text = _CUT_USER_INFO.sub(f"://{MASK}", text)
    return _VERTO_DEVICE.sub(f"u:{MASK}", text)


def _mask_quoted_names(text: str, *, broken: bool) -> str:
    """Mask `"name": value`, also where the quotes are escaped because it stands inside a string."""
    pieces = []
    done = 0
    while (found := _QUOTED_NAME.search(text, done)) is not None:
        name = _UNICODE_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found[3])
        pieces.append(text[done : found.end()])
        done = found.end()
        if is_secret_name(name) or (broken and _plain(name) in _SOMETIMES_SECRET_NAMES):
            quote = found[1] + found[2]
            done = _end_of_value(text, done, found[1], found[2])
            pieces.append(quote + MASK + quote)
    pieces.append(text[done:])
    return "".join(pieces)


def _end_of_value(text: str, start: int, escape: str, quote: str) -> int:
    """Find where a value ends; where that is not sure, it is the end of the text.

    Args:
        escape: the backslashes before each quote at this depth of strings in strings.
        quote: the quote character.
    """
    if text.startswith(escape + quote, start):
        # Inside the value every backslash and quote is escaped once more, so that a quote belongs to the value
        # unless the backslashes before it are, but for whole escaped ones, just those of this depth.
        period = 2 * (len(escape) + 1)
        for end in re.compile(rf"(?<!\\)(\\*){quote}").finditer(text, start + len(escape) + 1):
            if len(end[1]) % period == len(escape):
                return end.end()
        return len(text)
    literal = _LITERAL.match(text, start)
    return len(text) if literal is None else literal.end()


def _mask_bare_names(text: str, *, broken: bool) -> str:
    """Mask `name=value` and `name: value`; in a broken frame, where the value's end is not known, the whole line."""
    pieces = []
    done = 0
    while (found := _BARE_NAME.search(text, done)) is not None:
        pieces.append(text[done : found.end()])
        done = found.end()
        if is_secret_name(found[1]):
            value = _BARE_VALUE[":" if broken else found[2]].match(text, done)
            if value is not None and value[0]:
                pieces.append(MASK)
                done = value.end()
    pieces.append(text[done:])
    return "".join(pieces)


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())
