"""`beatpass-desktop export` as a process."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.transactions import Transaction
from beatpass_desktop.options import BASE_URL
from beatpass_desktop.store import accounts, catalogue, cipher
from beatpass_desktop.store.ledger import TRANSACTIONS
from beatpass_desktop.store.store import Store
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.settings import Setting, Settings

pytestmark = pytest.mark.end_to_end

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 40 tracks of one artist and 2 of another."""
    folder = tmp_path_factory.mktemp("data")
    store = Store(folders(folder).store)

    def fill(connection: Any) -> None:
        artists = (ArtistRef(7, "Ada"), ArtistRef(8, "Bob"))
        identity = Identity(1, "Account", artists=artists)
        account = accounts.remember(connection, BASE_URL, identity, "token", AT).account
        accounts.set_own_artist(connection, account, 7)
        for artist, count in ((7, 40), (8, 2)):
            key = ResourceKey(Resource.TRACKS, account, artist)
            rows = [
                Decoded(
                    Track(artist * 100 + n, f"Beat {n}", created_at=AT - timedelta(days=n)),
                    frozenset({"name", "created_at"}),
                )
                for n in range(count)
            ]
            generation = catalogue.begin(connection, catalogue.TRACKS, key)
            catalogue.stage(connection, catalogue.TRACKS, key, generation, rows)
            catalogue.replace(connection, catalogue.TRACKS, key, generation, AT)
        key = ResourceKey(Resource.TRANSACTIONS, account, 7)
        sales = [
            Decoded(
                Transaction(
                    n,
                    "track_sale",
                    f"Sale {n}",
                    Money(Decimal(f"{n}.10"), "USD"),
                    "paid",
                    AT - timedelta(days=n),
                ),
                frozenset(Transaction.__dataclass_fields__),
            )
            for n in range(1, 11)
        ]
        generation = catalogue.begin(connection, TRANSACTIONS, key)
        catalogue.stage(connection, TRANSACTIONS, key, generation, sales)
        catalogue.replace(connection, TRANSACTIONS, key, generation, AT)

    store.write(fill).result(10)
    store.close()
    settings = Settings(folders(folder).config / "settings.json")
    settings.put(Setting.WITHOUT_KEYCHAIN, "plain")
    return folder


