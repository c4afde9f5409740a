"""Has another revision take turns with this checkout, and prints medians and ratios.

    compare.py REV [WORK …] [--rounds N] [--json FILE]

The benchmarks and the packages of this checkout measure both; the other revision is checked out
under build/ for as long as that takes. What a revision cannot do yet is left out and named.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from figures import aligned, median, number
from settings import ROOT

WORKS = ("start", "pages", "table")
LEAST_ROUNDS = 5
_FOLDER = ROOT / "build" / "bench-compare"
_BRIEFLY = ("--passes", "1", "--starts", "3", "--without-peer")

Round = Mapping[str, float]
"""the figures of one run, by what they are of"""


class Compared(NamedTuple):
    """One figure of both sides; the ratio is this checkout's to the other's, by pairs of runs."""

    work: str
    unit: str
    other: float
    this: float
    ratio: float
    least: float
    most: float


def main() -> int:
    """Compare and print."""
    found = parsed(sys.argv[1:])
    with _checked_out(found.revision) as tree:
        trees = {"other": tree, "this": ROOT}
        units: dict[str, str] = {}
        rounds: list[dict[str, Round]] = []
        for turn in range(found.rounds):
            # Whoever begins may find the machine in another state: it is the other one each time.
            sides = list(trees) if turn % 2 == 0 else list(reversed(trees))
            rounds.append({side: _measured(trees[side], found.works, units) for side in sides})
            print(f"round {turn + 1} of {found.rounds}", file=sys.stderr)
    figures = compared([(one["other"], one["this"]) for one in rounds], units)
    print(table(figures, found.revision))
    alone = only_one_side([(one["other"], one["this"]) for one in rounds])
    if alone:
        print(f"on one side only: {', '.join(alone)}")
    text = json.dumps(
        {
            "revision": found.revision,
            "rounds": found.rounds,
            "figures": [figure._asdict() for figure in figures],
            "on one side only": alone,
        }
    )
    print(text)
    if found.json:
        found.json.write(text + "\n")
    return 0


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        prog="bench-compare", description="Compare with another revision.", allow_abbrev=False
    )
    parser.add_argument("revision", metavar="REV", help="a commit, branch or tag")
    parser.add_argument("works", nargs="*", metavar="WORK", help=f"of run.py; {', '.join(WORKS)}")
    parser.add_argument("--rounds", type=int, default=LEAST_ROUNDS, help="of each side")
    parser.add_argument("--json", type=argparse.FileType("w"), help="also write the JSON there")
    found = parser.parse_args(arguments)
    found.works = found.works or list(WORKS)
    if found.rounds < LEAST_ROUNDS:
        parser.error(f"fewer than {LEAST_ROUNDS} rounds say nothing on a machine that is shared")
    return found


def compared(pairs: Sequence[tuple[Round, Round]], units: Mapping[str, str]) -> list[Compared]:
    """The figures that every run of both sides has, in the order of the first run."""
    found = []
    for work in pairs[0][1]:
        if not all(work in run for pair in pairs for run in pair):
            continue
        others, ours = [pair[0][work] for pair in pairs], [pair[1][work] for pair in pairs]
        ratios = [this / other for other, this in zip(others, ours, strict=True) if other]
        if ratios:
            spread = median(ratios), min(ratios), max(ratios)
            found.append(Compared(work, units[work], median(others), median(ours), *spread))
    return found


def only_one_side(pairs: Sequence[tuple[Round, Round]]) -> list[str]:
    """What only one of the sides has figures of."""
    sides = [{work for pair in pairs for work in pair[side]} for side in (0, 1)]
    return sorted(sides[0] ^ sides[1])


def table(figures: Sequence[Compared], revision: str) -> str:
    """The figures for a terminal; a ratio below 1 means less than before."""
    lines = [("work", revision, "this checkout", "ratio", "from", "to")]
    for one in figures:
        values = (f"{number(value)} {one.unit}".strip() for value in (one.other, one.this))
        ratios = (f"{ratio:.2f}" for ratio in (one.ratio, one.least, one.most))
        lines.append((one.work, *values, *ratios))
    return aligned(lines)


def _measured(tree: Path, works: Sequence[str], units: dict[str, str]) -> Round:
    """One run of the works over the code of a tree."""
    script = str(ROOT / "tests" / "bench" / "run.py")
    with tempfile.NamedTemporaryFile("r", suffix=".json") as answer:
        subprocess.run(
            [sys.executable, script, *works, *_BRIEFLY, "--tree", str(tree), "--json", answer.name],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        groups = json.load(answer)["figures"].values()
    figures = [figure for group in groups for figure in group if figure["value"] is not None]
    units.update({figure["work"]: figure["unit"] for figure in figures})
    return {figure["work"]: figure["value"] for figure in figures}


@contextmanager
def _checked_out(revision: str) -> Iterator[Path]:
    """A worktree of the revision, gone afterwards. Raises CalledProcessError."""
    name = _git("rev-parse", "--short", "--verify", f"{revision}^{{commit}}")
    tree = _FOLDER / name
    if tree.exists():
        _git("worktree", "remove", "--force", str(tree))
    _git("worktree", "prune")
    _git("worktree", "add", "--detach", str(tree), name)
    try:
        yield tree
    finally:
        _git("worktree", "remove", "--force", str(tree))


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
