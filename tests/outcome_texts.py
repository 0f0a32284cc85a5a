"""What an outcome of a guide tells a reader: all of it, and what somebody in a hurry reads.

In: an outcome. Out: its texts, and whether a number stands in them. The tests of what the guides say call it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.model import Claim, Outcome, Statement, Unknown


def said(statement: Statement) -> Iterator[str]:
    """What a reader is told, without where it was read."""
    if isinstance(statement, Claim):
        yield statement.tekst
    elif isinstance(statement, Unknown):
        yield statement.onbekend
    else:
        yield statement.onderwerp
        yield from (claim.tekst for claim in statement.lezingen)
        yield from [statement.advies.tekst] if statement.advies else []


def texts(outcome: Outcome) -> list[str]:
    statements = [*outcome.advies, *outcome.vervolgstappen]
    spoken: list[str] = []
    if outcome.delen is not None:
        statements += [*outcome.delen.vertel, *outcome.delen.minste, *outcome.delen.leg_vast]
        spoken += outcome.delen.zeg_het_zo
    return [outcome.titel, outcome.kort, *spoken, *(text for statement in statements for text in said(statement))]


def first_read(outcome: Outcome) -> str:
    """The title, the short text and the first three steps: what somebody in a hurry reads."""
    steps = [text for statement in outcome.vervolgstappen[:3] for text in said(statement)]
    return "\n".join([outcome.titel, outcome.kort, *steps])


def names(number: str, text: str) -> bool:
    """Tell whether a number stands there as a whole; 113 is not the tail of a longer one."""
    return re.search(rf"(?<![\d-])(?:{number})(?![\d-])", text, re.IGNORECASE) is not None
