"""The guides on a child, a signal, a network and a neighbourhood never lead past a danger, and never calm falsely."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from handbook.knowledge_base import KnowledgeBase
from handbook.model import Claim, Guide, Outcome, statements_in, texts_in
from handbook.walk import targets
from outcome_texts import first_read, names, said, texts

GUIDES = ("signaal", "kind", "eigen-netwerk", "wijk")
DOUBT = {"signaal": "advies-veilig-thuis", "kind": "vraag-veilig-thuis", "eigen-netwerk": "niet-meer-leven"}
NEW = (
    *("niet-meer-leven", "kind-is-zoek", "wapen-of-dreigement", "beelden-online", "uitbuiting", "radicalisering"),
    *("door-medewerker", "eer-of-dwang"),
)


def reached(guide: Guide, without: str = "") -> set[str]:
    """Every node that answers can lead to when one answer cannot be given."""
    found = {guide.start}
    queue = [guide.start]
    for node in queue:
        for place, target in targets(guide, node):
            if place != without and target not in found:
                found.add(target)
                queue.append(target)
    return found


def every_claim(base: KnowledgeBase) -> Iterator[tuple[str, Claim]]:
    for name in GUIDES:
        for path, statement in statements_in(base.guides[name]):
            if isinstance(statement, Claim):
                yield f"{name}: {'.'.join(map(str, path))}", statement


def steps(outcome: Outcome) -> list[str]:
    return [text for statement in outcome.vervolgstappen for text in said(statement)]


# --- no way round the questions on safety -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "question"),
    [
        *(("signaal", question) for question in ("direct-gevaar", "wat-speelt", "mishandeling")),
        *(("kind", question) for question in ("direct-gevaar", "wat-speelt", "onveilig-thuis")),
        *(("eigen-netwerk", question) for question in ("direct-gevaar", "doodswens")),
    ],
)
def test_only_no_leads_past_a_question_on_safety(real_base: KnowledgeBase, name: str, question: str) -> None:
    guide = real_base.guides[name]
    assert guide.vragen[question].veiligheid == "ja"
    outcomes = reached(guide, without=f"vragen.{question}.antwoorden.nee") & guide.uitkomsten.keys()
    assert outcomes
    assert {end for end in outcomes if guide.uitkomsten[end].veilig_thuis == "nee"} == set()


@pytest.mark.parametrize("name", ["signaal", "kind"])
def test_suicide_is_the_first_of_the_dangers(real_base: KnowledgeBase, name: str) -> None:
    question = real_base.guides[name].vragen["wat-speelt"]
    assert [option.naar for option in question.antwoorden.values()][:6] == [*NEW[:6]]
    assert "twijfel" in (question.toelichting or "").lower()


@pytest.mark.parametrize("name", DOUBT)
def test_doubt_ends_where_three_numbers_stand(real_base: KnowledgeBase, name: str) -> None:
    guide = real_base.guides[name]
    last = "wat-speelt" if "wat-speelt" in guide.vragen else "doodswens"
    assert guide.vragen[last].weet_niet.naar == DOUBT[name]
    outcome = guide.uitkomsten[DOUBT[name]]
    assert all(names(number, first_read(outcome)) for number in ("112", "113"))
    assert any(names("0800-2000", text) for text in texts(outcome))


@pytest.mark.parametrize("name", ["signaal", "kind", "eigen-netwerk"])
def test_danger_now_is_suicide_and_a_missing_child_too(real_base: KnowledgeBase, name: str) -> None:
    guide = real_base.guides[name]
    hint = guide.vragen["direct-gevaar"].toelichting or ""
    assert "zichzelf" in hint
    assert re.search(r"zoek|weg is", hint)
    read = first_read(guide.uitkomsten["direct-gevaar-nu"])
    assert names("112", read)
    assert names("113", read)
    assert "zelfmoord" in read
    assert re.search(r"zoek|weg is", read)


@pytest.mark.parametrize("name", ["signaal", "kind"])
def test_abuse_is_asked_in_every_form_and_every_place(real_base: KnowledgeBase, name: str) -> None:
    guide = real_base.guides[name]
    question = guide.vragen["mishandeling" if name == "signaal" else "onveilig-thuis"]
    for word in ("geweld", "mishandeling", "verwaarlozing", "seksueel", "misbruik"):
        assert word in question.vraag
    assert "ergens anders" in (question.toelichting or "")
    assert question.antwoorden["door-medewerker"].naar == "door-medewerker"
    assert question.antwoorden["eer-of-dwang"].naar == "eer-of-dwang"


def test_the_guide_on_a_network_asks_for_sexual_abuse_and_honour(real_base: KnowledgeBase) -> None:
    question = real_base.guides["eigen-netwerk"].vragen["onveilige-persoon"]
    shown = f"{question.vraag} {question.toelichting}"
    assert all(word in shown for word in ("misbruikt", "seksueel misbruik", "eer", "huwelijk", "buitenland"))


# --- what the new outcomes say ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["signaal", "kind"])
@pytest.mark.parametrize("end", NEW)
def test_new_outcome_is_safe(real_base: KnowledgeBase, name: str, end: str) -> None:
    outcome = real_base.guides[name].uitkomsten[end]
    assert outcome.veilig_thuis == "ja"
    assert outcome.weegt_interventies == "nee"
    assert names("112", first_read(outcome))
    assert any(names("0800-2000", text) for text in texts(outcome))
    assert all(claim.bronnen for _, claim in _claims(outcome))


def _claims(outcome: Outcome) -> list[tuple[object, Claim]]:
    return [(path, item) for path, item in statements_in(outcome) if isinstance(item, Claim)]


def test_every_outcome_on_safety_names_112(real_base: KnowledgeBase) -> None:
    for name in GUIDES:
        for end, outcome in real_base.guides[name].uitkomsten.items():
            if outcome.veilig_thuis == "ja":
                assert names("112", "\n".join(texts(outcome))), f"{name}: {end}"


@pytest.mark.parametrize("name", ["signaal", "kind"])
def test_a_missing_child_is_not_waited_for(real_base: KnowledgeBase, name: str) -> None:
    read = first_read(real_base.guides[name].uitkomsten["kind-is-zoek"])
    assert re.search("bel 112", read, re.IGNORECASE)
    assert re.search("wacht niet", read, re.IGNORECASE)


@pytest.mark.parametrize("name", ["signaal", "kind"])
def test_a_knife_goes_to_the_police_and_not_home(real_base: KnowledgeBase, name: str) -> None:
    told = texts(real_base.guides[name].uitkomsten["wapen-of-dreigement"])
    assert any("grijp niet naar het wapen" in text for text in told)
    assert any("gaat niet mee naar huis" in text for text in told)
    assert any("fouilleren mag je niet" in text.lower() for text in told)
    assert any("bescherm" in text for text in told)


@pytest.mark.parametrize("name", ["signaal", "kind"])
def test_staff_is_reported_to_the_board_at_once(real_base: KnowledgeBase, name: str) -> None:
    outcome = real_base.guides[name].uitkomsten["door-medewerker"]
    assert names("0900-1113111", first_read(outcome))
    laws = {citation.bron for _, claim in _claims(outcome) for citation in claim.bronnen}
    assert {"wpo", "wvo-2020", "wec", "wet-kinderopvang"} <= laws
    told = "\n".join(texts(outcome))
    assert all(word in told for word in ("schoolbestuur", "houder", "aangifte", "Onderzoek het niet zelf"))


@pytest.mark.parametrize("name", ["signaal", "kind"])
def test_honour_keeps_the_family_out(real_base: KnowledgeBase, name: str) -> None:
    guide = real_base.guides[name]
    assert "Praat niet met ouders of familie" in guide.uitkomsten["eer-of-dwang"].kort
    parents = [text for text in texts(guide.uitkomsten["beelden-online"]) if "Bel de ouders" in text]
    assert len(parents) == 1
    assert "niet als het kind bang is" in parents[0]


# --- sentences that did harm ------------------------------------------------------------------------------


def test_no_false_comfort_about_reporting(real_base: KnowledgeBase) -> None:
    """Where a text says that reporting is no duty, the same text says where it is one."""
    seen = 0
    for place, claim in every_claim(real_base):
        assert "verplichten niet tot melden" not in claim.tekst, place
        if "geen wettelijke plicht" in claim.tekst and "Veilig Thuis" in claim.tekst:
            seen += 1
            assert "school" in claim.tekst, place
            assert "opvang" in claim.tekst, place
    assert seen == 2


def test_no_rule_of_consent_stands_above_a_life(real_base: KnowledgeBase) -> None:
    seen = 0
    for place, claim in every_claim(real_base):
        assert not re.search(r"bel dus geen", claim.tekst, re.IGNORECASE), place
        rule = r"niemand belt zonder|zonder zijn ja bel|alleen als de jongere dat goedvindt\."
        if re.search(rule, claim.tekst, re.IGNORECASE):
            seen += 1
            assert re.search(r"\bleven\b", claim.tekst), place
    assert seen > 15


@pytest.mark.parametrize("name", ["signaal", "kind"])
def test_eighteen_and_over_has_the_exception_at_the_top(real_base: KnowledgeBase, name: str) -> None:
    outcome = real_base.guides[name].uitkomsten["achttien-plus"]
    assert "112, ook zonder zijn ja" in outcome.kort
    assert names("113", first_read(outcome))
    assert any("conflict" in claim.bronnen[0].bron or "nvo" in claim.bronnen[0].bron for _, claim in _claims(outcome))


def test_a_boa_is_under_the_rules_on_police_data(real_base: KnowledgeBase) -> None:
    about = [(place, claim) for place, claim in every_claim(real_base) if re.search(r"\bboa\b", claim.tekst)]
    assert not [place for place, claim in about if "niet vanzelf" in claim.tekst]
    rule = [claim for _, claim in about if "gelden de regels voor politiegegevens ook voor jou" in claim.tekst]
    assert [claim.bronnen[0].bron for claim in rule] == ["besluit-politiegegevens-boa"]


def test_the_limits_of_the_police_come_before_the_advice_to_talk(real_base: KnowledgeBase) -> None:
    outcome = real_base.guides["signaal"].uitkomsten["weeg-als-politie"]
    told = [text for statement in outcome.advies for text in said(statement)]
    limit = next(index for index, text in enumerate(told) if "niet in de lijst" in text)
    assert limit < next(index for index, text in enumerate(told) if "met school en ouders praten" in text)
    assert any("geen Halt" in text for text in told)
    assert any("winkelier" in text for text in told)
    assert "Toets vóór elk delen" in steps(outcome)[0]


def test_everyone_may_report_by_name(real_base: KnowledgeBase) -> None:
    volunteer = texts(real_base.guides["signaal"].uitkomsten["weeg-als-vrijwilliger"])
    assert any("Iedereen mag bij Veilig Thuis ook melden, met naam" in text for text in volunteer)
    assert any("mag je aangifte doen" in text for text in volunteer)
    for name, end in (("signaal", "volg-de-meldcode"), ("kind", "vraag-veilig-thuis")):
        told = texts(real_base.guides[name].uitkomsten[end])
        club = [text for text in told if re.search(r"sportclub", text, re.IGNORECASE) and "meldcode" in text]
        assert club
        assert all("elden" in text.split("niet", 1)[1] for text in club)


@pytest.mark.parametrize(("name", "end"), [("signaal", "blijf-volgen"), ("kind", "nog-geen-interventie")])
def test_leaving_a_signal_says_when_to_come_back_at_once(real_base: KnowledgeBase, name: str, end: str) -> None:
    outcome = real_base.guides[name].uitkomsten[end]
    assert "meteen terug" in outcome.kort
    [back] = [text for text in steps(outcome)[:2] if text.startswith("Kom meteen terug")]
    assert all(names(number, back) for number in ("112", "113", "0800-2000"))


def test_a_no_of_parents_never_ends_the_care_for_safety(real_base: KnowledgeBase) -> None:
    outcome = real_base.guides["signaal"].uitkomsten["raad-zonder-naam"]
    assert names("0800-2000", outcome.kort)
    assert names("0800-2000", steps(outcome)[0])


def test_parents_are_told_only_if_that_is_safe(real_base: KnowledgeBase) -> None:
    """Steps that begin with the parents, where no earlier answer says that they agreed."""
    agreed = {"weeg-op-school", "weeg-in-de-wijk", "naar-passende-hulp", "zorgen-op-school"}
    unconditional = []
    for name in ("signaal", "kind"):
        for end, outcome in real_base.guides[name].uitkomsten.items():
            for text in steps(outcome):
                starts = re.match(r"(?:Stap \d\. )?(?:Praat|Bel|Nodig|Vertel|Betrek|Informeer)\b.*\bouders\b", text)
                if starts and end not in agreed and not re.search(r"veilig|\bniet\b|na advies|gevaar|bang", text):
                    unconditional.append(f"{name}: {end}: {text}")
    assert unconditional == []


def test_a_question_about_one_child_leads_from_the_neighbourhood_to_the_numbers(real_base: KnowledgeBase) -> None:
    guide = real_base.guides["wijk"]
    outcome = guide.uitkomsten["geen-wijkvraag"]
    for number in ("112", "113", "0800-2000"):
        assert names(number, outcome.kort)
        assert names(number, steps(outcome)[0])
    assert "nummers bovenaan" in " ".join(guide.inleiding)  # the strip, on every page of a guide
    assert outcome.lezen[0].pagina == "keuzehulp/signaal/"


def test_words_that_nobody_says(real_base: KnowledgeBase) -> None:
    words = r"\bom raad\b|\braad vragen\b|\bin beginsel\b|\bsparren\b|\bketting\b|Terughoren hoeft"
    found = [
        f"{name}: {text}"
        for name in GUIDES
        for _, text in texts_in(real_base.guides[name])
        if re.search(words, text, re.IGNORECASE)
    ]
    assert found == []
