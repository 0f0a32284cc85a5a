"""The page of a profession: its answer and one first step on top, the limit before the advice, and safe to follow."""

import re
from pathlib import Path

import pytest

from handbook import pages
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Claim, Partner, claims_in

ROOT = Path(__file__).parent.parent.parent
READ = Path(__file__).parent / "gelezen-op-veiligheid.md"
PARTS = ("wat-je-ziet", "vandaag", "wie-je-belt", "delen")
ADVICE = ("kern", "vandaag", "wie_je_belt", "delen")


def said(partner: Partner, *parts: str) -> list[str]:
    """What the page of a profession says, in these parts, in the order of the page."""
    return [item.tekst for part in parts or ADVICE for item in getattr(partner, part) if isinstance(item, Claim)]


def text(base: KnowledgeBase, name: str, *parts: str) -> str:
    partner = base.partners[name]
    return "\n".join([*said(partner, *parts), *([partner.eerste_stap.tekst] if not parts else [])])


def claim(base: KnowledgeBase, name: str, words: str) -> Claim:
    """The one claim of a profession that says these words."""
    found = [item for _, item in claims_in(base.partners[name]) if re.search(words, item.tekst)]
    assert len(found) == 1, (name, words, [item.tekst for item in found])
    return found[0]


def sources(item: Claim) -> set[str]:
    return {citation.bron for citation in item.bronnen}


# --- the core answer ---------------------------------------------------------------------------------------


def test_every_profession_opens_with_its_answer_and_one_first_step(real_base: KnowledgeBase) -> None:
    for name, partner in real_base.partners.items():
        assert 3 <= len(partner.kern) <= 5, name
        step = partner.eerste_stap.tekst
        assert re.fullmatch(r"[^.?!]+\.", step), f"{name}: the first step is one sentence: {step}"
        assert len(step.split()) <= 20, name


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [
        ("wijkagent", r"onder de twaalf wordt niet vervolgd en krijgt geen Halt", r"Wat er voor zo'n kind wel is"),
        ("wijkagent", r"alleen als je een artikel kunt noemen", r"wijs ouders op vrijwillige hulp"),
        ("wijkagent", r"winkelier vertel je niets", r"aangifte mag doen"),
        ("leerkracht", r"Buiten de school noem je een naam pas", r"Binnen de school mag je een zorg met naam"),
        ("leerkracht", r"Beloof een kind of ouder dus nog niets", r"Is die hulp jeugdhulp\? Onder de twaalf"),
        ("jongerenwerker", r"Beloof een jongere nooit", r"Van twaalf tot en met vijftien vraag je in de praktijk"),
        (
            "jongerenwerker",
            r"Vraag je werkgever of jouw werk jeugdhulp is",
            r"zonder ja van de ouders",
        ),
        (
            "boa",
            r"Aan een school, wijkteam of jongerenwerker geef je zelf geen",
            r"Met de wijkagent mag je",
        ),
        ("ondernemer", r"Hang geen foto of lijst met kinderen op", r"Aangifte doen mag wel"),
        ("halt", r"Onder de twaalf bestaat geen Halt-straf", r"Praat met jongere en ouders"),
        ("leerplichtambtenaar", r"Wacht dan niet op zestien uur", r"moet jou alles geven"),
    ],
)
def test_the_limit_stands_before_the_advice(real_base: KnowledgeBase, name: str, first: str, then: str) -> None:
    """Readers met the advice two screens before the limit that holds for it."""
    page = text(real_base, name)
    limit, advice = re.search(first, page), re.search(then, page)
    assert limit, (name, first)
    assert advice, (name, then)
    assert limit.start() < advice.start()


def test_help_at_school_is_found_by_where_it_works(real_base: KnowledgeBase) -> None:
    assert "interventies/dekking/#leefdomein" in {tip.pagina for tip in real_base.partners["leerkracht"].lezen}


