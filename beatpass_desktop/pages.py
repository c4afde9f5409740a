"""The pages of this program and how each is put together, when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.sync.resources import shown_by
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.home.page import HomePage

if TYPE_CHECKING:
    from beatpass_desktop.app import App

Builder = Callable[[], PageFrame]


def builders(app: App) -> dict[Page, Builder]:
    """What builds each page that this program has."""
    return {page: partial(build, app) for page, build in _BUILDERS.items()}


def model_arguments(app: App, page: Page, **others: Any) -> dict[str, Any]:
    """What the model of every page stands on."""
    return {
        "data_sets": shown_by(page),
        "store": app.store,
        "feed": app.feed,
        "who": app.who,
        "now": app.now,
        "offline": app.options.offline,
        **others,
    }


def _home(app: App) -> PageFrame:
    return HomePage(app.theme, app.home, app.requests, app.now, app.places)


def _activity(app: App) -> PageFrame:
    from beatpass_desktop.models.activity import ActivityModel
    from beatpass_desktop.views.pages.activity.page import ActivityPage

    model = ActivityModel(**model_arguments(app, Page.ACTIVITY))
    return ActivityPage(app.theme, model, app.requests, app.now, app.pictures)


def _tracks(app: App) -> PageFrame:
    from beatpass_desktop.models.tracks import TracksModel
    from beatpass_desktop.views.pages.tracks.page import TracksPage

    model = TracksModel(**model_arguments(app, Page.TRACKS, pictures=app.pictures))
    page = TracksPage(app.theme, model, app.requests, app.now, app.pictures)
    app.serve_exports(page.catalogue.exporting)
    if app.remembers:
        app.remembering.follow_tracks(page.catalogue)
        app.remembering.follow_details(page)
    return page


def _albums(app: App) -> PageFrame:
    from beatpass_desktop.models.albums import AlbumsModel
    from beatpass_desktop.views.pages.albums.page import AlbumsPage

    model = AlbumsModel(**model_arguments(app, Page.ALBUMS, pictures=app.pictures))
    page = AlbumsPage(app.theme, model, app.requests, app.now)
    app.serve_exports(page.catalogue.exporting)
    if app.remembers:
        app.remembering.follow_albums(page)
    return page


def _finances(app: App) -> PageFrame:
    from beatpass_desktop.models.finances import FinancesModel
    from beatpass_desktop.views.pages.finances.page import FinancesPage

    model = FinancesModel(**model_arguments(app, Page.FINANCES))
    page = FinancesPage(app.theme, model, app.requests, app.now, app.pictures)
    app.serve_exports(model.statements)
    if app.remembers:
        app.remembering.follow_finances(page)
    return page


def _leaderboards(app: App) -> PageFrame:
    from beatpass_desktop.models.leaderboards import LeaderboardsModel
    from beatpass_desktop.views.pages.leaderboards.page import LeaderboardsPage

    model = LeaderboardsModel(**model_arguments(app, Page.LEADERBOARDS, pictures=app.pictures))
    if app.remembers:
        app.remembering.follow_leaderboards(model)
    return LeaderboardsPage(app.theme, model, app.requests, app.now, app.pictures)


def _progress(app: App) -> PageFrame:
    from beatpass_desktop.models.progress import ProgressModel
    from beatpass_desktop.views.pages.progress.page import ProgressPage

    model = ProgressModel(**model_arguments(app, Page.PROGRESS))
    return ProgressPage(app.theme, model, app.requests, app.now)


_BUILDERS: dict[Page, Callable[[App], PageFrame]] = {
    Page.HOME: _home,
    Page.ACTIVITY: _activity,
    Page.TRACKS: _tracks,
    Page.ALBUMS: _albums,
    Page.FINANCES: _finances,
    Page.LEADERBOARDS: _leaderboards,
    Page.PROGRESS: _progress,
}
