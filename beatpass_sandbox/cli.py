"""The command line: ``beatpass-sandbox serve``."""

from __future__ import annotations

import argparse
import json
import signal
import socket
import sqlite3
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from types import FrameType

import uvicorn

from beatpass_sandbox.accounts import sign_in_help
from beatpass_sandbox.auth import Gate, token_for
from beatpass_sandbox.clock import Clock
from beatpass_sandbox.connections import CuttableProtocol
from beatpass_sandbox.contract import Group
from beatpass_sandbox.database import open_database, reserve
from beatpass_sandbox.limits import GROUP_LIMITS, OVERALL_LIMIT, limits_for
from beatpass_sandbox.parentage import exit_with_parent
from beatpass_sandbox.preparation import UnusableDatabase, prepare
from beatpass_sandbox.request_log import RequestLog
from beatpass_sandbox.server import API_PREFIX, Sandbox, create_app
from beatpass_sandbox.simulation.platform import OWN_USER_ID
from beatpass_sandbox.simulation.profiles import PROFILES, Profile

_HOST = "127.0.0.1"
_DEFAULT_SEED = 1
_SHUTDOWN_SECONDS = 2
_MOST_TRACKS = 10_000_000
_YEARS = range(2000, 2200)
"""in which the clock may be stopped: room on both sides for what lies before and after"""


class _Server(uvicorn.Server):
    """uvicorn that announces itself on standard output once it accepts connections."""

    def __init__(self, config: uvicorn.Config, announcement: str) -> None:
        super().__init__(config)
        self._announcement = announcement

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._announcement, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code (0 done, 1 failed, 2 usage)."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    if options.parent_pid is not None:
        exit_with_parent(options.parent_pid)
    try:
        _serve(options)
    except (UnusableDatabase, sqlite3.Error, OSError) as error:
        print(f"beatpass-sandbox: {error}", file=sys.stderr)
        return 1
    return 0


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _serve(options: argparse.Namespace) -> None:
    profile: Profile = PROFILES[options.profile]
    if options.tracks is not None:
        profile = profile.scaled(options.tracks)
    clock = Clock(options.now)
    # asyncio turns Nagle's delay off only on sockets that name their protocol.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((_HOST, options.port))
    lock = _reserved(options.db) if options.db else None
    connection = open_database(options.db)
    as_of = prepare(connection, profile, options.seed, clock)
    token = token_for(profile.name, options.seed)
    sandbox = Sandbox(
        connection, profile.name, as_of, clock, Gate(connection, OWN_USER_ID, token), RequestLog()
    )
    config = uvicorn.Config(
        create_app(sandbox, limits_for(options.rate_limit, dict(options.group_limit))),
        http=CuttableProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    base_url = f"http://{_HOST}:{listener.getsockname()[1]}{API_PREFIX}"
    try:
        _Server(config, json.dumps({"base_url": base_url, "token": token})).run(sockets=[listener])
    finally:
        if lock is not None:
            lock.close()


def _reserved(path: str) -> sqlite3.Connection:
    try:
        return reserve(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise UnusableDatabase("another sandbox is serving this database") from error
        raise


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beatpass-sandbox", description="A local BeatPass-compatible server."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve",
        help="serve a simulated platform on 127.0.0.1",
        epilog=sign_in_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument("--port", type=_port, default=0, help="0 takes any free port")
    serve.add_argument("--profile", choices=sorted(PROFILES), default="established")
    serve.add_argument("--seed", type=_seed, default=_DEFAULT_SEED)
    serve.add_argument("--tracks", type=_catalogue, help="size of the artist's catalogue")
    serve.add_argument("--now", type=_instant, help="stop the clock at this ISO 8601 instant")
    serve.add_argument("--db", default="", metavar="FILE", help="keep the database in FILE")
    serve.add_argument(
        "--rate-limit",
        type=_positive,
        default=OVERALL_LIMIT,
        metavar="N",
        help="requests a minute for each caller; the groups' limits change in proportion",
    )
    serve.add_argument(
        "--group-limit",
        type=_group_limit,
        action="append",
        default=[],
        metavar="NAME=N",
        help=f"requests a minute for each caller in a group: {', '.join(sorted(GROUP_LIMITS))}",
    )
    serve.add_argument("--parent-pid", type=_positive, help="exit when this process is gone")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError("a port lies between 0 and 65535")
    return port


def _seed(text: str) -> int:
    seed = int(text)
    if not 0 <= seed < 2**63:
        raise argparse.ArgumentTypeError("a seed lies between 0 and 2^63 - 1")
    return seed


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _catalogue(text: str) -> int:
    number = _positive(text)
    if number > _MOST_TRACKS:
        raise argparse.ArgumentTypeError(f"at most {_MOST_TRACKS:,} tracks can be simulated")
    return number


def _group_limit(text: str) -> tuple[Group, int]:
    name, _, number = text.partition("=")
    if name not in GROUP_LIMITS:
        raise argparse.ArgumentTypeError(f"not a limited group: {name!r}")
    return Group(name), _positive(number)


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not an ISO 8601 instant: {text!r}") from error
    if moment.year not in _YEARS:
        raise argparse.ArgumentTypeError(f"not between {_YEARS[0]} and {_YEARS[-1]}: {text!r}")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
