"""Reports of mistakes: enough to mend them, nothing that is a secret."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from beatpass_desktop.system.crash_reports import report
from beatpass_desktop.system.logs import Redaction

TOKEN = "17|s3cr3tTokenOfAda0123456789"
AT = datetime(2026, 11, 23, 10, 11, 12, tzinfo=UTC)


def _report(message: str, *secrets: str) -> str:
    try:
        raise ValueError(message)
    except ValueError as error:
        return report(error, error.__traceback__, AT, {"Version": "9.9"}, Redaction(*secrets))


def test_that_a_report_says_what_where_and_with_which_versions() -> None:
    text = _report("half way")
    assert "2026-11-23 10:11:12 UTC" in text
    assert "Version: 9.9" in text
    assert "ValueError: half way" in text
    assert "test_system_crash_reports.py" in text


@pytest.mark.parametrize(
    "message", [f"token {TOKEN}", f"Authorization: Bearer {TOKEN}", "the secret is pass-word-4711"]
)
def test_that_a_report_holds_no_secret(message: str) -> None:
    text = _report(message, "pass-word-4711")
    assert TOKEN not in text
    assert "s3cr3t" not in text
    assert "pass-word-4711" not in text
    assert "[redacted]" in text


def test_that_a_report_does_not_name_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(Path(__file__).parent))
    text = _report(f"cannot open {Path(__file__).parent}/x")
    assert str(Path(__file__).parent) not in text
    assert "~/x" in text


def test_that_a_report_is_bounded() -> None:
    assert len(_report("x" * 100_000)) <= 20_000


_DIE = """
import faulthandler, sys
from pathlib import Path
from beatpass_desktop.system.logs import keep_native_crashes
keep_native_crashes(Path(sys.argv[1]))
faulthandler._sigsegv()
"""


def test_that_a_fault_outside_python_leaves_its_place_in_a_private_file(tmp_path: Path) -> None:
    (tmp_path / "crash.log").write_text("old\n" * 50_000)
    ended = subprocess.run([sys.executable, "-c", _DIE, str(tmp_path)], check=False)
    assert ended.returncode < 0
    written = (tmp_path / "crash.log").read_text()
    assert "Segmentation fault" in written
    assert "old" not in written
    ended = subprocess.run([sys.executable, "-c", _DIE, str(tmp_path / "none")], check=False)
    assert ended.returncode < 0


def test_that_the_crash_file_is_private(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _DIE, str(tmp_path)], check=False)
    assert stat.S_IMODE((tmp_path / "crash.log").stat().st_mode) == 0o600
