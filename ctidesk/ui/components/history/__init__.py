"""The calls that were: the list in the panel, its search, notes and files."""
