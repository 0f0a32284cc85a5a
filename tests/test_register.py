"""The A-Z register: every word a reader may look for, under its letter, as a Dutch reader expects."""

from typing import Any

from handbook.knowledge_base import KnowledgeBase
from handbook.model import Term
from handbook.register import register


def words(terms: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    made = {name: Term.model_validate({"uitleg": "x", **term}) for name, term in terms.items()}
    return {
        letter: [entry.word + ("" if entry.term else f" > {entry.id}") for entry in found]
        for letter, found in register(made)
    }


def test_mini(mini_base: KnowledgeBase) -> None:
    found = [(letter, [entry.word for entry in entries]) for letter, entries in register(mini_base.terms)]
    assert found == [
        ("0-9", ["2-koppige"]),
        ("D", ["Draak", "draken"]),
        ("S", ["SB", "Schub", "schubben"]),
        ("T", ["tweekoppige"]),
        ("V", ["vuurspuwer"]),
    ]


def test_synonym_and_abbreviation_lead_to_the_term() -> None:
    assert words({"avg": {"term": "Privacywet", "afkorting": "AVG", "synoniemen": ["gegevens"]}}) == {
        "A": ["AVG > avg"],
        "G": ["gegevens > avg"],
        "P": ["Privacywet"],
    }


def test_same_word_in_another_spelling_is_no_second_entry() -> None:
    term = {
        "term": "BSO",
        "afkorting": "bso",
        "synoniemen": ["B.S.O.", "buitenschoolse opvang", "Buitenschoolse-opvang"],
    }
    assert words({"bso": term}) == {"B": ["BSO", "buitenschoolse opvang > bso"]}


def test_accents_signs_and_capitals_do_not_move_a_word() -> None:
    terms = ["zorg", "éénoudergezin", "Eigen kracht", "'s nachts", "AVG", "aanpak", "112", "geïndiceerd", "gehoor"]
    found = words({f"t{number}": {"term": term} for number, term in enumerate(terms)})
    assert found == {
        "0-9": ["112"],
        "A": ["aanpak", "AVG"],
        "E": ["éénoudergezin", "Eigen kracht"],
        "G": ["gehoor", "geïndiceerd"],
        "S": ["'s nachts"],
        "Z": ["zorg"],
    }


def test_one_word_for_two_terms_stands_twice_and_the_term_itself_first() -> None:
    terms: dict[str, dict[str, Any]] = {"b": {"term": "Netwerk"}, "a": {"term": "Kring", "synoniemen": ["netwerk"]}}
    assert words(terms)["N"] == ["Netwerk", "netwerk > a"]


def test_nothing_gives_nothing() -> None:
    assert words({}) == {}


def test_every_real_word_is_found_once_under_one_letter(real_base: KnowledgeBase) -> None:
    found = register(real_base.terms)
    letters = [letter for letter, _ in found]
    assert len(set(letters)) == len(letters)
    explained = [entry.id for _, entries in found for entry in entries if entry.term]
    assert sorted(explained) == sorted(real_base.terms)
