"""What every record is made of: ids, references to other things, texts and addresses.

In: nothing. Out: the base class and the types of which the other modules in this folder build records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

JaNee: TypeAlias = Literal["ja", "nee"]
Verdict: TypeAlias = Literal["past", "onzeker", "past-niet"]

WEET_NIET = "weet-niet"
ANDERS = "anders"
GEEN_VAN_DEZE = "geen-van-deze"


@dataclass(frozen=True)
class Reference:
    """Marks a text as the id of something else; `kind` says of what, for the check and for the editor."""

    kind: str


Slug: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=1200)]
Phone: TypeAlias = Annotated[str, Field(pattern=r"^[0-9][0-9 -]{2,18}$")]
Address: TypeAlias = Annotated[str, Field(pattern=r"^https://[^\s<>\"'`]+$", max_length=300)]

SourceId: TypeAlias = Annotated[Slug, Reference("bron")]
FacetId: TypeAlias = Annotated[Key, Reference("kenmerk")]
ClaimId: TypeAlias = Annotated[Slug, Reference("uitspraak")]
NodeId: TypeAlias = Annotated[Slug, Reference("knoop")]
TermId: TypeAlias = Annotated[Slug, Reference("term")]
InterventionId: TypeAlias = Annotated[Slug, Reference("interventie")]
LevelId: TypeAlias = Annotated[Slug, Reference("lijst:erkenningsniveaus")]
RiskId: TypeAlias = Annotated[Slug, Reference("lijst:risiconiveaus")]
DomainId: TypeAlias = Annotated[Slug, Reference("lijst:domeinen")]
AudienceId: TypeAlias = Annotated[Slug, Reference("lijst:doelgroepen")]
ThemeId: TypeAlias = Annotated[Slug, Reference("lijst:themas")]
AgeGroupId: TypeAlias = Annotated[Slug, Reference("lijst:leeftijdsgroepen")]
FieldOfWorkId: TypeAlias = Annotated[Slug, Reference("lijst:werkvelden")]
SecrecyId: TypeAlias = Annotated[Slug, Reference("lijst:geheimhouding")]
StatuteId: TypeAlias = Annotated[Slug, Reference("lijst:wetten")]
TaskId: TypeAlias = Annotated[Slug, Reference("lijst:wettelijke_taken")]
DutyId: TypeAlias = Annotated[Slug, Reference("lijst:meldcode")]
GroundKindId: TypeAlias = Annotated[Slug, Reference("lijst:grondsoorten")]
RuleKindId: TypeAlias = Annotated[Slug, Reference("lijst:regelsoorten")]
PartnerId: TypeAlias = Annotated[Slug, Reference("partner")]
RuleId: TypeAlias = Annotated[Slug, Reference("regel")]
SignalId: TypeAlias = Annotated[Slug, Reference("signaal")]
ProtectionId: TypeAlias = Annotated[Slug, Reference("beschermend")]
CaseId: TypeAlias = Annotated[Slug, Reference("casus")]
GuideId: TypeAlias = Annotated[Slug, Reference("keuzehulp")]
CaseLevelId: TypeAlias = Annotated[Slug, Reference("lijst:niveaus")]
CaseThemeId: TypeAlias = Annotated[Slug, Reference("lijst:lesthemas")]
SourceKindId: TypeAlias = Annotated[Slug, Reference("lijst:bronsoorten")]


_NOT_KEPT: set[str] = set()


class Record(BaseModel):
    """Base of all records: unknown keys are faults, values are never converted, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)

    def model_post_init(self, context: Any, /) -> None:
        """Forget which fields were filled in: nobody asks, and it takes a tenth of the memory of all content."""
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_KEPT)


Path: TypeAlias = tuple[str | int, ...]
"""A place in a file: the keys and list positions that lead to it."""


def is_slug(text: str) -> bool:
    """Tell whether a text can be an id, and so a file name and an address."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None and len(text) <= 60
