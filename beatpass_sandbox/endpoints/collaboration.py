"""With whom an artist works, and with whom it could. Bodies but the first are assumed."""

from __future__ import annotations

from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Group, Operation, Source
from beatpass_sandbox.endpoints import shapes
from beatpass_sandbox.endpoints.resources import artist_card, credited_artists
from beatpass_sandbox.replies import Json
from beatpass_sandbox.schemas import COUNT, FLAG, IDENTIFIER, TEXT, array, enveloped, record

_MOST_TRACKS = 200
_MOST_RECOMMENDATIONS = 20
_TRACKS_NEEDED = 3


def collaborative_tracks(context: Context) -> list[Json]:
    """``GET /artist/{id}/collaborative-tracks`` (developer guide): a bare array.

    The 200 newest tracks on which the artist is credited together with others.
    """
    context.signed_in()
    artist_id = context.artist()["id"]
    rows = context.rows(
        "SELECT t.id, t.name, f.plays FROM credits c"
        " CROSS JOIN track_figures f ON f.track_id = c.track_id AND f.credited > 1"
        " CROSS JOIN tracks t ON t.id = c.track_id"
        " WHERE c.artist_id = ? ORDER BY c.sequence DESC LIMIT ?",
        artist_id,
        _MOST_TRACKS,
    )
    credited = credited_artists(context, [row["id"] for row in rows])
    return [
        {
            "track_id": row["id"],
            "title": row["name"],
            "primary_artist": credited[row["id"]][0],
            "collaborators": [card for card in credited[row["id"]] if card["id"] != artist_id],
            "plays": row["plays"],
        }
        for row in rows
    ]


def collaboration_network(context: Context) -> Json:
    """``GET /producer-intelligence/collaboration-network``: most shared tracks first."""
    artist_id = context.own_artist()
    collaborators = [
        {
            **artist_card(row),
            "track_count": row["tracks"],
            "following": row["followed_at"] is not None,
        }
        for row in context.rows(
            "SELECT a.*, c.tracks, f.followed_at FROM collaborations c"
            " JOIN artists a ON a.id = c.partner_id"
            " LEFT JOIN follows f ON f.artist_id = a.id AND f.user_id = ?"
            " WHERE c.artist_id = ? ORDER BY c.tracks DESC, a.id",
            context.signed_in().user_id,
            artist_id,
        )
    ]
    figures = context.row(
        "SELECT collaborative_tracks FROM artist_figures WHERE artist_id = ?", artist_id
    )
    assert figures is not None
    return {
        "success": True,
        "data": {
            "total_collaborators": len(collaborators),
            "total_collaborations": figures["collaborative_tracks"],
            "collaborators": collaborators,
        },
    }


def collaboration_opportunities(context: Context) -> Json:
    """``GET /producer-intelligence/collaboration-opportunities``: the 20 best matches.

    An artist's taste is the share of each genre among the genres of its tracks. The match score
    is what two tastes have in common: 100 times the sum, over all genres, of the smaller of the
    two shares, rounded; 100 is the same mixture, 0 no genre in common. Those worked with
    already are left out, and nobody is recommended to an artist with fewer than three tracks
    that have a genre.
    """
    artist_id = context.own_artist()
    own = {
        row["genre_id"]: row
        for row in context.rows("SELECT * FROM artist_genres WHERE artist_id = ?", artist_id)
    }
    if sum(row["primary_tracks"] for row in own.values()) < _TRACKS_NEEDED:
        return _recommended([])
    labels = sum(row["tracks"] for row in own.values())
    shared: dict[int, list[tuple[float, str]]] = {}
    for row in context.rows(
        "SELECT g.*, n.name, g.tracks * 1.0 / SUM(g.tracks) OVER (PARTITION BY g.artist_id)"
        " AS share FROM artist_genres g JOIN genres n ON n.id = g.genre_id"
        " JOIN artists a ON a.id = g.artist_id AND a.has_profile"
        " WHERE g.artist_id NOT IN (SELECT partner_id FROM collaborations WHERE artist_id = ?)"
        " AND g.artist_id NOT IN (SELECT artist_id FROM memberships WHERE user_id = ?)"
        " ORDER BY g.artist_id, g.genre_id",
        artist_id,
        context.signed_in().user_id,
    ):
        if row["genre_id"] in own:
            common = min(row["share"], own[row["genre_id"]]["tracks"] / labels)
            shared.setdefault(row["artist_id"], []).append((common, row["name"]))
    scores = {other: round(100 * sum(part for part, _ in parts)) for other, parts in shared.items()}
    best = sorted(shared, key=lambda other: (-scores[other], other))[:_MOST_RECOMMENDATIONS]
    artists = {
        row["id"]: row
        for row in context.rows(
            "SELECT a.*, f.tracks FROM artists a JOIN artist_figures f ON f.artist_id = a.id"
            f" WHERE a.id IN ({','.join('?' * len(best))})",
            *best,
        )
    }
    return _recommended(
        [
            {
                "artist": artist_card(artists[other]),
                "track_count": artists[other]["tracks"],
                "match_score": scores[other],
                "common_genres": [
                    name for _, name in sorted(shared[other], key=lambda part: (-part[0], part[1]))
                ],
            }
            for other in best
        ]
    )


def _recommended(recommendations: list[Json]) -> Json:
    return {"success": True, "data": {"recommendations": recommendations}}


OPERATIONS = (
    Operation(
        "GET",
        "/artist/{id}/collaborative-tracks",
        collaborative_tracks,
        "Tracks an artist made together with others",
        Source.GUIDE,
        array(
            record(
                {
                    "track_id": IDENTIFIER,
                    "title": TEXT,
                    "primary_artist": shapes.ARTIST,
                    "collaborators": array(shapes.ARTIST),
                    "plays": COUNT,
                }
            )
        ),
        group=Group.SOCIAL,
        refusals=(404,),
    ),
    Operation(
        "GET",
        "/producer-intelligence/collaboration-network",
        collaboration_network,
        "Everybody the artist has worked with",
        Source.ASSUMED,
        enveloped(
            record(
                {
                    "total_collaborators": COUNT,
                    "total_collaborations": COUNT,
                    "collaborators": array(
                        record({**shapes.ARTIST_FIELDS, "track_count": COUNT, "following": FLAG})
                    ),
                }
            )
        ),
        group=Group.SOCIAL,
        refusals=(404,),
    ),
    Operation(
        "GET",
        "/producer-intelligence/collaboration-opportunities",
        collaboration_opportunities,
        "Artists of similar taste to work with",
        Source.ASSUMED,
        enveloped(
            record(
                {
                    "recommendations": array(
                        record(
                            {
                                "artist": shapes.ARTIST,
                                "track_count": COUNT,
                                "match_score": {"type": "integer", "minimum": 0, "maximum": 100},
                                "common_genres": array(TEXT),
                            }
                        )
                    )
                }
            )
        ),
        group=Group.SOCIAL,
        refusals=(404,),
    ),
)
