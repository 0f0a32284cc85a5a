"""Faults that an editor could make, at every place where they can be made, and what stops them.

In: the real content. Out: `Mutant`s by kind, each one file changed in memory, and `stopped_by`, which checks again only
what that change touches: the schema of its file, the references in it, and the routes and examples that use it. For the
guide on sharing data the situations in tests/content/ and the list of rows that share count too, as in its own tests.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise, product
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from handbook import checks, model, walk
from handbook.checks import examples, guides, interventions, references
from handbook.checks.content import Content
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Coverage, Guide, Intervention, Local, Partners, Path, Record, Rules, Signals, Sources
from handbook.pages.decisions import sharing_list
from handbook.source import read as read_source
from handbook.verdict import all_values, decides, sourced_claims
from handbook.verdict import test_criterion as try_criterion
from situations import GOLDEN, wrong_ends

ROOT = FilePath(__file__).resolve().parents[1]
TODAY = date(2026, 11, 21)
KINDS: dict[str, type[Record]] = {
    "guide/bronnen.yaml": Sources,
    "guide/signalen.yaml": Signals,
    "guide/partners.yaml": Partners,
    "guide/regels.yaml": Rules,
}


@dataclass(frozen=True)
class Mutant:
    """One fault: the file, what was changed, and how to change it in a copy of the file's data."""

    file: str
    what: str
    change: Callable[[Any], None]


Maker = Callable[[KnowledgeBase, Mapping[str, Any]], Iterator[Mutant]]


@cache
def plain(file: str) -> Any:
    """The data of a file of the real handbook, as it is read; a KnowledgeBase lets go of it."""
    return read_source(ROOT / file, file).data


def plain_files(base: KnowledgeBase) -> dict[str, Any]:
    """The data of every file, as it was read."""
    return {file: plain(file) for file in base.records}


def guide_files(base: KnowledgeBase) -> list[tuple[str, Guide]]:
    return [(f"guide/keuzehulp/{name}.yaml", guide) for name, guide in base.guides.items()]


def record_files(base: KnowledgeBase) -> list[tuple[str, Intervention]]:
    return [(f"interventions/{name}.yaml", record) for name, record in base.interventions.items()]


