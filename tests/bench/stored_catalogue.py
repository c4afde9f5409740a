"""A store that holds one artist with a large catalogue, the same in every run."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import apsw
import stored_ledger

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import AlbumRef, Track
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.options import BASE_URL
from beatpass_desktop.store import accounts, catalogue, documents, figures, schema
from beatpass_desktop.store.store import Store
from beatpass_desktop.system.folders import folders

LETTER = "a"
COMMON_WORD = "midnight"
RARE_WORD = "zyzzyva"
NO_HIT = "qqxqq"

_ARTIST = 7
_FIRST_ID = 1_000_000
_AT_ONCE = 10_000
_MADE = 100_000
"""rows that are made one by one; a larger store holds them several times, with other figures"""
_NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
_FIRST = (
    "midnight", "golden", "velvet", "broken", "silent", "electric", "lonely", "frozen",
    "burning", "hidden", "distant", "crystal",
)  # fmt: skip
_SECOND = (
    "city", "river", "dream", "echo", "shadow", "summer", "mirror", "empire", "signal",
    "garden", "motion", "horizon", "fever", "avenue",
)  # fmt: skip
_GENRES = (
    "Trap", "Drill", "House", "Lo-Fi", "R&B", "Afrobeat", "Pop", "Ambient", "Reggaeton",
    "Techno",
)  # fmt: skip
_TAGS = (
    "dark", "chill", "hard", "bounce", "guitar", "piano", "808", "sad", "club", "melodic",
    "vintage", "flute", "choir",
)  # fmt: skip
_KEYS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_LICENCES = ("standard", "standard_exclusive", "exclusive_only")
_CARRIED = frozenset(field.name for field in fields(Track))
_LAYOUT = (schema.__file__, catalogue.__file__)
"""what decides how rows are stored"""


def stored_catalogue(folder: Path, rows: int, transactions: int = 0) -> Path:
    """The data folder of a store with so many rows, filled when it is not there yet."""
    sources = (Path(__file__), Path(stored_ledger.__file__), *map(Path, _LAYOUT))
    digest = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    name = f"catalogue-{rows}-{transactions}"
    data = folder / f"{name}-{digest}"
    if not data.exists():
        for outdated in folder.glob(f"{name}-*"):
            shutil.rmtree(outdated)
        growing = data.with_suffix(".growing")
        growing.mkdir(parents=True)
        store = Store(folders(growing).store)
        try:
            account = _fill(store, rows)
            if transactions:
                stored_ledger.fill_ledger(store, account, _ARTIST, transactions)
        finally:
            store.close()
        growing.rename(data)
    return data


def tracks(count: int) -> Iterator[Track]:
    """So many tracks with gaps where producers leave gaps; one of them has the rare word."""
    dice = random.Random(count)
    for number in range(1, count + 1):
        name = f"{dice.choice(_FIRST)} {dice.choice(_SECOND)} {dice.randrange(1, 10_000)}"
        if number == count // 3:
            name = RARE_WORD
        guests = dice.sample(range(10, 400), dice.choice((0, 0, 0, 1, 2)))
        people = [_ARTIST, *guests]
        album = dice.randrange(1, 2 + count // 12)
        yield Track(
            id=_FIRST_ID + number,
            name=name.title(),
            image=f"https://images.example/{number}.webp",
            created_at=_NOW - timedelta(minutes=dice.randrange(4 * 365 * 24 * 60)),
            duration=dice.randrange(60_000, 360_000),
            price=Money(Decimal(dice.choice(("19.99", "29.99", "49.00"))), "USD"),
            bpm=dice.choice((None, *range(60, 180))),
            key=dice.choice((None, *_KEYS)),
            scale=dice.choice(("major", "minor")),
            plays=int(dice.paretovariate(0.6)) % 5_000_000,
            licensing_type=dice.choice(_LICENCES),
            likes=dice.randrange(500),
            description=dice.choice((None, "Tagged MP3, stems on request.")),
            tags=tuple(dice.sample(_TAGS, 3)),
            genres=tuple(dice.sample(_GENRES, dice.choice((1, 1, 2)))),
            artists=tuple(ArtistRef(person, f"Producer {person}") for person in people),
            album=AlbumRef(album, f"Tape {album}") if dice.random() < 0.4 else None,
        )


def _fill(store: Store, rows: int) -> int:
    """Store the artist's tracks; the number of the account."""
    artist = ArtistRef(_ARTIST, "Producer 7")
    account = store.write(
        lambda c: accounts.remember(c, BASE_URL, Identity(1, "Bench", None, (artist,)), "", _NOW)
    ).result()
    store.write(lambda c: accounts.set_own_artist(c, account.account, _ARTIST)).result()
    key = ResourceKey(Resource.TRACKS, account.account, _ARTIST)
    generation = store.write(lambda c: catalogue.begin(c, catalogue.TRACKS, key)).result()
    for part in _parts(tracks(min(rows, _MADE))):
        store.write(
            lambda c, part=part: catalogue.stage(c, catalogue.TRACKS, key, generation, part)
        ).result()
    for number in range(1, -(-rows // _MADE)):
        store.write(lambda c, number=number: _stage_again(c, number)).result()

    def show(connection: apsw.Connection) -> None:
        # Indexes that grow row by row take several times as long as those made at the end.
        indexes = _indexes(connection)
        for name in indexes:
            connection.execute(f"DROP INDEX {name}")
        catalogue.replace(connection, catalogue.TRACKS, key, generation, _NOW)
        for sql in indexes.values():
            connection.execute(sql)
        values = {Figure.TRACKS_LISTED: rows}
        figures.record(connection, key.account, key.artist, values, _NOW)
        documents.succeeded(connection, key, _NOW)

    store.write(show).result()
    return account.account


def _indexes(connection: apsw.Connection) -> dict[str, str]:
    """What made each index of the tracks, by its name."""
    found = connection.execute(
        """SELECT name, sql FROM sqlite_schema
           WHERE type = 'index' AND tbl_name = 'tracks' AND sql IS NOT NULL"""
    )
    return dict(found)


def _stage_again(connection: apsw.Connection, number: int) -> None:
    """Put the rows aside once more, as other tracks that came later and were played more."""
    changed = {
        "id": f"id + {number * _MADE}",
        "created_at": f"created_at + {number * 60_007}",
        "plays": f"plays + {number}",
    }
    columns = ("account", "artist", "generation", "id", "absent", "digest")
    columns += catalogue.TRACKS.columns
    values = ", ".join(changed.get(column, column) for column in columns)
    connection.execute(
        f"""INSERT INTO incoming_tracks({", ".join(columns)})
            SELECT {values} FROM incoming_tracks WHERE id <= {_FIRST_ID + _MADE}"""
    )


def _parts(rows: Iterator[Track]) -> Iterator[list[Decoded[Track]]]:
    part: list[Decoded[Track]] = []
    for row in rows:
        part.append(Decoded(row, _CARRIED))
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
