"""The pages of signals, of professions and of the cards that are made from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handbook.model import Claim, Conflict, Partner, Unknown
from handbook.pages.maker import Maker, Page
from handbook.written import take_apart

SIGNALS_ON_A_CARD = 8


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield a page a life domain, the professions, the cards and who to call here."""
    yield from _domains(maker)
    yield from _professions(maker)
    yield from _cards(maker, docs)
    yield maker.page("wie-bel-ik.md", "wie-bel-ik.md.j2", "guide/lokaal.yaml")


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
        )


def _cards(maker: Maker, docs: Path) -> Iterator[Page]:
    with_card = [(name, partner) for name, partner in maker.base.partners.items() if _seen_by(maker, name)]
    written = [(_title(path), path.name) for path in sorted((docs / "kaarten").glob("*.md"))]
    yield maker.page("kaarten/index.md", "kaarten.md.j2", cards=with_card, written=written)
    for name, partner in with_card:
        found = _seen_by(maker, name)
        found.sort(key=lambda item: (item[1].acuut == "nee", item[1].kern == "nee"))
        chosen = found[:SIGNALS_ON_A_CARD]
        yield maker.page(
            f"kaarten/signalenkaart-{name}.md",
            "signalenkaart.md.j2",
            "guide/signalen.yaml",
            id=name,
            partner=partner,
            signals=chosen,
            looked=min(signal.bekeken_op for _, signal in chosen),
        )


def _seen_by(maker: Maker, partner: str) -> list[tuple[str, Any]]:
    return [(name, signal) for name, signal in maker.base.signals.signalen.items() if partner in signal.gezien_door]


def _sections(partner: Partner) -> list[tuple[str, Any]]:
    """The parts of a partner that hold statements, in the order of the schema."""
    found = [(name, getattr(partner, name)) for name in Partner.model_fields]
    return [
        (name, value)
        for name, value in found
        if isinstance(value, list) and value and isinstance(value[0], Claim | Conflict | Unknown)
    ]


def _title(path: Path) -> str:
    return str(take_apart(path.read_text(encoding="utf-8")).meta.get("title", path.stem))
