"""Sales of the own artists' tracks, licences and exclusive ones."""

from __future__ import annotations

import math
import random
import sqlite3
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from decimal import Decimal

from beatpass_sandbox.currencies import DIGITS, minor_units
from beatpass_sandbox.simulation.money.entries import Entry, write_entry
from beatpass_sandbox.simulation.producers import DAY

FEE_PERCENT = 12
FEE_FIXED = 3
"""What the buyer pays on top of a price: a percentage, and an amount in major units."""

_SALES_PER_POINT = 0.015
_EXCLUSIVES_PER_POINT = 0.0004
_MOST_SALES_A_DAY = 4.0
_MEAN_TRACK_AGE = 45
_ATTEMPTS = 6
_DEAREST = Decimal(1_000_000)
_SETTLED_AFTER = (2, 4)


@dataclass(slots=True)
class Market:
    """What is for sale by which own artist, and who buys.

    ``contributions`` are the points of each artist's latest split: the more an artist matters,
    the more is sold. ``exclusives`` holds the moments of exclusive sales known beforehand, of
    tracks that the catalogue says are sold; None lets them come about by chance.
    """

    buyers: list[tuple[int, int]]
    catalogues: dict[int, list[tuple[int, int]]]
    contributions: dict[int, float]
    exclusives: dict[int, int] | None = None
    exclusives_by_day: dict[tuple[int, int], list[int]] = field(default_factory=dict)


def open_market(connection: sqlite3.Connection) -> Market:
    """The market as the database has it."""
    own = [
        artist_id
        for (artist_id,) in connection.execute(
            "SELECT artist_id FROM stripe_accounts WHERE own ORDER BY artist_id"
        )
    ]
    buyers = connection.execute(
        "SELECT joined_at, id FROM users WHERE id NOT IN (SELECT user_id FROM memberships)"
        " ORDER BY joined_at, id"
    ).fetchall()
    market = Market([tuple(row) for row in buyers], {}, {})
    for artist_id in own:
        rows = connection.execute(
            "SELECT t.created_at, t.id FROM credits c JOIN tracks t ON t.id = c.track_id"
            " WHERE c.artist_id = ? AND c.position = 0 ORDER BY t.created_at, t.id",
            (artist_id,),
        ).fetchall()
        market.catalogues[artist_id] = [tuple(row) for row in rows]
        latest = connection.execute(
            "SELECT s.contribution FROM ledger l JOIN splits s ON s.ledger_id = l.id"
            " WHERE l.artist_id = ? ORDER BY l.created_at DESC, l.id DESC LIMIT 1",
            (artist_id,),
        ).fetchone()
        market.contributions[artist_id] = latest[0] if latest is not None else 0.0
    return market


