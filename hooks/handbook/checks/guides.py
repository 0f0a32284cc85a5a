"""Is a guide whole: no gap, no overlap, no dead end, no contradiction? In: one guide. Out: faults.

Structure comes first; the walk over all states runs only on a guide whose structure is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from handbook import model
from handbook.checks import decision_tables, derivations
from handbook.checks.content import NODES, Content, Fault, Found, number_first
from handbook.model import GEEN_VAN_DEZE, WEET_NIET, Facet, Guide, Path, Pieces, Question, Split
from handbook.verdict import all_values
from handbook.walk import StateSpace, fixed_twice, targets

_ENTRIES = (*NODES, "afleidingen")


def run(content: Content, file: str, guide: Guide) -> Iterator[Fault]:
    """Yield every fault in one guide."""
    found = find_structural(content, file, guide)
    yield from found
    if not found:
        yield from _in_file(file, _find_contradictions(content, guide))


def find_structural(content: Content, file: str, guide: Guide) -> list[Fault]:
    """List every fault that shows without walking the states."""
    return [*find_local(content, file, guide), *_in_file(file, _find_unreachable(guide))]


def find_local(content: Content, file: str, guide: Guide) -> Iterator[Fault]:
    """Yield every fault that does not depend on the rest of the guide: that may be there only in part."""
    found = list(_find_misshapen(content, guide))
    misshapen = {path[:2] for path, _, _ in found}
    found += [fault for fault in _find_gaps(content, guide) if fault[0][:2] not in misshapen]
    tests = (
        derivations.find_faults,
        decision_tables.find_faults,
        _find_dead_ends,
        _find_unsafe,
        _find_named_interventions,
    )
    for check in tests:
        found += check(content, guide)
    return _in_file(file, found)


def without(guide: Guide, doubt: Set[Path]) -> Guide:
    """The guide without what stands at these places, or elsewhere under the same name."""
    names = {path[1] for path in doubt if len(path) == 2 and path[0] in _ENTRIES}
    kept = {
        kind: {name: entry for name, entry in getattr(guide, kind).items() if name not in names} for kind in _ENTRIES
    }
    return guide.model_copy(update=kept)


def made_of(pieces: Pieces) -> Guide:
    """The guide, or what is right of one that does not fit."""
    kept: dict[str, Any] = {kind: {} for kind in (*_ENTRIES, "voorbeelden")}
    for path, part in pieces.parts:
        if isinstance(part, Guide):
            return part
        if len(path) == 2 and path[0] in kept:
            kept[str(path[0])][str(path[1])] = part
    return Guide.model_construct(start="", **kept)


def find_unmentioned(file: str, pieces: Pieces) -> Iterator[Fault]:
    """Yield what nothing leads to in a guide with another fault, unless a wrong name may stand for it."""
    nodes = {name: kind for kind in NODES for name in pieces.entries(kind)}
    named = [(path, name) for path, kind, name in pieces.references if kind == "knoop" and path[0] != "voorbeelden"]
    if any(name not in nodes for _, name in named):
        return
    named += ((path, text) for path, text in pieces.texts.items() if path)
    left, before = set(nodes), None
    while left != before:
        before = left
        left = left & {name for path, name in named if path[0] not in NODES or path[1] in before}
    for name in nodes.keys() - left:
        message = f"Niets leidt naar '{name}'. Laat er een antwoord heen leiden of haal het weg."
        yield Fault(file, (nodes[name], name), message, "onbereikbaar")


def _in_file(file: str, found: Iterable[Found]) -> Iterator[Fault]:
    return (Fault(file, path, message, rule) for path, message, rule in found)


def _find_misshapen(content: Content, guide: Guide) -> Iterator[Found]:
    for name, question in guide.vragen.items():
        place: Path = ("vragen", name)
        facet = content.vocabulary.kenmerken.get(question.kenmerk) if question.kenmerk else None
        for part, fault in _wrong_shape(question, facet):
            yield (*place, *part), fault, "vraag-vorm"
        if facet is not None:
            yield from _find_misnamed_answers(place, question, facet)
    for name, split in guide.splitsingen.items():
        facet = content.vocabulary.kenmerken[split.kenmerk]
        used = {
            "geheel_getal": bool(split.getallen),
            "keuze": bool(split.keuzes),
            "meerkeuze": split.een_van is not None and split.anders is not None,
        }
        if (
            not used[facet.soort]
            or sum((bool(split.getallen), bool(split.keuzes), bool(split.een_van or split.anders))) != 1
        ):
            needed = {"geheel_getal": "'getallen'", "keuze": "'keuzes'", "meerkeuze": "'een_van' en 'anders'"}
            yield (
                ("splitsingen", name),
                f"Bij dit kenmerk horen {needed[facet.soort]}, en niets anders dan die en 'onbekend'.",
                "splitsing-vorm",
            )


def _wrong_shape(question: Question, facet: Facet | None) -> Iterator[tuple[Path, str]]:
    """Yield (place within the question, message)."""
    if facet is not None and facet.soort == "geheel_getal":
        if not question.routes or question.antwoorden or question.meerkeuze == "ja":
            yield (), "Een vraag naar een getal heeft 'routes', geen 'antwoorden' en geen 'meerkeuze'."
        return
    if question.routes or len(question.antwoorden) < 2:
        yield (), "Een vraag met keuzes heeft minstens twee 'antwoorden' en geen 'routes'."
    several = facet is not None and facet.soort == "meerkeuze"
    if several != (question.meerkeuze == "ja"):
        yield (), "'meerkeuze: ja' hoort precies bij een kenmerk van de soort meerkeuze."
    if (question.geen_van_deze is not None) != several:
        yield (), "'geen_van_deze' hoort bij een vraag met meerkeuze, en alleen daar."
    for name, option in question.antwoorden.items():
        place: Path = ("antwoorden", name)
        if name in (WEET_NIET, GEEN_VAN_DEZE):
            yield place, f"'{name}' is al de naam van een vast antwoord. Geef dit antwoord een andere id."
        if several and (
            list(option.legt_vast) != [question.kenmerk] or len(option.legt_vast[str(question.kenmerk)]) != 1
        ):
            yield place, "Een antwoord bij meerkeuze legt precies één waarde vast, van het kenmerk van de vraag zelf."
        if several and option.naar:
            yield place, "Een antwoord bij meerkeuze heeft geen eigen 'naar'. Zet 'naar' bij de vraag."


def _find_misnamed_answers(place: Path, question: Question, facet: Facet) -> Iterator[Found]:
    """An answer with the name of a value fixes that value, or links that people saved would say something else."""
    for name, option in question.antwoorden.items():
        fixed = option.legt_vast.get(str(question.kenmerk), [])
        if name in facet.waarden and fixed and name not in fixed:
            message = f"Dit antwoord heet '{name}' maar legt iets anders vast. Hernoem het, of leg '{name}' vast."
            yield (*place, "antwoorden", name, "legt_vast"), message, "antwoord-verwisseld"


def _find_gaps(content: Content, guide: Guide) -> Iterator[Found]:
    for name, question in guide.vragen.items():
        if question.kenmerk is None:
            continue
        facet = content.vocabulary.kenmerken[question.kenmerk]
        place: Path = ("vragen", name)
        if facet.soort == "geheel_getal":
            ranges = [_span(route.van, route.tot, facet) for route in question.routes]
            yield from _uncovered((*place, "routes"), facet, ranges)
        else:
            fixed = [option.legt_vast.get(question.kenmerk, []) for option in question.antwoorden.values()]
            yield from _uncovered((*place, "antwoorden"), facet, fixed)
    for name, split in guide.splitsingen.items():
        yield from _split_gaps(("splitsingen", name), split, content.vocabulary.kenmerken[split.kenmerk])


def _split_gaps(place: Path, split: Split, facet: Facet) -> Iterator[Found]:
    if split.getallen:
        yield from _uncovered(
            (*place, "getallen"), facet, [_span(item.van, item.tot, facet) for item in split.getallen]
        )
    elif split.keuzes:
        yield from _uncovered((*place, "keuzes"), facet, [item.waarden for item in split.keuzes])


def _span(first: int, last: int, facet: Facet) -> Iterable[int]:
    """The numbers of a range, with of those outside the facet only the outermost: a range may be absurdly long."""
    lowest, highest = facet.van or 0, facet.tot or 0
    inside = range(max(first, lowest), min(last, highest) + 1)
    return {*inside, *(bound for bound in (first, last) if not lowest <= bound <= highest)}


def _uncovered(place: Path, facet: Facet, parts: Iterable[Iterable[int | str]]) -> Iterator[Found]:
    counts = Counter(value for part in parts for value in part)
    domain = set(all_values(facet))
    missing = sorted(domain - set(counts), key=number_first)
    double = sorted((value for value, count in counts.items() if count > 1 and value in domain), key=number_first)
    outside = sorted(set(counts) - domain, key=number_first)
    if missing:
        yield place, f"Niet gedekt: {_listed(missing)}. Elke waarde hoort bij precies één antwoord.", "gat"
    if double:
        yield (
            place,
            f"Meer dan één keer gedekt: {_listed(double)}. Elke waarde hoort bij precies één antwoord.",
            "overlap",
        )
    if outside:
        yield (
            place,
            f"Valt buiten het kenmerk: {_listed(outside)}. Haal het weg, of maak het kenmerk ruimer.",
            "buiten-bereik",
        )


def _find_dead_ends(content: Content, guide: Guide) -> Iterator[Found]:
    for name in guide.vragen:
        loose = [place.rpartition(".")[2] for place, target in targets(guide, name) if not target]
        if loose:
            message = f"Dit leidt nergens heen: {_listed(loose)}. Vul 'naar' in, bij elk antwoord of bij de vraag."
            yield ("vragen", name), message, "geen-uitweg"
    cycle = _find_cycle(guide)
    if cycle:
        shown = " → ".join((*cycle, cycle[0]))
        yield _place(guide, cycle[0]), f"Deze vragen draaien in een kring: {shown}. Laat er één verder leiden.", "kring"


def _find_unreachable(guide: Guide) -> Iterator[Found]:
    reached = {guide.start}
    queue = [guide.start]
    for node in queue:
        for _, target in targets(guide, node):
            if target and target not in reached:
                reached.add(target)
                queue.append(target)
    for name in (*guide.vragen, *guide.splitsingen, *guide.beslistabellen, *guide.uitkomsten):
        if name not in reached:
            message = (
                f"'{name}' is vanaf '{guide.start}' niet te bereiken. Laat er een antwoord heen leiden of haal het weg."
            )
            yield _place(guide, name), message, "onbereikbaar"


def _find_cycle(guide: Guide) -> list[str]:
    done: set[str] = set()

    def visit(node: str, trail: list[str]) -> list[str]:
        if node in trail:
            return trail[trail.index(node) :]
        if node in done:
            return []
        for _, target in targets(guide, node):
            found = visit(target, [*trail, node]) if target else []
            if found:
                return found
        done.add(node)
        return []

    # From each question and not from the start alone: the way there may lead through a part with another fault.
    return next(filter(None, (visit(node, []) for node in (guide.start, *guide.vragen))), [])


def _find_unsafe(content: Content, guide: Guide) -> Iterator[Found]:
    for name, question in guide.vragen.items():
        if question.veiligheid == "ja":
            target = question.weet_niet.naar or question.naar
            if _is_unsafe(guide, target):
                message = (
                    "'Weet ik niet' bij een vraag over veiligheid moet leiden naar een uitkomst met 'veilig_thuis: ja'."
                )
                yield ("vragen", name, "weet_niet"), message, "onveilige-twijfel"


def _is_unsafe(guide: Guide, target: str | None) -> bool:
    if target is None:
        return True
    if target in guide.uitkomsten:
        return guide.uitkomsten[target].veilig_thuis == "nee"
    # Otherwise it leads to a part of the guide that is left out.
    return any(target in nodes for nodes in (guide.vragen, guide.splitsingen, guide.beslistabellen))


def _find_named_interventions(content: Content, guide: Guide) -> Iterator[Found]:
    names = {name: key for key, called in content.intervention_names() for name in _names(called)}
    if not names:
        return
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for name, outcome in guide.uitkomsten.items():
        for path, text in model.texts_in(outcome, ("uitkomsten", name)):
            found = pattern.search(text)
            if found:
                message = (
                    f"Een uitkomst noemt een situatie, nooit een interventie ('{names[found[0]]}'). Haal de naam weg."
                )
                yield path, message, "uitkomst-noemt-interventie"


def _names(name: str) -> Iterator[str]:
    """What people call an intervention: 'PIT (Preventief Interventie Team)' is PIT too, and 'BASTA!' BASTA."""
    for part in (name, *re.split(r"[()]", name)):
        bare = part.strip(" !?.")
        if bare:
            yield bare


def _find_contradictions(content: Content, guide: Guide) -> Iterator[Found]:
    if not fixed_twice(guide):
        return
    facets = content.vocabulary.kenmerken
    seen: set[tuple[str, str]] = set()
    space = content.spaces[id(guide)] = StateSpace(guide, facets)
    for edge in space.edges:
        for facet, values in edge.facts.items():
            node = edge.start.node
            was_open = edge.start.facts.get(facet) != values
            if not values and was_open and facets[facet].soort != "meerkeuze" and (node, facet) not in seen:
                seen.add((node, facet))
                message = f"Een antwoord hier spreekt een eerder antwoord tegen over '{facet}'. Vraag het één keer."
                yield ("vragen", node), message, "tegenspraak"


def _place(guide: Guide, node: str) -> Path:
    kinds: dict[str, Mapping[str, object]] = {
        "vragen": guide.vragen,
        "splitsingen": guide.splitsingen,
        "beslistabellen": guide.beslistabellen,
    }
    return next((kind for kind, nodes in kinds.items() if node in nodes), "uitkomsten"), node


def _listed(values: Sequence[int | str]) -> str:
    return ", ".join(map(str, values[:8])) + (", enzovoort" if len(values) > 8 else "")
