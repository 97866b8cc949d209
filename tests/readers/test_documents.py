"""Is a text read as it lies on disk, with what is known of it?"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.encoding import likely_encoding
from kg.readers.documents import read_document
from tests.readers.conftest import Folder

CHINESE = "鲑鱼在汛期回到河流上游，水獭和苍鹭在那里等着它们。这是一个关于河流的报告。"


def test_a_text_with_all_that_is_known_of_it(folder: Folder) -> None:
    about = """\
title: "Salmon, otters: a census"
creator: The Society
issued: 2024-04
publisher: River Press
source: https://example.org/census
language: en
rights: CC BY 4.0
body: 0-6, 8-19
"""
    document = folder.text("Salmon. Otters too.").write("notes.yaml", about).document()
    assert (document.key, document.title, document.creator, document.issued) == (
        "notes",
        "Salmon, otters: a census",
        "The Society",
        "2024-04",
    )
    assert (document.publisher, document.source) == ("River Press", "https://example.org/census")
    assert (document.language, document.rights) == ("en", "CC BY 4.0")
    assert document.body == ((0, 6), (8, 19))
    assert str(document.place) == "passages/notes.txt"


def test_a_text_of_which_nothing_is_known(folder: Folder) -> None:
    document = folder.text("Salmon.").document()
    assert (document.title, document.issued, document.body) == ("", "", ((0, 7),))


def test_offsets_count_carriage_returns_but_no_byte_order_mark(folder: Folder) -> None:
    data = b"\xef\xbb\xbfSal\r\nmon\n"
    document = folder.write("notes.txt", data).document()
    assert document.text == "Sal\r\nmon\n"
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CHINESE.encode("gb18030"), "GB18030"),
        ("鮭魚在汛期回到河流上游，這是一個關於河流的報告，我們為此寫了它。".encode("big5"), "Big5"),
        ("Le héron cendré attend l’été.".encode("cp1252"), "windows-1252"),
        (CHINESE.encode("utf-16"), "UTF-16 (little-endian)"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "UTF-16 (big-endian)"),
        ("Salmon é".encode("utf-16-le"), "UTF-16 (little-endian)"),
        (b"plain salmon".decode().encode("utf-16-le"), "UTF-16 (little-endian)"),
        (CHINESE.encode()[:-1], "UTF-8 with some characters damaged"),
    ],
)
def test_a_wrong_encoding_is_named_and_nothing_is_read(
    folder: Folder, data: bytes, name: str
) -> None:
    folder.write("notes.txt", data).coded("- text: >-\n    Salmon\n")
    assert folder.read().documents == ()
    issue = folder.issue()
    assert issue.startswith("passages/notes.txt:1: not UTF-8")
    assert f"it looks like {name} [wrong-encoding]" in issue
    assert "save it again as UTF-8" in issue


RUSSIAN = "Правительство утвердило план развития сельских территорий."
KOREAN = "정부는 지방 도시와 농촌의 균형 발전을 위한 새로운 계획을 발표하였다."
JAPANESE = "政府は地方の都市と農村の発展のための新しい計画を発表した。"
ARABIC = "أعلنت الحكومة خطة جديدة لتنمية المدن والقرى في جميع أنحاء البلاد."


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (KOREAN, "euc_kr", "EUC-KR"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN.upper(), "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
        ("Report by Иван Петров", "koi8_r", "KOI8-R"),
        (ARABIC, "cp1256", "windows-1256"),
        (RUSSIAN, "utf_16_le", "UTF-16 (little-endian)"),
        (CHINESE, "utf_16_be", "UTF-16 (big-endian)"),
        ("Größere Städte müssen für Dörfer sorgen.", "latin-1", "windows-1252"),
        ("La città è più bella: è così perché è là.", "cp1252", "windows-1252"),
        ("El año próximo, ¿qué más podrá añadir?", "cp1252", "windows-1252"),
    ],
)
def test_the_script_of_a_text_tells_its_encoding(text: str, codec: str, name: str) -> None:
    assert likely_encoding(text.encode(codec)) == name


def test_signs_without_letters_are_no_western_text() -> None:
    assert likely_encoding("?«°".encode("cp1252")) == ""


def test_no_encoding_is_named_whose_letters_would_be_wrong(folder: Folder) -> None:
    polish = "Rząd przyjął plan rozwoju obszarów wiejskich.".encode("cp1250")
    assert "(0xb9) [wrong-encoding]" in folder.write("notes.txt", polish).issue()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00\x01",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\0" * 50,
    ],
)
def test_what_is_no_text_is_not_taken_for_one_in_another_encoding(
    folder: Folder, data: bytes
) -> None:
    issue = folder.write("notes.txt", data).issue()
    assert "; this looks like no text at all [wrong-encoding]\n  fix: put a plain text" in issue


def test_bytes_of_no_known_encoding_are_refused_without_a_guess(folder: Folder) -> None:
    issue = folder.write("notes.txt", b"salmon\n\x81\x8d\x9d\xff").issue()
    assert issue.startswith("passages/notes.txt:2: not UTF-8 at byte 7 (0x81) [wrong-encoding]")


def test_control_characters_are_told_and_stay_so_that_offsets_fit(folder: Folder) -> None:
    folder.text("Page one\n\fSal\x00mon swim.").coded("- text: >-\n    Salmon swim\n")
    issue = folder.issue()
    assert issue.startswith(
        "passages/notes.txt:2: warning: in this text: 2 invisible control characters"
    )
    assert "(the first is U+000C) [control-character]" in issue
    [passage] = folder.read().documents[0].passages
    assert passage.span.quote == "Sal\x00mon swim"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "Salmon\x00 swim.",
            ": 1 invisible control character (U+0000) [control-character]",
        ),
        (
            "\fSalmon\x00 swim here.",
            ": 2 invisible control characters (the first is U+000C) [",
        ),
    ],
)
def test_one_control_character_is_not_several(folder: Folder, text: str, what: str) -> None:
    assert what in folder.text(text).issue()


def test_escaped_control_characters_never_reach_the_graph(folder: Folder) -> None:
    folder.text("Salmon").write("notes.yaml", 'rights: free\ntitle: "Sal\\x00mon\\e\\tand\\n"\n')
    assert folder.issue() == (
        "passages/notes.yaml:2: warning: read as spaces: 2 invisible control characters"
        " (the first is U+0000) [control-character]\n"
        "  fix: delete them; such characters come along when text is copied from a PDF"
    )
    assert folder.read().documents[0].title == "Sal mon \tand"


def test_an_empty_text(folder: Folder) -> None:
    assert "passages/notes.txt: this text is empty [missing-text]" in folder.text(" \n").issue()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("0-20", "the body reaches to 20, but the text has only 19 characters"),
        ("0-81", "the body reaches to 81, but the text has only 19 characters"),
        ("0-6, 5-9", "the stretches of the body overlap at 5"),
        ("6-2", "`6-2` is no stretch of text"),
        ("all of it", "`all of it` is no stretch of text"),
        ("", "`` is no stretch of text"),
    ],
)
def test_a_faulty_body_costs_the_document_for_nothing_outside_it_may_show(
    folder: Folder, body: str, what: str
) -> None:
    folder.text("Salmon. Otters too.").write("notes.yaml", f"title: Salmon\nbody: {body}\n")
    issue = folder.issue()
    assert issue.startswith(f"passages/notes.yaml:2: {what}; nothing of this document is read")
    assert "[bad-body]" in issue
    assert folder.read().documents == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "issued: April 2024",
            "`issued: April 2024` is no date [bad-date]\n  fix: write 2024-04-01",
        ),
        ("issued: 2024-02-30", "`issued: 2024-02-30` is no date [bad-date]"),
        (
            "language: French!",
            "`language: French!` is no language tag [bad-language]\n  fix: write en",
        ),
        (
            "titel: Salmon",
            "`titel` is no key of a document [unknown-key]\n  fix: a document takes title",
        ),
        ("title: [a, b]", "`title` is text, but a list or keys stand here [bad-value]"),
    ],
)
def test_faulty_metadata_costs_only_itself(folder: Folder, line: str, message: str) -> None:
    folder.text("Salmon.").write("notes.yaml", f"rights: free\n{line}\n")
    assert folder.issue().startswith(f"passages/notes.yaml:2: {message}")
    [document] = folder.read().documents
    assert (document.rights, document.issued, document.language) == ("free", "", "")


def test_a_body_that_is_a_list_costs_the_document_too(folder: Folder) -> None:
    folder.text("Salmon.").write("notes.yaml", "body: [0, 6]\n")
    assert "`body` is text, but a list or keys stand here [bad-value]" in folder.issue()
    assert folder.read().documents == ()


def test_malformed_metadata_cost_the_document(folder: Folder) -> None:
    folder.text("Salmon.").write("notes.yaml", "title: two: colons\n")
    assert folder.issue().startswith("passages/notes.yaml:1: a colon followed by a space")
    assert folder.read().documents == ()


def test_a_text_that_vanished(tmp_path: Path) -> None:
    document, [issue] = read_document(tmp_path / "passages" / "notes.txt")
    assert document is None
    assert str(issue).startswith("passages/notes.txt: this is not a readable file: No such file")
    assert issue.code == "unreadable-file"
