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
        made = {path.relative_to(self.folder): path.is_dir() for path in self.folder.rglob("*")}
        for path in _below(self.site):
            if made.get(path.relative_to(self.site)) is not (path.is_dir() and not path.is_symlink()):
                _remove(path)
        for path, is_folder in made.items():
            if is_folder:
                (self.site / path).mkdir(parents=True, exist_ok=True)
        self.site.mkdir(parents=True, exist_ok=True)
        for path, is_folder in made.items():
            if not is_folder:
                shutil.move(self.folder / path, self.site / path)  # also to another disk

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


def _below(site: Path) -> list[Path]:
    """Everything in the site, the deepest first. What is hidden at its top (`.git`) was never made by a build."""
    tops = [path for path in site.iterdir() if not path.name.startswith(".")] if site.is_dir() else []
    found = [*tops, *(path for top in tops if top.is_dir() and not top.is_symlink() for path in top.rglob("*"))]
    return sorted(found, key=lambda path: len(path.parts), reverse=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink()