def at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def setter(path: Path, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        at(data, path[:-1])[path[-1]] = copy.deepcopy(value)

    return change


def remover(path: Path) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        del at(data, path[:-1])[path[-1]]

    return change


def both(*changes: Callable[[Any], None]) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for one in changes:
            one(data)

    return change


def shown(path: Path) -> str:
    return ".".join(map(str, path))


# --- what can go wrong ----------------------------------------------------------------------------------


def answer_deleted(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    for file, guide in guide_files(base):
        for name, question in guide.vragen.items():
            for answer in question.antwoorden:
                place: Path = ("vragen", name, "antwoorden", answer)
                yield Mutant(file, shown(place), remover(place))
            for index in range(len(question.routes)):
                place = ("vragen", name, "routes", index)
                yield Mutant(file, shown(place), remover(place))


def target_swapped(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """Every 'naar' that is written down, to every other question, split or outcome."""
    for file, guide in guide_files(base):
        nodes = [*guide.vragen, *guide.splitsingen, *guide.beslistabellen, *guide.uitkomsten]
        for path, kind, name in model.references_in(guide):
            if kind == "knoop" and path[-1] == "naar":
                for other in nodes:
                    if other != name:
                        yield Mutant(file, f"{shown(path)}: {name} -> {other}", setter(path, other))


def _ranges(base: KnowledgeBase) -> Iterator[tuple[str, Path, Any]]:
    """Every list of ranges in a guide."""
    for file, guide in guide_files(base):
        for name, question in guide.vragen.items():
            if question.routes:
                yield file, ("vragen", name, "routes"), question.routes
        for name, split in guide.splitsingen.items():
            if split.getallen:
                yield file, ("splitsingen", name, "getallen"), split.getallen


def range_widened(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    yield from _range_by(base, 1)


def range_narrowed(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    yield from _range_by(base, -1)


def _range_by(base: KnowledgeBase, wider: int) -> Iterator[Mutant]:
    for file, path, items in _ranges(base):
        for index, item in enumerate(items):
            for bound, value in (("van", item.van - wider), ("tot", item.tot + wider)):
                place = (*path, index, bound)
                yield Mutant(file, f"{shown(place)}: {value}", setter(place, value))
    for file, criterion_path, condition in _age_conditions(base):
        for bound, value in (("van", condition.van), ("tot", condition.tot)):
            if value is not None:
                new = value - wider if bound == "van" else value + wider
                place = (*criterion_path, bound)
                yield Mutant(file, f"{shown(place)}: {new}", setter(place, new))


def _age_conditions(base: KnowledgeBase) -> Iterator[tuple[str, Path, model.Condition]]:
    for file, record in record_files(base):
        for path, part in model.parts_in(record):
            if isinstance(part, model.Condition) and part.waarden is None:
                yield file, path, part


def border_moved(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """One year to the other side, without a gap: only an example can tell. Twins of a route have no border."""
    for file, path, items in _ranges(base):
        for index, (low, high) in enumerate(pairwise(items)):
            if {**low.model_dump(), "van": 0, "tot": 0} == {**high.model_dump(), "van": 0, "tot": 0}:
                continue
            for step in (-1, 1):
                change = both(
                    setter((*path, index, "tot"), low.tot + step), setter((*path, index + 1, "van"), high.van + step)
                )
                yield Mutant(file, f"{shown(path)}: {low.tot}/{high.van} {step:+}", change)


def row_duplicated(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A rule that stands twice: a route, an exit, a row of a table, a criterion."""
    lists: list[tuple[str, Path]] = [(file, path) for file, path, _ in _ranges(base)]
    for file, guide in guide_files(base):
        lists += [(file, ("splitsingen", name, "keuzes")) for name, split in guide.splitsingen.items() if split.keuzes]
        lists += [(file, ("afleidingen", name, "rijen")) for name in guide.afleidingen]
    for file, record in record_files(base):
        lists += [(file, ("doelgroepen", index, "criteria")) for index in range(len(record.doelgroepen))]
        lists += [(file, ("doelgroepen",))]
    for file, path in lists:
        for index, item in enumerate(at(files[file], path)):

            def change(data: Any, path: Path = path, index: int = index, item: Any = item) -> None:
                at(data, path).insert(index, copy.deepcopy(item))

            yield Mutant(file, f"{shown(path)}.{index} twice", change)


def row_deleted(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    for file, guide in guide_files(base):
        for name, table in guide.afleidingen.items():
            for index in range(len(table.rijen)):
                path = ("afleidingen", name, "rijen", index)
                yield Mutant(file, shown(path), remover(path))
        for name, split in guide.splitsingen.items():
            for part, exits in (("getallen", split.getallen), ("keuzes", split.keuzes)):
                for index in range(len(exits)):
                    path = ("splitsingen", name, part, index)
                    yield Mutant(file, shown(path), remover(path))


def row_changed(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A row of a table gives another value."""
    for file, guide in guide_files(base):
        for name, table in guide.afleidingen.items():
            for index, row in enumerate(table.rijen):
                for value in base.facets[name].waarden:
                    if value != row.geeft:
                        path = ("afleidingen", name, "rijen", index, "geeft")
                        yield Mutant(file, f"{shown(path)}: {value}", setter(path, value))


def source_dropped(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """The sources of a statement go, or a source goes that a record rests on."""
    for file, record in base.records.items():
        for path, claim in model.claims_in(record):
            if claim.bronnen:
                yield Mutant(file, shown((*path, "bronnen")), remover((*path, "bronnen")))
    for name, uses in base.citations.items():
        if uses:
            yield Mutant("guide/bronnen.yaml", name, remover(("bronnen", name)))


def criterion_cut(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A criterion that may decide goes; the others weigh nothing."""
    for file, record in record_files(base):
        certain = sourced_claims(record)
        for index, group in enumerate(record.doelgroepen):
            for number, criterion in enumerate(group.criteria):
                if decides(criterion, certain):
                    path = ("doelgroepen", index, "criteria", number)
                    yield Mutant(file, f"{shown(path)} ({criterion.id})", remover(path))


def reading_cut(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """One side of what the sources disagree on is left out."""
    for file, record in record_files(base):
        for path, part in model.parts_in(record):
            if isinstance(part, model.Criterion) and len(part.lezingen) > 1:
                for index in range(len(part.lezingen)):
                    place = (*path, "lezingen", index)
                    yield Mutant(file, shown(place), remover(place))


def path_contradicted(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """An answer also fixes what an earlier question asked."""
    for file, guide in guide_files(base):
        asked: list[str] = []
        for name, question in guide.vragen.items():
            for facet in asked:
                for value in base.facets[facet].waarden:
                    for answer in question.antwoorden if question.meerkeuze == "nee" else ():
                        path = ("vragen", name, "antwoorden", answer, "legt_vast")
                        fixed = {**question.antwoorden[answer].legt_vast, facet: [value]}
                        yield Mutant(file, f"{shown(path)}: {facet} = {value}", setter(path, fixed))
            if question.kenmerk and base.facets[question.kenmerk].soort == "keuze":
                asked.append(question.kenmerk)


def id_misspelt(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """Every id that refers to something, one letter twice."""
    for file, record in base.records.items():
        if file not in KINDS and not file.startswith(("interventions/", "guide/keuzehulp/")):
            continue
        for path, _, name in model.references_in(record):
            if path and at(files[file], path[:-1]) is not None and _holds_value(files[file], path, name):
                yield Mutant(file, f"{shown(path)}: {name}", setter(path, name[:1] + name))


def _holds_value(data: Any, path: Path, value: str) -> bool:
    try:
        return bool(at(data, path) == value)
    except (KeyError, IndexError, TypeError):
        return False  # a key, or a default that is not written down


def unsure_removed(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    for file, guide in guide_files(base):
        for name in guide.vragen:
            yield Mutant(file, f"{name}.weet_niet", remover(("vragen", name, "weet_niet")))


def outcome_names_intervention(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """The name of an intervention slips into a text of an outcome."""
    for file, guide in guide_files(base):
        for name, outcome in guide.uitkomsten.items():
            for path, part in model.parts_in(outcome, ("uitkomsten", name)):
                if isinstance(part, str) and path[-1] in ("titel", "kort", "tekst"):
                    for record in base.interventions.values():
                        text = f"{part} Denk aan {record.naam}."
                        yield Mutant(file, f"{shown(path)}: {record.naam}", setter(path, text))


def law_expired(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """The review of a legal statement was due on the day of the build, or before anybody looked."""
    for file, record in base.records.items():
        for path, claim in model.claims_in(record):
            if claim.aard == "juridisch":
                due = (*path, "herzien_voor")
                yield Mutant(file, f"{shown(due)}: {claim.bekeken_op}", setter(due, claim.bekeken_op))
                past = both(setter(due, TODAY), setter((*path, "bekeken_op"), TODAY - timedelta(days=180)))
                yield Mutant(file, f"{shown(due)}: {TODAY}", past)
                yield Mutant(file, f"{shown(due)} gone", remover(due))


def fixes_swapped(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """Two answers to one question fix each other's value."""
    for file, guide in guide_files(base):
        for name, question in guide.vragen.items():
            fixing = [key for key, option in question.antwoorden.items() if option.legt_vast]
            for index, one in enumerate(fixing):
                for two in fixing[index + 1 :]:
                    place = ("vragen", name, "antwoorden")
                    first, second = (at(files[file], (*place, key, "legt_vast")) for key in (one, two))
                    change = both(setter((*place, one, "legt_vast"), second), setter((*place, two, "legt_vast"), first))
                    yield Mutant(file, f"{name}: {one} <-> {two}", change)


def value_moved(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A value goes from one exit of a split to another, without a gap."""
    for file, guide in guide_files(base):
        for name, split in guide.splitsingen.items():
            for start, one in enumerate(split.keuzes):
                for end in range(len(split.keuzes)):
                    for value in one.waarden if end != start and len(one.waarden) > 1 else ():
                        place = ("splitsingen", name, "keuzes")
                        change = both(
                            setter((*place, start, "waarden"), [item for item in one.waarden if item != value]),
                            setter((*place, end, "waarden"), [*split.keuzes[end].waarden, value]),
                        )
                        yield Mutant(file, f"{name}: {value} from {start} to {end}", change)


def example_wrong(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """An example promises another outcome or another verdict."""
    for file, guide in guide_files(base):
        for name, example in guide.voorbeelden.items():
            for outcome in guide.uitkomsten:
                if outcome != example.uitkomst:
                    place: Path = ("voorbeelden", name, "uitkomst")
                    yield Mutant(file, f"{shown(place)}: {outcome}", setter(place, outcome))
            for key, verdict in example.oordelen.items():
                for other in sorted({"past", "onzeker", "past-niet"} - {verdict}):
                    place = ("voorbeelden", name, "oordelen", key)
                    yield Mutant(file, f"{shown(place)}: {other}", setter(place, other))


def _decision_rows(base: KnowledgeBase) -> Iterator[tuple[str, Guide, Path, model.Row]]:
    for file, guide in guide_files(base):
        for name, table in guide.beslistabellen.items():
            for key, row in table.rijen.items():
                yield file, guide, ("beslistabellen", name, "rijen", key), row


def decision_row_deleted(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """What the row said now falls under 'anders'."""
    for file, _, path, _ in _decision_rows(base):
        yield Mutant(file, shown(path), remover(path))


def decision_row_redirected(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A row gives another outcome, or leads on to somewhere else; so do 'anders' and 'onbekend'."""
    for file, guide, path, row in _decision_rows(base):
        if isinstance(row, model.OnwardRow):
            nodes = [*guide.vragen, *guide.splitsingen, *guide.beslistabellen]
            key, now = "verder", str(row.verder)
        else:
            nodes, key, now = [*guide.uitkomsten], "geeft", str(row.geeft)
        for other in nodes:
            if other != now:
                yield Mutant(file, f"{shown((*path, key))}: {now} -> {other}", setter((*path, key), other))
    for file, guide in guide_files(base):
        for name, table in guide.beslistabellen.items():
            for place in (("anders", "geeft"), ("onbekend",)):
                if place[0] in files[file]["beslistabellen"][name]:
                    now = str(table.onbekend if place == ("onbekend",) else table.anders and table.anders.geeft)
                    path = ("beslistabellen", name, *place)
                    for other in guide.uitkomsten:
                        if other != now:
                            yield Mutant(file, f"{shown(path)}: {now} -> {other}", setter(path, other))


def decision_row_widened(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A row no longer looks at a facet, or holds for one value more."""
    for file, _, path, row in _decision_rows(base):
        for facet, values in row.als.items():
            yield Mutant(file, f"{shown((*path, 'als', facet))} gone", remover((*path, "als", facet)))
            for value in base.facets[facet].waarden:
                if value not in values:
                    place = (*path, "als", facet)
                    yield Mutant(file, f"{shown(place)}: + {value}", setter(place, [*values, value]))


def decision_row_narrowed(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A row that shares holds for one value less: somebody who may share is sent elsewhere."""
    for file, _, path, row in _decision_rows(base):
        for facet, values in row.als.items() if isinstance(row, model.SharingRow) else ():
            for value in values if len(values) > 1 else ():
                place = (*path, "als", facet)
                yield Mutant(file, f"{shown(place)}: - {value}", setter(place, [v for v in values if v != value]))


def ground_swapped(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A row that shares rests on another ground, or on another rule."""
    for file, _, path, row in _decision_rows(base):
        if isinstance(row, model.SharingRow):
            for kind in base.vocabulary.lijsten["grondsoorten"]:
                if kind != row.grond.soort:
                    place = (*path, "grond", "soort")
                    yield Mutant(file, f"{shown(place)}: {kind}", setter(place, kind))
            for rule in base.rules:
                if rule != row.grond.regel:
                    place = (*path, "grond", "regel")
                    yield Mutant(file, f"{shown(place)}: {rule}", setter(place, rule))


def condition_dropped(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A condition under which one may share goes, or a rule under a row."""
    for file, _, path, row in _decision_rows(base):
        if isinstance(row, model.SharingRow):
            for part, items in (("voorwaarden", row.voorwaarden), ("regels", row.regels)):
                for index in range(len(items)):
                    yield Mutant(file, shown((*path, part, index)), remover((*path, part, index)))


def carrying_rule_expired(base: KnowledgeBase, files: Mapping[str, Any]) -> Iterator[Mutant]:
    """A rule under an outcome of a guide was due on the day of the build, whether it is law or practice."""
    for name in sorted(base.carrying_rules):
        place = ("regels", name, "uitspraak")
        past = both(
            setter((*place, "herzien_voor"), TODAY), setter((*place, "bekeken_op"), TODAY - timedelta(days=180))
        )
        yield Mutant("guide/regels.yaml", f"{shown(place)}: {TODAY}", past)
        yield Mutant("guide/regels.yaml", f"{shown(place)} gone", remover(("regels", name)))


MAKERS: dict[str, Maker] = {
    "an answer is deleted": answer_deleted,
    "a target is swapped": target_swapped,
    "a range is widened": range_widened,
    "a range is narrowed": range_narrowed,
    "a border moves by one year": border_moved,
    "a rule stands twice": row_duplicated,
    "a rule is deleted": row_deleted,
    "a table gives another value": row_changed,
    "a source is dropped": source_dropped,
    "a criterion is cut": criterion_cut,
    "a reading is cut": reading_cut,
    "a path is contradicted": path_contradicted,
    "an id is misspelt": id_misspelt,
    "'weet ik niet' is removed": unsure_removed,
    "an outcome names an intervention": outcome_names_intervention,
    "law expires": law_expired,
    "two answers swap what they fix": fixes_swapped,
    "a value moves to another exit": value_moved,
    "an example promises something else": example_wrong,
    "a row of a decision table is deleted": decision_row_deleted,
    "a row of a decision table leads elsewhere": decision_row_redirected,
    "a row of a decision table holds for more": decision_row_widened,
    "a row that shares holds for less": decision_row_narrowed,
    "a ground is swapped": ground_swapped,
    "a condition or a rule under sharing is dropped": condition_dropped,
    "a rule under an outcome expires": carrying_rule_expired,
}


def weighs_the_same(base: KnowledgeBase, mutant: Mutant) -> bool:
    """Tell whether a changed criterion comes out as before for every value: then there is no fault to find.

    Of two readings one can lie between the others; what it says then makes no difference to any verdict.
    """
    if not mutant.file.startswith("interventions/"):
        return False
    data = copy.deepcopy(plain(mutant.file))
    mutant.change(data)
    try:
        changed = Intervention.model_validate(data)
    except ValidationError:
        return False
    record = base.records[mutant.file]
    assert isinstance(record, Intervention)
    ours, theirs = _criteria(record), _criteria(changed)
    return ours.keys() == theirs.keys() and all(
        _outcomes(base, ours[key]) == _outcomes(base, theirs[key]) for key in ours
    )


def comes_out_the_same(base: KnowledgeBase, mutant: Mutant) -> bool:
    """Tell whether a changed guide leads every answer where it led, by the same rows: then there is no fault to find.

    A split can send on a value that an earlier split has led elsewhere, and a row can come to ask for what no role has,
    such as a duty of the police and the secrecy of a doctor together.
    """
    name = mutant.file.rpartition("/")[2].removesuffix(".yaml")
    data = copy.deepcopy(plain(mutant.file))
    mutant.change(data)
    guide = base.guides[name]
    for edge in walk.StateSpace(Guide.model_validate(data), base.facets).edges:
        target, facts = walk.answer(guide, base.facets, edge.start.node, edge.given, edge.start.facts)
        if facts != edge.facts or walk.trace(guide, base.facets, target, facts) != (edge.end.node, edge.rows):
            return False
    return True


def _criteria(record: Intervention) -> dict[tuple[str, str], model.Criterion]:
    return {(group.id, criterion.id): criterion for group in record.doelgroepen for criterion in group.criteria}


def _outcomes(base: KnowledgeBase, criterion: model.Criterion) -> list[str]:
    used = sorted({facet for reading in criterion.lezingen for facet in reading.eisen})
    every = product(*(sorted(all_values(base.facets[facet]), key=str) for facet in used))
    facts = [{facet: frozenset({value}) for facet, value in zip(used, values, strict=True)} for values in every]
    return [*used, *(try_criterion(criterion, known, base.facets)[0] for known in facts)]


# --- what stops it ----------------------------------------------------------------------------------------


class _Touched(Content):
    """All content, of which only one file is looked at for references."""

    file: str

    def records(self) -> Iterator[tuple[str, Record]]:
        return (item for item in super().records() if item[0] == self.file)


def content_of(base: KnowledgeBase) -> Content:
    """What the checks take, from a KnowledgeBase that passed them."""
    known = {
        field.name: getattr(base, field.name) for field in dataclasses.fields(Content) if hasattr(base, field.name)
    }
    loose = {file: record for file, record in base.records.items() if isinstance(record, Local | Coverage)}
    return Content(**known, loose=loose)


def stopped_by(base: KnowledgeBase, mutant: Mutant) -> str | None:
    """The rule that stops a mutant, cheapest first, or None when it goes through."""
    data = copy.deepcopy(plain(mutant.file))
    mutant.change(data)
    try:
        record = type(base.records[mutant.file]).model_validate(data)
    except ValidationError as error:
        return f"schema: {error.errors()[0]['type']}"
    carrying = {("regels", name, "uitspraak") for name in base.carrying_rules} if isinstance(record, Rules) else set()
    late = [(path, claim) for path, claim in model.claims_in(record) if checks.is_expired(claim, TODAY)]
    if any(claim.aard == "juridisch" or path in carrying for path, claim in late):
        return "verlopen"
    return next(_rules(base, mutant.file, record), None)


def _rules(base: KnowledgeBase, file: str, record: Record) -> Iterator[str]:
    name = file.rpartition("/")[2].removesuffix(".yaml")
    content = content_of(base)
    if isinstance(record, Intervention):
        content = dataclasses.replace(content, interventions={**base.interventions, name: record})
    elif isinstance(record, Guide):
        content = dataclasses.replace(content, guides={**base.guides, name: record})
    elif isinstance(record, Sources):
        content = dataclasses.replace(content, sources=record.bronnen)
    elif isinstance(record, Signals):
        content = dataclasses.replace(content, signals=record)
    elif isinstance(record, Partners):
        content = dataclasses.replace(content, partners=record.partners)
    elif isinstance(record, Rules):
        content = dataclasses.replace(content, rules=record.regels)
    wrong = [fault.rule for fault in references.run(_touched(content, file, isinstance(record, Sources | Rules)))]
    yield from wrong
    if wrong:
        return
    if isinstance(record, Intervention):
        alone = dataclasses.replace(content, interventions={name: record})
        yield from (fault.rule for fault in interventions.run(alone))
    if isinstance(record, Guide):
        shape = list(guides.find_structural(content, file, record))
        yield from (fault.rule for fault in shape)
        if shape:
            return
    if isinstance(record, Guide | Intervention):
        yield from (fault.rule for fault in examples.run(content, list(content.guides)))
    if isinstance(record, Guide):
        yield from (fault.rule for fault in guides.run(content, file, record))
        if record.beslistabellen:
            yield from _sharing(base, record)


def _sharing(base: KnowledgeBase, guide: Guide) -> Iterator[str]:
    """What tests/content/test_data_sharing.py finds: situations and pairs, then the list that was read."""
    if [*wrong_ends(base, guide)]:
        yield "situatie"
    # The list spells out all of a row that shares, so it is only made, which takes seconds, when those are the same.
    if _rows_that_share(guide) not in [_rows_that_share(other) for other in base.guides.values()]:
        yield "lijst van rijen die delen"
    if sharing_list(base, guide) != GOLDEN.read_text(encoding="utf-8"):
        yield "lijst van rijen die delen: paren"


def _rows_that_share(guide: Guide) -> dict[tuple[str, str], model.Row]:
    rows = {(name, key): row for name, table in guide.beslistabellen.items() for key, row in table.rijen.items()}
    return {place: row for place, row in rows.items() if isinstance(row, model.SharingRow)}


def _touched(content: Content, file: str, everything: bool) -> Content:
    """A source or a rule that goes is missed wherever it was used; anything else only in its own file."""
    if everything:
        return content
    found = _Touched(**{field.name: getattr(content, field.name) for field in dataclasses.fields(Content)})
    object.__setattr__(found, "file", file)
    return found
