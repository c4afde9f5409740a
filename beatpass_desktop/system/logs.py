"""Logging to a private, bounded file; tokens never get into it."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SECRETS = re.compile(
    r"(?i)(\b(?:bearer|basic)\s+|authorization['\"]?\s*[:=]\s*['\"]?(?:\w+\s+)?)[^\s'\",;]+"
)
_CRASHES_BYTES = 100_000


class Redaction(logging.Formatter):
    """Formats a record, then takes out everything that looks like or is a token."""

    def __init__(self, *secrets: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = {secret for secret in secrets if secret}

    def conceal(self, secret: str) -> None:
        """From now on take `secret` out as well."""
        if secret:
            self._secrets.add(secret)

    def format(self, record: logging.LogRecord) -> str:
        """The record as one redacted text, its traceback included."""
        return self.redacted(super().format(record))

    def redacted(self, text: str) -> str:
        """`text` without what looks like or is a token."""
        text = _SECRETS.sub(r"\1[redacted]", text)
        for secret in self._secrets:
            text = text.replace(secret, "[redacted]")
        return text


class _PrivateFile(RotatingFileHandler):
    """A log file that only its owner can read."""

    def _open(self):  # type: ignore[no-untyped-def]
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")


def start(folder: Path, *secrets: str) -> Redaction:
    """Log warnings and worse to `folder`; without a writable folder to standard error only."""
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = _PrivateFile(
            folder / "beatpass-desktop.log", maxBytes=1_000_000, backupCount=3
        )
    except OSError:
        handler = logging.StreamHandler()
    redaction = Redaction(*secrets)
    handler.setFormatter(redaction)
    root.addHandler(handler)
    return redaction


def keep_native_crashes(folder: Path) -> None:
    """Have the place in our code written to `crash.log` when the process dies of a fault outside
    Python. It names files and lines alone. Without a writable folder there is none."""
    path = folder / "crash.log"
    too_long = path.exists() and path.stat().st_size > _CRASHES_BYTES
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if too_long else os.O_APPEND)
    with contextlib.suppress(OSError):
        # Open for as long as the process lives.
        faulthandler.enable(os.open(path, flags, 0o600))
