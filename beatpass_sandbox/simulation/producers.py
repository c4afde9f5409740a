"""The producers of the simulated platform and the day each of them joined."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from beatpass_sandbox.simulation import words
from beatpass_sandbox.simulation.genres import GENRES, Genre
from beatpass_sandbox.simulation.names import Namer
from beatpass_sandbox.simulation.profiles import OwnArtist, Profile

DAY = 86_400
_PLATFORM_AGE_DAYS = 1_500
_GUESTS = 2
_TRACKS_OF_AN_ADMINISTRATOR = 30
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
    """One producer: habits that drive uploads, and what the profile page holds.

    ``uploads`` and ``albums`` are what is to be simulated up to now. On an average day later
    there will be ``sessions`` uploading sessions and ``followers`` new followers, and
    ``downloads`` for each play.
    """

    id: int
    name: str
    joined_at: int
    genres: tuple[Genre, ...]
    completeness: float
    collaboration_share: float
    popularity: float
    variation: float = 1.1
    uploads: int = 0
    albums: int = 0
    verified: bool = False
    own: bool = False
    currency: str = "USD"
    has_profile: bool = True
    administrator: bool = False
    sessions: float = 0.0
    followers: float = 0.0
    downloads: float = 0.0
    bio: str | None = None
    city: tuple[str, str] | None = None
    website: str | None = None
    links: list[tuple[str, str, int]] = field(default_factory=list)
    pictures: list[tuple[str, int]] = field(default_factory=list)
    partners: list[Producer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who uploads or is credited, in the order of joining, and the user's own ones."""

    producers: list[Producer]
    own: list[tuple[Producer, OwnArtist]]


def found_producers(seed: int, now: int, profile: Profile) -> Cast:
    """The producers of a platform; the user's own ones come in the order of the profile."""
    source = random.Random(f"{seed}/producers")
    namer = Namer(source)
    others = [_other(source, namer, now) for _ in range(profile.platform_size)]
    _give_roles(others, now)
    own = [(_own(source, namer, now, artist), artist) for artist in profile.artists]
    producers = sorted(
        [*others, *(producer for producer, _ in own)], key=lambda producer: producer.joined_at
    )
    identifier = 117
    for producer in producers:
        identifier += source.randint(3, 90)
        producer.id = identifier
        if producer.has_profile:
            _fill_profile(source, producer, now)
    _choose_partners(source, others, own)
    return Cast(producers, own)


def _other(source: random.Random, namer: Namer, now: int) -> Producer:
    age = source.uniform(30, _PLATFORM_AGE_DAYS)
    return Producer(
        id=0,
        name=namer.producer(),
        joined_at=now - int(age * DAY),
        genres=tuple(source.sample(GENRES, source.randint(1, 6))),
        uploads=_career(source),
        completeness=source.betavariate(4, 2),
        collaboration_share=source.choice((0.0, 0.05, 0.1, 0.2)),
        popularity=source.lognormvariate(-0.2, 0.8),
        verified=source.random() < 0.3,
    )


def _career(source: random.Random) -> int:
    """Uploads of a producer: most have a few dozen, every fifth is prolific."""
    if source.random() < 1 / 5:
        return source.randint(160, 460)
    return min(160, int(source.lognormvariate(3.1, 1.1)))


def _give_roles(others: list[Producer], now: int) -> None:
    """Make one an administrator, one a newcomer, and a few mere names in others' credits."""
    for administrator in others[:1]:
        administrator.administrator = True
        administrator.uploads = max(administrator.uploads, _TRACKS_OF_AN_ADMINISTRATOR)
    for newcomer in others[1:2]:
        newcomer.uploads = 0
    for guest in others[2 : 2 + _GUESTS]:
        guest.has_profile = guest.verified = False
        guest.uploads = 0
        guest.joined_at = now - _PLATFORM_AGE_DAYS * DAY


def _own(source: random.Random, namer: Namer, now: int, own: OwnArtist) -> Producer:
    return Producer(
        id=0,
        name=namer.producer(),
        joined_at=now - own.age_days * DAY - 20_700,
        genres=tuple(source.sample(GENRES, 3)),
        uploads=own.uploads,
        albums=own.albums,
        completeness=own.completeness,
        collaboration_share=0.2 if own.collaborators else 0.0,
        popularity=own.popularity,
        variation=own.variation,
        verified=own.uploads > 0,
        own=True,
        currency=own.currency,
    )


def _fill_profile(source: random.Random, producer: Producer, now: int) -> None:
    """Give a producer picture, bio and links; a brand-new own one has none of them."""
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
    source: random.Random, others: list[Producer], own: list[tuple[Producer, OwnArtist]]
) -> None:
    """Pick whom each producer works with.

    Own artists get as many partners as their profile asks for, those who were there before
    them first, so that all of them are credited.
    """
    uploading = [other for other in others if other.uploads]
    for producer in others:
        if producer.collaboration_share and producer.uploads:
            candidates = [other for other in uploading if other is not producer]
            wanted = min(source.randint(1, 6), len(candidates))
            producer.partners = source.sample(candidates, wanted)
    busiest = max(others, key=lambda one: one.uploads * len(one.partners), default=None)
    if busiest is not None and busiest.partners:
        busiest.partners += [other for other in others if not other.has_profile]
    for producer, artist in own:
        shuffled = source.sample(uploading, len(uploading))
        shuffled.sort(key=lambda other: other.joined_at >= producer.joined_at)
        producer.partners = shuffled[: artist.collaborators]
