"""How many requests a first run makes until every page has been shown."""

from __future__ import annotations

import shutil
from collections import Counter

import live
from children import running_sandbox
from composition import compose
from figures import Figure
from settings import Settings

from beatpass_desktop.api.budget import Budget
from beatpass_desktop.app import App
from beatpass_desktop.sync.engine import Engine


def measure(settings: Settings) -> list[Figure]:
    """Show every page once, beginning with an empty store."""
    data = settings.folder / "first-run"
    shutil.rmtree(data, ignore_errors=True)
    with running_sandbox() as sandbox:
        app = compose(data, options=live.options_for(sandbox))
        live.run(app, sandbox, Budget(), _show_all)
        requests = sandbox.requests()
        pages = len(app.window.pages)
    failed = sum(request["status"] >= 400 for request in requests)
    asked = Counter((request["path"], request["query"]) for request in requests)
    again = sum(count - 1 for count in asked.values())
    remarks = f"{pages} pages; {again} asked again, {failed} refused"
    return [
        Figure("requests until every page was shown", len(requests), "", 40, 30, remarks=remarks)
    ]


async def _show_all(app: App, engine: Engine) -> None:
    await engine.identified()
    for page in app.window.pages:
        app.window.show_page(page)
        await live.settled(app, engine, page)
