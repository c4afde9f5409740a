"""The sandbox against the published OpenAPI file, and against what it promises itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from sandbox_process import ROOT, RunningSandbox, running_sandbox

from beatpass_sandbox.contract import Operation
from beatpass_sandbox.openapi import refusals_of
from beatpass_sandbox.operations import OPERATIONS

pytestmark = pytest.mark.end_to_end

PUBLISHED_FILE = ROOT.parent / "shared" / "spec" / "openapi.json"
ROUTES = {(operation.method, operation.path): operation for operation in OPERATIONS}

# Everything that the desktop program needs of BeatPass, by what it is for.
NEEDED = """
GET  /users/{id}
POST /auth/login
GET  /artist/profile
GET  /artists/{id}
GET  /artists/{id}/followers
GET  /artists/{id}/follow-status
POST /artists/{id}/follow
POST /artists/{id}/unfollow

GET  /artist/dashboard-stats
GET  /artist/track-performance
GET  /artist/upload-insights
GET  /producer/earnings
GET  /platform/stats

GET  /producer-intelligence/artist/{id}/contribution-graph
GET  /producer-intelligence/platform/contribution-graph
GET  /artists/{id}/downloads-analytics

GET  /artists/{id}/tracks
GET  /artists/{id}/albums
GET  /albums/{id}
POST /producer-intelligence/tracks/growth-batch
GET  /artist/{id}/collaborative-tracks
GET  /producer-intelligence/collaboration-network
GET  /producer-intelligence/collaboration-opportunities

GET  /producer-intelligence/insights/tracks/{id}
GET  /producer-intelligence/insights/tracks/{id}/charts
GET  /producer-intelligence/insights/albums/{id}
GET  /producer-intelligence/insights/albums/{id}/charts
GET  /producer-intelligence/insights/artists/{id}
GET  /producer-intelligence/insights/artists/{id}/charts

GET  /artist/stripe-connect/status
POST /artist/stripe-connect/onboard
GET  /artist/stripe-connect/finances
GET  /artist/unified-transactions
GET  /artist/subscription-payouts
GET  /artist/subscription-payouts/summary
GET  /artist/subscription-payouts/{splitId}
GET  /artist/sales
GET  /verify-license/{uuid}

GET  /producer-intelligence/leaderboard
GET  /producer-intelligence/progress-data
GET  /producer-intelligence/dashboard
GET  /producer-intelligence/achievements
GET  /producer-intelligence/xp-sources
GET  /producer-intelligence/producer-level
"""

# Documented operations of whose bodies the published file says nothing.
BODIES_LEFT_OPEN = {
    ("POST", "/artists/{id}/follow"),
    ("POST", "/artists/{id}/unfollow"),
    ("GET", "/artist/stripe-connect/status"),
    ("POST", "/artist/stripe-connect/onboard"),
    ("GET", "/artist/stripe-connect/finances"),
    ("GET", "/producer-intelligence/achievements"),
    ("GET", "/producer-intelligence/xp-sources"),
}

# Published fields that are not sent: extras that nobody needs here, and no album for want of one.
LEFT_OUT = {
    "/artists/{id}": {"artist.similar", "artist.top_tracks"},
    "/tracks/{id}": {"track.album"},
}

BODIES: dict[str, dict[str, Any]] = {
    "/auth/login": {
        "email": "sandbox@beatpass.example",
        "password": "sandbox",
        "token_name": "contract test",
    },
    "/producer-intelligence/tracks/growth-batch": {"track_ids": [1, 2, 3]},
}


# What else to ask for than each value of a parameter that has a fixed set of them.
QUERIES: dict[str, list[dict[str, Any]]] = {
    "/users/{id}": [{"with": "artists"}],
    "/artists/{id}": [{"with": "genres,albums"}],
    "/albums/{id}": [{"with": "tracks,artists,genres,tags"}],
    "/artists/{id}/tracks": [{"page": 2, "perPage": 100}],
    "/artist/unified-transactions": [{"page": 3}],
}

# The one refusal of a plain request in the established profile: Stripe is set up there.
ESTABLISHED_REFUSALS = {("POST", "/artist/stripe-connect/onboard"): 409}


def named(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


@pytest.fixture(scope="module", params=["established", "new-artist", "quirky"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[RunningSandbox]:
    if request.param == "established":
        yield request.getfixturevalue("established")
        return
    with running_sandbox("--profile", request.param, "--rate-limit", "100000") as sandbox:
        yield sandbox


def own_document(sandbox: RunningSandbox) -> dict[str, Any]:
    document: dict[str, Any] = sandbox.client.get("/openapi.json").json()
    return document


@pytest.fixture(scope="module")
def document(sandbox: RunningSandbox) -> dict[str, Any]:
    return own_document(sandbox)


@pytest.fixture(scope="module")
def established_document(established: RunningSandbox) -> dict[str, Any]:
    return own_document(established)


def queries(operation: Operation) -> list[dict[str, Any]]:
    """None, each value of each parameter that has a fixed set of them, and those of `QUERIES`."""
    choices = [
        {query.name: value} for query in operation.query for value in query.schema.get("enum", ())
    ]
    return [{}, *choices, *QUERIES.get(operation.path, [])]


def ask(
    sandbox: RunningSandbox,
    document: dict[str, Any],
    operation: Operation,
    query: dict[str, Any] | None = None,
) -> httpx.Response:
    """The reply to a request for something that exists, as the document's examples say."""
    described = document["paths"][operation.path][operation.method.lower()]
    path = operation.path
    for parameter in described["parameters"]:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter.get("example", 1)))
    body = BODIES.get(operation.path, {}) if operation.method == "POST" else None
    return sandbox.client.request(operation.method, path, params=query or {}, json=body)


