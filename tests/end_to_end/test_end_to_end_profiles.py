"""The sandbox that the program starts by itself, profile by profile."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest
from processes import Surroundings, sandboxes_of, wait_until
from profile_tours import ProfileTours
from tour_record import check_page, values

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]

UNKNOWN = "—"


def pages_of(surroundings: Surroundings, profile: str) -> list[dict[str, Any]]:
    """A tour of a profile, which leaves no server behind."""
    run = surroundings.tour(f"--sandbox={profile}")
    assert sandboxes_of(run.process.pid) == []
    assert run.complaints == []
    pages = run.pages()
    for page in pages:
        check_page(page)
        assert any("Sandbox data" in banner and profile in banner for banner in page["banners"])
    return pages


def test_that_the_default_profile_has_figures_everywhere(surroundings: Surroundings) -> None:
    home, _, tracks, *_ = pages_of(surroundings, "established")
    assert [page["state"] for page in (home, tracks)] == ["ready", "ready"]
    assert UNKNOWN not in [*values(home).values(), *values(tracks).values()]
    assert not surroundings.store.exists()
    assert (surroundings.data / "sandbox" / "store.db").exists()


def test_that_a_new_artist_sees_the_zeros_sent_and_a_dash_for_what_is_unknown(
    tours: ProfileTours,
) -> None:
    home, tracks = tours("new-artist").page("home"), tours("new-artist").page("tracks")
    assert home["state"] == "ready"
    figures = values(home)
    assert figures.pop("View Profile") not in ("", UNKNOWN)
    assert figures.pop("Growth") == UNKNOWN
    assert figures.pop("Level") != UNKNOWN
    assert set(figures.values()) == {"0"}
    assert tracks["state"] == "empty"
    assert "No tracks yet" in tracks["texts"]


def test_that_an_account_without_an_artist_is_shown_the_way_to_one(
    surroundings: Surroundings,
) -> None:
    for page in pages_of(surroundings, "no-artist"):
        assert page["state"] == "no-artist"
        assert (page["cards"], page["tables"]) == ([], [])
        assert "No artist profile yet" in page["texts"]
        assert "Open the Producer Program" in page["texts"]


def test_that_names_that_look_like_markup_are_shown_as_they_are(
    tours: ProfileTours,
) -> None:
    home, tracks = tours("quirky").page("home"), tours("quirky").page("tracks")
    assert [page["state"] for page in (home, tracks)] == ["ready", "ready"]
    assert values(home)["View Profile"] == "نجمة <b>Nova</b> 🌙"
    (table,) = tracks["tables"]
    assert table["row_count"] == 48
    names = [row[0] for row in table["rows"]]
    assert "<b>Bold</b> & <script>alert('beat')</script>" in names
    assert "%s %d {name} \\n &amp; &#60;" in names
    assert max(map(len, names)) == 300


def test_that_an_unknown_profile_is_said_to_be_unknown_and_the_tour_fails(
    surroundings: Surroundings,
) -> None:
    run = surroundings.start_tour("--sandbox=no-such-profile")
    assert run.wait() == 1
    assert "no-such-profile" in run.stderr
    assert "Traceback" not in run.stderr
    assert sandboxes_of(run.process.pid) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_that_no_sandbox_outlives_the_program(
    surroundings: Surroundings, number: signal.Signals
) -> None:
    run = surroundings.start("--sandbox", token="token-of-a-real-account")
    pid = run.process.pid
    wait_until(lambda: sandboxes_of(pid), "the sandbox has started")
    (server,) = sandboxes_of(pid)
    environment = Path(f"/proc/{server}/environ").read_bytes()
    assert b"token-of-a-real-account" not in environment
    assert run.end(number) == (0 if number is signal.SIGTERM else -number)
    wait_until(lambda: not sandboxes_of(pid), "the sandbox has ended")
