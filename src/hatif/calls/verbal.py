"""Triggers that are verbs (`هاتف A B`, `اتصل A ب B`) or adverbs of another verb (`بحث A هاتفيا مع B`)."""

from hatif.calls.clause import read_clause
from hatif.calls.frame import Frame
from hatif.calls.places import is_person
from hatif.calls.surroundings import Surroundings, governed, subjects
from hatif.calls.words import has_object_pronoun, is_crowd, is_outsider

_CLOSE = 7
"""Items between a verb and its object."""


def read_phone(around: Surroundings, frame: Frame) -> None:
    """`هاتف A B`, `A هاتف B`, `هاتفه A`: to phone somebody, whom no preposition precedes."""
    position = frame.position
    frame.directed = True
    frame.rule = "phone"
    following = around.keys(position + 1, position + 2)
    if any(is_outsider(key) or is_crowd(key) for key in following):
        frame.outsider = True
        return
    right = around.right(position, 16)
    bare = subjects(right)
    if has_object_pronoun(around.items[position].key):
        _read_phone_pronoun(around, frame)
    elif len(bare) > 1 and not bare[1].linked and bare[1].position - bare[0].position <= _CLOSE - 1:
        frame.callers, frame.called = bare[:1], around.chain(bare[1])
    else:
        near = [place for place in right if place.position <= position + _CLOSE]
        called = governed(near, ("", "to", "with", "for"))
        frame.called = around.chain(called[0]) if called else []
        caller = around.subject(position, {place.entity for place in frame.called})
        frame.callers = [caller] if caller else []
        frame.outsider = not called


def _read_phone_pronoun(around: Surroundings, frame: Frame) -> None:
    """`هاتفه A`: A called whom the pronoun means; without an A, the subject before called somebody elsewhere."""
    frame.pronoun = True
    behind = subjects(around.right(frame.position, _CLOSE + 2))
    if behind:
        frame.callers = behind[:1]
        frame.called = around.antecedent(frame.position, {behind[0].entity})
    else:
        before = around.subject(frame.position, ())
        frame.callers = [before] if before else []


def read_ring(around: Surroundings, frame: Frame) -> None:
    """`اتصل A ب B`, `A اتصل ب B`, `اتصل به A`."""
    position = frame.position
    frame.directed = True
    frame.rule = "ring"
    group = [place for place in around.partners(position, 25) if place.marker != "from"]
    group = group or governed(around.right(position, 10), ("for",))[:1]
    barred = {place.entity for place in group}
    until = group[0].position if group else position + _CLOSE + 1
    own = [place for place in subjects(around.right(position)) if place.position < until]
    if not own and {"هو", "هي"} & set(around.keys(position + 1, position + 3)):
        # `قبل أن يتصل هو ب B`: the subject that the sentence began with.
        own = [place for place in subjects(around.left(position)) if place.entity not in barred]
    subject = own[0] if own else around.subject(position, barred)
    frame.callers = around.chain(subject) if subject else []
    frame.called = group
    if not group and around.has_pronoun(position):
        frame.pronoun = True
        frame.called = around.antecedent(position, {place.entity for place in frame.callers})
    elif not group:
        frame.outsider = True


def read_adverb(around: Surroundings, frame: Frame) -> None:
    """`بحث A هاتفيا مع B`, `بحث A مع B هاتفيا`, `تحادث معه هاتفيا A`, `هنأ A B هاتفيا`."""
    position = frame.position
    frame.rule = "with"
    group = around.partners(position, 30)
    if group and group[0].marker == "between":
        frame.take_all(group, "between")
        return
    if around.unknown_partner(position) == "outsider" and not (group and group[0].position <= position + _CLOSE + 1):
        frame.outsider = True
        return
    pronoun = around.has_pronoun(position)
    if not group and not pronoun:
        behind = governed(around.left(position), ("with", "to", "from"))
        if behind:
            first = behind[-1]
            while first.linked and is_person(around.places[around.index_at[first.position] - 1]):
                first = around.places[around.index_at[first.position] - 1]
            group = [place for place in around.chain(first) if place.position < position]
    if group:
        barred = {place.entity for place in group}
        subject = around.subject(min(position, group[0].position), barred) or around.subject(position, barred)
        after = [place for place in subjects(around.right(position)) if place.position < group[0].position]
        if after and (subject is None or after[0].position <= position + 2):
            subject = after[0]
        frame.callers, frame.called = ([subject] if subject else []), group
    elif pronoun:
        frame.pronoun = True
        after = subjects(around.right(position, _CLOSE + 1))
        subject = after[0] if after else around.subject(position, ())
        frame.callers = [subject] if subject else []
        frame.called = around.antecedent(position, {place.entity for place in frame.callers})
    else:
        read_clause(around, frame)
