"""MkDocs events, and nothing else: the only module that imports MkDocs.

In: the events of `mkdocs build` and `mkdocs serve`. Out: generated pages and JSON handed to MkDocs, and after a
build the security policy of every page. A build is made beside the site that stands and takes its place at the
very end: whatever goes wrong, the site that was built before stays as it was.
"""

from __future__ import annotations

import gc
import hashlib
import mimetypes
import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook import csp, exchange, export, glossary, knowledge_base, pages, search, staging
from handbook.problems import ContentError, report

log = get_plugin_logger("vroeg-erbij")


@dataclass
class _Run:
    """What one run of MkDocs knows; `on_pre_build` makes it anew for every build."""

    command: str = "build"
    staged: bool = False  # whether builds are made beside the site
    staging: staging.Staging | None = None
    workspace: TemporaryDirectory[str] | None = None  # the pages and data of a build: on disk they take no memory
    whole: bool = False
    base: knowledge_base.KnowledgeBase | None = None
    build: export.Build | None = None


_run = _Run()


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember the command, and fix the time so that two builds on one day are the same."""
    _run.command = command
    _run.staged = command != "serve" and not dirty
    gc.set_threshold(3_000)  # Python looks for garbage at every 700 new objects; pages are made of many more
    midnight = datetime.combine(datetime.now(UTC).date(), time(), UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the theme the day and version of the build."""
    root = _root(config)
    _run.build = export.Build(pages.today(os.environ), _version(root), config.site_url or "")
    config.extra["build_date"] = _run.build.today.isoformat()
    config.extra["version"] = _run.build.version
    config.extra["icon"] = _inline(Path(config.docs_dir, config.theme["favicon"]))
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Read and check all content, and give the theme the numbers to call; raises PluginError with every problem.

    After it, MkDocs empties `site_dir`.
    """
    root = _root(config)
    _run.base = None
    _clear_workspace()
    gc.unfreeze()  # a build of `serve` that stopped halfway left what it had read
    _require_library(root)
    gc.disable()  # all that is read stays: looking for garbage meanwhile takes a third of the time and finds none
    try:
        _run.base = knowledge_base.read(root)
        gc.freeze()  # nor need it be looked through while the pages are made
        config.extra["numbers"] = _run.base.strip
    except ContentError as error:
        raise PluginError(f"De inhoud klopt niet:\n\n{error}") from None
    finally:
        gc.enable()
    docs = Path(config.docs_dir)
    faults = list(glossary.problems(docs, _run.base))
    if faults:
        faults += pages.lost(_run.base, _ready()[1], docs)
        raise PluginError(f"De inhoud klopt niet:\n\n{report(sorted(faults), len(_run.base.files))}")
    _refuse_expired_law()
    if _run.staged:
        _run.staging = staging.beside(Path(config.site_dir))
        config.site_dir = str(_run.staging.folder)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Hand over every page, written ones with their sources and terms filled in, and every file made from data."""
    base, build = _ready()
    _run.workspace = TemporaryDirectory(prefix="vroeg-erbij-")
    for document in export.documents(base, build):
        files.append(_on_disk(document.path, document.content, config))
    anchors: dict[str, set[str]] = {}
    made = pages.noted(pages.everything(base, build, Path(config.docs_dir), _settings(config)), anchors)
    data = search.search_data(_handed_over(made, files, config), base)
    lost = sorted(pages.missing_targets(base, anchors))
    if lost:
        raise PluginError(f"De inhoud klopt niet:\n\n{report(lost, len(base.files))}")
    for download in exchange.downloads(base, build.address):
        files.append(_on_disk(download.path, download.content, config))
    del base, made, anchors
    _run.base = None  # all is written: make room for the pages
    gc.unfreeze()
    gc.collect()
    gc.freeze()  # what is left stays to the end, too
    _add_search(files, config, data)
    return files


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Compile the templates of the theme once, not at every build."""
    env.bytecode_cache = jinja2.FileSystemBytecodeCache()
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let go of the Markdown of a page that has become HTML: MkDocs keeps all pages to the end."""
    page.markdown = None
    return html


def on_post_build(config: MkDocsConfig) -> None:
    """Put the security policy into every page of a build; `serve` goes without, for its reload script."""
    if _run.command != "serve":
        try:
            csp.protect(Path(config.site_dir))
        except csp.PolicyError as error:
            raise PluginError(f"Het beveiligingsbeleid past niet op deze pagina's:\n\n{error}") from None
    if _run.staging is not None:
        config.site_dir = str(_run.staging.site)
    _run.whole = True


