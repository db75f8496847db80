"""Triggers that are verbs (`هاتف A B`, `اتصل A ب B`) or adverbs of another verb (`بحث A هاتفيا مع B`)."""

from hatif.calls import gender
from hatif.calls.clause import read_clause
from hatif.calls.frame import Frame
from hatif.calls.partners import partners, unknown_partner
from hatif.calls.places import Place, is_person
from hatif.calls.surroundings import Surroundings, governed, subjects
from hatif.calls.words import RELATIVES_OF, has_object_pronoun, is_crowd, is_outsider, word_set

_CLOSE = 7
"""Items between a verb and its object."""
_SPEAKER = 16
"""Items between who speaks and what is said."""
_AWAY = word_set("ان بان انه انها بانه")
"""Words behind which the subject of the verb before does not stand."""


def read_phone(around: Surroundings, frame: Frame) -> None:
    """`هاتف A B`, `A هاتف B`, `هاتفه A`: to phone somebody, whom no preposition precedes."""
    position = frame.position
    frame.directed = True
    frame.rule = "phone"
    following = around.keys(position + 1, position + 2)
    if any(is_outsider(key) or is_crowd(key) for key in following):
        frame.outsider = True
        return
    right = around.right(position, 20)
    bare = list({place.entity: place for place in reversed(subjects(right))}.values())[::-1]
    if has_object_pronoun(around.items[position].key):
        _read_phone_pronoun(around, frame)
    elif len(bare) > 1 and bare[1].linked and around.items[position].key.lstrip("وف").startswith("تهاتف"):
        frame.take_all(around.chain(bare[0]), "between")
        frame.directed = False
    elif len(bare) > 1 and not bare[1].linked and _is_one_clause(around, bare[0].position, bare[1].position):
        frame.callers, frame.called = bare[:1], around.chain(bare[1])
    else:
        near = [place for place in right if place.position <= position + _CLOSE]
        called = governed(near, ("", "to", "with", "for"))
        frame.called = around.chain(called[0]) if called else []
        sex = gender.of_verb(around.items[position].key)
        caller = around.subject(position, {place.entity for place in frame.called}, sex)
        frame.callers = [caller] if caller else []
        frame.outsider = not called


def _is_one_clause(around: Surroundings, one: int, other: int) -> bool:
    """Whether two people behind a verb can be its subject and its object."""
    near = other - one < _CLOSE or "كلا" in around.keys(other - 2, other)
    return near and around.clause_start(other) < one


def _read_phone_pronoun(around: Surroundings, frame: Frame) -> None:
    """`هاتفه A`: A called whom the pronoun means; without an A, the subject before called somebody elsewhere."""
    frame.pronoun = True
    frame.outsider = not RELATIVES_OF.isdisjoint(around.keys(frame.position - _SPEAKER, frame.position))
    behind = subjects(around.right(frame.position, _CLOSE + 2))
    behind = [place for place in behind if _AWAY.isdisjoint(around.keys(frame.position + 1, place.position))]
    key = around.items[frame.position].key
    before = around.head(frame.position) or around.subject(frame.position, (), gender.of_verb(key))
    caller = behind[0] if behind else before
    frame.callers = [caller] if caller else []
    frame.called = around.antecedent(frame.position, {caller.entity}, gender.of_pronoun(key)) if caller else []


def read_ring(around: Surroundings, frame: Frame) -> None:
    """`اتصل A ب B`, `A اتصل ب B`, `اتصل به A`."""
    position = frame.position
    frame.directed = True
    frame.rule = "ring"
    group = [place for place in partners(around, position, 25) if place.marker != "from"]
    pronoun = not group and around.has_pronoun(position)
    if not group and not pronoun:
        group = governed(around.right(position, 10), ("for",))[:1]
    barred = {place.entity for place in group}
    until = group[0].position if group else position + (2 * _CLOSE if pronoun else _CLOSE + 1)
    own = [place for place in subjects(around.right(position)) if place.position < until]
    if not own and group:
        own = _behind_partner(around, group[-1].position, barred)
    if not own and {"هو", "هي"} & set(around.keys(position + 1, position + 3)):
        # `قبل أن يتصل هو ب B`: the subject that the sentence began with.
        own = [place for place in subjects(around.left(position)) if place.entity not in barred]
    head = None if own else around.head(position)
    subject = own[0] if own else head or around.subject(position, barred, gender.of_verb(around.items[position].key))
    frame.callers = [subject] if head and subject else around.chain(subject) if subject else []
    frame.called = group
    if pronoun:
        frame.pronoun = True
        frame.called = around.antecedent(
            position, {place.entity for place in frame.callers}, around.pronoun_gender(position)
        )
    elif not group:
        # In a round of calls, whose it is: `تلقى A اتصالات كثيرة. واتصل B بنفسه`.
        frame.outsider = not frame.callers or bool(unknown_partner(around, position))


def _behind_partner(around: Surroundings, position: int, barred: set[int]) -> list[Place]:
    """The subject behind its partner: `اتصل بـ B كل من A1 وA2`."""
    if not {"كل", "كلا"} & set(around.keys(position + 1, position + 5)):
        return []
    return [place for place in subjects(around.right(position, 6)) if place.entity not in barred]


def read_adverb(around: Surroundings, frame: Frame) -> None:
    """`بحث A هاتفيا مع B`, `بحث A مع B هاتفيا`, `تحادث معه هاتفيا A`, `هنأ A B هاتفيا`."""
    position = frame.position
    frame.rule = "with"
    group = partners(around, position, 30)
    if group and group[0].marker == "between":
        frame.take_all(group, "between")
        return
    if unknown_partner(around, position) == "outsider" and not (group and group[0].position <= position + _CLOSE + 1):
        frame.outsider = True
        return
    pronoun = around.has_pronoun(position)
    if not group and not pronoun:
        behind = governed(around.left(position, around.clause_start(position)), ("with", "to", "from"))
        if behind:
            first = behind[-1]
            while first.linked and is_person(around.places[around.index_at[first.position] - 1]):
                first = around.places[around.index_at[first.position] - 1]
            group = [place for place in around.chain(first) if place.position < position]
    if group:
        barred = {place.entity for place in group}
        near = around.subject(min(position, group[0].position), barred) or around.subject(position, barred)
        subject = around.head(position) or near
        after = [place for place in subjects(around.right(position)) if place.position < group[0].position]
        if after and (subject is None or after[0].position <= position + 2):
            subject = after[0]
        frame.callers, frame.called = ([subject] if subject else []), group
    elif pronoun:
        frame.pronoun = True
        after = subjects(around.right(position, _CLOSE + 1))
        subject = after[0] if after else around.subject(position, ())
        frame.callers = [subject] if subject else []
        frame.called = around.antecedent(
            position, {place.entity for place in frame.callers}, around.pronoun_gender(position)
        )
    else:
        read_clause(around, frame)
