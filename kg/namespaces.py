"""The vocabularies that the program speaks, closed: a misspelt term is an error at once.

Each class lists the terms used of one namespace; an attribute is the full IRI as a plain string.
"""

from __future__ import annotations


class Namespace:
    """Base of the classes below: every annotated name becomes the IRI of that term."""

    iri: str

    def __init_subclass__(cls, *, iri: str) -> None:
        cls.iri = iri
        for term in cls.__annotations__:
            setattr(cls, term, iri + term.rstrip("_"))


class PKG(Namespace, iri="https://w3id.org/policy-kg/core#"):
    """The core of this program, the same in every project."""

    Document: str
    Passage: str
    Mention: str
    Statement: str
    Flow: str
    Classification: str
    Coder: str
    Qualifier: str
    AnalystRelation: str
    InverseRelation: str
    Modality: str
    Status: str
    Polarity: str
    Explicitness: str
    Lane: str
    key: str
    sha256: str
    background: str
    notToBeConfusedWith: str
    inPassage: str
    mentions: str
    part: str
    anchorState: str
    uncoded: str
    claim: str
    repeats: str
    subjectMention: str
    objectMention: str
    flowOf: str
    flowsFrom: str
    flowsTo: str
    via: str
    modality: str
    polarity: str
    explicitness: str
    status: str
    confidence: str
    assertedBySource: str
    lane: str
    laneRelation: str
    position: str
    holds: str
    matrixRow: str
    matrixColumn: str
    matrixLayer: str
    colour: str
    shape: str


class RDF(Namespace, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    type: str
    Property: str
    Statement: str
    subject: str
    predicate: str
    object: str
    langString: str
    first: str
    rest: str
    nil: str


class RDFS(Namespace, iri="http://www.w3.org/2000/01/rdf-schema#"):
    Class: str
    label: str
    comment: str
    domain: str
    range: str
    subClassOf: str
    subPropertyOf: str
    Resource: str


class OWL(Namespace, iri="http://www.w3.org/2002/07/owl#"):
    Ontology: str
    Class: str
    Thing: str
    ObjectProperty: str
    DatatypeProperty: str
    AnnotationProperty: str
    SymmetricProperty: str
    TransitiveProperty: str
    inverseOf: str
    versionInfo: str
    versionIRI: str


class XSD(Namespace, iri="http://www.w3.org/2001/XMLSchema#"):
    string: str
    integer: str
    decimal: str
    boolean: str
    float: str
    double: str
    anyURI: str
    date: str
    dateTime: str
    gYear: str
    gYearMonth: str


class SKOS(Namespace, iri="http://www.w3.org/2004/02/skos/core#"):
    Concept: str
    ConceptScheme: str
    Collection: str
    OrderedCollection: str
    prefLabel: str
    altLabel: str
    hiddenLabel: str
    definition: str
    scopeNote: str
    note: str
    notation: str
    broader: str
    narrower: str
    related: str
    inScheme: str
    topConceptOf: str
    hasTopConcept: str
    member: str


class DCTERMS(Namespace, iri="http://purl.org/dc/terms/"):
    identifier: str
    title: str
    issued: str
    creator: str
    created: str
    publisher: str
    source: str
    language: str
    rights: str


class DCAM(Namespace, iri="http://purl.org/dc/dcam/"):
    domainIncludes: str
    rangeIncludes: str


class OA(Namespace, iri="http://www.w3.org/ns/oa#"):
    """Web Annotation, https://www.w3.org/TR/annotation-vocab/."""

    Annotation: str
    SpecificResource: str
    TextPositionSelector: str
    TextQuoteSelector: str
    hasBody: str
    hasTarget: str
    hasSource: str
    hasSelector: str
    start: str
    end: str
    exact: str
    prefix: str
    suffix: str


class PROV(Namespace, iri="http://www.w3.org/ns/prov#"):
    Agent: str
    wasAttributedTo: str
    generatedAtTime: str


class DCAT(Namespace, iri="http://www.w3.org/ns/dcat#"):
    Dataset: str


class VOID(Namespace, iri="http://rdfs.org/ns/void#"):
    Dataset: str


class SH(Namespace, iri="http://www.w3.org/ns/shacl#"):
    """Shapes Constraint Language, https://www.w3.org/TR/shacl/."""

    NodeShape: str
    PropertyShape: str
    ConstraintComponent: str
    Violation: str
    targetClass: str
    targetNode: str
    targetSubjectsOf: str
    targetObjectsOf: str
    target: str
    path: str
    alternativePath: str
    inversePath: str
    zeroOrMorePath: str
    oneOrMorePath: str
    zeroOrOnePath: str
    message: str
    severity: str
    name: str
    description: str
    order: str
    group: str
    defaultValue: str
    deactivated: str
    property: str
    class_: str
    datatype: str
    nodeKind: str
    minCount: str
    maxCount: str
    minExclusive: str
    minInclusive: str
    maxExclusive: str
    maxInclusive: str
    minLength: str
    maxLength: str
    pattern: str
    flags: str
    languageIn: str
    uniqueLang: str
    equals: str
    disjoint: str
    lessThan: str
    lessThanOrEquals: str
    not_: str
    and_: str
    or_: str
    xone: str
    node: str
    hasValue: str
    in_: str
    select: str
    ask: str
    construct: str


class VANN(Namespace, iri="http://purl.org/vocab/vann/"):
    preferredNamespacePrefix: str
    preferredNamespaceUri: str


PREFIXES = {
    "pkg": PKG.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "owl": OWL.iri,
    "xsd": XSD.iri,
    "skos": SKOS.iri,
    "dcterms": DCTERMS.iri,
    "dcam": DCAM.iri,
    "oa": OA.iri,
    "prov": PROV.iri,
    "dcat": DCAT.iri,
    "void": VOID.iri,
    "vann": VANN.iri,
    "sh": SH.iri,
}
