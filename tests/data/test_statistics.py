"""Annotated documents in figures."""

from hatif.data.markup import parse_markup
from hatif.data.statistics import describe, leaders_of

# A call between Qatar and Egypt; nothing; Putin, and Putin once more with a proclitic.
MARKED = """\
=== gulf-1
{K1 اتصال} بين <a|{C قطر}> و<b|{C مصر}>
@1 planned | a party QAT | b party EGY
=== gulf-2
لا شيء
=== wire-1
{L بوتين} {L وبوتين}"""


def test_documents_are_counted_by_series_label_and_status() -> None:
    documents, _ = parse_markup(MARKED, "a.txt")
    lines = list(describe(documents))
    assert lines[:4] == [
        "3 documents, 8 words",
        "  gulf: 2 documents, 6 words",
        "  wire: 1 documents, 2 words",
        "spans: 2 LEADER, 0 TITLE, 2 COUNTRY, 1 CALL",
    ]
    assert "calls: 1, 0 held, 1 planned, 0 denied" in lines[5]
    assert lines[6] == "without a record: 2 documents"


def test_a_name_is_counted_once_with_and_without_proclitics() -> None:
    documents, _ = parse_markup(MARKED, "a.txt")
    assert leaders_of(documents) == {"بوتين"}
