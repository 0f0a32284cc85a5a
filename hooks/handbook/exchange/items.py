"""Cases and the assessment -> exercises: the one list of questions from which every format is written.

In: a KnowledgeBase and the address of the site. Out: `Exercise`s with what can be seen at each question, its choices
and what each is worth. What is right and what it earns comes from `scoring`; the formats beside this module decide
nothing, they only write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_lowercase

from handbook import scoring
from handbook.knowledge_base import KnowledgeBase
from handbook.markdown import long_date
from handbook.model import Case, CaseQuestion, Choice, Claim, Conflict, ReadingTip, Statement, Unknown
from handbook.scoring import Value

ASSESSMENT = "toets"


@dataclass(frozen=True)
class Scene:
    """What can be seen or is known at one time."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What to read; `address` is empty when nobody knows where it stands, `page` says which page of the handbook."""

    text: str
    address: str
    page: str = ""


@dataclass(frozen=True)
class Option:
    """One choice. `letter` is its place in the question, for systems that know choices by a letter."""

    id: str
    letter: str
    text: str
    verdict: str
    feedback: str
    signals: tuple[str, ...]
    reading: Reading | None
    value: Value

    @property
    def is_fitting(self) -> bool:
        """Tell whether this choice is a right one."""
        return self.value.fraction > 0

    @property
    def fraction(self) -> Fraction:
        """The part of the question that this choice earns, or takes away."""
        return self.value.fraction


@dataclass(frozen=True)
class Item:
    """One question. `scenes` is all that was seen until then, oldest first; the last `new` are seen here first."""

    id: str
    number: int
    question: str
    hint: str
    kind: str
    several: bool
    scenes: tuple[Scene, ...]
    new: int
    options: tuple[Option, ...]

    @property
    def fitting(self) -> list[Option]:
        """The right choices."""
        return [option for option in self.options if option.is_fitting]


@dataclass(frozen=True)
class Exercise:
    """A case or the assessment: what one export of its own holds."""

    id: str
    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    aims: tuple[str, ...]
    items: tuple[Item, ...]
    closing: tuple[Scene, ...]
    pass_mark: int | None
    looked_at: str

    @property
    def stamp(self) -> str:
        """A digest of the questions and choices: answers kept under another one cannot be read."""
        shape = [(item.id, item.several, [option.id for option in item.options]) for item in self.items]
        return hashlib.sha256(repr(shape).encode()).hexdigest()[:8]


def exercises(base: KnowledgeBase, address: str) -> list[Exercise]:
    """Every case, in the order of the handbook, and the assessment last."""
    return [*(_case(base, name, case, address) for name, case in base.cases.items()), _assessment(base, address)]


def _case(base: KnowledgeBase, name: str, case: Case, address: str) -> Exercise:
    return Exercise(
        id=name,
        title=case.titel,
        summary=case.kort,
        facts=(
            ("Niveau", base.label("niveaus", case.niveau)),
            ("Leeftijd", base.label("leeftijdsgroepen", case.groep)),
            ("Voor", ", ".join(base.partners[partner].naam for partner in case.beroepen)),
        ),
        aims=tuple(case.leerdoelen),
        items=tuple(_case_items(base, case, address)),
        closing=tuple(_closing(base, case)),
        pass_mark=None,
        looked_at=long_date(case.bekeken_op),
    )


def _case_items(base: KnowledgeBase, case: Case, address: str) -> Iterator[Item]:
    seen = [Scene("De situatie", tuple(case.situatie))]
    new = 1
    number = 0
    for moment in case.momenten.values():
        seen.append(Scene(moment.titel, tuple(moment.wat_je_ziet)))
        new += 1
        for name, question in moment.vragen.items():
            number += 1
            yield _item(base, name, number, question, (*seen,), new, address)
            new = 0


