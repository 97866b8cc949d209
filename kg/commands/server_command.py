"""`kg push`, and the options that name a server."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.options import PATH

if TYPE_CHECKING:
    from kg.project import Project
    from kg.servers.endpoint import Endpoint
    from kg.servers.push import Pushed

Command = Callable[..., None]
PROFILE = "oxigraph fuseki virtuoso rdf4j neptune qlever; told by the address if left out."
USER = "For a server that asks; the password is in the variable KG_PASSWORD."


def endpoint_option(command: Command) -> Command:
    """`--endpoint URL`, given to the command as `endpoint`, an Endpoint or None."""
    option = click.option("--endpoint", "url", metavar="URL", help="Ask this server instead.")
    return option(_with_server(command))


def _with_server(command: Command) -> Command:
    """`--profile` and `--user`; with `url` they become `endpoint`."""

    @click.option("--profile", default="", metavar="KIND", help=PROFILE)
    @click.option("--user", default="", metavar="NAME", help=USER)
    @functools.wraps(command)
    def given(*, url: str | None, profile: str, user: str, **others: object) -> None:
        command(endpoint=_endpoint(url, profile, user) if url else None, **others)

    return given


def _endpoint(url: str, profile: str, user: str) -> Endpoint:
    """With the password of the environment, or of the keyboard."""
    from kg.servers.endpoint import Endpoint
    from kg.servers.profiles import profile_of

    password = os.environ.get("KG_PASSWORD", "")
    if user and not password and sys.stdin.isatty():
        password = click.prompt("password", hide_input=True, err=True)
    return Endpoint(url, profile_of(url, profile), user, password)


@click.argument("url")
@_with_server
@click.option("--shards", metavar="DIR", type=PATH, help="Send these instead of the built graph.")
@click.option("--fresh", is_flag=True, help="Send everything, also what was sent before.")
def push(project: Project, endpoint: Endpoint, shards: Path | None, fresh: bool) -> None:
    """Load the graph into the server at URL, graph by graph.

    What it has already is left alone.
    """
    from kg.servers.push import notes_path, push, store_pieces
    from kg.servers.shards import shard_pieces
    from kg.store import open_store

    pieces = shard_pieces(shards) if shards else store_pieces(open_store(project.cache))
    project.cache.mkdir(exist_ok=True)
    notes = notes_path(project.cache, endpoint.url)
    if fresh:
        notes.unlink(missing_ok=True)
    done = push(pieces, endpoint, notes, told=_progress())
    click.echo(f"{done.sent} graphs sent, {done.same} there already, {done.removed} removed")


def _progress() -> Callable[[Pushed], None]:
    """A line that counts, on a terminal."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda done: click.echo(
        f"\r\033[K{done.sent} graphs sent, {done.same} there already\r", nl=False, err=True
    )
