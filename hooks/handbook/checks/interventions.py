"""What must hold inside one intervention, beyond its shape. In: Content. Out: faults."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.checks.content import Content, Fault
from handbook.model import Change, Intervention, Path, Pieces, Recognition, Record, records_in
from handbook.verdict import decides, sourced_claims

NO_RECOGNITION = "geen-gevonden"


def run(content: Content) -> Iterator[Fault]:
    """Yield every fault inside an intervention."""
    for file, pieces in content.pieces():
        if pieces.kind is Intervention:
            for place, part in pieces.parts:
                yield from _find_bare_recognition(file, place, part)
            yield from _find_old_first(file, pieces)
    for name, intervention in content.interventions.items():
        yield from _find_idle_groups(f"interventions/{name}.yaml", intervention)


def _find_bare_recognition(file: str, place: Path, part: Record) -> Iterator[Fault]:
    for path, recognition in records_in(part, (Recognition,), place):
        if recognition.niveau != NO_RECOGNITION and (recognition.door is None or recognition.datum is None):
            message = "Vul 'door' en 'datum' in: welke commissie erkende dit, en wanneer?"
            yield Fault(file, path, message, "erkenning-zonder-datum")


def _find_old_first(file: str, pieces: Pieces) -> Iterator[Fault]:
    dates = [change.datum for place, part in pieces.parts for _, change in records_in(part, (Change,), place)]
    if dates != sorted(dates, reverse=True):
        yield Fault(file, ("wijzigingen",), "Zet de nieuwste wijziging bovenaan.", "wijzigingen-volgorde")


def _find_idle_groups(file: str, intervention: Intervention) -> Iterator[Fault]:
    """A group in which nothing decides would fit everybody."""
    certain = sourced_claims(intervention)
    for index, group in enumerate(intervention.doelgroepen):
        if not any(decides(criterion, certain) for criterion in group.criteria):
            message = (
                "Geen criterium in deze groep rust op een bron. Dan past iedereen. Voeg een criterium met een bron toe."
            )
            yield Fault(file, ("doelgroepen", index, "criteria"), message, "geen-beslissend-criterium")
