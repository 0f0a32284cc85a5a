"""Measure the search: what it finds beside the theme's own and Pagefind, what it weighs, how fast it answers.

Run as a program (`make bench` does). Everything is measured on one site in one run; the questions are those of
content/zoekvragen.yaml. The part 'toets' was not looked at while tuning.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))

import mkdocs.contrib.search
from playwright.sync_api import Browser, Page

from find_node import find_npm
from handbook import knowledge_base, pages, search
from search_judge import HEAD, Question, Ranking, code_size, figures, in_node, marks, ours, questions, shown
from site_fixtures import ROOT, TODAY, copy_project, environment, launched, run, served

PAGEFIND = "pagefind@1.6.0"
PLUGIN = "plugins:\n  - search:\n      lang: nl\n      separator: '[\\s\\-,:;!?=()\\[\\]\"/.]+'\n"


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        site = _built(Path(folder) / "site", ROOT)
        asked = questions()
        print(f"\nZoeken, {len(asked)} vragen. Vragen met een antwoord, en onzin die niets mag vinden.\n")
        found = {
            "Vroeg Erbij": ours(site, [question.zoek for question in asked]),
            "thema (lunr, nl)": _theme(Path(folder), asked),
            "Pagefind": _pagefind(site, asked, browser),
        }
        for part in ("afstemmen", "toets", None):
            print(f"{part or 'alles':20} {HEAD}")
            for name, rankings in found.items():
                print(f"  {name:18} {_judge(asked, rankings, part)}")
            print()
        _by_audience(asked, found["Vroeg Erbij"])
        answered = [question.zoek for question in asked if question.soort != "onzin"]
        print(f"Eerste drie van elke vraag: {marks(shown(site, answered))}\n")
        _weigh(site)
        _time(site, browser, asked)
        _time_many(site, browser, asked)


def _judge(asked: list[Question], rankings: list[Ranking], part: str | None) -> object:
    kept = [pair for pair in zip(asked, rankings, strict=True) if part in (None, pair[0].deel)]
    return figures([question for question, _ in kept], [ranking for _, ranking in kept])


def _by_audience(asked: list[Question], rankings: list[Ranking]) -> None:
    print(f"{'Vroeg Erbij, voor':20} {HEAD}")
    for audience in ("professional", "gemeente", "trainer"):
        kept = [pair for pair in zip(asked, rankings, strict=True) if pair[0].wie == audience]
        print(f"  {audience:18} {figures([q for q, _ in kept], [r for _, r in kept])}")
    print()


def _built(target: Path, root: Path) -> Path:
    result = run(["-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)], root, environment(VERLOPEN="toon"))
    assert result.returncode == 0, result.stderr
    return target


# --- the others -------------------------------------------------------------------------------------------


def _theme(folder: Path, asked: list[Question]) -> list[Ranking]:
    """The same handbook with the theme's search switched on."""
    project = copy_project(folder / "theme")
    settings = project / "mkdocs.yml"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    settings.write_text("".join(PLUGIN if line.startswith("plugins:") else line for line in lines), "utf-8")
    site = _built(folder / "theme-site", project)
    assert mkdocs.contrib.search.__file__
    library = Path(mkdocs.contrib.search.__file__).parent
    index = site / "search" / "search_index.json"
    data = {"lunr": str(library), "index": str(index), "asked": [question.zoek for question in asked]}
    found = in_node("search_theme.mjs", data)
    assert isinstance(found, list)
    return found


def _pagefind(site: Path, asked: list[Question], browser: Browser) -> list[Ranking]:
    """Pagefind over the built pages, asked in a browser; its index goes into the folder of the site."""
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}[platform.system()]
    machine = "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x64"
    suffix = ".exe" if os.name == "nt" else ""
    # Not in package.json: npm cannot lock its programs for systems that the registry at hand does not carry.
    install = [str(find_npm()), "install", "--no-save", "--prefix", str(site.parent), PAGEFIND]
    subprocess.run(install, check=True, capture_output=True)
    folder = site.parent / "node_modules" / "@pagefind" / f"{system}-{machine}" / "bin"
    program = next(path for name in ("pagefind_extended", "pagefind") if (path := folder / f"{name}{suffix}").is_file())
    program.chmod(0o755)  # npm unpacks it so; `npm ci --ignore-scripts` does not always
    subprocess.run([str(program), "--site", str(site), "--quiet"], check=True, capture_output=True)
    (site / "leeg.html").write_text("<!doctype html><html lang=nl><title>leeg</title>", "utf-8")
    ask = """async questions => {
        const pagefind = await import('/pagefind/pagefind.js')
        await pagefind.init()
        const all = []
        for (const question of questions) {
            const { results } = await pagefind.search(question)
            all.push(await Promise.all(results.slice(0, 10).map(async item => (await item.data()).url)))
        }
        return all
    }"""
    with served(site) as address:
        page = browser.new_page()
        page.goto(f"{address}leeg.html")
        found = page.evaluate(ask, [question.zoek for question in asked])
        page.close()
    return [[url.lstrip("/").removesuffix("index.html") for url in ranking] for ranking in found]


