"""`kg import`: other tools' files read and matched with the project; what is to be written."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.atomic import write_atomically
from kg.errors import InputError, Issue, KgError, Place
from kg.interchange.codebook import Codebook, codebook
from kg.interchange.conversion import convert
from kg.interchange.document import BODY
from kg.interchange.drafts import yaml_of
from kg.interchange.formats import format_of, reader
from kg.interchange.labelmap import Chosen, MapRow, map_file, read_map, written
from kg.interchange.merging import Read, coder_keys, files_of, merged
from kg.interchange.model import Annotated
from kg.interchange.moments import moment
from kg.interchange.placing import Ground, Tally
from kg.interchange.source import open_source
from kg.interchange.vocabulary import Match, Vocabulary
from kg.interchange.whitespace import moved, plain_line_ends
from kg.model import METADATA
from kg.ontology import read_ontology
from kg.project import Project
from kg.readers import read_document
from kg.readers.documents import is_body, is_date, is_language
from kg.readers.encoding import without_control_characters
from kg.readers.tree import LARGEST_YAML

UNREADABLE = "unreadable"


class MissingTime(KgError):
    """Nothing says when the marks were made, and the clock is never asked."""

    code = "no-time"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    paths: tuple[Path, ...]
    format: str = ""
    map: Path | None = None
    codebook: Path | None = None
    encoding: str = ""
    coded: str = ""


@dataclass
class Import:
    """What an import will do: the files that it makes, and what becomes of everything.

    `matches` are the labels and relations with what they stand for and how often they come.
    """

    project: Project
    reads: tuple[Read, ...]
    matches: tuple[tuple[str, str, Match, int], ...]
    coders: Mapping[str, str]
    tally: Tally
    issues: tuple[Issue, ...]
    made: Codebook | None = None
    files: dict[Path, bytes] = field(default_factory=dict)
    by_coder: Counter[str] = field(default_factory=Counter)

    def map_rows(self) -> Iterator[MapRow]:
        for kind, foreign, match, count in self.matches:
            ours = "-" if match.how == "left out" else match.name.strip('"')
            yield MapRow(kind, foreign, ours, count, match.nearest)
        for foreign, ours in self.coders.items():
            yield MapRow("coder", foreign, ours, self.by_coder[foreign])


def plan_import(project: Project, wish: Wish) -> Import:
    """Read everything and work out what to write; writes nothing."""
    coded = _coded(wish.coded)
    chosen = read_map(wish.map) if wish.map and wish.map.exists() else Chosen()
    columns = chosen.columns()
    reads = tuple(_read(project, path, wish, columns) for path in files_of(wish.paths))
    documents = merged(reads)
    vocabulary = Vocabulary(read_ontology(project.ontology, project.base), chosen)
    files: dict[Path, bytes] = {}
    made = None
    if wish.codebook:
        made = _codebook(project, documents, reads, vocabulary, wish.paths[0].stem)
        files |= {wish.codebook: made.turtle} if made.turtle else {}
        if wish.codebook.absolute().parent == project.ontology.absolute():
            vocabulary = _with_codebook(project, chosen, made)
    coders = coder_keys(documents, chosen)
    plan = Import(project, reads, (), coders, Tally(), (), made, files)
    issues = [_with_way_out(issue) for read in reads for issue in read.foreign.issues]
    for document in documents:
        plan.by_coder.update(mark.said.coder for mark in document.marks)
        issues += _add(plan, document, vocabulary, coded)
    plan.matches = tuple(_matches(documents, reads, vocabulary))
    plan.issues = (*issues, *_unmatched(plan, documents), *untimed(plan))
    if wish.map and not wish.map.exists():
        plan.files[wish.map] = map_file(plan.map_rows())
    _count_unreadable(plan)
    return plan


def _with_way_out(issue: Issue) -> Issue:
    """A limit says by which option it can be raised."""
    if issue.code != "too-large":
        return issue
    return replace(issue, fix=f"{issue.fix}; or raise the limits, if you trust it: --limits 10")


def _coded(given: str) -> str:
    coded, assumed = moment(given) if given else ("", False)
    if given and (not coded or assumed):
        fix = "write a date and time with a zone: --coded 2026-11-22T09:00:00Z"
        raise InputError(f"`--coded {given}` is no date and time with a zone", fix=fix)
    return coded


def _read(project: Project, path: Path, wish: Wish, columns: Mapping[str, str]) -> Read:
    source = replace(open_source(path, [project.passages], wish.encoding), columns=columns)
    if source.faults.issues and not source.text:
        return Read(path, wish.format, source.intake.foreign())
    name = wish.format or format_of(source)
    return Read(path, name, reader(name)(source))


def _codebook(
    project: Project,
    documents: Iterable[Annotated],
    reads: Iterable[Read],
    vocabulary: Vocabulary,
    name: str,
) -> Codebook:
    """Of the labels that have no concept, those that a foreign codebook has and nobody used too;
    and of the relations that are none of ours."""
    codes = {code.path: code for read in reads for code in read.foreign.codes}
    labels = {mark.label for document in documents for mark in document.marks} | codes.keys()
    matches = {label: vocabulary.concept(label) for label in labels}
    joins = {link.label for document in documents for link in document.links if link.label}
    ontology = vocabulary.ontology
    return codebook(
        [label for label, match in matches.items() if _is_unknown(match)],
        [*(concept.key for concept in ontology.concepts.values()), *ontology.relations],
        base=project.base,
        language=project.languages[0],
        source=name,
        codes=codes,
        there={label: match.iri for label, match in matches.items() if match.iri},
        relations=[label for label in joins if _is_unknown(vocabulary.relation(label))],
    )


def _is_unknown(match: Match) -> bool:
    """Whether nothing of ours is meant, and nobody said what is to be."""
    return not match.name and not match.wanted and match.how != "left out"


def _with_codebook(project: Project, chosen: Chosen, made: Codebook) -> Vocabulary:
    """What may be named once the new file lies in the ontology's folder."""
    with TemporaryDirectory() as folder:
        aside = Path(folder) / "ontology"
        if project.ontology.exists():
            shutil.copytree(project.ontology, aside)
        write_atomically(aside / "zz-new-codebook.ttl", made.turtle)
        ontology = read_ontology(aside, project.base)
    labels = {("label", written(path)): iri for path, iri in made.iris.items()}
    relations = {("relation", label): iri for label, iri in made.relations.items()}
    return Vocabulary(ontology, chosen, labels | relations)


