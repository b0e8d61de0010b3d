"""What lasts: the journal of calls, contacts, and who is behind a number."""
