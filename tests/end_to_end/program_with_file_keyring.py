"""The program, with a keychain that accepts the tests' own keyring back end."""

from __future__ import annotations

import sys

from file_keyring import NAME

from beatpass_desktop.cli import parse
from beatpass_desktop.starting import run
from beatpass_desktop.system.keychain import Keychain

if __name__ == "__main__":
    sys.exit(run(parse(sys.argv[1:]), lambda: Keychain(allowed=frozenset({NAME}))))
