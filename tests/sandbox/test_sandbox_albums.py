"""Single albums and tracks agree with the lists they stand in."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox_process import RunningSandbox

pytestmark = pytest.mark.end_to_end

Row = dict[str, Any]
MINIMAL = {"id", "name", "image", "model_type"}


@pytest.fixture(scope="module")
def artist_id(established: RunningSandbox) -> int:
    return established.artist_id()


@pytest.fixture(scope="module")
def albums(established: RunningSandbox, artist_id: int) -> list[Row]:
    return established.walk(f"/artists/{artist_id}/albums", 100)


@pytest.fixture(scope="module")
def tracks(established: RunningSandbox, artist_id: int) -> dict[int, Row]:
    return {row["id"]: row for row in established.walk(f"/artists/{artist_id}/tracks", 100)}


def album(sandbox: RunningSandbox, album_id: int, wanted: str = "") -> Row:
    body = sandbox.get(f"/albums/{album_id}", **{"with": wanted})
    assert body["status"] == "success"
    found: Row = body["album"]
    return found


def test_that_each_album_agrees_with_the_list_of_albums(
    established: RunningSandbox, albums: list[Row]
) -> None:
    for listed in albums:
        single = album(established, listed["id"], "tracks,artists")
        assert {field: single[field] for field in listed if field != "tracks"} == {
            field: listed[field] for field in listed if field != "tracks"
        }
        assert [track["id"] for track in single["tracks"]] == [
            track["id"] for track in listed["tracks"]
        ]


def test_that_an_album_s_tracks_are_those_of_the_catalogue(
    established: RunningSandbox, albums: list[Row], tracks: dict[int, Row]
) -> None:
    for listed in albums:
        single = album(established, listed["id"], "tracks")
        members = [
            track for track in tracks.values() if (track["album"] or {}).get("id") == listed["id"]
        ]
        assert len(single["tracks"]) == len(members) > 0
        assert all(track == tracks[track["id"]] for track in single["tracks"])
        assert single["plays"] == sum(track["plays"] for track in members)


def test_that_lists_come_only_when_asked_for(
    established: RunningSandbox, albums: list[Row]
) -> None:
    identifier = albums[0]["id"]
    lists = {"tracks", "artists", "genres", "tags"}
    plain = set(album(established, identifier))
    assert not plain & lists
    for name in lists:
        assert set(album(established, identifier, name)) == plain | {name}
    assert set(album(established, identifier, "tags, genres ,artists,tracks")) == plain | lists


def test_that_genres_and_tags_are_those_of_its_tracks(
    established: RunningSandbox, albums: list[Row]
) -> None:
    single = album(established, albums[0]["id"], "tracks,genres,tags")
    for label in ("genres", "tags"):
        expected = {entry["id"] for track in single["tracks"] for entry in track[label]}
        assert {entry["id"] for entry in single[label]} == expected
        assert len(single[label]) == len(expected)


def test_that_a_track_is_the_same_as_in_the_catalogue(
    established: RunningSandbox, tracks: dict[int, Row]
) -> None:
    for identifier in list(tracks)[:5]:
        body = established.get(f"/tracks/{identifier}", **{"with": "album,genres,tags"})
        # The published file has no null album in a single track.
        listed = {k: v for k, v in tracks[identifier].items() if (k, v) != ("album", None)}
        assert body == {"status": "success", "track": listed}


def test_that_only_minimal_fields_come_without_a_token(
    established: RunningSandbox, albums: list[Row], tracks: dict[int, Row]
) -> None:
    single = established.anonymous(f"/albums/{albums[0]['id']}?with=tracks").json()["album"]
    track = established.anonymous(f"/tracks/{next(iter(tracks))}").json()["track"]
    assert set(single) == set(track) == MINIMAL
    assert single["name"] == albums[0]["name"]


@pytest.mark.parametrize("path", ["/albums/1", "/albums/x", f"/albums/{2**63}", "/tracks/1"])
def test_that_unknown_ones_are_not_found(established: RunningSandbox, path: str) -> None:
    for reply in (established.client.get(path), established.anonymous(path)):
        assert reply.status_code == 404
        assert reply.json()["message"]
