"""Are marks and statements of every shape read back exactly as they were meant?

A passage is made first, as text with marked stretches; then the text around it and the coder's file
are written from it in many ways. Reading has to give the passage back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.anchoring import squeeze
from kg.ontology import Ontology
from kg.readers.tidy import tidy
from tests.readers.conftest import HEAD, Folder, concept

CONCEPTS = ["salmon", "otter", "grey-heron", "upper-river", "winter"]
CHARACTERS = st.sampled_from(
    [
        *"abcABC.,:;#-'\"{}=&*!%@|>?[]\\…é鲑鱼𠀀🐟",
        *("e\u0301", "👨\u200d👩\u200d👧", "\u0e33", "\ufe0f", "\ud7ff"),
    ]
)
UNCOUNTED = st.sampled_from([" ", "  ", "\n", "\r\n", "\r", "\t", "\u200b", "\u3000", "\u00ad"])
FOLDS = st.sampled_from([" ", "\n    ", "\n      ", "\n\n    ", "", "\u200b"])


@dataclass
class Part:
    """A piece of text, plain (`text`) or marked (`parts` with `items`)."""

    text: str = ""
    parts: list[Part] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.text + "".join(part.words for part in self.parts)


WORDS = st.lists(CHARACTERS, min_size=1, max_size=6).map("".join)
PLAIN = WORDS.map(lambda words: Part(text=words))
ITEMS = st.lists(
    st.tuples(st.sampled_from(CONCEPTS), st.sampled_from(["", "m1", "m2", "标", "m-3_x"])),
    min_size=1,
    max_size=3,
)


def marked(children: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    return st.builds(Part, st.just(""), st.lists(children, min_size=1, max_size=4), ITEMS)


PARTS = st.lists(st.recursive(PLAIN, marked, max_leaves=8), min_size=1, max_size=5)


@dataclass
class Meant:
    """What reading has to find: places count characters of the squeezed passage."""

    squeezed: str
    mentions: dict[tuple[tuple[tuple[int, int], ...], str], str]


def meant(parts: list[Part]) -> Meant:
    """Concepts and their pieces; the first mark of an id names its concept."""
    pieces: dict[str, list[tuple[int, int]]] = {}
    named: dict[str, str] = {}
    found: dict[tuple[tuple[tuple[int, int], ...], str], str] = {}
    place = 0

    def walk(part: Part) -> None:
        nonlocal place
        start = place
        place += len(squeeze(part.text))
        for child in part.parts:
            walk(child)
        for name, id_ in part.items:
            if not id_:
                found[((start, place),), name] = ""
            else:
                named.setdefault(id_, name)
                pieces.setdefault(id_, []).append((start, place))

    for part in parts:
        walk(part)
    for id_, stretches in pieces.items():
        found.setdefault((joined(stretches), named[id_]), id_)
    return Meant(squeeze("".join(part.words for part in parts)), found)


def joined(stretches: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    covered = sorted({place for start, end in stretches for place in range(start, end)})
    starts = [place for place in covered if place - 1 not in covered]
    return tuple(
        (s, next(p for p in range(s, covered[-1] + 2) if p not in covered)) for s in starts
    )


def written(parts: list[Part], fold: st.DataObject) -> str:
    """The parts with their marks, as a coder would type them."""
    seen: set[str] = set()

    def show(part: Part) -> str:
        escaped = "".join("\\" + c if c in "[]\\…" else c for c in part.text)
        inside = escaped + "".join(show(child) for child in part.parts)
        if not part.items:
            return inside
        items = []
        for name, id_ in part.items:
            bare = id_ in seen
            seen.add(id_) if id_ else None
            items.append(f"#{id_}" if bare else f"{name} #{id_}" if id_ else name)
        space = fold.draw(st.sampled_from(["", " ", "\n    "]))
        return f"[{space}{inside}{space}]{{{', '.join(items)}}}"

    return fold.draw(FOLDS).join(show(part) for part in parts)


@settings(deadline=None)
@given(PARTS, st.data())
def test_every_mark_is_read_as_it_was_meant(
    river: Ontology, parts: list[Part], data: st.DataObject
) -> None:
    expected = meant(parts)
    loose = "".join(char + data.draw(UNCOUNTED | st.just("")) for char in expected.squeezed)
    before = data.draw(st.lists(UNCOUNTED | st.sampled_from(["ö", "🐢", "\ufeff"])).map("".join))
    text = f"{before}§{loose}§"
    block = "- text: >-\n    " + written(parts, data) + "\n  statements:\n"
    for name in sorted({id_ for id_ in expected.mentions.values() if id_}):
        block += f"  - {name} near {name}\n"
    with TemporaryDirectory() as path:
        folder = Folder(Path(path) / "passages", river).text(text)
        reading = folder.coded(block).read()
        again = folder.coded(tidy(HEAD + block).removeprefix(HEAD)).read()
        windows = folder.coded((HEAD + block).replace("\n", "\r\n"), "").read()
    assert again.documents == reading.documents == windows.documents
    document = reading.documents[0]
    [passage] = document.passages
    assert squeeze(passage.span.quote) == expected.squeezed
    spans = [passage.span, *(span for mention in passage.mentions for span in mention.spans)]
    for span in spans:
        assert document.text[span.start : span.end] == span.quote
    offset = {place: at for at, place in enumerate(counted(document.text, passage.span.start))}
    read = {
        (tuple((offset[s.start], offset[s.end - 1] + 1) for s in mention.spans), mention.concept)
        for mention in passage.mentions
    }
    assert read == {(places, concept(name)) for places, name in expected.mentions}
    ids = {mention.id: mention.concept for mention in passage.mentions}
    for statement in passage.statements:
        [mention] = statement.subject_mentions
        assert ids[mention] == statement.subject


def counted(text: str, start: int) -> list[int]:
    """Offsets of the characters that count, from an offset on."""
    return [at for at in range(start, len(text)) if squeeze(text[at])]
