"""The doctor's look at BeatPass: every endpoint that the app reads, asked once as the app does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from beatpass_desktop.api.endpoints import ENDPOINTS, Endpoint
from beatpass_desktop.api.errors import ApiError
from beatpass_desktop.api.growth import BATCH, fetch_growth
from beatpass_desktop.api.identity import fetch_identity
from beatpass_desktop.api.session import always
from beatpass_desktop.commands.doctor.fields import FieldCheck, by_basis, check_fields
from beatpass_desktop.commands.doctor.report import Finding, Section, Verdict
from beatpass_desktop.commands.doctor.requests import Exchange, WatchedSession
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.insights import InsightPeriod, InsightQuery, InsightSubject
from beatpass_desktop.domain.replies import Decoded, Fetched, Slice
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.sync.resources import TABLE
from beatpass_desktop.sync.sources import SOURCES, Listing

_GIVEN_UP_AFTER = 2
"""requests in a row that did not reach the server"""
_NO_ARTIST = "no artist profile"
_OF_A_TRACK = frozenset({Resource.GROWTH, Resource.INSIGHTS, Resource.CHART})
_OF_AN_ALBUM = frozenset({Resource.ALBUM_TRACKS})
_OF_AN_ARTIST = frozenset(
    {
        # These name the artist in the query.
        Resource.STRIPE,
        Resource.FINANCES,
        Resource.TRANSACTIONS,
        *(r for r, endpoint in ENDPOINTS.items() if "{artist}" in endpoint.path),
    }
)


@dataclass(frozen=True, slots=True)
class _Visit:
    """How asking one endpoint went. With `reason` it was not asked."""

    resource: Resource
    exchanges: Sequence[Exchange] = ()
    failure: Failure | None = None
    fields: FieldCheck | None = None
    rows: int | None = None
    dropped: int | None = None
    reason: str = ""


def untried(reason: str, resource_reasons: Sequence[Finding] = ()) -> Section:
    """The section when nothing is asked, for a reason such as "signed out"."""
    visits = [_Visit(resource, reason=reason) for resource in ENDPOINTS]
    section = _section(visits)
    return Section(
        section.name, section.title, section.facts, [*resource_reasons, *section.findings]
    )


async def endpoints_section(session: WatchedSession, artist: int) -> Section:
    """Ask every endpoint about an artist; with 0 about the one that the first of them name."""
    return _section([visit async for visit in _Round(session, artist).visits()])


class _Round:
    """Asks one endpoint after the other, so that their times say something of each."""

    def __init__(self, session: WatchedSession, artist: int) -> None:
        self._session = session
        self._artist = artist
        self._tracks: list[int] = []
        self._albums: list[int] = []
        self._unreached = 0
        self._stop = ""

    async def visits(self) -> AsyncIterator[_Visit]:
        """One visit to each, in the order of the table."""
        for resource in (Resource.IDENTITY, *TABLE):
            reason = self._stop or self._lack(resource)
            if reason:
                yield _Visit(resource, reason=reason)
                continue
            visit = await self._visit(resource)
            self._learn(visit)
            yield visit

    def _lack(self, resource: Resource) -> str:
        """What is missing to ask this endpoint."""
        if resource in _OF_A_TRACK and not self._tracks:
            return "no track to ask about"
        if resource in _OF_AN_ALBUM and not self._albums:
            return "no album to ask about"
        if resource in _OF_AN_ARTIST and not self._artist:
            return "no artist to ask about"
        return ""

    async def _visit(self, resource: Resource) -> _Visit:
        before = len(self._session.exchanges)
        failure = None
        found: Any = None
        try:
            found = await self._session.within_patience(self._request(resource)())
        except ApiError as error:
            failure = error.failure
        except Exception as error:
            # The rest is still worth looking at. What the error says may quote the reply.
            name = type(error).__name__
            failure = Failure(FailureKind.BUG, "The app failed on this reply.", name, reached=True)
        exchanges = tuple(self._session.exchanges[before:])
        if failure is not None:
            return _Visit(resource, exchanges, failure)
        if exchanges and (exchanges[-1].status or 0) >= 400:
            # A refusal that is an answer, such as: no upload access.
            return _Visit(resource, exchanges)
        if isinstance(found, Slice):
            rows = found.rows
            self._note_rows(resource, rows)
            check = check_fields(rows, ENDPOINTS[resource].unsent)
            return _Visit(resource, exchanges, None, check, len(rows), found.dropped)
        if isinstance(found, Fetched):
            assert found.decoded is not None
            self._note_artist(found.decoded.value, resource)
            besides = ENDPOINTS[resource].unsent
            return _Visit(resource, exchanges, None, check_fields([found.decoded], besides))
        return _Visit(resource, exchanges, None, check_fields(found), len(found))

    def _request(self, resource: Resource) -> Callable[[], Awaitable[Any]]:
        """How the app asks it."""
        session = self._session
        if resource is Resource.IDENTITY:
            return partial(fetch_identity, session)
        if resource is Resource.GROWTH:
            return partial(fetch_growth, session, self._tracks[:BATCH])
        source = SOURCES[resource]
        if isinstance(source, Listing):
            return partial(source.fetch, session, self._artist, 1)
        params = ""
        if resource in _OF_A_TRACK:
            track = self._tracks[0]
            params = InsightQuery(InsightSubject.TRACK, track, InsightPeriod.MONTH).params
        elif resource in _OF_AN_ALBUM:
            params = str(self._albums[0])
        key = ResourceKey(resource, 0, self._artist, params)
        return partial(source.fetch, session, key, etag=None, urgent=always)

    def _note_rows(self, resource: Resource, rows: Sequence[Decoded[Any]]) -> None:
        if resource is Resource.TRACKS:
            self._tracks = [row.value.id for row in rows]
        elif resource is Resource.ALBUMS:
            self._albums = [row.value.id for row in rows]

    def _note_artist(self, value: Any, resource: Resource) -> None:
        if resource is Resource.IDENTITY and value.artists:
            managed = [artist.id for artist in value.artists]
            if self._artist not in managed:
                self._artist = managed[0]
        elif resource is Resource.PROFILE:
            self._artist = self._artist or value.id or 0

    def _learn(self, visit: _Visit) -> None:
        """What an outcome means for the rest."""
        failure = visit.failure
        reached = failure is None or failure.reached
        self._unreached = 0 if reached else self._unreached + 1
        if failure is None:
            return
        if failure.kind is FailureKind.UNAUTHORISED:
            self._stop = "the access token is not accepted"
        elif failure.kind is FailureKind.LIMITED:
            self._stop = "BeatPass wants no requests for a while"
        elif self._unreached >= _GIVEN_UP_AFTER:
            self._stop = "the server cannot be reached"
        elif visit.resource is Resource.PROFILE and not self._artist and _is_refusal(failure):
            self._stop = _NO_ARTIST


def _is_refusal(failure: Failure) -> bool:
    return failure.kind in (FailureKind.FORBIDDEN, FailureKind.NOT_FOUND)


def _section(visits: Sequence[_Visit]) -> Section:
    facts = {"table": [_facts(visit) for visit in visits]}
    return Section("endpoints", "Endpoints", facts, [_finding(visit, visits) for visit in visits])


def _facts(visit: _Visit) -> dict[str, Any]:
    endpoint = ENDPOINTS[visit.resource]
    last = visit.exchanges[-1] if visit.exchanges else None
    check = visit.fields
    failure = visit.failure
    return {
        "resource": visit.resource.value,
        "method": endpoint.method,
        "path": endpoint.path,
        "basis": endpoint.basis.value,
        "tried": not visit.reason,
        "reason": visit.reason or None,
        "reachable": None if visit.reason else failure is None or failure.reached,
        "status": last.status if last else None,
        "latency_ms": last.latency if last else None,
        "requests": [
            {"method": e.method, "path": e.path, "status": e.status, "latency_ms": e.latency}
            for e in visit.exchanges
        ],
        "failure": None
        if failure is None
        else {"kind": failure.kind.value, "sentence": failure.sentence, "details": failure.details},
        "rows": visit.rows,
        "dropped_rows": visit.dropped,
        "recognised": by_basis(endpoint, check.recognised) if check else None,
        "absent": by_basis(endpoint, check.absent) if check else None,
        "misfits": [misfit._asdict() for misfit in check.misfits] if check else [],
    }


def _finding(visit: _Visit, visits: Sequence[_Visit]) -> Finding:
    endpoint = ENDPOINTS[visit.resource]
    subject = f"{endpoint.method} {endpoint.path}"
    if visit.reason:
        return Finding(Verdict.UNTRIED, subject, visit.reason)
    last = visit.exchanges[-1] if visit.exchanges else None
    status = str(last.status) if last and last.status else "no answer"
    heard = f"{status}, {last.latency:.0f} ms, {endpoint.basis.value}" if last else status
    if visit.failure is not None:
        if visit.resource is Resource.PROFILE and visits[-1].reason == _NO_ARTIST:
            return Finding(Verdict.NOTE, subject, f"{heard}: {_NO_ARTIST}")
        details = (visit.failure.details,) if visit.failure.details else ()
        return Finding(Verdict.WRONG, subject, f"{heard}: {visit.failure.sentence}", details)
    if visit.fields is None:
        return Finding(Verdict.NOTE, subject, f"{heard}: refused, which the app understands")
    return _about_fields(visit, visit.fields, endpoint, subject, heard)


def _about_fields(
    visit: _Visit, check: FieldCheck, endpoint: Endpoint, subject: str, heard: str
) -> Finding:
    counted = "" if visit.rows is None else f", {_count(visit.rows, 'row')}"
    text = f"{heard}{counted}, {_count(len(check.recognised), 'field')} recognised"
    if visit.rows == 0:
        text = f"{heard}, no rows to recognise fields in"
    details = [*_listed("recognised", endpoint, check.recognised)]
    lacks = [*_listed("did not come", endpoint, check.absent)]
    lacks += [
        f"does not fit: {m.where} should be {m.expected}, came as {m.got}"
        + (f" ({m.times} times)" if m.times > 1 else "")
        for m in check.misfits
    ]
    if visit.dropped:
        lacks.append(f"left out: {_count(visit.dropped, 'row')} without a usable id")
    verdict = Verdict.NOTE if lacks else Verdict.WELL
    if check.unreadable:
        verdict = Verdict.WRONG
        text += f"; cannot be read: {', '.join(check.unreadable)}"
    return Finding(verdict, subject, text, (*details, *lacks))


def _listed(what: str, endpoint: Endpoint, names: Sequence[str]) -> Iterator[str]:
    for basis, found in by_basis(endpoint, names).items():
        if found:
            yield f"{what} ({basis}): {', '.join(found)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
