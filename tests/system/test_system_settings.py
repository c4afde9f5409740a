"""What is remembered between starts, and where files go."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.settings import Setting, Settings


def test_that_what_is_put_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    settings = Settings(path)
    settings.put(Setting.THEME, "dark")
    settings.put(Setting.TEXT_SCALE, 120)
    settings.put(Setting.REDUCED_MOTION, True)
    again = Settings(path)
    assert again.text(Setting.THEME) == "dark"
    assert again.number(Setting.TEXT_SCALE, 100, 80, 200) == 120
    assert again.flag(Setting.REDUCED_MOTION) is True
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[1, 2]",
        b'"text"',
        b"\xff\xfe\x00",
        b"\x00" * 100,
        b"[" * 200_000,
        b'{"theme": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "cut", "null", "list", "text", "not text", "zeros", "deep", "huge number"],
)
def test_that_a_rubbish_file_costs_the_remembered_state_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.text(Setting.THEME, "system") == "system"
    settings.put(Setting.THEME, "dark")
    assert json.loads(path.read_text()) == {"theme": "dark"}


def test_that_values_of_the_wrong_type_count_as_absent(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": 5, "text_scale": true, "reduced_motion": 1, "page": null}')
    settings = Settings(path)
    assert settings.text(Setting.THEME, "system") == "system"
    assert settings.text(Setting.PAGE) == ""
    assert settings.number(Setting.TEXT_SCALE, 100, 80, 200) == 100
    assert settings.flag(Setting.REDUCED_MOTION) is False
    settings.put(Setting.REDUCED_MOTION, True)
    assert Settings(path).flag(Setting.REDUCED_MOTION) is True


@pytest.mark.parametrize(("stored", "held"), [(10, 80), (90, 90), (10**30, 200), (-5, 80)])
def test_that_numbers_are_held_within_their_bounds(tmp_path: Path, stored: int, held: int) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"text_scale": stored}))
    assert Settings(path).number(Setting.TEXT_SCALE, 100, 80, 200) == held


def test_that_settings_of_a_newer_version_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"from_the_future": [1], "theme": "light"}')
    Settings(path).put(Setting.THEME, "dark")
    assert json.loads(path.read_text()) == {"from_the_future": [1], "theme": "dark"}


def test_that_a_value_that_did_not_change_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = Settings(path)
    settings.put(Setting.THEME, "dark")
    path.unlink()
    settings.put(Setting.THEME, "dark")
    assert not path.exists()


def test_that_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path).put(Setting.THEME, "dark")
    path.with_name("settings.json.new").mkdir()
    settings = Settings(path)
    settings.put(Setting.THEME, "light")
    assert settings.text(Setting.THEME) == "light"
    assert json.loads(path.read_text()) == {"theme": "dark"}


def test_that_a_look_at_the_settings_leaves_them_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path).put(Setting.THEME, "light")
    settings = Settings(path, keeps=False)
    settings.put(Setting.THEME, "dark")
    assert settings.text(Setting.THEME) == "dark"
    assert Settings(path).text(Setting.THEME) == "light"


def test_that_a_data_dir_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    places = folders(Path("here"))
    for folder in (places.data, places.config, places.state, places.cache):
        assert folder.is_relative_to(tmp_path / "here")
    assert places.store == tmp_path / "here" / "store.db"
    sandbox = places.of_sandbox()
    assert sandbox.store != places.store
    assert len({sandbox.config, sandbox.state, sandbox.cache, sandbox.data}) == 4


def test_that_linux_folders_follow_xdg_and_ignore_relative_values(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/config")
    monkeypatch.setenv("XDG_STATE_HOME", "")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    places = folders()
    assert places.data == Path("/data/beatpass-desktop")
    assert places.config == tmp_path / ".config" / "beatpass-desktop"
    assert places.state == tmp_path / ".local" / "state" / "beatpass-desktop"
    assert places.cache == tmp_path / ".cache" / "beatpass-desktop"


@pytest.mark.parametrize(("platform", "part"), [("win32", "Local"), ("darwin", "Library")])
def test_that_other_platforms_have_their_own_folders(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, part: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData" / "Local"))
    monkeypatch.setattr("sys.platform", platform)
    places = folders()
    found = {places.data, places.config, places.state, places.cache}
    assert len(found) == 4
    assert all(part in folder.parts and "beatpass-desktop" in folder.parts for folder in found)
