"""guide/signalen.yaml: signals and protective factors per life domain."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from handbook.model.base import AgeGroupId, DomainId, JaNee, PartnerId, Record, Slug, Text, ThemeId
from handbook.model.claims import Citation


class Signal(Record):
    """Something one can see or hear; never a verdict on its own."""

    tekst: Text = Field(title="Signaal", description="Wat je ziet of hoort, als waarneming, niet als oordeel.")
    domein: DomainId = Field(title="Leefdomein")
    themas: list[ThemeId] = Field(default_factory=list, title="Thema's")
    leeftijden: list[AgeGroupId] = Field(min_length=1, title="Leeftijden")
    kern: JaNee = Field(
        "nee", title="Kernsignaal", description="ja: dit signaal oefenen trainers. Hooguit 30 in het hele bestand."
    )
    acuut: JaNee = Field("nee", title="Acuut", description="ja: bij dit signaal wacht je niet op een tweede.")
    kan_ook: list[Text] = Field(
        min_length=1, title="Kan ook betekenen", description="Onschuldige of andere verklaringen."
    )
    doe: Text = Field(title="Wat je doet", description="De eerstvolgende stap.")
    gezien_door: list[PartnerId] = Field(min_length=1, title="Wie dit ziet")
    bronnen: list[Citation] = Field(min_length=1, title="Bronnen")
    zekerheid: Literal["bron", "afgeleid", "te_controleren"] = Field(title="Zekerheid")
    bekeken_op: date = Field(title="Bekeken op")


class Protection(Record):
    """Something that protects a child."""

    tekst: Text = Field(title="Wat beschermt")
    domein: DomainId = Field(title="Leefdomein")
    versterk: Text = Field(title="Hoe je het versterkt")
    bronnen: list[Citation] = Field(min_length=1, title="Bronnen")
    zekerheid: Literal["bron", "afgeleid", "te_controleren"] = Field(title="Zekerheid")
    bekeken_op: date = Field(title="Bekeken op")


class Signals(Record):
    """guide/signalen.yaml."""

    signalen: dict[Slug, Signal] = Field(min_length=1, title="Signalen")
    beschermend: dict[Slug, Protection] = Field(min_length=1, title="Wat beschermt")
