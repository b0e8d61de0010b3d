"""Contacts in the windows: where they are from, and how a file of them is read."""
