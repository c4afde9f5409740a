"""Which store files are encrypted, and the keys at hand in this process.

An encrypted file names its key: where a plain SQLite file has its magic, SQLite3 Multiple Ciphers
puts 16 bytes of its own choosing, and ours are a digest of the key. So a file, its backups and its
copies find their key wherever they are moved, and a key that does not belong to them is told from
damage. Every page bears a tag of ChaCha20-Poly1305, verified whenever the page is read.

The start needs this module: what only makes or checks keys is imported when it is called.
"""

from __future__ import annotations

from pathlib import Path

import apsw

from beatpass_desktop.store.errors import StoreLocked

VFS = next(name for name in apsw.vfs_names() if name.startswith("multipleciphers"))
"""What reads encrypted files, whatever else is put before the file system later."""

_MAGIC = b"SQLite format 3\0"
_IDENTITY_BYTES = len(_MAGIC)
_HEAD_BYTES = 24
_TAG_BYTES = 32
_FRACTIONS = b"\x40\x20\x20"
_DOMAIN = b"BeatPass Desktop store key"

_at_hand: dict[str, str] = {}


class StoreKey:
    """A key and the name that files know it by, both in hexadecimal. It is never printed."""

    __slots__ = ("identity", "secret")

    def __init__(self, identity: str, secret: str) -> None:
        self.identity = identity
        self.secret = secret

    def __repr__(self) -> str:
        """Without the key."""
        return f"StoreKey({self.identity})"

    @property
    def is_genuine(self) -> bool:
        """Whether the name is the key's own."""
        return self.identity == _identity_of_key(self.secret)


def new_key() -> StoreKey:
    """A random key."""
    from secrets import token_hex

    secret = token_hex(32)
    return StoreKey(_identity_of_key(secret), secret)


def have(key: StoreKey) -> None:
    """From now on open files of this key."""
    _at_hand[key.identity] = key.secret


def forget(identity: str) -> None:
    """From now on do not open files of the key with this name."""
    _at_hand.pop(identity, None)


def is_at_hand(identity: str) -> bool:
    """Whether files of the key with this name can be opened."""
    return identity in _at_hand


def key_at_hand(identity: str) -> StoreKey:
    """The key with this name. Raises StoreLocked."""
    secret = _at_hand.get(identity)
    if secret is None:
        raise StoreLocked(
            "What is stored here is encrypted, and its key is not at hand.", f"key {identity}"
        )
    return StoreKey(identity, secret)


def identity_of(path: Path) -> str | None:
    """The name of the key that the file is encrypted with; None for a file that is plain, absent,
    or neither."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return None
    if len(head) < _HEAD_BYTES or head.startswith(_MAGIC):
        return None
    size = int.from_bytes(head[16:18], "big")
    is_sqlite = (
        (size == 1 or (size >= 512 and size & (size - 1) == 0))
        and head[20] == _TAG_BYTES
        and head[21:24] == _FRACTIONS
    )
    return head[:_IDENTITY_BYTES].hex() if is_sqlite else None


def apply(connection: apsw.Connection, key: StoreKey) -> None:
    """Have a connection that has read nothing yet use `key`; a new file is given its name."""
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{key.secret}{key.identity}")


def address(path: Path, key: StoreKey) -> str:
    """What names the file to be made at `path`, encrypted with `key`, within SQL. It holds the
    key: whatever SQLite says of it must not be passed on."""
    from urllib.parse import quote

    named = quote(str(path.absolute()))
    return f"file:{named}?vfs={VFS}&cipher=chacha20&key=raw:{key.secret}{key.identity}"


def _identity_of_key(secret: str) -> str:
    from hashlib import sha256

    try:
        raw = bytes.fromhex(secret)
    except ValueError:
        return ""
    return sha256(_DOMAIN + raw).hexdigest()[: 2 * _IDENTITY_BYTES]
