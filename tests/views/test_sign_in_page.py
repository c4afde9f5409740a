"""The sign-in and sign-out pages: everything by keyboard, problems where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.domain import links
from beatpass_desktop.domain.sign_in import SignInField, SignInProblem, SignInWay
from beatpass_desktop.models.sign_in import SignInModel, SignInStep
from beatpass_desktop.views.sign_in.page import SignInPage
from beatpass_desktop.views.sign_in.sign_out import SignOutPage
from beatpass_desktop.views.theme.theme import Theme, ThemeMode

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.astimezone().date()


class Port:
    """What was asked for, in order."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def sign_in_with_token(self, token: str, created: date) -> None:
        self.asked.append(("token", token, created))

    def sign_in_with_email(self, email: str, password: str) -> None:
        self.asked.append(("email", email, password))

    def keep_token(self) -> None:
        self.asked.append(("keep",))

    def keep_for_session(self) -> None:
        self.asked.append(("session",))

    def give_up(self) -> None:
        self.asked.append(("give up",))

    def read_token(self) -> None:
        self.asked.append(("read",))

    def show_account(self, account: int) -> None:
        self.asked.append(("account", account))

    def sign_out(self, *, erase: bool) -> None:
        self.asked.append(("sign out", erase))

    def explore_sandbox(self) -> None:
        self.asked.append(("sandbox",))


class Shown:
    """The page on the screen."""

    def __init__(self, qtbot: QtBot) -> None:
        self.model = SignInModel()
        self.port = Port()
        self.theme = Theme(ThemeMode.DARK)
        self.page = SignInPage(self.theme, self.model, self.port, lambda: NOW)
        self.left: list[bool] = []
        self.links: list[str] = []
        self.page.left.connect(lambda: self.left.append(True))
        self.page.link_requested.connect(self.links.append)
        qtbot.addWidget(self.page)
        self.page.resize(960, 700)
        with qtbot.waitActive(self.page):
            self.page.show()
        self.page.begin(can_leave=True)
        self.page.setFocus()
        self.port.asked.clear()

    def press(self, key: Qt.Key) -> None:
        """A key for whatever has the focus."""
        QTest.keyClick(self.focus, key)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield Shown(qtbot)
    QLocale.setDefault(before)


def test_that_a_token_is_typed_hidden_and_sent_with_enter(shown: Shown) -> None:
    shown.type("  a-token ")
    line = shown.page.token_form.token.line
    assert line.echoMode() is QLineEdit.EchoMode.Password
    shown.press(Qt.Key.Key_Return)
    assert shown.port.asked == [("token", "a-token", TODAY)]


def test_that_the_token_can_be_shown_and_is_hidden_again_when_the_page_is_left(
    shown: Shown,
) -> None:
    shown.type("a-token")
    line = shown.page.token_form.token.line
    shown.press(Qt.Key.Key_Tab)
    shown.press(Qt.Key.Key_Space)
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    shown.page.hide()
    assert (line.text(), line.echoMode()) == ("", QLineEdit.EchoMode.Password)


@pytest.mark.parametrize(
    ("text", "sent"),
    [("2026-09-01", date(2026, 9, 1)), ("01.09.26", date(2026, 9, 1)), (" 2026-11-23 ", TODAY)],
)
def test_that_the_day_can_be_written_as_people_write_it(
    shown: Shown, text: str, sent: date
) -> None:
    shown.type("a-token")
    shown.page.token_form.created.line.setText(text)
    shown.press(Qt.Key.Key_Return)
    (asked,) = shown.port.asked
    assert asked[2].replace(year=2026) == sent


@pytest.mark.parametrize(
    ("token", "created", "problems"),
    [
        ("", str(TODAY), ("Please fill this in.", "")),
        ("t", "soon", ("", f"Please write a day, such as {TODAY}.")),
        ("t", str(TODAY + timedelta(days=1)), ("", "This day is still to come.")),
        ("", "", ("Please fill this in.", f"Please write a day, such as {TODAY}.")),
    ],
)
def test_that_what_cannot_be_right_is_said_before_anybody_is_asked(
    shown: Shown, token: str, created: str, problems: tuple[str, str]
) -> None:
    form = shown.page.token_form
    form.token.line.setText(token)
    form.created.line.setText(created)
    shown.press(Qt.Key.Key_Return)
    assert (form.token.problem(), form.created.problem()) == problems
    assert shown.port.asked == []
    assert shown.focus is (form.token.line if problems[0] else form.created.line)


