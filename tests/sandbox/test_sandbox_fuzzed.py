"""Generated requests, right and wrong, against the sandbox's own OpenAPI document."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox_process import RunningSandbox, running_sandbox

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(
        importlib.util.find_spec("schemathesis") is None, reason="schemathesis is not installed"
    ),
]

SCHEMATHESIS = (sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()")
EXAMPLES_EACH = 2
# One's own artist is a valid id, but cannot be followed.
SETTINGS = """
[[operations]]
include-path = "/artists/{id}/follow"
checks.positive_data_acceptance.enabled = false
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox("--rate-limit", "10000000") as sandbox:
        yield sandbox


def test_that_the_sandbox_keeps_to_its_document_whatever_it_is_asked(
    sandbox: RunningSandbox, tmp_path: Path
) -> None:
    (tmp_path / "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")
    run = subprocess.run(
        [
            *SCHEMATHESIS,
            "run",
            sandbox.origin + "/openapi.json",
            f"--url={sandbox.base_url}",
            f"--header=Authorization: Bearer {sandbox.token}",
            "--phases=examples,coverage,fuzzing",
            f"--max-examples={EXAMPLES_EACH}",
            "--generation-deterministic",
            "--continue-on-failure",
            "--warnings=off",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Selected: 0/0" not in run.stdout