@pytest.mark.parametrize("name", ["jongerenwerker", "jeugd-en-gezinscoach", "welzijn", "schoolmaatschappelijk-werk"])
def test_prevention_is_asked_about_and_never_told_flat(real_base: KnowledgeBase, name: str) -> None:
    page = text(real_base, name)
    assert re.search(r"Vraag je werkgever of jouw (werk|hulp) jeugdhulp is", page)
    assert not re.search(r"preventie (hoort|is) (daar niet bij|geen jeugdhulp)", page, re.IGNORECASE)


def test_a_club_and_its_volunteer_are_sent_to_the_same_person(real_base: KnowledgeBase) -> None:
    """One page sent a trainer to the wijkteam, the other to the coordinator."""
    club, volunteer = real_base.partners["sportclub"], real_base.partners["vrijwilliger"]
    assert club.eerste_stap.tekst == volunteer.eerste_stap.tekst
    assert "heeft aangewezen" in club.eerste_stap.tekst
    for partner in (club, volunteer):
        calls = "\n".join(said(partner, "wie_je_belt"))
        assert not re.search(r"Bel (eerst )?(het wijkteam|je coördinator)", calls)
        assert re.search(r"Is die persoon er niet, .* Veilig Thuis", calls)


# --- danger ------------------------------------------------------------------------------------------------


def test_every_profession_names_the_numbers_and_what_they_are_for(real_base: KnowledgeBase) -> None:
    for name in real_base.partners:
        calls = text(real_base, name, "wie_je_belt")
        assert re.search(r"zelfmoord\? Blijf erbij en bel 113", calls), name
        assert re.search(r"112.*(wapen|zoek)|(wapen|zoek).*112", calls), name
        assert "0800-2000" in calls or "0800-2000" in text(real_base, name, "kern"), name


@pytest.mark.parametrize(
    ("name", "duty", "needs", "law"),
    [
        ("leerkracht", r"seksueel misdrijf .* schoolbestuur", r"vertrouwensinspecteur", {"wpo", "wvo-2020", "wec"}),
        (
            "bso",
            r"seksueel misbruikt\? Meld dat dan meteen bij je houder",
            r"0900-1113111",
            {"wet-kinderopvang"},
        ),
        ("sportclub", r"Instituut Sportrechtspraak", r"Praat niet zelf met een trainer", {"cvsn-meldplicht"}),
        (
            "vrijwilliger",
            r"iemand van je eigen organisatie",
            r"Gaat het over het bestuur",
            {"scouting-melding-behandelen"},
        ),
    ],
)
def test_abuse_by_somebody_of_the_own_organisation(
    real_base: KnowledgeBase, name: str, duty: str, needs: str, law: set[str]
) -> None:
    """The meldcode alone is false comfort when it is a colleague: the acts ask for another way, at once."""
    assert law <= sources(claim(real_base, name, duty))
    page = text(real_base, name)
    assert re.search(needs, page)
    assert re.search(r"[Pp]raat (er dan )?niet zelf met|vertrouwensinspecteur", page)


def test_everybody_may_report_with_a_name(real_base: KnowledgeBase) -> None:
    """A volunteer was told to give no name to anybody, on three articles that say no such thing."""
    for name in ("vrijwilliger", "sportclub", "ondernemer", "bso"):
        found = claim(real_base, name, r"Iedereen mag .*met naam")
        assert {"rvdk-zorgen-over-een-kind", "wmo-2015"} <= sources(found), name
    volunteer = real_base.partners["vrijwilliger"]
    assert "Geef geen naam door aan anderen buiten je organisatie" not in text(real_base, "vrijwilliger")
    asked = [item for _, item in claims_in(volunteer) if "buiten je club of organisatie" in item.tekst]
    assert asked
    assert not sources(asked[0]) & {"jeugdwet", "wmo-2015", "bw-boek-1"}


