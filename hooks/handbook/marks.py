"""The marks for sources and rules in written pages -> what is wrong with them.

In: written pages, and the ids of all sources and rules. Out: problems, each with its line. `knowledge_base` calls it;
`prose` writes out what is right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from handbook.problems import Problem, suggestion
from handbook.written import CITATION, CODE_SPAN, NEXT, RULE, Text, readable_lines


@dataclass(frozen=True)
class Known:
    """The ids that a mark may name; None for a list that could not be read."""

    sources: Collection[str] | None
    rules: Collection[str] | None


def problems(pages: Mapping[str, Text], known: Known) -> Iterator[Problem]:
    """Yield every mark that names a source or rule that does not exist or is not whole, and every bare address."""
    for file, text in pages.items():
        if "beslissingen/" in file:
            continue
        for number, line in readable_lines(text):
            for message, rule in _faults(CODE_SPAN.sub("", line), known):
                yield Problem(file, number, "", message, rule)


def _faults(line: str, known: Known) -> Iterator[tuple[str, str]]:
    for inside in CITATION.findall(line):
        for item in NEXT.split(inside):
            name, _, place = (part.strip() for part in item.strip().lstrip("@").partition(":"))
            if known.sources is not None and name not in known.sources:
                yield f"De bron '{name}' bestaat niet.{suggestion(name, known.sources)}", "onbekend-bron"
            elif "@" in place:
                yield "Scheid twee bronnen met een puntkomma: [@een: deel 1; @twee: deel 2].", "bron-aan-elkaar"
            elif not place:
                yield f"Noem bij de bron '{name}' ook de plaats: [@{name}: hoofdstuk 2].", "bron-zonder-plaats"
    for match in RULE.findall(line):
        name = match.strip()
        if known.rules is not None and name not in known.rules:
            yield f"De regel '{name}' bestaat niet.{suggestion(name, known.rules)}", "onbekend-regel"
    if re.search(r"https?://(?!127\.0\.0\.1)", line):
        message = "Schrijf geen adres in de tekst. Zet de bron in guide/bronnen.yaml en noem haar met [@id: plaats]."
        yield message, "adres-in-tekst"
