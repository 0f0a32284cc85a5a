"""What expires says so: on the page, in the list of what is due, and by stopping a build.

No test asks what day it is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from handbook import history, knowledge_base, model
from handbook.knowledge_base import KnowledgeBase
from handbook.pages.reference import page_of
from handbook.prose import Writer
from handbook.written import RULE, take_apart
from site_fixtures import TODAY, build, copy_project, environment, run

LATER = date(TODAY.year + 2, TODAY.month, TODAY.day)


def at(day: date, **changes: str) -> dict[str, str]:
    return environment(
        SOURCE_DATE_EPOCH=str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())), **changes
    )


@pytest.fixture(scope="module")
def late_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two years later, published all the same."""
    return build(tmp_path_factory.mktemp("later") / "site", env=at(LATER, VERLOPEN="toon"))


def page(site: Path, path: str) -> BeautifulSoup:
    place = path.removesuffix(".md") if not path.endswith("/index.md") else path.removesuffix("index.md")
    return BeautifulSoup((site / place / "index.html").read_text(encoding="utf-8"), "html.parser")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_nothing_has_expired_on_the_day_of_the_tests(real_base: KnowledgeBase) -> None:
    assert not knowledge_base.expired_claims(real_base, TODAY)


def test_everything_legal_or_official_expires_within_eighteen_months(real_base: KnowledgeBase) -> None:
    claims = [(cl, cl.herzien_voor) for record in real_base.records.values() for _, cl in model.claims_in(record)]
    assert len([claim for claim, _ in claims if claim.aard != "feit"]) > 200
    for claim, due in claims:
        if claim.aard != "feit":
            assert due is not None
            assert 0 < (due - claim.bekeken_op).days <= 550
            assert claim.bevinding


def test_build_two_years_later_lists_every_legal_claim_and_touches_no_site(
    tmp_path: Path, real_base: KnowledgeBase
) -> None:
    before = tmp_path / "site" / "index.html"
    before.parent.mkdir()
    before.write_text("de vorige uitgave")
    result = run(["-m", "mkdocs", "build", "--strict", "--site-dir", str(before.parent)], env=at(LATER))
    assert result.returncode != 0
    assert before.read_text() == "de vorige uitgave"
    legal = [
        real_base.files[file].problem((*place, "herzien_voor"), "", "")
        for file, record in real_base.records.items()
        for place, claim in model.claims_in(record)
        if claim.aard == "juridisch"
    ]
    assert len(legal) > 100
    missing = [place for place in legal if f"{place.file}:{place.line}: {place.field}\n" not in result.stderr]
    assert not missing
    assert "VERLOPEN=toon" in result.stderr
    assert "Traceback" not in result.stderr


def test_each_page_with_something_expired_has_a_banner(late_site: Path, root: Path, real_base: KnowledgeBase) -> None:
    expected = set()
    for file, record in real_base.records.items():
        for place, claim in model.claims_in(record):
            shown = page_of(real_base, file, place)
            if claim.herzien_voor is not None:
                assert shown is not None, f"{file}: {place} stands on no page"
                expected.add(shown[1])
    for path in sorted((root / "docs").rglob("*.md")):
        text = take_apart(path.read_text(encoding="utf-8"))
        if isinstance(text.meta.get("herzien_voor"), date) or (
            RULE.search(text.body) and "bijdragen" not in path.parts
        ):
            expected.add(path.relative_to(root / "docs").as_posix())
    assert len(expected) > 60
    without = [path for path in sorted(expected) if not page(late_site, path).select("article .ve-banner")]
    assert not without


def test_expired_claim_is_marked_itself(late_site: Path, real_base: KnowledgeBase) -> None:
    shown = page(late_site, "gegevens-delen/regels.md")
    assert len(shown.select(".ve-expired")) == len(real_base.rules)


def test_list_of_what_is_due_holds_every_expired_claim_with_a_link(late_site: Path, real_base: KnowledgeBase) -> None:
    listed = page(late_site, "over/te-herzien.md")
    heading = listed.find(id="verlopen")
    assert heading is not None
    items = heading.find_next("ul")
    assert items is not None
    shown = flat(items.get_text())
    for problem in knowledge_base.expired_claims(real_base, LATER):
        claim = next(
            cl for place, cl in model.claims_in(real_base.records[problem.file])
            if real_base.files[problem.file].problem((*place, "herzien_voor"), problem.message, problem.rule) == problem
        )  # fmt: skip
        assert flat(claim.tekst) in shown, problem.field
    assert all(item.select("a[href]") for item in items.find_all("li", recursive=False))


