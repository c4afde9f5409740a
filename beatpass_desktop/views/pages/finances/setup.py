"""What stands in the place of balances until money can come: how to set up payouts."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from beatpass_desktop.domain.finances import STRIPE_COUNTRIES
from beatpass_desktop.models import finance_words
from beatpass_desktop.models.finances import FinancesModel
from beatpass_desktop.views.browser import open_onboarding
from beatpass_desktop.views.pages.finances.readiness import ReadinessLight
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.badge import Badge
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.select import Select


class SetupPanel(QWidget):
    """Three readiness lights, what is still due, the country, and the way to Stripe.

    Attributes:
        lights: the cards of the lights.
        country: the choice of a country; hidden once it was chosen for good.
        connect_button, check_button: what can be done.

    Signals:
        onboarding_requested: a link for this country (ISO 3166; None for the one that was chosen
            before) is wanted.
        check_requested: the state is to be asked for again.
    """

    onboarding_requested = Signal(object)
    check_requested = Signal()

    def __init__(self, theme: Theme, model: FinancesModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._opened = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._build_lights(theme))
        self._column.addWidget(self._build_steps(theme))
        self._column.addWidget(self._build_streams(theme))
        model.link_ready.connect(self._on_link_ready)
        model.onboarding_changed.connect(self._show_link)
        model.freshness_changed.connect(self._show_link)
        theme.changed.connect(self._space)
        self._space()

    def show_state(self) -> None:
        """Put the state of the Stripe account on the screen."""
        stripe = self._model.stripe
        if stripe is None:
            return
        for light, is_on in zip(
            self.lights,
            (stripe.connected, stripe.charges_enabled, stripe.payouts_enabled),
            strict=True,
        ):
            self._show_light(light, is_on)
        due = finance_words.due_texts(stripe.requirements_due or ())
        self._due.setText("\n".join(f"•  {text}" for text in due))
        self._due.setVisible(bool(due))
        self._due_title.setVisible(bool(due))
        self._show_country(stripe.country)
        connected = bool(stripe.connected)
        text = self.tr("Continue on Stripe") if connected else self.tr("Connect Stripe account")
        self.connect_button.set_text(text)
        self._show_link()

    def _build_lights(self, theme: Theme) -> Section:
        section = Section(
            theme,
            self.tr("Set up your payouts"),
            self.tr("BeatPass pays through Stripe. Money can come when all three are done."),
            icon="wallet",
            hue=Hue.FINANCES,
        )
        self.lights = [
            ReadinessLight(theme, self.tr("Connected")),
            ReadinessLight(theme, self.tr("Charges enabled")),
            ReadinessLight(theme, self.tr("Payouts enabled")),
        ]
        grid = CardGrid(theme, columns=(1, 3))
        for light in self.lights:
            grid.add(light)
        section.add(grid)
        return section

    def _build_steps(self, theme: Theme) -> Section:
        section = Section(theme, self.tr("What to do now"), in_card=True)
        self._due_title = _wrapped(theme, TextStyle.BODY_STRONG, Tone.TEXT)
        self._due_title.setText(self.tr("Stripe still needs:"))
        self._due = _wrapped(theme, TextStyle.BODY, Tone.TEXT)
        self._country_title = _wrapped(theme, TextStyle.BODY_STRONG, Tone.TEXT)
        self.country = Select(theme, self.tr("Country of your Stripe account"))
        self.country.addItem(self.tr("Choose your country…"), None)
        for code, name in STRIPE_COUNTRIES:
            self.country.addItem(name, code)
        self.country.currentIndexChanged.connect(self._show_link)
        country = FlowLayout()
        country.addWidget(self.country)
        self._country_note = _wrapped(theme, TextStyle.SECONDARY, Tone.MUTED)
        self.connect_button = Button(theme, "", ButtonKind.PRIMARY, "external-link")
        self.connect_button.clicked.connect(self._on_connect_clicked)
        self.check_button = Button(
            theme, self.tr("I have finished: check again"), icon="refresh-cw"
        )
        self.check_button.clicked.connect(self.check_requested)
        self._actions = FlowLayout()
        self._actions.addWidget(self.connect_button)
        self._actions.addWidget(self.check_button)
        self._outcome = _wrapped(theme, TextStyle.BODY, Tone.MUTED)
        for part in (self._due_title, self._due, self._country_title):
            section.add(part)
        section.body.addLayout(country)
        section.add(self._country_note)
        section.body.addLayout(self._actions)
        section.add(self._outcome)
        return section

    def _build_streams(self, theme: Theme) -> Section:
        section = Section(theme, self.tr("What you can earn with"), in_card=True)
        grid = self._streams = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (icon, hue, name, text) in enumerate(
            (
                (
                    "users",
                    Hue.INFO,
                    self.tr("Subscription payouts"),
                    self.tr(
                        "Your share of every subscription, worked out on each billing date from "
                        "what your tracks contribute. Until payouts are enabled your share goes "
                        "to the other producers."
                    ),
                ),
                (
                    "badge-check",
                    Hue.PROGRESS,
                    self.tr("Exclusive sales"),
                    self.tr("One buyer gets a track for itself. You keep the price that you set."),
                ),
                (
                    "music",
                    Hue.TRACKS,
                    self.tr("Track purchases"),
                    self.tr(
                        "You keep all of the price that you set; the buyer pays the fee on top."
                    ),
                ),
            )
        ):
            words = QVBoxLayout()
            words.setSpacing(2)
            title, sentence = (
                _wrapped(theme, TextStyle.BODY_STRONG, Tone.TEXT),
                _wrapped(theme, TextStyle.SECONDARY, Tone.MUTED),
            )
            title.setText(name)
            sentence.setText(text)
            words.addWidget(title)
            words.addWidget(sentence)
            grid.addWidget(Badge(theme, icon, hue), row, 0)
            grid.addLayout(words, row, 1)
        section.body.addLayout(grid)
        return section

    def _show_light(self, light: ReadinessLight, is_on: bool | None) -> None:
        if is_on is None:
            light.show_state(self.tr("Not known"), "circle-help", Hue.NEUTRAL)
        elif is_on:
            light.show_state(self.tr("Done"), "circle-check", Hue.GOOD)
        else:
            light.show_state(self.tr("Not yet"), "circle-alert", Hue.WARN)

    def _show_country(self, country: str | None) -> None:
        chosen = bool(country)
        self.country.setVisible(not chosen)
        if country:
            name = finance_words.country_text(country)
            self._country_title.setText(self.tr("Country: {}").format(name))
            self._country_note.setText(self.tr("It was chosen before and can't be changed."))
            with QSignalBlocker(self.country):
                self.country.setCurrentIndex(0)
        else:
            self._country_title.setText(self.tr("Confirm your country"))
            self._country_note.setText(
                self.tr(
                    "The country where you live or where your company is registered. It can't be "
                    "changed later. Stripe pays producers in these countries only."
                )
            )

    def _show_link(self) -> None:
        """How asking for the link went, and what can be pressed now."""
        model, stripe = self._model, self._model.stripe
        has_country = bool(stripe and stripe.country) or self.country.currentData() is not None
        can_ask = not model.is_offline and not model.is_asking_for_link
        self.connect_button.setEnabled(can_ask and has_country)
        self.check_button.setEnabled(not model.is_offline and not model.is_refreshing)
        tone: Tone | Hue = Tone.MUTED
        if model.is_asking_for_link:
            text = self.tr("Asking BeatPass for the link…")
        elif model.link_refusal:
            text, tone = model.link_refusal, Hue.BAD
        elif model.has_opened_link and not self._opened:
            text, tone = self.tr("The browser could not be started."), Hue.BAD
        elif model.has_opened_link:
            text = self.tr("Stripe's form is open in your browser. Come back when you are done.")
        elif model.is_offline:
            text = self.tr("You are offline. Connecting needs BeatPass.")
        elif not has_country:
            text = self.tr("Choose your country first.")
        else:
            text = ""
        self._outcome.setText(text)
        self._outcome.set_tone(tone)
        self._outcome.setVisible(bool(text))

    def _space(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(Space.XL))
        self._actions.setSpacing(px(Space.S))
        self._streams.setHorizontalSpacing(px(Space.M))
        self._streams.setVerticalSpacing(px(Space.L))

    def _on_connect_clicked(self) -> None:
        stripe = self._model.stripe
        chosen_before = bool(stripe and stripe.country)
        self.onboarding_requested.emit(None if chosen_before else self.country.currentData())

    def _on_link_ready(self, address: str, server: str) -> None:
        self._opened = open_onboarding(address, server)


def _wrapped(theme: Theme, style: TextStyle, tone: Tone) -> PlainLabel:
    label = PlainLabel(theme, "", style, tone)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    return label
