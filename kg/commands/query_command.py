"""`kg query`: its options, and what is printed when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.server_command import endpoint_option
from kg.console import say

if TYPE_CHECKING:
    from kg.project import Project
    from kg.servers.endpoint import Endpoint


@click.argument("words", nargs=-1, metavar="NAME [PARAMETER=VALUE …] | 'SELECT …'")
@click.option("-f", "--file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A file with SPARQL.")  # fmt: skip
@click.option("--format", "form", default="table", metavar="FORMAT",
              help="table csv tsv json xml md xlsx; for graphs ttl nt jsonld.")  # fmt: skip
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--show", "instead", flag_value="show", help="Print the SPARQL, run nothing.")
@click.option("--explain", "instead", flag_value="plan",
              help="Print how the engine runs it, with times and rows.")  # fmt: skip
@click.option("--timeout", default=60.0, type=click.FloatRange(min=0.1), show_default=True,
              metavar="SECONDS", help="Stop the query after so many seconds.")  # fmt: skip
@click.option("--allow-service", is_flag=True, help="Let SERVICE ask other servers.")
@endpoint_option
def query(
    project: Project,
    words: tuple[str, ...],
    file: Path | None,
    form: str,
    instead: str | None,
    timeout: float,
    allow_service: bool,
    endpoint: Endpoint | None,
) -> None:
    """Ask the graph a named question, a query of a file, or SPARQL."""
    from kg.commands.ask import asked, written
    from kg.graph import Graph
    from kg.results import counted

    if endpoint and instead == "plan":
        raise click.UsageError("--explain is for the graph on disk, not for a server")
    graph = Graph(project, endpoint=endpoint)
    sparql = asked(graph, words, file)
    if instead == "show":
        click.echo(sparql)
        return
    if not endpoint and graph.is_stale():
        say("the files have changed since this graph was built; for the new state: kg build")
    if instead == "plan":
        click.echo(graph.plan(sparql, timeout=timeout), nl=False)
        return
    answer = graph.query(sparql, timeout=timeout, allow_service=allow_service)
    click.echo(written(answer, form), nl=False)
    say(counted(len(answer), answer.nouns))
