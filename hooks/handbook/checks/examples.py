"""Do the worked examples come out as they say, and do they show every verdict? In: Content. Out: faults.

Those of the guides themselves, and the routes through a guide that a case claims (`checks.cases`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from handbook.checks.content import SOURCES_FILE, Content, Fault
from handbook.model import GEEN_VAN_DEZE, WEET_NIET, Example, Guide, Path, Question, WorkedRoute
from handbook.problems import suggestion
from handbook.verdict import judge
from handbook.walk import Given, follow

VERDICTS = ("past", "onzeker", "past-niet")


def run(content: Content, sound: list[str]) -> Iterator[Fault]:
    """Yield examples that fail, and interventions that do not show all three verdicts.

    `sound` names the guides whose structure is right: the others cannot be followed.
    """
    shown: dict[str, set[str]] = defaultdict(set)
    for name in sound:
        guide = content.guides[name]
        for example_id, example in guide.voorbeelden.items():
            yield from try_out(content, f"guide/keuzehulp/{name}.yaml", ("voorbeelden", example_id), guide, example)
            if guide.toont_interventies == "ja":
                for intervention, verdict in example.oordelen.items():
                    shown[intervention].add(verdict)
    if set(sound) == set(content.guides) and not content.failed - {SOURCES_FILE}:
        yield from _find_unshown(content, shown)


def find_wrong_answers(file: str, guide: Guide) -> Iterator[Fault]:
    """Yield answers of examples that a question does not have, in a guide that cannot be followed."""
    for name, example in guide.voorbeelden.items():
        for question, value in example.antwoorden.items():
            message = _wrong_answer(guide, question, value) if question in guide.vragen else ""
            if message:
                yield Fault(file, ("voorbeelden", name, "antwoorden", question), message, "voorbeeld-antwoord")


def given_answers(example: Example | WorkedRoute) -> dict[str, Given]:
    """The answers of an example in the form that `walk` takes."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in example.antwoorden.items()}


def try_out(content: Content, file: str, place: Path, guide: Guide, example: Example | WorkedRoute) -> Iterator[Fault]:
    """Follow an example through a sound guide; yield where it does not come out as it says."""
    wrong = [
        Fault(file, (*place, "antwoorden", question), message, "voorbeeld-antwoord")
        for question, value in example.antwoorden.items()
        if (message := _wrong_answer(guide, question, value))
    ]
    if wrong:
        yield from wrong
        return
    route = follow(guide, content.vocabulary.kenmerken, given_answers(example))
    passed = {question for question, _ in route.steps}
    for question in example.antwoorden:
        if question not in passed:
            message = f"De vraag '{question}' komt op deze route niet voor. Haal het antwoord weg."
            yield Fault(file, (*place, "antwoorden", question), message, "voorbeeld-antwoord")
    if route.node != example.uitkomst:
        if route.node in guide.vragen:
            message = f"Dit voorbeeld stopt bij de vraag '{route.node}'. Geef daar ook een antwoord."
        else:
            message = f"Dit voorbeeld komt uit bij '{route.node}', niet bij '{example.uitkomst}'. Verander er één van."
        yield Fault(file, (*place, "uitkomst"), message, "voorbeeld-uitkomst")
        return
    promised = example.afgeleid if isinstance(example, Example) else {}
    for facet, values in promised.items():
        derived = route.facts[facet] if facet in guide.afleidingen else frozenset()
        if derived != frozenset(values):
            shown = ", ".join(sorted(map(str, derived))) or "niets"
            message = f"De tabel geeft hier {shown}. Klopt het voorbeeld, of is de tabel veranderd?"
            yield Fault(file, (*place, "afgeleid", facet), message, "voorbeeld-afleiding")
    for intervention, expected in example.oordelen.items():
        if intervention not in content.interventions:
            continue  # its own file has a problem already
        found = judge(content.interventions[intervention], route.facts, content.vocabulary.kenmerken).verdict
        if found != expected:
            message = (
                f"Het oordeel is '{found}', niet '{expected}'. Klopt het voorbeeld, of is een criterium veranderd?"
            )
            yield Fault(file, (*place, "oordelen", intervention), message, "voorbeeld-oordeel")


def _wrong_answer(guide: Guide, name: str, value: object) -> str:
    question = guide.vragen.get(name)
    if question is None:
        return f"'{name}' is geen vraag.{suggestion(name, guide.vragen)}"
    if value == WEET_NIET:
        return ""
    if question.routes:
        inside = isinstance(value, int) and any(route.van <= value <= route.tot for route in question.routes)
        return "" if inside else f"'{value}' kan hier niet. Geef een getal dat bij de vraag hoort, of {WEET_NIET}."
    if (question.meerkeuze == "ja") != isinstance(value, list):
        return (
            "Geef een lijst met antwoorden, ook als het er één is."
            if question.meerkeuze == "ja"
            else "Geef één antwoord, geen lijst."
        )
    for option in value if isinstance(value, list) else [value]:
        if option not in _options(question):
            return f"Het antwoord '{option}' bestaat niet bij deze vraag.{suggestion(str(option), _options(question))}"
    if isinstance(value, list) and GEEN_VAN_DEZE in value and len(value) > 1:
        return f"'{GEEN_VAN_DEZE}' staat altijd alleen. Haal het weg, of de andere antwoorden."
    return ""


def _options(question: Question) -> list[str]:
    return [*question.antwoorden, *([GEEN_VAN_DEZE] if question.geen_van_deze else [])]


def _find_unshown(content: Content, shown: dict[str, set[str]]) -> Iterator[Fault]:
    for name, intervention in content.interventions.items():
        file = f"interventions/{name}.yaml"
        missing = [verdict for verdict in VERDICTS if verdict not in shown[name]]
        if missing and intervention.niet_in_keuzehulp is None:
            message = (
                f"Geen voorbeeld in een keuzehulp laat voor deze interventie zien: {', '.join(missing)}. Voeg een "
                "voorbeeld toe, of vul 'niet_in_keuzehulp' in met de reden."
            )
            yield Fault(file, ("doelgroepen",), message, "oordeel-niet-geoefend")
        if not missing and intervention.niet_in_keuzehulp is not None:
            message = "Deze uitzondering is niet meer nodig: alle oordelen komen voor. Haal de regel weg."
            yield Fault(file, ("niet_in_keuzehulp",), message, "uitzondering-overbodig")
