"""Fixtures for all tests: the real handbook, a tiny one of nonsense, and a way to write content."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from handbook import knowledge_base
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase

pytest_plugins = ["site_fixtures"]

TESTS = Path(__file__).parent
MINI = TESTS / "mini"

WriteContent = Callable[[Path, Mapping[str, str | bytes | None]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ again instead of comparing")


LONGEST = ("test_chooser_axe", "test_accessibility", "test_requests", "test_mutations")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest first: processes that take work from each other then end together."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the real handbook; read it, never write in it."""
    return TESTS.parent


@pytest.fixture
def write_content() -> WriteContent:
    """Write files below a folder by their path: text, bytes, or None to take a file away."""

    def write(folder: Path, files: Mapping[str, str | bytes | None]) -> Path:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the nonsense handbook, to break."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture(scope="session")
def mini_base() -> KnowledgeBase:
    """The nonsense handbook as it is."""
    return knowledge_base.read(MINI)


@pytest.fixture(scope="session")
def real_base(root: Path) -> KnowledgeBase:
    """The real handbook."""
    return knowledge_base.read(root)


@pytest.fixture(scope="session")
def build() -> Build:
    """A fixed day, after the first reviews of mini are due and before the last, and a fixed version."""
    return Build(date(2021, 1, 15), "proef-1")
