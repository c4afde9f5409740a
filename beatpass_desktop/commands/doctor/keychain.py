"""The doctor's look at the keychain. No secret is shown, and none is written."""

from __future__ import annotations

import time
from typing import Any

from beatpass_desktop.commands.doctor.report import Finding, Section, Verdict
from beatpass_desktop.system.keychain import (
    BackendRefused,
    Keychain,
    KeychainAbsent,
    KeychainError,
)

_NOBODY = "doctor"
"""A name that no token is kept under."""


async def keychain_section(keychain: Keychain) -> Section:
    """Which back end there is, whether it may be used, and whether it answers."""
    facts: dict[str, Any] = {
        "backend": None,
        "allowed": None,
        "reachable": None,
        "latency_ms": None,
        "failure": None,
    }
    began = time.monotonic()
    try:
        facts["backend"] = await keychain.backend()
        facts["allowed"] = True
        began = time.monotonic()
        await keychain.get(_NOBODY)
    except KeychainAbsent as error:
        facts["failure"] = _failure(error)
        finding = Finding(
            Verdict.NOTE, "Back end", f"{error.sentence} Tokens are kept for a session only."
        )
    except BackendRefused as error:
        facts |= {"backend": error.details or None, "allowed": False, "failure": _failure(error)}
        finding = Finding(
            Verdict.NOTE, error.details or "Back end", f"not allowed: {error.sentence}"
        )
    except KeychainError as error:
        facts |= {"reachable": False, "failure": _failure(error)}
        finding = Finding(
            Verdict.WRONG, facts["backend"] or "Back end", error.sentence, _details(error)
        )
    else:
        latency = round((time.monotonic() - began) * 1000, 1)
        facts |= {"reachable": True, "latency_ms": latency}
        finding = Finding(Verdict.WELL, facts["backend"], f"allowed, answers within {latency} ms")
    return Section("keychain", "Keychain", facts, [finding])


def _failure(error: KeychainError) -> dict[str, str]:
    return {"kind": type(error).__name__, "sentence": error.sentence, "details": error.details}


def _details(error: KeychainError) -> tuple[str, ...]:
    return (error.details,) if error.details else ()
