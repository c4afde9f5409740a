"""Man page and completions tell of exactly the options that there are."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from beatpass_desktop import cli
from beatpass_desktop.commands import command_line

LINUX = Path(__file__).parents[2] / "packaging" / "linux"
MAN = LINUX / "beatpass-desktop.1"
BASH = LINUX / "completions" / "beatpass-desktop.bash"
ZSH = LINUX / "completions" / "_beatpass-desktop"
FISH = LINUX / "completions" / "beatpass-desktop.fish"


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of the program under "", those of its commands under their names."""
    main = cli._parser()
    command_line.parse(main, ["doctor"], cli._add_shared)
    (commands,) = (a for a in main._actions if isinstance(a, argparse._SubParsersAction))
    return {"": main, **commands.choices}


PARSERS = parsers()
OPTIONS = {
    option
    for parser in PARSERS.values()
    for action in parser._actions
    for option in action.option_strings
}
LONG = {option for option in OPTIONS if option.startswith("--")}
CHOICES = {
    (action.option_strings or [action.dest])[0]: list(action.choices or ())
    for parser in PARSERS.values()
    for action in parser._actions
    if action.choices and not isinstance(action, argparse._SubParsersAction)
}


def named_in(path: Path) -> set[str]:
    """The long options that a file of a shell names."""
    text = path.read_text(encoding="utf-8")
    if path == FISH:
        return {f"--{name}" for name in re.findall(r"^complete .* -l ([a-z-]+)", text, re.M)}
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def test_that_the_options_of_all_commands_are_looked_at() -> None:
    assert set(PARSERS) == {"", "doctor", "export"}
    assert {"--page", "--json", "--format", "--sandbox"} <= LONG
    assert {"--page", "--theme", "--format", "what"} == set(CHOICES)


def test_that_the_man_page_names_every_option_and_no_other() -> None:
    text = MAN.read_text(encoding="utf-8")
    named = {f"-{name}" for name in re.findall(r"(?:Fl|,) (-[a-z][a-z-]*)", text)}
    named |= {f"-{name}" for name in re.findall(r"\.It Fl (\w)\b", text)}
    assert named == OPTIONS


@pytest.mark.parametrize("path", [BASH, ZSH, FISH], ids=lambda path: path.name)
def test_that_completions_name_every_option_and_no_other(path: Path) -> None:
    assert named_in(path) == LONG


@pytest.mark.parametrize("path", [MAN, BASH, ZSH, FISH], ids=lambda path: path.name)
def test_that_every_choice_and_command_is_named(path: Path) -> None:
    words = set(re.findall(r"[\w-]+", path.read_text(encoding="utf-8")))
    assert {choice for choices in CHOICES.values() for choice in choices} <= words
    assert set(PARSERS) - {""} <= words


@pytest.mark.parametrize("option", sorted(set(CHOICES) - {"what"}))
def test_that_completions_list_the_choices_of_each_option_in_order(option: str) -> None:
    wanted = " ".join(CHOICES[option])
    for path in (BASH, ZSH, FISH):
        assert wanted in path.read_text(encoding="utf-8")


CHECKS = [
    ("mandoc", "-Tlint", "-Wwarning", MAN),
    ("shellcheck", "-s", "bash", BASH),
    ("bash", "-n", BASH),
    ("zsh", "-n", ZSH),
    ("fish", "-n", FISH),
]


@pytest.mark.parametrize("command", CHECKS, ids=lambda command: command[0])
def test_that_the_files_are_well_formed(command: tuple[str, ...]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--pa"], ["--page"]),
        (["--page", "a"], ["activity", "albums"]),
        (["ex"], ["export"]),
        (["doctor", "--j"], ["--json"]),
        (["export", "--f"], ["--format", "--from"]),
        (["--offline", "export", "d"], ["downloads"]),
        (["--size", ""], []),
    ],
    ids=" ".join,
)
def test_that_bash_completes(words: list[str], expected: list[str]) -> None:
    script = (
        'source "$1"; shift; COMP_WORDS=(beatpass-desktop "$@"); COMP_CWORD=$#;'
        ' _beatpass_desktop beatpass-desktop "${COMP_WORDS[COMP_CWORD]}"'
        ' "${COMP_WORDS[COMP_CWORD - 1]}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script, "bash", BASH, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == expected
    assert done.stderr == ""
