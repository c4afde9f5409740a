"""Public pages of artists: profile, catalogue, albums, followers."""

from __future__ import annotations

from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import PAGING, Operation, Query, Source
from beatpass_sandbox.endpoints import resources, shapes
from beatpass_sandbox.replies import Json, Page, pagination, requested_page
from beatpass_sandbox.schemas import (
    COUNT,
    IDENTIFIER,
    TEXT,
    array,
    nullable,
    page_of,
    paginated,
    record,
    succeeded,
)

_EMBEDDED_ALBUMS = Page(1, 20)


def artist(context: Context) -> Json:
    """``GET /artists/{id}?with=genres,albums``."""
    row = context.artist()
    if context.session is None:
        body = {
            "id": row["id"],
            "name": row["name"],
            "image_small": row["image_small"],
            "model_type": "artist",
        }
        return {"status": "success", "artist": body}
    artist_id = row["id"]
    body = resources.artist_card(row)
    body["profile"] = {
        "id": artist_id,
        "description": row["bio"],
        "city": row["city"],
        "country": row["country"],
    }
    body["profile_images"] = [
        {"id": picture["position"] + 1, "url": picture["url"]}
        for picture in context.rows(
            "SELECT position, url FROM artist_pictures WHERE artist_id = ?", artist_id
        )
    ]
    body["links"] = [
        {"id": link["position"] + 1, "url": link["url"], "title": link["network"].capitalize()}
        for link in context.rows(
            "SELECT position, network, url FROM artist_links WHERE artist_id = ?", artist_id
        )
    ]
    wanted = context.includes()
    if "genres" in wanted:
        body["genres"] = [
            dict(genre)
            for genre in context.rows(
                "SELECT g.id, g.name FROM artist_genres a JOIN genres g ON g.id = a.genre_id"
                " WHERE a.artist_id = ? ORDER BY a.tracks DESC, g.id",
                artist_id,
            )
        ]
    if "albums" in wanted:
        body["albums"] = _album_page(context, artist_id, _EMBEDDED_ALBUMS)["pagination"]
    return {"status": "success", "artist": body}


def artist_tracks(context: Context) -> Json:
    """``GET /artists/{id}/tracks``, newest upload first."""
    artist_id = context.artist()["id"]
    page = requested_page(context.query)
    newest = context.row(
        "SELECT MAX(sequence) AS sequence FROM credits WHERE artist_id = ?", artist_id
    )
    total = 0 if newest is None or newest["sequence"] is None else newest["sequence"] + 1
    track_ids = [
        row["track_id"]
        for row in context.rows(
            "SELECT track_id FROM credits WHERE artist_id = ? AND sequence < ?"
            " ORDER BY sequence DESC LIMIT ?",
            artist_id,
            max(0, total - page.offset),
            page.size,
        )
    ]
    if context.session is not None:
        return pagination(page, total, resources.tracks(context, track_ids))
    return pagination(page, total, resources.minimal_tracks(context, track_ids))


def artist_albums(context: Context) -> Json:
    """``GET /artists/{id}/albums``, newest first."""
    context.signed_in()
    return _album_page(context, context.artist()["id"], requested_page(context.query))


def _album_page(context: Context, artist_id: int, page: Page) -> Json:
    counted = context.row("SELECT COUNT(*) AS total FROM albums WHERE artist_id = ?", artist_id)
    assert counted is not None
    rows = context.rows(
        "SELECT * FROM albums WHERE artist_id = ? ORDER BY created_at DESC, id DESC"
        " LIMIT ? OFFSET ?",
        artist_id,
        page.size,
        min(page.offset, counted["total"]),
    )
    return pagination(page, counted["total"], resources.albums(context, rows))


def artist_followers(context: Context) -> Json:
    """``GET /artists/{id}/followers``, the latest first."""
    context.signed_in()
    artist_id = context.artist()["id"]
    page = requested_page(context.query)
    counted = context.row("SELECT COUNT(*) AS total FROM follows WHERE artist_id = ?", artist_id)
    assert counted is not None
    rows = context.rows(
        "SELECT u.* FROM follows f JOIN users u ON u.id = f.user_id WHERE f.artist_id = ?"
        " ORDER BY f.followed_at DESC, f.user_id DESC LIMIT ? OFFSET ?",
        artist_id,
        page.size,
        min(page.offset, counted["total"]),
    )
    return pagination(page, counted["total"], [resources.user_card(row) for row in rows])


_ARTIST = record(
    {
        **shapes.ARTIST_FIELDS,
        "profile": record(
            {
                "id": IDENTIFIER,
                "description": nullable(TEXT),
                "city": nullable(TEXT),
                "country": nullable(TEXT),
            }
        ),
        "profile_images": array(record({"id": COUNT, "url": TEXT})),
        "links": array(record({"id": COUNT, "url": TEXT, "title": TEXT})),
    },
    {"genres": shapes.LABELS, "albums": page_of(shapes.ALBUM)},
)

OPERATIONS = (
    Operation(
        "GET",
        "/artists/{id}",
        artist,
        "An artist",
        Source.DOCUMENTED,
        succeeded(artist=_ARTIST),
        query=(Query("with", TEXT),),
        public=True,
        anonymous_reply=succeeded(artist=record(shapes.MINIMAL_ARTIST_FIELDS)),
    ),
    Operation(
        "GET",
        "/artists/{id}/tracks",
        artist_tracks,
        "An artist's tracks",
        Source.DOCUMENTED,
        paginated(shapes.TRACK),
        query=PAGING,
        public=True,
        anonymous_reply=paginated(shapes.MINIMAL_TRACK),
    ),
    Operation(
        "GET",
        "/artists/{id}/albums",
        artist_albums,
        "An artist's albums",
        Source.DOCUMENTED,
        paginated(shapes.ALBUM),
        query=PAGING,
    ),
    Operation(
        "GET",
        "/artists/{id}/followers",
        artist_followers,
        "An artist's followers",
        Source.DOCUMENTED,
        paginated(shapes.USER),
        query=PAGING,
    ),
)
