"""Is a guide whole: no gap, no overlap, no dead end, no contradiction? In: one guide. Out: faults.

Structure comes first; the walk over all states runs only on a guide whose structure is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from handbook import model
from handbook.checks import decision_tables
from handbook.checks.content import Content, Fault
from handbook.model import Derivation, Facet, Guide, Path, Question, Split
from handbook.verdict import all_values
from handbook.walk import StateSpace, targets


def run(content: Content, name: str, guide: Guide) -> Iterator[Fault]:
    """Yield every fault in one guide."""
    file = f"guide/keuzehulp/{name}.yaml"
    found = [
        Fault(file, path, message, rule)
        for check in (
            _find_misshapen,
            _find_gaps,
            decision_tables.find_faults,
            _find_dead_ends,
            _find_unsafe,
            _find_named_interventions,
        )
        for path, message, rule in check(content, guide)
    ]
    yield from found
    if not found:
        for path, message, rule in _find_contradictions(content, guide):
            yield Fault(file, path, message, rule)


Found = tuple[Path, str, str]


def _find_misshapen(content: Content, guide: Guide) -> Iterator[Found]:
    for name, question in guide.vragen.items():
        place: Path = ("vragen", name)
        facet = content.vocabulary.kenmerken.get(question.kenmerk) if question.kenmerk else None
        for fault in _wrong_shape(question, facet):
            yield place, fault, "vraag-vorm"
    for name, split in guide.splitsingen.items():
        facet = content.vocabulary.kenmerken[split.kenmerk]
        used = {
            "geheel_getal": bool(split.getallen),
            "keuze": bool(split.keuzes),
            "meerkeuze": split.een_van is not None and split.anders is not None,
        }
        if not used[facet.soort] or sum((bool(split.getallen), bool(split.keuzes), split.een_van is not None)) != 1:
            needed = {"geheel_getal": "'getallen'", "keuze": "'keuzes'", "meerkeuze": "'een_van' en 'anders'"}
            yield ("splitsingen", name), f"Bij dit kenmerk horen alleen {needed[facet.soort]}.", "splitsing-vorm"


def _wrong_shape(question: Question, facet: Facet | None) -> Iterator[str]:
    if facet is not None and facet.soort == "geheel_getal":
        if not question.routes or question.antwoorden or question.meerkeuze == "ja":
            yield "Een vraag naar een getal heeft 'routes' en geen 'antwoorden'."
        return
    if question.routes or len(question.antwoorden) < 2:
        yield "Een vraag met keuzes heeft minstens twee 'antwoorden' en geen 'routes'."
    several = facet is not None and facet.soort == "meerkeuze"
    if several != (question.meerkeuze == "ja"):
        yield "'meerkeuze: ja' hoort precies bij een kenmerk van de soort meerkeuze."
    if (question.geen_van_deze is not None) != several:
        yield "'geen_van_deze' hoort bij een vraag met meerkeuze, en alleen daar."
    for option in question.antwoorden.values():
        if several and (
            set(option.legt_vast) != {question.kenmerk}
            or len(option.legt_vast[str(question.kenmerk)]) != 1
            or option.naar
        ):
            yield "Een antwoord bij meerkeuze legt precies één waarde van het eigen kenmerk vast en heeft geen 'naar'."


def _find_gaps(content: Content, guide: Guide) -> Iterator[Found]:
    for name, question in guide.vragen.items():
        if question.kenmerk is None:
            continue
        facet = content.vocabulary.kenmerken[question.kenmerk]
        place: Path = ("vragen", name)
        if facet.soort == "geheel_getal":
            ranges = [range(route.van, route.tot + 1) for route in question.routes]
            yield from _uncovered((*place, "routes"), facet, ranges)
        else:
            fixed = [option.legt_vast.get(question.kenmerk, []) for option in question.antwoorden.values()]
            yield from _uncovered((*place, "antwoorden"), facet, fixed)
    for name, split in guide.splitsingen.items():
        yield from _split_gaps(("splitsingen", name), split, content.vocabulary.kenmerken[split.kenmerk])
    for name, derivation in guide.afleidingen.items():
        yield from _table_gaps(("afleidingen", name, "rijen"), derivation, content.vocabulary.kenmerken)


def _split_gaps(place: Path, split: Split, facet: Facet) -> Iterator[Found]:
    if split.getallen:
        yield from _uncovered((*place, "getallen"), facet, [range(item.van, item.tot + 1) for item in split.getallen])
    elif split.keuzes:
        yield from _uncovered((*place, "keuzes"), facet, [item.waarden for item in split.keuzes])


def _uncovered(place: Path, facet: Facet, parts: Iterable[Iterable[int | str]]) -> Iterator[Found]:
    counts = Counter(value for part in parts for value in part)
    domain = set(all_values(facet))
    missing = sorted(domain - set(counts), key=_number_first)
    double = sorted((value for value, count in counts.items() if count > 1 and value in domain), key=_number_first)
    outside = sorted(set(counts) - domain, key=_number_first)
    if missing:
        yield place, f"Niet gedekt: {_listed(missing)}. Elke waarde hoort bij precies één antwoord.", "gat"
    if double:
        yield (
            place,
            f"Meer dan één keer gedekt: {_listed(double)}. Elke waarde hoort bij precies één antwoord.",
            "overlap",
        )
    if outside:
        yield place, f"Valt buiten het kenmerk: {_listed(outside)}.", "buiten-bereik"


def _table_gaps(place: Path, derivation: Derivation, facets: Mapping[str, Facet]) -> Iterator[Found]:
    names = sorted({name for row in derivation.rijen for name in row.als})
    rows = [{name: set(values) for name, values in row.als.items()} for row in derivation.rijen]
    for (first, one), (second, two) in combinations(enumerate(rows), 2):
        if all(one[name] & two[name] for name in set(one) & set(two)):
            message = f"Rij {first + 1} en rij {second + 1} kunnen tegelijk gelden. Maak ze verschillend."
            yield (*place, second), message, "afleiding-overlap"
    for values in product(*(sorted(all_values(facets[name]), key=_number_first) for name in names)):
        combination = dict(zip(names, values, strict=True))
        if not any(all(combination[name] in allowed for name, allowed in row.items()) for row in rows):
            shown = ", ".join(f"{name} = {value}" for name, value in combination.items())
            yield place, f"Geen rij past bij: {shown}.", "afleiding-gat"
            return


def _find_dead_ends(content: Content, guide: Guide) -> Iterator[Found]:
    for name in (*guide.vragen, *guide.splitsingen):
        for place, target in targets(guide, name):
            if not target:
                path = tuple(place.split("."))
                yield path, "Dit antwoord leidt nergens heen. Vul 'naar' in, hier of bij de vraag.", "geen-uitweg"
    yield from _find_unreachable(guide)
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

    return visit(guide.start, [])


def _find_unsafe(content: Content, guide: Guide) -> Iterator[Found]:
    for name, question in guide.vragen.items():
        if question.veiligheid == "ja":
            target = question.weet_niet.naar or question.naar
            outcome = guide.uitkomsten.get(target) if target else None
            if outcome is None or outcome.veilig_thuis == "nee":
                message = (
                    "'Weet ik niet' bij een vraag over veiligheid moet leiden naar een uitkomst met 'veilig_thuis: ja'."
                )
                yield ("vragen", name, "weet_niet"), message, "onveilige-twijfel"


def _find_named_interventions(content: Content, guide: Guide) -> Iterator[Found]:
    for name, outcome in guide.uitkomsten.items():
        for path, text in model.texts_in(outcome, ("uitkomsten", name)):
            for key, intervention in content.interventions.items():
                if re.search(rf"(?<!\w){re.escape(intervention.naam)}(?!\w)", text):
                    message = f"Een uitkomst noemt een situatie, nooit een interventie ('{key}'). Haal de naam weg."
                    yield path, message, "uitkomst-noemt-interventie"


def _find_contradictions(content: Content, guide: Guide) -> Iterator[Found]:
    facets = content.vocabulary.kenmerken
    seen: set[tuple[str, str]] = set()
    for edge in StateSpace(guide, facets).edges:
        for facet, values in edge.facts.items():
            node = edge.start.node
            if not values and facets[facet].soort != "meerkeuze" and (node, facet) not in seen:
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


def _number_first(value: int | str) -> tuple[int, str]:
    return (value, "") if isinstance(value, int) else (0, value)


def _listed(values: list[int | str]) -> str:
    return ", ".join(map(str, values[:8])) + (" …" if len(values) > 8 else "")
