"""`python -m ctidesk`: the same as `ctidesk`."""

from __future__ import annotations

import sys

from ctidesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
