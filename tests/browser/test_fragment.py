"""fragment.mjs: answers to an address and back, and carried from one guide to another."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

GUIDE = {
    "start": "age",
    "kenmerken": {
        "age": {"soort": "geheel_getal", "van": 0, "tot": 27},
        "place": {"soort": "keuze", "waarden": {"town": {}, "village": {}}},
        "things": {"soort": "meerkeuze", "waarden": {"cup": {}, "hat": {}}},
    },
    "vragen": {
        "age": {
            "kenmerk": "age",
            "meerkeuze": "nee",
            "antwoorden": {},
            "routes": [{"van": 0, "tot": 27, "legt_vast": {}, "naar": "place"}],
            "weet_niet": {"legt_vast": {}, "naar": "place"},
        },
        "place": {
            "kenmerk": "place",
            "meerkeuze": "nee",
            "routes": [],
            "antwoorden": {
                "in-town": {"legt_vast": {"place": ["town"]}},
                "far-off": {"legt_vast": {"place": ["village"]}},
            },
            "weet_niet": {"legt_vast": {}},
            "naar": "things",
        },
        "things": {
            "kenmerk": "things",
            "meerkeuze": "ja",
            "routes": [],
            "antwoorden": {"a-cup": {"legt_vast": {"things": ["cup"]}}, "a-hat": {"legt_vast": {"things": ["hat"]}}},
            "geen_van_deze": {"legt_vast": {}},
            "weet_niet": {"legt_vast": {}},
            "naar": "end",
        },
    },
    "splitsingen": {},
    "afleidingen": {},
    "uitkomsten": {"end": {}},
}
OTHER = {
    **GUIDE,
    "start": "how-old",
    "vragen": {
        "how-old": {**GUIDE["vragen"]["age"], "routes": [{"van": 0, "tot": 11, "legt_vast": {}, "naar": "where"}]},  # type: ignore[index]
        "where": {**GUIDE["vragen"]["place"], "antwoorden": {"town": {"legt_vast": {"place": ["town"]}}}},  # type: ignore[index]
        "which": {
            **GUIDE["vragen"]["things"],  # type: ignore[index]
            "antwoorden": {"hat": {"legt_vast": {"things": ["hat"]}}, "cup": {"legt_vast": {"things": ["cup"]}}},
        },
    },
}
SCRIPT = """async ({ base, guide, other, call, text }) => {
  const { carry, format, isAnchor, parse } = await import(base + "scripts/fragment.mjs")
  if (call === "isAnchor") return isAnchor(text)
  const { answers, faults } = parse(guide, text)
  if (call === "carry") return format(other, carry(guide, other, answers))
  return [format(guide, answers), faults.map(fault => [fault.kind, fault.question, fault.value])]
}"""


def call(page: Page, site_url: str, name: str, text: str) -> Any:
    page.goto(site_url)
    return page.evaluate(SCRIPT, {"base": site_url, "guide": GUIDE, "other": OTHER, "call": name, "text": text})


@pytest.mark.parametrize(
    ("text", "address", "faults"),
    [
        ("", "", []),
        ("#", "", []),
        ("#things=a-hat+a-cup&age=7", "#age=7&things=a-cup+a-hat", []),
        ("#age=weet-niet&place=weet-niet&things=weet-niet", "#age=weet-niet&place=weet-niet&things=weet-niet", []),
        ("#things=geen-van-deze", "#things=geen-van-deze", []),
        ("#things=a-cup+a-cup&", "#things=a-cup", []),
        ("#place%3Din-town%26age%3D7", "#age=7&place=in-town", []),
        ("#age=28", "", [["antwoord", "age", "28"]]),
        ("#age=7&age=8", "#age=7", [["antwoord", "age", "8"]]),
        ("#place=in-town+far-off", "", [["antwoord", "place", "in-town+far-off"]]),
        ("#place=geen-van-deze", "", [["antwoord", "place", "geen-van-deze"]]),
        ("#things=geen-van-deze+a-cup", "", [["antwoord", "things", "geen-van-deze+a-cup"]]),
        ("#things=a-cup+valueOf", "#things=a-cup", [["antwoord", "things", "valueOf"]]),
        ("#hasOwnProperty=1&age=3", "#age=3", [["vraag", "hasOwnProperty", "1"]]),
        ("#age=3&loose", "#age=3", [["vraag", "loose", ""]]),
    ],
)
def test_answers_from_an_address_and_back(
    page: Page, site_url: str, text: str, address: str, faults: list[Any]
) -> None:
    assert call(page, site_url, "parse", text) == [address, faults]


@pytest.mark.parametrize(
    ("text", "anchor"),
    [("", False), ("#", False), ("#inhoud", True), ("#a=1", False), ("#a%3D1", False), ("#=", False)],
)
def test_what_is_an_anchor(page: Page, site_url: str, text: str, anchor: bool) -> None:
    assert call(page, site_url, "isAnchor", text) is anchor


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("#age=7&place=in-town&things=a-cup+a-hat", "#how-old=7&where=town&which=hat+cup"),
        ("#age=12&place=far-off&things=geen-van-deze", "#which=geen-van-deze"),
        ("#age=weet-niet&place=weet-niet&things=a-hat", "#which=hat"),
        ("#place=in-town", ""),
    ],
)
def test_answers_that_another_guide_asks_for_too(page: Page, site_url: str, text: str, address: str) -> None:
    assert call(page, site_url, "carry", text) == address