def sealed(schema: Any) -> Any:
    """A schema whose objects have no fields but those it names."""
    if isinstance(schema, list):
        return [sealed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {word: sealed(value) for word, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        inner.setdefault("additionalProperties", False)
    return inner


def problems(value: Any, schema: dict[str, Any]) -> list[str]:
    errors = Draft202012Validator(schema).iter_errors(value)
    return [f"{error.json_path}: {error.message[:300]}" for error in errors]


@pytest.mark.parametrize("line", NEEDED.split("\n"), ids=str)
def test_that_everything_needed_is_there(line: str) -> None:
    if line:
        method, path = line.split()
        assert (method, path) in ROUTES


def test_that_nothing_is_promised_twice() -> None:
    assert len(ROUTES) == len(OPERATIONS)


def test_that_every_reply_is_described() -> None:
    assert [named(operation) for operation in OPERATIONS if not operation.reply] == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_that_a_real_reply_is_as_promised_and_holds_nothing_else(
    sandbox: RunningSandbox, document: dict[str, Any], operation: Operation
) -> None:
    described = document["paths"][operation.path][operation.method.lower()]
    for query in queries(operation):
        reply = ask(sandbox, document, operation, query)
        if reply.status_code == 200:
            assert problems(reply.json(), sealed(operation.reply)) == [], query
            continue
        if sandbox.profile() == "established":
            refusal = ESTABLISHED_REFUSALS.get((operation.method, operation.path))
            assert reply.status_code == refusal, reply.text
        assert reply.status_code in refusals_of(operation), reply.text
        content = described["responses"][str(reply.status_code)]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        assert problems(reply.json(), schema) == []


@pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if operation.public], ids=named
)
def test_that_a_reply_without_a_token_is_as_promised(
    sandbox: RunningSandbox, document: dict[str, Any], operation: Operation
) -> None:
    token = sandbox.client.headers.pop("Authorization")
    try:
        reply = ask(sandbox, document, operation)
    finally:
        sandbox.client.headers["Authorization"] = token
    if reply.status_code == 404:
        assert sandbox.profile() == "new-artist"
        return
    assert reply.status_code == 200
    assert problems(reply.json(), sealed(operation.anonymous_reply or operation.reply)) == []


