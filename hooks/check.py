"""`python hooks/check.py`: all problems in the content, without building, in seconds.

In: the folder above this file, or `--root`. Out: every problem with its place and remedy and exit 1, or a
report a guide and exit 0. An unknown word is advice, unless `--spelling=streng` makes it a fault. Also writes
the pages as plain Markdown (`--write-markdown DIR`) and the JSON Schemas for editors (`--write-schemas`), and
records at a release which ids are out (`--write-released`). The only module that prints.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path

from handbook import export, glossary, history, knowledge_base, pages, spelling
from handbook.problems import ContentError, report

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Run the check; return the exit code."""
    parser = argparse.ArgumentParser(description="Controleert alle inhoud, zonder de site te bouwen.")
    parser.add_argument("--root", type=Path, default=ROOT, help="map met interventions/ en guide/")
    parser.add_argument("--write-markdown", type=Path, metavar="MAP", help="schrijf alle pagina's als Markdown")
    parser.add_argument("--write-schemas", action="store_true", help="schrijf docs/schemas/ opnieuw")
    parser.add_argument(
        "--write-released", action="store_true", help="leg vast welke ids er nu zijn, bij het publiceren"
    )
    parser.add_argument(
        "--spelling",
        nargs="?",
        choices=("advies", "streng", "nee"),
        const="advies",
        default="advies",
        help="streng: een onbekend woord telt als fout; nee: kijk de spelling niet na",
    )
    parser.add_argument(
        "--sinds", metavar="COMMIT", help="vergelijk datums met deze commit (anders met HEAD, als die er is)"
    )
    options = parser.parse_args(arguments)
    if options.write_schemas:
        _write_schemas(options.root)
    try:
        base = knowledge_base.read(options.root, keep_lines=True)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    if options.write_released:
        path = options.root / "guide" / "uitgegeven.yaml"
        path.write_text(export.released_text(export.released_now(base)), encoding="utf-8")
    try:
        faults = list(glossary.problems(options.root / "docs", base))
        if options.sinds or history.can_compare(options.root):
            faults += history.moved(options.root, base, options.sinds or "HEAD")
    except history.UnknownCommitError as error:
        print(error, file=sys.stderr)
        return 1
    build = export.Build(pages.today(os.environ), "check")
    anchors: dict[str, set[str]] = {}
    everything = list(pages.noted(pages.everything(base, build, options.root / "docs"), anchors))
    faults += pages.missing_targets(base, anchors)
    if faults:
        print(report(sorted(faults), len(base.files)), file=sys.stderr)
        return 1
    if options.write_markdown is not None:
        _write_markdown(everything, options.write_markdown)
    for line in pages.proof_lines(base):
        print(line)
    for problem in pages.advice(base, everything, options.root / "docs"):
        print(f"Advies: {problem}")
    for problem in knowledge_base.unshown(base, pages.possible_ways(base)):
        print(f"Advies: {problem}")
    speller = spelling.Speller(options.root, base)
    for problem in speller.unexplained():
        print(f"Advies: {problem}")
    misspelt = 0 if options.spelling == "nee" else _spelling(speller, strict=options.spelling == "streng")
    for problem in knowledge_base.expired_claims(base, build.today):
        print(f"Let op: {problem}")
    if misspelt:
        return 1
    print(f"Geen problemen ({len(base.files)} bestanden gelezen).")
    return 0


def _spelling(speller: spelling.Speller, *, strict: bool) -> int:
    """Print the words that nobody knows; return how many faults that makes."""
    try:
        unknown = speller.unknown_words()
    except spelling.DictionaryMissingError as missing:
        print(missing, file=sys.stderr)
        return int(strict)
    for problem in unknown:
        print(problem if strict else f"Advies: {problem}", file=sys.stderr if strict else sys.stdout)
    return len(unknown) if strict else 0


def _write_schemas(root: Path) -> None:
    for document in export.editor_schemas():
        path = root / "docs" / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.text, encoding="utf-8")


def _write_markdown(everything: list[pages.Page], target: Path) -> None:
    for page in everything:
        path = target / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, encoding="utf-8")


if __name__ == "__main__":
    gc.disable()  # a run of seconds that keeps nearly everything: looking for rubbish costs a tenth of its time
    sys.exit(main(sys.argv[1:]))
