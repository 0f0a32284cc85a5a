"""What the content said at an earlier commit -> dates that were moved although nobody looked again.

In: the folder of the handbook, a KnowledgeBase, and the name of a commit. Out: a problem for each statement or page
whose `herzien_voor` became later while its `bekeken_op` stayed as it was. The only module that asks git; `check`
calls it. Without git, or outside a repository, there is nothing to compare with.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handbook import model
from handbook.knowledge_base import KnowledgeBase
from handbook.problems import Problem
from handbook.source import parse
from handbook.written import read, take_apart

_FOLDERS = ("guide", "interventions", "docs")


class UnknownCommitError(RuntimeError):
    """The commit to compare with cannot be read; the message says so in Dutch."""


@dataclass(frozen=True)
class Review:
    """When something was last looked at and before when it must be again."""

    bekeken_op: date
    herzien_voor: date


def moved(root: Path, base: KnowledgeBase, since: str) -> list[Problem]:
    """Every date that moved since a commit without a new look; raises UnknownCommitError."""
    found: list[Problem] = []
    for file in _git(root, "diff", "--name-only", "--relative", "--diff-filter=M", since, "--", *_FOLDERS).split("\n"):
        if file in base.records:
            found += _moved_claims(base, file, _git(root, "show", f"{since}:./{file}"))
        elif file.endswith(".md"):
            before = _review(take_apart(_git(root, "show", f"{since}:./{file}")).meta)
            after = _review(take_apart(read(root / file)).meta)
            if before and after and _is_moved(before, after):
                found.append(Problem(file, 1, "herzien_voor", _message(before), "datum-verschoven"))
    return sorted(found)


def can_compare(root: Path) -> bool:
    """Tell whether there is a git and a commit to compare with."""
    try:
        _git(root, "rev-parse", "--verify", "HEAD")
    except UnknownCommitError:
        return False
    return True


def _moved_claims(base: KnowledgeBase, file: str, earlier: str) -> Iterator[Problem]:
    """Compare statements with the same text, and else those at the same place."""
    before = dict(_claims(parse(earlier, file).data, ()))
    by_text = dict(before.values())
    after = dict(model.claims_in(base.records[file]))
    kept = {_flat(claim.tekst) for claim in after.values()}
    for place, claim in after.items():
        if claim.herzien_voor is None:
            continue
        old_text, at_place = before.get(place, ("", None))
        old = by_text.get(_flat(claim.tekst)) or (at_place if old_text not in kept else None)
        if old is not None and _is_moved(old, Review(claim.bekeken_op, claim.herzien_voor)):
            yield base.files[file].problem((*place, "herzien_voor"), _message(old), "datum-verschoven")


def _claims(value: Any, place: model.Path) -> Iterator[tuple[model.Path, tuple[str, Review]]]:
    """Every statement with a date in plain data: that file may be of before today's schema."""
    if isinstance(value, dict):
        review = _review(value)
        if review is not None and isinstance(value.get("tekst"), str):
            yield place, (_flat(value["tekst"]), review)
        for key, item in value.items():
            yield from _claims(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _claims(item, (*place, index))


def _review(block: Mapping[str, Any]) -> Review | None:
    looked, due = block.get("bekeken_op"), block.get("herzien_voor")
    return Review(looked, due) if isinstance(looked, date) and isinstance(due, date) else None


def _is_moved(before: Review, after: Review) -> bool:
    return after.herzien_voor > before.herzien_voor and after.bekeken_op <= before.bekeken_op


def _message(before: Review) -> str:
    return (
        f"herzien_voor was {before.herzien_voor} en is verschoven zonder dat er opnieuw is gekeken. Kijk het na, zet "
        "bij bekeken_op de dag waarop je dat deed en schrijf bij bevinding wat het opleverde."
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _git(root: Path, *arguments: str) -> str:
    program = shutil.which("git")
    if program is None:
        raise UnknownCommitError("Git is niet gevonden: daardoor is niet na te gaan of er datums zijn verschoven.")
    result = subprocess.run(
        [program, *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if result.returncode != 0:
        raise UnknownCommitError(f"Git kan niet vergelijken met een eerdere versie: {result.stderr.strip()}")
    return result.stdout