def test_aangifte_is_open_to_everyone_and_a_duty_for_the_worst(real_base: KnowledgeBase) -> None:
    for name in ("leerkracht", "bso", "sportclub", "vrijwilliger", "ondernemer", "welzijn"):
        found = [item for _, item in claims_in(real_base.partners[name]) if "angifte doen" in item.tekst]
        assert any("wetboek-van-strafvordering" in sources(item) for item in found), name
        assert "moet iedereen dat meteen" in text(real_base, name), name


REFUSAL = r"([Zz]eggen (ouders|zij) nee|nee van ouders|zegt een ouder nee|[Ww]illen ouders geen)"


def test_a_refusal_never_ends_in_silence(real_base: KnowledgeBase) -> None:
    """Where consent is asked, a parent's no with a child in danger leads to Veilig Thuis or 112."""
    for name in real_base.partners:
        if name in {"veilig-thuis", "ondernemer", "gemeente-regie"}:  # these ask no parent
            continue
        found = [line for line in said(real_base.partners[name]) if re.search(REFUSAL, line)]
        assert found, name
        assert any("Veilig Thuis" in line for line in found), name


def test_nobody_is_told_to_talk_to_parents_without_asking_whether_it_is_safe(real_base: KnowledgeBase) -> None:
    talk = r"\b([Pp]raat|[Vv]ertel|[Bb]espreek|[Vv]raag)\b[^.?]*\b(ouders?|gezin)\b"
    for name, partner in real_base.partners.items():
        for line in said(partner, "vandaag"):
            if re.search(talk, line):
                assert re.search(r"veilig", line), f"{name}: {line}"


def test_asking_whether_something_may_never_holds_up_help(real_base: KnowledgeBase) -> None:
    for name in real_base.partners:
        for line in said(real_base.partners[name], "delen"):
            if "Vraag eerst" in line and "functionaris" in line and "keten" not in line:
                assert "wacht daar dan niet op" in line, f"{name}: {line}"


# --- what was wrong ----------------------------------------------------------------------------------------


def test_a_boa_falls_under_the_law_on_police_data(real_base: KnowledgeBase) -> None:
    found = claim(real_base, "boa", r"Werk je aan opsporing\?")
    assert {"wpg", "besluit-politiegegevens-boa"} <= sources(found)
    assert found.zekerheid == "bron"
    assert {"wpg", "besluit-politiegegevens-boa"} <= sources(claim(real_base, "boa", r"Met de wijkagent"))


@pytest.mark.parametrize("name", ["leerplichtambtenaar", "boa", "raad-voor-de-kinderbescherming"])
def test_the_secrecy_of_an_official_names_its_act(real_base: KnowledgeBase, name: str) -> None:
    """In print three times: "in which act it stands, we did not look up"."""
    found = claim(real_base, name, r"wat vertrouwelijk is, houd je geheim|Wat vertrouwelijk is")
    assert "awb" in sources(found)
    assert any("2:5" in citation.plaats for citation in found.bronnen)
    assert "niet nagelopen" not in text(real_base, name)


def test_within_the_own_school_a_name_may_be_said(real_base: KnowledgeBase) -> None:
    today = text(real_base, "leerkracht", "vandaag")
    assert "eerst zonder naam" not in today
    assert re.search(r"Met de zorgcoördinator van je school praat je met naam", today)
    assert "avg" in sources(claim(real_base, "leerkracht", r"Binnen de school mag je"))
    assert "eerst zonder naam" not in text(real_base, "schoolmaatschappelijk-werk", "vandaag")


def test_our_own_advice_to_the_gi_is_marked_as_ours(real_base: KnowledgeBase) -> None:
    found = claim(real_base, "gecertificeerde-instelling", r"vraag school, jongerenwerk en wijkagent")
    assert "radar-gouden-combinatie" not in sources(found)
    assert found.zekerheid == "afgeleid"


