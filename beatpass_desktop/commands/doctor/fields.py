"""Which fields of a reply the decoders recognised, which did not come, and which did not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NamedTuple

from beatpass_desktop.api.endpoints import Basis, Endpoint
from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import AlbumRef
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.transactions import TrackRef

_WHOLE = (ArtistRef, AlbumRef, TrackRef, Money)
"""Not looked into: which of their fields come depends on where they stand."""
_PLACE = re.compile(r"\[\d+\]")


class Misfit(NamedTuple):
    """A field of the wrong type or value, in the wire's words, and how often it did."""

    where: str
    expected: str
    got: str
    times: int


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """Fields in the domain's words; `a[].b` is field b of the objects in list a.

    A field within another counts as recognised when it has a value anywhere.
    """

    recognised: tuple[str, ...]
    absent: tuple[str, ...]
    misfits: tuple[Misfit, ...]

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The misfits of fields that came right nowhere."""
        return tuple(dict.fromkeys(m.where for m in self.misfits if m.where in self.absent))


def check_fields(replies: Sequence[Decoded[Any]], besides: Iterable[str] = ()) -> FieldCheck:
    """What the values decoded from one reply have in common.

    `besides` are fields that are not to be expected.
    """
    expected: dict[str, None] = {}
    known: set[str] = set()
    misfits: Counter[tuple[str, str, str]] = Counter()
    for reply in replies:
        known |= reply.carried
        misfits.update((_PLACE.sub("[]", n.where), n.expected, n.got) for n in reply.notes)
        for name in _fields_of(reply.value):
            expected[name] = None
            _look_into(name, getattr(reply.value, name), expected, known)
    names = [name for name in expected if name not in set(besides)]
    return FieldCheck(
        tuple(name for name in names if name in known),
        tuple(name for name in names if name not in known),
        tuple(Misfit(*what, times) for what, times in misfits.items()),
    )


def by_basis(endpoint: Endpoint, names: Iterable[str]) -> dict[str, list[str]]:
    """Fields under the basis of each."""
    found: dict[str, list[str]] = {basis.value: [] for basis in Basis}
    for name in names:
        found[endpoint.basis_of(name).value].append(name)
    return found


def _fields_of(value: Any) -> tuple[str, ...]:
    if is_dataclass(value):
        return tuple(field.name for field in fields(value))
    names: tuple[str, ...] = value._fields
    return names


def _look_into(path: str, value: object, expected: dict[str, None], known: set[str]) -> None:
    if isinstance(value, list | tuple) and not isinstance(value, _WHOLE):
        for item in value:
            _look_into(f"{path}[]", item, expected, known)
    elif is_dataclass(value) and not isinstance(value, _WHOLE):
        for name in _fields_of(value):
            inner = f"{path}.{name}"
            expected[inner] = None
            found = getattr(value, name)
            if found is not None:
                known.add(inner)
                _look_into(inner, found, expected, known)
