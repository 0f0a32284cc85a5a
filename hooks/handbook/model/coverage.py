"""guide/verantwoording.yaml: where each part of the source documents went."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from handbook.model.base import Record, SourceId, Text


class CoverageRow(Record):
    """One part of a source document and the place in this handbook that carries it, or why none does."""

    bron: SourceId = Field(title="Bron")
    deel: Text = Field(title="Deel", description="Hoofdstuk, paragraaf, casus of kader.")
    pagina: Annotated[str, Field(pattern=r"^([a-z0-9-]+/)*#[a-z0-9-]+$")] | None = Field(
        None, title="Pagina", description="Adres binnen de site met anker, zoals aanpak/analyseren/#stappen."
    )
    weggelaten: Text | None = Field(
        None, title="Weggelaten", description="De reden: verouderd, plaatselijk of vervangen."
    )

    @model_validator(mode="after")
    def _is_one_of(self) -> CoverageRow:
        if (self.pagina is None) == (self.weggelaten is None):
            raise ValueError("Geef de pagina met anker, of de reden waarom dit deel is weggelaten: één van beide.")
        return self


class Coverage(Record):
    """guide/verantwoording.yaml."""

    delen: list[CoverageRow] = Field(min_length=1, title="Delen")