def _add(plan: Import, document: Annotated, vocabulary: Vocabulary, coded: str) -> Iterator[Issue]:
    """The files of one text, put into the plan."""
    folder = plan.project.passages
    there = folder / f"{document.key}.txt"
    place = document.place or Place(document.key)
    existing, _ = read_document(there) if there.exists() else (None, ())
    text = existing.text if existing else plain_line_ends(document.text)
    here = moved(document, text)
    if here is None or not text.strip():
        what = f"passages/{there.name} is there already and holds other words than this text"
        fix = "rename one of the two, or import the text as it is there"
        code = "text-differs"
        if here is not None:
            what, code, fix = f"the text {document.key} is empty", "no-text", "leave it out"
        plan.tally.marks["on a text that cannot be used"] += len(document.marks)
        plan.tally.links["on a text that cannot be used"] += len(document.links)
        yield Issue(place, code, what, fix)
        return
    body = existing.body if existing else ((0, len(text)),)
    drafts = convert(Ground(here, body, vocabulary, plan.coders, coded, plan.tally))
    about = _about(document, len(text))
    plan.tally.lost["other fields of texts"] += len(document.about) - about.count(b"\n")
    if not existing:
        plan.files[there] = text.encode()
        if about:
            plan.files[folder / f"{document.key}.yaml"] = about
    for draft in drafts:
        content = yaml_of(draft).encode()
        if len(content) > LARGEST_YAML:
            fix = "split the text, and import each part as a text of its own"
            raise InputError(f"{draft.name} would have {len(content):,} bytes", fix=fix)
        plan.files[folder / draft.name] = content


