"""Silver documents: only what the model is sure of, in documents of a sensible length."""

from pathlib import Path

from hatif import Tagger
from hatif.pipeline.silver import gathered, silver_documents


def test_paragraphs_are_put_together_until_they_make_a_document() -> None:
    paragraphs = ["كلمة " * 50, "كلمة " * 50, "كلمة " * 10]  # a word, many times
    (document,) = gathered(line.strip() for line in paragraphs)
    assert len(document.split()) == 100


def test_documents_are_kept_only_where_every_span_is_sure(bundle: Path, tmp_path: Path) -> None:
    text = tmp_path / "news.txt"
    sure = "أجرى الرئيس الروسي اتصالا هاتفيا " * 20  # the Russian president had a call
    unsure = "أجرى الرئيس الروسي اتصالا هاتفيا مع بوتين " * 20
    text.write_text(f"{sure}\n{unsure}\n{'من إلى ' * 60}\n{sure}\n", encoding="utf-8")
    tagger = Tagger.load(bundle)
    leader = min(span.score for span in tagger.tag(unsure).spans)
    least = min(span.score for span in tagger.tag(sure).spans)
    assert leader < least
    kept = list(silver_documents([str(text)], tagger, limit=9, sure=least - 1e-4, seed=1))
    assert [document.text for document in kept] == [sure.strip()]
    assert all(span.score == 1.0 for span in kept[0].spans)
    assert len(list(silver_documents([str(text)], tagger, limit=1, sure=0.0, seed=1))) == 1
