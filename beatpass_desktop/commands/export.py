"""Write what is stored to a file; no network is needed."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import apsw

from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.domain.track_table import TrackFilter, TrackSort
from beatpass_desktop.exports.achievements import achievements_table
from beatpass_desktop.exports.albums import albums_table
from beatpass_desktop.exports.downloads import downloads_table
from beatpass_desktop.exports.history import history_table
from beatpass_desktop.exports.leaderboard import leaderboard_table
from beatpass_desktop.exports.table import Table
from beatpass_desktop.exports.tracks import tracks_table
from beatpass_desktop.exports.transactions import transactions_table
from beatpass_desktop.exports.writing import ExportFailed, export, write_text
from beatpass_desktop.options import Options
from beatpass_desktop.store import accounts, sheets, tracks
from beatpass_desktop.store.errors import StoreError, translated
from beatpass_desktop.store.store import Store
from beatpass_desktop.store_key import (
    NOT_ENCRYPTED,
    have_without_asking,
    says_that_it_is_plain,
    system_keychain,
)
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.settings import Settings

_Make = Callable[[apsw.Connection, int, int, date | None, date | None], Table]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this command has."""
    parser.add_argument("what", choices=tuple(_TABLES), help="the data to write")
    parser.add_argument(
        "--format",
        choices=[kind.value for kind in Format],
        help="the kind of file (default: by the name of the file, else csv)",
    )
    parser.add_argument("--from", dest="first", type=_day, metavar="DATE", help="the first day")
    parser.add_argument("--to", dest="last", type=_day, metavar="DATE", help="the last day")
    parser.add_argument("--artist", type=int, metavar="ID", help="another artist of the account")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: the screen")


def run(options: Options, found: argparse.Namespace) -> int:
    """Write the file and return 0, or 1 after a message on standard error."""
    kind = _format(found)
    if kind is Format.XLSX and found.output is None:
        return _fail("An Excel file cannot be written to the screen; please name it with -o FILE.")
    places = folders(options.data_dir)
    if options.sandbox:
        places = places.of_sandbox()
    if not places.store.exists():
        return _fail("Nothing is stored here yet. Start the program once and let it load.")
    try:
        have_without_asking(places, system_keychain)
        with contextlib.closing(Store(places.store, create=False)) as store, translated():
            settings = Settings(places.config / "settings.json", keeps=False)
            if says_that_it_is_plain(options, settings, store):
                print(f"beatpass-desktop: {NOT_ENCRYPTED}", file=sys.stderr)
            return _write(options, found, kind, store.reading)
    except (StoreError, ExportFailed) as error:
        return _fail(error.sentence if isinstance(error, StoreError) else str(error))
    except OSError as error:
        # What is left in the buffer cannot be written either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # whoever read the output has seen enough
        return _fail(f"The output could not be written: {error.strerror or error}.")


def _write(
    options: Options, found: argparse.Namespace, kind: Format, connection: apsw.Connection
) -> int:
    account = None
    if options.token:
        account = accounts.of_token(connection, options.origin, options.token)
    account = account or accounts.last_used(connection, options.origin)
    if account is None:
        return _fail(f"No account of {options.origin} is stored here.")
    artist = found.artist or account.current_artist
    if found.artist and not _is_stored(connection, account.account, found.artist):
        return _fail(f"No artist {found.artist} is stored for this account.")
    table = _TABLES[found.what](connection, account.account, artist, found.first, found.last)
    if found.output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        write_text(table, iter(table.rows), sys.stdout, kind)
        sys.stdout.flush()
        return 0
    count = export(table, found.output, kind)
    rows = "row" if count == 1 else "rows"
    print(f"{found.output}: {count} {rows}", file=sys.stderr)
    return 0


def _is_stored(connection: apsw.Connection, account: int, artist: int) -> bool:
    fits = abs(artist) < 2**63
    return fits and accounts.artist(connection, account, artist) is not None


def _format(found: argparse.Namespace) -> Format:
    if found.format:
        return Format(found.format)
    ending = found.output.suffix.lower().lstrip(".") if found.output else ""
    return Format(ending) if ending in set(Format) else Format.CSV


def _tracks(
    connection: apsw.Connection, account: int, artist: int, first: date | None, last: date | None
) -> Table:
    since, until = _bounds(first, last)
    wanted = TrackFilter(since=since, until=until)
    numbers = tracks.order(connection, account, artist, TrackSort(), wanted)
    return tracks_table(connection, account, artist, numbers)


def _albums(
    connection: apsw.Connection, account: int, artist: int, first: date | None, last: date | None
) -> Table:
    numbers = sheets.album_numbers(connection, account, artist, *_bounds(first, last))
    return albums_table(connection, account, artist, numbers)


def _downloads(
    connection: apsw.Connection, account: int, artist: int, first: date | None, last: date | None
) -> Table:
    return downloads_table(connection, account, artist, *_bounds(first, last))


def _transactions(
    connection: apsw.Connection, account: int, artist: int, first: date | None, last: date | None
) -> Table:
    return transactions_table(connection, account, artist, *_bounds(first, last))


_TABLES: dict[str, _Make] = {
    "tracks": _tracks,
    "albums": _albums,
    "transactions": _transactions,
    "downloads": _downloads,
    "achievements": achievements_table,
    "leaderboard": leaderboard_table,
    "history": history_table,
}


def _bounds(first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """Whole days, UTC: from the first, up to before the day after the last."""
    until = None if last is None or last == date.max else last + timedelta(days=1)
    return _midnight(first), _midnight(until)


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-01-31") from error


def _fail(sentence: str) -> int:
    print(f"beatpass-desktop: {sentence}", file=sys.stderr)
    return 1
