"""The subcommands, which open no window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Protocol

from beatpass_desktop.commands import export
from beatpass_desktop.commands.doctor import command as doctor
from beatpass_desktop.options import Options


class _Command(Protocol):
    """A module of this package."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what only this command has."""

    def run(self, options: Options, found: argparse.Namespace) -> int:
        """Run it and return the exit code."""


_COMMANDS: dict[str, _Command] = {"doctor": doctor, "export": export}


def parse(
    parser: argparse.ArgumentParser,
    arguments: Sequence[str],
    add_shared: Callable[..., None],
) -> argparse.Namespace:
    """What a call means; its `command` is None when it only looks like one of a subcommand.

    The options that `add_shared` adds may stand before or after the subcommand. Raises SystemExit.
    """
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in _COMMANDS.items():
        words = (command.__doc__ or "").strip()
        added = subparsers.add_parser(name, help=words, description=words, allow_abbrev=False)
        # What stands before the subcommand must not be taken back by a default after it.
        add_shared(added, default=argparse.SUPPRESS)
        command.add_arguments(added)
    return parser.parse_args(arguments)


def run(options: Options, found: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    return _COMMANDS[found.command].run(options, found)
