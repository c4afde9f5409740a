"""The first three of a ranking."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from beatpass_desktop.domain.leaderboards import Entry
from beatpass_desktop.models import formatting
from beatpass_desktop.models import leaderboard_words as words
from beatpass_desktop.models.leaderboard_table import producer_name
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.views.pages.leaderboards.tier_look import tier_look
from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.avatar import Avatar
from beatpass_desktop.views.widgets.clamped_label import ClampedLabel
from beatpass_desktop.views.widgets.labels import ElidedLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    paint_box,
    paint_focus_ring,
    painter_on,
)
from beatpass_desktop.views.widgets.pill import Pill

_PICTURE = 56
_FIRST = 1
_LINES = 3
"""of figures at most"""


class PodiumCard(Clickable):
    """One of the first three: place, picture, name, score, what is behind it, and the tier.

    Signals:
        clicked: the producer's page is to be opened.
    """

    def __init__(
        self,
        theme: Theme,
        entry: Entry,
        *,
        own: bool = False,
        pictures: Pictures | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.entry = entry
        self.is_own = own
        self._hue = Hue.LEADERBOARDS if entry.rank == _FIRST else Hue.NEUTRAL
        self._avatar = Avatar(theme, _PICTURE)
        self._avatar.set_name(producer_name(entry))
        if pictures is not None:
            self._avatar.show_picture(pictures, entry.image)
        self._name = ElidedLabel(theme, producer_name(entry), TextStyle.SECTION)
        self._score = ElidedLabel(theme, self.value(), TextStyle.BODY_STRONG, Hue.LEADERBOARDS)
        self._figures = ClampedLabel(
            theme, _whole_figures(self.detail()), TextStyle.SECONDARY, Tone.MUTED, lines=_LINES
        )
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._avatar)
        self._texts = QVBoxLayout()
        self._texts.addLayout(self._build_head(theme, entry))
        self._texts.addWidget(self._name)
        self._texts.addWidget(self._score)
        self._texts.addWidget(self._figures)
        self._row.addLayout(self._texts, 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setEnabled(entry.artist is not None)
        self._tell()
        self._space()

    def title(self) -> str:
        """Place and name."""
        return f"{formatting.place(self.entry.rank)} {producer_name(self.entry)}"

    def value(self) -> str:
        """The score in words."""
        return words.score_text(self.entry.score, self.entry.score_label)

    def detail(self) -> str:
        """The figures behind the score."""
        return words.figures_text(self.entry)

    def _build_head(self, theme: Theme, entry: Entry) -> QHBoxLayout:
        """Place, marks and tier, above the name: a long name takes no room from them."""
        tr = QCoreApplication.translate
        head = self._head = QHBoxLayout()
        head.addWidget(Pill(theme, formatting.place(entry.rank), self._hue))
        if entry.verified:
            # The sign alone, as in the table: with the word there is no room for the tier.
            head.addWidget(Pill(theme, "", Hue.INFO, "badge-check"))
        if self.is_own:
            head.addWidget(Pill(theme, tr("people", "You"), Hue.ACCENT))
        head.addStretch(1)
        if entry.tier and entry.tier.strip():
            look = tier_look(entry.tier)
            name = words.tier_name(entry.tier)
            metrics = theme.metrics(TextStyle.SECONDARY_STRONG)
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, theme.px(120))
            head.addWidget(Pill(theme, shown, look.hue, look.icon))
        return head

    def _tell(self) -> None:
        entry, parts = self.entry, [self.title()]
        tr = QCoreApplication.translate
        if entry.verified:
            parts.append(tr("people", "verified"))
        if self.is_own:
            parts.append(tr("people", "you"))
        tier = words.tier_name(entry.tier) if entry.tier else ""
        parts += [part for part in (self.value(), self.detail(), tier) if part]
        self.setAccessibleName(", ".join(parts))
        self.setAccessibleDescription(tr("people", "Opens the artist page"))
        self.setToolTip(
            plain_tooltip("\n".join(filter(None, (producer_name(entry), self.detail()))))
        )

    def _space(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.M))
        self._row.setSpacing(px(Space.M))
        self._texts.setSpacing(px(2))
        # Letters of other scripts come from other fonts, which are higher.
        for label, style in (
            (self._name, TextStyle.SECTION),
            (self._score, TextStyle.BODY_STRONG),
        ):
            label.setFixedHeight(self._theme.metrics(style).height())
        self._head.setSpacing(px(Space.XS))

    def _on_theme_changed(self) -> None:
        self._space()
        super()._on_theme_changed()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._row.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        colours = theme.hue(Hue.LEADERBOARDS)
        ground = self._ground(colours.tint if self.is_own else tokens.surface)
        stands_out = self.is_own or self.entry.rank == _FIRST
        edge = colours.mark if stands_out else tokens.border
        painter = painter_on(self)
        paint_box(painter, self.rect(), ground, edge, Radius.CARD)
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CARD)


def _whole_figures(text: str) -> str:
    """The same text, to be broken only between figures."""
    parts = text.split(words.FIGURE_GAP)
    return words.FIGURE_GAP.join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)
