"""What beats of each genre are like: tempo, mood, price and how they are licensed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Genre:
    """A genre with its usual range of tempo, share of minor keys, and list prices in USD."""

    id: int
    name: str
    bpm: tuple[int, int]
    minor_share: float
    prices: tuple[float, ...]
    tags: tuple[str, ...]


_LOW = (14.99, 19.99, 24.99, 29.99)
_MIDDLE = (24.99, 29.99, 34.99, 39.99)
_HIGH = (34.99, 39.99, 49.99, 59.99)

GENRES = (
    Genre(1, "Trap", (130, 160), 0.85, _MIDDLE, ("trap", "hi-hats", "atl")),
    Genre(2, "Drill", (138, 146), 0.95, _MIDDLE, ("drill", "uk drill", "slides")),
    Genre(3, "Lo-Fi", (68, 92), 0.6, _LOW, ("lofi", "study", "jazzy")),
    Genre(4, "Boom Bap", (84, 98), 0.7, _MIDDLE, ("boom bap", "90s", "scratch")),
    Genre(5, "R&B", (60, 105), 0.65, _HIGH, ("rnb", "soul", "slow jam")),
    Genre(6, "Afrobeats", (96, 118), 0.55, _HIGH, ("afrobeats", "afro", "percussion")),
    Genre(7, "Amapiano", (108, 116), 0.6, _HIGH, ("amapiano", "log drum", "dance")),
    Genre(8, "Dancehall", (88, 108), 0.65, _MIDDLE, ("dancehall", "riddim", "caribbean")),
    Genre(9, "Reggaeton", (88, 98), 0.7, _MIDDLE, ("reggaeton", "dembow", "latin")),
    Genre(10, "Pop", (95, 128), 0.4, _HIGH, ("pop", "radio", "hook")),
    Genre(11, "House", (118, 126), 0.6, _MIDDLE, ("house", "club", "four on the floor")),
    Genre(12, "Jersey Club", (132, 142), 0.6, _LOW, ("jersey club", "bed squeak", "club")),
    Genre(13, "Phonk", (120, 160), 0.9, _LOW, ("phonk", "cowbell", "drift")),
    Genre(14, "Soul", (70, 100), 0.5, _HIGH, ("soul", "sample flip", "warm")),
    Genre(15, "Synthwave", (84, 118), 0.65, _LOW, ("synthwave", "80s", "retro")),
    Genre(16, "Hyperpop", (140, 175), 0.5, _LOW, ("hyperpop", "glitch", "pitched")),
)

KEYS = ("C", "C#/Db", "D", "D#/Eb", "E", "F", "F#/Gb", "G", "G#/Ab", "A", "A#/Bb", "B")
