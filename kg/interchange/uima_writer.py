"""Writing UIMA CAS XMI: for each text a zip file with the CAS and its type system.

The layers are those of `webanno_writer`; words and sentences are left to whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from kg.interchange.layers import CONCEPT, FEATURES, RELATION, features_of, short
from kg.interchange.model import Annotated, Link, Mark
from kg.interchange.qdc import attributes_of
from kg.interchange.units import UTF16, ruler
from kg.zips import zipped

_SOFA = 1
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" \
xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
"""
_TYPE = """\
<typeDescription>
<name>{name}</name>
<supertypeName>uima.tcas.Annotation</supertypeName>
<features>
{features}</features>
</typeDescription>
"""
_FEATURE = """\
<featureDescription><name>{name}</name><rangeTypeName>{range}</rangeTypeName></featureDescription>
"""
_TYPE_SYSTEM = """\
<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">
<types>
{types}</types>
</typeSystemDescription>
"""


def write_uima(documents: Sequence[Annotated]) -> dict[str, bytes]:
    system = _type_system().encode()
    return {
        f"{each.key}.zip": zipped(
            {f"{each.key}.xmi": "".join(_lines(each)).encode(), "TypeSystem.xml": system}
        )
        for each in documents
    }


def _type_system() -> str:
    own = "".join(_FEATURE.format(name=name, range="uima.cas.String") for name in FEATURES)
    ends = "".join(_FEATURE.format(name=name, range="uima.tcas.Annotation")
                   for name in ("Governor", "Dependent"))  # fmt: skip
    types = _TYPE.format(name=CONCEPT, features=own)
    return _TYPE_SYSTEM.format(types=types + _TYPE.format(name=RELATION, features=own + ends))


def _lines(document: Annotated) -> Iterator[str]:
    ids = {mark.id: number for number, mark in enumerate(document.marks, _SOFA + 1)}
    places = {mark.id: mark.spans[0] for mark in document.marks}
    offset = ruler(document.text, UTF16).offset
    first_link = _SOFA + 1 + len(ids)
    yield _HEAD
    for mark in document.marks:
        yield _tag(CONCEPT, ids[mark.id], [offset(at) for at in mark.spans[0]], mark)
    for number, link in enumerate(document.links, first_link):
        stretch = [offset(at) for at in places[link.target]]
        ends = {"Governor": str(ids[link.origin]), "Dependent": str(ids[link.target])}
        yield _tag(RELATION, number, stretch, link, ends)
    text = quoteattr(document.text)
    yield f'<cas:Sofa xmi:id="{_SOFA}" sofaNum="1" sofaID="_InitialView" mimeType="text" '
    yield f"sofaString={text}/>\n"
    members = " ".join(map(str, range(_SOFA + 1, first_link + len(document.links))))
    yield f'<cas:View sofa="{_SOFA}" members="{members}"/>\n</xmi:XMI>\n'


def _tag(
    layer: str,
    id_: int,
    stretch: Sequence[int],
    item: Mark | Link,
    ends: dict[str, str] | None = None,
) -> str:
    label = item.label if isinstance(item.label, str) else item.label[-1]
    place = {"begin": str(stretch[0]), "end": str(stretch[1])}
    described = {"xmi:id": str(id_), "sofa": str(_SOFA), **place, **(ends or {})}
    values = {
        name: " ".join(value.split()) for name, value in features_of(label, item.said).items()
    }
    return f"<custom:{short(layer)}{attributes_of(described | values)}/>\n"
