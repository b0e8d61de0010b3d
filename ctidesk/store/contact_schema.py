"""The file of the contacts: everything in it can be read anew from where it came, but the operator's own entries.

A migration that has been released is never changed; a change is a further one.
"""

from __future__ import annotations

CONTACTS = (
    (
        # A file is read into a new generation, which is shown when it is complete.
        """
        CREATE TABLE sources (
            name TEXT PRIMARY KEY,
            generation INTEGER NOT NULL,
            mark TEXT NOT NULL,
            contacts INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE contacts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL,
            generation INTEGER NOT NULL,
            key TEXT NOT NULL,
            name TEXT NOT NULL,
            company TEXT NOT NULL,
            title TEXT NOT NULL,
            email TEXT NOT NULL,
            note TEXT NOT NULL,
            search_words TEXT NOT NULL,
            search_digits TEXT NOT NULL
        )
        """,
        "CREATE INDEX contacts_by_source ON contacts (source, generation)",
        """
        CREATE TABLE contact_numbers (
            contact INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            number TEXT NOT NULL,
            label TEXT NOT NULL,
            party TEXT NOT NULL,
            PRIMARY KEY (contact, place)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX contact_numbers_by_party ON contact_numbers (party)",
        """
        CREATE VIRTUAL TABLE contact_words USING fts5 (
            search_words, content = 'contacts', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 0",
            prefix = '1 2 3', columnsize = 0
        )
        """,
        """
        CREATE VIRTUAL TABLE contact_digits USING fts5 (
            search_digits, content = 'contacts', content_rowid = 'id', tokenize = 'trigram', columnsize = 0
        )
        """,
        """
        CREATE TRIGGER contacts_inserted AFTER INSERT ON contacts BEGIN
            INSERT INTO contact_words (rowid, search_words) VALUES (new.id, new.search_words);
            INSERT INTO contact_digits (rowid, search_digits) VALUES (new.id, new.search_digits);
        END
        """,
        """
        CREATE TRIGGER contacts_deleted AFTER DELETE ON contacts BEGIN
            INSERT INTO contact_words (contact_words, rowid, search_words)
            VALUES ('delete', old.id, old.search_words);
            INSERT INTO contact_digits (contact_digits, rowid, search_digits)
            VALUES ('delete', old.id, old.search_digits);
        END
        """,
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
)
"""The migrations of the contacts' file."""
