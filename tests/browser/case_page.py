"""A case or the assessment in the browser, in the words of whoever plays it: open, choose, read, go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playwright.sync_api import Page

from handbook.model import CaseQuestion


class CasePage:
    """One case in one tab; `questions` in the order of the page."""

    def __init__(self, page: Page, address: str, questions: Mapping[str, CaseQuestion]) -> None:
        self.page = page
        self.address = address
        self.questions = questions
        self.root = page.locator("[data-case]")
        self.heading = self.root.locator('[data-slot="view"] [data-slot="title"]')

    def open(self, fragment: str = "") -> CasePage:
        """Load the page with these choices in its address."""
        self.page.goto("about:blank")
        self.page.goto(self.address + fragment)
        self.heading.wait_for()
        return self

    def answer(self, chosen: Sequence[str]) -> None:
        """Choose, and ask for the feedback."""
        for name in chosen:
            self.root.locator(f"#ve-choice-{name}").check()
        self.root.get_by_role("button", name="Bekijk de feedback").click()

    def go_on(self) -> None:
        """From the feedback to the next question, or to the summary."""
        self.root.locator('[data-slot="next"]').click()

    def play(self, answers: Mapping[str, Sequence[str]]) -> None:
        """Answer everything from the start, up to the summary."""
        self.open()
        for name in self.questions:
            self.answer(answers[name])
            self.go_on()

    def items(self, slot: str) -> list[str]:
        """The lines of a list in the summary."""
        return [item.inner_text() for item in self.root.locator(f'[data-slot="{slot}"] li').all()]

    @property
    def fragment(self) -> str:
        """The fragment of the address."""
        return str(self.page.evaluate("location.hash"))
