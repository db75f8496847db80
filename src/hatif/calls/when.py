"""The time words of a call: of those in its sentence, the ones that date the call and not the announcement."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from hatif.calls.reading import Item, Row
from hatif.calls.time_words import TimeWords, find_time_words
from hatif.calls.words import trigger_class, word_set

_LONGEST = 160
"""Characters between a trigger and its time words."""
_OTHER_EVENT = 60
_OTHER_CALL = 80
_ANNOUNCEMENT = 160
"""Characters that another event or trigger on the way counts for, or `أن` behind: `أعلن الثلاثاء أن`."""
_DATES_ELSE = word_set("منذ حتي قبل عقب بعد قمه انتخابات حادث زياره هجوم")
_REPORT = re.compile(
    r"[وف]*(?:قال|قالت|اعلن|اعلنت|ذكر|ذكرت|اكد|اكدت|افاد|افادت|كشف|كشفت|صرح|صرحت|اوضح|اوضحت|بيان|نشر|نشرت|زياره|زيارته|لقا|لقايه|اجتماع"
    r"|هجوم|منذ|عقب|انتخابات|قمه|اندلاع|حتي|وصل|ستعقد|يعقد|التقي|استقبل|مقتل|وفاه|المقرر|زلزال)"
)


def time_words_of(text: str, row: Row) -> list[TimeWords]:
    """The time expressions of a sentence."""
    return find_time_words(text, row.sentence.start, row.sentence.end)


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
        elif item.key in ("؛", ":") or (item.mention is None and _REPORT.fullmatch(item.key)):
            cost += _OTHER_EVENT
    before, after = _words_around(items, words)
    if before in _DATES_ELSE or _REPORT.fullmatch(before):
        cost += _OTHER_EVENT
    if after == "ان" and not behind:
        cost += _ANNOUNCEMENT
    return cost


def _words_around(items: Sequence[Item], words: TimeWords) -> tuple[str, str]:
    """The words before and behind a time expression; empty for mentions and at the ends of the sentence."""
    before = bisect_right(items, words.start, key=lambda item: item.end) - 1
    after = bisect_left(items, words.end, key=lambda item: item.start)
    return items[before].key if before >= 0 else "", items[after].key if after < len(items) else ""
