"""Cover art drawn from a name: a small PNG with a two-colour gradient."""

from __future__ import annotations

import colorsys
import hashlib
import struct
import zlib

SIDE = 96


def cover_png(name: str) -> bytes:
    """A square PNG of `SIDE` pixels; the same name gives the same bytes."""
    digest = hashlib.sha256(name.encode()).digest()
    hue = digest[0] / 255
    first = colorsys.hls_to_rgb(hue, 0.42, 0.6)
    second = colorsys.hls_to_rgb((hue + 0.12 + digest[1] / 1_000) % 1.0, 0.24, 0.7)
    rows = bytearray()
    for y in range(SIDE):
        rows.append(0)
        for x in range(SIDE):
            share = (x + y) / (2 * SIDE - 2)
            rows += bytes(
                round(255 * (a + (b - a) * share)) for a, b in zip(first, second, strict=True)
            )
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(rows), 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
