"""Who may import whom: one way, and one door for each outside library."""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from handbook import export

HOOKS = Path(__file__).parent.parent / "hooks"

# Everything a module of ours may import of ours. A new line here is a decision: say why in an ADR.
ALLOWED = {
    "main": {"csp", "exchange", "export", "glossary", "knowledge_base", "pages", "problems", "search", "staging"},
    "check": {"export", "glossary", "history", "knowledge_base", "pages", "problems", "spelling"},
    "pages": {
        *("checks", "diagram", "exchange", "export", "fields", "knowledge_base", "markdown", "model", "problems"),
        *("prose", "reading", "register", "scoring", "verdict", "walk", "written"),
    },
    "diagram": {"model", "walk"},
    "fields": {"export", "model"},
    "export": {"knowledge_base", "model", "verdict", "walk"},
    "exchange": {"knowledge_base", "markdown", "model", "scoring"},
    "register": {"model"},
    "search": {"knowledge_base", "loose_words", "model", "written"},
    "loose_words": set(),
    "prose": {"glossary", "knowledge_base", "markdown", "model", "reading", "written"},
    "marks": {"problems", "written"},
    "glossary": {"knowledge_base", "model", "problems", "written"},
    "reading": {"problems", "written"},
    "spelling": {"dictionary", "knowledge_base", "model", "problems", "written"},
    "history": {"knowledge_base", "model", "problems", "source", "written"},
    "written": {"source"},
    "markdown": set(),
    "knowledge_base": {"checks", "marks", "model", "problems", "records", "source", "walk"},
    "records": {"model", "problems", "source", "written"},
    "checks": {"model", "problems", "verdict", "walk"},
    "walk": {"model", "tables", "verdict"},
    "tables": {"model", "verdict"},
    "verdict": {"model"},
    "scoring": {"model"},
    "source": {"problems"},
    "csp": set(),
    "dictionary": set(),
    "staging": set(),
    "model": set(),
    "problems": set(),
}
# Who may import what from outside. `pydantic` in records is ValidationError alone.
DOORS = {
    "mkdocs": {"main"},
    "yaml": {"source"},
    "jinja2": {"main", "pages"},
    "spylls": {"dictionary"},
    "html.parser": {"csp"},
    "pydantic": {"model", "records", "export"},
}


def _files() -> dict[Path, str]:
    """Every file of the program with the name of the module it belongs to; a folder is one module."""
    found = {path: path.stem for path in HOOKS.glob("*.py")}
    for path in (HOOKS / "handbook").rglob("*.py"):
        parts = path.relative_to(HOOKS / "handbook").parts
        found[path] = parts[0].removesuffix(".py")
    del found[HOOKS / "handbook" / "__init__.py"]
    return found


def _imports(path: Path) -> set[str]:
    """Full names of everything that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by full name"
            found.add(str(node.module))
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _ours(path: Path) -> set[str]:
    modules = set(_files().values())
    parts = (name.split(".") for name in _imports(path))
    return {part[1] for part in parts if part[0] == "handbook" and len(part) > 1 and part[1] in modules}


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.relative_to(HOOKS).as_posix())
def test_module_imports_only_what_the_table_allows(path: Path) -> None:
    module = _files()[path]
    assert module in ALLOWED, "a new module: give it a line in the table"
    assert _ours(path) - {module} <= ALLOWED[module]


def test_table_has_no_circle() -> None:
    order = list(TopologicalSorter(ALLOWED).static_order())
    assert order.index("model") < order.index("checks") < order.index("knowledge_base") < order.index("pages")


@pytest.mark.parametrize("package", ["model", "checks", "pages", "exchange"])
def test_files_within_a_package_form_no_circle(package: str) -> None:
    """And none of them goes through the package itself, which would hide a circle."""
    names = {path: f"handbook.{package}.{path.stem}" for path, module in _files().items() if module == package}
    graph = {
        name: {other for other in names.values() if other in _imports(path)}
        for path, name in names.items()
        if path.stem != "__init__"
    }
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph) > 3
    if package == "model":
        inside = [path for path in names if path.stem != "__init__"]
        assert not [path for path in inside if "handbook.model" in {n for n in _imports(path) if n.count(".") == 1}]


@pytest.mark.parametrize("library", DOORS)
def test_outside_library_has_one_door(library: str) -> None:
    users = {
        module
        for path, module in _files().items()
        if any(name == library or name.startswith(f"{library}.") for name in _imports(path))
    }
    assert users <= DOORS[library]
    assert users, f"nobody imports {library} any more"


def test_no_library_without_a_door() -> None:
    top = {name.split(".")[0] for path in _files() for name in _imports(path)}
    outside = top - set(sys.stdlib_module_names) - {"handbook"}
    assert outside <= set(DOORS)


def test_reading_takes_only_the_error_of_pydantic() -> None:
    found = {name for name in _imports(HOOKS / "handbook/records.py") if name.startswith("pydantic")}
    assert found == {"pydantic", "pydantic.ValidationError"}


def test_only_check_prints() -> None:
    users = {
        module
        for path, module in _files().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id in {"print", "input", "exit"})
        or (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr", "exit"})
    }
    assert users == {"check", "history"}  # history reads what git prints


def test_only_source_and_pages_open_files() -> None:
    """`source` the content, `written` the written pages, `csp` the built site; the others what is theirs alone."""
    reading = {"read_text", "read_bytes", "open"}
    users = {
        module
        for path, module in _files().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in reading)
        or (isinstance(node, ast.Name) and node.id == "open")
    }
    readers = {"dictionary", "exchange", "pages", "source", "spelling", "written"}
    assert users <= readers | {"csp", "main"}


def test_schemas_for_editors_are_those_of_the_model(root: Path) -> None:
    made = {document.path: document.text for document in export.editor_schemas()}
    kept = {f"schemas/{path.name}": path.read_text(encoding="utf-8") for path in (root / "docs/schemas").iterdir()}
    stale = sorted(path for path in made.keys() | kept.keys() if made.get(path) != kept.get(path))
    assert not stale, "run: .venv/bin/python hooks/check.py --write-schemas"
