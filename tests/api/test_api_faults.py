"""What a network does to replies, and that nothing false comes of it."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fault_server import (
    ONCE,
    Answer,
    FaultServer,
    Seen,
    cuts,
    drips,
    replies,
    response,
    served,
    session_at,
)

from beatpass_desktop.api import errors, http_client
from beatpass_desktop.domain.failures import FailureKind

GOLDEN = {
    "status": "success",
    "pagination": {
        "current_page": 1,
        "total": 2,
        "data": [
            {
                "id": 1,
                "name": "Dawn “é” 🎹",
                "plays": 12,
                "price": 29.99,
                "tags": [{"name": "lofi"}],
            },
            {"id": 2, "name": 'Quote " and \\', "plays": None, "verified": True},
        ],
    },
}


async def _refused(raw: bytes, **options: object) -> errors.ApiError:
    async with served(cuts(raw), retries=ONCE, **options) as (_, session):
        with pytest.raises(errors.ApiError) as caught:
            await session.get("users/me")
    return caught.value


@pytest.mark.parametrize("length", [True, False], ids=["with length", "without length"])
@pytest.mark.parametrize("reset", [True, False], ids=["reset", "closed"])
async def test_that_a_page_cut_anywhere_is_an_incomplete_reply(length: bool, reset: bool) -> None:
    raw = response(200, GOLDEN, length=length)
    head = raw.index(b"\r\n\r\n") + 4
    async with FaultServer() as server, session_at(server.base_url, retries=ONCE) as session:
        for offset in range(head, len(raw)):
            server.script = [cuts(raw[:offset], reset=reset)]
            with pytest.raises((errors.Incomplete, errors.Unreachable)) as caught:
                await session.get("users/me")
            # A reset may overtake the headers; then nobody can tell that they were sent.
            if not reset:
                assert "incomplete" in caught.value.failure.sentence
                assert caught.value.failure.reached
        server.script = [cuts(raw)]
        assert (await session.get("users/me")).document is not None


async def test_that_a_connection_cut_within_the_headers_counts_as_offline() -> None:
    raw = response(200, GOLDEN)
    head = raw.index(b"\r\n\r\n") + 4
    async with FaultServer() as server, session_at(server.base_url, retries=ONCE) as session:
        for offset in range(0, head, 3):
            server.script = [cuts(raw[:offset], reset=bool(offset % 2))]
            with pytest.raises(errors.Unreachable) as caught:
                await session.get("users/me")
            assert not caught.value.failure.reached


async def test_that_a_cut_page_is_asked_for_again() -> None:
    raw = response(200, {"a": 1}, length=False)
    async with served(cuts(raw[:-2]), cuts(raw)) as (server, session):
        assert (await session.get("users/me")).document == {"a": 1}
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    "content_type",
    ["text/html", "text/html; charset=utf-8", "text/plain", "", None, "application/xml"],
)
async def test_that_a_page_that_is_no_json_names_the_network(content_type: str | None) -> None:
    error = await _refused(response(200, b"<!doctype html><p>Welcome", content_type=content_type))
    assert type(error) is errors.Undecodable
    assert "Is this network asking you to sign in?" in error.failure.sentence


async def test_that_a_web_page_called_json_names_the_network_too() -> None:
    error = await _refused(response(200, b" <!doctype html><p>Welcome"))
    assert "Is this network asking you to sign in?" in error.failure.sentence


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", 'Application/JSON; Charset="UTF-8"',
     "application/problem+json", "application/json;"],
)  # fmt: skip
async def test_that_json_in_utf8_is_taken(content_type: str) -> None:
    async with served(replies(200, "é", content_type=content_type)) as (_, session):
        assert (await session.get("users/me")).document == "é"


async def test_that_a_byte_order_mark_is_no_part_of_the_document() -> None:
    async with served(replies(200, b'\xef\xbb\xbf{"a": 1}')) as (_, session):
        assert (await session.get("users/me")).document == {"a": 1}


@pytest.mark.parametrize(
    ("body", "details"),
    [
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": ' + b"1" * 5000 + b"}", "absurd size"),
        (b'{"a": 1e99999999999999999999}', "absurd size"),
        (b"[" * 200_000 + b"]" * 200_000, "deep"),
        (b'{"a": "\xff"}', "UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "UTF-8"),
        (b'{"a" 1}', "delimiter"),
        (b'{"a": 1}}', "Extra data"),
    ],
)
async def test_that_what_is_no_sound_json_is_not_taken(body: bytes, details: str) -> None:
    error = await _refused(response(200, body))
    assert type(error) is errors.Undecodable
    assert error.failure.kind is FailureKind.UNDECODABLE
    assert details in error.failure.details


@pytest.mark.parametrize("body", [b"", b"  ", b'{"a": "\xc3', b"[1, 2"])
async def test_that_an_end_before_the_end_is_incomplete(body: bytes) -> None:
    assert isinstance(await _refused(response(200, body)), errors.Incomplete)


async def test_that_another_charset_is_not_taken() -> None:
    error = await _refused(response(200, b"{}", content_type="application/json; charset=utf-16"))
    assert "utf-16" in error.failure.details


@pytest.mark.parametrize("status", [203, 206, 304, 300])
async def test_that_an_unexpected_status_is_not_taken(status: int) -> None:
    assert type(await _refused(response(status, {}))) is errors.Undecodable


async def test_that_gzip_is_taken() -> None:
    zipped = gzip.compress(b'{"a": 1}')
    async with served(replies(200, zipped, headers={"Content-Encoding": "gzip"})) as (_, session):
        assert (await session.get("users/me")).document == {"a": 1}


async def test_that_a_gzip_bomb_is_stopped_at_the_limit() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    assert len(bomb) < 120_000
    tracemalloc.start()
    try:
        error = await _refused(
            response(200, bomb, headers={"Content-Encoding": "gzip"}), max_bytes=1 << 20
        )
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(error, errors.Refused)
    assert "more than" in error.failure.sentence
    assert peak < 8 << 20


async def test_that_a_huge_plain_body_is_stopped_at_the_limit() -> None:
    error = await _refused(response(200, b"[" + b" " * 70_000 + b"]"), max_bytes=65_536)
    assert isinstance(error, errors.Refused)


@pytest.mark.parametrize("cut", [1, 9, 12, -1])
async def test_that_gzip_that_ends_early_is_incomplete(cut: int) -> None:
    zipped = gzip.compress(b'{"a": 1}')[:cut]
    error = await _refused(response(200, zipped, headers={"Content-Encoding": "gzip"}))
    assert isinstance(error, errors.Incomplete)


@pytest.mark.parametrize("encoding", ["gzip", "br", "gzip, gzip"])
async def test_that_what_cannot_be_unpacked_is_not_taken(encoding: str) -> None:
    error = await _refused(response(200, b'{"a": 1}', headers={"Content-Encoding": encoding}))
    assert type(error) is errors.Undecodable


@pytest.mark.parametrize(
    "headers", [{"Content-Encoding": "gzip"}, {"Content-Encoding": "br"}], ids=["bad", "unknown"]
)
async def test_that_an_unreadable_error_body_leaves_the_status(headers: dict[str, str]) -> None:
    error = await _refused(response(404, b"{}", headers=headers))
    assert isinstance(error, errors.NotFound)


async def test_that_an_error_body_cut_short_leaves_the_status() -> None:
    assert isinstance(await _refused(response(404, {"message": "x"})[:-3]), errors.NotFound)


async def test_that_a_slow_drip_hits_the_deadline() -> None:
    raw = response(200, {"a": "b" * 200})
    head = raw.index(b"\r\n\r\n") + 4
    started = time.monotonic()
    slow = _after(raw[:head], drips(raw[head:], 0.05))
    async with served(slow, deadline=0.5, attempt_deadline=0.5) as (_, session):
        with pytest.raises(errors.TimedOut) as caught:
            await session.get("users/me")
    assert time.monotonic() - started < 3.0
    assert caught.value.failure.reached


async def test_that_headers_that_drip_hit_the_deadline() -> None:
    drip = drips(response(200, {"a": 1}), 0.05)
    async with served(drip, deadline=0.3, attempt_deadline=0.3) as (_, session):
        with pytest.raises(errors.TimedOut) as caught:
            await session.get("users/me")
    assert not caught.value.failure.reached


async def test_that_a_slow_try_is_followed_by_another_within_the_total_deadline() -> None:
    drip = drips(response(200, {"a": 1}), 0.05)
    script = [drip, replies(200, {"a": 1})]
    async with served(*script, deadline=5.0, attempt_deadline=0.2) as (server, session):
        assert (await session.get("users/me")).document == {"a": 1}
    assert len(server.seen) == 2


async def test_that_all_tries_together_keep_the_total_deadline() -> None:
    drip = drips(response(200, {"a": 1}), 0.05)
    started = time.monotonic()
    async with served(drip, deadline=0.5, attempt_deadline=0.3) as (server, session):
        with pytest.raises(errors.TimedOut):
            await session.get("users/me")
        assert 0.4 < time.monotonic() - started < 1.2
    assert len(server.seen) == 2


def _after(first: bytes, then: Answer) -> Answer:
    async def answer(seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await then(seen, writer)

    return answer


async def test_that_a_closed_port_is_offline() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api/v1"
        async with session_at(url) as session:
            with pytest.raises(errors.Unreachable) as caught:
                await session.get("users/me")
    assert caught.value.failure.kind is FailureKind.OFFLINE
    assert not caught.value.failure.reached


async def test_that_a_name_that_is_not_found_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    async def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", no_such_name)
    async with session_at("https://open.beatpass.invalid/api/v1") as session:
        with pytest.raises(errors.Unreachable):
            await session.get("users/me")


async def test_that_a_certificate_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    async with FaultServer([replies(200, {})], tls=_tls(tmp_path)) as server:
        async with session_at(server.base_url) as session:
            with pytest.raises(errors.Untrusted, match="clock") as caught:
                await session.get("users/me")
        assert server.seen == []
    assert caught.value.failure.kind is FailureKind.TLS


@pytest.mark.parametrize(
    ("days", "host"),
    [(10, "127.0.0.1"), (40, "127.0.0.2"), (40, "127.0.0.1")],
    ids=["expired", "another host", "sound"],
)
async def test_that_a_vouched_for_certificate_must_be_in_time_and_for_this_host(
    days: int, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = _tls(tmp_path, days=days, host=host)
    trust = http_client._trust()
    trust.load_verify_locations(tmp_path / "server.pem")
    # For this test alone: what is trusted is shared.
    http_client._trust.cache_clear()
    monkeypatch.setattr(http_client, "_trust", lambda: trust)
    async with FaultServer([replies(200, {"a": 1})], tls=tls) as server:
        async with session_at(server.base_url) as session:
            if (days, host) == (40, "127.0.0.1"):
                assert (await session.get("users/me")).document == {"a": 1}
                return
            with pytest.raises(errors.Untrusted) as caught:
                await session.get("users/me")
        assert server.seen == []
    assert caught.value.failure.kind is FailureKind.TLS


async def test_that_plain_http_on_the_https_port_is_not_trusted() -> None:
    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(response(400, b"This port speaks HTTP", content_type="text/plain"))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with session_at(url) as session:
            with pytest.raises(errors.Untrusted):
                await session.get("users/me")


def _tls(folder: Path, *, days: int = 40, host: str = "127.0.0.1") -> ssl.SSLContext:
    """With a certificate of its own that began 20 days ago and holds for `days`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.now(UTC) - timedelta(days=20)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
