"""A build next to the site that stands: it takes that site's place only when it is whole.

In: the folder in which the site belongs. Out: the folder to build in, whose files go to the real place at the end
or are thrown away. Called by `main`. The real folder itself stays, because it may be a mount point, a link, or what
a web server has open; each file in it is replaced in one go.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Staging:
    """Where a build belongs, and where it is made."""

    site: Path
    folder: Path

    def publish(self) -> None:
        """Put the build in place of the site that stood there, and take away what is no part of it any more."""
        made = _entries(self.folder)
        # What is hidden at the top of the site (`.git`) was never made by a build.
        standing = {name: is_folder for name, is_folder in _entries(self.site).items() if not name.startswith(".")}
        for name in reversed(standing):
            if made.get(name) is not standing[name]:
                _remove(self.site / name)
        self.site.mkdir(parents=True, exist_ok=True)
        for name, is_folder in made.items():
            if is_folder:
                (self.site / name).mkdir(exist_ok=True)
            else:
                shutil.move(self.folder / name, self.site / name)  # also to another disk

    def discard(self) -> None:
        """Throw away what was built."""
        shutil.rmtree(self.folder, ignore_errors=True)


def beside(site: Path) -> Staging:
    """A folder next to the site, or one of the system's own where none can be made there."""
    real = site.resolve()
    if not os.access(real.parent, os.W_OK):
        return Staging(real, Path(tempfile.mkdtemp(prefix=f"{real.name}-nieuw-")))
    staging = Staging(real, real.with_name(f".{real.name}-nieuw"))
    staging.discard()  # what a build that was killed left there
    return staging


def _entries(top: Path) -> dict[str, bool]:
    """Everything below a folder by its way from there, and whether it is a folder; a folder before what is in it.

    A link to a folder is none.
    """
    found: dict[str, bool] = {}
    for place, folders, files in os.walk(top):
        folder = Path(place)
        way = "" if folder == top else f"{folder.relative_to(top).as_posix()}/"
        found |= {way + name: not (folder / name).is_symlink() for name in folders}
        found |= dict.fromkeys((way + name for name in files), False)
    return found


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink()
