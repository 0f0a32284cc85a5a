"""The pages for municipalities: told as the sources tell it, complete, of this year, safe to follow, and plain.

Each test names what a reader would notice: a sentence that must be there, or one that must not come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.knowledge_base import KnowledgeBase
from handbook.model import Claim, Conflict, Unknown
from handbook.written import CITATION, MARK, RULE, read, take_apart

# What the editor of these pages keeps plain; the folders of others have tests of their own.
PLAIN = ("docs/aanpak", "docs/samenwerken", "docs/eigen-netwerk", "docs/trainen", "docs/kaarten")
OWN = (*PLAIN, "docs/over", "docs/wie-bedoelen-we.md", "docs/verwijsindex.md", "interventions", "hooks/templates")
OF_OTHERS = {
    *("wie-bel-ik.md.j2", "keuzehulp.md.j2", "interventies.md.j2", "interventie.md.j2"),
    "velden.md",  # made from the schema
}


def section(root: Path, page: str, anchor: str = "") -> str:
    """What stands under a heading (or on the whole page), on one line, without the marks for sources."""
    return re.sub(r"\s+", " ", MARK.sub("", RULE.sub("", CITATION.sub("", marked(root, page, anchor))))).strip()


def marked(root: Path, page: str, anchor: str = "") -> str:
    """The same as it is written, marks included."""
    body = take_apart(read(root / "docs" / page)).body
    if not anchor:
        return body
    heading = re.search(rf"^(#+) .*{{: #{anchor} }}$", body, re.M)
    assert heading, f"{page} has no heading #{anchor}"
    rest = body[heading.end() :]
    after = re.search(rf"^#{{1,{len(heading[1])}}} ", rest, re.M)
    return rest[: after.start()] if after else rest


def claims(base: KnowledgeBase, intervention: str) -> Iterator[Claim | Conflict | Unknown]:
    """Every statement about an intervention, the readings of a conflict too."""
    record = base.interventions[intervention]
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value if isinstance(value, list) else getattr(value, "uitspraken", []):
            if isinstance(item, Claim | Conflict | Unknown):
                yield item
            if isinstance(item, Conflict):
                yield from item.lezingen


def claim(base: KnowledgeBase, intervention: str, name: str) -> Claim | Conflict | Unknown:
    """The statement with this id."""
    found = [item for item in claims(base, intervention) if item.id == name]
    assert len(found) == 1, f"{intervention} has {len(found)} statements called {name}"
    return found[0]


# --- told as the sources tell it ---------------------------------------------------------------------------


def test_the_case_of_a_neighbourhood_gives_no_reasons_that_no_source_reports(root: Path) -> None:
    choice = section(root, "aanpak/casus-wijk.md", "keuze")
    assert "factoren lagen" not in choice
    assert "Er was contact met de politie" not in choice
    assert "Ook of deze kinderen contact met de politie hadden, staat er niet." in choice
    assert "Welke factoren deze gemeente vond, staat niet in de handreiking." in section(
        root, "aanpak/casus-wijk.md", "analyseren"
    )


@pytest.mark.parametrize(
    ("page", "anchor"),
    [
        ("aanpak/casus-wijk.md", "analyseren"),
        ("aanpak/casus-wijk.md", "plan-van-aanpak"),
        ("aanpak/casus-school.md", "analyseren"),
        ("aanpak/casus-school.md", "plan-van-aanpak"),
        ("aanpak/casus-factoren.md", "analyseren"),
        ("aanpak/casus-factoren.md", "evalueren-en-borgen"),
    ],
)
def test_advice_in_a_case_is_told_as_advice(root: Path, page: str, anchor: str) -> None:
    text = section(root, page, anchor)
    assert re.search(r"De handreiking raadt (\w+ )*?(aan|stappen aan)|De handreiking raadt", text)
    told = r"[Zz]ij (toetsten|zochten|bepaalden|schreven|regelden|bespraken|keken)|partijen kwamen bij elkaar|Men zocht"
    assert not re.search(told, text)
    assert not re.search(r"Daarna bepaalden|Verder regelden|Vooraf schreven|gemeente zocht|Samen zetten zij", text)


@pytest.mark.parametrize("page", ["aanpak/casus-wijk.md", "aanpak/casus-school.md", "aanpak/casus-factoren.md"])
def test_a_case_says_above_that_its_steps_are_advice(root: Path, page: str) -> None:
    above = section(root, page).split("## ")[0]
    assert "wij vertellen ze als route" not in above
    assert re.search(r"advies en geen verslag|de stappen zijn advies", above)


@pytest.mark.parametrize(
    ("page", "gone"),
    [
        ("aanpak/verwijzen-en-terugkoppelen.md", "Zij vond vier oorzaken"),
        ("aanpak/haalbaarheid.md", "In een van de drie gemeenten kwamen minder kinderen"),
        ("aanpak/analyseren.md", "komen uit de aanpak van een gemeente"),
        ("aanpak/bekend-blijven.md", "werkt volgens de gemeenten goed"),
        ("aanpak/hulp-op-school.md", "heeft haar handen vrij"),
        ("samenwerken/overleggen.md", "werd het zorgteam ook de projectgroep"),
        ("samenwerken/gouden-combinatie.md", "wilden leerkrachten weten"),
        ("samenwerken/contacten-levend-houden.md", "De kennis was met de mensen vertrokken"),
    ],
)
def test_no_page_tells_as_an_event_what_nobody_reports(root: Path, page: str, gone: str) -> None:
    assert gone not in section(root, page)


def test_who_spoke_of_a_disappointing_inflow_is_named(root: Path, real_base: KnowledgeBase) -> None:
    """One person in a group interview named possible causes; no municipality established them."""
    for page in ("aanpak/verwijzen-en-terugkoppelen.md", "aanpak/casus-wijk.md", "aanpak/haalbaarheid.md"):
        assert "groepsgesprek" in section(root, page), page
    lesson = claim(real_base, "basta", "instroom-viel-tegen")
    assert isinstance(lesson, Claim)
    assert "groepsgesprek" in lesson.tekst
    assert "Mogelijke oorzaken" in lesson.tekst


def test_a_network_meets_often_enough_to_know_each_other(root: Path) -> None:
    text = section(root, "samenwerken/netwerk-12-plus.md", "hoe-vaak")
    assert "kort en zelden" not in text
    assert "houd het overleg kort en zie elkaar tussendoor vaker" in text
    assert "Wacht met een zorg nooit op de volgende vergadering" in text


# --- what the sources say and was missing ------------------------------------------------------------------


def test_teachers_may_be_relieved(root: Path) -> None:
    assert "kan leerkrachten ook ontlasten" in section(root, "aanpak/signaleren.md", "valkuilen")


def test_bullying_is_told_as_what_a_professional_sees_beside_what_research_says(real_base: KnowledgeBase) -> None:
    seen = claim(real_base, "alles-kidzzz", "pesten-volgens-professional")
    conflict = claim(real_base, "alles-kidzzz", "pesten-in-de-klas")
    assert isinstance(seen, Claim)
    assert isinstance(conflict, Conflict)
    assert "professional" in seen.tekst
    assert "ervaring en geen gemeten effect" in seen.tekst
    assert len(conflict.lezingen) == 3
    assert conflict.advies is not None
    assert "niet als bewezen effect" in conflict.advies.tekst


def test_the_index_is_told_from_both_sides(root: Path) -> None:
    text = section(root, "verwijsindex.md", "stand-nu")
    assert "viel tegen en verschilde sterk" in text
    assert "goed werd begeleid, had het systeem meer waarde" in text


def test_rots_en_water_is_named_with_the_verdict_on_it(root: Path) -> None:
    text = section(root, "aanpak/kiezen.md", "breder")
    assert "Rots en Water" in text
    assert "niet erkend" in text
    assert "27 oktober 2017" in text
    assert "@nji-rots-en-water" in marked(root, "aanpak/kiezen.md", "breder")


def test_the_yield_of_a_recognised_intervention_is_a_claim_of_the_guideline(root: Path) -> None:
    text = section(root, "aanpak/erkende-interventies.md", "waarom")
    assert "leveren geld en mensen zo meer op" in text
    assert "Een berekening staat er niet bij" in text


def test_a_reader_finds_where_the_pieces_on_weapons_are(root: Path, real_base: KnowledgeBase) -> None:
    text = marked(root, "wie-bedoelen-we.md", "stukken-wapens")
    for source in (
        *("ccv-themalessen", "om-leskaart-wapenbezit", "toolbox-wapens-en-jongeren", "ccv-actieplan-wapens"),
        "kamerbrief-actieplan-wapens-2020",
    ):
        assert f"bronnen.md#{source}" in text
        assert str(real_base.sources[source].adres).startswith("https://")
    assert "brede voorlichting averechts kan werken" in text


def test_goal_two_of_a_network_keeps_all_its_words(root: Path) -> None:
    text = section(root, "samenwerken/netwerk-12-plus.md", "doelen")
    for words in ("lik op stuk", "voorlichting", "op maat"):
        assert words in text
    assert "Straffen is nooit aan een netwerk" in text


def test_the_policy_of_so_early_so_light_so_near_is_named(root: Path) -> None:
    assert "zo vroeg, zo licht en zo dichtbij" in section(root, "samenwerken/netwerk-12-plus.md", "wat-het-is")


def test_not_everything_is_forbidden_to_share(root: Path) -> None:
    text = section(root, "aanpak/plan-van-aanpak.md", "informatie-delen")
    assert "Dat betekent niet dat je niets kunt delen" in text
    assert "ook jouw verantwoordelijkheid" in text


def test_who_may_not_use_the_index_may_still_report(root: Path) -> None:
    text = section(root, "verwijsindex.md", "wat-je-nu-doet")
    assert "Daar mag iedereen bellen voor advies, en ook om met naam te melden" in text
    assert "0800-2000" in text


@pytest.mark.parametrize(
    "part",
    [
        *("zo-zo-zo-beleid", "frequentie van de bijeenkomsten", "lik op stuk, voorlichting en op maat"),
        *("Rots en Water", "leerkrachten ontlasten", "meer opbrengst van geld en mensen", "minder pesten"),
        *("waar het gebruik goed wordt begeleid", "waar themalessen, leskaart", "dat je niets kunt delen, klopt niet"),
    ],
)
def test_the_account_of_the_sources_has_a_row_for_it(real_base: KnowledgeBase, part: str) -> None:
    rows = [row for row in real_base.coverage.delen if part in row.deel]
    assert len(rows) == 1
    assert rows[0].pagina


# --- of this year ------------------------------------------------------------------------------------------


def test_the_programme_against_youth_crime_is_told_as_it_is_now(root: Path, real_base: KnowledgeBase) -> None:
    text = section(root, "aanpak/beleid-en-urgentie.md", "landelijk")
    assert "1 juni 2026 tot en met 31 december 2029" in text
    assert "8 tot 27 jaar" in text
    assert "@stcrt-2025-31991" in marked(root, "aanpak/beleid-en-urgentie.md", "landelijk")
    meaning = real_base.terms["preventie-met-gezag"].uitleg
    assert "2029" in meaning
    assert "27 gebieden" not in meaning


def test_newer_figures_are_named_and_none_is_made_up(root: Path) -> None:
    text = section(root, "wie-bedoelen-we.md", "nieuwere-cijfers")
    assert "Monitor Zelfgerapporteerde Jeugddelinquentie 2023" in text
    assert "De cijfers over kinderen onder de 12 zagen wij er niet in" in text
    assert "%" not in text


@pytest.mark.parametrize(
    ("bill", "state"),
    [
        ("Reikwijdte Jeugdwet", "13 februari 2026"),
        ("terugdringen schoolverzuim (36663)", "22 mei 2025"),
        ("vrij en veilig onderwijs (36777)", "18 november 2025"),
        ("Wet integrale suïcidepreventie (35754)", "1 januari 2026"),
        ("radicalisering (36225)", "1 juli 2025"),
    ],
)
def test_each_bill_has_its_state_with_a_day_and_a_source(root: Path, bill: str, state: str) -> None:
    rows = [row for row in marked(root, "gegevens-delen/gemeente-regelt.md", "verandert").splitlines() if bill in row]
    assert len(rows) == 1
    assert state in rows[0]
    assert CITATION.search(rows[0])
    assert "geldt" in rows[0] or "Verdere stap niet gevonden op 1 december 2026" in rows[0]


def test_the_law_on_the_index_was_seen_in_october(root: Path) -> None:
    assert "5 oktober 2026" in section(root, "verwijsindex.md", "stand-nu")
    assert take_apart(read(root / "docs/verwijsindex.md")).meta["herzien_voor"] != "2027-01-01"


# --- imprecise, now as the source has it -------------------------------------------------------------------


def test_where_later_talks_take_place_is_unknown(real_base: KnowledgeBase) -> None:
    assert isinstance(claim(real_base, "pak-je-kans", "daarna-gezin"), Unknown)


def test_referrers_are_asked_and_not_said_to_know(root: Path) -> None:
    text = section(root, "aanpak/evalueren-en-borgen.md", "wie")
    assert "Zij weten waarom kinderen wel of niet komen" not in text
    assert "Vraag het daarom aan de mensen die verwijzen" in text


def test_what_too_little_feedback_does_is_told_as_the_source_has_it(root: Path) -> None:
    text = section(root, "samenwerken/gouden-combinatie.md", "wijkagent")
    assert "Dan weet je niet of je nog iets moet doen" not in text
    assert "lopen daardoor achter met wat zij weten" in text
    assert "De school ziet een kind elke week" not in section(root, "samenwerken/gouden-combinatie.md", "school")


def test_safe_contact_rests_on_no_source_that_does_not_name_it(real_base: KnowledgeBase) -> None:
    steps = [
        step
        for outcome in real_base.guides["eigen-netwerk"].uitkomsten.values()
        for step in outcome.vervolgstappen
        if isinstance(step, Claim) and "veilig contact" in step.tekst
    ]
    assert steps
    assert not [step.tekst for step in steps if any(source.bron == "ipw-eigen-netwerk" for source in step.bronnen)]


# --- and if this family is not safe? -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "anchor", "safe"),
    [
        ("aanpak/ouders-betrekken.md", "", "Betrek de ouders dan niet."),
        ("aanpak/ouders-betrekken.md", "zelf-op-ouders-afgaan", "Stuur niets en vraag Veilig Thuis om advies"),
        ("aanpak/ouders-betrekken.md", "toestemming", "dan houdt een nee je niet tegen"),
        ("aanpak/casus-wijk.md", "plan-van-aanpak", "Zoek dan geen ouders op en stuur geen brief"),
        ("aanpak/hulp-op-school.md", "stappen", "Dan praat je niet eerst met de ouders"),
        ("aanpak/verwijzen-en-terugkoppelen.md", "verwijzen", "geen gesprek met de ouders vóór dat advies"),
        ("aanpak/evaluatie.md", "vragen", "Vertelt een kind dat het niet veilig is?"),
        ("samenwerken/overleggen.md", "na-afloop", "tenzij dat onveilig is"),
        ("eigen-netwerk/index.md", "de-jongere-beslist", "bel dan 112"),
        ("eigen-netwerk/gesprek.md", "doorvragen", "Stel de twee vragen hieronder dan niet over die persoon"),
        ("trainen/leren-oordelen.md", "uitzondering", "niet meer wil leven"),
        ("kaarten/gesprekskaart-toestemming.md", "nee", "Een nee houdt mij niet tegen: Veilig Thuis"),
        ("kaarten/sape-checklist.md", "plan-van-aanpak", "betrokken, als dat veilig is"),
        ("kaarten/netwerkcirkel.md", "vier-vragen", "Deed iemand je pijn? Sla 2 en 3 over."),
        ("kaarten/verkeerslicht-delen.md", "groen", "met de ouders als dat veilig is"),
    ],
)
def test_advice_says_what_to_do_when_home_is_not_safe(root: Path, page: str, anchor: str, safe: str) -> None:
    assert safe in section(root, page, anchor)


@pytest.mark.parametrize(
    ("page", "harmful"),
    [
        ("kaarten/gesprekskaart-toestemming.md", "Er verandert dan niets"),
        ("trainen/les-180.md", "zonder iemand te bellen"),
        ("trainen/les-90.md", "en geen vermoeden"),
        ("samenwerken/overleggen.md", "Schrijf dus alleen op wat het kind en de ouders mogen lezen"),
    ],
)
def test_no_advice_does_harm_when_followed_to_the_letter(root: Path, page: str, harmful: str) -> None:
    assert harmful not in section(root, page)


def test_every_page_that_was_read_on_safety_stands_in_the_list(root: Path) -> None:
    """The list for reviewers names each page and each intervention of this part, and quotes what still stands there."""
    reviewed = (Path(__file__).parent / "gelezen-op-veiligheid.md").read_text(encoding="utf-8")
    after = reviewed.split("## Aanpak, samenwerken, eigen netwerk, trainen, interventies\n")[1]
    part = after.split("\n## ")[0]
    files = [path for folder in PLAIN for path in sorted((root / folder).glob("*.md"))]
    files += sorted((root / "interventions").glob("*.yaml"))
    assert not [path.name for path in files if f"`{path.relative_to(root).as_posix()}`" not in part]
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| (veilig|aangepast) \| ([^|]*) \|$", part, re.M)
    assert len(rows) > 80
    for path, sentence, _, _ in rows:
        text = re.sub(r"\s+", " ", (root / path).read_text(encoding="utf-8"))
        assert sentence.strip() in text, f"{path}: {sentence}"
    assert not [row for row in rows if row[2] == "aangepast" and not row[3].strip()]


# --- plain words -------------------------------------------------------------------------------------------

# Nowhere in what is published, whoever wrote it.
EVERYWHERE = [
    r"kort en zelden",
    r"in beginsel",
    r"\bketting\b",
    r"blijft bij aansporen",
    r"terughoren hoeft",
    r"reken op iets kleins",
    r"herstelt toestemming",
    r"die het (delen )?draagt",
    r"wijst op de klacht",
    r"schept geen grondslag|maakt zelf geen grondslag",
    r"eerlijke uitkomst",
    r"in een vrije sfeer",
    r"denk dubbel",
    r"wijzen naar behandeling",
    r"een keer iets kleins",
    r"\bsparren\b",
    r"aan tafel zit alleen wie",
    r"als de tafel het kind",
]
BOOKISH = [
    *EVERYWHERE,
    r"\braad\b(?! voor de| van state)",  # advice is "advies"; a council is named in full
    r"print haar|vul haar|wij haar|hebben haar|herkennen haar|meld haar|voeg haar",
    r"hoe (zeker|sterk) zij (is|staat)",
    # a thing that is spoken of as a woman
    r"\b(aanpak|interventie|erkenning|analyse|regel|index|lijst|site|les|toets|melding|beschrijving|handreiking)\b"
    r"[^.:;|]*\. zij (is|doet|geeft|gaat|kan|staat|wordt|vervalt|werkt|bepaalt|heeft|plaatst|telt|laat|noemt|zegt)\b",
    r"als zij aan twee kanten klopt|of zij werkt\b|dat zij niet werkt|wat zij oplevert|of zij bij jou kan",
    r"(keert|houdt|stuurt|verandert?|beëindigt?|vult?|print|meldt?|gebruikt?|leest|lazen wij) haar\b",
]


def bookish(files: list[Path], words: list[str]) -> list[str]:
    found = []
    for path in files:
        if path.suffix not in {".md", ".yaml", ".j2", ".html"} or "beslissingen" in path.parts:
            continue
        text = re.sub(r"\s+", " ", CITATION.sub("", path.read_text(encoding="utf-8"))).lower()
        found += [f"{path.name}: {match[0][-80:]}" for pattern in words for match in re.finditer(pattern, text)]
    return found


def test_no_bookish_words(root: Path) -> None:
    """The phrases that an audit of the language found, and their kinds, are nowhere in these folders."""
    files = [root / name for name in OWN if (root / name).is_file()]
    files += [path for name in OWN if (root / name).is_dir() for path in sorted((root / name).rglob("*"))]
    assert not bookish([path for path in files if path.name not in OF_OTHERS], BOOKISH)


def test_no_phrase_that_the_audit_named_stands_anywhere(root: Path) -> None:
    folders = ("guide", "interventions", "docs", "hooks/templates", "hooks/theme")
    files = [path for folder in folders for path in sorted((root / folder).rglob("*"))]
    assert len(files) > 100
    assert not bookish(files, EVERYWHERE)