def test_that_email_and_password_are_reached_and_sent_by_keyboard(shown: Shown) -> None:
    shown.press(Qt.Key.Key_Backtab)
    shown.press(Qt.Key.Key_Right)
    form = shown.page.email_form
    assert shown.focus is form.email.line
    shown.type("ada@x.example")
    shown.press(Qt.Key.Key_Tab)
    shown.type(" pass word ")
    assert form.password.line.echoMode() is QLineEdit.EchoMode.Password
    shown.press(Qt.Key.Key_Return)
    assert shown.port.asked == [("email", "ada@x.example", " pass word ")]


def test_that_problems_stand_under_their_fields_and_the_rest_above_the_buttons(
    shown: Shown,
) -> None:
    shown.page.ways.set_current(SignInWay.EMAIL)
    shown.model.show(
        SignInStep.ASKING,
        [
            SignInProblem("No <b>such</b> address.", SignInField.EMAIL),
            SignInProblem("Of the other form.", SignInField.TOKEN),
            SignInProblem("Of the whole."),
        ],
    )
    assert shown.page.email_form.email.problem() == "No <b>such</b> address."
    assert shown.page.problem() == "Of the whole.\nOf the other form."
    assert "No <b>such</b>" in shown.page.email_form.email.line.accessibleDescription()
    assert shown.focus is shown.page.email_form.email.line


def test_that_nothing_can_be_sent_twice_and_escape_gives_up_first(shown: Shown) -> None:
    shown.type("a-token")
    shown.model.show(SignInStep.CHECKING)
    assert not shown.page.submit.isEnabled()
    assert not shown.page.token_form.isEnabled()
    QTest.keyClick(shown.page, Qt.Key.Key_Escape)
    assert (shown.port.asked, shown.left) == ([("give up",)], [])
    shown.model.show(SignInStep.ASKING)
    assert shown.page.token_form.token.text() == "a-token"
    QTest.keyClick(shown.page, Qt.Key.Key_Escape)
    assert shown.left == [True]
    assert shown.page.token_form.token.text() == ""


def test_that_without_somewhere_to_go_back_to_escape_stays(shown: Shown) -> None:
    shown.page.begin(can_leave=False)
    QTest.keyClick(shown.page, Qt.Key.Key_Escape)
    assert shown.left == []
    assert not shown.page.cancel.isVisible()


def test_that_a_token_that_cannot_be_kept_leaves_three_ways(shown: Shown) -> None:
    problem = SignInProblem("The keychain of this computer is locked.")
    shown.model.show(SignInStep.UNKEPT, [problem], "Nova <b>Rain</b>")
    assert shown.page.problem() == problem.sentence
    for button in (shown.page.submit, shown.page.again, shown.page.cancel):
        button.setFocus()
        shown.press(Qt.Key.Key_Space)
    assert shown.port.asked == [("session",), ("keep",), ("give up",)]
    assert not shown.page.token_form.isVisible()


def test_that_the_ways_elsewhere_are_there(shown: Shown) -> None:
    shown.page.explore.setFocus()
    shown.press(Qt.Key.Key_Space)
    assert shown.port.asked == [("sandbox",)]
    for link in shown.page.findChildren(QWidget):
        if type(link).__name__ == "LinkButton" and link.isVisible():
            link.setFocus()
            shown.press(Qt.Key.Key_Space)
    assert shown.links == [links.account_settings(), links.producer_program()]
    assert [links.checked(address) for address in shown.links] == shown.links
    assert links.checked(links.forgotten_password())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_nothing_is_cut_at_any_text_size(shown: Shown, scale: float) -> None:
    shown.theme.set_scale(scale)
    for step in SignInStep:
        shown.model.show(step, [SignInProblem("A rather long sentence about a problem. " * 3)])
        QApplication.processEvents()
        bar = shown.page.scroll_area.horizontalScrollBar()
        assert bar.maximum() == 0, step


@pytest.mark.parametrize("erase", [True, False])
def test_that_signing_out_asks_what_is_to_stay(qtbot: QtBot, erase: bool) -> None:
    port = Port()
    page = SignOutPage(Theme(ThemeMode.LIGHT), port)
    left: list[bool] = []
    page.left.connect(lambda: left.append(True))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.begin("Nova <b>Rain</b>")
    page.setFocus()
    assert page.heading.title() == "Sign out Nova <b>Rain</b>?"
    assert page.choices.current() is True
    assert QApplication.focusWidget() is page.cancel  # Enter pressed twice erases nothing
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert (left, port.asked) == ([True], [])
    page.choices.set_current(erase)
    QTest.keyClick(page.confirm, Qt.Key.Key_Space)
    assert port.asked == [("sign out", erase)]
