"""Who joins a call of others: `وانضمت إليهما C`, `انضم إلى المحادثة C`."""

import re

from hatif.calls.places import Place
from hatif.calls.surroundings import FAR, Surroundings, subjects
from hatif.calls.words import trigger_class, word_set

_JOINED = re.compile(r"[وفس]*[يت]?[اي]?نضم(?:ت|ا|وا)?")
_THEM = word_set("اليه اليها اليهما اليهم")
_NEAR = 8
"""Items between the verb or the call and who joins."""


def joiners_of(around: Surroundings, position: int) -> list[Place]:
    """Those who joined the call of the trigger at a position, as its sentence says."""
    before = around.keys(position - 2, position)
    if len(before) == 2 and before[1] == "الي" and _JOINED.fullmatch(before[0]):
        return _chain_behind(around, position)
    for at in range(position + 1, min(len(around.items) - 1, position + FAR)):
        item = around.items[at]
        if item.trigger is not None and trigger_class(item.key) != "adverb":
            break
        if _JOINED.fullmatch(item.key) and around.items[at + 1].key in _THEM:
            return _chain_behind(around, at + 1)
    return []


def _chain_behind(around: Surroundings, position: int) -> list[Place]:
    behind = subjects(around.right(position, _NEAR))
    return around.chain(behind[0]) if behind else []
