"""What must hold inside one intervention, beyond its shape. In: Content. Out: faults."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.checks.content import Content, Fault
from handbook.model import Intervention
from handbook.verdict import decides, sourced_claims

NO_RECOGNITION = "geen-gevonden"


def run(content: Content) -> Iterator[Fault]:
    """Yield every fault inside an intervention."""
    for name, intervention in content.interventions.items():
        file = f"interventions/{name}.yaml"
        yield from _find_bare_recognition(file, intervention)
        yield from _find_idle_groups(file, intervention)
        dates = [change.datum for change in intervention.wijzigingen]
        if dates != sorted(dates, reverse=True):
            yield Fault(file, ("wijzigingen",), "Zet de nieuwste wijziging bovenaan.", "wijzigingen-volgorde")


def _find_bare_recognition(file: str, intervention: Intervention) -> Iterator[Fault]:
    recognition = intervention.erkenning
    if recognition.niveau != NO_RECOGNITION and (recognition.door is None or recognition.datum is None):
        message = "Vul 'door' en 'datum' in: welke commissie erkende dit, en wanneer?"
        yield Fault(file, ("erkenning",), message, "erkenning-zonder-datum")


def _find_idle_groups(file: str, intervention: Intervention) -> Iterator[Fault]:
    """A group in which nothing decides would fit everybody."""
    certain = sourced_claims(intervention)
    for index, group in enumerate(intervention.doelgroepen):
        if not any(decides(criterion, certain) for criterion in group.criteria):
            message = (
                "Geen criterium in deze groep rust op een bron. Dan past iedereen. Voeg een criterium met een bron toe."
            )
            yield Fault(file, ("doelgroepen", index, "criteria"), message, "geen-beslissend-criterium")
