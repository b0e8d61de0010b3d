"""The application's style sheet, made from the template `resources/style/ctidesk.qss`.

In the template `{accent}` is a token, `{32}` a length of look.md multiplied by the text scale, and `{32-4}` the
same less a fixed number of px (the borders, which do not grow: so a focused field keeps its outer size). `{18+20}`
adds px that do not grow. `{10+4/2}` is half of that: Qt draws a corner square whose radius is more than half a side.
"""

import re
from functools import cache

from ctidesk.ui.theme.resources import resource_folder
from ctidesk.ui.theme.tokens import Scheme, Tokens

_LENGTH = re.compile(r"\{(\d+)([+-]\d+)?(/2)?\}")
_WORD = re.compile(r"\{(\w+)\}")


def style_sheet(tokens: Tokens, scheme: Scheme, factor: float) -> str:
    """Fill the template in. `factor` is the size of the application font relative to 13 px."""

    def length(match: re.Match[str]) -> str:
        whole = round(int(match[1]) * factor) + int(match[2] or 0)
        return str(whole // 2 if match[3] else whole)

    words = tokens.names() | {
        "theme": scheme,
        "controls": (resource_folder() / "controls").as_posix(),
    }
    return _WORD.sub(lambda match: words[match[1]], _LENGTH.sub(length, _template()))


@cache
def _template() -> str:
    return (resource_folder() / "style" / "ctidesk.qss").read_text(encoding="utf-8")
