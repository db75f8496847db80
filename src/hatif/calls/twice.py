"""Calls of one trigger that ordinals tell apart: `اتصالين مع B، الأول أمس والثاني اليوم`, or with B and with C."""

import itertools
from collections.abc import Sequence

from hatif.calls.frame import Frame
from hatif.calls.reading import Item
from hatif.calls.time_words import TimeWords
from hatif.calls.words import ORDINALS, is_dual, word_set

_FIRST = word_set("الاول الاولي اولاهما اولهما اولي")
_SECOND = word_set("والثاني والثانيه وثانيتهما وثانيهما")
_FAR = 40
"""Items between a dual and its ordinals."""
_TAIL = 10
"""Items of the last call's own behind its partner."""


def dates_of_two(
    items: Sequence[Item], position: int, times: Sequence[TimeWords]
) -> tuple[TimeWords | None, TimeWords | None] | None:
    """The time words of both calls of the dual at `position`; None where the text does not tell them apart.

    Somebody named behind the second ordinal is another partner, and the calls are no two of the same people.
    """
    if not is_dual(items[position].key):
        return None
    far = min(len(items), position + _FAR)
    first = next((at for at in range(position + 1, far) if items[at].key in _FIRST), None)
    second = next((at for at in range(first + 1, far) if items[at].key in _SECOND), None) if first else None
    if not first or not second or any(item.mention is not None for item in items[first + 1 : second + 6]):
        return None
    edges = items[first].end, items[second].start, items[min(second + 8, len(items) - 1)].end
    return _inside(times, edges[0], edges[1]), _inside(times, edges[1], edges[2])


def dates_of_each(items: Sequence[Item], frame: Frame, times: Sequence[TimeWords]) -> dict[int, TimeWords | None]:
    """The time words of the call with each partner, by the partner's position; empty where these share theirs."""
    people = sorted((frame.called if len(frame.called) > 1 else frame.callers), key=lambda place: place.position)
    if not frame.several or len(people) < 2 or people[0].position < frame.position:
        return {}
    last = people[-1].position
    edges = [at for at in range(people[0].position, last) if items[at].key in ORDINALS]
    if not edges:
        return {}
    edges = [frame.position, *edges, min(last + _TAIL, len(items) - 1)]
    parts = [_inside(times, items[one].end, items[other].start) for one, other in itertools.pairwise(edges)]
    dates = {place.position: parts[sum(at < place.position for at in edges) - 1] for place in people}
    return dates if any(dates.values()) else {}


def _inside(times: Sequence[TimeWords], start: int, end: int) -> TimeWords | None:
    return next((words for words in times if start <= words.start and words.end <= end), None)