def call(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command; QT_QPA_PLATFORM=none proves that no window is opened."""
    return subprocess.run(
        [sys.executable, "-m", "beatpass_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "none", **variables},
        check=False,
    )


def test_that_tracks_come_to_the_screen_as_csv_newest_first(data: Path) -> None:
    done = call("export", "tracks", "--data-dir", data)
    assert (done.returncode, done.stderr) == (0, "")
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [line["Name"] for line in lines] == [f"Beat {n}" for n in range(40)]
    assert lines[0]["Plays"] == ""


def test_that_days_artist_and_format_can_be_chosen_before_or_after_the_command(
    data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "tracks.json"
    done = call("--data-dir", data, "export", "tracks", "--from", "2026-11-18", "-o", path)
    assert done.returncode == 0
    assert "3 rows" in done.stderr
    assert len(json.loads(path.read_text(encoding="utf-8"))["rows"]) == 3
    done = call("export", "tracks", "--data-dir", data, "--to", "2026-11-18", "--format", "json")
    assert len(json.loads(done.stdout)["rows"]) == 38
    done = call("export", "tracks", "--data-dir", data, "--artist", "8")
    assert len(done.stdout.splitlines()) == 3


def test_that_transactions_of_a_range_of_days_come_in_every_format(
    data: Path, tmp_path: Path
) -> None:
    days = ("--from", "2026-11-15", "--to", "2026-11-18")
    done = call("export", "transactions", "--data-dir", data, *days)
    assert (done.returncode, done.stderr) == (0, "")
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [line["Amount"] for line in lines] == ["2.10", "3.10", "4.10", "5.10"]
    done = call("export", "transactions", "--data-dir", data, *days, "--format", "json")
    assert [row["amount"] for row in json.loads(done.stdout)["rows"]] == [
        line["Amount"] for line in lines
    ]
    path = tmp_path / "ledger.xlsx"
    done = call("export", "transactions", "--data-dir", data, "-o", path)
    assert (done.returncode, done.stderr) == (0, f"{path}: 10 rows\n")


def test_that_an_excel_file_needs_a_name(data: Path, tmp_path: Path) -> None:
    done = call("export", "tracks", "--data-dir", data, "--format", "xlsx")
    assert done.returncode == 1
    assert "-o FILE" in done.stderr
    path = tmp_path / "tracks.xlsx"
    assert call("export", "tracks", "--data-dir", data, "-o", path).returncode == 0
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["export", "tracks", "--artist", "9"], 1, "No artist 9 is stored"),
        (["export", "tracks", "--base-url", "https://x.example/api"], 1, "No account of https"),
        (["export", "nonsense"], 2, "invalid choice: 'nonsense'"),
        (["export"], 2, "required: what"),
        (["export", "tracks", "--from", "yesterday"], 2, "'yesterday' is not a date"),
        (["export", "tracks", "-o", "/nowhere/x.csv"], 1, "x.csv could not be written"),
        (["export", "tracks", "-o", "/dev/null/x.csv"], 1, "x.csv could not be written"),
        (["export", "tracks", "-o", "/"], 1, "please name a file"),
        (["export", "tracks", "--artist", str(2**63)], 1, f"No artist {2**63} is stored"),
    ],
)
def test_that_what_cannot_be_done_is_said_in_a_sentence(
    data: Path, words: list[str], code: int, sentence: str
) -> None:
    done = call(*words, "--data-dir", data)
    assert done.returncode == code
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_that_a_screen_that_takes_no_more_is_told_in_a_sentence(data: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "beatpass_desktop", "export", "tracks", "--data-dir", data],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_that_a_damaged_store_is_told_in_a_sentence(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "copy")
    places = folders(tmp_path / "copy")
    whole = places.store.read_bytes()
    places.store.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    done = call("export", "tracks", "--data-dir", tmp_path / "copy")
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_that_a_plain_store_nobody_chose_is_told_of(data: Path, tmp_path: Path) -> None:
    shutil.copy(folders(data).store, folders(tmp_path).store)
    done = call("export", "tracks", "--data-dir", tmp_path)
    assert done.returncode == 0
    assert done.stderr == "beatpass-desktop: What is stored here is not encrypted.\n"


def test_that_an_encrypted_store_without_its_key_is_told_and_left_alone(
    data: Path, tmp_path: Path
) -> None:
    store = Store(folders(tmp_path).store, key=cipher.new_key())
    store.close()
    before = folders(tmp_path).store.read_bytes()
    done = call("export", "tracks", "--data-dir", tmp_path, DBUS_SESSION_BUS_ADDRESS="")
    assert done.returncode == 1
    assert done.stderr.startswith("beatpass-desktop: What is stored here is encrypted.")
    assert len(done.stderr.splitlines()) == 1
    assert folders(tmp_path).store.read_bytes() == before


def test_that_an_empty_folder_stays_empty(tmp_path: Path) -> None:
    done = call("export", "albums", "--data-dir", tmp_path / "new")
    assert done.returncode == 1
    assert "Nothing is stored here yet" in done.stderr
    assert not (tmp_path / "new").exists()


def test_that_a_reader_that_has_seen_enough_is_no_failure(data: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "beatpass_desktop", "export", "tracks", "--data-dir", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(30) == 0
    process.stderr.close()


def test_that_a_folder_named_like_a_command_is_a_folder(tmp_path: Path) -> None:
    done = call("--data-dir", "doctor", "--version")
    assert done.returncode == 0
    assert done.stdout.startswith("beatpass-desktop ")


def test_that_the_store_is_read_while_it_is_in_use(data: Path) -> None:
    store = Store(folders(data).store)
    try:
        begun = store.write(lambda c: c.execute("UPDATE accounts SET used_at = used_at"))
        begun.result(10)
        assert call("export", "tracks", "--data-dir", data).returncode == 0
    finally:
        store.close()
