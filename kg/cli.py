"""The command line: each command parses, calls, prints."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import __version__
from kg.commands.anchor_command import anchor_files
from kg.commands.import_command import import_files
from kg.commands.options import (
    AT_LEAST_0,
    AT_LEAST_2,
    PATH,
    folder_option,
    json_option,
    project_option,
)
from kg.commands.progress import progress
from kg.commands.query_command import query
from kg.commands.server_command import push
from kg.console import prepare, print_json, refuse, say, tell
from kg.errors import KgError, errors

if TYPE_CHECKING:
    from kg.pipeline import Filled
    from kg.project import Project


SELDOM = 1_000_000
"""New objects between two searches for garbage: most that a command makes lasts to its end."""


def main() -> None:
    """The entry point: whatever happens, a sentence and an exit code, never a traceback."""
    gc.set_threshold(SELDOM)
    prepare()
    try:
        cli(prog_name="kg")
    except KgError as error:
        refuse(str(error))
    except OSError as error:
        refuse(
            f"{error.filename or 'kg'}: {error.strerror or error}\n"
            "  fix: check that the file is there, that you may use it, and that the disk has space"
        )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """From annotated policy texts to a graph in which every edge leads back to its words."""


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--empty", is_flag=True, help="Without them: for concepts and texts of your own.")
@click.option("--title", default="", metavar="T", help="Of the project.")
@click.option("--base", default="", metavar="URL", help="The address that its IRIs begin with.")
def init(folder: Path, empty: bool, title: str, base: str) -> None:
    """Make a new project in DIR: a small ontology, text and coding."""
    from kg.starter import make_project

    for path in make_project(folder, title=title, base=base, empty=empty):
        click.echo(path)
    then = "kg import FILES --codebook ontology/codes.ttl && kg build" if empty else "kg build"
    say(f"\nNow: cd {folder} && {then}")


@cli.command()
@click.option("--coverage", is_flag=True, help="Also tell what nobody coded; only warnings.")
@json_option
@project_option
def check(project: Project, coverage: bool, as_json: bool) -> None:
    """Look for slips in ontology, texts and coding; build nothing."""
    from kg.commands.report import issues_as_json
    from kg.pipeline import fill
    from kg.results import counted

    filled = fill(project)
    if coverage:
        show_coverage(filled, as_json)
    elif as_json:
        print_json(issues_as_json(filled))
    else:
        tell(filled.issues)
        found = len(errors(filled.issues))
        warnings = counted(len(filled.issues) - found, "warnings")
        say(f"{counted(found, 'errors')}, {warnings}")
    sys.exit(1 if errors(filled.issues) else 0)


def show_coverage(filled: Filled, as_json: bool) -> None:
    """The findings of a check, then what nobody coded, then the figures."""
    from kg.commands.measured import coverage_as_json, coverage_lines
    from kg.coverage import coverage

    found = coverage(filled.documents, filled.ontology)
    if as_json:
        print_json(coverage_as_json(filled.issues, found))
    else:
        tell([*filled.issues, *found.issues])
        click.echo("\n".join(coverage_lines(found, here(filled.project))))


@cli.command()
@json_option
@project_option
def agree(project: Project, as_json: bool) -> None:
    """How far two coders agree on the passages that both coded."""
    from functools import partial

    from kg.agreement import agreements
    from kg.commands.measured import agreement_as_json, agreement_lines
    from kg.network import concept_classes
    from kg.pipeline import fill

    filled = fill(project)
    found = list(agreements(filled.documents, concept_classes(filled.store, filled.graphs)))
    name = partial(filled.ontology.label, language=project.languages[0])
    tell(errors(filled.issues))
    if as_json:
        print_json(agreement_as_json(found))
    elif found:
        click.echo("\n".join(agreement_lines(found, name)))
    else:
        say("no two coders have coded the same words: a second coder's file is DOCUMENT.CODER.yaml")


@cli.command()
@click.argument("code")
def explain(code: str) -> None:
    """The rule behind a CODE in full, with an example."""
    from kg.explain import explanation

    click.echo(explanation(code))


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if untidy.")
@project_option
def fmt(project: Project, files: tuple[Path, ...], only_check: bool) -> None:
    """Tidy coder's FILES, or all: stable order, comments kept."""
    from kg.readers import coders_files, tidy_files

    untidy, issues = tidy_files(files or coders_files(project.passages), only_check)
    for path in untidy:
        click.echo(path)
    tell(issues)
    sys.exit(1 if issues or (untidy and only_check) else 0)


