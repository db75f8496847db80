"""Triggers that are nouns: `أجرى A اتصالا ب B`, `تلقى A مكالمة من B`, `اتصال بين A وB`, `خلال اتصال هاتفي مع B`."""

from hatif.calls.clause import read_clause
from hatif.calls.frame import Frame
from hatif.calls.places import Place, chain, is_person
from hatif.calls.surroundings import FAR, Surroundings, governed, subjects
from hatif.calls.words import BOTH, ROYAL_PRONOUNS, is_dual_verb

_NEAR = 7
"""Items between a trigger that points back and a preposition of its own, which it mostly lacks."""


def read_noun(around: Surroundings, frame: Frame) -> None:
    """Fill in the frame of a call noun from the verb of calling that governs it and the prepositions behind it."""
    position = frame.position
    relative, relation = around.relative(position)
    governor, government = around.governor(position)
    covers = "cover" in (relation, government)
    if relation in ("make", "receive"):
        government = relation
    pointing = frame.definite and not government and not relation
    group = around.partners(position, _NEAR if pointing else FAR, 25 if government == "receive" else 12)
    if _read_between(around, frame, group):
        return
    listing = covers and (not group or frame.several or frame.joint)
    if listing and _read_list(around, frame, group, relative if relation == "cover" else position):
        return
    if frame.joint and not (group and group[0].marker == "with") and _read_summit(around, frame):
        return
    unknown = around.unknown_partner(position)
    if unknown == "outsider" and not (group and group[0].position <= position + 3):
        frame.outsider = True
        return
    if unknown == "crowd" and not (group and group[0].position <= position + 4):
        group = []
    behind_verb = relation in ("make", "receive")
    subject = _subject(around, frame, group, relative if behind_verb else -1, governor)
    frame.pronoun = not group and around.has_pronoun(position)
    if not group and government and not frame.pronoun:
        start = governor if government == "make" else -1
        group = _partners_before(around, frame, start, subject, ("with",) if behind_verb else ("with", "to", "from"))
    _take_sides(around, frame, subject, group)
    dual = any(is_dual_verb(around.items[at].key) for at in (governor, relative) if at >= 0)
    _name_rule(around, frame, government, dual, unknown)


def _read_between(around: Surroundings, frame: Frame, group: list[Place]) -> bool:
    """`اتصال بين A وB`, `مكالمة بينهما`, `بين الزعيمين`; whether the trigger has such parties."""
    position = frame.position
    for place in around.right(position, 25):
        if place.marker == "between":
            if place.position - position > (4 if place.is_state else 14):
                return False
            if group and group[0].position < place.position:
                return False
            if place.is_group:
                _read_both(around, frame)
                return True
            people = [one for one in chain(around.places, around.index_at[place.position]) if not one.is_group]
            if not place.is_state:
                people = [one for one in people if is_person(one)]
            if len({one.entity for one in people}) > 1 and not (place.is_state and frame.definite):
                frame.take_all(people, "between")
                return True
            return False
    keys = around.keys(position + 1, position + 6)
    if "هما" in around.items[position].key or not BOTH.isdisjoint(keys):
        _read_both(around, frame)
        return True
    return False


def _read_both(around: Surroundings, frame: Frame) -> None:
    """`بينهما`: two people whom the sentence has named before, else those of the last call."""
    frame.rule = "both"
    people = governed(around.left(frame.position), ("", "with", "to", "from", "for", "by", "between"))
    distinct = list({place.entity: place for place in people}.values())
    if len(distinct) >= 2 and not frame.definite:
        frame.callers, frame.called = distinct[:1], distinct[1:2]
    else:
        frame.back = True


def _read_list(around: Surroundings, frame: Frame, group: list[Place], verb: int) -> bool:
    """`أجرى A اتصالات شملت B وC`, `مكالمة جمعت A وB`; whether a list follows the verb."""
    listed = governed(around.right(verb, 9), ("", "with", "to"))
    if not listed:
        return False
    called = around.chain(listed[0])
    if group and group[0].marker in ("to", "with") and group[0] not in called and not frame.several:
        called += group
    subject = around.subject(frame.position, {place.entity for place in called})
    frame.rule = "list"
    frame.directed = frame.several and not frame.joint
    frame.callers, frame.called = ([subject] if subject else []), called
    if subject is None and len(called) > 1 and not frame.several:
        frame.callers, frame.called = called[:1], called[1:]
    return True


