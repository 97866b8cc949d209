"""How something is said: the keys that are inherited from file to passage to statement.

A manner maps a key (modality, source, a qualifier's key, …) to its values, looked up already:
concepts as IRIs, numbers in canonical form. What is given lower down replaces what is given above;
`none` cancels it.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.ontology import Qualifier
from kg.readers.faults import Fault
from kg.readers.literals import canonical_confidence, is_literal, literal_example
from kg.readers.names import Names, nearest
from kg.readers.sentences import Setting

BROKEN = ("\0",)
"""Stands for values that could not be read, so that nothing is said with a wrong one instead."""
_SHOWN = 5
Manner = dict[str, tuple[str, ...]]

INHERITED = ("modality", "source", "confidence", "status")
OF_A_STATEMENT = (*INHERITED, "explicitness", "polarity", "note")
OF_A_CLASSIFICATION = ("confidence", "status", "note")
CANCEL = "none"
DEFAULTS = {
    "modality": "required",
    "explicitness": "explicit",
    "polarity": "positive",
    "confidence": "1.0",
    "status": "accepted",
}


def said(manner: Manner, key: str) -> str:
    """The one value of a key, or its default."""
    return manner[key][0] if key in manner else DEFAULTS.get(key, "")


def qualifier_pairs(manner: Manner, names: Names) -> tuple[tuple[str, str], ...]:
    """(property IRI, value) of every qualifier, sorted."""
    pairs = {
        (names.qualifiers[key].iri, value)
        for key, values in manner.items()
        if key in names.qualifiers
        for value in values
    }
    return tuple(sorted(pairs))


def is_sound(manner: Manner, keys: Iterable[str]) -> bool:
    """Whether everything that is needed of a manner could be read."""
    return all(manner.get(key) != BROKEN for key in keys)


def overlay(base: Manner, given: Manner) -> Manner:
    """What holds below: the given values replace, empty ones cancel."""
    return {key: values for key, values in (base | given).items() if values}


def gather(tail: Iterable[Setting], names: Names) -> dict[str, list[str]]:
    """Key → values as written; a bare facet value goes to its facet."""
    found: dict[str, list[str]] = {}
    for setting in tail:
        key = setting.key or _facet_of(setting.value, names)
        found.setdefault(key, []).append(setting.value)
    return found


def _facet_of(value: str, names: Names) -> str:
    facets = names.ontology.facets
    if value not in facets:
        fix = f"write {nearest(value, facets)}; everything else is key=value"
        raise Fault("unknown-facet", f"`{value}` says nothing by itself", fix)
    return facets[value]


def look_up(key: str, values: list[str], names: Names) -> tuple[str, ...]:
    """The values of a key as the model holds them; `none` gives no values."""
    qualifier = names.qualifiers.get(key)
    if len(values) > 1 and (not qualifier or CANCEL in values):
        more = ", …" if len(values) > _SHOWN else ""
        what = f"`{key}` is given several values: {', '.join(values[:_SHOWN])}{more}"
        raise Fault("several-values", what, "keep one of them")
    if values == [CANCEL]:
        return ()
    if qualifier:
        return tuple(dict.fromkeys(qualifier_value(qualifier, value, names) for value in values))
    return (single_value(key, values[0], names),)


def single_value(key: str, value: str, names: Names) -> str:
    """A value as the model holds it."""
    if key == "note":
        return value
    if key == "source":
        return names.concept(value).iri
    if key == "confidence":
        return _confidence(value)
    if names.ontology.facets.get(value) != key:
        fix = f"write {nearest(value, names.values(key))}"
        raise Fault("unknown-facet", f"`{value}` is no value of {key}", fix)
    return value


def _confidence(value: str) -> str:
    if number := canonical_confidence(value):
        return number
    fix = "write a number from 0 to 1 with a decimal point, such as 0.8"
    raise Fault("bad-confidence", f"`{value}` is no confidence", fix)


def qualifier_value(qualifier: Qualifier, value: str, names: Names) -> str:
    """A value as the model holds it: an IRI, or the text of a literal."""
    if qualifier.datatype:
        if is_literal(value, qualifier.datatype):
            return value
        kind = qualifier.datatype.split("#")[-1]
        fix = f"write it like {literal_example(qualifier.datatype)}"
        raise Fault("bad-literal", f"`{value}`, given for {qualifier.key}, is no {kind}", fix)
    concept = names.concept(value)
    if not names.ontology.is_a(concept.iri, qualifier.range):
        what = f"`{qualifier.key}` takes concepts of class {names.class_names(qualifier.range)}"
        what += f", but `{concept.key}` is of class {names.classes_of(concept)}"
        fix = "name another concept, or allow this class in the range of the qualifier"
        raise Fault("breaks-range", what, fix)
    return concept.iri


def check_keys(given: Iterable[str], allowed: Iterable[str], where: str) -> None:
    """Raise the Fault of the first key that is not allowed here."""
    allowed = set(allowed)
    for key in given:
        if key not in allowed:
            raise unknown_key(key, allowed, where)


def unknown_key(key: str, allowed: Iterable[str], where: str) -> Fault:
    """`where` is "a passage", "a statement" …"""
    if " " in key or "{" in key:
        what = f"YAML reads `{key}` as a key, because a colon and a space follow it"
        return Fault("unknown-key", what, "put the whole line in 'single quotation marks'")
    fix = f"{where} takes {nearest(key, allowed)}"
    return Fault("unknown-key", f"`{key}` is no key of {where}", fix)
