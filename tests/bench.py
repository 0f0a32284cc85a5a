"""`make bench`: what the handbook costs when it grows, in figures, with a limit on each that matters.

Makes N valid records in a copy of the project and measures, in one run: the build of the site against the same
Markdown built by plain MkDocs with the same theme and its own search (A B A B, so that a busy machine slows both),
peak memory, the growth from the first size to the last, the check without building, and the verdict on 1000
interventions in a browser slowed down four times. Limits hold for processor time: it is what the clock would say on
an idle machine. Python keeps its bytecode, as it does for whoever builds a second time.
Exit 1 when a limit is broken.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from site_fixtures import ROOT, build, copy_project, environment, launched, run, served

MAX_RATIO = 1.15
MAX_MEMORY = 150.0  # MiB
MAX_VERDICT = 16.0  # ms

ONLY_READ = """
import pathlib, yaml
for folder in ("guide", "interventions"):
    for path in pathlib.Path(folder).rglob("*.yaml"):
        yaml.safe_load(path.read_text(encoding="utf-8"))
"""

VERDICTS = """async ({address, guide, count, rounds, allDiffer}) => {
    const {prepare, weigh} = await import(address + "scripts/verdict.mjs")
    const read = async path => (await fetch(address + path)).json()
    const {kenmerken} = await read(`data/keuzehulp/${guide}.json`)
    const known = Object.entries((await read("data/oordelen.json")).interventies)
    // Copies of the real records with other ages; when all differ, nothing that is worked out once can be used again.
    const many = Object.fromEntries(Array.from({length: count}, (_, index) => {
        const [name, record] = structuredClone(known[index % known.length])
        const criteria = record.doelgroepen.flatMap(group => group.criteria)
        for (const {eisen} of criteria.flatMap(criterion => criterion.lezingen)) {
            if (eisen.leeftijd) eisen.leeftijd.van = (eisen.leeftijd.van ?? 0) - (allDiffer ? index / count : index % 5)
            for (const {waarden} of allDiffer ? Object.values(eisen) : []) waarden?.push(`bench-${index}`)
        }
        return [`${name}-${index}`, record]
    }))
    const prepared = prepare(many)
    const pick = (facet, index) => facet.soort === "geheel_getal"
        ? facet.van + index % (facet.tot - facet.van + 1)
        : Object.keys(facet.waarden)[index % Object.keys(facet.waarden).length]
    const times = []
    const found = {}
    for (let round = 0; round < rounds; round += 1) {
        // Every third facet stays unknown, another one each time.
        const facts = new Map(Object.entries(kenmerken)
            .filter((_, index) => (index + round) % 3)
            .map(([name, facet]) => [name, new Set([pick(facet, round)])]))
        const start = performance.now()
        const judged = weigh(prepared, facts, kenmerken)
        times.push(performance.now() - start)
        for (const {verdict} of judged.values()) found[verdict] = (found[verdict] ?? 0) + 1
    }
    return [times, found, prepared.kinds.length]
}"""


@dataclass(frozen=True)
class Cost:
    """What one run of a program took: seconds on the clock, seconds of the processor, MiB at the peak."""

    clock: float
    processor: float
    memory: float


def spend(arguments: Sequence[str], root: Path, **changes: str) -> Cost:
    """Run a Python program to its end, in an environment with these changes, and return what it took."""
    settings = {name: value for name, value in environment(**changes).items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with (root / "bench.log").open("w+b") as log:
        process = subprocess.Popen([sys.executable, *arguments], cwd=root, env=settings, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise SystemExit(log.read().decode("utf-8", "replace"))
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(median(getattr(cost, name) for cost in costs) for name in ("clock", "processor", "memory")))


def small_record() -> str:
    """The record that editors copy, without the comments."""
    text = (ROOT / "docs/over/bijdragen/voorbeeldaanpak.yaml").read_text(encoding="utf-8")
    lines = (re.sub(r"(^|\s)\s*# .*$", "", line) for line in text.splitlines() if not line.startswith("# yaml"))
    return "\n".join(line for line in lines if line.strip()) + "\n"


def enlarge(folder: Path, count: int) -> Path:
    """Copy the project and add `count` records."""
    project = copy_project(folder)
    record = small_record()
    for number in range(count):
        text = re.sub(r"^naam: (.+)$", rf"naam: \1 {number:05}", record, count=1, flags=re.MULTILINE)
        (project / f"interventions/bench-{number:05}.yaml").write_text(text, encoding="utf-8")
    return project


def plain(project: Path, folder: Path) -> Path:
    """The same pages as Markdown on disk, with the settings of the site but none of its code.

    The site makes its own search data, so the other has what MkDocs makes when nobody says otherwise: its search.
    """
    folder.mkdir()
    shutil.copytree(project / "docs", folder / "docs", ignore=shutil.ignore_patterns("*.md"))
    result = run(["hooks/check.py", "--write-markdown", str(folder / "docs")], project)
    assert result.returncode == 0, result.stderr
    shutil.copytree(project / "hooks/theme", folder / "hooks/theme")
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    bare, lines = re.subn(r"^(?:hooks|watch|plugins):.*\n", "", settings, flags=re.MULTILINE)
    assert lines == 3, "mkdocs.yml has other settings than this knows"
    (folder / "mkdocs.yml").write_text(bare, "utf-8")
    return folder


class Report:
    """Prints figures and remembers which limits were broken."""

    def __init__(self) -> None:
        self.broken = 0

    def line(self, what: str, value: str, limit: tuple[float, float] | None = None) -> None:
        """Print a figure; `limit` is (what was found, what is allowed)."""
        verdict = ""
        if limit is not None:
            holds = limit[0] <= limit[1]
            self.broken += not holds
            verdict = f"  {'ok' if holds else 'TE VEEL'} (hooguit {limit[1]:g})"
        print(f"{what:<58} {value:>12}{verdict}", flush=True)


def bench_builds(report: Report, work: Path, sizes: Sequence[int], rounds: int) -> None:
    """Build time against plain MkDocs, memory and growth."""
    build_site = ["-m", "mkdocs", "build", "--strict", "--quiet"]
    growth: list[float] = []
    for size in sizes:
        project = enlarge(work / f"site-{size}", size)
        markdown = plain(project, work / f"plain-{size}")
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(spend(build_site, project))
            theirs.append(spend(build_site, markdown))
        site, base = middle(ours), middle(theirs)
        last = size == sizes[-1]
        ratio = site.processor / base.processor
        growth.append(site.processor)
        print(f"\n{size} records, mediaan van {rounds} om en om")
        report.line("  site bouwen: processor (klok)", f"{site.processor:.2f} ({site.clock:.2f}) s")
        report.line(
            "  dezelfde Markdown met kaal MkDocs: processor (klok)", f"{base.processor:.2f} ({base.clock:.2f}) s"
        )
        report.line("  verhouding", f"{ratio:.3f}", (ratio, MAX_RATIO) if last else None)
        report.line(
            "  geheugen op de piek: site", f"{site.memory:.0f} MiB", (site.memory, MAX_MEMORY) if last else None
        )
        report.line("  geheugen op de piek: kaal MkDocs", f"{base.memory:.0f} MiB")
        report.line("  check.py zonder bouwen", f"{spend(['hooks/check.py'], project).processor:.2f} s")
        shutil.rmtree(markdown)
        shutil.rmtree(project)
    if len(sizes) > 1:
        times = sizes[-1] / sizes[0]
        print()
        report.line(
            f"Groei van {sizes[0]} naar {sizes[-1]} records (maal {times:g})", f"maal {growth[-1] / growth[0]:.1f}"
        )


def bench_check(report: Report, rounds: int) -> None:
    """The check of the real content against only reading its YAML, in a new copy each time, so with no word known."""
    checked, read = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            project = copy_project(Path(folder) / "project")
            checked.append(spend(["hooks/check.py"], project, TMPDIR=folder))
            read.append(spend(["-c", ONLY_READ], project))
    ours, theirs = middle(checked).processor, middle(read).processor
    report.line("check.py op de echte inhoud", f"{ours:.2f} s")
    report.line("  dezelfde YAML alleen lezen met PyYAML", f"{theirs:.2f} s")
    report.line("  verhouding", f"{ours / theirs:.2f}")


def bench_verdicts(report: Report, work: Path, count: int = 1000, rounds: int = 60) -> None:
    """The verdict on many interventions in a browser that is slowed down four times."""
    guide = sorted(path.stem for path in (ROOT / "guide/keuzehulp").glob("*.yaml"))[0]
    with served(build(work / "site")) as address, launched() as browser:
        page = browser.new_page()
        page.goto(f"{address}over/")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        given = {"address": address, "guide": guide, "count": count, "rounds": rounds}
        usual, found, kinds = page.evaluate(VERDICTS, given | {"allDiffer": False})
        worst, _, most = page.evaluate(VERDICTS, given | {"allDiffer": True})
    shown = ", ".join(f"{name} {number}" for name, number in sorted(found.items()))
    took = median(usual)
    report.line(f"Oordeel over {count} interventies, CPU / 4, {kinds} criteria", f"{took:.2f} ms", (took, MAX_VERDICT))
    report.line("  de eerste keer, de traagste", f"{usual[0]:.1f}, {max(usual):.1f} ms")
    report.line(f"  als alle {most} criteria verschillen", f"{median(worst):.2f} ms")
    report.line(f"  oordelen in {rounds} rondes", shown)


def main(arguments: list[str]) -> int:
    """Measure everything; return the exit code."""
    parser = argparse.ArgumentParser(description="Meet bouwtijd, geheugen en de keuzehulp bij veel interventies.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="aantallen records")
    parser.add_argument("--rounds", type=int, default=3, help="hoe vaak elke bouw")
    options = parser.parse_args(arguments)
    report = Report()
    with tempfile.TemporaryDirectory(prefix="vroeg-erbij-bench-") as folder:
        bench_check(report, options.rounds)
        bench_verdicts(report, Path(folder))
        bench_builds(report, Path(folder), options.sizes, options.rounds)
    print(f"\n{report.broken} grenzen overschreden." if report.broken else "\nAlle grenzen gehaald.")
    return 1 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
