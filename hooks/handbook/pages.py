"""KnowledgeBase -> [Page(path, markdown, source)]: every page that is made from data, as plain Markdown.

In: a KnowledgeBase and the day and version of the build. Out: pages whose Markdown any generator can build;
`main` hands them to MkDocs, `check --write-markdown` writes them to a folder. Texts from YAML come out as they
were typed: what Markdown or HTML could take for markup is written as an entity.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jinja2

from handbook import checks, export, fields, model, verdict, walk
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import GEEN_VAN_DEZE, WEET_NIET, Claim, Conflict, Guide, Intervention, Question, Unknown
from handbook.register import register

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~^=$&!\"]")
_BLOCK_START = re.compile(r"^(?:[-+:>]|\d+[.)])")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_FOLDERS = ("interventies", "keuzehulp", "over", "over/bijdragen", "over/beslissingen")
_MARKER = re.compile(r"^\{\{ (colofon|voorbeeldrecord) \}\}$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page in Markdown at its path below docs/; `source` is the file an editor changes to change it."""

    path: str
    markdown: str
    source: str | None = None


@dataclass(frozen=True)
class Settings:
    """What the owner of the site fills in; empty texts are shown as not filled in yet."""

    beheerder: str = ""
    contact: str = ""
    licentie: str = ""


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def today(environment: Mapping[str, str]) -> date:
    """The day that counts as today: that of SOURCE_DATE_EPOCH, else the day of the build, in UTC."""
    epoch = environment.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def pages(base: KnowledgeBase, build: Build) -> Iterator[Page]:
    """Yield every page that is made from data."""
    maker = _Maker(base, build)
    yield maker.page("interventies/index.md", "interventies.md.j2", rows=maker.overview())
    for name, record in base.interventions.items():
        source = f"interventions/{name}.yaml"
        yield maker.page(f"interventies/{name}.md", "interventie.md.j2", source, record=record, **_sections(record))
    yield maker.page("keuzehulp/index.md", "keuzehulp-overzicht.md.j2")
    for name, guide in base.guides.items():
        source = f"guide/keuzehulp/{name}.yaml"
        yield maker.page(f"keuzehulp/{name}.md", "keuzehulp.md.j2", source, name=name, guide=guide)
    yield maker.page("begrippen.md", "begrippen.md.j2", "guide/begrippen.yaml", letters=register(base.terms))
    yield maker.page("bronnen.md", "bronnen.md.j2", "guide/bronnen.yaml", rests=maker.rests())
    yield maker.page("over/wijzigingen.md", "wijzigingen.md.j2", days=_changes(base))
    yield maker.page("over/bijdragen/velden.md", "velden.md.j2", tables=fields.tables())
    yield maker.page(
        "over/bewijs-van-de-keuzehulp.md", "bewijs.md.j2", proofs=[proof(base, name) for name in base.guides]
    )


def prose(docs: Path, build: Build, settings: Settings) -> Iterator[Page]:
    """Yield the pages that people wrote in docs/, with what they ask for filled in."""
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        yield Page(path.relative_to(docs).as_posix(), fill(text, docs, build, settings))


def fill(markdown: str, docs: Path, build: Build, settings: Settings) -> str:
    """Replace the lines of a written page that ask for the colophon or for the example record."""

    def replaced(match: re.Match[str]) -> str:
        if match[1] == "colofon":
            return _environment().get_template("colofon.md.j2").render(build=build, settings=settings).strip()
        example = (docs / "over/bijdragen/voorbeeldaanpak.yaml").read_text(encoding="utf-8")
        return f"```yaml\n{example.strip()}\n```"

    return _MARKER.sub(replaced, markdown)


# --- what the logic of a guide amounts to -----------------------------------------------------------------


@dataclass(frozen=True)
class Proof:
    """What was walked to show that a guide is whole."""

    name: str
    title: str
    states: int
    edges: int
    paths: int
    longest: int
    trials: int


