"""Why does it not connect? (command-line.md, "`ctidesk probe`"; ux.md, "Settings dialog")

`course` tries a connection step by step, for the settings dialog and for the command, which prints the steps.
"""
