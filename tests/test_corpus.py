"""Is the corpus that we measure with one that could have been coded?"""

from __future__ import annotations

from pathlib import Path

import kg
from tests.bench.corpus import Corpus


def test_the_corpus_is_read_as_it_was_made(tmp_path: Path) -> None:
    corpus = Corpus(4)
    corpus.write(tmp_path)
    reading = kg.read(tmp_path)
    assert reading.issues == ()
    assert reading.documents == tuple(corpus.documents)


def test_a_small_corpus_is_the_beginning_of_a_large_one_with_the_same_seed() -> None:
    assert list(Corpus(2).documents) == list(Corpus(3).documents)[:2]
    assert list(Corpus(2).documents) != list(Corpus(2, seed=2).documents)


def test_every_document_has_twenty_passages_that_say_something() -> None:
    for document in Corpus(6).documents:
        assert len(document.passages) == 20
        assert {len(passage.mentions) for passage in document.passages} <= {2, 3}
        assert {len(passage.statements) for passage in document.passages} == {1}
