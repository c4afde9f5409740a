"""Progress: what earns points, and where the points came from."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatpass_desktop.domain.experience import XpAction
from beatpass_desktop.domain.progress import XpSource
from beatpass_desktop.models import formatting
from beatpass_desktop.models.progress import ProgressModel
from beatpass_desktop.views.charts.bars import BarChart
from beatpass_desktop.views.pages.progress import xp_words
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.badge import Badge
from beatpass_desktop.views.widgets.clamped_label import ClampedLabel
from beatpass_desktop.views.widgets.labels import Tone
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow
from beatpass_desktop.views.widgets.section import Section

_BESIDE = 820
_HEIGHT = 220


class XpActions(Section):
    """What earns points, by the published rules."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("XP actions"), in_card=True)
        for action in XpAction:
            self.add(_ActionRow(theme, action))
        self.body.addStretch(1)


class _ActionRow(QWidget):
    """Icon, what is done, when it counts, and what it brings."""

    def __init__(self, theme: Theme, action: XpAction) -> None:
        super().__init__()
        self._theme = theme
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(ClampedLabel(theme, xp_words.action_text(action)))
        detail = xp_words.action_detail(action)
        texts.addWidget(ClampedLabel(theme, detail, TextStyle.SECONDARY, Tone.MUTED))
        texts.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(Badge(theme, xp_words.action_icon(action), Hue.PROGRESS))
        self._row.addLayout(texts, 1)
        self._row.addWidget(Pill(theme, xp_words.earned_text(action), Hue.PROGRESS, "zap"))
        theme.changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.M))


class ProgressExperience(QWidget):
    """XP actions beside the chart of XP by source; below each other where there is no room.

    Attributes:
        earning, chart: the two sections.
    """

    def __init__(self, theme: Theme, model: ProgressModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._shown: tuple[XpSource, ...] | None = None
        self.earning = XpActions(theme)
        self.chart = BarChart(
            theme,
            self.tr("XP by source"),
            self.tr("Where your XP came from"),
            hue=Hue.PROGRESS,
            value_title=self.tr("XP"),
            label_title=self.tr("Source"),
            in_sequence=False,
            height=_HEIGHT,
        )
        self.chart.set_message(
            self.tr("No XP yet"), self.tr("What you earn is shown here by source.")
        )
        self._row = ResponsiveRow(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.earning, 2)
        self._row.addWidget(self.chart, 3)
        model.changed.connect(self._show)
        theme.changed.connect(self._space)
        self._space()
        self._show()

    def _show(self) -> None:
        sources = self._model.progress.xp_sources or ()
        if not any(source.xp for source in sources):
            sources = ()
        if sources == self._shown:
            return
        self._shown = sources
        labels = [xp_words.source_text(source.source) for source in sources]
        self.chart.set_data(
            labels,
            [source.xp for source in sources],
            exact=[self._words(source) for source in sources],
            ticks=[xp_words.short_source_text(source.source) for source in sources],
        )

    def _words(self, source: XpSource) -> str:
        xp = self.tr("{} XP").format(formatting.number(source.xp))
        if source.count is None:
            return xp
        if source.count == 1:
            return self.tr("{}, counted once").format(xp)
        return self.tr("{}, counted {} times").format(xp, formatting.number(source.count))

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.M))
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._row.set_beside(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
