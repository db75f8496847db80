"""Silver documents: only what the model is sure of, in documents of a sensible length."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from hatif import Tagger
from hatif.domain import Document, Label
from hatif.models.backends import Logits, Pieces
from hatif.models.bundle import open_bundle
from hatif.models.crf import Crf
from hatif.pipeline.silver import Teacher, gathered, silver_documents
from hatif.tagging.tags import TAGS


def test_paragraphs_are_put_together_until_they_make_a_document() -> None:
    paragraphs = ["كلمة " * 50, "كلمة " * 50, "كلمة " * 10]  # a word, many times
    (document,) = gathered(line.strip() for line in paragraphs)
    assert len(document.split()) == 100


def test_documents_are_kept_only_where_every_span_is_sure(bundle: Path, tmp_path: Path) -> None:
    text = tmp_path / "news.txt"
    sure = "أجرى الرئيس الروسي اتصالا هاتفيا " * 20  # the Russian president had a call
    unsure = "أجرى الرئيس الروسي اتصالا هاتفيا مع بوتين " * 20
    text.write_text(f"{sure}\n{unsure}\n{'من إلى ' * 60}\n{sure}\n", encoding="utf-8")
    teacher = Teacher([Tagger.load(bundle)])
    least, leader = (
        min(span.score for span in tagged.spans)
        for tagged in teacher.tag_documents([Document("sure", sure), Document("unsure", unsure)])
    )
    assert leader < least
    kept = list(silver_documents([str(text)], teacher, limit=9, sure=least - 1e-4, seed=1))
    assert [document.text for document in kept] == [sure.strip()]
    assert all(span.score == 1.0 for span in kept[0].spans)
    assert len(list(silver_documents([str(text)], teacher, limit=1, sure=0.0, seed=1))) == 1


class Doubter:
    """A back end that takes every word for none of a span, as surely as may be."""

    at_once = 8

    def begin(self, windows: Sequence[Pieces]) -> Callable[[], list[Logits]]:
        row = np.array([60.0] + [0.0] * (len(TAGS) - 1), dtype=np.float32)
        return lambda: [np.tile(row, (len(pieces), 1)) for pieces in windows]


def test_teachers_have_their_say_together(bundle: Path) -> None:
    text = "أجرى الرئيس اتصالا هاتفيا"  # the president had a call
    sure = Tagger.load(bundle)
    doubter = Tagger(sure.bundle, Doubter())
    (alone,) = Teacher([sure]).tag_documents([Document("a", text)])
    (together,) = Teacher([sure, sure, sure, doubter]).tag_documents([Document("a", text)])
    assert [(span.start, span.end, span.label) for span in together.spans] == [
        (span.start, span.end, span.label) for span in alone.spans
    ]
    assert all(one.score < other.score for one, other in zip(together.spans, alone.spans, strict=True))
    (outvoted,) = Teacher([sure, doubter, doubter, doubter]).tag_documents([Document("a", text)])
    assert outvoted.spans == ()


def test_a_crf_has_half_the_say(bundle: Path) -> None:
    text = "أجرى بوتين اتصالا هاتفيا"
    spans = tuple(Tagger.load(bundle).tag(text).spans)
    crf = Crf.fit([Document(str(number), text, spans=spans) for number in range(20)])
    doubter = Tagger(open_bundle(bundle), Doubter())
    (together,) = Teacher([doubter, doubter], crf).tag_documents([Document("a", text)])
    (tagged,) = crf.tag_documents([Document("a", text)])
    assert [span.label for span in tagged.spans] == [Label.LEADER, Label.CALL]
    probabilities = crf.probabilities(text)
    assert probabilities.shape == (4, len(TAGS))
    assert probabilities.sum(axis=1) == pytest.approx(1)
    assert all(span.score <= 0.5 for span in together.spans)
