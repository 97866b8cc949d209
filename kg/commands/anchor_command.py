"""`kg anchor`: its options, and what is printed when."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.console import print_json, say, tell
from kg.errors import errors

if TYPE_CHECKING:
    from kg.project import Project
    from kg.reanchoring.folder import Plan

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.argument("files", nargs=-1, type=_FILE)
@click.option("--old", type=_FILE, metavar="FILE",
              help="The text as it was when it was coded, or a whole .jsonl.")  # fmt: skip
@click.option("--encoding", default="", metavar="E", help="Of that, if it is not UTF-8.")
@click.option("--write", "is_to_write", is_flag=True, help="Change the files; else only report.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def anchor_files(
    project: Project,
    files: tuple[Path, ...],
    old: Path | None,
    encoding: str,
    is_to_write: bool,
    as_json: bool,
) -> None:
    """Find coded passages again after a text has changed.

    Those of coder's FILES, or of all.

    \b
    exact      as it stood
    moved      the same words at another place
    fuzzy      the words were corrected, but it is sure that they are these
    ambiguous  they may stand at several places: you decide
    orphaned   they are gone

    The texts of earlier builds are followed to what they have become; where there is none, nor
    --old, only the words tell. --write sets `at:` and `sha256:`, puts corrected words into `text:`,
    and changes nothing else; it does so only in coder's files, and in a document's `body:`. Files
    of JSON Lines get the same, with the offsets of marks, in the lines concerned. Their texts are
    not put away by builds: --old takes the file as it was.
    """
    from kg.reanchoring.folder import Wish, plan_anchoring

    plan = plan_anchoring(project, Wish(files, old, encoding))
    written = carry_out(plan) if is_to_write else []
    show(plan, written, as_json)
    from kg.commands.anchored import unsettled

    sys.exit(1 if unsettled(plan) or errors(plan.issues) else 0)


def carry_out(plan: Plan) -> list[Path]:
    """Write what has changed, each file whole or not at all."""
    from kg.atomic import write_in_parts

    changes = plan.changes()
    for path, data in changes.items():
        write_in_parts(path.resolve(), data)
    return list(changes)


def show(plan: Plan, written: list[Path], as_json: bool) -> None:
    from kg.commands.anchored import as_json as plan_as_json
    from kg.commands.anchored import findings, summary

    if as_json:
        print_json(plan_as_json(plan, written))
        return
    tell(findings(plan))
    click.echo("\n".join([*summary(plan), *map(str, written)]))
    if not written and plan.changes():
        say("nothing was written; to set `at:`, `sha256:` and corrected words: kg anchor --write")
