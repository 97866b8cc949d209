"""Label Studio's JSON export, https://labelstud.io/guide/export: tasks with their annotators' work.

Sample    [{"id": 1, "data": {"text": "…"}, "annotations": [{"completed_by": {"email": "a"},
            "created_at": "2026-11-22T09:00:00Z", "result": [{"id": "x", "type": "labels",
            "value": {"start": 0, "end": 4, "text": "town", "labels": ["Town"]}}]}]}]
Offsets   code points or UTF-16, decided for each task by comparing `value.text`
Read      labels, hypertext labels, taxonomies (paths), relations, notes, scores, all annotators;
          predictions as suggestions of their model
Dropped   cancelled annotations; choices and ratings of a whole task
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.interchange.entries import first_entry, key_of_entry, read_entries
from kg.interchange.intake import Incoming, plain, worded
from kg.interchange.model import Annotated, Circumstances, Foreign, Link, Mark
from kg.interchange.source import Source, without_controls
from kg.interchange.units import POINTS, UTF16, Claim, best_ruler
from kg.readers.objects import Json, Object

WORK = ("annotations", "completions")
_LABELS = ("labels", "hypertextlabels", "taxonomy")
_WHOLE_TASK = ("choices", "rating", "textarea", "number", "datetime", "pairwise")
_OF_A_RESULT = {"id", "type", "value", "meta", "score", "from_name", "to_name", "origin"}
Result = Object


def looks_like_labelstudio(_: Path, text: str) -> bool:
    entry = first_entry(text)
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("data"), dict)
        and any(name in entry for name in (*WORK, "predictions"))
    )


def read_labelstudio(source: Source) -> Foreign:
    """Each task as a document, with the work of all its annotators."""
    taken: set[str] = set()
    for number, (line, task) in enumerate(read_entries(source.text, source.faults), 1):
        text = _text(task)
        if text is None:
            what = f"task {number} has no text under `data`"
            fix = 'export as JSON; a task is {"data": {"text": "…"}, "annotations": […]}'
            source.faults.error(line, "bad-entry", what, fix)
            continue
        key = key_of_entry(source, task, number, taken)
        about = plain({k: v for k, v in task["data"].items() if v != text})
        text = without_controls(text, source.faults, line)
        incoming = source.intake.document(key, text, line, about)
        _read_task(incoming, task, line)
    return source.intake.foreign()


def _text(task: Json) -> str | None:
    """The text of a task: the field called text, else the longest one."""
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict):
        return None
    texts = [value for value in data.values() if isinstance(value, str)]
    own = data.get("text")
    return own if isinstance(own, str) else max(texts, key=len, default=None)


def _read_task(incoming: Incoming, task: Object, line: int) -> None:
    works = list(_works(incoming, task, line))
    regions = [result for _, _, results in works for result in results]
    claims = [claim for result in regions for claim in _claim(result)]
    incoming.ruler = best_ruler(incoming.text, claims, (POINTS, UTF16))
    anywhere: dict[str, str] = {}
    ids_of: dict[str, dict[str, str]] = {}
    for work, said, results in works:
        notes, ids = _notes(results), ids_of.setdefault(work, {})
        for count, result in enumerate(results, 1):
            if result.get("type") != "relation":
                region = worded(result.get("id")) or str(count)
                for id_ in _read_region(incoming, result, f"{work}.{region}", said, notes, line):
                    ids.setdefault(region, id_)
                    anywhere.setdefault(region, id_)
    for work, said, results in works:
        for count, result in enumerate(results, 1):
            if result.get("type") == "relation":
                _read_link(incoming, result, f"{work}.{count}", said, anywhere | ids_of[work], line)


def _works(
    incoming: Incoming, task: Object, line: int
) -> Iterator[tuple[str, Circumstances, list[Result]]]:
    """The annotations and predictions of a task: an id, who and when, and the results."""
    for name in (*WORK, "predictions"):
        listed = task.get(name)
        for count, work in enumerate(listed if isinstance(listed, list) else (), 1):
            results = work.get("result") if isinstance(work, dict) else None
            if not isinstance(results, list):
                what = f"an entry under `{name}` holds no list of results"
                incoming.intake.faults.error(line, "bad-entry", what, "export it again")
            elif work.get("was_cancelled"):
                incoming.intake.remark("annotations cancelled by their annotators, not read")
            else:
                good = [result for result in results if isinstance(result, dict)]
                for result in (each for each in results if not isinstance(each, dict)):
                    what = f"`{json.dumps(result)[:40]}` is no result"
                    incoming.intake.refuse(line, "bad-entry", what, "export it again")
                id_ = worded(work.get("id")) or f"{name}.{count}"
                yield id_, _who(work, name == "predictions"), good


def _who(work: Object, predicted: bool) -> Circumstances:
    who = work.get("model_version") if predicted else work.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("username") or who.get("id")
    time = worded(work.get("updated_at")) or worded(work.get("created_at"))
    score = worded(work.get("score")) if predicted else ""
    return Circumstances(worded(who), time, "", score, "suggested" if predicted else "")


def _value(result: Result) -> Object:
    value = result.get("value")
    return value if isinstance(value, dict) else {}


def _offsets(result: Result) -> tuple[Json, Json]:
    value = _value(result)
    whole = value.get("globalOffsets")
    value = whole if isinstance(whole, dict) else value
    return value.get("start"), value.get("end")


def _claim(result: Result) -> Iterator[Claim]:
    start, end = _offsets(result)
    quote = _value(result).get("text")
    if isinstance(start, int) and isinstance(end, int) and isinstance(quote, str):
        yield start, end, quote


def _notes(results: Sequence[Result]) -> dict[str, str]:
    """What was written about each region, in its own field or in a text area."""
    notes: dict[str, list[str]] = {}
    for result in results:
        meta = result.get("meta")
        written = meta.get("text") if isinstance(meta, dict) else None
        if result.get("type") == "textarea":
            written = _value(result).get("text")
        lines = written if isinstance(written, list) else [written]
        notes.setdefault(worded(result.get("id")), []).extend(filter(None, map(worded, lines)))
    return {id_: "; ".join(lines) for id_, lines in notes.items()}


def _read_region(
    incoming: Incoming,
    result: Result,
    id_: str,
    said: Circumstances,
    notes: dict[str, str],
    line: int,
) -> Iterator[str]:
    """A mark for each label of a region; the ids of the marks."""
    kind, value = worded(result.get("type")), _value(result)
    paths = list(_paths(value))
    if kind in _WHOLE_TASK and "start" not in value:
        if kind != "textarea":
            what = f"`{kind}` answers for the whole task and marks no words"
            incoming.intake.refuse(line, "not-anchored", what, "mark the words it stands for")
        return
    own = replace(
        said,
        note=notes.get(worded(result.get("id")), ""),
        confidence=worded(result.get("score")) or said.confidence,
        more=plain({name: each for name, each in result.items() if name not in _OF_A_RESULT}),
    )
    quote = value.get("text") if isinstance(value.get("text"), str) else None
    for count, path in enumerate(paths or [[""]], 1):
        number = id_ if count == 1 else f"{id_}#{count}"
        incoming.mark(number, path, [_offsets(result)], line, quote=quote, said=own)
        yield number


def _paths(value: Object) -> Iterator[list[str]]:
    for name in _LABELS:
        listed = value.get(name)
        for label in listed if isinstance(listed, list) else ():
            yield [worded(part) for part in label] if isinstance(label, list) else [worded(label)]


def _read_link(
    incoming: Incoming,
    result: Result,
    id_: str,
    said: Circumstances,
    ids: dict[str, str],
    line: int,
) -> None:
    ends = [worded(result.get(name)) for name in ("from_id", "to_id")]
    one, two = (ids.get(end, end) for end in ends)
    if result.get("direction") == "left":
        one, two = two, one
    notes = _notes([{**result, "id": ""}])
    score = worded(result.get("score")) or said.confidence
    said = replace(said, note=notes[""], confidence=score)
    labels = result.get("labels")
    names = [worded(label) for label in labels] if isinstance(labels, list) else []
    for count, label in enumerate(names or [""], 1):
        incoming.link(f"{id_}.{count}", label, (one, two), line, said=said)


def write_labelstudio(documents: Sequence[Annotated]) -> dict[str, bytes]:
    """One file of tasks; each annotator's work of one time is an annotation of its own."""
    tasks = [_task(number, document) for number, document in enumerate(documents, 1)]
    text = json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"
    return {"annotations.json": text.encode()}


