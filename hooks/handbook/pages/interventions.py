"""The pages of interventions: the overview with its filters, and a page for each record."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handbook import model
from handbook.knowledge_base import KnowledgeBase
from handbook.markdown import Markdown
from handbook.model import Claim, Conflict, Intervention, Unknown
from handbook.pages.maker import Maker, Page

_FILTERS = {
    "domein": ("domeinen", "Leefdomein"),
    "risiconiveau": ("risiconiveaus", "Soort hulp (onze indeling)"),
    "erkenning": ("erkenningsniveaus", "Erkenning"),
}


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield the overview and a page a record."""
    base = maker.base
    rows = [{"id": name, "record": record, **_ages(record)} for name, record in base.interventions.items()]
    yield maker.page("interventies/index.md", "interventies.md.j2", rows=rows, labels=_labels(base))
    for name, moved in base.old.interventies.items():
        yield maker.moved(f"interventies/{name}.md", moved, base.interventions)
    for name, record in base.interventions.items():
        source = f"interventions/{name}.yaml"
        sections = _sections(record)
        yield maker.page(
            f"interventies/{name}.md",
            "interventie.md.j2",
            source,
            id=name,
            record=record,
            sections=sections,
            places=_places(sections),
        )


def _sections(record: Intervention) -> list[tuple[str, Any]]:
    """The parts of a record that hold statements, in the order of the schema, recognition among them."""
    found = []
    for name in Intervention.model_fields:
        value = getattr(record, name)
        statements = value.uitspraken if isinstance(value, model.Recognition) else value
        if isinstance(statements, list) and statements and isinstance(statements[0], Claim | Conflict | Unknown):
            found.append((name, statements))
    return found


def _places(sections: list[tuple[str, Any]]) -> dict[str, str]:
    """Per claim what a link to it is called: its section, with a number where more claims in it have an id."""
    found: dict[str, str] = {}
    for name, statements in sections:
        title = str(Intervention.model_fields[name].title)
        ids = [claim.id for item in statements for _, claim in model.claims_in(item) if claim.id]
        found |= {claim: f"{title} {number}" if len(ids) > 1 else title for number, claim in enumerate(ids, 1)}
    return found


def _ages(record: Intervention) -> dict[str, int | None]:
    """The outermost ages that any reading of any target group admits, for the filter."""
    bounds = [
        bound
        for group in record.doelgroepen
        for criterion in group.criteria
        for reading in criterion.lezingen
        if "leeftijd" in reading.eisen
        for bound in (reading.eisen["leeftijd"].van or 0, reading.eisen["leeftijd"].tot)
        if bound is not None
    ]
    return {"van": min(bounds, default=None), "tot": max(bounds, default=None)}


def _labels(base: KnowledgeBase) -> Markdown:
    """The words of the filters, as JSON in an attribute."""
    labels = {
        key: {"label": title, "waarden": {v: o.label for v, o in base.vocabulary.lijsten[listing].items()}}
        for key, (listing, title) in _FILTERS.items()
    }
    return Markdown(html.escape(json.dumps(labels, ensure_ascii=False)))
