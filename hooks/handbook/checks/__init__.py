"""Rules across files: pure functions from parsed records to faults.

In: `Content`, everything that could be parsed. Out: `Fault`s, which `knowledge_base` turns into problems with
a line. One module a subject; a rule is named for the fault it finds, and that name is the name of its case
in tests/problems/. References are looked at in every entry that could be parsed; all other rules pass over a
file with an entry that could not. Rules about the routes of a guide run only when its references are right.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.checks import addresses, cases, examples, expiry, guides, interventions, references
from handbook.checks.cases import practised_in
from handbook.checks.content import VOCABULARY_FILE, Content, Fault
from handbook.checks.expiry import is_expired
from handbook.checks.unshown import find_unshown, ways_to_show

__all__ = ["Content", "Fault", "expiry", "find_unshown", "is_expired", "practised_in", "run", "ways_to_show"]


def run(content: Content) -> Iterator[Fault]:
    """Yield every fault in the content."""
    faults = list(references.run(content.entry_by_entry()))
    yield from faults
    if VOCABULARY_FILE in content.failed:
        return
    yield from interventions.run(content)
    yield from addresses.run(content)
    wrong = {fault.file for fault in faults}
    if VOCABULARY_FILE in wrong:
        return
    sound = []
    for name, guide in content.guides.items():
        if f"guide/keuzehulp/{name}.yaml" in wrong:
            continue
        found = list(guides.run(content, name, guide))
        yield from found
        if not found:
            sound.append(name)
    if not any(file.startswith("interventions/") for file in wrong):
        yield from examples.run(content, sound)
    yield from cases.run(content, sound, wrong)