def on_build_error(error: Exception) -> None:
    """Note any failure; with --strict a warning is one, and MkDocs says so only after `on_post_build`."""
    _run.whole = False


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    """Show what `serve --clean` built first: to MkDocs that is a build, but it shows the folder from here on."""
    on_shutdown()
    _run.command, _run.staged = "serve", False
    return server


def on_shutdown() -> None:
    """Let a build that is whole take the place of the site that stands, and throw away any other."""
    _clear_workspace()
    ready, _run.staging = _run.staging, None
    if ready is None:
        return
    try:
        if _run.whole:
            ready.publish()
            log.info("De site staat in %s", ready.site)
    except OSError as error:
        raise PluginError(f"De site is gebouwd, maar kan niet naar {ready.site}: {error}") from None
    finally:
        ready.discard()


def _on_disk(place: str, content: str | bytes, config: MkDocsConfig) -> File:
    """A file of the site that is not in docs/, as MkDocs wants it."""
    if _run.workspace is None:
        raise PluginError("Er is nog geen bouw begonnen.")
    path = Path(_run.workspace.name, place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return File.generated(config, place, abs_src_path=str(path))


def _inline(picture: Path) -> str:
    """A picture as an address that holds it: a browser asks the server for an icon at each step of a guide."""
    kind, _ = mimetypes.guess_type(picture.name)
    try:
        data = b64encode(picture.read_bytes()).decode()
    except OSError as error:
        raise PluginError(
            f"Het pictogram van de site (theme: favicon, in mkdocs.yml) is niet te lezen: {error}"
        ) from None
    return f"data:{kind or 'image/x-icon'};base64,{data}"


def _clear_workspace() -> None:
    workspace, _run.workspace = _run.workspace, None
    if workspace is not None:
        workspace.cleanup()


def _handed_over(made: Iterable[pages.Page], files: Files, config: MkDocsConfig) -> Iterator[pages.Page]:
    """Give MkDocs each page, in place of what stands in docs/, and pass it on."""
    for page in made:
        written = files.get_file_from_path(page.path)
        if written is not None:
            files.remove(written)
        file = _on_disk(page.path, page.markdown, config)
        file.edit_uri = f"../{page.source}" if page.source is not None else page.path
        files.append(file)
        yield page


def _add_search(files: Files, config: MkDocsConfig, data: search.SearchData) -> None:
    """Hand over what the search reads, and the library that it runs on with its licence."""
    try:
        search.require_all(data, (file.src_uri for file in files.documentation_pages()))
    except (search.MissingPageError, search.StrayWordsError) as error:
        raise PluginError(str(error)) from None
    files.append(_on_disk(search.ADDRESS, data.script(), config))
    for source, address in search.LIBRARY.items():
        text = (_root(config) / source).read_text(encoding="utf-8")
        files.append(_on_disk(address, search.light(source, text), config))


def _require_library(root: Path) -> None:
    """Stop before anything is built when the library that the search runs on is not installed."""
    missing = [source for source in search.LIBRARY if not (root / source).is_file()]
    if missing:
        raise PluginError(
            f"{missing[0]} ontbreekt. Daarmee werkt het zoeken. Bouw met 'make site' of 'make serve': "
            "die zetten het klaar."
        )


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _ready() -> tuple[knowledge_base.KnowledgeBase, export.Build]:
    if _run.base is None or _run.build is None:
        raise PluginError("De inhoud is nog niet gelezen.")
    return _run.base, _run.build


def _settings(config: MkDocsConfig) -> pages.Settings:
    """What the owner of the site filled in in mkdocs.yml."""
    colophon = config.extra.get("colofon") or {}
    return pages.Settings(**{key: str(value or "") for key, value in colophon.items()})


def _refuse_expired_law() -> None:
    """Stop a build on expired law unless VERLOPEN=toon asks to publish with banners; serving only warns."""
    base, build = _ready()
    late = knowledge_base.expired_claims(base, build.today, legal_only=True)
    if not late:
        return
    text = (
        "Deze wettelijke uitspraken zijn verlopen. Kijk ze na, of publiceer met een waarschuwing op de pagina "
        f"(VERLOPEN=toon):\n\n{report(late, len(base.files))}"
    )
    if _run.command == "serve" or os.environ.get("VERLOPEN") == "toon":
        log.info(text)
    else:
        raise PluginError(text)


def _version(root: Path) -> str:
    """The version of the program with a digest of the content, so that every edition has its own."""
    project = re.search(r'^version = "(.+)"$', (root / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    digest = hashlib.sha256()
    for folder in ("interventions", "guide", "docs"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{project[1] if project else '0'}-{digest.hexdigest()[:8]}"
