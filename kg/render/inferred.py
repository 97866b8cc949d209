"""What follows between concepts, as lines that the page can draw, and the axioms that explain them.

Which rule made an inferred triple is not recorded. The page finds what a line follows from among
its own lines, by what the ontology says of the relations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

from kg.identifiers import claim_id
from kg.namespaces import OWL, RDFS
from kg.render.evidence import Drawn, Record
from kg.rows import pairs, rows


def read_inferred(
    store: ox.Store, drawn: Drawn, relations: list[Record], base: str
) -> list[Record]:
    """The edges of kind `inferred`; relations that only they have are added to `relations`."""
    numbers = {record["iri"]: number for number, record in enumerate(relations)}
    found = []
    for subject, relation, object_ in sorted(rows(store, "page-inferred", base=base)):
        if {subject, object_} <= drawn.concepts.keys():
            if relation not in numbers:
                numbers[relation] = len(relations)
                relations.append({"term": drawn.terms.number(relation), "iri": relation})
            found.append(
                {
                    "id": claim_id(subject, relation, object_),
                    "from": drawn.concepts[subject],
                    "to": drawn.concepts[object_],
                    "arrows": "to",
                    "relation": numbers[relation],
                    "kind": "inferred",
                }
            )
    return found


def read_axioms(store: ox.Store, numbers: Mapping[str, int]) -> dict[int, Record]:
    """Relation → `above`, `opposite` (relations), `symmetric` and `transitive` where it is so."""
    found: dict[int, Record] = defaultdict(dict)
    for relation, axiom, value in sorted(rows(store, "page-axioms")):
        if relation not in numbers:
            continue
        record = found[numbers[relation]]
        if axiom == RDFS.subPropertyOf and value in numbers:
            record["above"] = [*record.get("above", []), numbers[value]]
        elif value in _KINDS:
            record[_KINDS[value]] = True
    for relation, inverse in pairs(store, "page-inverses").items():
        if {relation, inverse} <= numbers.keys():
            found[numbers[relation]]["opposite"] = numbers[inverse]
    return found


_KINDS = {OWL.SymmetricProperty: "symmetric", OWL.TransitiveProperty: "transitive"}
