"""The journal's file: its tables, and the steps from version to version.

A migration that has been released is never changed; a change is a further one.
"""

from __future__ import annotations

CALLS = (
    # The key is the start of the call in microseconds of UTC, moved on by one where that is taken: the order of keys is
    # the order in time, also in the search tables, which can give it without sorting.
    """
    CREATE TABLE calls (
        row INTEGER PRIMARY KEY,
        record_id TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL,
        call_id TEXT NOT NULL,
        account TEXT NOT NULL,
        direction TEXT NOT NULL,
        outcome TEXT NOT NULL,
        started INTEGER NOT NULL,
        connected INTEGER,
        ended INTEGER,
        updated INTEGER NOT NULL,
        ring REAL NOT NULL,
        talk REAL NOT NULL,
        hold REAL NOT NULL,
        device_number TEXT NOT NULL,
        caller_number TEXT NOT NULL,
        called_number TEXT NOT NULL,
        caller_name TEXT NOT NULL,
        called_name TEXT NOT NULL,
        redirecting_number TEXT NOT NULL,
        transferred_to TEXT NOT NULL,
        transferred_name TEXT NOT NULL,
        parent_id TEXT,
        line TEXT NOT NULL,
        queue TEXT NOT NULL,
        ivr TEXT NOT NULL,
        comment TEXT NOT NULL,
        cause TEXT NOT NULL,
        recording_id TEXT NOT NULL,
        party TEXT NOT NULL,
        contact_name TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        disposition TEXT NOT NULL DEFAULT '',
        seen INTEGER NOT NULL DEFAULT 0,
        called_back INTEGER,
        told INTEGER NOT NULL DEFAULT 0,
        search_words TEXT NOT NULL DEFAULT '',
        search_digits TEXT NOT NULL DEFAULT ''
    )
    """,
    # Each index ends with the key, so that the newest calls come first without sorting.
    "CREATE INDEX calls_ongoing ON calls (outcome) WHERE outcome = 'ongoing'",
    "CREATE INDEX calls_missed ON calls (row) WHERE outcome IN ('missed', 'answered elsewhere')",
    "CREATE INDEX calls_by_direction ON calls (direction)",
    "CREATE INDEX calls_by_party ON calls (party)",
    "CREATE INDEX calls_by_call_id ON calls (call_id)",
    "CREATE INDEX calls_not_seen ON calls (seen) WHERE seen = 0 AND outcome = 'missed'",
    "CREATE INDEX calls_not_called_back ON calls (party) WHERE called_back IS NULL AND outcome = 'missed'",
    # A call that went on while this program was restarted comes back with another id.
    """
    CREATE TABLE continued_calls (
        record_id TEXT PRIMARY KEY,
        kept_record_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        talk REAL NOT NULL,
        hold REAL NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE VIRTUAL TABLE call_words USING fts5 (
        search_words, content = 'calls', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 0",
        prefix = '1 2 3', columnsize = 0
    )
    """,
    """
    CREATE VIRTUAL TABLE call_digits USING fts5 (
        search_digits, content = 'calls', content_rowid = 'row', tokenize = 'trigram', columnsize = 0
    )
    """,
    """
    CREATE TRIGGER calls_inserted AFTER INSERT ON calls BEGIN
        INSERT INTO call_words (rowid, search_words) VALUES (new.row, new.search_words);
        INSERT INTO call_digits (rowid, search_digits) VALUES (new.row, new.search_digits);
    END
    """,
    """
    CREATE TRIGGER calls_words_updated AFTER UPDATE OF search_words ON calls
    WHEN old.search_words <> new.search_words BEGIN
        INSERT INTO call_words (call_words, rowid, search_words) VALUES ('delete', old.row, old.search_words);
        INSERT INTO call_words (rowid, search_words) VALUES (new.row, new.search_words);
    END
    """,
    """
    CREATE TRIGGER calls_digits_updated AFTER UPDATE OF search_digits ON calls
    WHEN old.search_digits <> new.search_digits BEGIN
        INSERT INTO call_digits (call_digits, rowid, search_digits) VALUES ('delete', old.row, old.search_digits);
        INSERT INTO call_digits (rowid, search_digits) VALUES (new.row, new.search_digits);
    END
    """,
    """
    CREATE TRIGGER calls_deleted AFTER DELETE ON calls BEGIN
        INSERT INTO call_words (call_words, rowid, search_words) VALUES ('delete', old.row, old.search_words);
        INSERT INTO call_digits (call_digits, rowid, search_digits) VALUES ('delete', old.row, old.search_digits);
    END
    """,
)

OUTBOX = (
    # AUTOINCREMENT: the number of an event that was delivered is never given to another one.
    """
    CREATE TABLE outbox (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        receiver TEXT NOT NULL,
        event_id TEXT NOT NULL,
        body BLOB NOT NULL,
        refused TEXT,
        UNIQUE (receiver, event_id)
    )
    """,
    "CREATE INDEX outbox_waiting ON outbox (receiver, number) WHERE refused IS NULL",
)

FACTS = ("CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",)
"""What is known of the file as a whole: the number plan that its parties were read by."""

SHORT_NUMBERS = ("CREATE INDEX calls_short_numbers ON calls (row, search_digits)",)
"""One or two digits are less than the index of numbers holds: all numbers are looked through, but nothing else."""

JOURNAL = ((*CALLS, *OUTBOX), FACTS, SHORT_NUMBERS)
"""The migrations of the journal's file."""
