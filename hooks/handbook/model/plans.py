"""The plan that a guide helps to write: its sections, what each asks, and which answers belong in it.

In: nothing. Out: the block `plan` of a guide. The page prints it with empty lines; the browser fills in the answers.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handbook.model.base import JaNee, Record, Reference, Slug, Text

QuestionId = Annotated[Slug, Reference("vraag")]
OutcomeId = Annotated[Slug, Reference("uitkomst")]


class PlanSection(Record):
    """One section: what to think about, the answers that already say something, and the lines to fill in."""

    titel: Text = Field(title="Titel")
    vragen: list[Text] = Field(min_length=1, title="Denk aan", description="Vragen die de schrijver helpen.")
    antwoorden: list[QuestionId] = Field(
        default_factory=list,
        title="Antwoorden",
        description="Ids van vragen in dit bestand. Het antwoord komt in het plan te staan.",
    )
    interventies: JaNee = Field(
        "nee", title="Toont interventies", description="ja: hier staan de interventies met hun oordeel."
    )
    invullen: list[Text] = Field(min_length=1, title="Zelf in te vullen", description="Elke regel krijgt een leeg vak.")


class Plan(Record):
    """A draft to keep and edit, offered at the outcomes where a plan comes next."""

    titel: Text = Field(title="Titel")
    kort: Text = Field(title="Kort", description="Wat dit is en hoe je het gebruikt.")
    uitkomsten: list[OutcomeId] = Field(
        min_length=1, title="Uitkomsten", description="Ids van uitkomsten in dit bestand waar het plan bij hoort."
    )
    onderdelen: dict[Slug, PlanSection] = Field(min_length=1, title="Onderdelen")
