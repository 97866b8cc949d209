"""`kg import`: its options, and what is printed when."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.console import say, tell_together
from kg.errors import errors
from kg.limits import limits_times

if TYPE_CHECKING:
    from kg.project import Project


def raise_limits(context: click.Context, _: click.Parameter, value: int) -> None:
    """For as long as the command runs."""
    context.with_resource(limits_times(value))


@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--from", "form", default="", metavar="FORMAT", help="Told by the content if left out."
)
@click.option("--map", "map_", type=click.Path(path_type=Path), metavar="FILE",
              help="Which label is which concept; written if it is new.")  # fmt: skip
@click.option("--codebook", type=click.Path(path_type=Path), metavar="NEW.ttl",
              help="Make concepts and relations of the labels that have none.")  # fmt: skip
@click.option("--encoding", default="", metavar="E", help="Of files that are not UTF-8.")
@click.option("--coded", default="", metavar="TIME", help="When, for files that do not say.")
@click.option("--limits", default=1, type=click.IntRange(1, 1000), metavar="N",
              expose_value=False, callback=raise_limits,
              help="Take files N times as large, and as long for them.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Write nothing if there is any error.")
@click.option("--dry-run", is_flag=True, help="Show what would be done; write only a new map.")
def import_files(  # noqa: PLR0913, PLR0917 - so many options
    project: Project,
    files: tuple[Path, ...],
    form: str,
    map_: Path | None,
    codebook: Path | None,
    encoding: str,
    coded: str,
    strict: bool,
    dry_run: bool,
) -> None:
    """Bring other tools' annotations into passages/.

    No file that is there is ever changed.

    \b
    FILES are what these export:
      QualCoder, NVivo, ATLAS.ti, MAXQDA   a REFI-QDA project (.qdpx) or codebook (.qdc)
      INCEpTION                            a project (.zip), WebAnno TSV (.tsv), CAS (.xmi, .json)
      brat, doccano, Label Studio          .ann beside its .txt, .jsonl, .json
      Hypothes.is, Web Annotation          .json, .jsonld
      anything with a table                a row for each mark (.csv, .xlsx)
      anybody                              a text to code (.docx, .pdf, .html, .md, .txt)

    \b
    A code tree can become your ontology:
      kg init --empty mine && cd mine
      kg import ../project.qdpx --codebook ontology/codes.ttl && kg build
    """
    from kg.commands.import_files import carry_out, write_map
    from kg.commands.imported import summary
    from kg.commands.importing import Wish, plan_import
    from kg.results import counted

    wish = Wish(files, form, map_, codebook, encoding, coded)
    plan = plan_import(project, wish)
    # What keeps a real run from writing is told by its error.
    tell_together(each for each in plan.issues if dry_run or strict or each.code != "no-time")
    if strict and errors(plan.issues):
        say(f"nothing was written: {counted(len(errors(plan.issues)), 'errors')}")
        say("  fix: mend them, or import without --strict: then only what is wrong is left out")
        sys.exit(1)
    paths = write_map(plan, wish) if dry_run else carry_out(plan)
    click.echo("\n".join(summary(plan, paths, dry=dry_run)))
    sys.exit(1 if errors(plan.issues) else 0)