def test_absence_goes_to_the_register(real_base: KnowledgeBase) -> None:
    found = claim(real_base, "leerplichtambtenaar", r"zestien uur zonder geldige reden")
    assert "wet-register-onderwijsdeelnemers" in sources(found)
    assert "landelijke register" in found.tekst


def test_a_claim_expires_when_its_own_source_does(real_base: KnowledgeBase) -> None:
    """Claims on clubs and volunteers fell due with a change of the Jeugdwet that says nothing about them."""
    for name in ("sportclub", "vrijwilliger", "jongerenwerker"):
        for _, item in claims_in(real_base.partners[name]):
            if item.herzien_voor is not None and item.herzien_voor.isoformat() == "2027-01-01":
                assert "verwijsindex" in item.tekst, f"{name}: {item.tekst}"
    days = {item.herzien_voor for partner in real_base.partners.values() for _, item in claims_in(partner)}
    assert len(days) > 60


def test_the_same_sentence_falls_due_on_one_day(real_base: KnowledgeBase) -> None:
    """It is looked up once; the check of moved dates compares statements by their words."""
    due: dict[str, set[object]] = {}
    for partner in real_base.partners.values():
        for _, item in claims_in(partner):
            due.setdefault(item.tekst, set()).add((item.bekeken_op, item.herzien_voor))
    assert not {sentence: days for sentence, days in due.items() if len(days) > 1}


# --- words, and who read them ------------------------------------------------------------------------------

BOOKISH = [
    r"in beginsel", r"[Dd]enk dubbel", r"\braad\b(?! voor de)", r"repareert", r"geldt zij", r"of zij bij jullie",
    r"Wat (er )?.* hoeft hier niet",
]  # fmt: skip


def test_plain_words(real_base: KnowledgeBase) -> None:
    for name, partner in real_base.partners.items():
        for _, item in claims_in(partner):
            assert not [phrase for phrase in BOOKISH if re.search(phrase, item.tekst)], f"{name}: {item.tekst}"


def test_every_line_was_read_for_safety(real_base: KnowledgeBase) -> None:
    """A new or changed line is read with "and if this family is not safe?" before it gets its row."""
    part = READ.read_text(encoding="utf-8").split("\n## Beroepen\n")[1].split("\n## ")[0]
    rows = re.findall(
        r"^\| `guide/partners\.yaml`: ([^|]+) \| ([^|]+) \| (veilig|aangepast) \| ([^|]+) \|$", part, re.M
    )
    read = {sentence for _, sentence, _, _ in rows}
    lines = {line for partner in real_base.partners.values() for line in said(partner)}
    lines |= {partner.eerste_stap.tekst for partner in real_base.partners.values()}
    assert lines - read == set()
    assert read - lines == set()


# --- the page itself ---------------------------------------------------------------------------------------


def test_the_page_answers_first_and_folds_where_it_stands(real_base: KnowledgeBase, root: Path, build: Build) -> None:
    found = {page.path: page.markdown for page in pages.everything(real_base, build, root / "docs")}
    for name in real_base.partners:
        page = found[f"beroepen/{name}.md"]
        order = ["{: #kern }", "**Je eerste stap:**", *(f"{{: #{part} }}" for part in PARTS)]
        places = [page.index(mark) for mark in order]
        assert places == sorted(places), name
        assert all(line.startswith("    ") for line in page.splitlines() if 'class="ve-source"' in line), name


def test_a_card_names_the_first_step_and_asks_whether_talking_is_safe(
    real_base: KnowledgeBase, root: Path, build: Build
) -> None:
    found = {page.path: page.markdown for page in pages.everything(real_base, build, root / "docs")}
    cards = [name for name in real_base.partners if f"kaarten/signalenkaart-{name}.md" in found]
    assert len(cards) > 12
    for name in cards:
        card = found[f"kaarten/signalenkaart-{name}.md"]
        assert "**Je eerste stap:**" in card, name
        assert "met de ouders als dat veilig is" in card, name
        if "{: #acuut }" in card:
            assert "bel 113" in card, name
