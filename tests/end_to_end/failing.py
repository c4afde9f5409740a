"""What goes wrong after everything has come once, and what a page then says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import gateway as faults
from gateway import running_gateway
from processes import Run, Sandbox, Surroundings
from tour_record import check_page

from beatpass_desktop.domain.resources import Page, Part, Resource
from beatpass_desktop.store.connection import open_for_writing
from beatpass_desktop.sync.resources import shown_by

_ERROR = b'{"message": "Nothing is as it should be."}'
_UNAUTHENTICATED = b'{"message": "Unauthenticated."}'


@dataclass(frozen=True)
class Case:
    """A fault, the paths it befalls, and what the pages then say."""

    fault: faults.Fault
    freshness: str
    sentence: str
    path: str = ""
    resource: Resource | None = None
    """the data set of that path; pages as old as it are befallen, None: all are"""

    def befalls(self, page: str) -> bool:
        """Whether a page shows what is asked for at the path."""
        return self.resource is None or any(
            data_set.resource is self.resource and data_set.part is Part.PAGE
            for data_set in shown_by(Page(page))
        )


CASES = {
    "html": Case(faults.html, "stale", "sign in"),
    "truncated": Case(faults.truncated, "stale", "incomplete"),
    "reset": Case(faults.reset, "offline", "Offline: showing data from"),
    "maintenance": Case(faults.status(503, _ERROR), "stale", "maintenance"),
    "server-error": Case(faults.status(500, _ERROR), "stale", "BeatPass"),
    "refused": Case(faults.status(401, _UNAUTHENTICATED), "stale", "Session expired"),
}
DRIP = Case(faults.drip, "stale", "took too long", "followers", Resource.FOLLOWERS)
"""takes 20 s for one data set"""


@dataclass(frozen=True)
class FailingRun:
    """A tour of stored data during which a fault lasts."""

    case: Case
    surroundings: Surroundings
    run: Run

    def check(self, before: Run) -> None:
        """Assert that it shows what it showed before, how old that is, and why."""
        assert self.run.wait() == 0, self.surroundings.report()
        for page, old in zip(self.run.pages(), before.pages(), strict=True):
            check_page(page)
            for part in ("cards", "tables"):
                changed = [
                    pair for pair in zip(old[part], page[part], strict=True) if pair[0] != pair[1]
                ]
                assert changed == [], f"{page['name']}: {changed}"
            said = "\n".join(page["banners"])
            if self.case.befalls(page["name"]):
                wanted = ("ready", self.case.freshness)
                assert self.case.sentence in said, f"{page['name']}: {said}"
            else:
                wanted = ("ready", "live")
            found = (page["state"], page["freshness"])
            assert found == wanted, f"{page['name']}: {found}"
            assert "Error" not in said
        assert self.run.complaints == []
        assert "Traceback" not in self.surroundings.report()


@contextmanager
def failing_runs(
    cases: dict[str, Case], sandbox: Sandbox, synced: Surroundings, folder: Path
) -> Iterator[dict[str, FailingRun]]:
    """A started tour for each case, each at a gateway of its own: most of their time is waiting."""
    with ExitStack() as stack:
        found = {}
        for name, case in cases.items():
            gateway = stack.enter_context(running_gateway(sandbox.base_url))
            gateway.set_fault(case.fault, case.path)
            stored = stored_at(synced, sandbox.base_url, gateway.base_url, folder / name)
            stack.callback(stored.end)
            run = stored.start_tour(*gateway.arguments, token=sandbox.token)
            found[name] = FailingRun(case, stored, run)
        yield found


def stored_at(synced: Surroundings, old: str, new: str, folder: Path) -> Surroundings:
    """A copy of what is stored, as if it had been fetched from another base URL."""
    copy = synced.copy_to(folder)
    connection = open_for_writing(copy.store)
    connection.execute("UPDATE accounts SET origin = ? WHERE origin = ?", (new, old))
    assert connection.changes() == 1
    connection.close()
    return copy
