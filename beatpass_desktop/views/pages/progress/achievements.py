"""Progress: how many achievements are unlocked, and all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.models import achievement_words as words
from beatpass_desktop.models import formatting
from beatpass_desktop.models.achievements import AchievementFilter, UnlockState
from beatpass_desktop.models.progress import ProgressModel
from beatpass_desktop.views.pages.progress.achievement_grid import AchievementGrid
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.progress_bar import ProgressBar
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.select import Select
from beatpass_desktop.views.widgets.stat_card import StatCard

_BAR = 8
_LONGEST = 32
"""letters of a choice that BeatPass named"""


class ProgressAchievements(Section):
    """N of M with a bar, three cards, filters, and a card for each achievement.

    Attributes:
        cards: the figures, in order.
        states, rarities, categories: the filters.
        grid: the achievements.

    Signals:
        card_reached: the keyboard or a search stands on a card, at this place of the grid.
    """

    card_reached = Signal(QRect)

    def __init__(self, theme: Theme, model: ProgressModel, now: Callable[[], datetime]) -> None:
        super().__init__(theme, self.tr("Achievements"), icon="award", hue=Hue.PROGRESS)
        self._model = model
        self._table = model.achievements
        self._percent = Pill(theme, "", Hue.PROGRESS, "sparkles")
        self.add_action(self._percent)
        self._bar = ProgressBar(theme, Hue.PROGRESS, _BAR)
        self.add(self._bar)
        self._unlocked = StatCard(theme, "circle-check", self.tr("Unlocked"), Hue.GOOD)
        self._locked = StatCard(theme, "lock", self.tr("Locked"), Hue.BAD)
        self._earned = StatCard(theme, "zap", self.tr("XP earned"), Hue.WARN)
        self.cards = [self._unlocked, self._locked, self._earned]
        figures = CardGrid(theme, columns=(1, 3))
        for card in self.cards:
            figures.add(card)
        self.add(figures)
        self._build_filters(theme)
        self.grid = AchievementGrid(theme, self._table, now)
        self.grid.card_reached.connect(self.card_reached)
        self.add(self.grid)
        self._none = EmptyState(theme, "award", "", hue=Hue.PROGRESS)
        self._none.action_requested.connect(self.clear_filters)
        self.add(self._none)
        model.changed.connect(self._show)
        self._table.listed_changed.connect(self._show_listed)
        self._space_filters()
        self._show()

    def _build_filters(self, theme: Theme) -> None:
        self._filters = QWidget()
        self._filters.setAccessibleName(self.tr("Filters"))
        self._flow = FlowLayout(self._filters)
        self.states = Segmented(theme, [(state, "") for state in UnlockState])
        self.states.current_changed.connect(self._on_filter_changed)
        self.rarities = Select(theme, self.tr("Rarity"))
        self.categories = Select(theme, self.tr("Category"))
        self._count = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self.clear_button = LinkButton(theme, self.tr("Clear filters"), "x")
        self.clear_button.clicked.connect(self.clear_filters)
        self._flow.addWidget(self.states)
        for select in (self.rarities, self.categories):
            select.currentIndexChanged.connect(self._on_filter_changed)
            self._flow.addWidget(select)
        self._flow.addWidget(self._count)
        self._flow.addWidget(self.clear_button)
        self.add(self._filters)

    def clear_filters(self) -> None:
        """List all achievements."""
        had_focus = self.clear_button.hasFocus()
        for select in (self.rarities, self.categories):
            select.setCurrentIndex(0)
        self.states.set_current(UnlockState.ALL)
        if had_focus:
            self.rarities.setFocus()

    def reveal(self, achievement: str) -> None:
        """Stand on an achievement, whatever is filtered."""
        if not self.grid.reach(achievement):
            self.clear_filters()
            self.grid.reach(achievement)

    def _show(self) -> None:
        model, progress = self._model, self._model.progress
        unlocked, total = formatting.number(model.unlocked), formatting.number(model.total)
        told = self.tr("{} of {} unlocked").format(unlocked, total)
        self.set_subtitle(told)
        share = None
        if model.unlocked is not None and model.total:
            share = min(1.0, max(0.0, model.unlocked / model.total))
            self._percent.set_text(f"{round(share * 100)}\N{NO-BREAK SPACE}%")
        self._percent.setVisible(share is not None)
        self._bar.set_fraction(share or 0.0)
        self._bar.setAccessibleName(told)
        for card, figure in (
            (self._unlocked, model.unlocked),
            (self._locked, model.locked),
            (self._earned, progress.achievements_xp),
        ):
            card.set_value(None if figure is None else formatting.number(figure))
        self._earned.set_detail(
            self.tr("from achievements") if progress.achievements_xp is not None else ""
        )
        self._fill(self.rarities, self.tr("Any rarity"), self._table.rarities(), words.rarity_text)
        self._fill(
            self.categories, self.tr("Any category"), self._table.categories(), words.category_text
        )
        self._show_listed()

    def _fill(
        self, select: Select, anything: str, raw: Sequence[str], text: Callable[[str], str]
    ) -> None:
        """Put the choices into a select; what was chosen stays chosen."""
        wanted = [None, *raw]
        if [select.itemData(at) for at in range(select.count())] == wanted:
            return
        chosen = select.currentData()
        with QSignalBlocker(select):
            select.clear()
            select.addItem(anything, None)
            for one in raw:
                select.addItem(_short(text(one)), one)
            select.setCurrentIndex(max(0, wanted.index(chosen) if chosen in wanted else 0))
        select.updateGeometry()
        self._on_filter_changed()

    def _show_listed(self) -> None:
        table = self._table
        texts = {
            UnlockState.ALL: self.tr("All"),
            UnlockState.UNLOCKED: self.tr("Unlocked"),
            UnlockState.LOCKED: self.tr("Locked"),
        }
        for state, text in texts.items():
            count = formatting.number(table.count(state))
            self.states.set_text(state, f"{text} {count}")
        listed, is_filtered = table.rowCount(), table.filter != AchievementFilter()
        self._count.setText(
            self.tr("Showing {} of {}").format(
                formatting.number(listed), formatting.number(table.total)
            )
        )
        self.clear_button.setVisible(is_filtered)
        self._filters.setVisible(table.total > 0)
        self.grid.setVisible(listed > 0)
        self._none.setVisible(listed == 0)
        if table.total:
            self._none.set_texts(
                self.tr("No achievement matches"),
                self.tr("Another choice of filters shows more."),
                self.tr("Clear filters"),
            )
        else:
            self._none.set_texts(
                self.tr("No achievements listed"),
                self.tr("BeatPass has not sent any achievements for this artist."),
            )

    def _on_filter_changed(self) -> None:
        state = self.states.current()
        self._table.set_filter(
            AchievementFilter(
                state if isinstance(state, UnlockState) else UnlockState.ALL,
                self.rarities.currentData(),
                self.categories.currentData(),
            )
        )

    def _space_filters(self) -> None:
        self._flow.setSpacing(self._theme.px(Space.S))

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._space_filters()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
