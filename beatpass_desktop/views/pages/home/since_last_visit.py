"""What changed since the app was last open."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.models import formatting
from beatpass_desktop.models.home import Change, Digest, News
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.pill import Trend
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.stat_card import StatCard

_ICONS = {
    Figure.PLAYS: ("play", Hue.HOME),
    Figure.DOWNLOADS: ("download", Hue.ACTIVITY),
    Figure.FOLLOWERS: ("users", Hue.LEADERBOARDS),
    Figure.TRACKS: ("music", Hue.TRACKS),
    Figure.ALBUMS: ("disc-3", Hue.ALBUMS),
    Figure.XP: ("zap", Hue.PROGRESS),
    Figure.LEVEL: ("star", Hue.PROGRESS),
    Figure.ACHIEVEMENTS: ("award", Hue.PROGRESS),
    Figure.RANK_OVERALL: ("trophy", Hue.LEADERBOARDS),
}
_PAYOUTS = 3
"""payouts with a card of their own"""


class SinceLastVisit(Section):
    """One card for each figure that changed; hidden on the first visit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Since you were last here"), parent=parent)
        self._grid = CardGrid(theme, columns=(1, 2, 4))
        self._shown: tuple[object, ...] = ()
        self.add(self._grid)
        self.hide()

    def show_digest(self, digest: Digest | None, now: datetime) -> None:
        """Show what changed; None hides the section."""
        self.setVisible(digest is not None)
        if digest is None:
            return
        when = formatting.weekday_and_clock(digest.since, now)
        is_new = bool(digest.changes) or digest.news != News()
        if is_new:
            self.set_subtitle(self.tr("Your last visit: {}").format(when))
        else:
            self.set_subtitle(self.tr("Nothing new since {}").format(when))
        if (digest.changes, digest.news) != self._shown:
            self._shown = (digest.changes, digest.news)
            cards = [self._card(change) for change in digest.changes]
            self._grid.set_cards([*cards, *self._ledger_cards(digest.news)])
        self._grid.setVisible(is_new)

    def _ledger_cards(self, news: News) -> list[StatCard]:
        """New entries of the ledger, and the payouts whose status changed."""
        if not (news.transactions or news.payouts):
            return []
        # Nothing is new at the first paint, which does without it.
        from beatpass_desktop.models import transaction_words as words

        cards = []
        if news.transactions:
            new = StatCard(self._theme, "wallet", self.tr("New transactions"), Hue.FINANCES)
            new.set_value(formatting.signed_number(news.transactions))
            cards.append(new)
        for payout in news.payouts[:_PAYOUTS]:
            icon, label = words.status_icon(payout.after), words.kind_text(payout.kind)
            card = StatCard(self._theme, icon, label, Hue.FINANCES)
            card.set_value(words.status_text(payout.after))
            was = self.tr("was {}").format(words.status_text(payout.before))
            card.set_detail(f"{formatting.amount(payout.amount, signed=True)} · {was}")
            cards.append(card)
        rest = len(news.payouts) - _PAYOUTS
        if rest > 0:
            more = StatCard(self._theme, "wallet", self.tr("More payouts"), Hue.FINANCES)
            more.set_value(formatting.number(rest))
            more.set_detail(self.tr("with another status"))
            cards.append(more)
        return cards

    def _card(self, change: Change) -> StatCard:
        icon, hue = _ICONS[change.figure]
        card = StatCard(self._theme, icon, self._label(change.figure), hue)
        difference = change.now - change.before
        if change.figure is Figure.RANK_OVERALL:
            # The first place is the best: a smaller number is a rise.
            card.set_value(formatting.place(change.now))
            card.set_detail(
                self.tr("was {}").format(formatting.place(change.before)),
                trend=Trend.UP if difference < 0 else Trend.DOWN,
            )
            return card
        card.set_value(formatting.signed_number(difference))
        card.set_detail(
            self.tr("now {}").format(formatting.number(change.now)),
            trend=Trend.UP if difference > 0 else Trend.DOWN,
        )
        return card

    def _label(self, figure: Figure) -> str:
        return {
            Figure.PLAYS: self.tr("Plays"),
            Figure.DOWNLOADS: self.tr("Downloads"),
            Figure.FOLLOWERS: self.tr("Followers"),
            Figure.TRACKS: self.tr("Tracks"),
            Figure.ALBUMS: self.tr("Albums"),
            Figure.XP: self.tr("XP"),
            Figure.LEVEL: self.tr("Level"),
            Figure.ACHIEVEMENTS: self.tr("Achievements"),
            Figure.RANK_OVERALL: self.tr("Rank"),
        }[figure]
