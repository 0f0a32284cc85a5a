"""A decision guide in the browser, in the words of its visitor: open, answer, go on, change, clear."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from handbook.model import GEEN_VAN_DEZE, WEET_NIET, Guide
from handbook.walk import Given


class ChooserPage:
    """One guide in one tab."""

    def __init__(self, page: Page, address: str, guide: Guide) -> None:
        self.page = page
        self.address = address
        self.guide = guide
        self.root = page.locator("#keuzehulp")
        self.heading = self.root.locator('[data-slot="view"] [data-slot="title"]').first
        self.notice = self.root.locator('[data-slot="notice"]')

    def open(self, answers: Mapping[str, Given] | str = "") -> ChooserPage:
        """Load the page with these answers in its address."""
        hash_ = answers if isinstance(answers, str) else fragment(self.guide, answers)
        self.page.goto("about:blank")
        self.page.goto(self.address + hash_)
        self.heading.wait_for()
        return self

    def follow_link(self, answers: Mapping[str, Given] | str) -> None:
        """Go to another fragment of the page that is open, as a click on a link in it does."""
        hash_ = answers if isinstance(answers, str) else fragment(self.guide, answers)
        self.page.evaluate("hash => { location.hash = hash }", hash_)

    def fill(self, given: Given) -> None:
        """Choose or type an answer to the question on the screen."""
        if isinstance(given, int):
            self.root.locator("#ve-number").fill(str(given))
        for value in () if isinstance(given, int) else (given,) if isinstance(given, str) else given:
            self.option(value).check()

    def type(self, given: Given) -> None:
        """Choose or type an answer with the keys alone, from the first field on."""
        keyboard = self.page.keyboard
        if isinstance(given, int):
            assert self.page.evaluate("document.activeElement.inputMode") == "numeric"
            keyboard.type(str(given))
            return
        wanted = [given] if isinstance(given, str) else list(given)
        for _ in range(30):
            value, kind = self.page.evaluate("[document.activeElement.value, document.activeElement.type]")
            if value in wanted:
                wanted.remove(value)
                if not self.page.evaluate("document.activeElement.checked"):
                    keyboard.press("Space")
            if not wanted:
                return
            keyboard.press("ArrowDown" if kind == "radio" else "Tab")
        raise AssertionError(f"the keyboard does not reach {wanted}")

    def expect_filled(self, given: Given) -> None:
        """The answer that was given stands in the fields."""
        if isinstance(given, int):
            expect(self.root.locator("#ve-number")).to_have_value(str(given))
        for value in () if isinstance(given, int) else (given,) if isinstance(given, str) else given:
            expect(self.option(value)).to_be_checked()

    def option(self, value: str) -> Locator:
        """The radio or checkbox of an answer."""
        return self.root.locator(f'input[value="{value}"]')

    def submit(self) -> None:
        """Press "Verder"."""
        self.root.get_by_role("button", name="Verder").click()

    def answer(self, given: Given) -> None:
        """Choose or type an answer and press "Verder"."""
        self.fill(given)
        self.submit()

    def walk(self, answers: Mapping[str, Given]) -> None:
        """Answer every question that comes, from the first on."""
        self.open()
        while (name := self.question) is not None:
            self.answer(answers[name])

    def change(self, name: str) -> None:
        """Press "Wijzig" beside the answer to a question."""
        self.root.get_by_role("button", name=f"Wijzig het antwoord op “{self.guide.vragen[name].vraag}”").click()

    def unfold(self) -> None:
        """Open whatever is folded."""
        self.root.locator("details").evaluate_all("parts => parts.forEach(part => { part.open = true })")

    def clear(self) -> None:
        """Press "Wissen" and wait until the page says that it is done."""
        self.root.get_by_role("button", name="Wissen").first.click()
        self.page.get_by_text("Je antwoorden zijn gewist.").wait_for()

    @property
    def question(self) -> str | None:
        """The id of the question on the screen, if there is one."""
        title = self.heading.inner_text()
        return next((name for name, question in self.guide.vragen.items() if question.vraag == title), None)

    @property
    def fragment(self) -> str:
        """The fragment of the address."""
        return str(self.page.evaluate("location.hash"))

    @property
    def answers(self) -> dict[str, str]:
        """The list of answers given: the question with the answer in words."""
        return self._listed(":not(.ve-ahead) > .ve-answers > div")

    @property
    def ahead(self) -> dict[str, str]:
        """What is answered of what has yet to come: the question with the answer in words."""
        return self._listed(".ve-ahead > .ve-answers > div")

    def _listed(self, rows: str) -> dict[str, str]:
        found = self.root.locator(rows).evaluate_all(
            "rows => rows.map(row => [row.querySelector('dt').innerText, row.querySelector('dd').innerText])"
        )
        return dict(found)

    @property
    def answered(self) -> list[str]:
        """The ids of the questions in the list of answers."""
        questions = {question.vraag: name for name, question in self.guide.vragen.items()}
        return [questions[text] for text in self.answers]

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict on every intervention that is shown."""
        found = self.root.locator("[data-intervention]").evaluate_all(
            "items => items.map(item => [item.dataset.intervention, item.dataset.verdict])"
        )
        assert len(found) == len(dict(found)), "an intervention is shown twice"
        return dict(found)


def no_answers_anywhere(chooser: ChooserPage) -> None:
    """Go through the whole history of the tab and look for an answer."""
    page = chooser.page
    assert chooser.fragment == ""
    expect(chooser.notice.locator(".ve-banner")).to_be_focused()
    length = page.evaluate("history.length")
    for go in (page.go_back, page.go_forward):
        for _ in range(length + 1):
            go()
            page.wait_for_timeout(50)
            assert "=" not in page.url, f"an answer came back: {page.url}"
            if page.url.startswith(chooser.address):
                chooser.heading.wait_for()
                assert chooser.answers == {}
    if page.evaluate("'navigation' in window && !!window.navigation"):
        entries = page.evaluate("navigation.entries().map(entry => entry.url)")
        assert [url for url in entries if url and "=" in url] == []


def fragment(guide: Guide, answers: Mapping[str, Given]) -> str:
    """The fragment that stands for answers, as the design has it."""
    parts = []
    for name, question in guide.vragen.items():
        if name in answers:
            given = answers[name]
            chosen = [str(given)] if isinstance(given, int | str) else list(given)
            order = [*question.antwoorden, GEEN_VAN_DEZE]
            parts.append(f"{name}={'+'.join(chosen if len(chosen) == 1 else sorted(chosen, key=order.index))}")
    return f"#{'&'.join(parts)}" if parts else ""


def given_by(example: Mapping[str, int | str | list[str]]) -> dict[str, Given]:
    """The answers of a worked example as the walk takes them."""
    return {name: tuple(given) if isinstance(given, list) else given for name, given in example.items()}


UNSURE = WEET_NIET
