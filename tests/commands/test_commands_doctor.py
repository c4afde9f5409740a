"""The doctor tells what works and what does not, and never a secret."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from doctoring import ROOT, Visit, doctor
from relay import CANARY, Relay, edits, refuses, running_relay, sends_html

from beatpass_desktop.api.endpoints import ENDPOINTS
from beatpass_desktop.commands.doctor.endpoints import endpoints_section
from beatpass_desktop.commands.doctor.requests import WatchedSession
from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store import accounts
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.resources import TABLE
from beatpass_desktop.sync.sources import SOURCES, Document
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.keychain import SERVICE
from beatpass_desktop.version import VERSION

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def sandbox() -> Iterator[dict[str, str]]:
    """The address and the token of a sandbox with the default profile."""
    words = ("serve", "--rate-limit", "100000")
    process = subprocess.Popen(
        [sys.executable, "-m", "beatpass_sandbox", *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    yield json.loads(process.stdout.readline())
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def server(sandbox: dict[str, str]) -> Iterator[Relay]:
    """A server that keeps the contract until a test has it do otherwise."""
    with running_relay(sandbox["base_url"], sandbox["token"]) as found:
        yield found


@pytest.fixture
def artist(server: Relay) -> int:
    """Whose figures it serves."""
    headers = {"Authorization": f"Bearer {CANARY}", "Accept": "application/json"}
    said = server.ask("GET", "/api/v1/artist/profile", b"", headers)
    document = json.loads(said.body)
    found: int = document.get("data", document)["id"]
    return found


def visit(server: Relay, data: Path, *words: str, token: str = CANARY) -> Visit:
    """The doctor's look at a server."""
    return doctor(*words, "--data-dir", data, "--base-url", server.base_url, token=token)


def rows_of(document: Any) -> list[dict[str, Any]]:
    """The rows of a paginated document."""
    found: list[dict[str, Any]] = document["pagination"]["data"]
    return found


def set_all(name: str, value: object) -> Any:
    """Sets a field of every row."""
    return edits(lambda document: [row.update({name: value}) for row in rows_of(document)] and None)


def test_that_every_data_set_says_what_its_endpoint_is_known_from() -> None:
    assert set(ENDPOINTS) == {Resource.IDENTITY, *TABLE}


def test_that_a_first_look_finds_nothing_wrong_and_leaves_nothing_behind(tmp_path: Path) -> None:
    data = tmp_path / "data"
    visit = doctor("--json", "--data-dir", data)
    assert (visit.code, visit.err) == (0, "")
    assert not data.exists()
    report = visit.report
    assert list(report) == [
        "schema", "made_at", "ok", "problems", "environment", "keychain", "store", "endpoints",
    ]  # fmt: skip
    assert (report["schema"], report["ok"], report["problems"]) == (1, True, [])
    assert report["environment"]["app"] == VERSION
    assert report["environment"]["cipher"].startswith("SQLite3 Multiple Ciphers")
    assert report["environment"]["folders"]["data"]["path"] == str(data)
    assert report["environment"]["folders"]["data"]["writable"] is True
    assert report["keychain"]["failure"]["kind"] == "KeychainAbsent"
    assert report["store"]["exists"] is False
    assert {one["reason"] for one in visit.endpoints.values()} == {"signed out"}


def test_that_the_sandbox_keeps_the_contract(tmp_path: Path) -> None:
    visit = doctor("--json", "--sandbox", "--data-dir", tmp_path)
    assert (visit.code, visit.err) == (0, "")
    assert set(visit.endpoints) == {resource.value for resource in ENDPOINTS}
    for one in visit.endpoints.values():
        assert (one["tried"], one["reachable"], one["status"]) == (True, True, 200), one
        assert one["latency_ms"] > 0
        assert one["misfits"] == []
        assert not any(one["absent"].values())
        template = re.sub(r"\\{\w+\\}", r"\\d+", re.escape(one["path"]))
        assert re.fullmatch(template, one["requests"][-1]["path"])
        assert one["requests"][-1]["method"] == one["method"]
    tracks = visit.endpoints["tracks"]
    assert tracks["basis"] == "documented"
    assert "duration" in tracks["recognised"]["documented"]
    assert "bpm" in tracks["recognised"]["guide"]
    assert tracks["recognised"]["assumed"] == []
    assert visit.endpoints["identity"]["recognised"]["assumed"] == ["artists"]


