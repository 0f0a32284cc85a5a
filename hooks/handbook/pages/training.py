"""The pages to train with: the overview, cases to play, slides and cards made from them, and the assessment."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path

from handbook.checks import practised_in
from handbook.knowledge_base import KnowledgeBase
from handbook.markdown import Markdown
from handbook.model import CaseQuestion
from handbook.pages.guides import fragment
from handbook.pages.maker import Maker, Page

_FILTERS = {"groep": ("leeftijdsgroepen", "Leeftijd"), "niveau": ("niveaus", "Niveau"), "thema": ("lesthemas", "Thema")}


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield the overview, the pages of every case, the list of signals, the cards and the assessment."""
    base = maker.base
    yield maker.page("trainen/index.md", "trainen.md.j2")
    yield maker.page("trainen/casussen/index.md", "casussen.md.j2", labels=_labels(base))
    for name, case in base.cases.items():
        source = f"guide/casussen/{name}.yaml"
        for path, template in (("", "casus"), ("/dia", "dia"), ("/kaarten", "casuskaarten")):
            values = {"id": name, "case": case, "fragment": fragment}
            yield maker.page(f"trainen/casussen/{name}{path}.md", f"{template}.md.j2", source, **values)
    signals = base.signals.signalen.items()
    core = [(name, signal) for name, signal in signals if signal.kern == "ja"]
    others = [(name, signal) for name, signal in signals if signal.kern == "nee"]
    practised = practised_in(base.cases)
    yield maker.page(
        "trainen/signalen-oefenen.md", "signalen-oefenen.md.j2", core=core, others=others, practised=practised
    )
    looked = min(signal.bekeken_op for _, signal in core)
    yield maker.page(
        "trainen/signaalkaarten.md", "signaalkaarten.md.j2", "guide/signalen.yaml", core=core, looked=looked
    )
    yield maker.page("trainen/toets.md", "toets.md.j2", "guide/toets.yaml", questions=list(assessment_questions(base)))


def assessment_questions(base: KnowledgeBase) -> Iterator[tuple[str, CaseQuestion, list[str]]]:
    """Yield (id, question, what can be seen) of the assessment, those of cases with their moment."""
    for name, question in base.assessment.vragen.items():
        yield name, question, []
    for name, item in base.assessment.uit_casussen.items():
        case = base.cases[item.casus]
        for moment in case.momenten.values():
            if item.vraag in moment.vragen:
                yield name, moment.vragen[item.vraag], [*case.situatie, *moment.wat_je_ziet]


def _labels(base: KnowledgeBase) -> Markdown:
    """The words of the filters, as JSON in an attribute."""
    labels = {
        key: {"label": title, "waarden": {v: o.label for v, o in base.vocabulary.lijsten[listing].items()}}
        for key, (listing, title) in _FILTERS.items()
    }
    labels["beroep"] = {"label": "Beroep", "waarden": {name: partner.naam for name, partner in base.partners.items()}}
    return Markdown(html.escape(json.dumps(labels, ensure_ascii=False)))
