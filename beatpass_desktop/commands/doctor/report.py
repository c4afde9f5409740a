"""What the doctor found, as text for people and as a document for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from textwrap import wrap
from typing import Any

SCHEMA = 1
"""Grows when a field of the document changes its meaning or goes away."""

_WIDTH = 100
"""columns that details are wrapped to"""


class Verdict(Enum):
    """How a finding is to be taken: its sign and its word."""

    WELL = ("✓", "ok")
    NOTE = ("!", "note")
    WRONG = ("✗", "wrong")
    UNTRIED = ("–", "not tried")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what was looked at and what it is like."""

    verdict: Verdict
    subject: str
    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report. `facts` is what stands in the document under `name`."""

    name: str
    title: str
    facts: Mapping[str, Any]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `made_at` is UTC."""

    made_at: datetime
    sections: Sequence[Section]

    @property
    def problems(self) -> list[str]:
        """What is wrong, one sentence each."""
        return [
            f"{section.title}: {finding.subject}: {finding.text}"
            for section in self.sections
            for finding in section.findings
            if finding.verdict is Verdict.WRONG
        ]

    def document(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "schema": SCHEMA,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "ok": not self.problems,
            "problems": self.problems,
            **{section.name: dict(section.facts) for section in self.sections},
        }

    def text(self, *, with_signs: bool = True) -> str:
        """The report for people, in columns. Without signs only the words say how things are."""
        return "\n\n".join(_section(section, with_signs) for section in self.sections)


def without(value: Any, secrets: Iterable[str]) -> Any:
    """`value` with every secret in its texts replaced."""
    if isinstance(value, str):
        for secret in filter(None, secrets):
            value = value.replace(secret, "[secret]")
        return value
    if isinstance(value, Mapping):
        return {without(name, secrets): without(item, secrets) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [without(item, secrets) for item in value]
    return value


def one_line(text: str) -> str:
    """Text from elsewhere without anything that a terminal would obey."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _section(section: Section, with_signs: bool) -> str:
    width = max((len(one_line(f.subject)) for f in section.findings), default=0)
    words = max(len(verdict.value[1]) for verdict in Verdict)
    lines = [section.title, "─" * len(section.title) if with_signs else "-" * len(section.title)]
    for finding in section.findings:
        sign, word = finding.verdict.value
        mark = f"{sign} {word:<{words}}" if with_signs else f"{word:<{words}}"
        subject = f"{one_line(finding.subject):<{width}}"
        lines.append(f"  {mark}  {subject}  {one_line(finding.text)}".rstrip())
        indent = " " * (2 + len(mark) + 2)
        for details in finding.details:
            lines += wrap(
                one_line(details),
                _WIDTH,
                initial_indent=indent,
                subsequent_indent=indent + "  ",
                break_on_hyphens=False,
            )
    return "\n".join(lines)
