"""What the web phone could not do."""

from __future__ import annotations

from enum import Enum


class Problem(Enum):
    """Why; the words for the operator are chosen by it (`messages`)."""

    NOT_CONNECTED = "not connected"
    UNREACHABLE = "the server cannot be reached"
    BAD_ADDRESS = "the address is missing or wrong"
    BAD_CERTIFICATE = "the server's certificate is not trusted"
    NO_SECURE_CONNECTION = "no secure connection could be made"
    NOT_VERTO = "this port does not speak Verto"
    NOT_LET_IN = "the server does not let this computer in"
    WRONG_LOGIN = "login or password refused"
    NOT_PERMITTED = "the account may not use the web phone"
    OPENED_ELSEWHERE = "the web phone was opened elsewhere"
    CONNECTION_LOST = "the connection was lost"
    NO_LIBRARY = "a library is missing"
    NO_MICROPHONE = "there is no microphone"
    NO_NUMBER = "there is no number"
    NO_CODEC = "the two sides have no common way to send sound"
    NO_SOUND = "no connection for the sound"
    NO_REPLY = "no reply in time"
    NOT_POSSIBLE = "not possible in this state of the call"
    REFUSED = "the server refused"
    DEFECT = "a defect in this program"


STOPPING = frozenset(
    {
        Problem.BAD_ADDRESS,
        Problem.BAD_CERTIFICATE,
        Problem.NOT_VERTO,
        Problem.NOT_LET_IN,
        Problem.WRONG_LOGIN,
        Problem.NOT_PERMITTED,
        Problem.OPENED_ELSEWHERE,
        Problem.NO_LIBRARY,
        Problem.DEFECT,
    }
)
"""Those that another attempt cannot mend ("1.8 Reconnection")."""


class VertoError(Exception):
    """A command or an attempt that failed.

    Attributes:
        problem: why; raw: the server's own words, data of the server; code: its number, 0 for none.
    """

    def __init__(self, problem: Problem, raw: str = "", code: int = 0) -> None:
        super().__init__(f"{problem.value}: {raw}" if raw else problem.value)
        self.problem = problem
        self.raw = raw
        self.code = code
