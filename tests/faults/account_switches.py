"""Another account signs in while the replies for the one before are still under way."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from backend import Asked, Backend, Said, listed, track
from desk import Desk
from effort import MEMORY, Effort
from figures import Figure
from kinds import Kind, both

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.store.store import Store

_USERS = {"token-a": 77, "token-b": 88, "token-c": 99}
_RANGE = 1_000_000
_WHOLE_EVERY = 10
"""one sync in so many is left to end"""


def measure(effort: Effort) -> list[Figure]:
    """Switch in the middle of fetches; with a store of each kind."""
    return [_of_kind(kind, kind.with_effort(effort)) for kind in both()]


def _of_kind(kind: Kind, effort: Effort) -> Figure:
    with TemporaryDirectory(dir=MEMORY) as folder:
        store = Store(Path(folder) / "store.db", key=kind.key)
        switches, mixed, rows = asyncio.run(_switch(store, effort))
    return Figure(
        f"account switched mid-sync, {kind.name} store: rows stored with another",
        mixed,
        f"of {switches:,} switches",
        must=0,
        aim=0,
        remarks=f"{rows} rows looked at, in the end",
    )


async def _switch(store: Store, effort: Effort) -> tuple[int, int, int]:
    rng = random.Random(effort.seed)
    switches = 0
    async with Backend() as backend:
        _answer_by_token(backend, rng)
        for _ in effort.rounds():
            token = rng.choice(sorted(_USERS))
            desk = Desk(store, backend.base_url, token=token)
            desk.engine.show_page(Page.TRACKS)
            desk.engine.refresh_page(Page.HOME)
            if switches % _WHOLE_EVERY == 0:
                await desk.settled(Page.TRACKS)
                await desk.settled(Page.HOME)
            else:
                await asyncio.sleep(rng.random() * 0.1)
            await desk.engine.close()
            switches += 1
    mixed, rows = _mixed(store)
    store.close()
    return switches, mixed, rows


def _answer_by_token(backend: Backend, rng: random.Random) -> None:
    def user_of(asked: Asked) -> int:
        return _USERS[asked.headers["authorization"].removeprefix("Bearer ")]

    async def slowly(said: Said) -> Said:
        await asyncio.sleep(rng.random() * 0.02)
        return said

    async def me(asked: Asked) -> Said:
        user = user_of(asked)
        artists = [{"id": 1, "name": f"Artist of {user}"}]
        return await slowly(Said({"user": {"id": user, "display_name": "U", "artists": artists}}))

    async def stats(asked: Asked) -> Said:
        return await slowly(Said({"total_plays": user_of(asked) * _RANGE + rng.randrange(_RANGE)}))

    async def tracks(asked: Asked) -> Said:
        first = user_of(asked) * _RANGE
        found = listed([track(first + n, plays=first + n) for n in range(1, 40)])(asked)
        assert isinstance(found, Said)
        return await slowly(found)

    backend.say("users/me", me)
    backend.say("artist/dashboard-stats", stats)
    backend.say("artists/1/tracks", tracks)


def _mixed(store: Store) -> tuple[int, int]:
    read = store.reading.execute
    users = dict(read("SELECT account, user_id FROM accounts"))
    found = [
        *read("SELECT account, plays FROM tracks"),
        *read("SELECT account, id FROM incoming_tracks"),
        *read("SELECT account, value FROM figures WHERE figure = 'plays'"),
        *read("SELECT account, value FROM history WHERE figure = 'plays'"),
    ]
    return sum(value // _RANGE != users[account] for account, value in found), len(found)
