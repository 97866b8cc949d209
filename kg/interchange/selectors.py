"""Web Annotation selectors as stretches of text, https://www.w3.org/TR/annotation-model/#selectors

Anchors       TextPositionSelector, TextQuoteSelector, RangeSelector of these,
              FragmentSelector with char= or line= (RFC 5147), each refined by others
Cannot        XPath, CSS, SVG, data positions, other fragments: they need the page; one that is
              refined by a quote is passed over, and the quote looked for in the whole text
Of several    all mean the same stretch, so a position is checked against the quote beside it
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.anchoring import Anchors
from kg.interchange.intake import shown, worded
from kg.interchange.model import Stretch
from kg.interchange.quotes import Quote, locate
from kg.interchange.units import Ruler
from kg.readers.faults import Fault, Faults
from kg.readers.objects import Json, Object

_FRAGMENT = re.compile(r"#?(?P<unit>char|line)=(?P<start>\d{0,12}),(?P<end>\d{0,12})(?:;.*)?")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Ground:
    """The text that selectors select from; `within` is what an outer one has selected."""

    anchors: Anchors
    ruler: Ruler
    within: Stretch
    faults: Faults
    depth: int = 0

    @property
    def text(self) -> str:
        return self.anchors.text


@dataclass(frozen=True, slots=True)
class Selected:
    """A stretch as the file gives it, and the words it should hold (None: not said)."""

    start: int
    end: int
    quote: str | None = None


def select(selector: Json, ground: Ground) -> Selected:
    """What a selector, or several for one stretch, selects; a Fault if it cannot be told."""
    if ground.depth > _DEEPEST:
        raise Fault("too-deep", f"selectors refined more than {_DEEPEST} times", "simplify them")
    given = selector if isinstance(selector, list) else [selector]
    objects = [each for each in given if isinstance(each, dict)]
    kinds = {kind_of(each): each for each in reversed(objects)}
    quote = kinds.get("TextQuoteSelector")
    for kind, each in reversed(kinds.items()):
        if kind == "TextPositionSelector":
            found = _position(each, ground)
            return _checked(found, quote, ground) if "refinedBy" not in each else found
    for kind, each in reversed(kinds.items()):
        if kind == "RangeSelector" or (kind == "FragmentSelector" and _fragment(each)):
            return _other(kind, each, ground)
    if quote is not None:
        return _quoted(quote, ground)
    for each in objects:
        if "refinedBy" in each:
            return _refining_unknown(each, ground)
    named = ", ".join(sorted(kinds)) or "no selector"
    what = f"{named} cannot be found in a plain text"
    raise Fault("not-anchored", what, "add a TextQuoteSelector or a TextPositionSelector")


def kind_of(value: Json) -> str:
    """The type of a JSON-LD object without its prefix, "" for anything else."""
    given = value.get("type", value.get("@type")) if isinstance(value, dict) else None
    given = given[0] if isinstance(given, list) and given else given
    return re.split(r"[/#:]", given)[-1] if isinstance(given, str) else ""


def _position(selector: Object, ground: Ground) -> Selected:
    ends = [selector.get(name) for name in ("start", "end")]
    numbers = [end for end in ends if isinstance(end, int) and not isinstance(end, bool)]
    if len(numbers) < len(ends):
        what = f"`{shown(str(ends))}` are no start and end"
        raise Fault("bad-offset", what, "offsets are whole numbers, counted from 0")
    base = ground.within[0]
    return _refined(selector, Selected(base + numbers[0], base + numbers[1]), ground)


def _checked(found: Selected, quote: Object | None, ground: Ground) -> Selected:
    """A position with the quote beside it, which decides where the two differ."""
    if quote is None:
        return found
    exact = worded(quote.get("exact"))
    start, end = ground.ruler.point(found.start), ground.ruler.point(found.end)
    if 0 <= start < end and ground.text[start:end] != exact:
        try:
            return _quoted(quote, ground)
        except Fault:
            pass
    return Selected(found.start, found.end, exact)


def _quoted(selector: Object, ground: Ground) -> Selected:
    exact, prefix, suffix = (worded(selector.get(name)) for name in ("exact", "prefix", "suffix"))
    start, end = ground.within
    anchors = ground.anchors
    if (start, end) != (0, len(anchors.text)):
        anchors = Anchors.of(anchors.text, [(start, end)])
    first, last = locate(anchors, Quote(exact, prefix, suffix), ground.faults)
    found = Selected(ground.ruler.offset(first), ground.ruler.offset(last), exact)
    return _refined(selector, found, ground)


def _fragment(selector: Object) -> re.Match[str] | None:
    return _FRAGMENT.fullmatch(worded(selector.get("value")))


def _other(kind: str, selector: Object, ground: Ground) -> Selected:
    if kind == "RangeSelector":
        ends = (selector.get("startSelector"), selector.get("endSelector"))
        first, last = (select(each, _deeper(ground, ground.within)) for each in ends)
        return _refined(selector, Selected(first.start, last.start), ground)
    match = _fragment(selector)
    start, end = _range(match["unit"], match["start"], match["end"], ground) if match else (0, 0)
    return _refined(selector, Selected(start, end), ground)


def _range(unit: str, start: str, end: str, ground: Ground) -> Stretch:
    """RFC 5147: positions between characters or lines, from 0; an open end is the text's."""
    if unit == "char":
        return int(start or 0), int(end or ground.ruler.length)
    lines = [match.start() for match in _LINE.finditer(ground.text)]
    bounds = [*lines, len(ground.text)]
    first, last = int(start or 0), int(end or len(lines))
    return bounds[min(first, len(lines))], bounds[min(last, len(lines))]


def _refined(selector: Object, found: Selected, ground: Ground) -> Selected:
    """What the selectors inside select of it."""
    inner = selector.get("refinedBy")
    if inner is None:
        return found
    return select(inner, _deeper(ground, (found.start, found.end)))


def _refining_unknown(selector: Object, ground: Ground) -> Selected:
    """A part of something that only the page knows: a quote may still be found, an offset not."""
    inner = selector["refinedBy"]
    kinds = {kind_of(each) for each in (inner if isinstance(inner, list) else [inner])}
    if "TextPositionSelector" in kinds and "TextQuoteSelector" not in kinds:
        what = f"offsets inside of a {kind_of(selector)} cannot be found in a plain text"
        raise Fault("not-anchored", what, "add a TextQuoteSelector")
    given = inner if isinstance(inner, list) else [inner]
    quotes = [each for each in given if kind_of(each) != "TextPositionSelector"]
    return select(quotes, _deeper(ground, ground.within))


def _deeper(ground: Ground, within: Stretch) -> Ground:
    return replace(ground, within=within, depth=ground.depth + 1)