def test_that_people_get_signs_with_words(tmp_path: Path, server: Relay, artist: int) -> None:
    server.changes["artist/dashboard-stats"] = refuses(500, "Server Error")
    server.changes[f"artists/{artist}/tracks"] = edits(
        lambda document: [row.pop("bpm", None) for row in rows_of(document)] and None
    )
    found = visit(server, tmp_path)
    lines = found.out.splitlines()

    def of(path: str) -> list[str]:
        (line,) = [line for line in lines if f" {path} " in line]
        return line.split()[:2]

    assert of("artists/{artist}") == ["✓", "ok"]
    assert of("artist/dashboard-stats") == ["✗", "wrong"]
    assert of("artists/{artist}/tracks") == ["!", "note"]
    assert "did not come (guide): bpm" in [line.strip() for line in lines]
    assert found.code == 1


def test_that_an_output_without_the_signs_gets_words_alone(tmp_path: Path) -> None:
    found = doctor("--data-dir", tmp_path, variables={"PYTHONIOENCODING": "ascii"})
    assert found.code == 0
    assert found.out.isascii()
    assert "  ok" in found.out


def test_that_each_fault_is_named_and_the_rest_still_looked_at(
    tmp_path: Path, server: Relay, artist: int
) -> None:
    server.changes["artist/dashboard-stats"] = refuses(500, "Server Error")
    server.changes[f"artists/{artist}/followers"] = sends_html
    server.changes[f"artists/{artist}"] = edits(
        lambda document: document["artist"].update(verified="yes")
    )
    found = visit(server, tmp_path, "--json")
    endpoints = found.endpoints
    assert found.code == 1
    assert (endpoints["stats"]["status"], endpoints["stats"]["failure"]["kind"]) == (500, "server")
    assert endpoints["followers"]["failure"]["kind"] == "undecodable"
    assert endpoints["artist"]["misfits"] == [
        {"where": "verified", "expected": "boolean", "got": "text", "times": 1}
    ]
    assert endpoints["tracks"]["status"] == 200
    problems = found.report["problems"]
    assert [line.removeprefix("beatpass-desktop: ") for line in found.err.splitlines()] == problems
    assert {problem.split(": ")[1] for problem in problems} == {
        "GET artist/dashboard-stats",
        "GET artists/{artist}",
        "GET artists/{artist}/followers",
    }


def test_that_a_value_that_fits_elsewhere_is_a_note_and_one_that_fits_nowhere_is_wrong(
    tmp_path: Path, server: Relay, artist: int
) -> None:
    def spoil_first(document: Any) -> None:
        rows_of(document)[0]["bpm"] = "fast"
        rows_of(document)[1]["id"] = None

    server.changes[f"artists/{artist}/tracks"] = edits(spoil_first)
    some = visit(server, tmp_path, "--json")
    tracks = some.endpoints["tracks"]
    assert (some.code, some.err) == (0, "")
    assert (tracks["rows"], tracks["dropped_rows"]) == (99, 1)
    assert tracks["misfits"] == [
        {"where": "bpm", "expected": "whole number", "got": "text", "times": 1}
    ]
    server.changes[f"artists/{artist}/tracks"] = set_all("bpm", "fast")
    every = visit(server, tmp_path, "--json")
    assert every.code == 1
    assert "cannot be read: bpm" in every.err
    assert every.endpoints["tracks"]["misfits"][0]["times"] == 100


def test_that_no_request_is_made_offline_or_signed_out(tmp_path: Path, server: Relay) -> None:
    offline = visit(server, tmp_path, "--json", "--offline")
    signed_out = visit(server, tmp_path, "--json", token="")
    assert server.seen == []
    assert {one["reason"] for one in offline.endpoints.values()} == {"offline"}
    assert {one["reason"] for one in signed_out.endpoints.values()} == {"signed out"}
    assert (offline.code, signed_out.code) == (0, 0)


def test_that_a_refused_token_ends_the_round(tmp_path: Path, server: Relay) -> None:
    found = visit(server, tmp_path, "--json", token="another-token")
    assert found.code == 1
    assert found.endpoints["identity"]["status"] == 401
    assert found.endpoints["tracks"]["reason"] == "the access token is not accepted"
    assert len(server.seen) == 1


