"""Does every link that people saved still open, or say what changed? In: what was released, what is. Out: faults.

`uitgegeven` lists the ids that were published. One that is no longer there needs an entry in `oude_adressen`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from handbook.checks.content import Content, Fault
from handbook.model import Moved, MovedInGuide, Path
from handbook.problems import suggestion

RELEASED = "guide/uitgegeven.yaml"
OLD = "guide/oude_adressen.yaml"


def run(content: Content) -> Iterator[Fault]:
    """Yield ids that vanished without a word, and entries that say something wrong."""
    old, released = content.old, content.released
    yield from _compare(("interventies",), released.interventies, content.intervention_ids, old.interventies)
    guides = {*content.guides, *_failed_guides(content)}
    yield from _compare(("keuzehulpen",), released.keuzehulpen, guides, old.keuzehulpen)
    for name in old.binnen:
        if name not in guides:
            message = f"De keuzehulp '{name}' bestaat niet.{suggestion(name, guides)}"
            yield Fault(OLD, ("binnen", name), message, "oud-adres-onbekend")
    for name, guide in content.guides.items():
        known = released.keuzehulpen.get(name)
        inside = old.binnen.get(name, MovedInGuide())
        place: Path = ("binnen", name)
        questions = known.vragen if known else {}
        yield from _compare((*place, "vragen"), questions, guide.vragen, inside.vragen)
        yield from _compare(
            (*place, "uitkomsten"), known.uitkomsten if known else (), guide.uitkomsten, inside.uitkomsten
        )
        for question in {**questions, **inside.antwoorden}:
            if question in guide.vragen:
                answers = {*guide.vragen[question].antwoorden}
                moved = inside.antwoorden.get(question, {})
                yield from _compare((*place, "antwoorden", question), questions.get(question, ()), answers, moved)
            elif question in inside.antwoorden:
                message = f"De vraag '{question}' bestaat niet meer. Leg dat uit bij 'vragen', niet hier."
                yield Fault(OLD, (*place, "antwoorden", question), message, "oud-adres-onbekend")


def _compare(
    place: Path, released: Collection[str], present: Collection[str], moved: Mapping[str, Moved]
) -> Iterator[Fault]:
    for name in released:
        if name not in present and name not in moved:
            where = ".".join(map(str, place))
            message = (
                f"'{name}' is gepubliceerd maar bestaat niet meer. Leg bij '{where}' in {OLD} uit wat er veranderd is."
            )
            yield Fault(RELEASED, (), message, "adres-verdwenen")
    for name, entry in moved.items():
        if name in present:
            message = f"'{name}' bestaat nog. Haal deze regel weg, of kies een andere id."
            yield Fault(OLD, (*place, name), message, "oud-adres-bestaat")
        elif name not in released:
            message = f"'{name}' is nooit gepubliceerd. Verbeter de id of haal dit weg.{suggestion(name, released)}"
            yield Fault(OLD, (*place, name), message, "oud-adres-onbekend")
        if entry.naar is not None and entry.naar not in present:
            message = f"'{entry.naar}' bestaat niet.{suggestion(entry.naar, present)}"
            yield Fault(OLD, (*place, name, "naar"), message, "oud-adres-onbekend")


def _failed_guides(content: Content) -> Iterator[str]:
    prefix = "guide/keuzehulp/"
    return (file.removeprefix(prefix).removesuffix(".yaml") for file in content.failed if file.startswith(prefix))
