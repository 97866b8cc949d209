"""Is a file written whole or not at all, whatever goes wrong?"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from kg.atomic import write_atomically
from kg.errors import OutputError


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is about to be replaced."""
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"old")
    return path


def test_the_new_bytes_replace_the_old_ones(old: Path) -> None:
    write_atomically(old, b"new\r\n\x00")
    assert old.read_bytes() == b"new\r\n\x00"
    assert [p.name for p in old.parent.iterdir()] == ["graph.ttl"]


def test_folders_are_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b" / "graph.ttl", b"new")
    assert (tmp_path / "a" / "b" / "graph.ttl").read_bytes() == b"new"


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_keeps_the_old_file_and_leaves_nothing_else(
    old: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os if call == "fsync" else Path, call, full)
    with pytest.raises(OutputError, match=r"graph\.ttl: .*No space left.*\n  fix: .*free space"):
        write_atomically(old, b"new")
    assert old.read_bytes() == b"old"
    assert [p.name for p in old.parent.iterdir()] == ["graph.ttl"]


def test_an_interrupt_leaves_nothing_either(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(old, b"new")
    assert old.read_bytes() == b"old"
    assert [p.name for p in old.parent.iterdir()] == ["graph.ttl"]


def test_a_folder_in_the_way_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(OutputError, match=r"cannot be written: Is a directory"):
        write_atomically(tmp_path / "graph.ttl", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_file_in_the_place_of_the_folder_is_said_too(old: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot be written"):
        write_atomically(old / "graph.ttl", b"new")
    assert old.read_bytes() == b"old"


def test_permissions_are_those_of_an_ordinary_file_or_of_the_old_one(tmp_path: Path) -> None:
    write_atomically(tmp_path / "plain", b"")
    (tmp_path / "usual").write_bytes(b"")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "usual")]
    assert modes[0] == modes[1]
    (tmp_path / "usual").chmod(0o640)
    write_atomically(tmp_path / "usual", b"new")
    assert stat.S_IMODE((tmp_path / "usual").stat().st_mode) == 0o640
