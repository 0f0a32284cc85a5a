"""Does every page that a record sends its reader to exist, with the anchor? In: anchors of all pages. Out: problems.

MkDocs finds a broken link too, but names the page that was made; an editor needs the line of the YAML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

from handbook import model
from handbook.knowledge_base import KnowledgeBase
from handbook.model import CoverageRow, ReadingTip
from handbook.pages.maker import Page, page_file
from handbook.problems import Problem, suggestion

_HEADING = re.compile(r"^#{1,6} +(.+?)(?: *\{:([^}]*)\})?$", re.MULTILINE)
# Two expressions, each with a fixed beginning: one for both takes several times as long.
_ID = re.compile(r' id="([^"]+)"')
_ID_IN_BRACES = re.compile(r"\{:[^}]*#([\w-]+)")


def noted(pages: Iterable[Page], anchors: dict[str, set[str]]) -> Iterator[Page]:
    """Pass pages on, and write down the anchors of each by its path: the pages themselves need not be kept."""
    for page in pages:
        anchors[page.path] = _anchors(page.markdown)
        yield page


def missing_targets(base: KnowledgeBase, anchors: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yield a problem for every `pagina` in a record that no page or no anchor answers to."""
    for file, record in base.records.items():
        for place, part in model.records_in(record, (ReadingTip, CoverageRow)):
            if isinstance(part, ReadingTip | CoverageRow) and part.pagina is not None:
                address, _, anchor = part.pagina.partition("#")
                path = page_file(address)
                if path not in anchors:
                    message = f"De pagina '{address}' bestaat niet.{_suggested(address, anchors)} Verander het adres."
                elif anchor and anchor not in anchors[path]:
                    near = suggestion(anchor, anchors[path]) if len(anchors[path]) > 12 else ""
                    message = f"De pagina '{address}' heeft geen anker '{anchor}'.{near} Verander het adres."
                else:
                    continue
                yield base.files[file].problem((*place, "pagina"), message, "onbekend-pagina")


def _suggested(address: str, paths: Iterable[str]) -> str:
    known = [path.removesuffix(".md").removesuffix("index") for path in paths]
    return suggestion(address.rstrip("/"), known) if len(known) > 12 else ""


def _anchors(markdown: str) -> set[str]:
    found = {*_ID.findall(markdown), *_ID_IN_BRACES.findall(markdown)}
    return found | {_slug(title) for title, attributes in _HEADING.findall(markdown) if "#" not in attributes}


def _slug(title: str) -> str:
    """The anchor that Python-Markdown gives a heading without one of its own."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
