"""The kitchen garden with two plots: an ontology whose header names bands and a matrix.

The ladybird lives in both plots, the aphid in one, and what nobody has placed lives in none.
"""

from __future__ import annotations

from dataclasses import replace

from tests.render.garden import (
    CODED,
    CONCEPT,
    DOCUMENT,
    EATING,
    MOVING,
    PROTECTING,
    TERM,
    Garden,
    mention,
    statement,
)

HEADER = """
g:ontology {
  o:garden a owl:Ontology ; pkg:lane o:plot-heap , o:plot-bed ; pkg:laneRelation o:livesIn ;
    pkg:matrixRow o:Animal ; pkg:matrixColumn o:Thing ; pkg:matrixLayer o:Place .
  o:plot-heap a pkg:Lane ; pkg:position 2 ; rdfs:label "by the heap"@en , "堆肥处"@zh-Hans ;
    pkg:holds c:heap .
  o:plot-bed a pkg:Lane ; pkg:position 1 ; rdfs:label "flowers"@en , "花间"@zh-Hans ;
    pkg:holds c:bed .
  o:livesIn a owl:ObjectProperty ; rdfs:label "lives in"@en , "生活于"@zh-Hans .
  o:inPlace a owl:ObjectProperty , pkg:Qualifier ; pkg:key "at" ;
    rdfs:label "in place"@en , "地点为"@zh-Hans .
}
"""

AT_HEAP = ((f"{TERM}inPlace", f"{CONCEPT}heap"),)
LIVING = (
    statement("s-3", "ladybird", "livesIn", "bed"),
    statement("s-4", "ladybird", "livesIn", "heap", coder="bob"),
    statement("s-5", "aphid", "livesIn", "bed", status="draft"),
    statement("s-6", "aphid", "eats", "rose", qualifiers=AT_HEAP),
)
PLANTED = replace(
    PROTECTING,
    mentions=(
        *PROTECTING.mentions,
        mention(10, "ladybird protects the rose", "garden"),
        mention(11, "protects the rose", "society", "bob"),
        replace(mention(12, "the rose", "pest"), status="draft"),
    ),
    statements=(*PROTECTING.statements, *LIVING),
)
PLACED = replace(
    MOVING, statements=(statement("s-7", "aphid", "livesIn", "bed", coder="bob", coded=CODED),)
)
JUNE = replace(DOCUMENT, passages=(EATING, PLANTED, PLACED))


def plots(ontology: str = HEADER, **more: object) -> Garden:
    garden = Garden()
    return replace(
        garden,
        **{"ontology": garden.ontology + ontology, "documents": (JUNE,), **more},  # type: ignore[arg-type]
    )
