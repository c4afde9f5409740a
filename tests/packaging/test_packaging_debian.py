"""The .deb in a minimal Debian: installed, toured, upgraded with a store in place, removed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from debian_root import HOME, DebianRoot
from transcript import Transcript

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.version import VERSION

NAME = "beatpass-desktop"
INSTALL = ("apt-get", "-q", "install", "-y", "--no-install-recommends")
TALL = ("--size", "1280x2400")
"""so that every chart of a page is in view, and with it the library that draws charts"""
OF_APT = ("/etc", "/run", "/var/cache", "/var/lib/apt", "/var/lib/dpkg", "/var/log")


def toured(debian: DebianRoot, name: str, *words: str) -> dict[str, dict[str, Any]]:
    """What a tour on the display has seen, page by page."""
    said = debian.use(NAME, "--sandbox", *words, "--tour", f"{HOME}/{name}", *TALL)
    assert "Traceback" not in said
    record = (debian.path / HOME[1:] / name / "tour.json").read_text(encoding="utf-8")
    return {page["name"]: page for page in json.loads(record)["pages"]}


def figures(page: dict[str, Any]) -> dict[str, str]:
    return {card["title"]: card["value"] for card in page["cards"]}


@pytest.mark.end_to_end
def test_that_an_upgrade_keeps_what_is_stored_and_a_purge_leaves_nothing_else(
    debian: DebianRoot, deb: Path, older_deb: Path, transcript: Transcript
) -> None:
    before = debian.files()
    debian.run("apt-get", "-q", "update")
    debian.run(*INSTALL, debian.bring(older_deb))
    older = debian.use(NAME, "--version").split()[1]
    assert tuple(map(int, older.split("."))) < tuple(map(int, VERSION.split(".")))
    installed = debian.files()

    online = toured(debian, "older")
    assert list(online) == [page.value for page in Page]
    assert {page["state"] for page in online.values()} == {"ready"}
    assert {page["freshness"] for page in online.values()} == {"live"}
    outside = {path for path in debian.files() - installed if not path.startswith(f"{HOME}/")}
    transcript.note(f"Written outside the user's folder: {sorted(outside) or 'nothing'}")
    assert outside == set()

    debian.run(*INSTALL, debian.bring(deb))
    assert debian.use(NAME, "--version").split()[1] == VERSION
    offline = toured(debian, "upgraded", "--offline")
    assert {page["freshness"] for page in offline.values()} == {"offline"}
    assert {page["state"] for page in offline.values()} == {"ready"}
    assert figures(offline["tracks"]) == figures(online["tracks"])
    assert figures(offline["finances"]) == figures(online["finances"])
    transactions = [page["finances"]["tables"][0]["row_count"] for page in (online, offline)]
    assert transactions[0] == transactions[1] > 0

    debian.run("apt-get", "-q", "remove", "-y", NAME)
    # It has no files that a removal would leave to a purge.
    assert "isn't installed" in debian.run("dpkg", "--purge", NAME)
    debian.run("apt-get", "-q", "autoremove", "--purge", "-y")
    left = debian.files() - before
    kept = {path for path in left if path.startswith(f"{HOME}/")}
    others = {path for path in left if not path.startswith((f"{HOME}/", *OF_APT, "/srv/"))}
    folders = Counter(path.rpartition("/")[0] for path in kept)
    transcript.note("Left in the user's folder, and how much in each:")
    for folder, count in sorted(folders.items()):
        transcript.note(f"  {folder} {count}")
    transcript.note(f"Left elsewhere: {sorted(others) or 'nothing'}")
    packages = {f"/srv/{package.name}" for package in (older_deb, deb)}
    assert {path for path in left - kept if "beatpass" in path} == packages
    assert others == set()
    assert any(path.endswith("/store.db") for path in kept)


@pytest.mark.end_to_end
def test_that_a_fresh_installation_finds_what_it_needs(debian: DebianRoot, deb: Path) -> None:
    debian.run("apt-get", "-q", "update")
    debian.run(*INSTALL, debian.bring(deb))
    pages = toured(debian, "fresh")
    assert [name for name, page in pages.items() if page["state"] != "ready"] == []
    report = json.loads(debian.use(NAME, "doctor", "--json", "--sandbox", code=None))
    assert report["keychain"]["failure"]["kind"] == "KeychainAbsent"
    rows = debian.use(NAME, "export", "tracks", "--sandbox").splitlines()
    assert len(rows) > 100
