"""Which tokens the keychain is still to forget."""

from __future__ import annotations

from rows import Desk

from beatpass_desktop.store import ended_tokens


def test_that_a_token_is_to_be_forgotten_until_it_is(desk: Desk) -> None:
    one, two = "0a/7@https://x", "0a/8@https://x"
    assert ended_tokens.names(desk.store.reading) == set()
    desk.write(lambda c: ended_tokens.add(c, [one, two]))
    desk.write(lambda c: ended_tokens.add(c, [one]))
    assert ended_tokens.names(desk.store.reading) == {one, two}
    desk.write(lambda c: ended_tokens.remove(c, [one, "another"]))
    assert ended_tokens.names(desk.store.reading) == {two}
