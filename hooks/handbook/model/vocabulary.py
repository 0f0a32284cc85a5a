"""guide/bronnen.yaml and guide/begrippen.yaml: sources, terms, facets and controlled lists."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from handbook.model.base import Address, Key, Record, Slug, SourceKindId, TermId, Text
from handbook.model.claims import Citation

PageAddress = Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*/)+$", max_length=120)]


class Source(Record):
    """A document or page that statements rest on."""

    titel: Text = Field(title="Titel")
    uitgever: Text = Field(title="Uitgever")
    kort: Annotated[str, Field(min_length=1, max_length=40)] | None = Field(
        None,
        title="Korte naam",
        description="Hoe de bron in een bronregel heet. Leeg: uitgever en jaar, of de naam van de wet.",
    )
    jaar: int | Literal["onbekend"] = Field(title="Jaar", description="Jaar van uitgave, of onbekend.")
    soort: SourceKindId = Field(title="Soort")
    adres: Address | None = Field(None, title="Adres", description="Volledig webadres met https://, als het bekend is.")
    vindplaats: Text | None = Field(
        None, title="Vindplaats", description="Waar je het zoekt als er geen volledig adres bekend is."
    )
    gezien_op: date = Field(title="Gezien op", description="De dag waarop wij dit lazen.")
    gelezen: Literal["geheel", "deels", "begin", "niet"] = Field(
        title="Gelezen", description="Hoeveel wij ervan lazen. 'niet': alleen genoemd in een andere bron."
    )
    toelichting: Text | None = Field(None, title="Toelichting")

    @property
    def label(self) -> str:
        """What a source line calls this source."""
        if self.kort:
            return self.kort
        if self.soort == "wet":
            return self.titel
        return self.uitgever if self.jaar == "onbekend" else f"{self.uitgever} {self.jaar}"


class Sources(Record):
    """guide/bronnen.yaml."""

    bronnen: dict[Slug, Source] = Field(title="Bronnen")


class Option(Record):
    """One value of a controlled list."""

    label: Text = Field(title="Label")
    uitleg: Text | None = Field(None, title="Uitleg")
    van: int | None = Field(None, title="Van", description="Jongste leeftijd, bij een leeftijdsgroep.")
    tot: int | None = Field(None, title="Tot en met", description="Oudste leeftijd, bij een leeftijdsgroep.")


class Term(Record):
    """A word of the field, explained once."""

    term: Text = Field(title="Term")
    uitleg: Text = Field(title="Uitleg", description="In eigen woorden, zo kort als kan.")
    synoniemen: list[Text] = Field(
        default_factory=list, title="Synoniemen", description="Ook alledaagse woorden en afkortingen."
    )
    afkorting: Text | None = Field(None, title="Afkorting")
    bronnen: list[Citation] = Field(default_factory=list, title="Bronnen")
    zie: list[TermId] = Field(default_factory=list, title="Zie ook")


class Facet(Record):
    """A property on which answers and criteria meet."""

    label: Text = Field(title="Label")
    uitleg: Text | None = Field(None, title="Uitleg")
    soort: Literal["geheel_getal", "keuze", "meerkeuze"] = Field(title="Soort")
    van: int | None = Field(None, title="Van", description="Laagste waarde, bij een geheel getal.")
    tot: int | None = Field(None, title="Tot en met", description="Hoogste waarde, bij een geheel getal.")
    eenheid: Text | None = Field(None, title="Eenheid")
    lijst: Key | None = Field(
        None, title="Lijst", description="De lijst in dit bestand die de waarden geeft, in plaats van 'waarden'."
    )
    waarden: dict[Slug, Option] = Field(default_factory=dict, title="Waarden", description="Bij keuze en meerkeuze.")

    @model_validator(mode="after")
    def _has_a_domain(self) -> Facet:
        if self.soort == "geheel_getal":
            if self.van is None or self.tot is None or self.van > self.tot or self.waarden:
                raise ValueError("Een geheel getal heeft 'van' en 'tot' nodig (van is hooguit tot) en geen 'waarden'.")
        elif self.lijst is not None and not self.waarden:
            raise ValueError(f"De lijst '{self.lijst}' staat niet bij 'lijsten'. Verbeter de naam.")
        elif self.van is not None or self.tot is not None or len(self.waarden) < 2:
            raise ValueError("Een keuze heeft minstens twee 'waarden' nodig en geen 'van' of 'tot'.")
        return self


class Vocabulary(Record):
    """guide/begrippen.yaml: facets, controlled lists and terms."""

    kenmerken: dict[Key, Facet] = Field(
        title="Kenmerken", description="Waarin antwoorden en criteria elkaar ontmoeten."
    )
    lijsten: dict[Key, dict[Key, Option]] = Field(title="Lijsten", description="Vaste waarden met hun label.")
    termen: dict[Slug, Term] = Field(title="Termen", description="De begrippenlijst.")
    zoekwoorden: dict[PageAddress, list[Text]] = Field(
        default_factory=dict,
        title="Zoekwoorden",
        description="Per adres van een pagina wat mensen typen als ze haar zoeken. Alleen het zoeken leest dit.",
    )

    @model_validator(mode="before")
    @classmethod
    def _with_listed_values(cls, data: Any) -> Any:
        """Give a facet that names a list the values of that list, so that labels stand in one place."""
        if not isinstance(data, dict):
            return data
        facets, lists = data.get("kenmerken"), data.get("lijsten")
        if not isinstance(facets, dict) or not isinstance(lists, dict):
            return data
        filled = {
            name: {**facet, "waarden": lists[str(facet["lijst"])]}
            if isinstance(facet, dict) and "waarden" not in facet and str(facet.get("lijst")) in lists
            else facet
            for name, facet in facets.items()
        }
        return {**data, "kenmerken": filled}
