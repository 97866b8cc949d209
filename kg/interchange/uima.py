"""UIMA CAS as XMI or JSON, alone or zipped with its type system, as INCEpTION exports it.

Sample    <custom:Span xmi:id="9" sofa="2" begin="4" end="15" value="Town"/>
          {"%ID": 9, "%TYPE": "webanno.custom.Span", "@sofa": 2, "begin": 4, "end": 15, …}
Offsets   UTF-16 code units of the text of the sofa, end excluded
Read      annotations of all layers with their features, relations (Governor, Dependent), slots and
          chains; no type system is needed: features say by themselves what they are
Dropped   words, sentences and metadata, which are no annotations; lemmas, parts of speech and the
          like, where there is anything else, and relations between words: told with their number
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kg.interchange.cas import Cas, Sofa, Structure
from kg.interchange.entries import first_entry, read_entries
from kg.interchange.intake import shown, worded
from kg.interchange.model import Foreign
from kg.interchange.packed import children, local, opened, read_text, root_name, xml_of, xml_root
from kg.interchange.source import Source, is_zip, key_of, without_controls
from kg.plainxml import Element
from kg.readers.objects import Json, Object

STRUCTURES = "%FEATURE_STRUCTURES"
_ID = "{http://www.omg.org/XMI}id"
# An id is written as a number is: what leads nowhere is taken for a number again.
_IDS = re.compile(r"\d+(?: \d+)*")
_JSON_ID = re.compile(r'"%ID"\s*:\s*(\d+)')
_OF_ALL = {_ID, "sofa", "begin", "end"}
_CAS = "uima.cas"


def looks_like_uima(path: Path, text: str) -> bool:
    if is_zip(path):
        return any(name.lower().endswith(".xmi") for name in text.split("\n"))
    if text.lstrip().startswith("<"):
        return root_name(text) == "XMI"
    entry = first_entry(text)
    return isinstance(entry, dict) and STRUCTURES in entry


def read_uima(source: Source, *, grammar: bool = True) -> Foreign:
    """The texts of a CAS with their annotations; `grammar` where there is nothing else."""
    stem = source.key
    if not is_zip(source.path):
        _read_cas(source, source.text, stem, grammar)
        return source.intake.foreign()
    with opened(source) as archive:
        names = [name for name in archive.names if name.lower().endswith(".xmi")] if archive else []
        if archive and not names:
            what = "there is no CAS (.xmi) in this file"
            source.faults.error(0, "bad-zip", what, "export as UIMA CAS XMI")
        for name in names if archive else ():
            text = read_text(archive, name, source.faults, source.encoding) if archive else None
            with source.faults.within(name):
                own = key_of(Path(name).stem) if names[1:] else stem
                _read_cas(source, without_controls(text or "", source.faults), own, grammar)
    return source.intake.foreign()


def _read_cas(source: Source, text: str, stem: str, grammar: bool) -> None:
    """A CAS in either form, given to the source's intake."""
    cas = _of_xmi(source, text) if text.lstrip().startswith("<") else _of_json(source, text)
    cas.give(source, stem, grammar=grammar)


def _of_xmi(source: Source, text: str) -> Cas:
    root, cas = xml_root(xml_of(text), source.faults), Cas()
    if root is not None and local(root) != "XMI":
        what = f"this is no XMI: it begins with <{shown(local(root))}>"
        source.faults.error(root.line, "bad-xml", what, "export as UIMA CAS XMI")
        return cas
    for element in children(root):
        type_ = _type(element.tag)
        if type_ == f"{_CAS}.Sofa":
            words, line = element.get("sofaString"), element.line
            name, uri = element.get("sofaID", ""), element.get("sofaURI", "")
            cas.sofas.append(Sofa(element.get(_ID, ""), name, words, uri, line))
        elif not type_.startswith(_CAS):
            cas.structures.append(_structure(element, type_))
    return cas


@lru_cache(maxsize=1_000)
def _type(tag: str) -> str:
    """
    >>> _type("{http:///webanno/custom.ecore}Span")
    'webanno.custom.Span'
    """
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    package = namespace.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return f"{package}.{name}" if package not in ("", "uima.noNamespace") else name


def _structure(element: Element, type_: str) -> Structure:
    words = {name: value for name, value in element.attrib.items() if name not in _OF_ALL}
    for child in children(element):
        value, earlier = "".join(child.itertext()), words.get(local(child))
        words[local(child)] = value if earlier is None else f"{earlier}; {value}"
    refs = {name: tuple(value.split()) for name, value in words.items()
            if value[:1].isdigit() and _IDS.fullmatch(value)}  # fmt: skip
    return Structure(
        element.get(_ID, ""),
        type_,
        element.get("sofa", ""),
        element.get("begin"),
        element.get("end"),
        element.line,
        {name: words[name] for name in words.keys() - refs.keys()} if refs else words,
        refs,
    )


def _of_json(source: Source, text: str) -> Cas:
    cas = Cas()
    line, value = next(read_entries(text, source.faults), (1, None))
    listed = value.get(STRUCTURES) if isinstance(value, dict) else None
    if isinstance(listed, dict):
        listed = [{"%ID": id_, **each} for id_, each in listed.items() if isinstance(each, dict)]
    if not isinstance(listed, list):
        if value is not None:
            what = f"there is no list `{STRUCTURES}` in this file"
            source.faults.error(line, "bad-entry", what, "export as UIMA CAS JSON")
        return cas
    starts = {match[1]: text.count("\n", 0, match.start()) + 1 for match in _JSON_ID.finditer(text)}
    arrays = {worded(each.get("%ID")): each["%ELEMENTS"] for each in listed
              if isinstance(each, dict) and isinstance(each.get("%ELEMENTS"), list)}  # fmt: skip
    for each in listed:
        if not isinstance(each, dict):
            what = f"`{shown(str(each))}` is no feature structure"
            source.faults.error(line, "bad-entry", what, "export it again")
            continue
        at = starts.get(worded(each.get("%ID")), line)
        _add_object(source, cas, each, arrays, at)
    return cas


def _add_object(
    source: Source, cas: Cas, item: Object, arrays: dict[str, list[Json]], line: int
) -> None:
    id_, type_ = worded(item.get("%ID")), worded(item.get("%TYPE"))
    if type_ == f"{_CAS}.Sofa":
        words = item.get("sofaString")
        text = without_controls(words, source.faults, line) if isinstance(words, str) else None
        name, uri = worded(item.get("sofaID")), worded(item.get("sofaURI"))
        cas.sofas.append(Sofa(id_, name, text, uri, line))
    elif "%ELEMENTS" not in item:
        features: dict[str, str] = {}
        refs: dict[str, tuple[str, ...]] = {}
        for name, value in item.items():
            if name.startswith("@") and name != "@sofa":
                ids = value if isinstance(value, list) else [value]
                ids = [one for each in ids for one in arrays.get(worded(each), [each])]
                refs[name[1:]] = tuple(worded(each) for each in ids)
            elif name not in ("begin", "end", "%ID", "%TYPE", "@sofa"):
                features[name] = _word(value)
        sofa, begin, end = worded(item.get("@sofa")), item.get("begin"), item.get("end")
        cas.structures.append(Structure(id_, type_, sofa, begin, end, line, features, refs))


def _word(value: Json) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(map(_word, value)) if isinstance(value, list) else worded(value)
