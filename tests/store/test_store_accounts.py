"""Who has signed in here, and which artists they manage."""

from __future__ import annotations

from datetime import timedelta

from rows import DAY, Desk

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.store import accounts
from beatpass_desktop.store.accounts import Account
from beatpass_desktop.store.store import Store

ORIGIN = "https://open.example"
TOKEN = "tkn-4711-geheim-ä🎹"


def _remember(
    desk: Desk, user: int, token: str, *, origin: str = ORIGIN, minutes: int = 0, **known: object
) -> Account:
    who = Identity(user, **known)  # type: ignore[arg-type]
    at = DAY + timedelta(minutes=minutes)
    return desk.write(lambda c: accounts.remember(c, origin, who, token, at))


def test_that_a_token_is_recognised_and_never_stored(store: Store) -> None:
    desk = Desk(store)
    account = _remember(desk, 1, TOKEN, display_name="Ada")
    assert accounts.of_token(store.reading, ORIGIN, TOKEN) == account
    assert accounts.of_token(store.reading, ORIGIN, TOKEN + "x") is None
    assert accounts.of_token(store.reading, "https://elsewhere", TOKEN) is None
    files = [file.read_bytes() for file in store.path.parent.iterdir()]
    assert any(b"Ada" in content for content in files)
    secret = TOKEN.encode()
    assert not any(secret in content or secret[:8] in content for content in files)


def test_that_two_stores_mark_the_same_token_differently(store: Store) -> None:
    other = Store(store.path.with_name("other.db"))
    marks = {accounts.token_mark(each.reading, TOKEN) for each in (store, other)}
    assert len(marks) == 2
    other.close()


def test_that_a_new_token_of_the_same_user_is_the_same_account(store: Store) -> None:
    desk = Desk(store)
    first = _remember(desk, 1, "old", display_name="Ada", avatar="https://x/a.png")
    second = _remember(desk, 1, "new")
    assert second == first
    assert accounts.of_token(store.reading, ORIGIN, "old") is None
    assert accounts.of_token(store.reading, ORIGIN, "new") == first


def test_that_several_accounts_do_not_mix(store: Store) -> None:
    desk = Desk(store)
    ada = _remember(desk, 1, "a", artists=(ArtistRef(10, "Ada A."),))
    bob = _remember(desk, 2, "b", minutes=1, artists=(ArtistRef(10, "Someone"), ArtistRef(11)))
    elsewhere = _remember(desk, 1, "a", origin="sandbox:legend", minutes=2)
    assert len({ada.account, bob.account, elsewhere.account}) == 3
    reading = store.reading
    assert accounts.last_used(reading, ORIGIN) == bob
    assert accounts.last_used(reading, "sandbox:legend") == elsewhere
    assert accounts.last_used(reading, "https://unknown") is None
    assert accounts.managed_artists(reading, ada.account) == [ArtistRef(10, "Ada A.")]
    assert [a.id for a in accounts.managed_artists(reading, bob.account)] == [11, 10]
    assert accounts.managed_artists(reading, elsewhere.account) == []
    _remember(desk, 1, "a", minutes=3)
    found = accounts.last_used(reading, ORIGIN)
    assert found is not None
    assert found.account == ada.account


def test_that_an_artist_that_is_not_managed_any_more_keeps_its_name(store: Store) -> None:
    desk = Desk(store)
    two = (ArtistRef(1, "One", "https://x/1.png", True, "owner"), ArtistRef(2, "Two"))
    account = _remember(desk, 1, "t", artists=two).account
    _remember(desk, 1, "t", artists=(ArtistRef(2, None, verified=False),))
    reading = store.reading
    assert accounts.managed_artists(reading, account) == [ArtistRef(2, "Two", None, False)]
    assert accounts.artist(reading, account, 1) == two[0]
    _remember(desk, 1, "t")  # a reply that does not name artists
    assert [a.id for a in accounts.managed_artists(reading, account)] == [2]
    assert accounts.artist(reading, account, 3) is None


def test_that_the_current_artist_is_always_one_that_is_managed(store: Store) -> None:
    desk = Desk(store)
    both = (ArtistRef(5), ArtistRef(6))
    account = _remember(desk, 1, "t", artists=both)
    assert account.current_artist == 5
    desk.write(lambda c: accounts.set_current_artist(c, account.account, 6))
    assert _remember(desk, 1, "t", artists=both).current_artist == 6
    assert _remember(desk, 1, "t", artists=(ArtistRef(5),)).current_artist == 5
    assert _remember(desk, 1, "t", artists=()).current_artist == 5


def test_that_an_own_artist_becomes_current_when_none_was(store: Store) -> None:
    desk = Desk(store)
    number = _remember(desk, 1, "t").account
    desk.write(lambda c: accounts.set_own_artist(c, number, 8))
    account = accounts.get(store.reading, number)
    assert account is not None
    assert (account.own_artist, account.current_artist) == (8, 8)
    desk.write(lambda c: accounts.set_own_artist(c, number, 9))
    account = accounts.get(store.reading, number)
    assert account is not None
    assert (account.own_artist, account.current_artist) == (9, 8)
    assert accounts.get(store.reading, 99) is None


def test_that_tokens_are_kept_under_names_that_no_other_store_has(store: Store) -> None:
    other = Store(store.path.with_name("other.db"))
    names = [
        accounts.keychain_name(each.reading, origin, user)
        for each in (store, other)
        for origin in (ORIGIN, "https://elsewhere")
        for user in (1, 2)
    ]
    assert len(set(names)) == 8
    assert names[0].endswith(f"/1@{ORIGIN}")
    again = Store(store.path)
    assert accounts.keychain_name(again.reading, ORIGIN, 1) == names[0]
    again.close()
    other.close()


def test_that_the_day_a_token_was_made_is_kept_until_another_is_said(store: Store) -> None:
    desk = Desk(store)
    ada = _remember(desk, 1, "a")
    assert ada.token_created is None
    desk.write(lambda c: accounts.set_token_created(c, ada.account, "2026-11-20"))
    assert _remember(desk, 1, "a", minutes=5).token_created == "2026-11-20"
    desk.write(lambda c: accounts.set_token_created(c, ada.account, None))
    assert accounts.get(store.reading, ada.account) == ada


def test_that_the_account_chosen_last_is_the_one_last_used(store: Store) -> None:
    desk = Desk(store)
    ada, bob = _remember(desk, 1, "a"), _remember(desk, 2, "b", minutes=1)
    assert accounts.last_used(store.reading, ORIGIN) == bob
    desk.write(lambda c: accounts.use(c, ada.account, DAY + timedelta(minutes=2)))
    assert accounts.last_used(store.reading, ORIGIN) == ada
    assert accounts.of_origin(store.reading, ORIGIN) == [ada, bob]
    assert accounts.of_origin(store.reading, "https://elsewhere") == []
