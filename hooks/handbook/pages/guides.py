"""The pages of guides: the list, and for each guide one page that is complete without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from handbook import diagram, model
from handbook.markdown import Markdown
from handbook.model import GEEN_VAN_DEZE, WEET_NIET, Guide, Question
from handbook.pages.decisions import conditions
from handbook.pages.maker import Maker, Page


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield the list, and for each guide its page and its diagram."""
    yield maker.page("keuzehulp/index.md", "keuzehulp-overzicht.md.j2")
    for name, moved in maker.base.old.keuzehulpen.items():
        yield maker.moved(f"keuzehulp/{name}.md", moved, maker.base.guides)
    for name, guide in maker.base.guides.items():
        source = f"guide/keuzehulp/{name}.yaml"
        values: dict[str, Any] = {
            "fragment": fragment,
            "answer_label": _answer_label,
            "columns": _columns,
            "values_of": _values_of,
            "conditions": lambda row: conditions(row, maker.base.facets),
            "old": maker.base.old.binnen.get(name),
        }
        yield maker.page(f"keuzehulp/{name}.md", "keuzehulp.md.j2", source, name=name, guide=guide, **values)
        yield _diagram(maker, name, guide, source)


def _diagram(maker: Maker, name: str, guide: Guide, source: str) -> Page:
    """The whole guide at a glance: a drawing, and the same as a list."""
    nodes = diagram.outline(guide, maker.base.facets)
    return maker.page(
        f"keuzehulp/{name}-schema.md",
        "keuzehulp-schema.md.j2",
        source,
        name=name,
        guide=guide,
        nodes=nodes,
        parts=diagram.drawing(guide, nodes),
        numbers={node.id: node.number for node in nodes},
        titles={node.id: node.title for node in nodes},
    )


def fragment(guide: Guide, answers: Mapping[str, Any]) -> Markdown:
    """The address fragment that stands for answers: questions and chosen values in the order of the guide."""
    parts = []
    for name, question in guide.vragen.items():
        if name not in answers:
            continue
        given = answers[name]
        if isinstance(given, list | tuple):
            order = [*question.antwoorden, GEEN_VAN_DEZE]
            given = "+".join(sorted(given, key=order.index))
        parts.append(f"{name}={given}")
    return Markdown("&amp;".join(parts))


def _answer_label(question: Question, given: Any) -> str:
    """An answer in the words that a reader saw."""
    if given == WEET_NIET:
        return question.weet_niet.tekst
    if isinstance(given, list | tuple):
        return "; ".join(_answer_label(question, item) for item in given)
    if given == GEEN_VAN_DEZE and question.geen_van_deze is not None:
        return question.geen_van_deze.tekst
    return str(given) if isinstance(given, int) else question.antwoorden[given].tekst


def _columns(table: model.Derivation) -> list[str]:
    """The facets that a derivation looks at, in the order in which its rows name them."""
    return list(dict.fromkeys(name for row in table.rijen for name in row.als))


def _values_of(name: str, facets: Mapping[str, list[str]]) -> str:
    """Values a facet as a data attribute, for programs that read the page: readers see them in words."""
    pairs = " ".join(f"{facet}={'+'.join(values)}" for facet, values in facets.items())
    return f' data-{name}="{pairs}"' if pairs else ""
