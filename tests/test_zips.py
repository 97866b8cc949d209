"""What can a zip file that somebody sends do to the program?"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.encoding import BadFile
from kg.limits import limits_times
from kg.zips import Limits, entry_place, open_zip


def packed(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return buffer.getvalue()


GOOD = packed({"a.txt": b"one", "folder/b.txt": b"two"})


def refused(data: bytes) -> dict[str, str]:
    with open_zip(data) as archive:
        return {name: bad.code for name, bad in archive.refused}


def test_entries_are_listed_and_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(GOOD)
    with open_zip(path) as archive:
        assert archive.names == ("a.txt", "folder/b.txt")
        assert [archive.read(name) for name in archive.names] == [b"one", b"two"]
        assert archive.refused == ()


def test_a_zip_within_a_zip_is_read_from_its_bytes() -> None:
    with open_zip(packed({"in.zip": GOOD})) as outer, open_zip(outer.read("in.zip")) as inner:
        assert inner.read("a.txt") == b"one"


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "C:\\x", "a//b", "a\nb", "x" * 600]
)
def test_a_name_that_leads_elsewhere_costs_its_entry(name: str) -> None:
    data = packed({name: b"bad", "good.txt": b"good"})
    assert [*refused(data).values()] == ["unsafe-path"]
    with open_zip(data) as archive:
        assert archive.names == ("good.txt",)


def test_an_entry_that_has_lost_its_name_is_left_out() -> None:
    data = packed({"nameless": b"bad", "good.txt": b"good"}).replace(b"nameless", b"\0ameless")
    assert refused(data) == {"": "unsafe-path"}


def test_a_link_is_no_file() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    assert refused(buffer.getvalue()) == {"link": "unsafe-path"}


def test_a_second_entry_of_a_name_a_password_and_odd_packing_are_told() -> None:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as file:
        warnings.simplefilter("ignore")
        file.writestr("a", "first")
        file.writestr("a", "second")
        file.writestr(zipfile.ZipInfo("b"), "odd", zipfile.ZIP_LZMA)
    assert refused(buffer.getvalue()) == {"a": "bad-zip", "b": "bad-zip"}
    with open_zip(buffer.getvalue()) as archive:
        assert archive.read("a") == b"first"
    locked = bytearray(packed({"a": b"secret"}))
    locked[locked.index(b"PK\1\2") + 8] |= 1
    assert refused(bytes(locked)) == {"a": "bad-zip"}


def test_a_bomb_stops_at_the_limit_whatever_the_file_says_of_its_size() -> None:
    small = Limits(entry=1_000_000)
    bomb = bytearray(packed({"a": bytes(50_000_000)}))
    at = bomb.index(b"PK\1\2") + 24
    bomb[at : at + 4] = struct.pack("<I", 10)
    with open_zip(bytes(bomb), small) as archive, pytest.raises(BadFile) as caught:
        archive.read("a")
    assert caught.value.code in ("too-large", "bad-zip")
    told = pytest.raises(BadFile, match="more than 1,000,000 bytes, which is the limit")
    with open_zip(packed({"a": bytes(50_000_000)}), small) as archive, told:
        archive.read("a")


def test_the_limit_of_the_whole_file_holds_over_all_entries() -> None:
    data = packed({name: bytes(600) for name in "abc"})
    with open_zip(data, Limits(total=1_000)) as archive:
        archive.read("a")
        with pytest.raises(BadFile, match="this file unpacks to more than 1,000 bytes"):
            archive.read("b")


def test_limits_are_raised_together() -> None:
    data, small = packed({"a": bytes(2_000)}), Limits(entry=1_000)
    with limits_times(2), open_zip(data, small) as archive:
        assert archive.read("a") == bytes(2_000)


def test_too_many_entries_are_refused_before_they_are_looked_at() -> None:
    data = packed({str(n): b"" for n in range(20)})
    with pytest.raises(BadFile, match="more than 10 entries"), open_zip(data, Limits(entries=10)):
        pass
    padded = GOOD[:-22] + bytes(9_000_000) + GOOD[-22:]
    forged = bytearray(padded)
    forged[-10:-6] = struct.pack("<I", len(padded) - 22 - 100)
    with (
        pytest.raises(BadFile, match="the list of entries of this zip file is huge"),
        open_zip(bytes(forged)),
    ):
        pass


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no zip file"),
        (b"plain text", "no zip file"),
        (GOOD[:40], "no zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file"),
    ],
    ids=["empty", "words", "cut off", "old Office file"],
)
def test_what_is_no_zip_file_says_so(data: bytes, what: str) -> None:
    with pytest.raises(BadFile, match=what), open_zip(data):
        pass


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.zip", tmp_path):
        with pytest.raises(BadFile, match="not a readable file"), open_zip(path):
            pass


def test_a_message_names_file_and_entry() -> None:
    assert str(entry_place("a.docx", "word/document.xml", 7)) == "a.docx!word/document.xml:7"


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=6))
def test_a_damaged_file_never_ends_in_anything_but_a_bad_file(
    changes: list[tuple[int, int]],
) -> None:
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    try:
        with open_zip(bytes(data)) as archive:
            for name in archive.names:
                archive.read(name)
    except BadFile as bad:
        assert bad.what and bad.fix