def schedule_exclusives(
    connection: sqlite3.Connection, market: Market, seed: int, now: int
) -> None:
    """Find moments for the exclusive sales of all tracks marked as sold.

    Tracks of an artist who could not have sold anything yet become available.
    """
    source = random.Random(f"{seed}/money/exclusives")
    market.exclusives = {}
    for artist_id in market.catalogues:
        (enabled_at,) = connection.execute(
            "SELECT enabled_at FROM stripe_accounts WHERE artist_id = ?", (artist_id,)
        ).fetchone()
        for track_id, created_at in connection.execute(
            "SELECT t.id, t.created_at FROM credits c JOIN tracks t ON t.id = c.track_id"
            " WHERE c.artist_id = ? AND c.position = 0 AND t.exclusive_status = 'sold'"
            " ORDER BY t.id",
            (artist_id,),
        ).fetchall():
            # Only whole days that have ended are booked.
            first, last = (max(created_at, enabled_at or now) // DAY + 1) * DAY, now // DAY * DAY
            if first < last:
                moment = source.randrange(first, last)
                market.exclusives[track_id] = moment
                key = artist_id, moment // DAY
                market.exclusives_by_day.setdefault(key, []).append(track_id)
            else:
                connection.execute(
                    "UPDATE tracks SET exclusive_status = 'available' WHERE id = ?", (track_id,)
                )


def sell(connection: sqlite3.Connection, market: Market, seed: int, day: int) -> None:
    """Book the sales made on a day that has ended."""
    start = day * DAY
    buyers = bisect_right(market.buyers, (start, 2**63))
    if buyers == 0:
        return
    for (artist_id,) in connection.execute(
        "SELECT artist_id FROM stripe_accounts WHERE own AND enabled_at <= ? ORDER BY artist_id",
        (start,),
    ).fetchall():
        source = random.Random(f"{seed}/money/{day}/sales/{artist_id}")
        sales = _exclusive_sales(connection, market, source, artist_id, day)
        sales += _license_sales(connection, market, source, artist_id, day)
        for moment, track, exclusive in sorted(sales, key=lambda sale: (sale[0], sale[1]["id"])):
            buyer_id = market.buyers[source.randrange(buyers)][1]
            settled = (day + 1 + source.randint(*_SETTLED_AFTER)) * DAY
            _book(connection, artist_id, track, exclusive, buyer_id, moment, settled)


_Sale = tuple[int, sqlite3.Row, bool]


def _exclusive_sales(
    connection: sqlite3.Connection, market: Market, source: random.Random, artist_id: int, day: int
) -> list[_Sale]:
    sales: list[_Sale] = []
    if market.exclusives is not None:
        for track_id in market.exclusives_by_day.get((artist_id, day), []):
            track = _track(connection, track_id)
            if _sellable(track, exclusive=True):
                sales.append((market.exclusives[track_id], track, True))
        return sales
    for track in _sold_at_upload(connection, market, artist_id, day - 1):
        if _sellable(track, exclusive=True):
            sales.append((day * DAY + source.randrange(DAY), track, True))
    if source.random() < market.contributions[artist_id] * _EXCLUSIVES_PER_POINT:
        moment = day * DAY + source.randrange(DAY)
        for _ in range(_ATTEMPTS):
            picked = _pick(connection, market, source, artist_id, day)
            if (
                picked is not None
                and picked["exclusive_status"] == "available"
                and _sellable(picked, exclusive=True)
            ):
                connection.execute(
                    "UPDATE tracks SET exclusive_status = 'sold' WHERE id = ?", (picked["id"],)
                )
                return [*sales, (moment, picked, True)]
    return sales


def _sold_at_upload(
    connection: sqlite3.Connection, market: Market, artist_id: int, day: int
) -> list[sqlite3.Row]:
    """Tracks uploaded on a day for one buyer, who is going to pay."""
    catalogue = market.catalogues[artist_id]
    first, last = (bisect_left(catalogue, (moment * DAY, 0)) for moment in (day, day + 1))
    tracks = [_track(connection, track_id) for _, track_id in catalogue[first:last]]
    return [
        track
        for track in tracks
        if track["exclusive_status"] == "sold"
        and not connection.execute(
            "SELECT 1 FROM ledger l JOIN purchases p ON p.ledger_id = l.id"
            " WHERE l.artist_id = ? AND l.track_id = ? AND p.exclusive",
            (artist_id, track["id"]),
        ).fetchone()
    ]


def _license_sales(
    connection: sqlite3.Connection, market: Market, source: random.Random, artist_id: int, day: int
) -> list[_Sale]:
    rate = min(_MOST_SALES_A_DAY, market.contributions[artist_id] * _SALES_PER_POINT)
    sales: list[_Sale] = []
    for _ in range(_poisson(source, rate)):
        moment = day * DAY + source.randrange(DAY)
        for _ in range(_ATTEMPTS):
            track = _pick(connection, market, source, artist_id, day)
            if (
                track is not None
                and not _is_gone(market, track, moment)
                and _sellable(track, exclusive=False)
            ):
                sales.append((moment, track, False))
                break
    return sales


def _is_gone(market: Market, track: sqlite3.Row, moment: int) -> bool:
    """Whether the track had been sold exclusively."""
    if market.exclusives is None:
        return bool(track["exclusive_status"] == "sold")
    return market.exclusives.get(track["id"], moment + 1) <= moment


def _pick(
    connection: sqlite3.Connection, market: Market, source: random.Random, artist_id: int, day: int
) -> sqlite3.Row | None:
    """One of the artist's tracks that were there when the day began, rather a recent one."""
    catalogue = market.catalogues[artist_id]
    count = bisect_right(catalogue, (day * DAY, 2**63))
    back = int(source.expovariate(1 / _MEAN_TRACK_AGE))
    return _track(connection, catalogue[count - 1 - back % count][1]) if count else None


def _track(connection: sqlite3.Connection, track_id: int) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute(
        "SELECT id, name, price, exclusive_price, exclusive_status, currency FROM tracks"
        " WHERE id = ?",
        (track_id,),
    ).fetchone()
    return row


def _price(track: sqlite3.Row, exclusive: bool) -> Decimal:
    price = track["exclusive_price" if exclusive else "price"]
    return Decimal(str(price)) if price is not None else Decimal(0)


def _sellable(track: sqlite3.Row, *, exclusive: bool) -> bool:
    """Whether the price is one that can be charged."""
    digits = DIGITS.get(track["currency"])
    price = _price(track, exclusive)
    return digits is not None and 0 < price <= _DEAREST and price == round(price, digits)


def _book(
    connection: sqlite3.Connection,
    artist_id: int,
    track: sqlite3.Row,
    exclusive: bool,
    buyer_id: int,
    moment: int,
    settled_at: int,
) -> None:
    currency = track["currency"]
    major = _price(track, exclusive)
    price = minor_units(major, currency)
    fee = minor_units(major * FEE_PERCENT / 100 + FEE_FIXED, currency)
    entry = Entry(
        artist_id=artist_id,
        type="track_sale",
        status="pending",
        amount=price,
        currency=currency,
        digits=DIGITS[currency],
        description=f"{'Exclusive licence' if exclusive else 'Licence'}: {track['name']}",
        created_at=moment,
        due_at=settled_at,
        track_id=track["id"],
    )
    connection.execute(
        "INSERT INTO purchases VALUES (?,?,?,?,?,?,NULL,NULL)",
        (write_entry(connection, entry), buyer_id, exclusive, price, fee, price + fee),
    )


def _poisson(source: random.Random, mean: float) -> int:
    limit = math.exp(-mean)
    product = source.random()
    count = 0
    while product > limit:
        product *= source.random()
        count += 1
    return count
