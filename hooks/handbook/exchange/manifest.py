"""Exercises -> imsmanifest.xml: what a SCORM 1.2 package holds and in which order.

In: exercises and the files of the package. Out: the bytes of the manifest. An exercise is one SCO with a page of its
own: it has its own status, its own score and its own room for answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import floor
from xml.etree import ElementTree as ET

from handbook.exchange.items import Exercise
from handbook.exchange.markup import plain

IMSCP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOCATION = f"{IMSCP} imscp_rootv1p1p2.xsd {ADLCP} adlcp_rootv1p2.xsd"
_LONGEST_TITLE = 200


def write(
    name: str, title: str, exercises: Iterable[Exercise], pages: Mapping[str, str], shared: Iterable[str]
) -> bytes:
    """The manifest: `pages` gives the page of each exercise, `shared` the files that all pages use."""
    ET.register_namespace("", IMSCP)
    ET.register_namespace("adlcp", ADLCP)
    ET.register_namespace("xsi", _XSI)
    manifest = _element("manifest", identifier=f"vroeg-erbij-{name}", version="1.0")
    manifest.set(f"{{{_XSI}}}schemaLocation", _LOCATION)
    metadata = _child(manifest, "metadata")
    _child(metadata, "schema").text = "ADL SCORM"
    _child(metadata, "schemaversion").text = "1.2"
    organizations = _child(manifest, "organizations", default="inhoud")
    organization = _child(organizations, "organization", identifier="inhoud")
    _child(organization, "title").text = plain(title)[:_LONGEST_TITLE]
    resources = _child(manifest, "resources")
    for exercise in exercises:
        _item(organization, exercise)
        resource = _child(
            resources, "resource", identifier=f"r-{exercise.id}", type="webcontent", href=pages[exercise.id]
        )
        resource.set(f"{{{ADLCP}}}scormtype", "sco")
        _child(resource, "file", href=pages[exercise.id])
        _child(resource, "dependency", identifierref="gedeeld")
    together = _child(resources, "resource", identifier="gedeeld", type="webcontent")
    together.set(f"{{{ADLCP}}}scormtype", "asset")
    for name in sorted(shared):
        _child(together, "file", href=name)
    ET.indent(manifest)
    text: bytes = ET.tostring(manifest, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def mastery_score(exercise: Exercise) -> str | None:
    """The percentage from which a system may call this passed; rounded down, never above what the player reports."""
    if exercise.pass_mark is None:
        return None
    return f"{floor(10_000 * exercise.pass_mark / len(exercise.items)) / 100:g}"


def _item(parent: ET.Element, exercise: Exercise) -> None:
    item = _child(parent, "item", identifier=f"i-{exercise.id}", identifierref=f"r-{exercise.id}", isvisible="true")
    _child(item, "title").text = plain(exercise.title)[:_LONGEST_TITLE]
    mastery = mastery_score(exercise)
    if mastery is not None:
        ET.SubElement(item, f"{{{ADLCP}}}masteryscore").text = mastery


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(f"{{{IMSCP}}}{tag}", attributes)


def _child(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{IMSCP}}}{tag}", attributes)
