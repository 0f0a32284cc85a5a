"""Guide -> its diagram: an outline of numbered nodes, and the same as SVG.

In: a guide and the facets. Out: `Node`s in the order of the routes, each with every way out of it, and SVG in
bands that each fit on a sheet of paper. Both are made from `walk.targets`, so nothing of the guide can be missing.
`pages.guides` shows them. The layout is layered, top to bottom: a node stands below everything that leads to it.
"""

from __future__ import annotations

import itertools
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.etree import ElementTree as ET

from handbook.model import ANDERS, DecisionTable, Facet, Guide, Question
from handbook.walk import targets

Kind = Literal["vraag", "splitsing", "tabel", "uitkomst"]

_BOX, _GAP, _RAIL = 250, 18, 14
_PAD, _LINE, _BETWEEN = 9, 17, 46
_TITLE_SIGNS, _TEXT_SIGNS = 29, 35
_PER_LAYER = 3
_BAND = 1000


@dataclass(frozen=True)
class Way:
    """One way out of a node: its place in the guide, the words of the answer and the node it leads to."""

    place: str
    words: str
    target: str


@dataclass(frozen=True)
class Node:
    """A question, split, decision table or outcome with its number in the diagram."""

    id: str
    kind: Kind
    number: int
    title: str
    layer: int
    ways: tuple[Way, ...]

    @property
    def by_target(self) -> dict[str, list[Way]]:
        """The ways out, those that lead to the same node together."""
        found: dict[str, list[Way]] = defaultdict(list)
        for way in self.ways:
            found[way.target].append(way)
        return dict(found)


def outline(guide: Guide, facets: Mapping[str, Facet]) -> list[Node]:
    """Every node of a guide, numbered so that each way out leads to a higher number."""
    order = _in_order(guide)
    layers = _layers(guide, order)
    ranked = sorted(order, key=lambda name: (layers[name], order.index(name)))
    return [
        Node(name, *_named(guide, name, number), layers[name], tuple(_ways(guide, facets, name)))
        for number, name in enumerate(ranked, 1)
    ]


def _named(guide: Guide, name: str, number: int) -> tuple[Kind, int, str]:
    if name in guide.vragen:
        return "vraag", number, guide.vragen[name].vraag
    if name in guide.splitsingen:
        return "splitsing", number, guide.splitsingen[name].vraag
    if name in guide.beslistabellen:
        return "tabel", number, guide.beslistabellen[name].vraag
    return "uitkomst", number, guide.uitkomsten[name].titel


def _in_order(guide: Guide) -> list[str]:
    """Every node, each before all that it leads to."""
    done: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in done:
            return
        for _, target in reversed(targets(guide, name)):
            visit(target)
        done[name] = None

    visit(guide.start)
    return list(reversed(done))


def _layers(guide: Guide, order: Sequence[str]) -> dict[str, int]:
    """The layer of each node; an outcome moves down where a layer would become too wide for paper."""
    layers = dict.fromkeys(order, 0)
    for name in order:
        for _, target in targets(guide, name):
            layers[target] = max(layers[target], layers[name] + 1)
    held: dict[int, int] = defaultdict(int)
    for name in sorted(order, key=lambda name: (name in guide.uitkomsten, layers[name])):
        while name in guide.uitkomsten and held[layers[name]] >= _PER_LAYER:
            layers[name] += 1
        held[layers[name]] += 1
    return layers


def _ways(guide: Guide, facets: Mapping[str, Facet], name: str) -> Iterator[Way]:
    for place, target in targets(guide, name):
        kind, _, rest = place.partition(f".{name}.")
        part, _, key = rest.partition(".")
        if kind == "vragen":
            words = _answer_words(guide.vragen[name], facets, part, key)
        elif kind == "beslistabellen":
            words = _row_words(guide.beslistabellen[name], part, key)
        else:
            exits = getattr(guide.splitsingen[name], part)
            words = (exits[int(key)] if key else exits).tekst
        yield Way(place, words, target)


def _answer_words(question: Question, facets: Mapping[str, Facet], part: str, key: str) -> str:
    if part == "routes":
        route = question.routes[int(key)]
        unit = facets[str(question.kenmerk)].eenheid or ""
        numbers = str(route.van) if route.van == route.tot else f"{route.van} tot en met {route.tot}"
        return f"{numbers} {unit}".strip()
    return str((question.antwoorden[key] if key else getattr(question, part)).tekst)


def _row_words(table: DecisionTable, part: str, key: str) -> str:
    """Rows are told by their number: what they look at stands with the guide, and would not fit in a box."""
    if part == "rijen":
        return f"rij {list(table.rijen).index(key) + 1}"
    return "in alle andere gevallen" if part == ANDERS else "weet je niet welke rij past"


# --- layout ---------------------------------------------------------------------------------------------


@dataclass
class _Spot:
    """A place in a layer: a box, or a rail on which a line passes."""

    key: str
    layer: int
    width: int
    node: Node | None = None
    x: float = 0.0
    above: list[_Spot] = field(default_factory=list)
    below: list[_Spot] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass
