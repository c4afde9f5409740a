"""The two forms to sign in with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.sign_in import SignInField
from beatpass_desktop.domain.token_life import TOKEN_DAYS
from beatpass_desktop.models.sign_in import SignInModel
from beatpass_desktop.views.sign_in.field import FormField
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.switch import Switch
from beatpass_desktop.views.widgets.text_field import TextField


class _Form(QWidget):
    """Fields below each other, and a link.

    Signals:
        submitted: Enter was pressed in a field.
        link_requested: a web address is to be opened.
    """

    submitted = Signal()
    link_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.fields: dict[SignInField, FormField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._space()
        theme.changed.connect(self._space)

    @property
    def first(self) -> TextField:
        """Where to begin."""
        return next(iter(self.fields.values())).line

    def show_problems(self, model: SignInModel) -> None:
        """Say under each field what is wrong with it, and go to the first of them."""
        for key, field in self.fields.items():
            field.set_problem(model.problem(key))
        self._go_to_problem(list(self.fields.values()))

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self.fields.values():
            field.line.clear()
            field.set_problem("")

    def _go_to_problem(self, fields: list[FormField]) -> bool:
        wrong = next((field for field in fields if field.problem()), None)
        if wrong is not None:
            wrong.line.setFocus()
            wrong.line.selectAll()
        return wrong is not None

    def _require(self, fields: list[FormField]) -> bool:
        """Whether all are filled in; says so under those that are not."""
        for field in fields:
            missing = not field.text().strip()
            field.set_problem(self.tr("Please fill this in.") if missing else "")
        return not self._go_to_problem(fields)

    def _add(self, field: FormField) -> None:
        field.line.returnPressed.connect(self.submitted)
        self._column.addWidget(field)

    def _add_link(self, text: str, address: str) -> None:
        link = LinkButton(self._theme, text, "external-link")
        link.clicked.connect(lambda: self.link_requested.emit(address))
        self._column.addWidget(link)

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(Space.L))


class TokenForm(_Form):
    """An access token and the day it was created."""

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__(theme)
        self._now = now
        self.token = FormField(theme, self.tr("Access token"), secret=True)
        self.token.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.fields[SignInField.TOKEN] = self.token
        self._add(self.token)
        self._show = Switch(theme, self.tr("Show"))
        self._show.toggled.connect(lambda shown: self.token.set_hidden(not shown))
        self.token.add_beside(self._show)
        self.created = FormField(
            theme,
            self.tr("Created on"),
            self.tr(
                "A token expires {} days after it was created. BeatPass does not tell which day "
                "that was; enter it to be reminded in time."
            ).format(TOKEN_DAYS),
        )
        self._add(self.created)
        self._add_link(
            self.tr("Create one in Account Settings → Developers"), links.account_settings()
        )
        self.clear()

    def clear(self) -> None:
        super().clear()
        self._show.setChecked(False)
        self.created.line.setText(self._today().isoformat())
        self.created.set_problem("")

    def values(self) -> tuple[str, date] | None:
        """The token and its day; None, with a word under the field, when one cannot be right."""
        complete = self._require([self.token])
        day = self._day()
        wrong = self.tr("Please write a day, such as {}.").format(self._today().isoformat())
        if day is not None and day > self._today():
            day, wrong = None, self.tr("This day is still to come.")
        self.created.set_problem("" if day is not None else wrong)
        if not complete or day is None:
            self._go_to_problem([self.token, self.created])
            return None
        return self.token.text().strip(), day

    def _today(self) -> date:
        return self._now().astimezone().date()

    def _day(self) -> date | None:
        text = self.created.text().strip()
        found = QDate.fromString(text, Qt.DateFormat.ISODate)
        if not found.isValid():
            found = QLocale().toDate(text, QLocale.FormatType.ShortFormat)
        return date(found.year(), found.month(), found.day()) if found.isValid() else None


class EmailForm(_Form):
    """E-mail and password."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.email = FormField(theme, self.tr("E-mail"))
        self.password = FormField(
            theme,
            self.tr("Password"),
            self.tr("BeatPass creates a token for this computer. The password is not kept."),
            secret=True,
        )
        self.fields = {SignInField.EMAIL: self.email, SignInField.PASSWORD: self.password}
        for field in self.fields.values():
            self._add(field)
        self.email.line.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self._add_link(self.tr("Forgotten your password?"), links.forgotten_password())

    def values(self) -> tuple[str, str] | None:
        """E-mail and password; None, with a word under the field, when one is missing."""
        if not self._require([self.email, self.password]):
            return None
        return self.email.text().strip(), self.password.text()