def test_site_of_today_has_no_banner_and_lists_what_comes(site: Path) -> None:
    listed = page(site, "over/te-herzien.md")
    assert listed.find(id="verlopen") is None
    days = [str(heading["id"]).removeprefix("voor-") for heading in listed.select("h2[id^=voor-]")]
    assert days == sorted(days)
    assert not page(site, "wie-bedoelen-we.md").select("article .ve-banner")


def test_rule_that_expired_gives_the_prose_that_cites_it_a_banner(real_base: KnowledgeBase) -> None:
    name, rule = next(iter(real_base.rules.items()))
    due = rule.uitspraak.herzien_voor
    assert due is not None
    text = f"# Kop\n\nTekst. [regel: {name}]\n"
    assert "ve-banner" in Writer(real_base, due).finish("a.md", text)
    assert "ve-banner" not in Writer(real_base, date.fromordinal(due.toordinal() - 1)).finish("a.md", text)


# --- dates that move --------------------------------------------------------------------------------------

Change = Callable[[str], str]
OLD = "bekeken_op: 2026-11-21\n      herzien_voor: 2027-05-21"
MOVED: dict[str, tuple[str, Change]] = {
    "a later date": (
        "guide/regels.yaml",
        lambda text: text.replace("herzien_voor: 2027-05-21", "herzien_voor: 2027-09-21", 1),
    ),
    "a later date and another text": (
        "guide/regels.yaml",
        lambda text: text.replace("herzien_voor: 2027-05-21", "herzien_voor: 2027-09-21", 1).replace(
            "      tekst: >-\n        ", "      tekst: >-\n        Nieuw. ", 1
        ),
    ),
    "a page": (
        "docs/wie-bedoelen-we.md",
        lambda text: re.sub(r"^herzien_voor: .*$", "herzien_voor: 2027-09-21", text, count=1, flags=re.MULTILINE),
    ),
}
RIGHT: dict[str, tuple[str, Change]] = {
    "looked at again": (
        "guide/regels.yaml",
        lambda text: text.replace(OLD, "bekeken_op: 2027-03-01\n      herzien_voor: 2027-09-21", 1),
    ),
    "an earlier date": (
        "guide/regels.yaml",
        lambda text: text.replace("herzien_voor: 2027-05-21", "herzien_voor: 2027-02-21", 1),
    ),
    "another text": (
        "guide/regels.yaml",
        lambda text: text.replace("      tekst: >-\n        ", "      tekst: >-\n        Nieuw. ", 1),
    ),
    "nothing": ("guide/regels.yaml", lambda text: text),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook with one commit of its own."""
    folder = copy_project(tmp_path_factory.mktemp("history") / "project")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Eerste"]):
        identity = ["-c", "user.name=Proef", "-c", "user.email=proef@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *command], cwd=folder, check=True, capture_output=True)
    return folder


def moved_after(repository: Path, file: str, change: Change) -> list[str]:
    path = repository / file
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(change(before), encoding="utf-8")
        assert change(before) != before or change is RIGHT["nothing"][1]
        return [f"{p.file}: {p.rule}" for p in history.moved(repository, knowledge_base.read(repository), "HEAD")]
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("case", MOVED)
def test_date_that_moves_without_a_new_look_is_a_problem(repository: Path, case: str) -> None:
    file, change = MOVED[case]
    assert moved_after(repository, file, change) == [f"{file}: datum-verschoven"]


@pytest.mark.parametrize("case", RIGHT)
def test_date_may_move(repository: Path, case: str) -> None:
    assert not moved_after(repository, *RIGHT[case])


def test_check_refuses_a_date_that_moved(repository: Path) -> None:
    path = repository / "guide/regels.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(MOVED["a later date"][1](before), encoding="utf-8")
    result = run(["hooks/check.py", "--spelling=nee"], repository)
    path.write_text(before, encoding="utf-8")
    assert result.returncode == 1
    assert "zonder dat er opnieuw is gekeken" in result.stderr


def test_check_that_must_compare_fails_without_a_commit(repository: Path) -> None:
    result = run(["hooks/check.py", "--sinds", "bestaat-niet"], repository)
    assert result.returncode == 1
    assert "eerdere versie" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_outside_a_repository_compares_with_nothing(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    loose = Path(shutil.copytree(repository / "guide", tmp_path / "loose"))
    assert not history.can_compare(loose)
    assert history.can_compare(repository)