# --- weight and speed -------------------------------------------------------------------------------------


def _weigh(site: Path) -> None:
    index = len(gzip.compress((site / search.ADDRESS).read_bytes(), 9))
    print(f"Zoekgegevens: {index / 1000:.1f} kB gzip (hooguit 130)")
    print(f"Code met MiniSearch: {code_size(site) / 1000:.1f} kB gzip (hooguit 30)\n")


def _time(site: Path, browser: Browser, asked: list[Question]) -> None:
    with served(site) as address:
        page = browser.new_page()
        loading, times = _measure(page, address, asked, throttle=4)
        shown = _type(page)
        page.close()
    print(f"CPU / 4: index klaar {loading:.0f} ms na focus; een vraag {_spread(times)} (hooguit 50)")
    print(f"CPU / 4: van de laatste letter tot de lijst {shown:.0f} ms\n")


def _time_many(site: Path, browser: Browser, asked: list[Question]) -> None:
    """The same with a thousand generated interventions."""
    base = knowledge_base.read(ROOT)
    made = list(pages.everything(base, pages.Build(TODAY, "meting"), ROOT / "docs"))
    real = site / search.ADDRESS
    before = real.read_text("utf-8")
    real.write_text(search.search_data([*made, *_generated(made, 1000)], base).script(), "utf-8")
    try:
        with served(site) as address:
            page = browser.new_page()
            loading, times = _measure(page, address, asked, throttle=4)
            page.close()
    finally:
        real.write_text(before, "utf-8")
    print("CPU / 4, met 1000 interventies erbij:")
    print(f"  index klaar {loading:.0f} ms na focus; een vraag {_spread(times)} (hooguit 100)")


def _generated(made: list[pages.Page], count: int) -> Iterator[pages.Page]:
    records = [page for page in made if page.path.startswith("interventies/") and not page.path.endswith("index.md")]
    for number in range(count):
        page = records[number % len(records)]
        title = json.dumps(f"Proefaanpak {number}")
        text = page.markdown.replace("\n# ", f"\n# Proefaanpak {number} ", 1)
        text = "\n".join(f"title: {title}" if line.startswith("title:") else line for line in text.split("\n"))
        yield pages.Page(f"interventies/proef-{number}.md", text)


def _measure(page: Page, address: str, asked: list[Question], throttle: int) -> tuple[float, list[float]]:
    """How long the index takes to load, and each question to be answered, in milliseconds."""
    page.goto(f"{address}over/privacy/")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    loading = page.evaluate("""async () => {
        const start = performance.now()
        const { handbookIndex } = await import('/scripts/handbook-index.mjs')
        await handbookIndex()
        return performance.now() - start
    }""")
    times = page.evaluate(
        """async questions => {
        const engine = await (await import('/scripts/handbook-index.mjs')).handbookIndex()
        for (const question of questions.slice(0, 20)) engine.find(question)
        return questions.map(question => {
            const start = performance.now()
            engine.find(question)
            return performance.now() - start
        })
    }""",
        [question.zoek for question in asked],
    )
    return loading, times


def _type(page: Page) -> float:
    field = page.get_by_role("combobox")
    field.focus()
    page.wait_for_timeout(200)
    field.press_sequentially("buurtagen")
    page.get_by_role("option").first.wait_for()
    result = page.evaluate("""() => new Promise(done => {
        const list = document.getElementById('ve-search-list'), field = document.getElementById('ve-search-query')
        const start = performance.now()
        new MutationObserver(() => done(performance.now() - start)).observe(list, {childList: true})
        field.value = 'buurtagent'
        field.dispatchEvent(new Event('input', {bubbles: true}))
    })""")
    return float(result)


def _spread(times: list[float]) -> str:
    nine_tenths = statistics.quantiles(times, n=10)[-1]
    return f"{statistics.median(times):.1f} ms (mediaan), {nine_tenths:.1f} ms (90 %), {max(times):.1f} ms (langste)"


if __name__ == "__main__":
    main()