@cli.command()
@click.option("--strict", is_flag=True, help="Build nothing if there is any error.")
@click.option("--fresh", is_flag=True, help="Fill all documents again, changed or not.")
@click.option("--jobs", metavar="N", type=AT_LEAST_0, default=0, help="Processes that fill.")
@click.option("--cluster", metavar="ADDRESS", default="", help="A Dask scheduler whose workers do.")
@json_option
@project_option
def build(
    project: Project, strict: bool, fresh: bool, jobs: int, cluster: str, as_json: bool
) -> None:
    """Fill the graph from ontology and passages; write its page.

    The exports that kg.toml names are written too; documents that have not changed stay as they
    are.
    """
    from kg.commands.report import as_json as report_as_json
    from kg.commands.report import summary
    from kg.filling.workers import workers
    from kg.pipeline import StrictError, build_project

    try:
        with progress() as steps:
            hire = partial(workers, jobs=jobs, cluster=cluster)
            built = build_project(project, strict=strict, fresh=fresh, steps=steps, hire=hire)
    except StrictError as error:
        tell(error.issues)
        say(str(error))
        sys.exit(1)
    if as_json:
        print_json(report_as_json(built))
    else:
        tell(built.filled.issues)
        click.echo("\n".join(summary(built, here(project))))
    sys.exit(1 if errors(built.filled.issues) else 0)


def here(project: Project) -> str:
    """What to add to a command so that it means the same project."""
    return "" if project.root == Path() else f" --project {project.root}"


@cli.command()
@click.option("--lang", default="", metavar="TAG", help="Language of the summaries.")
@project_option
def questions(project: Project, lang: str) -> None:
    """List the named questions, in words."""
    from kg.questions import read_questions

    for question in read_questions(project.ontology / "questions").values():
        parameters = " ".join(f"{p.name}={p.example or '…'}" for p in question.parameters)
        click.echo(f"{click.style(question.name, bold=True)} {parameters}".rstrip())
        click.echo(f"    {question.summary(lang or project.languages[0])}")


@cli.command()
@click.argument("formats", nargs=-1, required=True, metavar="FORMAT …")
@project_option
def export(project: Project, formats: tuple[str, ...]) -> None:
    """Write the graph, or what was coded, in each FORMAT.

    \b
    The graph               ttl trig nq nt jsonld rdf
    For other programs      csv xlsx neo4j cytoscape graphml gexf
    To read                 codebook obsidian
    What was coded          jsonl w3c brat doccano labelstudio qdpx qdc
    The same for INCEpTION  webanno uima
    """
    from kg.commands.exporting import export_formats

    for path in export_formats(project, formats, say):
        click.echo(path)


@cli.command()
@click.option("--relayout", is_flag=True, help="Compute all places anew, into layout.tsv.")
@click.option("--from", "source", metavar="FILE", type=PATH, help="Draw any RDF file instead.")
@click.option("-o", "output", metavar="FILE", type=PATH, help="With --from: where the page goes.")
@click.option("--most", metavar="N", type=AT_LEAST_2, help="With --from: draw N things (2000).")
@folder_option
def render(
    folder: Path, relayout: bool, source: Path | None, output: Path | None, most: int | None
) -> None:
    """Make the pages, or with --from the page of any graph.

    The project's are exports/graph.html and exports/sparql.html.

    FILE holds anybody's thesaurus (SKOS), ontology (OWL) or other data, in Turtle, TriG, N-Triples,
    N-Quads, RDF/XML or JSON-LD, packed with gzip or not. Its page is named after it and goes to
    exports/ in a project, beside the file elsewhere; no project is needed.
    """
    if source is None:
        render_project(folder, relayout, output or most)
        return
    if relayout:
        raise click.UsageError("--relayout is for a project: --from uses no layout.tsv")
    from kg.anyrdf import render_file

    with progress() as steps:
        target, sentences = render_file(source, output, folder, most, steps.started)
    say("\n".join(sentences))
    click.echo(target)


def render_project(folder: Path, relayout: bool, other: object) -> None:
    """The pages of a project; `other` are options that make no sense for it."""
    from kg.export import render_pages
    from kg.project import read_project

    if other:
        raise click.UsageError("-o and --most go with --from")
    for path in render_pages(read_project(folder), anew=relayout):
        click.echo(path)


cli.command("anchor")(project_option(anchor_files))
cli.command("import")(project_option(import_files))
cli.command()(project_option(query))
cli.command()(project_option(push))
