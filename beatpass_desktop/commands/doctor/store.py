"""The doctor's look at the stored data, which it opens for reading only."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from beatpass_desktop.commands.doctor.environment import size_text
from beatpass_desktop.commands.doctor.report import Finding, Section, Verdict
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.store import cipher, schema
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.health import Health, StoredDataSet, examine

_MEMBERS = ("", "-wal", "-shm")


def store_section(path: Path, now: datetime) -> Section:
    """Whether the store is sound, what is in it, and how old that is."""
    facts: dict[str, Any] = {
        "path": str(path),
        "exists": path.exists(),
        "size": _size(path),
        "version": None,
        "current_version": schema.VERSION,
        "encrypted": None,
        "sound": None,
        "complaints": [],
        "rows": {},
        "accounts": [],
        "data_sets": [],
        "failure": None,
    }
    if not facts["exists"]:
        nothing = Finding(Verdict.WELL, "File", f"{path}: nothing is stored yet")
        return Section("store", "Stored data", facts, [nothing])
    facts["encrypted"] = cipher.identity_of(path) is not None
    file = Finding(Verdict.WELL, "File", f"{path}, {size_text(facts['size'])}")
    try:
        health = examine(path)
    except StoreError as error:
        facts["failure"] = {"sentence": error.sentence, "details": error.details}
        details = (error.details,) if error.details else ()
        return Section(
            "store",
            "Stored data",
            facts,
            [file, Finding(Verdict.WRONG, "Reading it", error.sentence, details)],
        )
    facts |= {
        "version": health.version,
        "sound": not health.complaints,
        "complaints": list(health.complaints),
        "rows": health.rows,
        "accounts": [{**one._asdict(), "used_at": _iso(one.used_at)} for one in health.accounts],
        "data_sets": [
            {
                **one._asdict(),
                "fetched_at": _iso(one.fetched_at),
                "age_seconds": _age(one.fetched_at, now),
            }
            for one in health.data_sets
        ],
    }
    findings = [
        file,
        _encryption(facts["encrypted"]),
        _version(health),
        _integrity(health),
        _rows(health),
        *_accounts(health),
    ]
    findings += [_data_set(one, now) for one in health.data_sets]
    return Section("store", "Stored data", facts, findings)


def _size(path: Path) -> int:
    members = (path.with_name(path.name + member) for member in _MEMBERS)
    return sum(member.stat().st_size for member in members if member.exists())


def _encryption(is_encrypted: bool) -> Finding:
    if is_encrypted:
        return Finding(Verdict.WELL, "Encryption", "encrypted (ChaCha20-Poly1305)")
    return Finding(Verdict.NOTE, "Encryption", "not encrypted; readable for nobody but this user")


def _version(health: Health) -> Finding:
    if health.version == schema.VERSION:
        return Finding(Verdict.WELL, "Version", str(health.version))
    text = f"{health.version}; becomes {schema.VERSION} when the program is next started"
    return Finding(Verdict.NOTE, "Version", text)


def _integrity(health: Health) -> Finding:
    if not health.complaints:
        return Finding(Verdict.WELL, "Integrity", "sound (quick_check)")
    text = "damaged; at its next start the program sets the file aside and fetches all again"
    return Finding(Verdict.WRONG, "Integrity", text, health.complaints)


def _rows(health: Health) -> Finding:
    counts = ", ".join(f"{name} {count:,}" for name, count in health.rows.items() if count)
    return Finding(Verdict.WELL, "Rows", counts or "none")


def _accounts(health: Health) -> list[Finding]:
    return [
        Finding(
            Verdict.WELL,
            f"Account {one.account}",
            f"{one.name or 'no name'} at {one.origin}, last signed in {_day(one.used_at)}",
        )
        for one in health.accounts
    ]


def _data_set(one: StoredDataSet, now: datetime) -> Finding:
    whose = f"of artist {one.artist}" if one.artist else f"of account {one.account}"
    failed = one.attempt in (Attempt.FAILED, Attempt.UNREACHED)
    seconds = _age(one.fetched_at, now)
    age = "never fetched" if seconds is None else f"fetched {_age_text(seconds)} ago"
    many = f" (newest of {one.instances})" if one.instances > 1 else ""
    last = f"; the last attempt failed: {one.reason}" if failed else ""
    verdict = Verdict.NOTE if failed else Verdict.WELL
    return Finding(verdict, one.resource, f"{whose}: {age}{many}{last}")


def _age(at: datetime | None, now: datetime) -> int | None:
    return None if at is None else max(0, round((now - at).total_seconds()))


def _age_text(seconds: int) -> str:
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


def _day(at: datetime) -> str:
    return at.date().isoformat()
