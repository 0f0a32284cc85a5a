"""What a choice earns, as Moodle wants it: a percentage with at most five decimals.

Moodle takes a grade only when it is in its own list (question/engine/bank.php): every n/q with q at most 6, tenths,
1/7 to 1/10 and a twentieth, to seven decimals. A question here has at most eight choices of which at least one does
not fit, so that equal shares (`scoring`) are 1/1 to 1/7: always in that list.
"""

from __future__ import annotations

from fractions import Fraction


def percentage(fraction: Fraction) -> str:
    """A hundred times a fraction: `100`, `33.33333`, `-14.28571`."""
    return f"{float(100 * fraction):.5f}".rstrip("0").rstrip(".")
