"""Sharing is safe first: nobody is told to stay silent where a child needs protection, and everyday work is allowed.

One test a point on which a sentence or a row of a table could do harm when it was followed to the letter. They
walk the guide on sharing as a reader does, and read the pages on sharing as they are written.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide, Outcome, SharingRow
from handbook.pages import pages
from handbook.walk import Given, Route, follow, row_of
from situations import rules_on_the_way

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 12, 1)
GUIDE = "gegevens-delen"
SENSITIVE = {"leeftijd": "onder-12", "toestemming": "niet-gevraagd"}
NO = {"leeftijd": "onder-12", "toestemming": "geweigerd"}
TALK = {"doel": "hulp", "overleg": "een-op-een", "informatie": "wat"}
SILENCE = ("zwijg dan", "zwijg en", "deel dit vermoeden niet met anderen")


@pytest.fixture(scope="module")
def guide(real_base: KnowledgeBase) -> Guide:
    return real_base.guides[GUIDE]


def walked(base: KnowledgeBase, sender: str, receiver: str, **answers: str) -> Route:
    """The route of somebody who sees no acute danger and suspects no violence."""
    start: dict[str, Given] = {"direct-gevaar": "nee", "vermoeden": "nee", "zender": sender, "ontvanger": receiver}
    return follow(base.guides[GUIDE], base.facets, {**start, **answers})


def sharing_row(guide: Guide, route: Route) -> SharingRow:
    """The row that a route which shares ended in."""
    row = row_of(guide.beslistabellen[route.rows[-1][0]], route.rows[-1][1])
    assert isinstance(row, SharingRow)
    return row


def words(outcome: Outcome) -> str:
    """Everything an outcome says, in small letters, without line breaks."""
    assert outcome.delen is not None
    advice = outcome.delen
    statements = [*outcome.advies, *outcome.vervolgstappen, *advice.vertel, *advice.minste, *advice.leg_vast]
    texts = [outcome.titel, outcome.kort, *(str(getattr(item, "tekst", "")) for item in statements), *advice.zeg_het_zo]
    return " ".join(texts).lower()


def page(name: str) -> str:
    """A written page on sharing, in small letters."""
    return (ROOT / f"docs/gegevens-delen/{name}.md").read_text(encoding="utf-8").lower()


# --- within one organisation -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "receiver"),
    [
        ("leerkracht", "leerkracht"),
        ("leerkracht", "schoolmaatschappelijk-werk"),
        ("wijkteam", "wijkteam"),
        ("wijkagent", "wijkagent"),
        ("jongerenwerker", "welzijn"),
        ("sportclub", "sportclub"),
        ("jeugdarts", "jeugdarts"),
        ("raad-voor-de-kinderbescherming", "raad-voor-de-kinderbescherming"),
    ],
)
def test_a_colleague_on_the_same_task_is_not_a_third_party(
    real_base: KnowledgeBase, guide: Guide, sender: str, receiver: str
) -> None:
    assert walked(real_base, sender, receiver).node == "organisatie"
    route = walked(real_base, sender, receiver, organisatie="een-organisatie")
    assert route.node == "bespreek-binnen-je-organisatie"
    row = sharing_row(guide, route)
    assert any("nodig" in text for text in row.voorwaarden), "only what the colleague needs"
    asked = {name for name, _ in route.steps}
    assert "toestemming" not in asked


def test_inside_an_organisation_a_refusal_does_not_lead_to_talking_without_names(guide: Guide) -> None:
    text = words(guide.uitkomsten["bespreek-binnen-je-organisatie"])
    assert "zeggen ouders nee" in text
    assert "toestemming meestal niet de grond" in text
    assert "zonder naam" not in text


@pytest.mark.parametrize("unsure", ["een-team", "weet-niet"])
def test_who_is_not_sure_of_one_organisation_takes_the_careful_way(
    real_base: KnowledgeBase, guide: Guide, unsure: str
) -> None:
    route = walked(real_base, "leerkracht", "schoolmaatschappelijk-werk", organisatie=unsure, **TALK, **SENSITIVE)
    assert route.node in {"vraag-eerst-fg-of-jurist", "eerst-toestemming-of-vertellen"}


@pytest.mark.parametrize(
    "receiver",
    ["wijkagent", "veilig-thuis", "raad-voor-de-kinderbescherming", "gecertificeerde-instelling", "halt", "jeugdarts"],
)
def test_nobody_is_asked_about_an_organisation_that_cannot_be_theirs(real_base: KnowledgeBase, receiver: str) -> None:
    assert walked(real_base, "leerkracht", receiver).node != "organisatie"


def test_different_employers_still_need_consent(real_base: KnowledgeBase) -> None:
    apart = walked(real_base, "leerkracht", "leerkracht", organisatie="apart", **TALK, **SENSITIVE)
    assert apart.node == "eerst-toestemming-of-vertellen"


def test_pages_tell_of_the_colleague(real_base: KnowledgeBase) -> None:
    assert "intern begeleider" in page("school").partition("{: #binnen-school }")[2]
    assert "{: #collega }" in page("geheimhouding")


# --- reporting an offence ----------------------------------------------------------------------------------


@pytest.mark.parametrize("sender", ["ondernemer", "leerkracht", "vrijwilliger", "sportclub", "bso"])
def test_anyone_may_report_an_offence_and_name_the_suspect(real_base: KnowledgeBase, guide: Guide, sender: str) -> None:
    route = walked(real_base, sender, "wijkagent", doel="orde")
    assert route.node == "doe-aangifte"
    assert sharing_row(guide, route).grond.regel == "sv-161-aangifte-ieder"
    text = words(guide.uitkomsten["doe-aangifte"])
    for told in ("0900-8844", "112", "naam", "jonger dan 12", "moet iedereen meteen aangifte doen", "lijst"):
        assert told in text, told
    assert "alleen zonder namen" not in text


def test_a_list_of_names_is_no_report(real_base: KnowledgeBase) -> None:
    assert walked(real_base, "ondernemer", "wijkagent", doel="lijst").node == "dit-kanaal-niet"


@pytest.mark.parametrize("sender", ["jeugdhulp", "jeugdarts", "jongerenwerker", "schoolmaatschappelijk-werk"])
def test_who_must_keep_secrets_asks_first_what_a_report_may_say(real_base: KnowledgeBase, sender: str) -> None:
    assert walked(real_base, sender, "wijkagent", doel="orde").node == "vraag-eerst-fg-of-jurist"


def test_an_offence_is_pointed_to_the_police_when_it_was_meant_for_somebody_else(
    real_base: KnowledgeBase, guide: Guide
) -> None:
    route = walked(real_base, "ondernemer", "jongerenwerker", doel="orde")
    table, row = route.rows[-1]
    assert route.node == "alleen-anoniem-overleggen"
    assert "aangifte bij de politie" in str(getattr(row_of(guide.beslistabellen[table], row), "omdat", ""))


@pytest.mark.parametrize("sender", ["sportclub", "vrijwilliger", "leerkracht", "ondernemer", "bso"])
def test_a_threat_goes_to_the_police_without_asking_who_threatens(real_base: KnowledgeBase, sender: str) -> None:
    route = walked(real_base, sender, "wijkagent", doel="gevaar", overleg="een-op-een", informatie="wat")
    assert route.node == "doe-aangifte"


def test_pages_say_that_anyone_may_report_an_offence() -> None:
    assert "iedereen mag aangifte doen" in page("politie-en-wgs")


# --- Veilig Thuis ------------------------------------------------------------------------------------------


def test_volunteers_may_report_to_veilig_thuis_by_name(real_base: KnowledgeBase, guide: Guide) -> None:
    for sender in ("vrijwilliger", "sportclub", "ondernemer"):
        answers: dict[str, Given] = {"direct-gevaar": "nee", "vermoeden": "ja", "zender": sender}
        assert follow(guide, real_base.facets, answers).node == "meldcode-veilig-thuis"
        assert "veilig-thuis-iedereen-mag-melden" in rules_on_the_way(real_base, guide, answers)
    text = words(guide.uitkomsten["meldcode-veilig-thuis"])
    assert "melden mag iedereen" in text
    assert "met de naam van het kind" in text
    assert "hoort het gezin jouw naam" in text
    assert "iedereen mag veilig thuis bellen" in page("meldcode")
    assert "advies vragen of melden bij veilig thuis, met naam" in page("dat-en-wat")


def test_a_worry_about_protection_reaches_veilig_thuis_from_who_cannot_go_to_the_raad(real_base: KnowledgeBase) -> None:
    for sender in ("vrijwilliger", "sportclub", "ondernemer", "bso"):
        assert walked(real_base, sender, "raad-voor-de-kinderbescherming").node == "meldcode-veilig-thuis"


# --- school and leerplicht ---------------------------------------------------------------------------------


def test_absence_goes_to_the_register(real_base: KnowledgeBase, guide: Guide) -> None:
    row = sharing_row(guide, walked(real_base, "leerkracht", "leerplichtambtenaar", doel="verzuim"))
    assert any("register" in text for text in row.voorwaarden)
    assert "register" in real_base.rules["leerplicht-21a"].uitspraak.tekst
    assert "register" in page("school")
    assert "richting de leerplichtambtenaar" not in words_of_rows(guide)


def test_school_answers_what_the_leerplichtambtenaar_asks(real_base: KnowledgeBase, guide: Guide) -> None:
    route = walked(real_base, "leerkracht", "leerplichtambtenaar", doel="leerplicht-vraagt")
    row = sharing_row(guide, route)
    assert (row.grond.soort, row.grond.regel) == ("wettelijke-plicht", "leerplicht-18-inlichtingen")
    other = walked(real_base, "leerkracht", "wijkteam", doel="leerplicht-vraagt")
    assert other.node == "vraag-eerst-fg-of-jurist"


def words_of_rows(guide: Guide) -> str:
    """Why every row and every rest of a table is as it is."""
    rows = [row for table in guide.beslistabellen.values() for row in (*table.rijen.values(), table.anders) if row]
    return " ".join(str(getattr(row, "omdat", "") or "") for row in rows).lower()


def test_page_on_school_never_keeps_the_police_away_from_abuse() -> None:
    text = page("school")
    assert "niet de wijkagent" not in text
    abuse = text.partition("{: #mishandeling }")[2]
    assert "0900-8844" in abuse
    assert "schoolbestuur" in abuse


# --- refusal, silence and who may know ---------------------------------------------------------------------


@pytest.mark.parametrize("place", ["een-op-een", "zorgteam"])
@pytest.mark.parametrize("sender", ["leerkracht", "jongerenwerker", "jeugdarts", "bso", "sportclub"])
def test_a_refusal_never_stops_protection(real_base: KnowledgeBase, sender: str, place: str) -> None:
    route = walked(real_base, sender, "wijkteam", doel="bescherming", overleg=place, informatie="wat", **NO)
    assert route.node == "meldcode-veilig-thuis"


@pytest.mark.parametrize("consent", ["geweigerd", "niet-gevraagd", "onveilig"])
def test_danger_never_waits_for_consent(real_base: KnowledgeBase, consent: str) -> None:
    answers = {"doel": "gevaar", "overleg": "een-op-een", "informatie": "wat", "leeftijd": "12-15"}
    free = walked(real_base, "sportclub", "wijkteam", **answers, toestemming=consent)
    assert free.node == "meldcode-veilig-thuis"
    bound = walked(real_base, "jeugdhulp", "wijkagent", **answers, toestemming=consent)
    assert bound.node == "conflict-van-plichten"


def test_no_outcome_row_or_page_tells_to_be_silent(guide: Guide) -> None:
    told = [*(words(outcome) for outcome in guide.uitkomsten.values()), words_of_rows(guide)]
    told += [path.read_text(encoding="utf-8").lower() for path in (ROOT / "docs/gegevens-delen").glob("*.md")]
    assert [phrase for phrase in SILENCE for text in told if phrase in text] == []


def test_a_conflict_of_duties_is_put_to_somebody_today(guide: Guide) -> None:
    for text in (words(guide.uitkomsten["conflict-van-plichten"]), page("geheimhouding")):
        for told in ("vandaag nog voor", "0800-2000", "112"):
            assert told in text, told


def test_outcome_on_a_suspicion_says_who_else_may_know(guide: Guide) -> None:
    text = words(guide.uitkomsten["meldcode-veilig-thuis"])
    for who in ("leidinggevende", "aandachtsfunctionaris", "politie", "raad", "gecertificeerde instelling", "bestuur"):
        assert who in text, who


@pytest.mark.parametrize(
    "name",
    [
        "alleen-anoniem-overleggen",
        "eerst-toestemming-of-vertellen",
        "vraag-eerst-fg-of-jurist",
        "dit-kanaal-niet",
        "alleen-dat-je-betrokken-bent",
        "bespreek-binnen-je-organisatie",
        "conflict-van-plichten",
    ],
)
def test_no_outcome_that_waits_forgets_a_child_that_is_not_safe(guide: Guide, name: str) -> None:
    assert "veilig thuis" in words(guide.uitkomsten[name])


# --- what the first questions ask --------------------------------------------------------------------------


def test_question_on_violence_is_about_abuse_too_and_not_only_at_home(guide: Guide) -> None:
    question = guide.vragen["vermoeden"]
    asked = f"{question.vraag} {question.toelichting}".lower()
    assert "misbruik" in asked
    assert "ergens anders" in asked


def test_a_suspicion_against_staff_has_a_way_of_its_own(real_base: KnowledgeBase, guide: Guide) -> None:
    answers: dict[str, Given] = {"direct-gevaar": "nee", "vermoeden": "medewerker"}
    assert follow(guide, real_base.facets, answers).node == "door-medewerker"
    text = words(guide.uitkomsten["door-medewerker"])
    for told in ("meteen", "schoolbestuur", "houder", "vertrouwensinspecteur", "0900-1113111", "aangifte", "112"):
        assert told in text, told
    assert "praat niet met de medewerker" in text


def test_a_child_that_wants_to_die_is_never_a_secret(real_base: KnowledgeBase, guide: Guide) -> None:
    answers: dict[str, Given] = {"direct-gevaar": "nee", "vermoeden": "zichzelf"}
    assert follow(guide, real_base.facets, answers).node == "gevaar-voor-zichzelf"
    text = words(guide.uitkomsten["gevaar-voor-zichzelf"])
    for told in ("113", "112", "huisarts", "niet alleen", "beloof geen geheim", "ouders", "zestien", "0800-2000"):
        assert told in text, told


def test_honour_and_forced_marriage_go_to_veilig_thuis_before_the_family(guide: Guide) -> None:
    for text in (words(guide.uitkomsten["meldcode-veilig-thuis"]), page("meldcode"), page("school")):
        assert re.search(r"gedwongen huwelijk.*familie (dan )?niets", text.replace("\n", " "))


# --- police and boa ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["hulp", "orde", "gevaar", "bescherming"])
def test_boa_may_tell_the_wijkagent_what_the_task_needs(real_base: KnowledgeBase, guide: Guide, purpose: str) -> None:
    route = walked(real_base, "boa", "wijkagent", doel=purpose, overleg="een-op-een", informatie="strafrecht")
    assert route.node == "delen-kan-onder-voorwaarden"
    row = sharing_row(guide, route)
    assert row.grond.regel == "boa-en-politie"
    assert "opsporing" in row.voorwaarden[0]
    assert "boa-wpg" in row.regels


def test_boa_shares_no_police_data_with_a_table_an_app_or_a_school(real_base: KnowledgeBase) -> None:
    told = {"informatie": "strafrecht", "doel": "orde"}
    assert walked(real_base, "boa", "wijkagent", overleg="wijkoverleg", **told).node == "dit-kanaal-niet"
    assert walked(real_base, "boa", "wijkagent", doel="orde", overleg="prive-app").node == "dit-kanaal-niet"
    assert walked(real_base, "boa", "leerkracht").node == "vraag-eerst-fg-of-jurist"


# --- sentences to say and letters --------------------------------------------------------------------------


def test_sentence_at_a_table_does_not_give_the_family_away(guide: Guide) -> None:
    told = [words(guide.uitkomsten["dit-kanaal-niet"]), page("brieven-en-gesprekken")]
    assert not any("wie van jullie" in text for text in told)
    assert all("over een kind of een gezin praat ik hier niet" in text for text in told)


def test_letter_home_is_warned_of_before_it_stands_there() -> None:
    text = page("brieven-en-gesprekken").partition("{: #zonder-toestemming }")[2]
    warning, letter = text.index("is vertellen veilig?"), text.index("**in een brief, na een gesprek**")
    assert warning < letter
    assert '<span class="ve-blank">organisatie</span>' not in text[letter : text.index("**tegen een kind**")]


# --- what a lawyer should read -----------------------------------------------------------------------------


def test_every_legal_reading_of_ours_stands_on_the_page_for_a_lawyer(real_base: KnowledgeBase) -> None:
    made = {item.path: item.markdown for item in pages(real_base, Build(TODAY, "proef"), ROOT / "docs")}
    shown = " ".join(made["over/voor-een-jurist.md"].split())
    doubts = {name: real_base.rules[name] for name in real_base.carrying_rules}
    for name, rule in doubts.items():
        if rule.uitspraak.zekerheid != "bron" or rule.onzeker:
            assert f"{{: #{name} }}" in shown, name
    own = real_base.guides[GUIDE].uitkomsten["bespreek-binnen-je-organisatie"].advies
    assert own
    assert all(" ".join(str(getattr(item, "tekst", "")).split())[:60] in shown for item in own)
    assert "over/voor-een-jurist.md" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


# --- what was read -----------------------------------------------------------------------------------------


def test_sentences_that_were_read_for_safety_still_stand_there() -> None:
    """A sentence that changes is read again, with the question what it does to a family that is not safe."""
    table = (ROOT / "tests/content/gelezen-op-veiligheid.md").read_text(encoding="utf-8")
    section = table.partition("## Gegevens delen")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \| (\w+) \|", section, re.MULTILINE)
    assert len(rows) > 50
    texts = {file: " ".join((ROOT / file).read_text(encoding="utf-8").split()) for file, _, _ in rows}
    assert [sentence for file, sentence, _ in rows if sentence not in texts[file]] == []
