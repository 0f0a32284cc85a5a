"""Written Dutch -> Markdown with its sources, marks and glossary links.

In: the Markdown of a page, as people wrote it in docs/ or as `pages` made it, and a KnowledgeBase. Out: the same
Markdown with `[@bron: plaats]`, `[regel: id]`, `[afgeleid]` and `[te controleren]` written out and each term of
the glossary linked where it is first used. `pages` calls it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from handbook.glossary import Glossary
from handbook.knowledge_base import KnowledgeBase
from handbook.markdown import escape, short_date
from handbook.model import Rule
from handbook.written import CITATION, CODE_SPAN, MARK, NEXT, RULE, Text, take_apart

_CODE = re.compile(rf"(^```.*?^```|{CODE_SPAN.pattern})", re.DOTALL | re.MULTILINE)
_UNLINKED = (
    *("begrippen.md", "bronnen.md", "over/beslissingen/", "over/bijdragen/"),
    *("over/te-herzien.md", "over/voor-een-jurist.md"),
)


@dataclass
class Writer:
    """Writes out the marks of a page; one for all pages, so that the terms are prepared once."""

    base: KnowledgeBase
    today: date
    _glossary: Glossary = field(init=False)

    def __post_init__(self) -> None:
        self._glossary = Glossary(self.base.terms)

    def finish(self, path: str, markdown: str) -> str:
        """Write out every mark of one page; `path` is its place below docs/. Unknown ids stay as they are."""
        text = take_apart(markdown)
        up = "../" * path.count("/")
        late = [rule for rule in self._rules_in(text.body) if self._is_late(rule)]
        body = "".join(
            part if index % 2 else self._marks_written_out(part, up)
            for index, part in enumerate(_CODE.split(text.body) if "`" in text.body else (text.body,))
        )
        if not path.startswith(_UNLINKED):
            body = self._glossary.link(body, up)
        return text.front + self._with_facts(text.meta, body, late)

    def _marks_written_out(self, text: str, up: str) -> str:
        text = CITATION.sub(lambda match: self._citation(match[1], up), text)
        text = RULE.sub(lambda match: self._rule(match[1].strip(), up), text)
        return MARK.sub(lambda match: self._mark(match[1]), text)

    def _rules_in(self, body: str) -> Iterator[Rule]:
        for name in dict.fromkeys(RULE.findall(body)):
            if name in self.base.rules:
                yield self.base.rules[name]

    def _is_late(self, rule: Rule) -> bool:
        return rule.uitspraak.herzien_voor is not None and rule.uitspraak.herzien_voor <= self.today

    def _citation(self, inside: str, up: str) -> str:
        parts = []
        for item in NEXT.split(inside):
            name, _, place = item.strip().lstrip("@").partition(":")
            if name.strip() not in self.base.sources:
                return f"[@{inside}]"
            label = self.base.sources[name.strip()].label
            parts.append(
                f"[{escape(label)}]({up}bronnen.md#{name.strip()})" + (f", {place.strip()}" if place.strip() else "")
            )
        return f'<span class="ve-source">({"; ".join(parts)})</span>'

    def _rule(self, name: str, up: str) -> str:
        rule = self.base.rules.get(name)
        if rule is None:
            return f"[regel: {name}]"
        where = f"{up}gegevens-delen/regels.md#{name}"
        looked = short_date(rule.uitspraak.bekeken_op)
        return f'<span class="ve-source">([{escape(rule.artikel or rule.titel)}]({where}), nagekeken {looked})</span>'

    def _mark(self, mark: str) -> str:
        return f'<span class="ve-inference">{self.base.label("zekerheid", mark.replace(" ", "_"))}</span>'

    # --- facts about the page ---

    def _with_facts(self, meta: Mapping[str, object], body: str, late: list[Rule]) -> str:
        due = meta.get("herzien_voor")
        lines = body.split("\n")
        place = next((index for index, line in enumerate(lines) if line.startswith("{: .ve-lead")), None)
        if place is None:
            place = next((index for index, line in enumerate(lines) if line.startswith("# ")), -1)
        if isinstance(due, date):
            fact = f"Wij kijken deze pagina opnieuw na vóór {short_date(due)}."
            lines[place + 1 : place + 1] = ["", f'<p class="ve-facts">{fact}</p>', ""]
        banner = self._banner(due, late)
        if banner:
            lines[place + 1 : place + 1] = ["", banner, ""]
        return "\n".join(lines)

    def _banner(self, due: object, late: list[Rule]) -> str:
        reasons = [
            f"de regel '{escape(rule.titel)}' moest vóór {rule.uitspraak.herzien_voor} opnieuw worden nagekeken"
            for rule in late
        ]
        if isinstance(due, date) and due <= self.today:
            reasons.append(f"deze pagina moest vóór {due.isoformat()} opnieuw worden nagekeken")
        if not reasons:
            return ""
        text = f"<strong>Let op, dit kan verouderd zijn:</strong> {'; '.join(reasons)}."
        return f'<div class="ve-banner"><p>{text}</p></div>'


def cited_sources(text: Text) -> set[str]:
    """The ids of the sources that a written page cites."""
    inside = (item for match in CITATION.findall(text.body) for item in NEXT.split(match))
    return {item.strip().lstrip("@").partition(":")[0].strip() for item in inside}
