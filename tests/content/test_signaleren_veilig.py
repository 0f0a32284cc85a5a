"""What a reader in a hurry must find, and never find, in the pages and signals about danger."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.knowledge_base import KnowledgeBase
from handbook.model import Signal
from handbook.written import CITATION, MARK, RULE, read, take_apart
from search_judge import ours
from site_fixtures import ROOT

READ = ROOT / "tests/content/gelezen-op-veiligheid.md"
# Dealt with on pages of their own: somebody who may die or who is missing.


def page(root: Path, name: str) -> str:
    """The text of a page about signals as it is read: without marks, fold signs and anchors."""
    path = root / f"docs/signaleren/{name}.md"
    assert path.is_file(), f"There is no page {name}."
    text = take_apart(read(path))
    assert text.meta.get("acuut") is True, f"{name} does not show the numbers at the top."
    return MARK.sub("", RULE.sub("", CITATION.sub("", text.body)))


def section(text: str, anchor: str) -> str:
    """One section of a page, up to the next heading that is not below it."""
    head = re.search(rf"^(##+) [^\n]*\{{: #{anchor} \}}\n", text, re.MULTILINE)
    assert head is not None, f"There is no section {anchor}."
    rest = text[head.end() :]
    after = re.search(rf"^#{{2,{len(head[1])}}} ", rest, re.MULTILINE)
    return rest[: after.start()] if after else rest


def holds(text: str, *patterns: str) -> None:
    """Check that every pattern stands in a text, whatever its capitals."""
    missing = [pattern for pattern in patterns if not re.search(pattern, text, re.IGNORECASE)]
    assert not missing, missing


def lacks(text: str, *patterns: str) -> None:
    """Check that no pattern stands in a text."""
    there = [pattern for pattern in patterns if re.search(pattern, text, re.IGNORECASE)]
    assert not there, there


def does(base: KnowledgeBase, name: str) -> str:
    """What a signal says to do."""
    assert name in base.signals.signalen, f"There is no signal {name}."
    return base.signals.signalen[name].doe


# --- somebody who works here ------------------------------------------------------------------------------


def test_suspicion_against_staff_goes_to_the_board_and_the_inspector_today(root: Path) -> None:
    text = page(root, "verdenking-medewerker")
    now = section(text, "nu-doen")
    assert text.index(now) == text.index("## Nu doen") + len("## Nu doen {: #nu-doen }\n")  # the first section
    holds(now, r"\b112\b", "0900-1113111", "0900-8844", "meld het meteen", "schoolbestuur", "houder", "bestuur")
    holds(now, "maak het kind vandaag veilig", "zeg niets tegen deze persoon", "letterlijk")
    holds(section(text, "school"), "alleen je directeur of vertrouwenspersoon inlichten is niet genoeg", "aangifte")
    holds(section(text, "opvang"), "ook voor slaan", "stagiairs", "aangifte")
    holds(section(text, "de-baas-zelf"), "sla die over", "vertrouwensinspecteur", "aangifte mag iedereen doen")
    lacks(text, r"niet verplicht .*melden", "kijk het nog even aan", "praat eerst met de collega")


def test_suspicion_against_staff_rests_on_the_law_of_each_sector(root: Path) -> None:
    body = read(root / "docs/signaleren/verdenking-medewerker.md")
    for rule in ("school-zeden-meldplicht", "school-zeden-overleg-aangifte", "opvang-meldplicht-medewerker",
                 "opvang-overleg-aangifte-houder", "sport-meldplicht", "jeugdhulp-calamiteit-geweld"):  # fmt: skip
        assert f"[regel: {rule}]" in body, rule


# --- sexual abuse -----------------------------------------------------------------------------------------


def test_sexual_abuse_in_or_outside_the_home_has_its_own_first_steps(root: Path) -> None:
    text = page(root, "seksueel-misbruik")
    holds(section(text, "nu-doen"), r"\b112\b", "0800-0188", "0800-2000", "0900-8844", "zeven dagen")
    holds(section(text, "nu-doen"), "ook als de dader niet thuis woont", "vraag niet verder", "letterlijk")
    holds(section(text, "als-een-kind-vertelt"), "stop met vragen", "beloof geen geheim", "niet jouw schuld")
    whom = section(text, "wie-bel-je")
    holds(whom, "thuis of familie", "kennis, onbekende of leeftijdgenoot", "broer of zus", "die hier werkt", "online")
    holds(section(text, "ouders"), "kan dit veilig", "bel jij de ouders niet")


def test_a_child_that_tells_of_abuse_anywhere_is_a_signal_that_cannot_wait(real_base: KnowledgeBase) -> None:
    signal = real_base.signals.signalen["kind-vertelt-over-mishandeling"]
    holds(signal.tekst, "misbruik", "ergens anders")
    holds(signal.doe, r"\b112\b", "vraag niet door", "voordat je iemand thuis belt", "iemand die hier werkt.*bestuur")


# --- a knife and a threat ---------------------------------------------------------------------------------


def test_knife_goes_to_the_police_and_never_back_also_when_nothing_threatens(root: Path) -> None:
    now = section(page(root, "wapens"), "nu-een-mes")
    calm = now.partition("Dreigt er nu niets?")[2]
    holds(now, r"\b112\b")
    holds(calm, "0900-8844", "gaat niet mee terug", "ook niet met een ouder", "laat het niet alleen")
    holds(calm, "ouders alleen als dat veilig is", "weg naar huis", "loopt niet alleen")
    lacks(now, "pak het mes", r"\*\*bel de ouders\*\* zodra")


def test_threat_is_for_the_police_and_the_one_who_is_threatened_comes_first(root: Path) -> None:
    text = page(root, "wapens")
    holds(
        section(text, "bedreiging"), r"\b112\b", "0900-8844", "bescherm de ander", "niet alleen naar huis", "aangifte"
    )
    holds(section(text, "online-dreiging"), r"\b112\b", "schermafdruk", "stuur niets door", "stel het niet uit")


def test_signals_about_knives_and_threats_lead_to_the_police(real_base: KnowledgeBase) -> None:
    holds(does(real_base, "mes-bij-zich"), r"\b112\b", "politie", "niet mee terug", "ouders alleen als dat veilig")
    holds(does(real_base, "praat-over-een-mes"), "gaat steken.*112", "bescherm de ander", "politie", "als dat veilig")
    holds(does(real_base, "dreigt-iemand-iets-te-doen"), r"\b112\b", "0900-8844", "veilig")
    assert real_base.signals.signalen["dreigt-iemand-iets-te-doen"].acuut == "ja"


# --- a suspicion, and time --------------------------------------------------------------------------------


def test_suspicion_without_a_story_is_for_today(root: Path) -> None:
    first = section(page(root, "index"), "eerst-veilig")
    holds(first, r"vermoed je mishandeling, misbruik of verwaarlozing.*vandaag Veilig Thuis", "bel de ouders nog niet")
    holds(first, "weet je zeker dat het kind vandaag veilig is")
    lacks(first, "je hebt tijd")


def test_letting_a_signal_rest_is_not_for_abuse(root: Path) -> None:
    text = page(root, "index")
    holds(section(text, "wegleggen"), "nooit bij een vermoeden van mishandeling of misbruik", "dood wil")
    holds(text, "vier mogelijkheden")


# --- images, parents and honour ---------------------------------------------------------------------------


def test_parents_hear_of_a_nude_image_only_when_that_is_safe(root: Path, real_base: KnowledgeBase) -> None:
    text = page(root, "online-leefwereld")
    holds(
        section(text, "nu-doen"), "wat gebeurt er als ze het thuis horen", "zeg thuis dan niets", "113", "020-261 52 75"
    )
    holds(section(text, "naaktfoto"), "het kind beslist mee", "help eerst het kind op het beeld")
    holds(section(text, "chantage"), "ga niet in op de eis", "niet alleen", "113")
    holds(section(text, "grooming"), r"\b112\b", "politie", "laat het kind niet gaan")
    everywhere = text + " ".join(signal.doe for signal in real_base.signals.signalen.values())
    lacks(everywhere, "ouders van beide kinderen", "vraag met de ouders de politie")
    holds(does(real_base, "verspreidt-naaktbeeld"), "onveilig, zeg thuis dan niets", "Helpwanted")
    holds(does(real_base, "onder-druk-om-beeld"), "niet alleen", "113", "veilig kunnen horen", "bekijk geen beelden")


def test_honour_is_never_told_at_home_first(root: Path, real_base: KnowledgeBase) -> None:
    text = page(root, "eer-en-dwang")
    holds(section(text, "nu-doen"), r"\b112\b", "0800-2000", "0900-8844", "licht de familie niet in", "bemiddel niet")
    holds(section(text, "nu-doen"), "in een telefoon kan al gevaar geven", "binnen een uur")
    holds(section(text, "al-weg"), r"\+31 247 247 247", "leerplichtambtenaar")
    holds(section(text, "reis"), "vóór vertrek")
    holds(section(text, "signalen"), "vandaan komt is nooit een signaal")
    lacks(text, "nodig de ouders uit", "praat eerst met de ouders", r"bemiddel (tussen|met)")
    holds(does(real_base, "bang-voor-familie"), "licht de familie niet in", r"\b112\b", "veilig thuis")


# --- asking, recruiters, a child that is afraid to go home ------------------------------------------------


@pytest.mark.parametrize("name", ["harde-straffen", "bang-op-straat"])
def test_no_signal_says_to_question_a_child_about_what_happened(real_base: KnowledgeBase, name: str) -> None:
    lacks(does(real_base, name), r"vraag door\b")


def test_hard_punishment_goes_to_advice_before_the_parents(real_base: KnowledgeBase) -> None:
    holds(does(real_base, "harde-straffen"), "vraag niet door", "veilig thuis, voordat je met de ouders praat")


def test_nobody_walks_up_to_recruiters(root: Path, real_base: KnowledgeBase) -> None:
    lacks(does(real_base, "wordt-opgewacht"), "ga naast de jongere staan")
    holds(does(real_base, "wordt-opgewacht"), "ga niet naar wie er wacht", r"\b112\b", "politie")
    text = page(root, "criminele-uitbuiting")
    now = section(text, "doen")
    holds(now, r"\b112\b", "0900-8844", "0800-2000", "spreek die niet aan", "is dat veilig")
    holds(section(text, "loverboy"), "ook jongens", "is geen reden om te stoppen", "praat niet met hem", "politie")


def test_child_that_dares_not_go_home_is_not_held_but_called_for(root: Path) -> None:
    text = section(page(root, "praten-met-het-kind"), "iets-ergs")
    afraid = section(text, "niet-naar-huis")
    holds(afraid, "0800-2000, voordat het kind gaat", "niet vasthouden", "komt een ouder het halen", r"\b112\b")


def test_talk_with_parents_begins_with_its_limit(root: Path) -> None:
    text = page(root, "praten-met-ouders")
    lead = text.partition("{: .ve-lead }")[0]
    holds(lead, "kan dit gesprek veilig")
    holds(section(text, "veilig"), r"praat \*\*niet\*\* met de ouders", "0800-2000", "eer", "uitbuiting", "dreigend")
    holds(section(text, "niet-willen"), "zeggen zij nee, en is het kind niet veilig", "0800-2000")


# --- radicalisering ---------------------------------------------------------------------------------------


def test_radicalisering_has_a_page_with_a_first_step_and_no_origin(root: Path, real_base: KnowledgeBase) -> None:
    text = page(root, "radicalisering")
    holds(section(text, "nu-doen"), r"\b112\b", "0900-8844", "contactpunt", "088-20 80 080", "0900-1113111")
    holds(section(text, "signalen"), "geen lijst", "afkomst of geloof is nooit een signaal", "RadarAdvies")
    holds(section(text, "gesprek"), "kan dit veilig")
    assert "[@radar-gouden-combinatie: kop Jongerenwerk]" in read(root / "docs/signaleren/radicalisering.md")
    holds(does(real_base, "keurt-geweld-goed"), r"\b112\b", "wijkagent")


# --- what was read ----------------------------------------------------------------------------------------


def _names_home(signal: Signal) -> bool:
    return (
        re.search(r"\bouders?\b|\bvader\b|\bmoeder\b|\bfamilie\b|\bnaar huis bel|belt? .*naar huis", signal.doe)
        is not None
    )


def test_every_signal_that_brings_in_the_home_was_read_for_safety(real_base: KnowledgeBase) -> None:
    """A row names the signal by its id, or quotes a sentence of what it tells to do."""
    rows = READ.read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `guide/signalen\.yaml`, `([a-z-]+)` \|", rows, re.MULTILINE))
    quoted = [row.strip() for row in re.findall(r"^\| `guide/signalen\.yaml` \| ([^|]+) \|", rows, re.MULTILINE)]
    signals = real_base.signals.signalen
    about_home = {name for name, signal in signals.items() if _names_home(signal)}
    unread = {name for name in about_home - named if not any(sentence in signals[name].doe for sentence in quoted)}
    assert unread == set()
    assert named <= set(signals)


def test_every_page_about_signals_was_read_for_safety(root: Path) -> None:
    listed = set(re.findall(r"^\| `docs/signaleren/([a-z-]+)\.md` \|", READ.read_text(encoding="utf-8"), re.MULTILINE))
    pages = {path.stem for path in (root / "docs/signaleren").glob("*.md")}
    assert pages - listed <= {"niet-meer-leven", "kind-vermist"}


# --- found by the words of somebody in need ---------------------------------------------------------------

TYPED = {
    "collega misbruikt leerling": "verdenking-medewerker", "vertrouwensinspecteur": "verdenking-medewerker",
    "leidster slaat kind": "verdenking-medewerker", "juf doet kind pijn": "verdenking-medewerker",
    "grensoverschrijdend gedrag sportvereniging": "verdenking-medewerker",
    "kind vertelt over misbruik": "seksueel-misbruik", "seksueel misbruik": "seksueel-misbruik",
    "huwelijksdwang": "eer-en-dwang", "meisje bang om uitgehuwelijkt te worden": "eer-en-dwang",
    "achterlating buitenland": "eer-en-dwang", "naaktfoto eerwraak": "eer-en-dwang",
    "leerling heeft een mes": "wapens", "leerling dreigt iemand neer te steken": "wapens",
    "dreigbericht school wapen foto": "wapens", "radicalisering": "radicalisering",
    "leerling met extremistische ideeën": "radicalisering", "sextortion": "online-leefwereld",
    "naaktfoto rondgestuurd": "online-leefwereld", "grooming": "online-leefwereld",
    "volwassene spreekt online af met kind": "online-leefwereld", "loverboy": "criminele-uitbuiting",
    "jongen wordt geronseld": "criminele-uitbuiting", "drugsrunner leerling": "criminele-uitbuiting",
}  # fmt: skip


def test_words_of_somebody_in_need_find_the_page_first(site: Path) -> None:
    found = dict(zip(TYPED, ours(site, list(TYPED)), strict=True))
    late = {asked: found[asked][:3] for asked, name in TYPED.items() if found[asked][:1] != [f"signaleren/{name}/"]}
    assert not late
