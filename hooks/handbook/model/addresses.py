"""guide/uitgegeven.yaml and guide/oude_adressen.yaml: ids that people have saved links to, and what became of them."""

from __future__ import annotations

from pydantic import Field

from handbook.model.base import Record, Slug, Text


class ReleasedGuide(Record):
    """The ids of one guide that were published."""

    vragen: dict[Slug, list[Slug]] = Field(title="Vragen", description="Per vraag de ids van haar antwoorden.")
    uitkomsten: list[Slug] = Field(title="Uitkomsten")


class Released(Record):
    """guide/uitgegeven.yaml: made by `check.py --write-released`, never by hand."""

    interventies: list[Slug] = Field(default_factory=list, title="Interventies")
    keuzehulpen: dict[Slug, ReleasedGuide] = Field(default_factory=dict, title="Keuzehulpen")


class Moved(Record):
    """An id that has gone, with what a visitor with an old link is told."""

    uitleg: Text = Field(title="Uitleg", description="Wat een bezoeker met een oude link leest: wat is er veranderd?")
    naar: Slug | None = Field(None, title="Naar", description="De id die ervoor in de plaats kwam, als die er is.")


class MovedInGuide(Record):
    """What has gone inside one guide."""

    vragen: dict[Slug, Moved] = Field(default_factory=dict, title="Vragen")
    antwoorden: dict[Slug, dict[Slug, Moved]] = Field(
        default_factory=dict,
        title="Antwoorden",
        description="Per vraag (zoals zij nu heet) de antwoorden die weg zijn.",
    )
    uitkomsten: dict[Slug, Moved] = Field(default_factory=dict, title="Uitkomsten")


class OldAddresses(Record):
    """guide/oude_adressen.yaml."""

    interventies: dict[Slug, Moved] = Field(default_factory=dict, title="Interventies")
    keuzehulpen: dict[Slug, Moved] = Field(default_factory=dict, title="Keuzehulpen")
    binnen: dict[Slug, MovedInGuide] = Field(
        default_factory=dict, title="Binnen een keuzehulp", description="Per keuzehulp wat daarin weg is."
    )
