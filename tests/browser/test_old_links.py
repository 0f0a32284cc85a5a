"""A link that somebody saved before an id went: the visitor reads what changed, and keeps the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from browser.chooser_page import ChooserPage
from handbook.knowledge_base import KnowledgeBase
from site_fixtures import build, copy_project, served

OLD = """\
interventies:
  oude-aanpak: {uitleg: Deze aanpak heet sinds maart anders., naar: pit}
  weg-aanpak: {uitleg: Deze aanpak wordt niet meer uitgevoerd.}
keuzehulpen:
  oude-keuzehulp: {uitleg: Deze keuzehulp is samengevoegd met een andere., naar: signaal}
binnen:
  kind:
    vragen:
      oude-vraag: {uitleg: Deze vraag stellen wij niet meer.}
      hoe-oud: {uitleg: De vraag naar de leeftijd heet nu anders., naar: leeftijd}
    antwoorden:
      direct-gevaar:
        neen: {uitleg: Dit antwoord heet nu nee., naar: nee}
    uitkomsten:
      oude-uitkomst: {uitleg: Dit staat nu ergens anders., naar: direct-gevaar-nu}
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in which some ids have gone."""
    folder: Path = tmp_path_factory.mktemp("later")
    project = copy_project(folder / "project")
    old = yaml.safe_load(OLD)
    (project / "guide/oude_adressen.yaml").write_text(OLD, encoding="utf-8")
    released = yaml.safe_load((project / "guide/uitgegeven.yaml").read_text(encoding="utf-8"))
    released["interventies"] += old["interventies"]
    released["keuzehulpen"] |= {name: {"vragen": {}, "uitkomsten": []} for name in old["keuzehulpen"]}
    guide, gone = released["keuzehulpen"]["kind"], old["binnen"]["kind"]
    guide["vragen"] |= {name: [] for name in gone["vragen"]}
    for name, answers in gone["antwoorden"].items():
        guide["vragen"][name] += answers
    guide["uitkomsten"] += gone["uitkomsten"]
    (project / "guide/uitgegeven.yaml").write_text(yaml.safe_dump(released), encoding="utf-8")
    with served(build(folder / "site", project)) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "words", "leads_to"),
    [
        ("interventies/oude-aanpak/", "Deze aanpak heet sinds maart anders.", "interventies/pit/"),
        ("interventies/weg-aanpak/", "Deze aanpak wordt niet meer uitgevoerd.", "interventies/"),
        ("keuzehulp/oude-keuzehulp/", "Deze keuzehulp is samengevoegd met een andere.", "keuzehulp/signaal/"),
    ],
)
def test_a_page_that_went_says_where_to_go(page: Page, later: str, path: str, words: str, leads_to: str) -> None:
    answer = page.goto(f"{later}{path}")
    assert answer is not None
    assert answer.status == 200
    article = page.locator("article")
    expect(article).to_contain_text(words)
    links = article.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    assert f"{later}{leads_to}" in links


def test_a_link_with_old_answers_is_explained_and_used(page: Page, later: str, base: KnowledgeBase) -> None:
    chooser = ChooserPage(page, f"{later}keuzehulp/kind/", base.guides["kind"])
    chooser.open("#direct-gevaar=neen&wat-speelt=nee&oude-vraag=ja&onveilig-thuis=nee&hoe-oud=10")
    expect(chooser.notice.get_by_role("alert")).to_contain_text("Deze link is van een oudere versie.")
    assert chooser.notice.locator("li").all_inner_texts() == [
        "Dit antwoord heet nu nee.",
        "Deze vraag stellen wij niet meer.",
        "De vraag naar de leeftijd heet nu anders.",
    ]
    assert chooser.answered == ["direct-gevaar", "wat-speelt", "onveilig-thuis", "leeftijd"]
    chooser.answer("groep-7")
    assert chooser.fragment.startswith("#direct-gevaar=nee&wat-speelt=nee&onveilig-thuis=nee&leeftijd=10")


def test_an_old_anchor_stands_beside_its_explanation(page: Page, later: str) -> None:
    page.goto(f"{later}keuzehulp/kind/#oude-uitkomst")
    expect(page.get_by_text("Dit staat nu ergens anders.")).to_be_in_viewport()
    page.get_by_text("Dit staat nu ergens anders.").locator('a[href="#direct-gevaar-nu"]').click()
    expect(page.locator("#direct-gevaar-nu")).to_be_in_viewport()
