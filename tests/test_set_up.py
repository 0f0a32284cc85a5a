"""The set-up: locks that hold everywhere, and programs that are found or loudly missed."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import find_browser
import find_node

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(
    r"^([a-z0-9._-]+)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return match[0].lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_python_package_is_pinned_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    rest = re.sub(r"^ +#.*\n", "", PIN.sub("", text), flags=re.MULTILINE)
    assert not rest.strip(), "these lines are not a pin with hashes"


def test_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["dependency-groups"]["dev"],
    }
    for lock, requirements in asked.items():
        pinned = {match[1] for match in PIN.finditer((ROOT / lock).read_text("utf-8"))}
        assert {_name(requirement) for requirement in requirements} <= pinned


def test_both_python_locks_agree() -> None:
    site, dev = ({match[1]: match[2] for match in PIN.finditer((ROOT / lock).read_text("utf-8"))} for lock in LOCKS)
    assert {name: dev[name] for name in site.keys() & dev.keys()} == {
        name: site[name] for name in site.keys() & dev.keys()
    }


def test_every_npm_package_is_pinned_with_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert all("integrity" in package for path, package in packages.items() if path)
    own = json.loads((ROOT / "package.json").read_text("utf-8"))
    for version in [*own.get("dependencies", {}).values(), *own.get("devDependencies", {}).values()]:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_no_lock_names_a_registry() -> None:
    for lock in (*LOCKS, "package-lock.json", "pyproject.toml", "package.json"):
        text = re.sub(
            r'"funding": (?:\{[^}]*\}|\[[^\]]*\])', "", (ROOT / lock).read_text("utf-8")
        )  # where to thank, not to load
        assert not re.search(r"resolved|index-url|find-links|[a-z]+://", text), lock


def test_browser_and_node_are_found() -> None:
    assert find_browser.find_browser().is_file()
    assert find_node.find_node().is_file()
    assert find_node.find_npm().is_file()


def test_wrong_browser_setting_fails_and_says_so(tmp_path: Path) -> None:
    wrong = tmp_path / "chrome"
    result = subprocess.run(
        [sys.executable, find_browser.__file__, "--install"],
        env={"CHROMIUM": str(wrong)}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert str(wrong) in result.stderr
    assert "Traceback" not in result.stderr


def test_missing_browser_fails_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stub = tmp_path / "chromium"  # like Ubuntu's, which only says that it wants snap
    stub.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(find_browser, "PLACES", ())
    find_browser.find_browser.cache_clear()
    with pytest.raises(find_browser.BrowserMissingError, match="apt-get install chromium") as missing:
        find_browser.find_browser()
    assert f"start niet: {stub}" in str(missing.value)
    find_browser.find_browser.cache_clear()


def test_node_that_is_too_old_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for program in ("node", "npm"):
        old = tmp_path / program
        old.write_text("#!/bin/sh\necho v18.19.0\n", "utf-8")
        old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    for look, program in ((find_node.find_node, "node"), (find_node.find_npm, "npm")):
        look.cache_clear()
        assert look().parent != tmp_path, program
        look.cache_clear()
