"""Names of people, producers, tracks and albums, drawn from the word lists."""

from __future__ import annotations

import random
from collections.abc import Callable

from beatpass_sandbox.simulation import words


class Namer:
    """Draws names from one seeded source, avoiding repeats while there is choice."""

    _ATTEMPTS = 6

    def __init__(self, source: random.Random) -> None:
        self._random = source
        self._taken: set[tuple[int, str]] = set()
        self._stage_names: set[str] = set()

    def track(self, artist_id: int, artist_name: str) -> str:
        """A track title not used by this artist before, unless the words run out."""
        return self._fresh(artist_id, lambda: self._title(artist_name))

    def album(self, artist_id: int, genre: str) -> str:
        """A title for an album or beat pack, under the same condition."""
        return self._fresh(artist_id, lambda: self._album_title(genre))

    def _fresh(self, artist_id: int, draw: Callable[[], str]) -> str:
        title = draw()
        for _ in range(self._ATTEMPTS):
            if (artist_id, title) not in self._taken:
                break
            title = draw()
        self._taken.add((artist_id, title))
        return title

    def _title(self, artist_name: str) -> str:
        choice = self._random.choice
        form = self._random.random()
        if form < 0.46:
            title = f"{choice(words.ADJECTIVES)} {choice(words.NOUNS)}"
        elif form < 0.58:
            title = f"{choice(words.NOUNS)} in {choice(words.PLACES)}"
        elif form < 0.70:
            title = f"{choice(words.NOUNS)} & {choice(words.NOUNS)}"
        elif form < 0.82:
            title = choice(words.SINGLE_TITLES)
        else:
            title = f"{choice(words.NOUNS)} {choice(words.NOUNS)}"
        ending = self._random.random()
        if ending < 0.05:
            title += f" (prod. {artist_name})"
        elif ending < 0.08:
            title += " (Interlude)"
        elif ending < 0.11:
            title += f" Pt. {choice(('I', 'II', 'III'))}"
        elif ending < 0.13:
            title += " [Free for Profit]"
        return title

    def _album_title(self, genre: str) -> str:
        choice = self._random.choice
        return choice(words.ALBUM_FORMS).format(
            adjective=choice(words.ADJECTIVES),
            noun=choice(words.NOUNS),
            place=choice(words.PLACES),
            number=self._random.randint(1, 4),
            genre=genre,
        )

    def producer(self) -> str:
        """A stage name that no other producer has."""
        choice = self._random.choice
        while True:
            form = self._random.random()
            first, last = choice(words.STAGE_FIRST), choice(words.STAGE_LAST)
            if form < 0.6:
                name = f"{first} {last}"
            elif form < 0.8:
                name = f"{choice(words.ADJECTIVES)} {choice(words.NOUNS)}"
            else:
                name = f"{first}{choice(('!', 'x', ' the Kid', '.wav', ' & Co.'))}"
            if name not in self._stage_names:
                self._stage_names.add(name)
                return name

    def listener(self) -> str:
        """The display name of a user: a full name or a handle."""
        choice = self._random.choice
        first = choice(words.FIRST_NAMES)
        if self._random.random() < 0.65:
            return f"{first} {choice(words.LAST_NAMES)}"
        return f"{first.lower()}{choice(('.', '_', ''))}{choice(words.HANDLE_ENDINGS)}"
