"""Call records as PLOVER events, one JSON object a line.

PLOVER (Open Event Data Alliance, "PLOVER Exploitation and Validation Manual", https://github.com/openeventdata/PLOVER;
Halterman et al., "PLOVER and POLECAT", 2023) codes a call as CONSULT with the mode `phone`. It has no future tense:
cooperative acts that are announced, offered or intended are coded AGREE, which has no modes. What did not take place is
no event, so that denied calls are left out. Field names follow POLECAT; `hatif_*` ones are ours.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from hatif.arabic.countries import folded_readings
from hatif.domain import Document, Label, Party, Role, Status
from hatif.domain.record import CallRecord
from hatif.export.csv import in_order, party_words

# Tried in order on the folded titles of a party; the codes are CAMEO's agents, which PLOVER's actor sectors keep.
_SECTORS = (
    ("IGO", r"امم المتحده|اممي|اتحاد الاوروبي|اتحاد الافريقي|جامعه العربيه|مجلس التعاون|منظمه|ناتو|حلف شمال"),
    ("REB", r"حماس|الحوثي|انصار الله|الدعم السريع|فاغنر|حركه|جماعه|مليشيا|ميليشيا|القسام"),
    ("LEG", r"مجلس النواب|مجلس الامه|مجلس الشوري|مجلس الشيوخ|البرلمان|الجمعيه الوطنيه|مجلس المستشارين|الكنيست"),
    ("OPP", r"المعارضه"),
    ("PTY", r"\bحزب|تيار|كتله|ايتلاف|تحالف"),
    ("MIL", r"رييس (?:هييه )?(?:ال)?اركان|قايد الجيش|القايد العام|قايد القوات"),
    ("SPY", r"مخابرات|استخبارات"),
)
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in _SECTORS)
_MOST_SPANS = 20
"""Spans of one party's mention."""
_EVENT_TYPES = {Status.HELD: ("CONSULT", "phone"), Status.PLANNED: ("AGREE", "")}


def plover(document: Document, records: Sequence[CallRecord]) -> str:
    """The events of one document; denied calls are none."""
    return "".join(
        json.dumps(_event(document, record, number), ensure_ascii=False) + "\n"
        for number, record in enumerate(records, start=1)
        if record.call.status in _EVENT_TYPES
    )


def sector_of(document: Document, party: Party) -> str:
    """The sector that a party's titles name, `GOV` for any other title or a state, empty for a bare name."""
    first = bisect_left(document.spans, party.start, key=lambda span: span.start)
    within = takewhile(lambda span: span.end <= party.end, document.spans[first : first + _MOST_SPANS])
    titles = [document.words_of(span) for span in within if span.label is Label.TITLE]
    words = " / ".join(key for title in titles for key in folded_readings(title))
    sector = next((code for code, pattern in _COMPILED if pattern.search(words)), "")
    return sector or ("GOV" if titles or (party.country and not party.name) else "")


def _event(document: Document, record: CallRecord, number: int) -> dict[str, object]:
    """One event; where nobody is known to have called, actor and recipient are interchangeable."""
    event_type, mode = _EVENT_TYPES[record.call.status]
    parties = in_order(record.call.parties)
    actors = [party for party in parties if party.role is Role.INITIATOR] or parties[:1]
    recipients = [party for party in parties if party not in actors]
    return {
        "event_id": f"{document.id}-{number}",
        "event_date": record.day.first.isoformat() if record.day else None,
        "event_date_end": record.day.last.isoformat() if record.day else None,
        "event_type": event_type,
        "event_mode": mode,
        "actors": [_actor(document, party) for party in actors],
        "recipients": [_actor(document, party) for party in recipients],
        "event_text": [document.text[start:end] for start, end in record.evidence],
        "publication_date": document.published.isoformat() if document.published else None,
        "hatif_directed": any(party.role is Role.INITIATOR for party in parties),
        "hatif_date_words": record.call.date,
        "hatif_score": round(record.score, 2),
    }


def _actor(document: Document, party: Party) -> dict[str, str | None]:
    return {
        "name": party_words(document, party),
        "country": party.country,
        "sector": sector_of(document, party) or None,
        "raw": document.words_of(party),
    }
