"""Replies bent at random, of every endpoint: refused, or read for exactly what they carry."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from contextlib import suppress
from dataclasses import is_dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import apsw
from effort import MEMORY, Effort
from figures import Figure
from rows import DAY, Desk
from test_api_fuzz import ENDPOINTS, Wire, _check, _places

from beatpass_desktop.api import errors
from beatpass_desktop.api.documents import parse
from beatpass_desktop.api.session import Reply
from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.domain.replies import Fetched, Slice
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import accounts, catalogue, documents
from beatpass_desktop.store.cipher import new_key
from beatpass_desktop.store.store import Store

_SPECIAL: tuple[Any, ...] = (
    None, True, False, 0, -0.0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 10**400,
    1e308, 5e-324, 0.1, "", " ", "0", "NaN", "-1", "1e3", "null", "2026-13-40", "0000-00-00",
    "10000-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00", "\0", "a\0b", "\ud800", "‮abc‬",
    "👩‍👩‍👧‍👦" * 20, "<b>x</b>", "=1+1", "x" * 10_000, [], {}, [None], [[]], {"id": 1}, {"id": "1"},
    [1, "2", None], {"": 0}, "٣", "USD", "XXX", "12.345678901234567890",
)  # fmt: skip
_BYTES = (b"NaN", b"Infinity", b"1" * 5_000, b"[" * 3_000, b'{"a":1,"a":2}', b"\xff\xfe", b"\x00")
_STORED_EVERY = 20


class _Raw(Wire):
    """Answers with bytes that need not be JSON."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def get(self, *_: object, **__: object) -> Reply:
        return Reply(200, parse(self._body))

    post = get


def measure(effort: Effort) -> list[Figure]:
    """Bend replies."""
    rng = random.Random(effort.seed)
    found: Counter[str] = Counter()
    with TemporaryDirectory(dir=MEMORY) as folder:
        store = Store(Path(folder) / "store.db", key=new_key())
        desk = Desk(store)
        desk.account = desk.write(
            lambda c: accounts.remember(c, "https://x", Identity(1, "A"), "t", DAY)
        ).account
        for number in effort.rounds():
            found[_tried(rng, desk, is_stored=number % _STORED_EVERY == 0)] += 1
        store.close()
    tried = found["refused"] + found["read"] + found["crash"] + found["invented"] + found["bad row"]
    return [
        Figure(f"fuzzed replies: {name}", found[kind], f"of {tried:,}", must=0, aim=0, remarks=said)
        for kind, name, said in (
            ("crash", "crashes", f"{found['refused']:,} refused, {found['read']:,} read"),
            ("invented", "invented values", ""),
            ("bad row", "bad rows stored", f"every {_STORED_EVERY}th is stored and read back"),
        )
    ]


def _tried(rng: random.Random, desk: Desk, *, is_stored: bool) -> str:
    name = rng.choice(sorted(ENDPOINTS))
    golden, fetch = ENDPOINTS[name]
    document = copy.deepcopy(golden)
    for _ in range(rng.randrange(1, 5)):
        document = _bent(document, rng)
    sent = json.dumps(document)
    wire: Wire = Wire(document)
    if rng.random() < 0.2:
        body = bytearray(sent.encode())
        at = rng.randrange(len(body) + 1)
        body[at : at + rng.randrange(4)] = rng.choice(_BYTES)
        wire, sent = _Raw(bytes(body)), body.decode("utf-8", "replace")
    try:
        result = _now(fetch(wire))
    except errors.ApiError:
        return "refused"
    except Exception:
        return "crash"
    decoded = result.rows if isinstance(result, Slice) else [result.decoded]
    try:
        for one in decoded:
            _check(one, sent)
    except (AssertionError, UnicodeError):
        return "invented"
    return _stored(desk, result) if is_stored else "read"


def _bent(document: Any, rng: random.Random) -> Any:
    places = _places(document)
    if not places or rng.random() < 0.02:
        return copy.deepcopy(rng.choice(_SPECIAL))
    path = rng.choice(places)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    if rng.random() < 0.2:
        del parent[path[-1]]
    else:
        parent[path[-1]] = copy.deepcopy(rng.choice(_SPECIAL))
    return document


def _now(work: Any) -> Any:
    """The result of a coroutine that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("it waits for something")


class _Undone(Exception):
    pass


def _stored(desk: Desk, result: Any) -> str:
    """Whether what was read goes into the store and comes out the same; nothing of it stays."""
    key = ResourceKey(Resource.TRACKS, desk.account, 1)
    verdict = ["read"]

    def job(c: apsw.Connection) -> None:
        if isinstance(result, Fetched) and is_dataclass(result.decoded.value):
            documents.merge(c, key, result.decoded.value, result.decoded.carried)
            body = documents.body(c, key) or {}
            if set(body) != set(result.decoded.carried):
                verdict[0] = "bad row"
        elif isinstance(result, Slice) and result.rows and hasattr(result.rows[0].value, "bpm"):
            generation = catalogue.begin(c, catalogue.TRACKS, key)
            catalogue.stage(c, catalogue.TRACKS, key, generation, result.rows)
            count = catalogue.replace(c, catalogue.TRACKS, key, generation, DAY)
            ids = {row.value.id for row in result.rows}
            plays = dict(c.execute("SELECT id, plays FROM tracks"))
            if count != len(ids) or any(
                plays[row.value.id] != row.value.plays
                for row in {row.value.id: row for row in result.rows}.values()
            ):
                verdict[0] = "bad row"
        raise _Undone

    try:
        with suppress(_Undone):
            desk.write(job)
    except Exception:
        return "bad row"
    return verdict[0]
