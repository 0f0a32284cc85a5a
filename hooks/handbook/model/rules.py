"""guide/regels.yaml: the rules on sharing data and on age, each with its date and its expiry."""

from __future__ import annotations

from pydantic import Field, model_validator

from handbook.model.base import Record, RuleKindId, Slug, Text
from handbook.model.claims import Claim


class Rule(Record):
    """One rule: what it says, where, from when, and until when we trust our reading."""

    titel: Text = Field(title="Titel")
    soort: RuleKindId = Field(
        title="Soort", description="Wet, beroepsnorm, standpunt van de toezichthouder of praktijkadvies."
    )
    artikel: Text | None = Field(None, title="Artikel")
    sinds: Text = Field(
        title="Sinds", description="Vanaf wanneer dit zo geldt, of welke versie is gelezen. Of: onbekend."
    )
    uitspraak: Claim = Field(title="Wat de regel zegt", description="In eigen woorden. Altijd met herzien_voor.")
    onzeker: Text | None = Field(
        None, title="Wat onzeker is", description="Wat nog kan veranderen of wat wij niet weten."
    )

    @model_validator(mode="after")
    def _expires(self) -> Rule:
        if self.uitspraak.herzien_voor is None:
            raise ValueError("Een regel heeft een uitspraak met herzien_voor nodig.")
        return self


class Rules(Record):
    """guide/regels.yaml."""

    regels: dict[Slug, Rule] = Field(min_length=1, title="Regels")