class _Layout:
    """Where everything stands: spots by layer, lines as the spots that they pass."""

    layers: list[list[_Spot]]
    lines: dict[tuple[str, str], list[_Spot]]
    tops: list[float]
    heights: list[float]
    width: float


def _lay_out(nodes: Sequence[Node]) -> _Layout:
    spots = {node.id: _Spot(node.id, node.layer, _BOX, node) for node in nodes}
    layers: list[list[_Spot]] = [[] for _ in range(max(node.layer for node in nodes) + 1)]
    for spot in spots.values():
        layers[spot.layer].append(spot)
    lines: dict[tuple[str, str], list[_Spot]] = {}
    for node in nodes:
        for target in node.by_target:
            line = [spots[node.id]]
            for layer in range(node.layer + 1, spots[target].layer):
                line.append(_rail(layers[layer], target, layer))
            line.append(spots[target])
            for upper, lower in itertools.pairwise(line):
                if lower not in upper.below:
                    upper.below.append(lower)
                    lower.above.append(upper)
            lines[node.id, target] = line
    _arrange(layers)
    width = max(sum(spot.width + _GAP for spot in layer) - _GAP for layer in layers)
    _place(layers, width)
    heights = [max((_height(spot.node) for spot in layer if spot.node), default=0) for layer in layers]
    tops = [float(_PAD)]
    for height in heights[:-1]:
        tops.append(tops[-1] + height + _BETWEEN)
    return _Layout(layers, lines, tops, heights, width)


def _rail(layer: list[_Spot], target: str, number: int) -> _Spot:
    """Lines to the same node share a rail, so that they run together as one."""
    key = f"-> {target}"
    for spot in layer:
        if spot.key == key:
            return spot
    spot = _Spot(key, number, _RAIL)
    layer.append(spot)
    return spot


def _arrange(layers: list[list[_Spot]]) -> None:
    """Order each layer by the middle of what it is tied to, down and up, so that few lines cross."""
    for sweep in range(8):
        down = sweep % 2 == 0
        for layer in layers[1:] if down else reversed(layers[:-1]):
            weights = {}
            for index, spot in enumerate(layer):
                tied = spot.above if down else spot.below
                others = layers[spot.layer - 1 if down else spot.layer + 1]
                places = [others.index(other) / max(1, len(others) - 1) for other in tied]
                weights[spot.key] = sum(places) / len(places) if places else index / max(1, len(layer) - 1)
            layer.sort(key=lambda spot: weights[spot.key])


def _place(layers: list[list[_Spot]], width: float) -> None:
    for layer in layers:
        x = (width - sum(spot.width + _GAP for spot in layer) + _GAP) / 2
        for spot in layer:
            spot.x = x
            x += spot.width + _GAP
    for sweep in range(12):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = []
            for spot in layer:
                tied = [*spot.above, *spot.below]
                middle = sum(other.middle for other in tied) / len(tied) if tied else spot.middle
                wanted.append(middle - spot.width / 2)
            _settle(layer, wanted, width)


def _settle(layer: list[_Spot], wanted: Sequence[float], width: float) -> None:
    """Put each spot as near as can be to where it wants to stand, in order and within the width."""
    low = 0.0
    for spot, want in zip(layer, wanted, strict=True):
        spot.x = max(low, want)
        low = spot.x + spot.width + _GAP
    high = width
    for spot in reversed(layer):
        spot.x = min(spot.x, high - spot.width)
        high = spot.x - _GAP


def _title_lines(node: Node) -> list[str]:
    return _wrapped(f"{node.number}. {node.title}", _TITLE_SIGNS)


def _row_lines(ways: Sequence[Way], number: int) -> list[str]:
    return _wrapped(f"{'; '.join(way.words for way in ways)}\u00a0→\u00a0{number}", _TEXT_SIGNS)


def _wrapped(text: str, signs: int) -> list[str]:
    return textwrap.wrap(text, signs, break_on_hyphens=False, break_long_words=False)


def _height(node: Node) -> float:
    rows = sum(len(_row_lines(ways, 99)) for ways in node.by_target.values())
    return 2 * _PAD + _LINE * (len(_title_lines(node)) + rows) + 5 * len(node.by_target)


# --- drawing --------------------------------------------------------------------------------------------


def drawing(guide: Guide, nodes: Sequence[Node]) -> list[str]:
    """The diagram as one SVG a band, from top to bottom; each can be printed on a sheet of its own."""
    layout = _lay_out(nodes)
    numbers = {node.id: node.number for node in nodes}
    bands = list(_bands(layout))
    found = []
    for part, (first, last) in enumerate(bands, 1):
        top = 0.0 if first == 0 else layout.tops[first]
        bottom = (
            layout.tops[last + 1] if last + 1 < len(layout.tops) else layout.tops[last] + layout.heights[last] + _PAD
        )
        label = f"Schema: {guide.titel}" + (f" Deel {part} van {len(bands)}." if len(bands) > 1 else "")
        held = [node for node in nodes if first <= node.layer <= last]
        found.append(_band(layout, numbers, held, (top, bottom), (first, last), label, f"ve-schema-{part}"))
    return found


