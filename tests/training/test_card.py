"""The model card of a freshly trained bundle."""

from dataclasses import replace

from hatif.data.markup import parse_markup
from hatif.settings import TrainSettings
from hatif.training.card import model_card

# The Russian president called the Emir of Qatar; the minister visited Egypt.
TEXT = """=== a-1
أجرى {T الرئيس} {C الروسي} {L بوتين} {K اتصالا هاتفيا} مع {T أمير} {C قطر}.
=== a-2
زار {T الوزير} {C مصر}.
"""


def test_the_card_tells_scores_with_intervals_data_and_how_to_reproduce() -> None:
    documents, _ = parse_markup(TEXT, "a")
    halved = [documents[0], replace(documents[1], spans=())]
    card = model_card(TrainSettings(), documents, documents, halved)
    (micro,) = [line for line in card.splitlines() if line.startswith("| micro")]
    assert [cell.split()[0] for cell in micro.split("|")[2:5]] == ["1.000", "0.750", "0.857"]
    assert micro.count("–") == 3
    assert "2 documents, 12 words" in card
    assert "models/encoder" in card
    assert "hatif train --config settings.toml" in card


def test_one_dev_document_has_no_intervals() -> None:
    documents, _ = parse_markup(TEXT, "a")
    card = model_card(TrainSettings(), documents, documents[:1], documents[:1])
    assert "| COUNTRY | 1.000 | 1.000 | 1.000 |" in card
