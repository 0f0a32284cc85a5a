"""Do the cases teach what the handbook says, and is everything that must be practised practised?

In: Content. Out: faults. What a case says as a whole is looked at when its references are right; all cases together
when none is wrong, and how often something is practised once the bank counts FULL_BANK cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import get_args

from handbook.checks.content import ASSESSMENT_FILE, SIGNALS_FILE, VOCABULARY_FILE, Content, Fault
from handbook.checks.examples import try_out
from handbook.model import Assessment, Case, CaseQuestion, Choice, Exemption, Path, Signal, records_in
from handbook.problems import suggestion

FULL_BANK = 12
MOST_CORE = 30
TIMES_PRACTISED = 2
TAKEN = ("alle-casussen", "toets")  # what stands beside the cases in trainen/exports/


def run(content: Content, sound: list[str], doubt: Mapping[str, Set[Path]]) -> Iterator[Fault]:
    """Yield every fault in the cases.

    `sound` names the guides that can be followed, `doubt` has by file the entries with another fault.
    """
    yield from _find_bad_questions(content)
    yield from _find_faults_in_assessment(content)
    for name in sorted(content.case_ids & set(TAKEN)):
        message = f"'{name}' is al de naam van een bestand om te downloaden. Geef deze casus een andere bestandsnaam."
        yield Fault(f"guide/casussen/{name}.yaml", (), message, "naam-bezet")
    signals = content.signals.signalen if content.signals is not None else {}
    yield from _find_too_many_core(signals)
    certain = {
        name: signal for name, signal in signals.items() if ("signalen", name) not in doubt.get(SIGNALS_FILE, ())
    }
    for name, case in content.cases.items():
        file = f"guide/casussen/{name}.yaml"
        wrong = {path[0] for path in doubt.get(file, ()) if path}
        if "momenten" not in wrong:
            for question_path, question in _questions(case):
                yield from _find_unseen_signals(file, question_path, question, case)
            yield from _find_unseen_decision(file, case)
        yield from _find_wrong_age(file, case, certain)
        yield from _find_weak_decision(file, case, signals)
        if "delen" not in wrong:
            yield from _find_sharing_without_guide(content, file, case)
        yield from _find_broken_routes(content, sound, file, case)
    if len(content.cases) >= FULL_BANK and not any(file.startswith("guide/casussen/") for file in content.failed):
        yield from _find_unpractised(content.cases, signals)


def _find_bad_questions(content: Content) -> Iterator[Fault]:
    for file, pieces in content.pieces():
        if pieces.kind in (Case, Assessment):
            for place, part in pieces.parts:
                for path, question in records_in(part, (CaseQuestion,), place):
                    yield from _find_bad_question(file, path, question)


def _find_faults_in_assessment(content: Content) -> Iterator[Fault]:
    assessment = content.assessment
    if assessment is None:
        return
    for name, item in assessment.uit_casussen.items():
        case = content.cases.get(item.casus)
        if case is not None and item.vraag not in case.questions:
            message = f"De casus heeft geen vraag '{item.vraag}'.{suggestion(item.vraag, case.questions)}"
            yield Fault(ASSESSMENT_FILE, ("uit_casussen", name, "vraag"), message, "onbekend-casusvraag")
        if name in assessment.vragen:
            message = f"De id '{name}' wordt in dit bestand al gebruikt. Kies een andere."
            yield Fault(ASSESSMENT_FILE, ("uit_casussen", name), message, "dubbele-id")
    if not 0 < assessment.norm <= assessment.total:
        message = f"De norm ligt tussen 1 en het aantal vragen: {assessment.total}. Verander haar."
        yield Fault(ASSESSMENT_FILE, ("norm",), message, "norm-buiten-bereik")


def practised_in(cases: Mapping[str, Case]) -> dict[str, list[str]]:
    """Per signal the cases that show it."""
    found: dict[str, list[str]] = {}
    for name, case in cases.items():
        for signal in case.shown:
            found.setdefault(signal, []).append(name)
    return found


def _questions(case: Case) -> Iterator[tuple[Path, CaseQuestion]]:
    for moment_id, moment in case.momenten.items():
        for name, question in moment.vragen.items():
            yield ("momenten", moment_id, "vragen", name), question


def _find_too_many_core(signals: Mapping[str, Signal]) -> Iterator[Fault]:
    core = [name for name, signal in signals.items() if signal.kern == "ja"]
    for name in core[MOST_CORE:]:
        message = f"Er zijn al {MOST_CORE} kernsignalen. Haal 'kern' hier weg, of bij een ander signaal."
        yield Fault(SIGNALS_FILE, ("signalen", name, "kern"), message, "te-veel-kern")


def _find_bad_question(file: str, path: Path, question: CaseQuestion) -> Iterator[Fault]:
    verdicts = [choice.oordeel for choice in question.keuzes.values()]
    if "passend" not in verdicts:
        message = "Geen keuze is passend. Geef minstens één keuze oordeel 'passend'."
        yield Fault(file, (*path, "keuzes"), message, "geen-passende-keuze")
    if set(verdicts) == {"passend"}:
        message = "Elke keuze is passend: dan valt er niets te kiezen. Voeg een keuze toe die niet past."
        yield Fault(file, (*path, "keuzes"), message, "alles-passend")
    for name, choice in question.keuzes.items():
        yield from _find_bad_choice(file, (*path, "keuzes", name), question, choice)


def _find_bad_choice(file: str, path: Path, question: CaseQuestion, choice: Choice) -> Iterator[Fault]:
    if choice.oordeel != "passend" and choice.lees is None:
        message = "Deze keuze past niet. Vul 'lees' in: welke pagina legt uit waarom?"
        yield Fault(file, path, message, "keuze-zonder-lees")
    names_one = choice.oordeel == "gemist" or (choice.oordeel == "overschat" and question.soort != "signaal")
    is_seen = choice.oordeel == "passend" and question.soort == "signaal"
    if (names_one or is_seen) and not choice.signalen:
        verb = {"gemist": "mist", "overschat": "overschat"}.get(choice.oordeel, "ziet")
        message = f"Welke signalen {verb} iemand die dit kiest? Vul 'signalen' in."
        yield Fault(file, path, message, "keuze-zonder-signaal")


def _find_unseen_signals(file: str, path: Path, question: CaseQuestion, case: Case) -> Iterator[Fault]:
    """Nobody can see or miss what the case has not shown by then."""
    shown: set[str] = set()
    for moment_id, moment in case.momenten.items():
        shown |= set(moment.signalen)
        if moment_id == path[1]:
            break
    for name, choice in question.keuzes.items():
        for index, signal in enumerate(choice.signalen):
            if choice.oordeel in ("passend", "gemist") and signal not in shown:
                message = (
                    f"Het signaal '{signal}' was tot hier niet te zien. Zet het bij 'signalen' van dit moment of een "
                    "eerder moment, of haal het hier weg."
                )
                yield Fault(file, (*path, "keuzes", name, "signalen", index), message, "signaal-niet-getoond")


def _find_wrong_age(file: str, case: Case, signals: Mapping[str, Signal]) -> Iterator[Fault]:
    for moment_id, moment in case.momenten.items():
        for index, name in enumerate(moment.signalen):
            if name in signals and case.groep not in signals[name].leeftijden:
                message = (
                    f"Dit signaal hoort in guide/signalen.yaml niet bij '{case.groep}'. Kies een ander signaal, of "
                    "vul daar de leeftijd aan."
                )
                place = ("momenten", moment_id, "signalen", index)
                yield Fault(file, place, message, "signaal-andere-leeftijd")


def _find_unseen_decision(file: str, case: Case) -> Iterator[Fault]:
    for index, name in enumerate(case.beslissend):
        if name not in case.shown:
            message = "Dit signaal staat bij geen enkel moment. Zet het daar ook bij, of haal het hier weg."
            yield Fault(file, ("beslissend", index), message, "signaal-niet-getoond")


def _find_weak_decision(file: str, case: Case, signals: Mapping[str, Signal]) -> Iterator[Fault]:
    if case.uitzondering is None and len(set(case.beslissend)) < 2:
        message = (
            "Eén signaal beslist nooit alleen. Noem er minstens twee die samen tellen, of vul 'uitzondering' in: "
            "acuut-gevaar of kind-vertelt."
        )
        yield Fault(file, ("beslissend",), message, "een-signaal-beslist")
    known = case.beslissend and all(name in signals for name in case.beslissend)
    if case.uitzondering is not None and known and not any(signals[name].acuut == "ja" for name in case.beslissend):
        message = (
            "Deze uitzondering geldt alleen bij een acuut signaal, en dat staat niet bij 'beslissend'. Zet het erbij, "
            "of haal 'uitzondering' weg."
        )
        yield Fault(file, ("uitzondering",), message, "uitzondering-niet-acuut")


def _find_sharing_without_guide(content: Content, file: str, case: Case) -> Iterator[Fault]:
    """What a case says about sharing is tried in the guide about sharing: the one with decision tables."""
    about_sharing = [name for name, guide in content.guides.items() if guide.beslistabellen]
    if about_sharing and not any(route.keuzehulp in about_sharing for route in case.delen.routes):
        message = (
            f"Geen route gaat door de keuzehulp over delen: {', '.join(about_sharing)}. Voeg er onder 'routes' een "
            "toe. Dan merk je het als casus en keuzehulp iets anders zeggen."
        )
        yield Fault(file, ("delen",), message, "delen-zonder-keuzehulp")


def _find_broken_routes(content: Content, sound: list[str], file: str, case: Case) -> Iterator[Fault]:
    for part, routes in (("delen", case.delen.routes), ("volgende_stap", case.volgende_stap.routes)):
        for index, route in enumerate(routes):
            if route.keuzehulp in sound:
                yield from try_out(content, file, (part, "routes", index), content.guides[route.keuzehulp], route)


def _find_unpractised(cases: Mapping[str, Case], signals: Mapping[str, Signal]) -> Iterator[Fault]:
    practised = practised_in(cases)
    for name, signal in signals.items():
        times = len(practised.get(name, ()))
        if signal.kern == "ja" and times < TIMES_PRACTISED:
            message = (
                f"Dit kernsignaal komt in {times} {'casus' if times == 1 else 'casussen'} voor; {TIMES_PRACTISED} is "
                "het minste. Zet het in nog een casus, of haal 'kern' weg."
            )
            yield Fault(SIGNALS_FILE, ("signalen", name, "kern"), message, "kern-niet-geoefend")
    practised_exemptions = {case.uitzondering for case in cases.values()}
    for exemption in get_args(Exemption):
        if exemption not in practised_exemptions:
            message = "Geen enkele casus oefent deze uitzondering. Voeg er een toe met deze 'uitzondering'."
            yield Fault(
                VOCABULARY_FILE, ("lijsten", "uitzonderingen", exemption), message, "uitzondering-niet-geoefend"
            )
