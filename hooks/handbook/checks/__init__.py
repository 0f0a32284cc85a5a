"""Rules across files: pure functions from parsed records to faults.

In: `Content`, everything that could be parsed. Out: `Fault`s, which `knowledge_base` turns into problems with
a line. One module a subject; a rule is named for the fault it finds, and that name is the name of its case
in tests/problems/. A fault hides no other: of a file that does not fit, the parts that do are looked at. Only what
another fault may be the reason of is left until that is mended, such as the routes of a guide with a fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from handbook.checks import addresses, cases, examples, expiry, guides, interventions, references
from handbook.checks.cases import practised_in
from handbook.checks.content import NO_VOCABULARY, VOCABULARY_FILE, Content, Fault
from handbook.checks.expiry import is_expired
from handbook.checks.unshown import find_unshown, ways_to_show
from handbook.model import Path, Pieces

__all__ = [
    "NO_VOCABULARY",
    "Content",
    "Fault",
    "expiry",
    "find_unshown",
    "is_expired",
    "practised_in",
    "run",
    "ways_to_show",
]


_LEAVES_VAGUE = {"onbekend-kenmerk", "onbekende-waarde", "verkeerde-eis", "dubbele-id"}
"""After such a fault nobody can tell what an entry asks for."""


def run(content: Content) -> Iterator[Fault]:
    """Yield every fault in the content, but none that another fault may be the reason of."""
    content = content.entry_by_entry()
    named = list(references.run(content))
    yield from named
    told = {(fault.file, fault.path) for fault in named}
    yield from (fault for fault in _beyond_references(content, named) if (fault.file, fault.path) not in told)


def _beyond_references(content: Content, named: list[Fault]) -> Iterator[Fault]:
    yield from interventions.run(content)
    yield from addresses.run(content)
    pieces = dict(content.pieces())
    doubt: dict[str, set[Path]] = defaultdict(set)
    for fault in named:
        doubt[fault.file].add(fault.path[:2])
    vague = _find_vague(content, pieces, named)
    sound = []
    for name in sorted(content.guide_ids):
        file = f"guide/keuzehulp/{name}.yaml"
        if name in content.guides and not doubt[file] and not vague[file]:
            rest = content.guides[name]
            found = list(guides.run(content, file, rest))
            if not found:
                sound.append(name)
                continue
        elif file in pieces:
            rest = guides.without(guides.made_of(pieces[file]), vague[file])
            found = [*guides.find_local(content, file, rest), *guides.find_unmentioned(file, pieces[file])]
        else:
            continue
        yield from found
        yield from examples.find_wrong_answers(file, guides.without(rest, {fault.path[:2] for fault in found}))
    trusted = {
        name: intervention
        for name, intervention in content.interventions.items()
        if not doubt[f"interventions/{name}.yaml"] and not vague[f"interventions/{name}.yaml"]
    }
    judged = replace(content, interventions=trusted)
    yield from examples.run(judged, sound)
    yield from cases.run(judged, sound, doubt)


def _find_vague(content: Content, pieces: Mapping[str, Pieces], named: list[Fault]) -> dict[str, set[Path]]:
    """Per file the entries of which nobody can tell what they ask for."""
    found: dict[str, set[Path]] = defaultdict(set)
    for fault in named:
        if fault.rule in _LEAVES_VAGUE:
            found[fault.file].add(fault.path[:2])
    wrong = {fault.path[:2] for fault in named if fault.file == VOCABULARY_FILE}
    clear = {
        name
        for name, facet in content.vocabulary.kenmerken.items()
        if ("kenmerken", name) not in wrong and ("lijsten", facet.lijst) not in wrong
    }
    if VOCABULARY_FILE not in content.failed and not content.broken.get("kenmerken") and not wrong:
        return found
    for file, each in pieces.items():
        found[file] |= {path[:2] for path, kind, name in each.references if kind == "kenmerk" and name not in clear}
    return found
