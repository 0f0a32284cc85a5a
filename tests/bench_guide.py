"""How far guides can grow: one of 200 questions with 1000 interventions is checked, built and answered.

Run it with `python tests/bench_guide.py` (part of `make bench`); `--no-build` leaves the build of the site out. Prints
the figures and fails when the check takes longer than 30 s or an answer more than 16 ms with the processor slowed
down four times, like a phone. Records are small: one statement a part.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from site_fixtures import ROOT, build, copy_project, launched, run, served

QUESTIONS, INTERVENTIONS = 200, 1000
CHECK_LIMIT, ANSWER_LIMIT = 30.0, 16.0
DAY = "2026-11-21"

ANSWER = """async ({ base }) => {
  const { follow } = await import(base + "scripts/walk.mjs")
  const { prepare, weigh } = await import(base + "scripts/verdict.mjs")
  const { parse, format } = await import(base + "scripts/fragment.mjs")
  const guide = await (await fetch(base + "data/keuzehulp/groot.json")).json()
  const { interventies } = await (await fetch(base + "data/oordelen.json")).json()
  const prepared = prepare(interventies)
  const times = { replay: [], weigh: [] }
  let answers = new Map()
  for (let route = follow(guide, answers); Object.hasOwn(guide.vragen, route.node); route = follow(guide, answers)) {
    const question = guide.vragen[route.node]
    const first = Object.keys(question.antwoorden)[0]
    answers.set(route.node, question.routes.length ? 9 : question.meerkeuze === "ja" ? [first] : first)
    const start = performance.now()
    answers = parse(guide, format(guide, answers)).answers
    follow(guide, answers)
    times.replay.push(performance.now() - start)
  }
  const { facts } = follow(guide, answers)
  for (let turn = 0; turn < 31; turn += 1) {
    const start = performance.now()
    if (weigh(prepared, facts, guide.kenmerken).size !== Object.keys(interventies).length) throw new Error("not all")
    times.weigh.push(performance.now() - start)
  }
  return { ...times, questions: answers.size, interventions: Object.keys(interventies).length }
}"""


def claim(text: str, name: str | None = None, certainty: str = "bron") -> dict[str, Any]:
    cited = [{"bron": "nji-databank", "plaats": "proef"}]
    return {
        "tekst": text,
        "bronnen": cited,
        "zekerheid": certainty,
        "bekeken_op": DAY,
        **({"id": name} if name else {}),
    }


def intervention(number: int) -> dict[str, Any]:
    """A small record whose criteria differ from one to the next."""
    low, high = number % 12, 12 + number % 7
    reasons = ["delict-met-politie", "zorgelijk-gedrag", "spijbelen", "laat-op-straat", "externaliserend-gedrag"]
    criteria = [
        {"id": "leeftijd", "onderwerp": "Leeftijd", "lezingen": [
            {"steunt_op": "wie", "eisen": {"leeftijd": {"van": low, "tot": high}}},
            {"steunt_op": "wie", "eisen": {"leeftijd": {"tot": high}}},
        ]},
        {"id": "aanleiding", "onderwerp": "Aanleiding", "lezingen": [
            {"steunt_op": "wie", "eisen": {"aanleiding": {"waarden": reasons[number % 3 : 3 + number % 3]}}},
        ]},
        {"id": "duur", "onderwerp": "Duur", "lezingen": [
            {"steunt_op": "wie", "eisen": {"duur_gedrag": {"waarden": ["hardnekkig" if number % 2 else "nieuw"]}}},
        ]},
    ]  # fmt: skip
    line = {"tekst": "Voor de proef.", "steunt_op": ["wie"]}
    parts = (
        *("soort", "doel", "werkwijze", "duur", "setting", "uitvoerders", "instroom", "instrumenten", "bewijs"),
        *("kosten", "waar", "contra_indicaties", "ontwikkelaar"),
    )
    return {
        "naam": f"Proef {number}",
        "kort": f"Interventie {number}, gemaakt om te meten.",
        "kaart": dict.fromkeys(("voor_wie", "wat", "hoe_lang", "door_wie", "bewijs"), line),
        "doelgroep": [claim("Wie hiervoor is.", "wie")],
        **{part: [claim("Gemaakt om te meten.")] for part in parts},
        "erkenning": {"niveau": "geen-gevonden", "uitspraken": [claim("Geen.")]},
        "indeling": {"risiconiveaus": ["selectief"], "domeinen": ["kind"], "steunt_op": "wie"},
        "doelgroepen": [
            {"id": f"groep-{index}", "naam": "Groep", "criteria": criteria[: 3 - index]} for index in range(2)
        ],
        "niet_in_keuzehulp": "Gemaakt om te meten.",
        "wijzigingen": [{"datum": DAY, "tekst": "Gemaakt."}],
    }


def guide(kind: dict[str, Any]) -> dict[str, Any]:
    """The questions of `kind` that fix something, and plain ones after them, some of which are skipped."""
    fixing = [
        "leeftijd",
        "aanleiding",
        "aanmelders",
        "duur-gedrag",
        "frequentie",
        "situaties",
        "soorten-gedrag",
        "gevolgen",
    ]
    plain = [f"vraag-{number}" for number in range(QUESTIONS - len(fixing))]
    order = [*fixing, *plain, "naar-leeftijd"]
    following = dict(pairwise(order))
    questions: dict[str, Any] = {}
    for name in fixing:
        question = json.loads(json.dumps(kind["vragen"][name]))
        question["naar"] = following[name]
        question["weet_niet"].pop("naar", None)
        for route in question.get("routes", []):
            route["naar"] = following[name]
            route.pop("legt_vast", None)
        questions[name] = question
    for index, name in enumerate(plain):
        skip = order[len(fixing) + index + 2] if index % 10 == 5 and index + 2 < len(plain) else following[name]
        answers = {"ja": {"tekst": "Ja"}, "nee": {"tekst": "Nee", "naar": skip}}
        questions[name] = {"vraag": f"Vraag {index}?", "naar": following[name], "weet_niet": {}, "antwoorden": answers}
    ends = [
        {"tekst": "Jonger", "van": 0, "tot": 11, "naar": "jong"},
        {"tekst": "Ouder", "van": 12, "tot": 27, "naar": "oud"},
    ]
    outcome = {"kort": "Einde.", "advies": [claim("Klaar.")], "vervolgstappen": [claim("Klaar.")]}
    unknown = {"tekst": "Onbekend", "naar": "jong"}
    split = {"vraag": "Hoe oud?", "kenmerk": "leeftijd", "getallen": ends, "onbekend": unknown}
    unsure = dict.fromkeys(questions, "weet-niet")
    return {
        "titel": "Een grote keuzehulp",
        "kort": "Om te meten.",
        "voor_wie": ["professional"],
        "inleiding": ["Om te meten."],
        "toont_interventies": "ja",
        "bekeken_op": DAY,
        "start": order[0],
        "vragen": questions,
        "splitsingen": {"naar-leeftijd": split},
        "afleidingen": {"risiconiveau": kind["afleidingen"]["risiconiveau"]},
        "uitkomsten": {"jong": {"titel": "Jong", **outcome}, "oud": {"titel": "Oud", **outcome}},
        "voorbeelden": {"een": {"titel": "Een", "verhaal": "Een.", "antwoorden": unsure, "uitkomst": "jong"}},
    }


def as_yaml(data: Any) -> str:
    """JSON is YAML; a date stands without quotes."""
    return re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", json.dumps(data, ensure_ascii=False, default=str, indent=1))


def generate(project: Path) -> None:
    """Put the big guide and the many records beside what is there."""
    from handbook.source import read

    kind = read(ROOT / "guide/keuzehulp/kind.yaml", "kind").data
    (project / "guide/keuzehulp/groot.yaml").write_text(as_yaml(guide(kind)), encoding="utf-8")
    for number in range(INTERVENTIONS - len(list((ROOT / "interventions").glob("*.yaml")))):
        (project / f"interventions/proef-{number}.yaml").write_text(as_yaml(intervention(number)), encoding="utf-8")


def measure(*, whole: bool) -> Iterator[tuple[str, float, float | None]]:
    """Yield (what, figure, limit)."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        generate(project)
        start, before = time.perf_counter(), os.times()
        result = run([str(project / "hooks/check.py"), "--root", str(project)], project)
        after = os.times()
        yield "check, from start to end (s)", time.perf_counter() - start, None
        used = after.children_user + after.children_system - before.children_user - before.children_system
        yield "check, time of the processor (s)", used, CHECK_LIMIT
        assert result.returncode == 0, result.stderr[-2000:]
        print(next(line for line in result.stdout.splitlines() if line.startswith("groot:")))
        if whole:
            start = time.perf_counter()
            site = build(Path(folder) / "site", project)
            yield "build (s)", time.perf_counter() - start, None
        else:
            site = Path(folder) / "site"
            shutil.copytree(project / "docs" / "scripts", site / "scripts")
            (site / "index.html").write_text("<!doctype html><title>Proef</title>", encoding="utf-8")
            _write_data(project, site)
        with served(site) as address, launched() as browser:
            page = browser.new_page()
            page.goto(address)
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            found = page.evaluate(ANSWER, {"base": address})
        print(f"{found['questions']} questions answered, {found['interventions']} interventions weighed")
        for what in ("replay", "weigh"):
            times = sorted(found[what])
            yield f"{what}, median (ms at CPU/4)", times[len(times) // 2], ANSWER_LIMIT


def _write_data(project: Path, site: Path) -> None:
    from datetime import date

    from handbook import export, knowledge_base

    base = knowledge_base.read(project)
    for document in export.documents(base, export.Build(date.fromisoformat(DAY), "proef")):
        (site / document.path).parent.mkdir(parents=True, exist_ok=True)
        (site / document.path).write_text(document.text, encoding="utf-8")


def main() -> int:
    sys.path.insert(0, str(ROOT / "hooks"))
    late = []
    for what, figure, limit in measure(whole="--no-build" not in sys.argv):
        print(f"{what}: {figure:.1f}" + (f" (at most {limit:g})" if limit else ""), flush=True)
        if limit is not None and figure > limit:
            late.append(what)
    if late:
        print(f"Too slow: {', '.join(late)}")
    return bool(late)


if __name__ == "__main__":
    sys.exit(main())
