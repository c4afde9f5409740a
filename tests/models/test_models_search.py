"""The global search's model and its queries, which outlive it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest
import shiboken6

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.domain.search import Hit, HitKind
from beatpass_desktop.models.search import SearchModel

HIT = Hit(HitKind.TRACK, "Nuit", "", 1)


class SlowStore:
    """Its query runs until the test ends it."""

    def __init__(self) -> None:
        self.running: list[Future[list[Hit]]] = []

    def query(self, job: object) -> Future[list[Hit]]:
        future: Future[list[Hit]] = Future()
        future.set_running_or_notify_cancel()
        self.running.append(future)
        return future

    def cancel(self, future: Future[Any]) -> None:
        """What already runs ends when it ends."""


def searching(text: str, fixed: Sequence[Hit] = ()) -> tuple[SearchModel, SlowStore]:
    store: Any = SlowStore()
    who: Any = SimpleNamespace(account=1, artist=1, own_artist=1)
    model = SearchModel(store, who, fixed)
    model.search(text)
    return model, store


@pytest.mark.usefixtures("qapp")
def test_that_hits_for_a_palette_that_is_gone_reach_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    model, store = searching("nuit")
    model.cancel()
    shiboken6.delete(model)
    store.running[0].set_result([HIT])
    assert caplog.messages == []


@pytest.mark.usefixtures("qapp")
def test_that_hits_for_an_earlier_text_do_not_replace_those_of_the_last() -> None:
    model, store = searching("nuit")
    model.search("jour")
    store.running[0].set_result([HIT])
    assert not model.is_settled
    store.running[1].set_result([])
    assert model.is_settled
    assert model.rowCount() == 0


@pytest.mark.usefixtures("qapp")
def test_that_a_page_is_found_by_what_is_on_it() -> None:
    page = Hit(HitKind.PAGE, "Progress", "Level and XP", Page.PROGRESS)
    model, store = searching("level", [HIT, page])
    store.running[0].set_result([])
    assert [model.hit(row) for row in range(model.rowCount())] == [page]


@pytest.mark.usefixtures("qapp")
def test_that_a_title_with_the_word_comes_before_a_page_that_only_mentions_it() -> None:
    page = Hit(HitKind.PAGE, "Progress", "Level and XP", Page.PROGRESS)
    level = Hit(HitKind.TRACK, "Level up", "", 2)
    model, store = searching("level", [page])
    store.running[0].set_result([level])
    assert [model.hit(row) for row in range(model.rowCount())] == [level, page]