def test_that_a_server_that_is_not_there_is_asked_twice(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/api/v1"
        found = doctor("--json", "--data-dir", tmp_path, "--base-url", address, token=CANARY)
    assert found.code == 1
    assert len(found.err.splitlines()) == 2
    reachable = [one["reachable"] for one in found.endpoints.values()]
    assert reachable == [False, False] + [None] * (len(ENDPOINTS) - 2)
    assert found.endpoints["tracks"]["reason"] == "the server cannot be reached"


def test_that_a_long_pause_is_told_and_not_sat_out(tmp_path: Path, server: Relay) -> None:
    pause = refuses(429, "Too Many Attempts.", ("Retry-After", "600"))
    server.changes["artist/profile"] = pause
    found = visit(server, tmp_path, "--json")
    assert found.code == 1
    assert found.endpoints["profile"]["status"] == 429
    assert found.endpoints["profile"]["failure"]["kind"] == "limited"
    assert found.endpoints["stats"]["reason"] == "BeatPass wants no requests for a while"


def test_that_missing_upload_access_is_an_answer(tmp_path: Path, server: Relay) -> None:
    server.changes["artist/upload-insights"] = refuses(403, "No upload access.")
    found = visit(server, tmp_path, "--json")
    assert (found.code, found.err) == (0, "")
    insights = found.endpoints["upload_insights"]
    assert (insights["status"], insights["reachable"], insights["recognised"]) == (403, True, None)


def test_that_an_account_without_artist_is_no_fault(tmp_path: Path) -> None:
    found = doctor("--json", "--sandbox=no-artist", "--data-dir", tmp_path)
    assert (found.code, found.err) == (0, "")
    assert found.endpoints["profile"]["status"] == 404
    assert found.endpoints["tracks"]["reason"] == "no artist profile"


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_that_the_token_is_nowhere_even_when_the_server_repeats_it(
    tmp_path: Path, server: Relay, artist: int, form: tuple[str, ...]
) -> None:
    server.changes["artist/dashboard-stats"] = refuses(422, f"No: {CANARY}")
    server.changes["artist/profile"] = refuses(500, f"Bearer {CANARY}")
    server.changes[f"artists/{artist}"] = edits(lambda document: document.update(artist=CANARY))
    found = visit(server, tmp_path, *form)
    assert {bearer for _, bearer in server.seen} == {f"Bearer {CANARY}"}
    assert found.code == 1
    assert "No: [secret]" in found.out
    assert CANARY not in found.out + found.err


def test_that_the_token_of_the_account_last_used_comes_from_the_keychain(
    tmp_path: Path, server: Relay
) -> None:
    store = Store(folders(tmp_path).store)

    def fill(connection: Any) -> None:
        accounts.remember(connection, server.base_url, Identity(1, "Ada"), "old", datetime.now(UTC))

    store.write(fill).result(10)
    name = accounts.keychain_name(store.reading, server.base_url, 1)
    store.close()
    file = tmp_path / "keyring.json"
    file.write_text(json.dumps({f"{SERVICE}/{name}": CANARY}))
    found = doctor(
        "--json", "--data-dir", tmp_path, "--base-url", server.base_url,
        program=(str(Path(__file__).parent / "doctor_with_file_keyring.py"),),
        variables={"TEST_KEYRING_FILE": str(file), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (found.code, found.err) == (0, "")
    assert {bearer for _, bearer in server.seen} == {f"Bearer {CANARY}"}
    assert found.endpoints["tracks"]["status"] == 200
    assert CANARY not in found.out


async def test_that_a_mistake_of_the_app_itself_does_not_end_the_round(
    server: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*arguments: object, **options: object) -> None:
        raise KeyError(CANARY)

    monkeypatch.setitem(SOURCES, Resource.STATS, Document(fail, lambda decoded: {}))  # type: ignore[arg-type]
    session = WatchedSession(server.base_url, CANARY)
    try:
        section = await endpoints_section(session, 0)
    finally:
        await session.aclose()
    found = {one["resource"]: one for one in section.facts["table"]}
    assert found["stats"]["failure"] == {
        "kind": "bug", "sentence": "The app failed on this reply.", "details": "KeyError",
    }  # fmt: skip
    assert found["tracks"]["status"] == 200
