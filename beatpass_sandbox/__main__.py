"""Run the sandbox with ``python -m beatpass_sandbox``."""

from __future__ import annotations

import sys

from beatpass_sandbox.cli import main

if __name__ == "__main__":
    sys.exit(main())
