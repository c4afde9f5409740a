"""The workflows call what exists, pin what they use, and keep secrets out of their scripts."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
_PATH = re.compile(r"(?<![\w./-])((?:packaging|scripts|requirements)/[\w./-]+\w)")


def workflow(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """All steps of a workflow."""
    for job in workflow(path)["jobs"].values():
        yield from job["steps"]


def scripts(path: Path) -> str:
    """All that a workflow runs."""
    return "\n".join(step["run"] for step in steps(path) if "run" in step)


def test_that_there_are_two_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "release.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_that_every_file_and_target_that_is_called_exists(path: Path) -> None:
    text = scripts(path)
    called = set(_PATH.findall(text))
    assert "packaging/smoke.py" in called
    assert [name for name in sorted(called) if not (ROOT / name).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"^\s*make ([a-z-]+)", text, re.MULTILINE)) <= targets


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_that_actions_are_pinned_to_a_full_version(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", name) for name in used), used


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_that_scripts_get_outside_values_through_the_environment_alone(path: Path) -> None:
    assert "${{" not in scripts(path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_that_only_publishing_may_write_and_no_checkout_keeps_its_token(path: Path) -> None:
    found = workflow(path)
    assert found["permissions"] == {"contents": "read"}
    writing = [name for name, job in found["jobs"].items() if "permissions" in job]
    assert writing == (["publish"] if path.name == "release.yml" else [])
    checkouts = [step for step in steps(path) if "checkout" in step.get("uses", "")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert all("timeout-minutes" in job for job in found["jobs"].values())


def test_that_a_release_is_tested_audited_tried_and_summed_before_it_is_published() -> None:
    (release,) = [path for path in WORKFLOWS if path.name == "release.yml"]
    jobs = workflow(release)["jobs"]
    assert (jobs["package"]["needs"], jobs["publish"]["needs"]) == ("test", "package")
    assert {"make test", "make audit"} <= {step.get("run") for step in jobs["test"]["steps"]}
    text = scripts(release)
    assert text.count("packaging/smoke.py") == 4
    for part in ("SHA256SUMS", "write_sbom.py", "release_feed.py", "--draft"):
        assert part in text


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_that_the_scripts_are_sound(path: Path) -> None:
    for step in steps(path):
        if "run" in step and step.get("shell") != "pwsh":
            done = subprocess.run(["bash", "-n"], input=step["run"], text=True, capture_output=True)
            assert done.returncode == 0, done.stderr
