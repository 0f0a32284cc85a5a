"""Does everything that is named exist, and is it named once? In: Content. Out: faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, get_args

from handbook import model
from handbook.checks.content import (
    NODES,
    PARTNERS_FILE,
    RULES_FILE,
    SIGNALS_FILE,
    SOURCES_FILE,
    VOCABULARY_FILE,
    Content,
    Fault,
)
from handbook.model import (
    CaseQuestion,
    Claim,
    Condition,
    Conflict,
    DecisionTable,
    Derivation,
    Facet,
    Guide,
    Moment,
    Outcome,
    Path,
    Pieces,
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
    "vraag": "De vraag",
    "uitkomst": "De uitkomst",
    "interventie": "De interventie",
    "term": "Het begrip",
    "partner": "De partner",
    "regel": "De regel",
    "signaal": "Het signaal",
    "beschermend": "De beschermende factor",
    "keuzehulp": "De keuzehulp",
    "casus": "De casus",
}

MAX_VALUES = 200
_WITH_ID = (Claim, Conflict, Unknown, TargetGroup, Question, Split, Outcome)

_LOCAL = ("uitspraak", "knoop", "vraag", "uitkomst")

_LISTS_OF_THE_SCHEMA: dict[str, Any] = {
    "zekerheid": Claim.model_fields["zekerheid"].annotation,
    "aard": Claim.model_fields["aard"].annotation,
    "gelezen": model.Source.model_fields["gelezen"].annotation,
    "oordelen": model.Verdict,
    "keuzeoordelen": model.ChoiceVerdict,
    "vraagsoorten": model.QuestionKind,
    "uitzonderingen": model.Exemption,
    "deelbaar": model.MayShare,
}


def run(content: Content) -> Iterator[Fault]:
    """Yield unknown references, unknown values of facets, ids used twice and incomplete lists."""
    homes = {
        "bron": SOURCES_FILE,
        "kenmerk": VOCABULARY_FILE,
        "term": VOCABULARY_FILE,
        "interventie": "interventions",
        "partner": PARTNERS_FILE,
        "regel": RULES_FILE,
        "signaal": SIGNALS_FILE,
        "beschermend": SIGNALS_FILE,
        "keuzehulp": "guide/keuzehulp",
        "casus": "guide/casussen",
    }
    found = dict(content.pieces())
    named_lists = {kind for pieces in found.values() for _, kind, _ in pieces.references if kind.startswith("lijst:")}
    vocabulary_is_read = VOCABULARY_FILE not in content.failed
    absent = _absent_lists(content, named_lists) if vocabulary_is_read else []
    unread = {kind for kind, home in homes.items() if home in content.failed}
    unread |= {f"lijst:{name}" for name in (*absent, *content.broken.get("lijsten", ()))}
    unread |= set() if vocabulary_is_read else named_lists
    everywhere = _known_ids(content)
    for file, pieces in found.items():
        known = everywhere | _known_here(pieces)
        for path, kind, name in pieces.references:
            if (
                kind not in unread
                and name not in known[kind]
                and not (kind in _LOCAL and _may_name(pieces, kind, name))
            ):
                yield Fault(file, path, _unknown(kind, name, known[kind]), f"onbekend-{kind.split(':')[0]}")
        for path, part in pieces.parts:
            yield from _find_unknown_values(content, file, pieces.kind, path, part)
        yield from _find_doubles(file, pieces)
    if vocabulary_is_read:
        yield from _find_incomplete_lists(content, absent)
        yield from _find_wide_facets(content)


def _known_ids(content: Content) -> dict[str, Collection[str]]:
    known: dict[str, Collection[str]] = {
        "bron": content.ids("bronnen", content.sources),
        "kenmerk": content.ids("kenmerken", content.vocabulary.kenmerken),
        "term": content.ids("termen", content.vocabulary.termen),
        "interventie": content.intervention_ids,
        "partner": content.ids("partners", content.partners),
        "regel": content.ids("regels", content.rules),
        "signaal": content.ids("signalen", content.signals.signalen if content.signals else ()),
        "beschermend": content.ids("beschermend", content.signals.beschermend if content.signals else ()),
        "keuzehulp": content.guide_ids,
        "casus": content.case_ids,
    }
    return known | {f"lijst:{name}": options for name, options in content.vocabulary.lijsten.items()}


def _known_here(pieces: Pieces) -> dict[str, Collection[str]]:
    """What the references within a file may name."""
    claims = {claim.id for path, part in pieces.parts for _, claim in model.claims_in(part) if claim.id}
    blocks = {kind: list(pieces.entries(kind)) for kind in NODES}
    return {
        "uitspraak": claims,
        "knoop": [name for block in blocks.values() for name in block],
        "vraag": blocks["vragen"],
        "uitkomst": blocks["uitkomsten"],
    }


def _may_name(pieces: Pieces, kind: str, name: str) -> bool:
    """Whether what is wrong in a file may be what a name in it stands for."""
    ids = [text for place, text in pieces.texts.items() if place[-1] == "id"]
    nodes = [node for block in NODES for node in pieces.entries(block)]
    if not all(model.is_slug(named) for named in (*ids, *nodes)):
        return True
    return name in (pieces.texts.values() if kind == "uitspraak" else pieces.astray)


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    if kind.startswith("lijst:"):
        return f"'{name}' ken ik niet.{suggestion(name, known)}"
    return f"{_NAMES[kind]} '{name}' bestaat niet.{suggestion(name, known)}"


def _find_unknown_values(
    content: Content, file: str, kind: type[Record], place: Path, record: Record
) -> Iterator[Fault]:
    facets = content.vocabulary.kenmerken
    # Only guides fix facets, in blocks that are no records; elsewhere what cannot hold a condition is passed over.
    parts = model.parts_in(record, place) if kind is Guide else model.records_in(record, (Condition,), place)
    for path, part in parts:
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
        yield Fault(
            file, path, f"Dit kenmerk loopt van {facet.van} tot en met {facet.tot}. Blijf daarbinnen.", "verkeerde-eis"
        )


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
        remedy = "Geef 'van' en 'tot' in plaats van waarden." if "eisen" in path else "Haal het hier weg."
        yield Fault(file, path, f"Dit kenmerk is een getal. {remedy}", "verkeerde-eis")
        return
    for index, value in enumerate(values):
        if value not in facet.waarden:
            place = (*path, index, key) if key else (*path, index)
            message = f"De waarde '{value}' bestaat niet bij dit kenmerk.{suggestion(value, facet.waarden)}"
            yield Fault(file, place, message, "onbekende-waarde")


def _find_doubles(file: str, pieces: Pieces) -> Iterator[Fault]:
    named: list[tuple[Path, str]] = []
    for path, part in (found for place, piece in pieces.parts for found in model.records_in(piece, _WITH_ID, place)):
        if isinstance(part, Claim | Conflict | Unknown | TargetGroup) and part.id is not None:
            named.append(((*path, "id"), part.id))
        elif isinstance(part, Question | Split | DecisionTable | Outcome | Moment | CaseQuestion):
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


def _find_incomplete_lists(content: Content, absent: list[str]) -> Iterator[Fault]:
    present, broken = content.vocabulary.lijsten, content.broken.get("lijsten", ())
    for name, hint in _LISTS_OF_THE_SCHEMA.items():
        needed = set(get_args(hint))
        if name not in broken and needed != set(present.get(name, {})):
            message = f"De lijst '{name}' moet precies deze sleutels hebben: {', '.join(sorted(needed))}."
            yield Fault(VOCABULARY_FILE, ("lijsten", name), message, "lijst-onvolledig")
    for name in absent:
        message = f"De lijst '{name}' ontbreekt, maar records gebruiken haar. Zet haar terug."
        yield Fault(VOCABULARY_FILE, ("lijsten", name), message, "lijst-ontbreekt")


def _absent_lists(content: Content, kinds: Iterable[str]) -> list[str]:
    named = {kind.removeprefix("lijst:") for kind in kinds}
    return sorted(named - content.ids("lijsten", content.vocabulary.lijsten))


def _find_wide_facets(content: Content) -> Iterator[Fault]:
    for name, facet in content.vocabulary.kenmerken.items():
        if facet.van is not None and facet.tot is not None and facet.tot - facet.van >= MAX_VALUES:
            message = (
                f"Van {facet.van} tot en met {facet.tot} is te veel: hooguit {MAX_VALUES} waarden. Maak het kleiner."
            )
            yield Fault(VOCABULARY_FILE, ("kenmerken", name, "tot"), message, "bereik-te-groot")
