"""The pages of signals, of professions and of the cards that are made from them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handbook.model import Claim, Conflict, Partner, Signal, Unknown
from handbook.pages.maker import Maker, Page
from handbook.written import read, take_apart

# What fits on one A4 in stylesheets/cards.css, as tests/browser/test_cards.py measures it: the millimetres for signals,
# the height of a line and of the space around a row, and how many signs go on a line of each column. A partner who sees
# fewer than FEWEST signals gets no card.
FEWEST = 3
ROOM = 164.0
LINE = 5.0
ROW_SPACE = 2.5
SIGNS_A_LINE = {"tekst": 25, "kan_ook": 22, "doe": 46, "acuut": 92}


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield a page a life domain, the professions, the cards and who to call here."""
    yield from _domains(maker)
    yield from _professions(maker)
    yield from _cards(maker, docs)
    yield _whom_to_call(maker)


def _whom_to_call(maker: Maker) -> Page:
    """The numbers of the whole country, then what a municipality filled in and what is still open."""
    base = maker.base
    filled = {name: here for name, here in base.local.partners.items() if here.naam or here.telefoon or here.pagina}
    return maker.page(
        "wie-bel-ik.md",
        "wie-bel-ik.md.j2",
        "guide/nummers.yaml",
        looked=min(number.uitspraak.bekeken_op for number in base.numbers.values()),
        filled={name: filled[name] for name in base.partners if name in filled},
        open={name: partner for name, partner in base.partners.items() if name not in filled},
    )


def _domains(maker: Maker) -> Iterator[Page]:
    signals = maker.base.signals
    for key, domain in maker.base.vocabulary.lijsten["domeinen"].items():
        found = [(name, signal) for name, signal in signals.signalen.items() if signal.domein == key]
        protection = [(name, item) for name, item in signals.beschermend.items() if item.domein == key]
        if not found:
            continue
        yield maker.page(
            f"signaleren/{key}.md",
            "signaleren-domein.md.j2",
            "guide/signalen.yaml",
            domain=domain,
            looked=min(signal.bekeken_op for _, signal in found),
            acute=[item for item in found if item[1].acuut == "ja"],
            signals=[item for item in found if item[1].acuut == "nee"],
            protection=protection,
        )


def _professions(maker: Maker) -> Iterator[Page]:
    base = maker.base

    def partners_in(field: str) -> list[tuple[str, Partner]]:
        return [(name, partner) for name, partner in base.partners.items() if partner.werkveld == field]

    yield maker.page("beroepen/index.md", "beroepen.md.j2", partners_in=partners_in)
    for name, partner in base.partners.items():
        seen = [
            (domain, found)
            for domain in base.vocabulary.lijsten["domeinen"]
            if (found := [(k, s) for k, s in _seen_by(maker, name) if s.domein == domain])
        ]
        yield maker.page(
            f"beroepen/{name}.md",
            "beroep.md.j2",
            "guide/partners.yaml",
            id=name,
            partner=partner,
            sections=_sections(partner),
            seen=seen,
            has_card=_has_card(maker, name),
        )


def _cards(maker: Maker, docs: Path) -> Iterator[Page]:
    with_card = [(name, partner) for name, partner in maker.base.partners.items() if _has_card(maker, name)]
    written = [(_title(path), path.name) for path in sorted((docs / "kaarten").glob("*.md"))]
    yield maker.page("kaarten/index.md", "kaarten.md.j2", cards=with_card, written=written)
    for name, partner in with_card:
        acute, others = signals_on_card([signal for _, signal in _seen_by(maker, name)])
        yield maker.page(
            f"kaarten/signalenkaart-{name}.md",
            "signalenkaart.md.j2",
            "guide/signalen.yaml",
            id=name,
            partner=partner,
            acute=acute,
            signals=others,
            looked=min(signal.bekeken_op for signal in (*acute, *others)),
        )


def _has_card(maker: Maker, partner: str) -> bool:
    return len(_seen_by(maker, partner)) >= FEWEST


def signals_on_card(signals: list[Signal]) -> tuple[list[Signal], list[Signal]]:
    """Choose what fits on one A4: all that cannot wait, then core signals before others, from each domain in turn."""
    acute = [signal for signal in signals if signal.acuut == "ja"]
    room = ROOM - sum(_lines(signal.tekst, "acuut") * LINE for signal in acute)
    if acute:
        room -= 7 * LINE  # their heading, and what to do
    chosen: list[Signal] = []
    for signal in _in_turn([signal for signal in signals if signal.acuut == "nee"]):
        texts = {"tekst": signal.tekst, "kan_ook": signal.kan_ook[0], "doe": signal.doe}
        height = max(_lines(text, column) for column, text in texts.items()) * LINE + ROW_SPACE
        if height <= room:
            room -= height
            chosen.append(signal)
    return acute, chosen


def _in_turn(signals: list[Signal]) -> list[Signal]:
    """Core signals before others, and within each the first of every domain before the second of any."""
    turns: list[tuple[bool, int, int, Signal]] = []
    seen: Counter[tuple[str, str]] = Counter()
    for index, signal in enumerate(signals):
        turns.append((signal.kern == "nee", seen[signal.domein, signal.kern], index, signal))
        seen[signal.domein, signal.kern] += 1
    return [signal for *_, signal in sorted(turns, key=lambda turn: turn[:3])]


def _lines(text: str, column: str) -> int:
    return len(textwrap.wrap(text, SIGNS_A_LINE[column]))


def _seen_by(maker: Maker, partner: str) -> list[tuple[str, Any]]:
    return [(name, signal) for name, signal in maker.base.signals.signalen.items() if partner in signal.gezien_door]


def _sections(partner: Partner) -> list[tuple[str, Any]]:
    """The parts of a partner that hold statements, in the order of the schema; what comes first stands apart."""
    found = [(name, getattr(partner, name)) for name in Partner.model_fields if name != "kern"]
    return [
        (name, value)
        for name, value in found
        if isinstance(value, list) and value and isinstance(value[0], Claim | Conflict | Unknown)
    ]


def _title(path: Path) -> str:
    return str(take_apart(read(path)).meta.get("title", path.stem))