def _bands(layout: _Layout) -> Iterator[tuple[int, int]]:
    """Yield (first layer, last layer) of each band; one layer is never cut."""
    first = 0
    for layer in range(1, len(layout.tops)):
        if layout.tops[layer] + layout.heights[layer] - layout.tops[first] > _BAND:
            yield first, layer - 1
            first = layer
    yield first, len(layout.tops) - 1


def _band(
    layout: _Layout,
    numbers: Mapping[str, int],
    nodes: Sequence[Node],
    span: tuple[float, float],
    layers: tuple[int, int],
    label: str,
    name: str,
) -> str:
    top, bottom = span
    width = layout.width + 2 * _PAD
    svg = ET.Element(
        "svg",
        {
            "class": "ve-diagram__part",
            "viewBox": f"{-_PAD} {top:g} {width:g} {bottom - top:g}",
            "width": f"{width:g}",
            "height": f"{bottom - top:g}",
            "role": "img",
            "aria-labelledby": f"{name}-titel {name}-uitleg",
            "fill": "none",
            "stroke": "currentColor",
        },
    )
    ET.SubElement(svg, "title", {"id": f"{name}-titel"}).text = label
    described = "; ".join(f"{node.number}. {node.title}" for node in nodes)
    ET.SubElement(
        svg, "desc", {"id": f"{name}-uitleg"}
    ).text = f"Van boven naar beneden: {described} Onder het schema staat hetzelfde als lijst."
    for (start, target), line in layout.lines.items():
        for upper, lower in itertools.pairwise(line):
            if layers[0] <= upper.layer <= layers[1]:
                _draw_line(svg, layout, upper, lower, start, target)
    for node in nodes:
        spot = next(item for item in layout.layers[node.layer] if item.node is node)
        _draw_box(svg, node, numbers, spot.x, layout.tops[node.layer])
    return ET.tostring(svg, encoding="unicode", short_empty_elements=False)


def _draw_line(svg: ET.Element, layout: _Layout, upper: _Spot, lower: _Spot, start: str, target: str) -> None:
    top = layout.tops[upper.layer]
    low = top + (_height(upper.node) if upper.node else 0)
    end = layout.tops[lower.layer]
    x1, x2 = _port(upper, lower), lower.middle
    floor = top + layout.heights[upper.layer]
    bend = floor + _BETWEEN / 2
    path = f"M{x1:.1f} {low:.1f}V{floor:.1f}C{x1:.1f} {bend:.1f} {x2:.1f} {bend:.1f} {x2:.1f} {end - 8:.1f}"
    if lower.node is not None:
        path += f"V{end:.1f}M{x2 - 4:.1f} {end - 7:.1f}L{x2:.1f} {end:.1f}L{x2 + 4:.1f} {end - 7:.1f}"
    else:
        path += f"V{end:.1f}"
    marks = {"class": "ve-diagram__line", "d": path, "data-from": start, "data-to": target}
    ET.SubElement(svg, "path", marks)


def _port(upper: _Spot, lower: _Spot) -> float:
    """Where a line leaves: a box has as many places as lines, in the order of what they lead to."""
    if upper.node is None:
        return upper.middle
    order = sorted(upper.below, key=lambda spot: spot.middle)
    return upper.x + upper.width * (order.index(lower) + 1) / (len(order) + 1)


def _draw_box(svg: ET.Element, node: Node, numbers: Mapping[str, int], x: float, y: float) -> None:
    group = ET.SubElement(svg, "g", {"class": f"ve-diagram__{node.kind}", "data-node": node.id})
    corner = {"vraag": "3", "splitsing": "14", "tabel": "14", "uitkomst": "0"}[node.kind]
    box = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": str(_BOX), "height": f"{_height(node):g}", "rx": corner}
    ET.SubElement(group, "rect", {"class": "ve-diagram__box", **box})
    baseline = y + _PAD + 12
    baseline = _draw_text(group, _title_lines(node), x, baseline, {"font-weight": "700"})
    for target, ways in node.by_target.items():
        marks = {"data-to": target, "data-ways": " ".join(way.place for way in ways)}
        baseline = _draw_text(group, _row_lines(ways, numbers[target]), x, baseline + 5, marks)


def _draw_text(group: ET.Element, lines: Sequence[str], x: float, y: float, marks: Mapping[str, str]) -> float:
    text = ET.SubElement(group, "text", {"font-size": "14", "fill": "currentColor", "stroke": "none", **marks})
    for line in lines:
        ET.SubElement(text, "tspan", {"x": f"{x + _PAD:.1f}", "y": f"{y:.1f}"}).text = f"{line} "
        y += _LINE
    return y
