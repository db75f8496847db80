"""The bundle that ships: what the README promises of it on the seed article and on dev."""

from datetime import date
from pathlib import Path

import pytest

from hatif import Tagger
from hatif.calls import link_calls
from hatif.data.jsonl import read_documents
from hatif.data.text import read_text
from hatif.domain import Document, Label, Role, Status
from hatif.evaluation.scores import score_spans

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "seeds" / "000_b436e7a5e574e3fb.txt"
ANNOTATED = ROOT / "data" / "annotated"


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load(ROOT / "models" / "compact")


def test_the_seed_article_tells_of_five_calls_by_putin(tagger: Tagger) -> None:
    article = Document("article", read_text(ARTICLE), published=date(2017, 11, 22))
    records = link_calls(next(tagger.tag_documents([article])))
    told = []
    for record in records:
        caller, called = record.call.parties
        assert (caller.name, caller.country, caller.role) == ("فلاديمير بوتين", "RUS", Role.INITIATOR)
        assert record.call.status is Status.HELD
        told.append((called.country, record.call.date, str(record.day) if record.day else None))
    assert sorted(told, key=str) == [
        ("EGY", "يوم الثلاثاء", "2017-11-21"),
        ("ISR", None, None),
        ("QAT", "مساء الاثنين", "2017-11-20"),
        ("SAU", "وقت سابق من الثلاثاء", "2017-11-21"),
        ("USA", "يوم الثلاثاء", "2017-11-21"),
    ]


def test_spans_of_the_seed_article_reach_what_the_readme_says(tagger: Tagger) -> None:
    gold = read_documents(ANNOTATED / "article.jsonl")
    scores = score_spans(gold, list(tagger.tag_documents(gold)))
    assert scores.micro.f1 >= 0.95
    assert all(scores.by_label[label].f1 >= 0.85 for label in Label)


@pytest.mark.slow
def test_int8_loses_next_to_nothing(tagger: Tagger) -> None:
    from hatif.models.torch_backend import TorchBackend

    dev = read_documents(ANNOTATED / "dev.jsonl")
    full = Tagger(tagger.bundle, TorchBackend(tagger.bundle, "cpu"))
    small, large = (score_spans(dev, list(one.tag_documents(dev))).micro.f1 for one in (tagger, full))
    assert large - small <= 0.003
    assert small >= 0.90
