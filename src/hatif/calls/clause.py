"""Two people of a clause whom no preposition joins to the trigger: `هنأ A B في اتصال هاتفي`, `تحادث A وB هاتفيا`."""

from hatif.calls.frame import Frame
from hatif.calls.places import Place
from hatif.calls.surroundings import Surroundings, governed, subjects

_BESIDE = 8
"""Items between the subject and the object of one verb."""
_OBJECTS = ("for", "with", "to", "from")


def read_clause(around: Surroundings, frame: Frame) -> None:
    """Fill in the parties from the subjects and objects before the trigger, else from those behind it."""
    frame.rule = "clause"
    frame.directed = False
    before = around.left(frame.position)
    bare = subjects(before)
    if len({place.entity for place in bare}) > 1:
        _read_bare(around, frame, bare, before)
        return
    first = bare[0] if bare else None
    objects = [place for place in governed(before, _OBJECTS) if first is None or place.entity != first.entity]
    behind = subjects(around.right(frame.position, 14))
    if first and objects:
        frame.callers, frame.called = [first], objects[-1:]
    elif first is None and len(behind) > 1 and _beside(behind[0], behind[1]):
        frame.callers = behind[:1]
        frame.called = behind[1:2] if behind[1].linked else around.chain(behind[1])
    elif first and behind and behind[0].entity != first.entity and behind[0].position <= frame.position + 4:
        frame.callers, frame.called = [first], behind[:1]
    else:
        frame.callers = bare[:1] or behind[:1]


def _read_bare(around: Surroundings, frame: Frame, bare: list[Place], before: list[Place]) -> None:
    """Several people without a preposition before the trigger: coordinated, or a subject and its object."""
    last = bare[-1]
    other = next(place for place in reversed(bare) if place.entity != last.entity)
    objects = governed(before, _OBJECTS)
    if last.linked:
        frame.take_all(around.chain(around.chain_head(last)), "clause")
    elif _beside(other, last):
        frame.callers, frame.called = [other], [last]
    elif objects:
        frame.callers, frame.called = bare[:1], objects[-1:]
    else:
        frame.callers = [last]


def _beside(one: Place, other: Place) -> bool:
    return other.position - one.position <= _BESIDE and one.entity != other.entity
