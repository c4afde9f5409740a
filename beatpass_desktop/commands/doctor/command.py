"""Check the surroundings, the keychain, the stored data and every endpoint, and report."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from beatpass_desktop.options import Options

if TYPE_CHECKING:
    from beatpass_desktop.system.keychain import Keychain


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this command has."""
    parser.add_argument("--json", action="store_true", help="print a JSON document")


def run(
    options: Options,
    found: argparse.Namespace,
    keychain: Callable[[], Keychain] | None = None,
) -> int:
    """Print the report; return 0, or 1 with what is wrong on standard error.

    `keychain` makes another keychain than that of the operating system.
    """
    # Other commands do without the network side.
    from beatpass_desktop.commands.doctor.examination import Examination
    from beatpass_desktop.commands.doctor.report import without
    from beatpass_desktop.system.keychain import Keychain

    examination = Examination(options, keychain or Keychain)
    report = asyncio.run(examination.report())
    secrets = (options.token, examination.token)
    if found.json:
        print(json.dumps(without(report.document(), secrets), indent=1))
    else:
        print(_printable(without(report.text(with_signs=_has_signs()), secrets)))
    for problem in report.problems:
        print(_printable(f"beatpass-desktop: {without(problem, secrets)}"), file=sys.stderr)
    return 1 if report.problems else 0


def _has_signs() -> bool:
    """Whether standard output can show the signs."""
    try:
        "✓✗–─".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _printable(text: str) -> str:
    """Text with what standard output cannot show replaced."""
    encoding = sys.stdout.encoding or "ascii"
    return text.encode(encoding, "replace").decode(encoding)
