"""`python -m beatpass_desktop`."""

from __future__ import annotations

import sys

from beatpass_desktop.cli import main

sys.exit(main())
