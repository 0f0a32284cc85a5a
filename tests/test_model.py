"""What the schema refuses and converts, and what it can say about a record."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from handbook import model
from handbook.export import EDITOR_SCHEMAS
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Claim, Conflict, Guide, Intervention, Source, Sources, Unknown, Vocabulary
from handbook.source import read as read_source

SEEN = date(2020, 5, 1)


def claim(**changes: Any) -> Claim:
    plain = {"tekst": "Iets.", "zekerheid": "te_controleren", "bekeken_op": SEEN, **changes}
    return Claim.model_validate(plain)


def refusal(**changes: Any) -> str:
    with pytest.raises(ValidationError) as error:
        claim(**changes)
    return str(error.value.errors()[0]["msg"]).removeprefix("Value error, ")


def test_claim_needs_no_more_than_text_certainty_and_date() -> None:
    assert (claim().aard, claim().bronnen, claim().herzien_voor) == ("feit", [], None)


@pytest.mark.parametrize("certainty", ["bron", "afgeleid"])
def test_claim_without_a_source_is_only_to_be_checked(certainty: str) -> None:
    assert refusal(zekerheid=certainty).startswith("Noem bij 'bronnen' minstens één bron")
    assert claim(zekerheid=certainty, bronnen=[{"bron": "x", "plaats": "y"}]).zekerheid == certainty


@pytest.mark.parametrize("kind", ["juridisch", "officieel"])
def test_law_and_office_need_a_day_to_look_again(kind: str) -> None:
    assert "herzien_voor nodig" in refusal(aard=kind)


def test_day_to_look_again_needs_a_finding_and_an_order() -> None:
    assert "hoort een bevinding" in refusal(herzien_voor=date(2020, 6, 1))
    assert "na bekeken_op" in refusal(herzien_voor=SEEN, bevinding="Goed.")
    assert claim(herzien_voor=date(2020, 5, 2), bevinding="Goed.").herzien_voor == date(2020, 5, 2)


def test_day_to_look_again_lies_at_most_eighteen_months_ahead() -> None:
    assert claim(herzien_voor=date(2021, 11, 1), bevinding="Goed.").bevinding == "Goed."
    assert "18 maanden" in refusal(herzien_voor=date(2022, 1, 1), bevinding="Goed.")


@pytest.mark.parametrize(
    "changes",
    [{"tekst": 5}, {"tekst": None}, {"bekeken_op": "2020-05-01"}, {"bronnen": "x"}, {"zekerheid": True}, {"meer": "x"}],
    ids=str,
)
def test_nothing_is_converted_and_nothing_unknown_let_in(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        claim(**changes)


def test_spaces_around_a_text_do_not_count() -> None:
    assert claim(tekst="  Iets. \n").tekst == "Iets."
    with pytest.raises(ValidationError):
        claim(tekst=" \n ")


def test_conflict_needs_two_readings_and_advice_of_our_own() -> None:
    reading = claim().model_dump()
    Conflict.model_validate({"onderwerp": "Wat?", "lezingen": [reading, reading]})
    with pytest.raises(ValidationError):
        Conflict.model_validate({"onderwerp": "Wat?", "lezingen": [reading]})
    with pytest.raises(ValidationError, match="zet zekerheid op afgeleid"):
        Conflict.model_validate({"onderwerp": "Wat?", "lezingen": [reading, reading], "advies": reading})


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://www.nji.nl/interventies", True),
        ("http://www.nji.nl", False),
        ("javascript:alert(1)", False),
        ("https://x.nl/ a", False),
        ("https://x.nl/\"onclick='x'", False),
        ("https://x.nl/<b>", False),
        ("//x.nl", False),
        ("", False),
    ],
)
def test_address_of_a_source(address: str, fine: bool) -> None:
    plain = {"titel": "T", "uitgever": "U", "jaar": 2020, "soort": "wet", "gezien_op": SEEN, "gelezen": "deels"}
    if fine:
        assert Source.model_validate({**plain, "adres": address}).adres == address
    else:
        with pytest.raises(ValidationError):
            Source.model_validate({**plain, "adres": address})


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "De uitgever 2020"),
        ({"jaar": "onbekend"}, "De uitgever"),
        ({"soort": "wet"}, "De titel"),
        ({"soort": "wet", "kort": "Kort"}, "Kort"),
    ],
)
def test_label_of_a_source(changes: dict[str, Any], label: str) -> None:
    plain = {"titel": "De titel", "uitgever": "De uitgever", "jaar": 2020, "soort": "rapport", "gezien_op": SEEN}
    assert Source.model_validate({**plain, "gelezen": "deels", **changes}).label == label


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("basta", True),
        ("groep-1-2", True),
        *((text, False) for text in ("Basta", "a_b", "a--b", "-a", "a-", "", "é", "a\n")),
        ("x" * 60, True),
        ("x" * 61, False),
    ],
)
def test_slug(text: str, fine: bool) -> None:
    assert model.is_slug(text) is fine


def numbers(shown: int) -> model.Numbers:
    statement = {"tekst": "Bel.", "zekerheid": "te_controleren", "bekeken_op": SEEN, "aard": "officieel"}
    statement |= {"herzien_voor": date(2020, 6, 1), "bevinding": "Goed."}
    number = {"naam": "9", "telefoon": "999", "waarvoor": "Brand", "bereikbaar": "Altijd.", "uitspraak": statement}
    strips = ["ja"] * shown + ["nee"]
    return model.Numbers.model_validate(
        {"nummers": {f"nummer-{count}": {**number, "strook": strip} for count, strip in enumerate(strips)}}
    )


@pytest.mark.parametrize("shown", [1, 3])
def test_the_strip_of_numbers_fits_above_a_page(shown: int) -> None:
    assert len(numbers(shown).nummers) == shown + 1


@pytest.mark.parametrize("shown", [0, 4])
def test_a_strip_with_no_number_or_too_many_is_refused(shown: int) -> None:
    with pytest.raises(ValidationError, match=f"In de strook staan {shown} nummers"):
        numbers(shown)


def test_statements_with_their_places(mini_base: KnowledgeBase) -> None:
    record = mini_base.interventions["vonkenclub"]
    found = dict(model.statements_in(record))
    assert isinstance(found["doelgroep", 0], Conflict)
    assert isinstance(found["doelgroep", 0, "lezingen", 1], Claim)
    assert isinstance(found["doelgroep", 0, "advies"], Claim)
    assert isinstance(found["kosten", 0], Unknown)
    assert isinstance(found["erkenning", "uitspraken", 0], Claim)
    assert {place for place, _ in model.claims_in(record)} == {
        place for place, part in found.items() if isinstance(part, Claim)
    }


def test_texts_with_their_places(mini_base: KnowledgeBase) -> None:
    found = dict(model.texts_in(mini_base.guides["draak"].uitkomsten["laat-slapen"], ("uitkomsten", "laat-slapen")))
    assert found["uitkomsten", "laat-slapen", "titel"] == "Laat de draak slapen"
    assert found["uitkomsten", "laat-slapen", "advies", 0, "tekst"] == "Doe het licht uit."


def test_references_of_every_kind(mini_base: KnowledgeBase) -> None:
    found = {
        (file, ".".join(map(str, place))): (kind, name)
        for file, record in mini_base.records.items()
        for place, kind, name in model.references_in(record)
    }
    guide, club, terms = "guide/keuzehulp/draak.yaml", "interventions/vonkenclub.yaml", "guide/begrippen.yaml"
    expected = {
        (guide, "start"): ("knoop", "brand-nu"),
        (guide, "voor_wie.0"): ("lijst:doelgroepen", "professional"),
        (guide, "vragen.leeftijd.routes.0.naar"): ("knoop", "kunsten"),
        (guide, "vragen.leeftijd.routes.0.legt_vast.kleur"): ("kenmerk", "kleur"),
        (guide, "vragen.kleur.weet_niet.legt_vast.kleur"): ("kenmerk", "kleur"),
        (guide, "splitsingen.kan-vuur.een_van.naar"): ("knoop", "spuwt-vuur"),
        (guide, "afleidingen.stemming"): ("kenmerk", "stemming"),
        (guide, "afleidingen.stemming.rijen.0.als.schubben"): ("kenmerk", "schubben"),
        (guide, "uitkomsten.spuwt-vuur.lezen.0.bron"): ("bron", "drakenboek"),
        (guide, "voorbeelden.brand.antwoorden.brand-nu"): ("knoop", "brand-nu"),
        (guide, "voorbeelden.drie-jaar-vuur.oordelen.vleugelles"): ("interventie", "vleugelles"),
        (club, "kaart.voor_wie.steunt_op.2"): ("uitspraak", "vuurspuwers"),
        (club, "erkenning.niveau"): ("lijst:erkenningsniveaus", "goed-onderbouwd"),
        (club, "doelgroep.0.lezingen.0.bronnen.0.bron"): ("bron", "drakenboek"),
        (club, "doelgroepen.0.criteria.0.lezingen.1.eisen.leeftijd"): ("kenmerk", "leeftijd"),
        (terms, "termen.draak.zie.0"): ("term", "schub"),
        ("guide/bronnen.yaml", "bronnen.drakenwet.soort"): ("lijst:bronsoorten", "wet"),
    }
    assert {place: found.get(place) for place in expected} == expected


@pytest.mark.parametrize(
    ("record", "place", "data", "key"),
    [
        (Intervention, (), {}, "kosten"),
        (Intervention, ("kaart",), {"kaart": {}}, "hoe_lang"),
        (Intervention, ("kaart", "wat"), {"kaart": {"wat": {}}}, "steunt_op"),
        (Intervention, ("doel", 0), {"doel": [{}]}, "zekerheid"),
        (Intervention, ("doel", 0), {"doel": [{"lezingen": []}]}, "onderwerp"),
        (Intervention, ("doel", 0), {"doel": [{"onbekend": "x"}]}, "geprobeerd"),
        (Intervention, ("doelgroepen", 0, "criteria", 0), {"doelgroepen": [{"criteria": [{}]}]}, "lezingen"),
        (Guide, ("vragen", "a"), {"vragen": {"a": {}}}, "meerkeuze"),
        (Guide, ("vragen", "a", "weet_niet"), {"vragen": {"a": {"weet_niet": {}}}}, "toelichting"),
        (Sources, ("bronnen", "a"), {"bronnen": {"a": {}}}, "uitgever"),
        (Vocabulary, ("lijsten", "a", "b"), {"lijsten": {"a": {"b": {}}}}, "uitleg"),
    ],
)
def test_keys_that_a_block_may_hold(record: type[model.Record], place: model.Path, data: Any, key: str) -> None:
    """They make 'did you mean' possible for a misspelt key, at any depth."""
    assert key in model.keys_at(record, place, data)


def test_a_record_that_does_not_fit_names_the_same_things(root: Path, real_base: KnowledgeBase) -> None:
    """With a key too many nothing fits as a whole; all that stands deeper still does, with every reference."""
    for file, record in real_base.records.items():
        data = {**read_source(root / file, file).data, "te-veel": "x"}
        pieces = model.pieces_in(type(record), data)
        assert sorted(pieces.references) == sorted(model.references_in(record)), file
        assert all(path for path, _ in pieces.parts)
        found = {path: part for path, part in model.records_in(record, (model.Record,)) if path}
        assert all(found[path] == part for path, part in pieces.parts), file


def test_every_field_has_a_title_for_readers() -> None:
    seen: set[type[model.Record]] = set()
    queue: list[type[model.Record]] = [*EDITOR_SCHEMAS.values(), model.FrontMatter]
    for record in queue:
        seen.add(record)
        for name, field in record.model_fields.items():
            assert field.title, f"{record.__name__}.{name}"
            kinds = [part for part in _types_in(field.annotation) if part not in seen]
            queue += [part for part in kinds if part not in queue]


def _types_in(hint: Any) -> list[type[model.Record]]:
    found = [hint] if isinstance(hint, type) and issubclass(hint, model.Record) else []
    return found + [part for inner in getattr(hint, "__args__", ()) for part in _types_in(inner)]
