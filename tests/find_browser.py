"""Find the Chromium that the browser tests drive, or install it where that is possible.

`find_browser()` looks in `$CHROMIUM`, then at the usual names and places, and raises `BrowserMissingError`: a
test that cannot run must fail, never be skipped. Run as a program it prints the path; with `--install` it first
installs the package on Debian when the user is root.
"""

import os
import platform
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "${ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "${ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "${LocalAppData}/Google/Chrome/Application/chrome.exe",
    "${ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
)
PACKAGES = ("chromium", "fonts-liberation")

ADVICE = """Geen browser gevonden: de tests hebben Chromium of Chrome nodig.
  Debian:   als root 'apt-get install chromium', of draai 'make test' als root
  Ubuntu:   installeer Google Chrome (het pakket van de maker)
  Fedora:   'dnf install chromium'
  macOS:    'brew install --cask chromium', of installeer Google Chrome
  Windows:  installeer Google Chrome
Staat de browser op een andere plek? Zet het pad in CHROMIUM: 'CHROMIUM=/pad/naar/chrome make test'."""


class BrowserMissingError(RuntimeError):
    """No browser that starts was found; the message says, in Dutch, what to do."""


@cache
def find_browser() -> Path:
    """The path of a Chromium that starts; raises BrowserMissingError."""
    if chosen := os.environ.get("CHROMIUM"):
        found = shutil.which(chosen)
        if found is None or not _starts(found):
            raise BrowserMissingError(f"CHROMIUM wijst naar '{chosen}', maar daar staat geen browser die start.")
        return Path(found)
    present = [found for name in (*NAMES, *map(os.path.expandvars, PLACES)) if (found := shutil.which(name))]
    for found in present:
        if _starts(found):
            return Path(found)
    broken = f"\nWel gevonden, maar start niet: {', '.join(present)}." if present else ""
    raise BrowserMissingError(ADVICE + broken)


def install_browser() -> None:
    """Install Debian's chromium when no browser is found and we may; do nothing otherwise."""
    try:
        find_browser()
    except BrowserMissingError:
        if os.environ.get("CHROMIUM") or not _is_root_on_debian():
            return
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        for command in (["apt-get", "update", "-qq"], install):
            print(f"Geen browser gevonden: {' '.join(command)}", file=sys.stderr)
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)


def _starts(path: str) -> bool:
    """Tell a browser from a stub: Ubuntu's chromium-browser, for one, only says that it wants snap."""
    if os.name == "nt":  # there --version opens a window
        return True
    try:
        result = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def _is_root_on_debian() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def _main(arguments: list[str]) -> int:
    if "--install" in arguments:
        install_browser()
    try:
        print(f"Browser: {find_browser()}")
    except BrowserMissingError as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
