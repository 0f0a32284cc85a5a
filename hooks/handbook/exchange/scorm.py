"""Exercises -> a SCORM 1.2 package: a zip with the manifest, a page an exercise, and what the pages run on.

In: exercises. Out: the bytes of the archive. The player's own files stand in scorm_player/; how answers are weighed
and how the page looks comes from the site (docs/scripts, docs/stylesheets). Scripts are called .js in the package:
many systems do not know that .mjs is a script, and then refuse to run it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from handbook.exchange import archive, manifest, page
from handbook.exchange.items import Exercise
from handbook.model import NationalNumber

_PLAYER = Path(__file__).resolve().parent / "scorm_player"
_DOCS = Path(__file__).resolve().parent.parent.parent.parent / "docs"
_SHARED = {
    "speler/player.js": _PLAYER / "player.js",
    "speler/session.js": _PLAYER / "session.js",
    "speler/player.css": _PLAYER / "player.css",
    "speler/score.js": _DOCS / "scripts/score.mjs",
    "speler/parts.js": _DOCS / "scripts/parts.mjs",
    "speler/base.css": _DOCS / "stylesheets/base.css",
    "speler/components.css": _DOCS / "stylesheets/components.css",
    "speler/training.css": _DOCS / "stylesheets/training.css",
}


def write(name: str, title: str, exercises: Sequence[Exercise], numbers: Sequence[NationalNumber]) -> bytes:
    """The package of some exercises; `name` tells it from every other package, `numbers` are those to call."""
    empty = (_PLAYER / "page.html").read_text(encoding="utf-8")
    files = {place: path.read_bytes() for place, path in _SHARED.items()}
    pages = {exercise.id: f"{exercise.id}.html" for exercise in exercises}
    for exercise in exercises:
        files[pages[exercise.id]] = page.write(exercise, empty, numbers)
    files["imsmanifest.xml"] = manifest.write(name, title, exercises, pages, _SHARED)
    return archive.pack(files)