def _read_summit(around: Surroundings, frame: Frame) -> bool:
    """`قمة عبر الفيديو`: all who speak, chair or take part in the sentence; whether there are three or more."""
    people = [
        place
        for place in around.left(frame.position) + around.right(frame.position, 3 * FAR)
        if is_person(place) and (place.marker in ("", "with") or around.takes_part(place))
    ]
    distinct = list({place.entity: place for place in people}.values())
    if len(distinct) < 3:
        return False
    frame.take_all(distinct, "summit")
    return True


def _subject(around: Surroundings, frame: Frame, group: list[Place], relative: int, governor: int) -> Place | None:
    """Who holds the call: behind the verb of calling, as a genitive (`اتصال بوتين`), else before.

    People coordinated with a genitive become partners where there are none: `مكالمة أوباما وروحاني`.
    """
    position = frame.position
    barred = {place.entity for place in group}
    right = [place for place in governed(around.right(position), ("", "for")) if place.entity not in barred]
    if relative >= 0:
        behind = [place for place in subjects(right) if relative < place.position <= relative + 6]
        if behind:
            return behind[0]
    elif right and right[0].position == position + 1 and not around.items[position].key.lstrip("وف").startswith("ال"):
        frame.rule = "genitive"
        if not group:
            group += around.chain(right[0])[1:]
        return right[0]
    near = set(around.keys(position - 3, position + 5))
    if "وذلك" in near or (relative >= 0 and near & ROYAL_PRONOUNS):
        # `أكد A … وذلك في اتصال أجراه سموه`: the sentence's first subject, however many came between.
        first = [place for place in subjects(around.left(position)) if place.entity not in barred]
        return first[0] if first else None
    if governor >= 0:
        between = subjects(around.left(position, governor))
        if between and between[0].entity not in barred:
            return between[0]
        return around.subject(governor, barred) or around.subject(position, barred)
    return around.subject(position, barred)


def _partners_before(
    around: Surroundings, frame: Frame, start: int, subject: Place | None, markers: tuple[str, ...]
) -> list[Place]:
    """Partners between the verb and the trigger: `أجرى A مع B اتصالا`, `تلقى من B اتصالا`."""
    before = [
        place
        for place in governed(around.left(frame.position, start), markers)
        if subject is None or place.entity != subject.entity
    ]
    return [place for place in around.chain(before[-1]) if place.position < frame.position] if before else []


def _take_sides(around: Surroundings, frame: Frame, subject: Place | None, group: list[Place]) -> None:
    """Put the subject, with those coordinated to a dual verb, on one side and the partners on the other."""
    barred = {place.entity for place in group}
    if subject is not None and subject.entity in barred:
        subject = around.subject(frame.position, barred)
    frame.callers = [subject] if subject else []
    frame.called = group
    if frame.pronoun:
        frame.called = around.antecedent(frame.position, {place.entity for place in frame.callers})


def _name_rule(around: Surroundings, frame: Frame, government: str, dual: bool, unknown: str) -> None:
    """Say which rule has read the frame and who called; hand frames without partners on."""
    marker = frame.called[0].marker if frame.called and not frame.pronoun else ""
    if government == "receive" or (marker == "from" and government != "make"):
        frame.rule = "receive" if government == "receive" else "from"
        frame.callers, frame.called = frame.called, frame.callers
        frame.directed = True
        frame.back = frame.definite and not frame.callers and not frame.pronoun
    elif frame.called:
        frame.rule = frame.rule or ("make" if government == "make" else "to" if marker == "to" else "with")
        frame.directed = not dual and (government == "make" or frame.rule == "genitive" or marker == "to")
    elif frame.definite and not dual:
        frame.rule = "definite"
        frame.back = True
    elif frame.several or (frame.rule == "genitive" and not dual):
        frame.directed = True
    elif not unknown:
        read_clause(around, frame)
