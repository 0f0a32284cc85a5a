"""Hunspell's Dutch dictionary -> what tells a Dutch word, without reading the whole of it.

In: the place of the `.aff` and `.dic` files. Out: a function of one word. `spylls` reads 180,000 entries in three
seconds; a check asks after a few thousand words. So entries stay lines of text until a word needs them: what `spylls`
makes of the affixes and of each entry, and how it looks a word up, is all its own. `spelling` calls it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any


class _Entries:
    """The entries of a dictionary, with what `Lookup` of spylls asks of them (`spylls.hunspell.data.dic.Dic`)."""

    def __init__(self, text: str, parse: Callable[[list[str]], list[Any]]) -> None:
        """Note of each line which stem it is about; `parse` makes words of lines."""
        self._parse = parse
        self._lines: dict[str, str] = {}
        for line in text.split("\n"):
            stem = line.partition("/")[0]
            if "\t" in line or "\\" in line or " " in stem:
                stem = "".join(word.stem for word in parse([line]))
            self._lines[stem] = f"{self._lines[stem]}\n{line}" if stem in self._lines else line
        self._words: dict[str, list[Any]] = {}

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> list[Any]:
        """Every word with this stem; with `ignorecase` those that have it as their lower case."""
        if ignorecase:
            return [word for written in self._by_lower.get(stem, ()) for word in self.homonyms(written)]
        if stem not in self._words:
            lines = self._lines.get(stem)
            self._words[stem] = self._parse(lines.split("\n")) if lines else []
        return self._words[stem]

    def has_flag(self, stem: str, flag: str, *, for_all: bool = False) -> bool:
        """Tell whether any word with this stem has a flag; with `for_all` whether all have, and there is one."""
        words = self.homonyms(stem)
        found = [flag in word.flags for word in words]
        return bool(found) and (all(found) if for_all else any(found))

    @cached_property
    def _by_lower(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for stem in self._lines:
            found[stem.lower()].append(stem)
        return found


def read(path: Path) -> Callable[[str], bool]:
    """What tells a Dutch word; raises ImportError without spylls, FileNotFoundError without the dictionary."""
    from spylls.hunspell.algo.lookup import Lookup
    from spylls.hunspell.readers import read_aff, read_dic
    from spylls.hunspell.readers.file_reader import FileReader

    text = path.with_suffix(".dic").read_text(encoding="utf-8")
    affixes = FileReader(str(path.with_suffix(".aff")), encoding="utf-8")
    aff, context = read_aff(affixes)
    affixes.io.close()

    def parse(lines: list[str]) -> list[Any]:
        found: list[Any] = read_dic(((0, line) for line in lines), aff=aff, context=context).words
        return found

    entries = _Entries(text.partition("\n")[2].strip("\n"), parse)
    lookup = Lookup(aff, entries)
    bounds = {aff.FORBIDDENWORD, aff.ONLYINCOMPOUND, aff.NEEDAFFIX}

    def is_dutch(word: str) -> bool:
        # Two in three words stand in the dictionary as they are: those need no search for endings.
        found = entries.homonyms(aff.ICONV(word))
        return (bool(found) and all(bounds.isdisjoint(entry.flags) for entry in found)) or bool(lookup(word))

    return is_dutch
