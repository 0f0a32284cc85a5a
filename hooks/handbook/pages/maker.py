"""Templates -> pages: the Jinja environment with everything that templates may ask for.

In: a template, its values and where the page goes. Out: `Page`. The modules beside it call `Maker.page`; the
only module that knows Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2

from handbook import exchange, export, model, scoring, verdict
from handbook.checks import is_expired
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.markdown import Markdown, escape, long_date, lower_first, quoted, short_date, thousands, without_stop
from handbook.model import Claim, Conflict, Intervention, Record, Unknown
from handbook.prose import Writer

_TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
_FOLDERS = (
    *("aanpak", "beroepen", "eigen-netwerk", "gegevens-delen", "interventies", "kaarten", "keuzehulp"),
    *("over", "over/beslissingen", "over/bijdragen", "samenwerken", "signaleren", "trainen", "trainen/casussen"),
)


@dataclass(frozen=True)
class Page:
    """A page in Markdown at its path below docs/; `source` is the file an editor changes to change it."""

    path: str
    markdown: str
    source: str | None = None


@dataclass
class Maker:
    """Renders pages of one KnowledgeBase."""

    base: KnowledgeBase
    build: Build
    environment: jinja2.Environment = field(init=False)
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(self.base, self.build.today)
        self.environment = _environment()
        self.environment.tests["late_rule"] = self._is_late
        self.environment.globals |= {
            "base": self.base,
            "build": self.build,
            "kind_of": _kind_of,
            "expired": lambda claim: is_expired(claim, self.build.today),
            "expired_in": self._expired_in,
            "is_old": self._is_old,
            "oldest_look": self.oldest_look,
            "recognition": lambda record: export.recognition_in_words(self.base, record),
            "decides": lambda criterion, record: verdict.decides(criterion, self._certain[id(record)]),
            "title_of": lambda name: Intervention.model_fields[name].title,
            "title_in_card": lambda name: model.Card.model_fields[name].title,
            "sharing_title": lambda name: model.SharingAdvice.model_fields[name].title,
            "rules_of_guide": lambda guide: sorted(export.rules_of(guide)),
            "partner_title": lambda name: model.Partner.model_fields[name].title,
            "page_file": page_file,
            "worth": scoring.values,
            "downloads": self._downloads,
        }

    @cached_property
    def _certain(self) -> dict[int, frozenset[str]]:
        """The claims that stand in a source, worked out once a record: templates ask for them at every criterion."""
        return {id(record): verdict.sourced_claims(record) for record in self.base.interventions.values()}

    @cached_property
    def _looked(self) -> dict[int, date]:
        return {id(record): export.oldest_look(record) for record in self.base.interventions.values()}

    def oldest_look(self, record: Intervention) -> date:
        """The day on which the claim that was left alone longest was last looked at."""
        return self._looked[id(record)]

    def page(self, path: str, template: str, source: str | None = None, **values: Any) -> Page:
        """Render one page; `up` is the way from its folder to the top of the docs."""
        up = "../" * path.count("/")
        text = self.environment.get_template(template).render(up=up, **values)
        return Page(path, self.writer.finish(path, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"), source)

    def part(self, template: str, **values: Any) -> str:
        """Render what a written page asks for."""
        return self.environment.get_template(template).render(**values).strip()

    def moved(self, path: str, moved: model.Moved, records: Mapping[str, model.Intervention | model.Guide]) -> Page:
        """The page at an address that people have saved and that is no more: what changed, and where to go."""
        record = records[moved.naar] if moved.naar is not None else None
        title = getattr(record, "naam", None) or getattr(record, "titel", None)
        return self.page(path, "verhuisd.md.j2", "guide/oude_adressen.yaml", moved=moved, title=title)

    def _is_late(self, rule: str) -> bool:
        return is_expired(self.base.rules[rule].uitspraak, self.build.today)

    def _downloads(self, name: str) -> list[exchange.Download]:
        """The files of a case, the assessment or all cases."""
        return [file for file in exchange.downloads(self.base, self.build.address) if file.of == name]

    def _is_old(self, day: date) -> bool:
        """Five years have passed; of a leap day on the first of March."""
        today = self.build.today
        return (today.year - 5, today.month, today.day) >= (day.year, day.month, day.day)

    def _expired_in(self, record: Record) -> list[Claim]:
        return [claim for _, claim in model.claims_in(record) if is_expired(claim, self.build.today)]


def page_file(address: str) -> str:
    """The Markdown file behind an address within the site: `begrippen/` is begrippen.md, `over/` is over/index.md."""
    bare = address.rstrip("/")
    return f"{bare}/index.md" if bare in _FOLDERS else f"{bare}.md" if bare else "index.md"


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        auto_reload=False,  # one environment a build: nothing changes under it
        bytecode_cache=jinja2.FileSystemBytecodeCache(),
        finalize=escape,
    )
    environment.filters |= {
        "datum": long_date,
        "kort": short_date,
        "md": Markdown,
        "duizend": thousands,
        "meta": quoted,
        "lower_first": lower_first,
        "zonder_punt": without_stop,
    }
    return environment


def _kind_of(statement: Claim | Conflict | Unknown) -> str:
    return {Claim: "uitspraak", Conflict: "tegenspraak", Unknown: "onbekend"}[type(statement)]