class Published:
    """The published file: OpenAPI 3.0, so its schemas are not quite JSON schemas."""

    def __init__(self, file: Path) -> None:
        self._document = json.loads(file.read_text(encoding="utf-8"))

    def operation(self, operation: Operation) -> dict[str, Any]:
        """A documented operation; the names of parameters in its path may differ."""
        form = re.sub(r"\{\w+\}", "{}", operation.path)
        for path, methods in self._document["paths"].items():
            if re.sub(r"\{\w+\}", "{}", path) == form and operation.method.lower() in methods:
                found: dict[str, Any] = methods[operation.method.lower()]
                return found
        raise AssertionError(f"{named(operation)} is not in the published file")

    def body(self, described: dict[str, Any]) -> dict[str, Any] | None:
        """The JSON schema of the 200 body; None where the file leaves it open."""
        content = described["responses"]["200"].get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return None if schema is None else self.converted(schema)

    def converted(self, schema: Any) -> Any:
        """A schema with its references resolved and ``nullable`` put into its types."""
        if isinstance(schema, list):
            return [self.converted(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            target = self._document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            return self.converted(target)
        plain = {word: self.converted(content) for word, content in schema.items()}
        if plain.pop("nullable", False):
            return {"anyOf": [plain, {"type": "null"}]}
        return plain


@pytest.fixture(scope="module")
def published() -> Published:
    if not PUBLISHED_FILE.exists():
        pytest.skip("BeatPass's published OpenAPI file is not beside the project")
    return Published(PUBLISHED_FILE)


DOCUMENTED = [operation for operation in OPERATIONS if operation.source == "documented"]


@pytest.mark.parametrize("operation", DOCUMENTED, ids=named)
def test_that_what_counts_as_documented_is_and_takes_the_published_parameters(
    established: RunningSandbox,
    established_document: dict[str, Any],
    published: Published,
    operation: Operation,
) -> None:
    theirs = published.operation(operation)
    ours = established_document["paths"][operation.path][operation.method.lower()]
    taken = {(parameter["name"], parameter["in"]) for parameter in ours["parameters"]}
    asked = {(parameter["name"], parameter["in"]) for parameter in theirs.get("parameters", [])}
    assert asked <= taken


@pytest.mark.parametrize("operation", DOCUMENTED, ids=named)
def test_that_a_documented_reply_is_as_published(
    established: RunningSandbox,
    established_document: dict[str, Any],
    published: Published,
    operation: Operation,
) -> None:
    schema = published.body(published.operation(operation))
    assert (schema is None) == ((operation.method, operation.path) in BODIES_LEFT_OPEN)
    for query in queries(operation) if schema is not None else ():
        reply = ask(established, established_document, operation, query)
        assert reply.status_code == 200
        assert problems(reply.json(), schema) == [], query


@pytest.mark.parametrize("operation", DOCUMENTED, ids=named)
def test_that_a_documented_reply_has_the_published_fields(
    established: RunningSandbox,
    established_document: dict[str, Any],
    published: Published,
    operation: Operation,
) -> None:
    schema = published.body(published.operation(operation))
    query = QUERIES.get(operation.path, [{}])[-1]
    reply = ask(established, established_document, operation, query).json()
    assert absent_fields(reply, schema or {}) == LEFT_OUT.get(operation.path, set())


def absent_fields(value: Any, schema: dict[str, Any], name: str = "") -> set[str]:
    """Fields that a schema names and a value lacks, in objects and in the first rows of lists."""
    found: set[str] = set()
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        found |= absent_fields(value, part, name)
    for row in value[:1] if isinstance(value, list) else ():
        found |= absent_fields(row, schema.get("items", {}), name)
    for field, content in schema.get("properties", {}).items() if isinstance(value, dict) else ():
        place = f"{name}.{field}" if name else field
        found |= absent_fields(value[field], content, place) if field in value else {place}
    return found


def test_that_documented_request_bodies_have_the_published_fields(published: Published) -> None:
    for operation in DOCUMENTED:
        content = published.operation(operation).get("requestBody", {}).get("content", {})
        schema = published.converted(content.get("application/json", {}).get("schema", {}))
        ours = (operation.body or {}).get("properties", {})
        assert set(schema.get("properties", {})) <= set(ours), named(operation)


def test_that_nothing_documented_is_declared_as_something_else(published: Published) -> None:
    undeclared = [operation for operation in OPERATIONS if operation not in DOCUMENTED]
    for operation in undeclared:
        with pytest.raises(AssertionError, match="not in the published file"):
            published.operation(operation)


def test_that_the_contract_for_people_lists_every_operation_and_where_it_is_known_from() -> None:
    text = (ROOT / "docs" / "api-contract.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(GET|POST) (/[^`]*)` \| (\w+) \|", text, re.MULTILINE)
    listed = {(method, path): source for method, path, source in rows}
    assert listed == {place: operation.source for place, operation in ROUTES.items()}
    assert len(rows) == len(listed)
