"""Making a statement: which period, which kind of file, what it will hold."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.statements import Period, StatementFormat
from beatpass_desktop.domain.transactions import Total
from beatpass_desktop.models import formatting
from beatpass_desktop.models.statement import Preview, StatementModel
from beatpass_desktop.models.transaction_words import kind_text
from beatpass_desktop.views.pages.finances.statement_period import PeriodChoice
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.fact_list import FactList
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.progress_line import ProgressLine
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.segmented import Segmented

_WIDTH = 620


class StatementDialog(Dialog):
    """Writes statements of the artist that is shown. Closing it gives up one that is being written.

    Attributes:
        period: the choice of the period.
        format: the choice of the kind of file.
        totals: what the transactions of the period come to.
        save: asks where to and writes.
        progress: how far the writing is, with a way to stop it.
        said: how the last writing ended.
    """

    def __init__(self, theme: Theme, model: StatementModel, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            QCoreApplication.translate("StatementDialog", "Statement"),
            model.artist_name,
            icon="download",
            hue=Hue.FINANCES,
            width=_WIDTH,
            parent=parent,
        )
        self._model = model
        years, today = model.years(), model.today()
        self.period = PeriodChoice(theme, model.kind, model.tax_year_start, years, today)
        self._formats = {
            StatementFormat.PDF: self.tr("PDF"),
            StatementFormat.XLSX: self.tr("Excel"),
            StatementFormat.CSV: self.tr("CSV"),
        }
        self.format = Segmented(theme, list(self._formats.items()))
        self.format.setAccessibleName(self.tr("Kind of file"))
        self.format.set_current(model.format)
        self._days = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._use = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._count = PlainLabel(theme)
        self.totals = FactList(theme)
        self._remark = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self.progress = ProgressLine(theme)
        self.progress.set_cancellable(True)
        self.progress.cancel_requested.connect(model.cancel)
        self.said = PlainLabel(theme)
        for label in (self._days, self._use, self._count, self._remark, self.said):
            label.setWordWrap(True)
        self._add_section(self.tr("Period"), self.period, self._days)
        self._add_section(self.tr("File"), self.format, self._use)
        self._add_section(self.tr("What it holds"), self._count, self.totals, self._remark)
        # Outside what scrolls, so that they are always in sight.
        for widget in (self.progress, self.said):
            self._column.insertWidget(self._column.count() - 1, widget)
        self.progress.hide()
        self.said.hide()
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), ButtonKind.GHOST, self.reject)
        self.save = self.add_button(
            self.tr("Save statement…"), ButtonKind.PRIMARY, self._on_save_clicked
        )
        self.period.changed.connect(self._on_period_changed)
        self.format.current_changed.connect(self._on_format_changed)
        model.previewed.connect(self._show_preview)
        model.progressed.connect(self._on_progressed)
        model.finished.connect(self._on_finished)
        model.failed.connect(self._on_failed)
        model.cancelled.connect(self._on_cancelled)
        self.finished.connect(self._on_closed)
        self._show_use()
        self._look()

    def _add_section(self, title: str, *parts: QWidget) -> None:
        section = Section(self._theme, title)
        for part in parts:
            section.add(part)
        self.add(section)

    def _look(self) -> None:
        """Say which days are chosen and have their totals worked out."""
        period = self.period.period()
        self._enable()
        if period is None:
            self._days.setText(self.tr("The last day is before the first."))
            self._model.forget()
            self._count.setText(formatting.UNKNOWN)
            self.totals.set_facts([])
            self._remark.setText("")
            return
        self._days.setText(
            self.tr("{} to {}, both included; days in your time zone, {}").format(
                formatting.calendar_day(period.first.isoformat()),
                formatting.calendar_day(period.last.isoformat()),
                self._model.zone,
            )
        )
        self._model.look_at(period)

    def _enable(self) -> None:
        is_free = not self._model.is_writing
        self.period.setEnabled(is_free)
        self.format.setEnabled(is_free)
        self.save.setEnabled(is_free and self.period.period() is not None)

    def _show_use(self) -> None:
        self._use.setText(
            {
                StatementFormat.PDF: self.tr("To read, print or hand on."),
                StatementFormat.XLSX: self.tr("A workbook with a summary, the rows and totals."),
                StatementFormat.CSV: self.tr("For bookkeeping programs: rows first, then totals."),
            }[self._format()]
        )

    def _show_preview(self) -> None:
        preview = self._model.preview
        if preview is None:
            self._count.setText(self.tr("The stored transactions could not be read."))
            return
        self._count.setText(self._count_text(preview))
        failed = {(total.kind, total.currency): total for total in preview.failed}
        self.totals.set_facts(
            [
                self._fact(total, failed.get((total.kind, total.currency)))
                for total in preview.totals
            ]
        )
        self._remark.setText(self._remark_text(preview))
        self._fit()

    def _count_text(self, preview: Preview) -> str:
        if preview.lines == 0:
            return self.tr("No transactions in this period. The statement will say so.")
        if preview.lines == 1:
            return self.tr("1 transaction")
        return self.tr("{} transactions").format(formatting.number(preview.lines))

    def _fact(self, total: Total, failed: Total | None) -> tuple[str, str]:
        name = f"{formatting.isolated(kind_text(total.kind))} · {total.currency}"
        amount = formatting.amount(Money(total.amount, total.currency))
        rows = self.tr("1 row")
        if total.count != 1:
            rows = self.tr("{} rows").format(formatting.number(total.count))
        text = f"{amount} · {rows}"
        if failed is not None:
            lost = formatting.amount(Money(failed.amount, failed.currency))
            text = self.tr("{}, of which {} failed or excluded").format(text, lost)
        return name, text

    def _remark_text(self, preview: Preview) -> str:
        said = [self.tr("This is not a tax form. Currencies are never added together.")]
        if preview.uncounted == 1:
            said.append(self.tr("1 row is in no total: its amount or currency is not known."))
        elif preview.uncounted:
            said.append(
                self.tr("{} rows are in no total: their amount or currency is not known.").format(
                    formatting.number(preview.uncounted)
                )
            )
        return " ".join(said)

    def _format(self) -> StatementFormat:
        chosen = self.format.current()
        assert isinstance(chosen, StatementFormat)
        return chosen

    def _on_period_changed(self) -> None:
        self._model.kind = self.period.chosen_kind()
        self._model.tax_year_start = self.period.tax_year_start()
        self.said.hide()
        self._look()
        self._fit()

    def _on_format_changed(self, chosen: StatementFormat) -> None:
        self._model.format = chosen
        self.said.hide()
        self._show_use()

    def _on_save_clicked(self) -> None:
        period, kind = self.period.period(), self._format()
        if period is None:
            return
        places = QStandardPaths.StandardLocation
        folder = QStandardPaths.writableLocation(places.DocumentsLocation) or QDir.homePath()
        dialog = QFileDialog(self, self.tr("Save statement"), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.value)
        dialog.setNameFilter(f"{self._formats[kind]} (*.{kind.value})")
        dialog.selectFile(f"beatpass-statement-{period.first}-to-{period.last}.{kind.value}")
        dialog.fileSelected.connect(partial(self._on_file_chosen, kind, period))
        dialog.open()

    def _on_file_chosen(self, kind: StatementFormat, period: Period, path: str) -> None:
        self.said.hide()
        count = self._model.preview.lines if self._model.preview else 0
        self._on_progressed(0, count)
        self.progress.show()
        self._model.write(Path(path), kind, period)
        self._enable()
        self._fit()

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.set_progress(
            done,
            total,
            self.tr("Writing the statement: {} of {} transactions").format(
                formatting.number(done), formatting.number(total)
            ),
        )

    def _on_finished(self, path: str, rows: int) -> None:
        where = formatting.isolated(QDir.toNativeSeparators(path))
        if rows == 1:
            self._say(self.tr("Saved with 1 transaction: {}").format(where), Hue.GOOD)
        else:
            text = self.tr("Saved with {} transactions: {}")
            self._say(text.format(formatting.number(rows), where), Hue.GOOD)

    def _on_failed(self, sentence: str) -> None:
        self._say(sentence, Hue.BAD)

    def _on_cancelled(self) -> None:
        self._say(self.tr("Cancelled; nothing was written."), Tone.MUTED)

    def _say(self, text: str, tone: Tone | Hue) -> None:
        self.progress.hide()
        self.said.set_tone(tone)
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.said.show()
        self._enable()
        self._fit()

    def _on_closed(self) -> None:
        self._model.forget()
        if self._model.is_writing:
            self._model.cancel()
