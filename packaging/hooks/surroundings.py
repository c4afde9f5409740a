"""Runs first in a frozen program: gives child processes the environment that the user has.

The bootloader points LD_LIBRARY_PATH into the bundle and keeps what it was in LD_LIBRARY_PATH_ORIG.
The loader of this process has read it already; a browser or file program must not see it.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is not None:
    os.environ["LD_LIBRARY_PATH"] = _before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
