"""Stores in files of their own, and jobs on their writer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rows import DAY, Desk

from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.store import accounts
from beatpass_desktop.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    """A store in which one account has signed in."""
    desk = Desk(store)
    who = Identity(7, "Ada")
    account = desk.write(lambda c: accounts.remember(c, "https://x", who, "token", DAY))
    desk.account = account.account
    return desk


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 10, tzinfo=UTC)