def _task(number: int, document: Annotated) -> Object:
    works: dict[tuple[str, str, bool], list[Result]] = {}
    for mark in document.marks:
        works.setdefault(_group(mark), []).append(_region(document.text, mark))
    for link in document.links:
        works.setdefault(_group(link), []).append(_relation(link))
    annotations, predictions = [], []
    for count, ((coder, time, suggested), results) in enumerate(sorted(works.items()), 1):
        work: Object = {"id": number * 1000 + count, "result": results}
        work |= {"created_at": time} if time else {}
        if suggested:
            predictions.append(work | {"model_version": coder})
        else:
            annotations.append(work | ({"completed_by": {"email": coder}} if coder else {}))
    return {
        "id": document.key,
        "data": {"text": document.text},
        "annotations": annotations,
        "predictions": predictions,
    }


def _group(item: Mark | Link) -> tuple[str, str, bool]:
    return item.said.coder, item.said.time, item.said.status == "suggested"


def _region(text: str, mark: Mark) -> Object:
    (start, end) = mark.spans[0]
    value: Object = {"start": start, "end": end, "text": text[start:end]}
    kind = "labels" if len(mark.label) == 1 else "taxonomy"
    value[kind] = [mark.label[0]] if kind == "labels" else [list(mark.label)]
    region: Object = {"id": mark.id, "from_name": "label", "to_name": "text"}
    return region | {"type": kind, "value": value} | _remarks(mark.said)


def _relation(link: Link) -> Object:
    ends = {"from_id": link.origin, "to_id": link.target}
    relation = {"type": "relation", **ends, "direction": "right", "labels": [link.label]}
    return relation | _remarks(link.said)


def _remarks(said: Circumstances) -> Object:
    score: Object = {"score": float(said.confidence)} if said.confidence else {}
    return score | ({"meta": {"text": [said.note]}} if said.note else {})
