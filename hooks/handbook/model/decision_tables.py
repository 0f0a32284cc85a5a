"""Decision tables of a guide: which way on, or which outcome, for each combination of properties.

A row that ends in sharing must name its ground and its conditions: a row without one cannot exist, because
only `SharingRow` may give such an outcome.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import BaseModel, Discriminator, Field, Tag

from handbook.model.base import FacetId, GroundKindId, NodeId, Record, Reference, RuleId, Slug, Text
from handbook.model.claims import Statements

Sharing: TypeAlias = Literal[
    "delen-kan-onder-voorwaarden",
    "alleen-dat-je-betrokken-bent",
    "bespreek-binnen-je-organisatie",
    "doe-aangifte",
]
NotSharing: TypeAlias = Literal[
    "eerst-toestemming-of-vertellen",
    "alleen-anoniem-overleggen",
    "meldcode-veilig-thuis",
    "conflict-van-plichten",
    "dit-kanaal-niet",
    "vraag-eerst-fg-of-jurist",
]


class Ground(Record):
    """What makes sharing lawful: one of the grounds, and the rule that says so."""

    soort: GroundKindId = Field(title="Soort grond")
    regel: RuleId = Field(title="Regel", description="De regel waar de grond in staat. Het artikel komt daarvandaan.")


class _Row(Record):
    als: dict[FacetId, list[Slug]] = Field(
        default_factory=dict, title="Als", description="Per kenmerk de waarden. Wat ontbreekt, maakt niet uit."
    )
    regels: list[RuleId] = Field(min_length=1, title="Regels", description="De regels waarop deze rij rust.")


class SharingRow(_Row):
    """A row that ends in sharing, on a ground and under conditions."""

    geeft: Annotated[Sharing, Reference("knoop")] = Field(title="Geeft")
    grond: Ground = Field(title="Grond")
    voorwaarden: list[Text] = Field(min_length=1, title="Voorwaarden")


class StoppingRow(_Row):
    """A row that ends in an outcome without sharing."""

    geeft: Annotated[NotSharing, Reference("knoop")] = Field(title="Geeft")
    omdat: Text | None = Field(None, title="Omdat", description="Waarom juist dit, in één of twee zinnen.")


class OnwardRow(_Row):
    """A row that leads on: more must be known."""

    verder: NodeId = Field(title="Verder", description="De vraag, splitsing of tabel die nu komt.")


def row_kind(value: Any) -> str:
    """Tell the three kinds of row apart by where they lead."""
    keys = value if isinstance(value, dict) else vars(value) if isinstance(value, BaseModel) else {}
    if "verder" in keys:
        return "@verder"
    return "@delen" if keys.get("geeft") in get_args(Sharing) else "@niet-delen"


Row: TypeAlias = Annotated[
    Annotated[SharingRow, Tag("@delen")]
    | Annotated[StoppingRow, Tag("@niet-delen")]
    | Annotated[OnwardRow, Tag("@verder")],
    Discriminator(row_kind),
]


class Otherwise(Record):
    """What holds where no row does. Never sharing: what nobody thought of is asked first."""

    geeft: Annotated[NotSharing, Reference("knoop")] = Field(title="Geeft")
    regels: list[RuleId] = Field(min_length=1, title="Regels")
    omdat: Text = Field(title="Omdat")


class DecisionTable(Record):
    """A table over facets that the questions before it fix: its rows exclude each other and leave nothing out.

    What no row covers falls under `anders`; without it the rows must cover everything.
    """

    vraag: Text = Field(title="Vraag", description="Hoe de tabel op papier heet.")
    toelichting: Text | None = Field(None, title="Toelichting")
    rijen: dict[Slug, Row] = Field(min_length=1, max_length=60, title="Rijen")
    anders: Otherwise | None = Field(None, title="Anders", description="Voor alles wat geen rij noemt.")
    onbekend: Annotated[NotSharing, Reference("knoop")] = Field(
        "vraag-eerst-fg-of-jurist",
        title="Onbekend",
        description="De uitkomst als de antwoorden meer dan één rij openlaten. Nooit een uitkomst waarin je deelt.",
    )


class SharingAdvice(Record):
    """What an outcome of a guide on sharing data says beside its advice."""

    regels: list[RuleId] = Field(min_length=1, title="Regels", description="Waarop deze uitkomst altijd rust.")
    vertel: Statements = Field(title="Wat je het gezin vertelt, en wanneer")
    minste: Statements = Field(title="Het minste dat genoeg is")
    leg_vast: Statements = Field(title="Wat je opschrijft")
    zeg_het_zo: Annotated[list[Text], Field(min_length=1)] = Field(
        title="Zo kun je het zeggen", description="Hele zinnen die een lezer kan uitspreken."
    )
