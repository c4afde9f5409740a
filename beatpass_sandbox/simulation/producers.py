"""The producers of the simulated platform and the day each of them joined."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass, field

from beatpass_sandbox.simulation import words
from beatpass_sandbox.simulation.genres import GENRES, Genre
from beatpass_sandbox.simulation.names import Namer
from beatpass_sandbox.simulation.profiles import OwnArtist

DAY = 86_400
_PLATFORM_AGE_DAYS = 1_500
_OTHER_PRODUCERS = 60
_DEFAULT_PICTURE = "/storage/defaults/artist.png"
_NETWORKS = ("instagram", "youtube", "twitter", "soundcloud", "spotify", "tiktok")
_NETWORK_URLS = {
    "instagram": "https://www.instagram.com/{handle}",
    "youtube": "https://www.youtube.com/@{handle}",
    "twitter": "https://twitter.com/{handle}",
    "soundcloud": "https://soundcloud.com/{handle}",
    "spotify": "https://open.spotify.com/artist/{handle}",
    "tiktok": "https://www.tiktok.com/@{handle}",
}


@dataclass(slots=True)
class Producer:
    """One producer: habits that drive uploads, and what the profile page holds."""

    id: int
    name: str
    joined_at: int
    genres: tuple[Genre, ...]
    uploads: int
    albums: int
    completeness: float
    collaboration_share: float
    popularity: float
    verified: bool
    own: bool = False
    bio: str | None = None
    city: tuple[str, str] | None = None
    website: str | None = None
    links: list[tuple[str, str, int]] = field(default_factory=list)
    pictures: list[tuple[str, int]] = field(default_factory=list)
    partners: list[Producer] = field(default_factory=list)


def found_producers(seed: int, now: int, own: OwnArtist | None) -> list[Producer]:
    """All producers, in the order in which they joined."""
    source = random.Random(f"{seed}/producers")
    namer = Namer(source)
    producers = [_other(source, namer, now) for _ in range(_OTHER_PRODUCERS)]
    if own is not None:
        producers.append(_own(source, namer, now, own))
    producers.sort(key=lambda producer: producer.joined_at)
    identifier = 117
    for producer in producers:
        identifier += source.randint(3, 90)
        producer.id = identifier
        _fill_profile(source, producer, now)
    for producer in producers:
        _choose_partners(source, producer, producers, own)
    return producers


def _other(source: random.Random, namer: Namer, now: int) -> Producer:
    age = source.uniform(30, _PLATFORM_AGE_DAYS)
    return Producer(
        id=0,
        name=namer.producer(),
        joined_at=now - int(age * DAY),
        genres=tuple(source.sample(GENRES, source.randint(1, 5))),
        uploads=_career(source),
        albums=0,
        completeness=source.betavariate(4, 2),
        collaboration_share=source.choice((0.0, 0.05, 0.1, 0.2)),
        popularity=source.lognormvariate(-0.2, 0.8),
        verified=source.random() < 0.3,
    )


def _career(source: random.Random) -> int:
    """Uploads of a producer: most have a few dozen, every sixth is prolific."""
    if source.random() < 1 / 6:
        return source.randint(160, 460)
    return min(160, int(source.lognormvariate(3.1, 1.1)))


def _own(source: random.Random, namer: Namer, now: int, own: OwnArtist) -> Producer:
    return Producer(
        id=0,
        name=namer.producer(),
        joined_at=now - own.age_days * DAY - 20_700,
        genres=tuple(source.sample(GENRES, 4)),
        uploads=own.uploads,
        albums=own.albums,
        completeness=0.78,
        collaboration_share=0.2 if own.collaborators else 0.0,
        popularity=own.popularity,
        verified=own.uploads > 0,
        own=True,
    )


def _fill_profile(source: random.Random, producer: Producer, now: int) -> None:
    """Give a producer picture, bio and links; a brand-new one has none of them."""
    established = producer.own and producer.uploads > 0
    if producer.own and not established:
        return
    producer.city = source.choice(words.CITIES)
    handle = "".join(letter for letter in producer.name.lower() if letter.isalnum())
    span = max(1, min(60 * DAY, now - producer.joined_at))

    def soon() -> int:
        return producer.joined_at + source.randrange(span)

    if established or source.random() < 0.8:
        producer.bio = source.choice(words.BIOS).format(
            city=producer.city[0],
            genre=producer.genres[0].name,
            other=producer.genres[-1].name,
            year=source.randint(2014, 2022),
        )
    if not producer.own:
        producer.albums = producer.uploads // 25
    link_count = 4 if established else source.randint(0, 5)
    for network in _NETWORKS[:link_count]:
        producer.links.append((network, _NETWORK_URLS[network].format(handle=handle), soon()))
    for picture in range(3 if established else source.randint(0, 6)):
        url = f"/storage/artist-images/{producer.id}-{picture}.png"
        producer.pictures.append((url, soon()))
    if established or source.random() < 0.3:
        producer.website = f"https://{handle}.example"


def _choose_partners(
    source: random.Random, producer: Producer, producers: list[Producer], own: OwnArtist | None
) -> None:
    """Pick whom a producer works with; the own artist's partners stay exactly as many as asked."""
    others = [other for other in producers if not other.own and other is not producer]
    if producer.own:
        wanted = own.collaborators if own is not None else 0
        senior = [other for other in others if other.joined_at < producer.joined_at]
        producer.partners = source.sample(senior or others, min(wanted, len(senior or others)))
    elif producer.collaboration_share:
        producer.partners = source.sample(others, source.randint(1, 6))


def store_producers(connection: sqlite3.Connection, producers: list[Producer]) -> None:
    """Write the artists with their links and pictures."""
    for producer in producers:
        picture = producer.pictures[0][0] if producer.pictures else _DEFAULT_PICTURE
        connection.execute(
            "INSERT INTO artists VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                producer.id,
                producer.name,
                picture,
                producer.verified,
                1,
                producer.joined_at,
                producer.bio,
                producer.city[0] if producer.city else None,
                producer.city[1] if producer.city else None,
                producer.website,
            ),
        )
        connection.executemany(
            "INSERT INTO artist_links VALUES (?,?,?,?,?)",
            [(producer.id, place, *link) for place, link in enumerate(producer.links)],
        )
        connection.executemany(
            "INSERT INTO artist_pictures VALUES (?,?,?,?)",
            [(producer.id, place, *shot) for place, shot in enumerate(producer.pictures)],
        )
