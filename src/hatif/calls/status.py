"""Whether a call took place, from the words before and behind its trigger."""

from collections.abc import Sequence

from hatif.calls.denial import is_denied
from hatif.calls.plans import is_planned
from hatif.calls.reading import Item
from hatif.calls.words import word_set
from hatif.domain import Status

_BREAKS = word_set(
    "؛ . وكان وكانت وقال وقالت واكد واكدت واوضح واضاف غير لكن فيما بينما كما ثم حين وذلك بل وان وانه وانها فقد"
    " موكدا موكده"
)
"""Words and signs with which a clause begins that the words before it do not reach into."""
_BEFORE, _AFTER = 30, 16


def status_of(items: Sequence[Item], position: int) -> Status:
    """What the sentence says of the call whose trigger stands at `position`."""
    trigger = items[position].key
    before = _before(items, position)
    after = [_word(item) for item in items[position + 1 : position + 1 + _AFTER]]
    if is_denied(trigger, before, after):
        return Status.DENIED
    return Status.PLANNED if is_planned(trigger, before, after) else Status.HELD


def _before(items: Sequence[Item], position: int) -> list[str]:
    """The words before a trigger, nearest first, up to the break of the clause; mentions and triggers are empty."""
    keys: list[str] = []
    for item in reversed(items[max(0, position - _BEFORE) : position]):
        keys.append(_word(item))
        if item.key in _BREAKS and len(keys) > 1:
            break
    return keys or [""]


def _word(item: Item) -> str:
    return "" if item.mention is not None or item.trigger is not None else item.key
