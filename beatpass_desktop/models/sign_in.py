"""How far signing in has come."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.sign_in import SignInField, SignInProblem, SignInWay


class SignInStep(Enum):
    """Where signing in stands."""

    ASKING = "asking"
    """the forms wait to be filled in"""
    CHECKING = "checking"
    """BeatPass is asked"""
    KEEPING = "keeping"
    """the keychain is asked"""
    UNKEPT = "unkept"
    """the token is accepted, but the keychain did not take it"""


class SignInModel(QObject):
    """What the sign-in page shows; told by whoever signs in.

    Signals:
        changed: another step, or other problems.
        way_requested: the form of this SignInWay is to be filled in.
        done: somebody is signed in; the page is not needed any more.

    Attributes:
        step: where it stands.
        name: who has been accepted, while the keychain is in the way; empty when not known.
    """

    changed = Signal()
    way_requested = Signal(object)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.step = SignInStep.ASKING
        self.name = ""
        self._problems: tuple[SignInProblem, ...] = ()

    @property
    def is_busy(self) -> bool:
        """Whether somebody else has to answer first."""
        return self.step in (SignInStep.CHECKING, SignInStep.KEEPING)

    def problem(self, field: SignInField | None = None) -> str:
        """What is wrong with a field, or with the whole; empty when nothing is."""
        return "\n".join(p.sentence for p in self._problems if p.field is field)

    def show(
        self, step: SignInStep, problems: Sequence[SignInProblem] = (), name: str = ""
    ) -> None:
        """Another step."""
        self.step, self._problems, self.name = step, tuple(problems), name
        self.changed.emit()

    def ask_for(self, way: SignInWay) -> None:
        """Have the other form filled in."""
        self.way_requested.emit(way)
