"""A decision guide in the browser, in the words of its visitor: open, answer, go on, change, clear."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, Page

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

    def clear(self) -> None:
        """Press "Wissen" and wait until the page says that it is done."""
        self.root.get_by_role("button", name="Wissen").click()
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
        rows = self.root.locator(".ve-answers > div").all()
        return {row.locator("dt").inner_text(): row.locator("dd").first.inner_text() for row in rows}

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
