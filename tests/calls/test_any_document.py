"""Whatever spans a document has, it is linked: sentences of the annotated articles at random, their spans torn."""

from pathlib import Path
from random import Random

import pytest

from hatif.arabic.sentences import split_sentences
from hatif.calls import link
from hatif.data.jsonl import read_documents
from hatif.domain import Document, Label, Span

ARTICLES = read_documents(Path(__file__).parents[2] / "data" / "annotated" / "train.jsonl")


@pytest.mark.parametrize("seed", range(40))
def test_sentences_in_any_company_with_any_spans_are_linked(seed: int) -> None:
    rng = Random(seed)
    for _ in range(25):
        text, spans = "", []
        for _ in range(rng.randint(1, 6)):
            article = rng.choice(ARTICLES)
            start, end = rng.choice(split_sentences(article.text))
            for span in article.spans:
                if start <= span.start and span.end <= end and rng.random() < 0.85:
                    label = rng.choice(list(Label)) if rng.random() < 0.1 else span.label
                    spans.append(Span(len(text) + span.start - start, len(text) + span.end - start, label, 0.7))
            text += article.text[start:end] + rng.choice(["\n", " "])
        linking = link(Document("any", text, spans=tuple(spans)))
        for record in linking.records:
            assert all(text[party.start : party.end].strip() for party in record.call.parties)
            assert len({(party.start, party.end) for party in record.call.parties}) == len(record.call.parties)
