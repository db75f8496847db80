"""Two people of a clause whom no preposition joins to the trigger: `هنأ A B في اتصال هاتفي`, `تحادث A وB هاتفيا`."""

from hatif.calls.frame import Frame
from hatif.calls.gender import of_pronoun
from hatif.calls.places import Place
from hatif.calls.surroundings import Surroundings, governed, subjects
from hatif.calls.words import BOTH_DID, EXCHANGED, is_told

_BESIDE = 6
"""Items between the subject and the object of one verb."""
_OBJECTS = ("for", "with", "to", "from")


def read_clause(around: Surroundings, frame: Frame) -> None:
    """Fill in the parties from the subjects and objects before the trigger, else from those behind it."""
    frame.rule = "clause"
    frame.directed = False
    if _read_told(around, frame):
        return
    behind = subjects(around.right(frame.position, 20))
    before = around.left(frame.position, around.clause_start(frame.position))
    if not subjects(before) and not (len(behind) > 1 and behind[0].position == frame.position + 1):
        before = around.left(frame.position)
    bare = subjects(before)
    if len({place.entity for place in bare}) > 1:
        _read_bare(around, frame, bare, before)
        return
    first = bare[0] if bare else None
    if first is None and behind:
        # `وفي مكالمة …، شرح A لـ B`
        behind = [behind[0], *governed(around.right(behind[0].position, _BESIDE), ("", *_OBJECTS))]
    objects = [place for place in governed(before, _OBJECTS) if first is None or place.entity != first.entity]
    if first and objects:
        frame.callers, frame.called = [first], objects[-1:]
    elif first is None and len(behind) > 1 and _beside(around, behind[0], behind[1]):
        frame.callers = behind[:1]
        frame.called = behind[1:2] if behind[1].linked else around.chain(behind[1])
    elif first and behind and behind[0].entity != first.entity and behind[0].position <= frame.position + 4:
        frame.callers, frame.called = [first], around.chain(behind[0])
    else:
        frame.callers = bare[:1] or behind[:1]
        _read_two(around, frame)


def _read_told(around: Surroundings, frame: Frame) -> bool:
    """`هنأه A في اتصال هاتفي`, `كلمه هاتفيا A`; whether a verb near the trigger carries whom it was said to."""
    start = max(around.clause_start(frame.position), frame.position - _BESIDE)
    verb = next((at for at in range(frame.position - 1, start, -1) if is_told(around.items[at].key)), None)
    people = [] if verb is None else subjects(around.right(verb, 2 * _BESIDE))
    if verb is None or not people:
        return False
    frame.pronoun = True
    frame.callers = people[:1]
    frame.called = around.antecedent(verb, {people[0].entity}, of_pronoun(around.items[verb].key))
    return True


def _read_two(around: Surroundings, frame: Frame) -> None:
    """`تحدث الزعيمان هاتفيا`, `تحادثا عبر الهاتف`: two people whom the sentence does not name."""
    nouns = not BOTH_DID.isdisjoint(around.keys(frame.position - _BESIDE, frame.position))
    groups = [place for place in around.left(frame.position) if place.is_group and place.marker == ""]
    if not frame.callers and (nouns or groups):
        frame.rule, frame.back, frame.two = "both", True, True


def read_several(around: Surroundings, frame: Frame) -> bool:
    """`أبلغ A كلا من B وC في اتصالين`, `تبادل A وB مكالمات`: several calls; whether the sentence tells with whom."""
    if any(key in EXCHANGED for key in around.keys(frame.position - _BESIDE, frame.position)):
        subject = around.subject(frame.position, ())
        people = around.chain(subject) if subject else []
        frame.take_all(people, "clause")
        return len(people) > 1
    before = governed(around.left(frame.position, around.clause_start(frame.position)), ("", *_OBJECTS))
    behind = governed(around.right(frame.position, 14), ("", *_OBJECTS))
    for last in (before[-1:], behind[:1]):
        head = around.chain_head(last[0]) if last else None
        called = around.chain(head) if head else []
        subject = (
            around.subject(min(called[0].position, frame.position), {p.entity for p in called}) if called else None
        )
        if subject and len(called) > 1:
            frame.callers, frame.called, frame.rule = [subject], called, "clause"
            return True
    return False


def _read_bare(around: Surroundings, frame: Frame, bare: list[Place], before: list[Place]) -> None:
    """Several people without a preposition before the trigger: coordinated, or a subject and its object."""
    last = bare[-1]
    other = next(place for place in reversed(bare) if place.entity != last.entity)
    objects = governed(before, _OBJECTS)
    if last.linked:
        frame.take_all(around.chain(around.chain_head(last)), "clause")
    elif _beside(around, other, last):
        frame.callers, frame.called = [other], [last]
    elif objects:
        frame.callers, frame.called = bare[:1], objects[-1:]
    else:
        frame.callers = [last]


def _beside(around: Surroundings, one: Place, other: Place) -> bool:
    """Whether two people can be the subject and the object of one verb: near each other, in one clause."""
    near = other.position - one.position <= _BESIDE and one.entity != other.entity
    return near and not around.goes_on(one.position + 1, other.position)
