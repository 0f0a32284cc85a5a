"""The Content-Security-Policy of each built page.

In: the HTML of a page as MkDocs wrote it. Out: the same HTML with one meta element more, at the top of its
head, that lets the page run its own files and exactly the inline scripts it has now. Called by main.py after
a build for publishing; not while serving, because live reload adds an inline script that is new each time.

The page is read with a parser but never written back from it: the policy is inserted into the text, so all
else stays as it was to the byte. What the policy would block is a fault of the page and is reported here,
not left for a browser to pass over in silence.

Pages share most of their tags. So a page is first cut into tags. Most can hold nothing that a policy is about
(`_PLAIN`); each other tag that no page had before goes through the parser, once. That is safe only where nobody can
disagree about where a tag ends: one sign out of the ordinary (`_ORDINARY`) and the parser reads the whole page.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

# Types of a script element that the browser runs (or obeys) and so wants a hash for. Any other type is data.
_EXECUTED = {"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"}

# A tag that every reader of HTML cuts off at the same place: no quotes but pairs of ", no < or > within them.
_ORDINARY = re.compile(r"</?([a-z][a-z0-9]*)(?:[ \t\n]+[a-z][a-z0-9_:-]*(?:=\"[^\"<>]*\")?)*[ \t\n]*/?>")
# Of those, a tag with only names and addresses within the site: no colon, not even as an entity, so no `javascript:`.
_PLAIN = re.compile(
    r"</?(?:a|abbr|article|b|caption|dd|details|div|dl|dt|em|h[1-6]|li|ol|p|section|span|strong|summary|table|tbody|td"
    r"|th|thead|tr|ul)(?: (?:aria-[a-z]+|class|data-[a-z-]+|href|id|role|scope|title)(?:=\"[^\"&<>:]*\")?)*>"
)
# What changes how the text after it is read; a script is cut off as a whole, a title holds no tag.
_CHANGES_READING = {
    *("iframe", "math", "noembed", "noframes", "plaintext", "script", "style", "svg"),
    *("textarea", "xmp"),
}
_START = re.compile(r"\s*<!doctype html>\s*<html[^<>]*>\s*<head>", re.IGNORECASE)
_TAG = re.compile(r"<script[^<>]*>.*?</script>|<[^>]*>", re.DOTALL)
_SCRIPT = re.compile(r"(<script[^<>]*>)(.*)</script>", re.DOTALL)
# Within a script these make some readers end it elsewhere.
_ENDS_ELSEWHERE = re.compile(r"<!--|</?script", re.IGNORECASE)
# A browser leaves these out of an address before it looks at what kind it is.
_LEFT_OUT = re.compile(r"[\x00-\x20]+")

# What a meta element cannot carry (frame-ancestors, sandbox, report-uri) belongs in the server's headers.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}


class PolicyError(ValueError):
    """A page holds something that its policy would block, or has no place for one."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def protect(site_dir: Path) -> int:
    """Add the policy to every page under site_dir; return how many. When one has a fault, none is written."""
    reader = _Reader()
    additions: dict[Path, tuple[int, str]] = {}
    faults: list[str] = []
    for path in sorted(site_dir.rglob("*.html")):
        try:
            additions[path] = reader.addition(path.read_bytes().decode("utf-8"))
        except PolicyError as error:
            faults += [f"{path.relative_to(site_dir).as_posix()}:{fault}" for fault in error.faults]
    if faults:
        raise PolicyError(faults)
    for path, (place, meta) in additions.items():
        html = path.read_bytes().decode("utf-8")
        path.write_bytes((html[:place] + meta + html[place:]).encode("utf-8"))
    return len(additions)


def add_policy(html: str) -> str:
    """Return the page with its policy.

    It stands first in the head, but for the charset, which must be within the first 1024 bytes.
    """
    place, meta = _Reader().addition(html)
    return html[:place] + meta + html[place:]


