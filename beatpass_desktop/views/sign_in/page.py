"""The page to sign in with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.sign_in import SignInField, SignInPort, SignInWay
from beatpass_desktop.models import formatting
from beatpass_desktop.models.sign_in import SignInModel, SignInStep
from beatpass_desktop.views.sign_in.forms import EmailForm, TokenForm
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind, LinkButton
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.page import Page
from beatpass_desktop.views.widgets.segmented import Segmented

_WIDTH = 480


class SignInPage(Page):
    """Signing in with a token or with e-mail and password, and what else can be done instead.

    Signals:
        left: it is not needed any more.
        link_requested: a web address is to be opened.
    """

    left = Signal()
    link_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: SignInModel,
        port: SignInPort,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(
            theme,
            self.tr("Sign in to BeatPass"),
            self.tr("Your figures are then kept on this computer, also for when you are offline."),
            icon="key-round",
        )
        self._model = model
        self._port = port
        self._can_leave = False
        self.ways = Segmented(
            theme,
            [(SignInWay.TOKEN, self.tr("Access token")), (SignInWay.EMAIL, self.tr("E-mail"))],
        )
        self.ways.setAccessibleName(self.tr("How to sign in"))
        self.ways.current_changed.connect(self._on_way_changed)
        self.token_form = TokenForm(theme, now)
        self.email_form = EmailForm(theme)
        self._forms = {SignInWay.TOKEN: self.token_form, SignInWay.EMAIL: self.email_form}
        self._notice = PlainLabel(theme, "", TextStyle.BODY)
        self._notice.setWordWrap(True)
        self._problem = PlainLabel(theme, "", TextStyle.BODY_STRONG, Hue.BAD)
        self._problem.setWordWrap(True)
        self.submit = Button(theme, self.tr("Sign in"), ButtonKind.PRIMARY)
        self.submit.clicked.connect(self._on_submitted)
        self.again = Button(theme, self.tr("Try again"))
        self.again.clicked.connect(port.keep_token)
        self.cancel = Button(theme, self.tr("Cancel"), ButtonKind.GHOST)
        self.cancel.clicked.connect(self._on_cancelled)
        self.explore = Button(theme, self.tr("Explore with sandbox data"), icon="flask-conical")
        self.explore.clicked.connect(port.explore_sandbox)
        self._middle = self._built()
        row = QHBoxLayout()
        row.addWidget(self._middle, 10_000)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_stretch()
        model.changed.connect(self._show)
        model.way_requested.connect(self._on_way_requested)
        model.done.connect(self._on_done)
        self._space()
        self._show()

    @property
    def way(self) -> SignInWay:
        """The form that is shown."""
        way = self.ways.current()
        assert isinstance(way, SignInWay)
        return way

    def begin(self, *, can_leave: bool) -> None:
        """Start anew; `can_leave`: there is something to go back to."""
        self._can_leave = can_leave
        self._port.give_up()
        self._clear()
        self._show()

    def problem(self) -> str:
        """What is said to have gone wrong, but for single fields."""
        return self._problem.text()

    def _built(self) -> QWidget:
        theme = self._theme
        self._card = Card(theme, padding=Space.XXL)
        self._card.body.addWidget(self.ways)
        # Not a stacked layout: the card is as high as the form that is shown.
        for form in self._forms.values():
            form.submitted.connect(self._on_submitted)
            form.link_requested.connect(self.link_requested)
            self._card.body.addWidget(form)
        for label in (self._notice, self._problem):
            self._card.body.addWidget(label)
        self._buttons = QHBoxLayout()
        for button in (self.submit, self.again, self.cancel):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._card.body.addLayout(self._buttons)
        middle = QWidget()
        self._below = QVBoxLayout(middle)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.addWidget(self._card)
        look = PlainLabel(
            theme,
            self.tr(
                "Just looking? The sandbox opens in a window of its own; nothing in it is real."
            ),
            TextStyle.SECONDARY,
            Tone.MUTED,
        )
        look.setWordWrap(True)
        self._below.addWidget(look)
        self._below.addWidget(self.explore)
        program = LinkButton(
            theme, self.tr("No artist profile? Open the Producer Program"), "external-link"
        )
        program.clicked.connect(lambda: self.link_requested.emit(links.producer_program()))
        self._below.addWidget(program)
        return middle

    def _show(self) -> None:
        """Put the model on the screen."""
        model = self._model
        way = self.way
        unkept = model.step is SignInStep.UNKEPT
        busy = model.is_busy
        self.ways.setVisible(not unkept)
        self.ways.setEnabled(not busy)
        for key, form in self._forms.items():
            form.setVisible(key is way and not unkept)
            form.setEnabled(not busy)
        self.setFocusProxy(self.submit if unkept else self._forms[way].first)
        shown = self._forms[way].fields
        problems = [model.problem(), *(model.problem(f) for f in SignInField if f not in shown)]
        self._set(self._problem, "\n".join(filter(None, problems)))
        self._set(self._notice, self._notice_text())
        self.again.setVisible(unkept)
        self.cancel.setVisible(busy or unkept or self._can_leave)
        self.submit.setEnabled(not busy)
        self.submit.set_text(self._submit_text())
        if not busy and not unkept and self.isVisible():
            self._forms[way].show_problems(model)

    def _notice_text(self) -> str:
        if self._model.step is not SignInStep.UNKEPT:
            return ""
        name = formatting.one_line(self._model.name) or self.tr("You")
        return self.tr(
            "{}: BeatPass has accepted your token, but it could not be kept. It can be used until "
            "the program ends; you sign in again the next time."
        ).format(name)

    def _submit_text(self) -> str:
        match self._model.step:
            case SignInStep.CHECKING:
                return self.tr("Asking BeatPass…")
            case SignInStep.KEEPING:
                return self.tr("Asking the keychain…")
            case SignInStep.UNKEPT:
                return self.tr("Keep for this session only")
            case _:
                return self.tr("Sign in")

    def _set(self, label: PlainLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _clear(self) -> None:
        for form in self._forms.values():
            form.clear()

    def _space(self) -> None:
        super()._space()
        # The base class spaces itself before the parts here are there.
        if hasattr(self, "_below"):
            self._middle.setMaximumWidth(self._theme.px(_WIDTH))
            self._below.setSpacing(self._theme.px(Space.M))
            self._buttons.setSpacing(self._theme.px(Space.S))
            self._card.body.setSpacing(self._theme.px(Space.L))

    def _on_submitted(self) -> None:
        if self._model.is_busy:
            return
        if self._model.step is SignInStep.UNKEPT:
            self._port.keep_for_session()
        elif self.way is SignInWay.TOKEN:
            if (entered := self.token_form.values()) is not None:
                self._port.sign_in_with_token(*entered)
        elif (given := self.email_form.values()) is not None:
            self._port.sign_in_with_email(*given)

    def _on_cancelled(self) -> None:
        was_asking = self._model.step is not SignInStep.ASKING
        self._port.give_up()
        if not was_asking and self._can_leave:
            self._clear()
            self.left.emit()

    def _on_way_changed(self) -> None:
        self._show()
        self._forms[self.way].first.setFocus()

    def _on_way_requested(self, way: SignInWay) -> None:
        self.ways.set_current(way)
        self._show()

    def _on_done(self) -> None:
        self._clear()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self._can_leave or self._model.is_busy):
            self._on_cancelled()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        # A secret does not stay behind on a page that somebody left for another.
        self._clear()
        super().hideEvent(event)