def _about(document: Annotated, length: int) -> bytes:
    """What is known of a text, as far as the project's files have a key and a form for it."""
    known = {key: " ".join(value.split()) for key, value in document.about}
    fits: dict[str, Callable[[str], bool]] = {
        **dict.fromkeys(METADATA, bool),
        "issued": is_date,
        "language": is_language,
        BODY: lambda value: is_body(value, length),
    }
    lines = [
        f"{key}: {json.dumps(without_control_characters(known[key]), ensure_ascii=False)}\n"
        for key, is_fit in fits.items()
        if known.get(key) and is_fit(known[key])
    ]
    return "".join(lines).encode()


def _matches(
    documents: Iterable[Annotated], reads: Iterable[Read], vocabulary: Vocabulary
) -> Iterator[tuple[str, str, Match, int]]:
    """Every label and relation, the commonest first; those that mark nothing last."""
    labels: Counter[tuple[str, ...]] = Counter(
        {code.path: 0 for read in reads for code in read.foreign.codes}
    )
    relations: Counter[str] = Counter()
    for document in documents:
        labels.update(mark.label for mark in document.marks)
        relations.update(link.label for link in document.links)
    for label, count in sorted(labels.items(), key=lambda pair: (-pair[1], pair[0])):
        yield "label", written(label), vocabulary.concept(label), count
    for name, count in sorted(relations.items(), key=lambda pair: (-pair[1], pair[0])):
        yield "relation", name, vocabulary.relation(name), count


def _unmatched(plan: Import, documents: Iterable[Annotated]) -> Iterator[Issue]:
    """One finding for each label or relation that stands for nothing of ours."""
    places: dict[tuple[str, str], Place] = {}
    is_any = any(not match.iri for _, _, match, _ in plan.matches)
    for document in documents if is_any else ():
        for kind, items in (("label", document.marks), ("relation", document.links)):
            for item in items:
                name = item.label if isinstance(item.label, str) else written(item.label)
                if item.place:
                    places.setdefault((kind, name), item.place)
    for kind, name, match, count in plan.matches:
        if match.iri or match.how == "left out" or not (count or match.wanted):
            continue
        ours = "concept" if kind == "label" else "relation"
        near = f"; nearest: {', '.join(match.nearest)}" if match.nearest else ""
        what = f"the {kind} `{name}` ({count:,}) is no {ours} of this project{near}"
        fix = f"choose {ours}s in a map file: --map FILE writes one to fill in; "
        fix += f"or make {ours}s: --codebook ontology/new.ttl"
        if match.wanted:
            what = f"the {kind} `{name}` is to be `{match.wanted}`, which is no {ours}{near}"
            fix = f"write the key or label of a {ours} there; leave it empty to have one looked for"
        place = match.place or places.get((kind, name), Place(name))
        yield Issue(place, f"unmatched-{kind}", what, fix)


def untimed(plan: Import) -> Iterator[Issue]:
    if count := plan.tally.marks["without a time"]:
        what = f"nothing says when {count:,} marks were made"
        fix = "say when they were coded: --coded 2026-11-22T09:00:00Z"
        yield Issue(Place(str(plan.reads[0].path)), "no-time", what, fix)


def _count_unreadable(plan: Import) -> None:
    """What the files hold and no reader could use, so that the counts add up."""
    foreign = [read.foreign for read in plan.reads]
    documents = [document for each in foreign for document in each.documents]
    kept_marks = sum(len(document.marks) for document in documents)
    kept_links = sum(len(document.links) for document in documents)
    plan.tally.marks[UNREADABLE] = sum(each.marks for each in foreign) - kept_marks
    plan.tally.links[UNREADABLE] = sum(each.links for each in foreign) - kept_links