def _assessment(base: KnowledgeBase, address: str) -> Exercise:
    test = base.assessment
    items = [
        _item(base, name, number, question, (), 0, address)
        for number, (name, question) in enumerate(test.vragen.items(), 1)
    ]
    for number, (name, part) in enumerate(test.uit_casussen.items(), len(items) + 1):
        case = base.cases[part.casus]
        here = next(item for item in _case_items(base, case, address) if item.id == part.vraag)
        items.append(_item(base, name, number, case.questions[part.vraag], here.scenes, len(here.scenes), address))
    return Exercise(
        id=ASSESSMENT,
        title=test.titel,
        summary=test.inleiding[0],
        facts=(("Vragen", str(test.total)), ("Norm", f"{test.norm} punten")),
        aims=(),
        items=tuple(items),
        closing=(),
        pass_mark=test.norm,
        looked_at=long_date(test.bekeken_op),
    )


def _item(
    base: KnowledgeBase,
    name: str,
    number: int,
    question: CaseQuestion,
    scenes: tuple[Scene, ...],
    new: int,
    address: str,
) -> Item:
    worth = scoring.values(question)
    options = (
        _option(base, key, letter, choice, worth[key], address)
        for letter, (key, choice) in zip(ascii_lowercase, question.choices.items(), strict=False)
    )
    return Item(
        id=name,
        number=number,
        question=question.vraag,
        hint=question.toelichting or "",
        kind=base.label("vraagsoorten", question.soort),
        several=question.meerkeuze == "ja",
        scenes=scenes,
        new=new,
        options=tuple(options),
    )


def _option(base: KnowledgeBase, name: str, letter: str, choice: Choice, value: Value, address: str) -> Option:
    return Option(
        id=name,
        letter=letter,
        text=choice.tekst,
        verdict=base.label("keuzeoordelen", choice.oordeel),
        feedback=choice.feedback,
        signals=tuple(base.signals.signalen[signal].tekst.removesuffix(".") for signal in choice.signalen),
        reading=_reading(base, choice.lees, address) if choice.lees is not None else None,
        value=value,
    )


def _reading(base: KnowledgeBase, tip: ReadingTip, address: str) -> Reading:
    if tip.bron is not None:
        source = base.sources[tip.bron]
        return Reading(f"{tip.tekst} ({source.titel})", source.adres or "")
    page = tip.pagina or ""
    return Reading(tip.tekst, f"{address.rstrip('/')}/{page}" if address else "", page)


def _closing(base: KnowledgeBase, case: Case) -> Iterator[Scene]:
    """What a trainer says when all questions are answered."""
    yield Scene("De afweging", tuple(line for statement in case.afweging for line in _statement(base, statement)))
    shared = (
        f"{row.wat.removesuffix('.')}. Met: {base.partners[row.met].naam}. Mag dit? "
        f"{base.label('deelbaar', row.mag)}. {row.waarom}"
        for row in case.delen.rijen
    )
    yield Scene("Wat mag je delen?", tuple(shared))
    yield Scene("De volgende stap", tuple(case.volgende_stap.stappen))
    yield Scene("Om na te bespreken", tuple(case.nabespreking))


def _statement(base: KnowledgeBase, statement: Statement) -> Iterator[str]:
    if isinstance(statement, Claim):
        yield _claim(base, statement)
    elif isinstance(statement, Conflict):
        yield f"De bronnen verschillen: {statement.onderwerp}"
        for reading in (*statement.lezingen, *([statement.advies] if statement.advies else [])):
            yield _claim(base, reading)
    elif isinstance(statement, Unknown):
        yield f"Onbekend: {statement.onbekend}"


def _claim(base: KnowledgeBase, claim: Claim) -> str:
    """A claim with how sure it is and its sources, as a sentence in brackets."""
    sources = "; ".join(f"{base.sources[citation.bron].titel}, {citation.plaats}" for citation in claim.bronnen)
    certainty = base.label("zekerheid", claim.zekerheid)
    return f"{claim.tekst} ({certainty}{': ' if sources else ''}{sources})"
