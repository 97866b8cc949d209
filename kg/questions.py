"""Named questions: SPARQL files that say in words what they ask.

    #+ summary: Which measures mobilise a factor?
    #+ summary@zh-Hans: 哪些措施调动某种要素？
    #+ names@zh-Hans: {factor: 要素, measure: 措施}
    #+ parameters:
    #+   factor: {is: concept, example: land}

The query stands below its head. `is` says what a value names: a concept, a relation, a document or
a coder (by key or by label in any language), or plain text; `names` are those of parameters and
columns in another language. A text that is looked for `in: quote` may be looked up in the index of
all quotes: then what was found stands in a line `VALUES ?quote { UNDEF }`. Heads and parameters are
those of `kg.rq`. Questions that hold in any project ship in `kg/questions/`; a project's own stand
in `ontology/questions/` and win over those of the same name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.assets import asset
from kg.errors import Issue, KgError, Place, UnknownName
from kg.rq import parameters as open_variables
from kg.rq import read_head

KINDS = ("concept", "relation", "document", "coder", "text")


class QuestionError(KgError):
    """A question file whose header cannot be used, or a parameter that is wrong."""

    code = "bad-question"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that may be given a value; `example` is one that works.

    `within` is the variable of the quotes in which a text is looked for.
    """

    name: str
    kind: str
    example: str = ""
    required: bool = False
    within: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, in words by language ("" is the main one) and in SPARQL."""

    name: str
    summaries: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    sparql: str
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What parameters and columns are called, by language."""

    def summary(self, language: str) -> str:
        return self.summaries.get(language) or self.summaries.get("", self.name)

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name, or UnknownName with the nearest."""
        known = {parameter.name: parameter for parameter in self.parameters}
        if name in known:
            return known[name]
        fix = _suggestion(name, known) if known else "it takes none; leave it out"
        raise UnknownName(f"the question '{self.name}' has no parameter '{name}'", fix=fix)


def read_questions(folder: Path) -> dict[str, Question]:
    """The questions of the program and of a project's folder, by name; broken files are left out.

    The folder may be missing. `check_questions` tells what is broken.
    """
    questions = (_try_question(path) for path in [*_files(asset("questions")), *_files(folder)])
    return {found.name: found for found in questions if isinstance(found, Question)}


def check_questions(folder: Path) -> list[Issue]:
    """An issue for each file of a project's folder that is no question."""
    found = (_try_question(path) for path in _files(folder))
    faults = (fault for fault in found if isinstance(fault, QuestionError))
    return [Issue(f.place or Place(folder.name), f.code, f.what, f.fix) for f in faults]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.rq"))


def _try_question(path: Path) -> Question | QuestionError:
    try:
        return read_question(path)
    except QuestionError as error:
        return error


def read_question(path: Path) -> Question:
    """One file; QuestionError says what is wrong with its head."""
    sparql = path.read_bytes().decode("utf-8-sig", "replace")
    try:
        fields = read_head(sparql)
        parameters = _parameters(fields.get("parameters") or {})
        summaries, names = _summaries(fields), _names(fields)
        _check_open(sparql, {name for p in parameters for name in (p.name, p.within) if name})
    except ValueError as error:
        raise QuestionError(
            f"the head of this question cannot be used: {error}",
            fix="mend its lines that begin with #+ (kg explain bad-question shows an example)",
            place=Place(f"ontology/questions/{path.name}", 1),
        ) from None
    return Question(path.stem, summaries, parameters, sparql, names)


def _summaries(fields: Mapping[str, object]) -> dict[str, str]:
    """The question in words, by the language behind `summary@`."""
    parts = ((*key.partition("@"), text) for key, text in fields.items())
    found = {tag: str(text) for key, _, tag, text in parts if key == "summary"}
    if not found:
        raise ValueError("it has no summary, the question in words")
    return found


def _names(fields: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """By the language behind `names@`; ValueError where they are no list of names."""
    found = {key.partition("@")[2]: value for key, value in fields.items() if key[:6] == "names@"}
    if any(not isinstance(value, dict) for value in found.values()):
        raise ValueError("'names@…' must hold  {variable: its name in that language, …}")
    return {
        tag: {name: str(words) for name, words in value.items()}
        for tag, value in found.items()
        if isinstance(value, dict)
    }


def _check_open(sparql: str, names: set[str]) -> None:
    if odd := names ^ open_variables(sparql):
        raise ValueError(
            f"'{min(odd)}' must stand both under parameters and in a line VALUES ?{min(odd)} "
            "{ UNDEF }"
        )


def _parameters(given: object) -> tuple[Parameter, ...]:
    if not isinstance(given, dict):
        raise ValueError("'parameters' must hold a line  name: {is: concept}  for each")  # noqa: TRY004
    return tuple(_parameter(name, options) for name, options in given.items())


def _parameter(name: str, options: object) -> Parameter:
    options = options if isinstance(options, dict) else {"is": str(options)}
    kind = str(options.get("is", "concept"))
    if kind not in KINDS:
        raise ValueError(f"parameter '{name}' is of no known kind; use {', '.join(KINDS)}")
    return Parameter(
        name,
        kind,
        example=str(options.get("example", "")),
        required=options.get("required") == "true",
        within=str(options.get("in", "")),
    )


def find_question(questions: Mapping[str, Question], name: str) -> Question:
    """The question of that name, or UnknownName with the nearest."""
    if name in questions:
        return questions[name]
    raise UnknownName(f"there is no question '{name}'", fix=_suggestion(name, questions))


def _suggestion(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(known)}"
