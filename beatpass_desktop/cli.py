"""The command line."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.options import BASE_URL, Options

_COMMANDS = frozenset({"doctor", "export"})
_PROFILE = r"[a-z][a-z0-9-]{0,40}"


class _Parser(argparse.ArgumentParser):
    """Ends with 2 and one sentence when the words of the call are off."""

    def error(self, message: str) -> NoReturn:
        print(f"beatpass-desktop: {message}", file=sys.stderr)
        raise SystemExit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 done, 1 failed, 2 wrong usage."""
    os.umask(0o077)
    # Thousands of objects are made before the first paint and none of them is garbage.
    gc.disable()
    words = sys.argv[1:] if arguments is None else arguments
    if not _COMMANDS.isdisjoint(words) and not _has_link(words):
        from beatpass_desktop.commands import command_line

        parser = _parser()
        found = command_line.parse(parser, words, _add_shared)
        if found.command is not None:
            gc.enable()
            return command_line.run(_options(parser, found), found)
    options = parse(words)
    from beatpass_desktop.store_key import begin

    key = begin(options)
    from beatpass_desktop import binding

    binding.load()
    from beatpass_desktop.starting import run

    return run(options, key=key)


def parse(arguments: Sequence[str]) -> Options:
    """The options of a call. Raises SystemExit for wrong usage, `--help` and `--version`."""
    parser = _parser()
    parser.add_argument(
        "link",
        nargs="?",
        metavar="LINK",
        help="a link to the page to begin with, such as beatpass://page/tracks",
    )
    found = parser.parse_args(arguments)
    if found.link is not None:
        if found.page is not None:
            parser.error("a link and --page do not go together")
        found.page = _page_of_link(parser, found.link)
    if found.version:
        _print_version()
        raise SystemExit(0)
    return _options(parser, found)


def _options(parser: argparse.ArgumentParser, found: argparse.Namespace) -> Options:
    if found.sandbox is not None and found.base_url != BASE_URL:
        parser.error("--sandbox and --base-url do not go together")
    if found.sandbox is not None and not re.fullmatch(_PROFILE, found.sandbox):
        parser.error(f"--sandbox: {found.sandbox!r} is not a profile name")
    return Options(
        base_url=_base_url(parser, found.base_url),
        sandbox=found.sandbox or "",
        token=os.environ.pop("BEATPASS_TOKEN", "").strip(),
        data_dir=found.data_dir,
        offline=found.offline,
        page=None if found.page is None else Page(found.page),
        tour=found.tour,
        theme=found.theme or "",
        size=found.size,
        quit_after_first_paint=found.quit_after_first_paint,
    )


def _add_shared(parser: argparse.ArgumentParser, **defaults: Any) -> None:
    """Add the options that a run and the subcommands have in common."""
    add = parser.add_argument
    add(
        "--sandbox",
        nargs="?",
        const="established",
        metavar="PROFILE",
        help="use simulated data from a local server (default profile: established)",
        **defaults,
    )
    add(
        "--base-url",
        metavar="URL",
        help="https, or http on this computer only",
        **({"default": BASE_URL} | defaults),
    )
    add(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help="keep everything the app writes in DIR",
        **defaults,
    )
    add("--offline", action="store_true", help="make no request; use what is stored", **defaults)


def _base_url(parser: argparse.ArgumentParser, text: str) -> str:
    if text == BASE_URL:
        return text
    from beatpass_desktop.api.origin import BadBaseUrl, check_base_url

    try:
        return check_base_url(text)
    except BadBaseUrl as error:
        parser.error(f"--base-url: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="beatpass-desktop",
        description="The BeatPass Producer Dashboard. Set BEATPASS_TOKEN to use an access token "
        "for this run only.",
        epilog="Other commands, each with its own --help: doctor looks for what is wrong, "
        "export writes what is stored to a file.",
        allow_abbrev=False,
    )
    _add_shared(parser)
    add = parser.add_argument
    add("--page", choices=[page.value for page in Page], help="the page to begin with")
    add("--tour", type=Path, metavar="DIR", help="write pictures and tour.json to DIR, then quit")
    add("--theme", choices=("dark", "light", "system"), help="the theme for this run")
    add("--size", type=_size, metavar="WxH", help="the window's size, such as 1280x832")
    add(
        "--quit-after-first-paint",
        action="store_true",
        help="quit when the first page is on the screen",
    )
    add("--version", action="store_true", help="print versions and quit")
    return parser


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1280x832")
    return int(found[1]), int(found[2])


def _has_link(words: Sequence[str]) -> bool:
    """Whether there is a link among the words: what comes with one, perhaps from a web page, is
    never taken for a command."""
    from beatpass_desktop.domain.page_links import is_link

    return any(is_link(word) for word in words)


def _page_of_link(parser: argparse.ArgumentParser, link: str) -> str:
    from beatpass_desktop.domain.page_links import BadPageLink, page_of

    try:
        return page_of(link).value
    except BadPageLink as error:
        parser.error(str(error))


def _print_version() -> None:
    import apsw
    from PySide6.QtCore import qVersion

    from beatpass_desktop.version import VERSION

    python = ".".join(str(part) for part in sys.version_info[:3])
    sqlite = apsw.sqlite_lib_version()
    print(f"beatpass-desktop {VERSION} (Qt {qVersion()}, Python {python}, SQLite {sqlite})")