class _Reader:
    """Reads pages one after the other, and remembers the tags that turned out to be ordinary."""

    def __init__(self) -> None:
        self._harmless: dict[str, frozenset[str]] = {}

    def addition(self, html: str) -> tuple[int, str]:
        """Where the policy of a page goes, and its text; raises PolicyError with every fault."""
        found = self._quickly(html) or _from_parser(html)
        policy = _POLICY | {
            "script-src": " ".join([_POLICY["script-src"], *sorted(found.scripts)]),
            "style-src": " ".join([_POLICY["style-src"], *sorted(found.styles)]),
        }
        content = "; ".join(f"{directive} {sources}" for directive, sources in policy.items())
        return found.insert_at, f'<meta http-equiv="Content-Security-Policy" content="{content}">'

    def _quickly(self, html: str) -> _Found | None:
        """What the policy depends on, when every tag of the page is ordinary and none is a fault; else nothing."""
        start = _START.match(html)
        if start is None:
            return None
        doctype = html.index(">") + 1
        tags = _TAG.findall(html, doctype)
        if "".join(tags).count("<") != html.count("<", doctype):
            return None
        scripts: set[str] = set()
        for tag in set(tags):
            if _PLAIN.fullmatch(tag):
                continue
            hashes = self._harmless.get(tag)
            if hashes is None:
                hashes = _hashes_if_harmless(tag)
                if hashes is None:
                    return None
                self._harmless[tag] = hashes
            scripts |= hashes
        first_in_head = _TAG.search(html, start.end())
        place = _Page(html[: first_in_head.end() if first_in_head else start.end()]).insert_at
        return None if place is None else _Found(place, scripts, set())


@dataclass(frozen=True)
class _Found:
    """What the policy of a page depends on: where it goes, and the hashes of its inline scripts and styles."""

    insert_at: int
    scripts: set[str]
    styles: set[str]


def _from_parser(html: str) -> _Found:
    page = _Page(html)
    if page.insert_at is None:
        page.faults.append("1: de pagina heeft geen <head>; het beveiligingsbeleid kan nergens staan.")
    if page.insert_at is None or page.faults:
        raise PolicyError(page.faults)
    return _Found(page.insert_at, page.scripts, page.styles)


def _hashes_if_harmless(tag: str) -> frozenset[str] | None:
    """The hash of a script, or none at all, for a tag that is ordinary and no fault; else nothing."""
    script = _SCRIPT.fullmatch(tag)
    ordinary = _ORDINARY.fullmatch(script[1] if script else tag)
    if ordinary is None:
        return None
    if script:
        if ordinary[1] != "script" or ordinary[0].endswith("/>") or _ENDS_ELSEWHERE.search(script[2]):
            return None
    elif ordinary[1] in _CHANGES_READING:
        return None
    page = _Page(tag)
    return None if page.faults else frozenset(page.scripts)


class _Page(HTMLParser):
    """What the policy depends on: where it goes, the inline scripts and styles, and what it would block."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.insert_at: int | None = None
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        self.faults: list[str] = []
        self._html = html
        self._line_starts = [0]
        for line in html.split("\n"):
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self._inline: tuple[int, set[str]] | None = None
        self._just_in_head = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Find the place of the policy, remember where an inline script or style starts, report faults."""
        values = {name: value or "" for name, value in attrs}
        end = self._offset() + len(self.get_starttag_text() or "")
        if tag == "head" and self.insert_at is None:
            self.insert_at, self._just_in_head = end, True
        else:
            if self._just_in_head and tag == "meta" and "charset" in values:
                self.insert_at = end
            self._just_in_head = False
        if tag == "script" and "src" not in values and values.get("type", "").strip().lower() in _EXECUTED:
            self._inline = end, self.scripts
        elif tag == "style":
            self._inline = end, self.styles
        self._report_blocked(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take <meta/> as <meta>."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Take the hash of the inline script or style that ends here."""
        if self._inline and tag in ("script", "style"):
            start, hashes = self._inline
            # The browser reads every line end as "\n" before it takes the hash.
            text = self._html[start : self._offset()].replace("\r\n", "\n").replace("\r", "\n")
            hashes.add(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'")
            self._inline = None

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _report_blocked(self, tag: str, values: dict[str, str]) -> None:
        for name, value in values.items():
            start = _LEFT_OUT.sub("", value).lower()
            if name == "style" or name.startswith("on"):
                self._fault(f"<{tag} {name}=...> wordt geblokkeerd. Gebruik een class of een script.")
            elif start.startswith("javascript:"):
                self._fault(f"<{tag} {name}=...> met javascript: wordt geblokkeerd. Gebruik een gewone link.")
            elif name == "src" and start.startswith(("http:", "https:", "//")):
                self._fault(f"<{tag} src={value}> haalt iets van een andere site. Zet het bestand in docs/.")
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self._fault("de pagina heeft al een beveiligingsbeleid.")

    def _fault(self, message: str) -> None:
        self.faults.append(f"{self.getpos()[0]}: {message}")
