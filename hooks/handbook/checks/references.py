"""Does everything that is named exist, and is it named once? In: Content. Out: faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from handbook import model
from handbook.checks.content import Content, Fault
from handbook.model import (
    Claim,
    Condition,
    Conflict,
    DecisionTable,
    Derivation,
    Facet,
    Guide,
    Intervention,
    Outcome,
    Path,
    Question,
    Record,
    Split,
    TargetGroup,
    Unknown,
)
from handbook.problems import suggestion

_NAMES = {
    "bron": "De bron",
    "kenmerk": "Het kenmerk",
    "uitspraak": "De uitspraak",
    "knoop": "De vraag, splitsing of uitkomst",
    "interventie": "De interventie",
    "term": "Het begrip",
    "partner": "De partner",
    "regel": "De regel",
}

_LISTS_OF_THE_SCHEMA: dict[str, Any] = {
    "zekerheid": Claim.model_fields["zekerheid"].annotation,
    "aard": Claim.model_fields["aard"].annotation,
    "gelezen": model.Source.model_fields["gelezen"].annotation,
    "oordelen": model.Verdict,
}


def run(content: Content) -> Iterator[Fault]:
    """Yield unknown references, unknown values of facets, ids used twice and incomplete lists."""
    for file, record in content.records():
        known = _known_ids(content, record)
        for path, kind, name in model.references_in(record):
            if name not in known.get(kind, ()):
                yield Fault(file, path, _unknown(kind, name, known.get(kind, ())), f"onbekend-{kind.split(':')[0]}")
        yield from _find_unknown_values(content, file, record)
        yield from _find_doubles(file, record)
    yield from _find_incomplete_lists(content)


def _known_ids(content: Content, record: Record) -> dict[str, Iterable[str]]:
    known: dict[str, Iterable[str]] = {
        "bron": content.sources,
        "kenmerk": content.vocabulary.kenmerken,
        "term": content.vocabulary.termen,
        "interventie": content.intervention_ids,
        "partner": content.partners,
        "regel": content.rules,
    }
    known |= {f"lijst:{name}": options for name, options in content.vocabulary.lijsten.items()}
    if isinstance(record, Intervention):
        known["uitspraak"] = {claim.id for _, claim in model.claims_in(record) if claim.id}
    if isinstance(record, Guide):
        known["knoop"] = {*record.vragen, *record.splitsingen, *record.beslistabellen, *record.uitkomsten}
    return known


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    if kind.startswith("lijst:"):
        return f"'{name}' ken ik niet.{suggestion(name, known)}"
    return f"{_NAMES[kind]} '{name}' bestaat niet.{suggestion(name, known)}"


def _find_unknown_values(content: Content, file: str, record: Record) -> Iterator[Fault]:
    facets = content.vocabulary.kenmerken
    for path, part in model.parts_in(record):
        if isinstance(part, Condition):
            yield from _wrong_condition(file, path, part, facets.get(str(path[-1])))
        elif isinstance(part, Derivation):
            yield from _wrong_values(
                file, (*path, "rijen"), facets.get(str(path[-1])), [row.geeft for row in part.rijen], "geeft"
            )
        elif isinstance(part, Split):
            yield from _wrong_split(file, path, part, facets.get(part.kenmerk))
        elif isinstance(part, dict) and path and path[-1] in ("legt_vast", "als"):
            for name, values in part.items():
                yield from _wrong_values(file, (*path, name), facets.get(name), values)


def _wrong_condition(file: str, path: Path, condition: Condition, facet: Facet | None) -> Iterator[Fault]:
    if facet is None:
        return
    if condition.waarden is not None:
        yield from _wrong_values(file, (*path, "waarden"), facet, condition.waarden)
    elif facet.van is None or facet.tot is None:
        yield Fault(
            file, path, "Dit kenmerk is een keuze. Geef 'waarden' in plaats van 'van' en 'tot'.", "verkeerde-eis"
        )
    elif not all(facet.van <= bound <= facet.tot for bound in (condition.van, condition.tot) if bound is not None):
        yield Fault(file, path, f"Dit kenmerk loopt van {facet.van} tot en met {facet.tot}.", "verkeerde-eis")


def _wrong_split(file: str, path: Path, split: Split, facet: Facet | None) -> Iterator[Fault]:
    for index, choice in enumerate(split.keuzes):
        yield from _wrong_values(file, (*path, "keuzes", index, "waarden"), facet, choice.waarden)
    if split.een_van is not None:
        yield from _wrong_values(file, (*path, "een_van", "waarden"), facet, split.een_van.waarden)


def _wrong_values(
    file: str, path: Path, facet: Facet | None, values: Iterable[str], key: str | None = None
) -> Iterator[Fault]:
    if facet is None:
        return
    if facet.soort == "geheel_getal":
        yield Fault(file, path, "Dit kenmerk is een getal. Geef 'van' en 'tot' in plaats van waarden.", "verkeerde-eis")
        return
    for index, value in enumerate(values):
        if value not in facet.waarden:
            place = (*path, index, key) if key else (*path, index)
            message = f"De waarde '{value}' bestaat niet bij dit kenmerk.{suggestion(value, facet.waarden)}"
            yield Fault(file, place, message, "onbekende-waarde")


def _find_doubles(file: str, record: Record) -> Iterator[Fault]:
    named: list[tuple[Path, str]] = []
    for path, part in model.parts_in(record):
        if isinstance(part, Claim | Conflict | Unknown | TargetGroup) and part.id is not None:
            named.append(((*path, "id"), part.id))
        elif isinstance(part, Question | Split | DecisionTable | Outcome):
            named.append((path, str(path[-1])))
        if isinstance(part, TargetGroup):
            yield from _doubles(file, [((*path, "criteria", i, "id"), c.id) for i, c in enumerate(part.criteria)])
    yield from _doubles(file, named)


def _doubles(file: str, named: list[tuple[Path, str]]) -> Iterator[Fault]:
    counts: Mapping[str, int] = Counter(name for _, name in named)
    seen: set[str] = set()
    for path, name in named:
        if counts[name] > 1 and name in seen:
            yield Fault(file, path, f"De id '{name}' wordt in dit bestand al gebruikt. Kies een andere.", "dubbele-id")
        seen.add(name)


def _find_incomplete_lists(content: Content) -> Iterator[Fault]:
    for name, hint in _LISTS_OF_THE_SCHEMA.items():
        needed = set(get_args(hint))
        present = set(content.vocabulary.lijsten.get(name, {}))
        if needed != present:
            message = f"De lijst '{name}' moet precies deze sleutels hebben: {', '.join(sorted(needed))}."
            yield Fault("guide/begrippen.yaml", ("lijsten", name), message, "lijst-onvolledig")