def proof(base: KnowledgeBase, name: str) -> Proof:
    """Walk every state of a guide and count; a guide that is not whole never gets this far."""
    guide = base.guides[name]
    space = walk.StateSpace(guide, base.facets)
    trials = sum(1 for _ in verdict.trials(base.interventions, base.facets)) if guide.toont_interventies == "ja" else 0
    return Proof(name, guide.titel, len(space.states), len(space.edges), space.paths, space.longest, trials)


def proof_lines(base: KnowledgeBase) -> Iterator[str]:
    """Yield one line a guide for the report of `check`."""
    for name in base.guides:
        found = proof(base, name)
        yield (
            f"{name}: {found.states} toestanden, {found.edges} antwoorden gelopen, {_thousands(found.paths)} paden "
            f"geteld, langste {found.longest} vragen, {found.trials} proeven op criteria; gaten 0, overlap 0, "
            "doodlopend 0, tegenspraak 0, onbereikbaar 0"
        )


# --- making a page ----------------------------------------------------------------------------------------


@dataclass
class _Maker:
    base: KnowledgeBase
    build: Build
    environment: jinja2.Environment = field(init=False)

    def __post_init__(self) -> None:
        self.environment = _environment()
        self.environment.globals |= {
            "base": self.base,
            "build": self.build,
            "kind_of": _kind_of,
            "expired": lambda claim: checks.is_expired(claim, self.build.today),
            "title_of": lambda name: Intervention.model_fields[name].title,
            "fragment": fragment,
            "answer_label": answer_label,
            "oldest_look": export.oldest_look,
            "recognition": lambda record: export.recognition_in_words(self.base, record),
            "is_old": self._is_old,
            "expired_in": self._expired_in,
            "decides": lambda criterion, record: verdict.decides(criterion, verdict.sourced_claims(record)),
            "title_in_card": lambda name: model.Card.model_fields[name].title,
            "columns": _columns,
            "page_file": _page_file,
            "sources_of": self._sources_of,
            "finder_labels": self._finder_labels,
        }

    def page(self, path: str, template: str, source: str | None = None, **values: Any) -> Page:
        """Render one page; `up` is the way from its folder to the top of the docs."""
        up = "../" * path.count("/")
        text = self.environment.get_template(template).render(up=up, **values)
        return Page(path, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", source)

    def overview(self) -> list[dict[str, Any]]:
        """What the overview of interventions shows and filters on, a row a record."""
        rows = []
        for name, record in self.base.interventions.items():
            ages = _ages(record)
            rows.append({"id": name, "record": record, "van": min(ages, default=None), "tot": max(ages, default=None)})
        return rows

    def rests(self) -> dict[str, list[tuple[str, str]]]:
        """Per source the (title, path) of each page that rests on it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for source, uses in self.base.citations.items():
            found[source] = sorted({self._page_of(file) for file, _ in uses})
        return found

    def _sources_of(self, kind: str) -> list[tuple[str, model.Source]]:
        found = [(name, source) for name, source in self.base.sources.items() if source.soort == kind]
        return sorted(found, key=lambda item: item[1].titel.casefold())

    def _finder_labels(self) -> Markdown:
        lists = {"domein": "domeinen", "risiconiveau": "risiconiveaus", "erkenning": "erkenningsniveaus"}
        titles = {"domein": "Leefdomein", "risiconiveau": "Soort hulp (onze indeling)", "erkenning": "Erkenning"}
        labels = {
            key: {"label": titles[key], "waarden": {v: o.label for v, o in self.base.vocabulary.lijsten[name].items()}}
            for key, name in lists.items()
        }
        return Markdown(html.escape(json.dumps(labels, ensure_ascii=False)))

    def _page_of(self, file: str) -> tuple[str, str]:
        name = Path(file).stem
        if file.startswith("interventions/"):
            return self.base.interventions[name].naam, f"interventies/{name}.md"
        if file.startswith("guide/keuzehulp/"):
            return self.base.guides[name].titel, f"keuzehulp/{name}.md"
        return "Begrippen", "begrippen.md"

    def _is_old(self, day: date) -> bool:
        return self.build.today >= day.replace(year=day.year + 5)

    def _expired_in(self, record: model.Record) -> list[Claim]:
        return [claim for _, claim in model.claims_in(record) if checks.is_expired(claim, self.build.today)]


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        finalize=escape,
    )
    environment.filters |= {
        "datum": _long_date,
        "kort": _short_date,
        "md": Markdown,
        "duizend": _thousands,
        "meta": _meta,
    }
    return environment


def escape(value: Any) -> str:
    """Write a text so that Markdown and HTML show it as it was typed; Markdown passes as it is."""
    if isinstance(value, Markdown | jinja2.runtime.Macro):
        return str(value)
    if value is None:
        return ""
    text = re.sub(r"\s+", " ", str(value))
    text = _MARKUP.sub(lambda match: f"&#{ord(match[0])};", text)
    return _BLOCK_START.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match[0]), text)


def _meta(value: Any) -> Markdown:
    """A text as a quoted YAML value for the front matter."""
    return Markdown('"' + " ".join(str(value).split()).replace("\\", "\\\\").replace('"', '\\"') + '"')


def _long_date(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def _short_date(value: date) -> str:
    return f"{value.day}-{value.month}-{value.year}"


def _thousands(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _kind_of(statement: Claim | Conflict | Unknown) -> str:
    return {Claim: "uitspraak", Conflict: "tegenspraak", Unknown: "onbekend"}[type(statement)]


def _sections(record: Intervention) -> dict[str, Any]:
    """The parts of a record that hold statements, in the order of the schema, recognition among them."""
    found = []
    for name in Intervention.model_fields:
        value = getattr(record, name)
        statements = value.uitspraken if isinstance(value, model.Recognition) else value
        if isinstance(statements, list) and statements and isinstance(statements[0], Claim | Conflict | Unknown):
            found.append((name, statements))
    return {"sections": found}


def _columns(table: model.Derivation) -> list[str]:
    """The facets that a derivation looks at, in the order in which its rows name them."""
    return list(dict.fromkeys(name for row in table.rijen for name in row.als))


def _page_file(address: str) -> str:
    """The Markdown file behind an address within the site: `begrippen/` is begrippen.md, `over/` is over/index.md."""
    bare = address.rstrip("/")
    return f"{bare}/index.md" if bare in _FOLDERS else f"{bare}.md" if bare else "index.md"


def _ages(record: Intervention) -> list[int]:
    """The outermost ages that any reading of any target group admits."""
    return [
        bound
        for group in record.doelgroepen
        for criterion in group.criteria
        for reading in criterion.lezingen
        if "leeftijd" in reading.eisen
        for bound in (reading.eisen["leeftijd"].van or 0, reading.eisen["leeftijd"].tot)
        if bound is not None
    ]


def _changes(base: KnowledgeBase) -> list[tuple[date, list[tuple[str, str, str]]]]:
    found: dict[date, list[tuple[str, str, str]]] = {}
    for name, record in base.interventions.items():
        for change in record.wijzigingen:
            found.setdefault(change.datum, []).append((name, record.naam, change.tekst))
    return sorted(found.items(), reverse=True)


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


def answer_label(question: Question, given: Any) -> str:
    """An answer in the words that a reader saw."""
    if given == WEET_NIET:
        return question.weet_niet.tekst
    if isinstance(given, list | tuple):
        return "; ".join(answer_label(question, item) for item in given)
    if given == GEEN_VAN_DEZE and question.geen_van_deze is not None:
        return question.geen_van_deze.tekst
    return str(given) if isinstance(given, int) else question.antwoorden[given].tekst
