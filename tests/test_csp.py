"""What the policy lets through, where it stands, and that a page is otherwise left alone."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from handbook.csp import PolicyError, add_policy, protect

HEAD = '<!doctype html>\n<html lang="nl">\n  <head>\n    <meta charset="utf-8">\n    <title>Een</title>'


def page(head: str = "", body: str = "<p>Tekst</p>") -> str:
    return f"{HEAD}{head}\n  </head>\n  <body>\n{body}\n  </body>\n</html>\n"


def directives(html: str) -> dict[str, list[str]]:
    found = BeautifulSoup(html, "html.parser").find_all("meta", {"http-equiv": "Content-Security-Policy"})
    assert len(found) == 1
    parts = [part.split() for part in str(found[0]["content"]).split(";")]
    return {name: sources for name, *sources in parts}


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_nothing_is_allowed_that_was_not_named() -> None:
    policy = directives(add_policy(page()))
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    own_files_only = ("script-src", "style-src", "connect-src", "worker-src")
    assert [policy[name] for name in own_files_only] == [["'self'"]] * 4
    assert policy["img-src"] == ["'self'", "data:"]
    everything = [source for sources in policy.values() for source in sources]
    assert not [source for source in everything if "unsafe" in source or source == "*" or "http" in source]


def test_directives_that_a_meta_element_ignores_are_left_out() -> None:
    assert not {"frame-ancestors", "sandbox", "report-uri", "report-to"} & set(directives(add_policy(page())))


@pytest.mark.parametrize("tag", ["<script>", '<script type="module">', "<SCRIPT TYPE='text/javascript'>"])
def test_inline_script_is_allowed_by_its_hash(tag: str) -> None:
    script = '\n  if (1 < 2 && "<b>é</b>") console.log("hallo")\n'
    html = add_policy(page(body=f"{tag}{script}</script>"))
    assert directives(html)["script-src"] == ["'self'", hash_of(script)]


def test_inline_style_is_allowed_by_its_hash() -> None:
    html = add_policy(page(head="<style>p { color: red }</style>"))
    assert directives(html)["style-src"] == ["'self'", hash_of("p { color: red }")]
    assert directives(html)["script-src"] == ["'self'"]


def test_script_that_is_data_or_a_file_gets_no_hash() -> None:
    html = page(body='<script type="application/json">{"a": 1}</script><script src="a.js"></script>')
    assert directives(add_policy(html))["script-src"] == ["'self'"]


def test_script_in_a_comment_gets_no_hash() -> None:
    assert directives(add_policy(page(body="<!-- <script>alert(1)</script> -->")))["script-src"] == ["'self'"]


def test_hashes_are_unique_and_in_a_fixed_order() -> None:
    texts = [f"step({number})" for number in range(9)]
    scripts = [f"<script>{text}</script>" for text in texts]
    result = add_policy(page(body="".join([*scripts, *scripts[::-1]])))
    assert directives(result)["script-src"] == ["'self'", *sorted(hash_of(text) for text in texts)]


def test_a_second_head_does_not_move_the_policy() -> None:
    assert add_policy(page(body="<head>")).index("<meta http-equiv") < len(HEAD)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_are_hashed_as_the_browser_reads_them(end: str) -> None:
    html = page(body=f"<script>a(){end}b()</script>")
    assert hash_of("a()\nb()") in directives(add_policy(html))["script-src"]


def test_everything_else_stays_as_it_was() -> None:
    html = page(body="<P class=x>Ongewoon,  maar goed &eacute; &#x2014; <br/>\r\n<img src='a.png'></P>")
    result = add_policy(html)
    start = result.index("<meta http-equiv")
    end = result.index(">", start) + 1
    assert result[:start] + result[end:] == html


def test_policy_comes_before_all_that_loads_but_after_the_charset() -> None:
    result = add_policy(page(head='<link rel="stylesheet" href="a.css"><script src="a.js"></script>'))
    tags = BeautifulSoup(result, "html.parser").select("head > *")
    assert [tag.name for tag in tags[:3]] == ["meta", "meta", "title"]
    assert tags[0].get("charset") == "utf-8"
    assert tags[1].get("http-equiv") == "Content-Security-Policy"


def test_policy_comes_first_when_the_charset_does_not() -> None:
    result = add_policy("<html><head><title>a</title><meta charset='utf-8'></head><body></body></html>")
    assert result.startswith('<html><head><meta http-equiv="Content-Security-Policy"')


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('\n<p style="color: red">a</p>', "9: <p style=...>"),
        ('<button onclick="go()">a</button>', "<button onclick=...>"),
        ('<a href=" JavaScript:go()">a</a>', "<a href="),
        ('<img src="https://example.org/a.png" alt="">', "andere site"),
        ('<script src="//example.org/a.js"></script>', "andere site"),
        ('<meta http-equiv="content-security-policy" content="x">', "al een beveiligingsbeleid"),
    ],
)
def test_what_the_policy_would_block_is_a_fault(body: str, fault: str) -> None:
    with pytest.raises(PolicyError) as error:
        add_policy(page(body=body))
    assert len(error.value.faults) == 1
    assert fault in error.value.faults[0]


# --- pages that nobody wrote with good intentions --------------------------------------------------------------


def after_good_pages(folder: Path, body: str) -> list[str]:
    """The faults of a page that comes after ordinary ones, whose tags are known by then."""
    for name in ("a", "b"):
        (folder / f"{name}.html").write_text(page(body='<p class="x"><a href="y/">z</a> 1</p><script>go()</script>'))
    (folder / "c.html").write_text(page(body=body))
    try:
        protect(folder)
    except PolicyError as error:
        return error.faults
    return []


@pytest.mark.parametrize(
    "body",
    [
        '<p class="x" onclick="go()">a</p>',
        "<p CLASS=x ONCLICK=go()>a</p>",
        '<p class="x"onclick="go()">a</p>',
        '<p\nonclick\n=\n"go()">a</p>',
        "<p/onclick=go()>a</p>",
        '<a title="1 > 0" onclick="go()">a</a>',
        "<a title='\"' onclick='go()'>a</a>",
        "<a title='<p>' style='color: red'>a</a>",
        '<p class="x" STYLE="color: red">a</p>',
        '<p class="x" style>a</p>',
        '<a href="java&#115;cript:go()">a</a>',
        '<a href="javascript&colon;go()">a</a>',
        '<a href="java\n\tscript:go()">a</a>',
        '<a href="\x01javascript:go()">a</a>',
        '<form action="JAVASCRIPT:go()"></form>',
        '<img src="/\t/example.org/a.png">',
        "<svg><a xlink:href='javascript:go()'></a></svg>",
        '<svg><p class="x" onload="go()"></p></svg>',
        "<scripts><p onclick=go()></p></scripts><script>go()</script>",
        '<script src="a.js"/><p onclick="go()"></p>',
        "<script>go()</script ><p onclick=go()></p><script>go()</script>",
        "<!-- <script> --><p onclick=go()></p><!-- </script> -->",
        "1 < 2 <p onclick=go()>a</p>",
        '<p class="x" <b onclick="go()">a</b>',
        '<template><p style="color: red"></p></template>',
        '<noscript><p style="color: red"></p></noscript>',
        '<p class="x">a</p><p style="color: red"',
    ],
)
def test_no_way_of_writing_hides_a_fault(tmp_path: Path, body: str) -> None:
    faults = after_good_pages(tmp_path, f'{body}<p class="x">b</p>')
    assert faults
    assert all(fault.startswith("c.html:") for fault in faults)


@pytest.mark.parametrize(
    ("body", "hashed"),
    [
        ("<script>go()</script><script>stop()</script>", ["go()", "stop()"]),
        ("<SCRIPT>go()</SCRIPT>", ["go()"]),
        ("<script>if (1 < 2) '<p class=\"x\">'</script>", ["if (1 < 2) '<p class=\"x\">'"]),
        ("<script>'<script>'</script>", ["'<script>'"]),
        ('<script type="application/json">{"a": "<b>"}</script>', []),
        ('<p title="<script>go()</script>">a</p>', []),
        ("<p title='<script>go()</script>'>a</p>", []),
        ("<!-- <script>go()</script> -->", []),
        ("<p>&lt;script&gt;go()&lt;/script&gt;</p>", []),
    ],
)
def test_only_a_script_that_is_one_gets_a_hash(body: str, hashed: list[str]) -> None:
    assert directives(add_policy(page(body=body)))["script-src"] == ["'self'", *sorted(map(hash_of, hashed))]


def test_links_to_other_sites_are_no_fault() -> None:
    add_policy(page(body='<a href="https://example.org/">a</a><p class="style">style=</p>'))


def test_page_without_a_head_is_a_fault() -> None:
    with pytest.raises(PolicyError, match="<head>"):
        add_policy("<p>a</p>")


def test_protect_does_every_page_and_no_other_file(tmp_path: Path) -> None:
    pages = [tmp_path / "index.html", tmp_path / "a" / "b" / "index.html", tmp_path / "404.html"]
    for path in pages:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page().encode())
    (tmp_path / "a.js").write_text("<head>")
    assert protect(tmp_path) == 3
    assert all(path.read_bytes() == add_policy(page()).encode() for path in pages)
    assert (tmp_path / "a.js").read_text() == "<head>"


def test_protect_names_every_fault_and_then_writes_nothing(tmp_path: Path) -> None:
    contents = {"a.html": page(), "b.html": page(body="<p style=x>"), "c.html": page(body="<p onload=x>")}
    for name, html in contents.items():
        (tmp_path / name).write_text(html)
    with pytest.raises(PolicyError) as error:
        protect(tmp_path)
    assert [fault.split(":")[0] for fault in error.value.faults] == ["b.html", "c.html"]
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == contents
