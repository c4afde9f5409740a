"""The keys of data sets for whom is signed in."""

from __future__ import annotations

from beatpass_desktop.domain.resources import Page, Part, Resource, ResourceKey
from beatpass_desktop.sync.identity import Identification
from beatpass_desktop.sync.resources import TABLE, fetched_for


def key_of(resource: Resource, known: Identification, params: str = "") -> ResourceKey | None:
    """The key of one instance of a data set; None while it is not known whom for."""
    key = TABLE[resource].data_set.key(known.account, known.own_artist, known.artist)
    return None if key is None else key._replace(params=params)


def keys_for(page: Page, known: Identification) -> list[ResourceKey]:
    """What a page needs as soon as it is in view.

    A section that can only be had of another artist than the current one is not shown.
    """
    return [
        key
        for data_set in fetched_for(page)
        if (key := key_of(data_set.resource, known)) is not None
        and (data_set.part is Part.PAGE or key.artist == known.artist)
    ]
