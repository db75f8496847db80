"""The time words of a call: of those in its sentence, the ones that date the call and not the announcement."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from hatif.arabic.dates import levelled
from hatif.calls.reading import Item, Row
from hatif.calls.time_words import TimeWords, find_time_words
from hatif.calls.words import trigger_class, verb_class, word_set

_LONGEST = 160
"""Characters between a trigger and its time words."""
_OTHER_EVENT = 60
_OTHER_CALL = 120
_ANNOUNCEMENT = 160
"""Characters that another event or trigger on the way counts for, or what is announced: `أعلن الثلاثاء أن`."""
_TURN = 160
"""Characters that a new clause on the way counts for: `تلقى أمس اتصالا من A، كما هاتف B`."""
_DATES_ELSE = word_set("منذ حتي قبل عقب بعد قمه انتخابات حادث زياره هجوم")
_REPORT = re.compile(
    r"[وف]*(?:قال|قالت|اعلن|اعلنت|ذكر|ذكرت|اكد|اكدت|افاد|افادت|كشف|كشفت|صرح|صرحت|اوضح|اوضحت|بيان|نشر|نشرت|زياره|زيارته|لقا|لقايه|اجتماع"
    r"|هجوم|منذ|عقب|انتخابات|قمه|اندلاع|حتي|وصل|ستعقد|يعقد|التقي|استقبل|مقتل|وفاه|المقرر|زلزال)"
)
_TURNS = word_set("كما ثم فيما بينما وانه وانها وان لكن غير مضيفا نافيا موضحا موكدا")
_THAT = word_set("ان بان انه بانه انها بانها صحه بصحه")
_RELATIVES = word_set("الذي التي الذين")
_CLAUSE = 7
"""Items of a relative clause up to its time words."""
_EXPLAINING = word_set("فقد ففيها وفيها ففيه وفيه")
"""Words with which a sentence tells what the one before has announced."""
_AHEAD = re.compile(r"(?:قادم|مقبل)(?:ه|ين)?$|(?<!\w)(?:غدا|بعد غد)$")
_HIDDEN = "•"
"""Stands for the letters of a trigger or a mention, whose words may be time words too: `الجابر الصباح`."""
_DATELINE_ITEMS = 6
_DATELINE_SIGNS = frozenset("/(-–—:ـ")


def time_words_of(text: str, row: Row) -> list[TimeWords]:
    """The time expressions of a sentence; those of its dateline (`عمّان 30 آذار (بترا) -`) and in names are none."""
    start, end = row.sentence
    pieces, at = [], start
    for item in row.items:
        if (item.mention is not None or item.trigger is not None) and item.end <= end:
            pieces += [text[at : item.start], _HIDDEN * (item.end - item.start)]
            at = item.end
    hidden = "".join([*pieces, text[at:end]])
    found = [TimeWords(start + words.start, start + words.end) for words in find_time_words(hidden, 0, len(hidden))]
    return [words for words in found if not _is_dateline(row.items, words)]


def _is_dateline(items: Sequence[Item], words: TimeWords) -> bool:
    after = bisect_left(items, words.end, key=lambda item: item.start)
    before = bisect_right(items, words.start, key=lambda item: item.end)
    return (
        before <= _DATELINE_ITEMS
        and any(item.key[:1].isdigit() for item in items[before:after])
        and all(item.trigger is None for item in items[:after])
        and any(item.key in _DATELINE_SIGNS for item in items[after : after + 3])
    )


def past_words(text: str, times: Sequence[TimeWords]) -> list[TimeWords]:
    """Those that do not look ahead, as `الأسبوع المقبل` does: when a call that was held can have been."""
    return [words for words in times if not _AHEAD.search(levelled(text[words.start : words.end])[0])]


def date_of(row: Row, position: int, times: Sequence[TimeWords]) -> tuple[int, int] | None:
    """The range of the expression nearest to the trigger, where no other event stands between the two."""
    best: tuple[float, TimeWords] | None = None
    trigger = row.items[position]
    first = bisect_left(times, (trigger.start - _LONGEST,))
    last = bisect_left(times, (trigger.end + _LONGEST,))
    for words in times[first:last]:
        cost = _cost(row.items, position, words)
        if cost <= _LONGEST and (best is None or cost < best[0]):
            best = cost, words
    return (best[1].start, best[1].end) if best else None


def date_told_before(text: str, row: Row, before: Row) -> tuple[int, int] | None:
    """The time words of the sentence before one that explains it: `لم يهدأ الهاتف أمس. فقد أجرى A اتصالا …`."""
    times = time_words_of(text, before) if row.items[0].key in _EXPLAINING else []
    return (times[-1].start, times[-1].end) if times else None


def _cost(items: Sequence[Item], position: int, words: TimeWords) -> float:
    """Characters between trigger and time words, and a fine for each event or other trigger on the way."""
    trigger = items[position]
    behind = words.start >= trigger.end
    left, right = (trigger.end, words.start) if behind else (words.end, trigger.start)
    cost = float(right - left)
    reach = range(position + 1, len(items)) if behind else range(position - 1, -1, -1)
    for at in reach:
        item = items[at]
        if (item.start >= right) if behind else (item.end <= left):
            break
        if item.trigger is not None and trigger_class(item.key) != "adverb":
            cost += _OTHER_CALL
        elif not behind and item.key.startswith("و") and _REPORT.fullmatch(item.key):
            cost += _TURN
        elif item.key in ("؛", ":") or (item.mention is None and _REPORT.fullmatch(item.key)):
            cost += _OTHER_EVENT
        elif item.key in _TURNS or _opens_clause(items, at):
            cost += _TURN
    before, after = _words_around(items, words)
    if before in _DATES_ELSE or _REPORT.fullmatch(before):
        cost += _OTHER_EVENT
    if after in _THAT and not behind:
        cost += _ANNOUNCEMENT
    if not behind and trigger_class(trigger.key) == "noun" and _is_aside(items, words, position):
        cost += _TURN
    return cost


def _opens_clause(items: Sequence[Item], at: int) -> bool:
    """Whether a clause of its own time begins: `بعد أن`, `قبل أن`."""
    return items[at].key in ("بعد", "قبل") and at + 1 < len(items) and items[at + 1].key in ("ان", "ما")


def _is_aside(items: Sequence[Item], words: TimeWords, position: int) -> bool:
    """Whether the words stand in a relative clause that the trigger is outside of: `تلقى A، الذي عاد أمس، اتصالا`."""
    at = bisect_left(items, words.start, key=lambda item: item.end)
    for relative in range(at - 1, max(-1, at - _CLAUSE), -1):
        if items[relative].key in _RELATIVES:
            keys = [item.key for item in items[relative:position] if item.mention is None and item.trigger is None]
            return all(verb_class(key) not in ("make", "receive") for key in keys)
    return False


def _words_around(items: Sequence[Item], words: TimeWords) -> tuple[str, str]:
    """The words before and behind a time expression, past a comma; empty for mentions and at the sentence's ends."""
    before = bisect_right(items, words.start, key=lambda item: item.end) - 1
    after = bisect_left(items, words.end, key=lambda item: item.start)
    if after < len(items) - 1 and items[after].key in ("،", ","):
        after += 1
    return items[before].key if before >= 0 else "", items[after].key if after < len(items) else ""
