"""When a claim must be looked at again. Used by `knowledge_base` and `pages`."""

from __future__ import annotations

from datetime import date

from handbook.model import Claim


def is_expired(claim: Claim, today: date) -> bool:
    """Tell whether the day before which a claim had to be looked at has come."""
    return claim.herzien_voor is not None and claim.herzien_voor <= today
