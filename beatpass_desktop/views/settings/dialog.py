"""The settings. What is changed holds at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.models.storage import StorageModel
from beatpass_desktop.views.settings.clear_cache import ClearCacheQuestion
from beatpass_desktop.views.settings.row import SettingRow
from beatpass_desktop.views.settings.text_size import TextSize
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.switch import Switch


class SettingsDialog(Dialog):
    """Appearance, refreshing, updates and storage. What concerns the theme it does itself.

    Signals:
        theme_mode_changed: (ThemeMode) another theme is in force.
        text_scale_changed: (float) another text scale is in force, 1.0 = 100 %.
        reduced_motion_changed: (bool) motion was switched off or on.
        automatic_refresh_changed: (bool) refreshing by itself was switched on or off.
        update_notice_changed: (bool) telling of newer versions was switched on or off.
        folder_requested: the data folder is to be shown.
        clear_requested: the cache is to be cleared; the person has agreed.

    Attributes:
        theme_choice, text_size, reduced_motion, automatic_refresh, open_folder, clear_cache: the
            controls, from the top.
        update_notice: before these two, where releases are told of; None elsewhere.
        sizes: the row that says what the app's files take up.
    """

    theme_mode_changed = Signal(object)
    text_scale_changed = Signal(float)
    reduced_motion_changed = Signal(bool)
    automatic_refresh_changed = Signal(bool)
    update_notice_changed = Signal(bool)
    folder_requested = Signal()
    clear_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        storage: StorageModel,
        *,
        automatic_refresh: bool,
        can_clear: bool,
        update_notice: bool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = QCoreApplication.translate("SettingsDialog", "Settings")
        super().__init__(theme, title, icon="settings", parent=parent)
        self._storage = storage
        self._can_clear = can_clear
        self.update_notice: Switch | None = None
        self.add(self._build_appearance())
        self.add(self._build_refreshing(automatic_refresh))
        if update_notice is not None:
            self.add(self._build_updates(update_notice))
        self.add(self._build_storage())
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), ButtonKind.PRIMARY)
        storage.changed.connect(self._show_sizes)
        self._show_sizes()
        storage.measure()

    def _build_appearance(self) -> Section:
        theme = self._theme
        self.theme_choice = Segmented(
            theme,
            [
                (ThemeMode.DARK, self.tr("Dark")),
                (ThemeMode.LIGHT, self.tr("Light")),
                (ThemeMode.SYSTEM, self.tr("System")),
            ],
        )
        self.theme_choice.setAccessibleName(self.tr("Theme"))
        self.theme_choice.set_current(theme.mode)
        self.theme_choice.current_changed.connect(self._on_theme_chosen)
        self.text_size = TextSize(theme)
        self.text_size.chosen.connect(self._on_scale_chosen)
        self.reduced_motion = self._switch(self.tr("Reduced motion"), theme.reduced_motion)
        self.reduced_motion.toggled.connect(self._on_reduced_motion_toggled)
        return self._section(
            self.tr("Appearance"),
            (self.tr("Theme"), self.tr("System follows your desktop."), self.theme_choice),
            (
                self.tr("Text size"),
                self.tr("Applies to the whole window when you let go of the slider."),
                self.text_size,
            ),
            (
                self.tr("Reduced motion"),
                self.tr("Nothing glows, slides or shimmers."),
                self.reduced_motion,
            ),
        )

    def _build_refreshing(self, automatic: bool) -> Section:
        self.automatic_refresh = self._switch(self.tr("Refresh automatically"), automatic)
        self.automatic_refresh.toggled.connect(self.automatic_refresh_changed)
        return self._section(
            self.tr("Refreshing"),
            (
                self.tr("Refresh automatically"),
                self.tr(
                    "Off: what is stored stays as it is until you press F5 or the refresh button. "
                    "Only what was never loaded is still fetched by itself."
                ),
                self.automatic_refresh,
            ),
        )

    def _build_updates(self, on: bool) -> Section:
        self.update_notice = self._switch(self.tr("Tell me about new versions"), on)
        self.update_notice.toggled.connect(self.update_notice_changed)
        return self._section(
            self.tr("Updates"),
            (
                self.tr("Tell me about new versions"),
                self.tr(
                    "Once a day the app asks whether there is a newer version of itself. "
                    "It installs nothing."
                ),
                self.update_notice,
            ),
        )

    def _build_storage(self) -> Section:
        theme = self._theme
        self.open_folder = Button(theme, self.tr("Open folder"), icon="folder-open")
        self.open_folder.clicked.connect(self.folder_requested)
        self.clear_cache = Button(theme, self.tr("Clear cache…"))
        self.clear_cache.setEnabled(self._can_clear)
        self.clear_cache.clicked.connect(self._on_clear_clicked)
        section = self._section(
            self.tr("Storage"),
            (self.tr("Data folder"), _breakable(self._storage.folder), self.open_folder),
        )
        self.sizes = SettingRow(theme, self.tr("Used space"), "", self.clear_cache)
        section.add(self.sizes)
        return section

    def _switch(self, name: str, on: bool) -> Switch:
        switch = Switch(self._theme, "")
        switch.setAccessibleName(name)
        switch.setChecked(on)
        return switch

    def _section(self, title: str, *rows: tuple[str, str, QWidget]) -> Section:
        section = Section(self._theme, title, in_card=True)
        for name, explanation, control in rows:
            section.add(SettingRow(self._theme, name, explanation, control))
        return section

    def _show_sizes(self) -> None:
        use = self._storage.use or (None, None, None)
        text = self.tr("Stored data {}, images {}, logs {}.").format(*map(_size, use))
        if not self._can_clear:
            reason = self.tr("The cache can be cleared when BeatPass can be reached.")
            text = f"{text} {reason}"
        self.sizes.set_explanation(text)

    def _on_theme_chosen(self, mode: ThemeMode) -> None:
        self._theme.set_mode(mode)
        self.theme_mode_changed.emit(mode)

    def _on_scale_chosen(self, scale: float) -> None:
        self._theme.set_scale(scale)
        self.text_scale_changed.emit(scale)

    def _on_reduced_motion_toggled(self, reduced: bool) -> None:
        self._theme.set_reduced_motion(reduced)
        self.reduced_motion_changed.emit(reduced)

    def _on_clear_clicked(self) -> None:
        question = ClearCacheQuestion(self._theme, self)
        question.accepted.connect(self.clear_requested)
        question.open()


def _size(count: int | None) -> str:
    if count is None:
        return "…"
    text = QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _breakable(path: str) -> str:
    """A path that may be broken after each of its folders."""
    for mark in ("/", "\\"):
        path = path.replace(mark, f"{mark}\N{ZERO WIDTH SPACE}")
    return path
