"""Exercises -> CSV: a row a choice, for a spreadsheet or a system that takes none of the other formats.

In: exercises. Out: the bytes of the file. A double click must open it well in a Dutch Excel, so: a semicolon between
cells and a comma in numbers, as that has them, and a byte order mark, without which it takes UTF-8 for something else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from handbook.exchange.items import Exercise, Item, Option
from handbook.exchange.markup import plain
from handbook.exchange.percent import percentage

COLUMNS = (
    *("oefening", "titel", "nummer", "vraag_id", "soort", "wat_je_ziet", "vraag", "toelichting", "meer_antwoorden"),
    *("letter", "keuze_id", "keuze", "past", "punten_procent", "oordeel", "feedback", "gaat_over"),
    *("lees", "lees_adres"),
)


def write(exercises: Iterable[Exercise]) -> bytes:
    """The file for some exercises."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for exercise in exercises:
        for item in exercise.items:
            writer.writerows(_row(exercise, item, option) for option in item.options)
    return text.getvalue().encode("utf-8-sig")


def _row(exercise: Exercise, item: Item, option: Option) -> list[str]:
    seen = " ".join(f"{scene.title}: {' '.join(scene.lines)}" for scene in item.scenes)
    cells = [
        exercise.id,
        exercise.title,
        str(item.number),
        item.id,
        item.kind,
        seen,
        item.question,
        item.hint,
        "ja" if item.several else "nee",
        option.letter,
        option.id,
        option.text,
        "ja" if option.is_fitting else "nee",
        percentage(option.fraction).replace(".", ","),
        option.verdict,
        option.feedback,
        "; ".join(option.signals),
        option.reading.text if option.reading else "",
        option.reading.address if option.reading else "",
    ]
    return [_cell(cell) for cell in cells]


def _cell(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets a space before it; a number stays a number."""
    line = plain(text)
    is_number = line.lstrip("-").replace(",", "", 1).isdigit()
    return f" {line}" if line[:1] in ("=", "+", "-", "@") and not is_number else line
