"""What a build leaves where, in the ways that a whole build does not show."""

from __future__ import annotations

from pathlib import Path

from handbook import staging
from site_fixtures import tree


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_left_over_of_a_killed_build_is_no_part_of_the_next(tmp_path: Path) -> None:
    killed = staging.beside(tmp_path / "site")
    write(killed.folder, half="oud")
    assert killed.folder.parent == tmp_path
    assert not staging.beside(tmp_path / "site").folder.exists()


def test_link_in_the_site_is_taken_away_and_not_followed(tmp_path: Path) -> None:
    other = write(tmp_path / "elders", blijft="oud")
    site = write(tmp_path / "site", index="oud")
    (site / "over").symlink_to(other, target_is_directory=True)
    made = staging.beside(site)
    write(made.folder, over__index="nieuw")
    made.publish()
    assert tree(other) == {"blijft": b"oud"}
    assert tree(site) == {"over/index": b"nieuw"}


def test_site_in_a_folder_that_cannot_be_written_yet_is_built_elsewhere(tmp_path: Path) -> None:
    made = staging.beside(tmp_path / "diep/site")
    assert made.folder.is_dir()
    assert tmp_path not in made.folder.parents
    write(made.folder, index="nieuw", over__index="nieuw")
    made.publish()
    made.discard()
    assert tree(tmp_path / "diep/site") == {"index": b"nieuw", "over/index": b"nieuw"}
    assert not made.folder.exists()
