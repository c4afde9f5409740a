"""A private, bounded log without secrets."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from beatpass_desktop.system import logs

TOKEN = "17|s3cr3t-Token+/=="


@pytest.fixture(autouse=True)
def root() -> Iterator[logging.Logger]:
    """The root logger as it was, afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield root
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def _written(folder: Path) -> str:
    return (folder / "beatpass-desktop.log").read_text(encoding="utf-8")


def test_that_warnings_are_written_to_a_private_file(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    logs.start(folder)
    logging.getLogger("some.where").warning("careful: %s", "🎹")
    logging.getLogger("some.where").info("chatter")
    assert "WARNING some.where: careful: 🎹" in _written(folder)
    assert "chatter" not in _written(folder)
    assert stat.S_IMODE((folder / "beatpass-desktop.log").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "text",
    [
        f"the token is {TOKEN}!",
        f"Authorization: Bearer {TOKEN}",
        f"authorization=bearer {TOKEN}",
        f"{{'Authorization': 'Bearer {TOKEN}'}}",
        f"(b'Authorization', b'Bearer {TOKEN}')",
        f'{{"authorization":"Bearer {TOKEN}"}}',
    ],
)
def test_that_a_token_known_at_the_start_is_taken_out(tmp_path: Path, text: str) -> None:
    logs.start(tmp_path, TOKEN, "")
    logging.getLogger("x").error("%s", text)
    assert TOKEN not in _written(tmp_path)
    assert "[redacted]" in _written(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer unknown-4711",
        "authorization: unknown-4711",
        "Authorization: Basic unknown-4711",
        "'Authorization': 'Bearer unknown-4711'",
        "(b'authorization', b'Bearer unknown-4711')",
        "bearer    unknown-4711",
    ],
)
def test_that_what_looks_like_a_token_is_taken_out(tmp_path: Path, text: str) -> None:
    logs.start(tmp_path)
    logging.getLogger("x").error("before %s after", text)
    assert "unknown-4711" not in _written(tmp_path)
    assert "before" in _written(tmp_path)
    assert "after" in _written(tmp_path)


def test_that_a_token_in_a_traceback_is_taken_out(tmp_path: Path) -> None:
    logs.start(tmp_path, TOKEN)
    try:
        raise ValueError(f"header was {TOKEN}")
    except ValueError:
        logging.getLogger("x").exception("failed")
    assert "ValueError: header was [redacted]" in _written(tmp_path)


def test_that_text_no_file_can_hold_is_logged_nevertheless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(logging.getLogger().handlers)
    logs.start(tmp_path)
    record = logging.LogRecord("x", logging.ERROR, "", 0, "lone \ud800 surrogate", (), None)
    # Handed to the log's own handler: what pytest captures has to pass from process to process.
    for handler in set(logging.getLogger().handlers) - before:
        handler.handle(record)
    assert "surrogate" in _written(tmp_path)
    assert capsys.readouterr().err == ""


def test_that_the_log_is_bounded_and_all_its_parts_private(tmp_path: Path) -> None:
    logs.start(tmp_path)
    for _ in range(60):
        logging.getLogger("x").error("y" * 100_000)
    files = list(tmp_path.iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size <= 1_000_000 for file in files)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_that_without_a_writable_folder_warnings_go_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    logs.start(tmp_path / "file", TOKEN)
    logging.getLogger("x").warning("with %s", TOKEN)
    assert "with [redacted]" in capsys.readouterr().err


def test_that_a_token_that_comes_later_is_taken_out_too(tmp_path: Path) -> None:
    redaction = logs.start(tmp_path)
    redaction.conceal(TOKEN)
    redaction.conceal("")
    logging.getLogger("x").error("the token is %s!", TOKEN)
    assert TOKEN not in _written(tmp_path)
    assert "the token is [redacted]!" in _written(tmp_path)
