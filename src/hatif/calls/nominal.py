"""Triggers that are nouns: `أجرى A اتصالا ب B`, `تلقى A مكالمة من B`, `اتصال بين A وB`, `خلال اتصال هاتفي مع B`."""

from hatif.calls import gender
from hatif.calls.clause import read_clause, read_several
from hatif.calls.frame import Frame
from hatif.calls.governing import Verbs, verbs_around
from hatif.calls.partners import listed, partners, unknown_partner
from hatif.calls.places import Place
from hatif.calls.shapes import (
    read_among,
    read_between,
    read_delivery,
    read_gathered,
    read_list,
    read_phoning,
    read_summit,
)
from hatif.calls.surroundings import FAR, Surroundings, governed, subjects
from hatif.calls.words import ROYAL_PRONOUNS, is_arriving, is_mutual_verb, is_phoning, is_round, is_talks

_NEAR = 7
"""Items between a trigger that points back and a preposition of its own, which it mostly lacks."""


def read_noun(around: Surroundings, frame: Frame) -> None:
    """Fill in the frame of a call noun from the verb of calling that governs it and the prepositions behind it."""
    verbs = verbs_around(around, frame)
    if verbs.government == "receive" and read_delivery(around, frame):
        return
    if is_phoning(around.items[frame.position].key) and read_phoning(around, frame):
        return
    pointing = frame.definite and not verbs.government and not verbs.relation
    senders_far = 25 if verbs.government == "receive" else 12
    group = partners(around, frame.position, _NEAR if pointing else FAR, senders_far) or listed(around, frame)
    if read_between(around, frame, group) or _read_many(around, frame, verbs, group):
        return
    unknown = unknown_partner(around, frame.position)
    if unknown == "outsider" and not (group and (verbs.covers or group[0].position <= frame.position + 3)):
        frame.outsider = True
        return
    if unknown == "crowd" and not (group and group[0].position <= frame.position + 4):
        group = []
    _take_sides(around, frame, verbs, group)
    mutual = any(is_mutual_verb(around.items[at].key) for at in (verbs.governor, verbs.relative) if at >= 0)
    # One meeting of many has a host, and a round of calls is one person's.
    mutual = mutual and not is_round(around.items[frame.position].key) and not (frame.joint and len(frame.called) > 1)
    _name_rule(around, frame, verbs, mutual, unknown)


def _read_many(around: Surroundings, frame: Frame, verbs: Verbs, group: list[Place]) -> bool:
    """Read a list or a meeting of many; whether it is one."""
    if read_gathered(around, frame, verbs.relative):
        return True
    if verbs.relation == "cover" and read_among(around, frame, verbs.relative):
        return True
    listing = verbs.covers and (not group or frame.several or frame.joint)
    if listing and read_list(around, frame, group, verbs.relative if verbs.relation == "cover" else frame.position):
        return True
    return frame.joint and not (group and group[0].marker == "with") and read_summit(around, frame)


def _subject(around: Surroundings, frame: Frame, verbs: Verbs, group: list[Place]) -> Place | None:
    """Who holds the call: behind the verb of calling, as a genitive (`اتصال بوتين`), else before.

    People coordinated with a genitive become partners where there are none: `مكالمة أوباما وروحاني`.
    """
    position = frame.position
    barred = {place.entity for place in group}
    right = [place for place in governed(around.right(position), ("", "for")) if place.entity not in barred]
    if verbs.behind >= 0:
        behind = [place for place in around.actors(verbs.behind, 6) if place.entity not in barred]
        if behind:
            return behind[0]
    elif right and right[0].position == position + 1 and not around.items[position].key.lstrip("وف").startswith("ال"):
        frame.rule = "genitive"
        if not group:
            group += around.chain(right[0])[1:]
            frame.mutual = bool(group)
        return right[0]
    near = set(around.keys(position - 3, position + 5))
    if "وذلك" in near or (verbs.behind >= 0 and near & ROYAL_PRONOUNS):
        # `أكد A … وذلك في اتصال أجراه سموه`: the sentence's first subject, however many came between.
        first = [place for place in subjects(around.left(position)) if place.entity not in barred]
        return first[0] if first else None
    if verbs.governor >= 0:
        return _subject_of(around, position, verbs.governor, barred)
    sex = gender.of_verb(around.items[verbs.behind].key) if verbs.behind >= 0 else ""
    return around.subject(position, barred, sex) or _fronted_subject(around, position, group, barred, sex)


def _subject_of(around: Surroundings, position: int, verb: int, barred: set[int]) -> Place | None:
    """Whose verb of calling it is: between the verb and the trigger, else before the verb."""
    head = around.head(verb)
    if head and head.entity not in barred:
        return head
    between = subjects(around.left(position, verb))
    if between and between[0].entity not in barred:
        return between[0]
    key = around.items[verb].key
    sex = gender.of_pronoun(key) if is_arriving(key) else gender.of_verb(key)
    return around.subject(verb, barred, sex) or around.subject(position, barred, sex)


def _fronted_subject(
    around: Surroundings, position: int, group: list[Place], barred: set[int], sex: str
) -> Place | None:
    """`وفي اتصال مع B، أكد A …`: the trigger opens the sentence, and its subject follows the verb behind it."""
    if not group:
        return None
    behind = (place for place in subjects(around.right(position)) if place.entity not in barred and place.agrees(sex))
    return next(behind, None)


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


def _take_sides(around: Surroundings, frame: Frame, verbs: Verbs, group: list[Place]) -> None:
    """Put the subject on one side and the partners on the other.

    Those coordinated with the subject are on its side in a joint call, and where each had a call with the one partner.
    """
    makes = verbs.government == "make"
    subject = _subject(around, frame, verbs, group)
    frame.pronoun = not group and around.has_pronoun(frame.position, verbs.governor if makes else -1)
    if not group and verbs.government and not frame.pronoun:
        markers = ("with",) if verbs.behind >= 0 else ("with", "to", "from")
        group = _partners_before(around, frame, verbs.governor if makes else -1, subject, markers)
    barred = {place.entity for place in group}
    if subject is not None and subject.entity in barred:
        subject = around.subject(frame.position, barred)
    frame.callers = [subject] if subject else []
    if subject is not None and (frame.joint or (frame.several and len(group) == 1)):
        frame.callers = [place for place in around.chain(subject) if place.entity not in barred]
    frame.called = group
    if frame.pronoun:
        known = {place.entity for place in frame.callers}
        frame.called = around.antecedent(frame.position, known, around.pronoun_gender(frame.position))


def _name_rule(around: Surroundings, frame: Frame, verbs: Verbs, mutual: bool, unknown: str) -> None:
    """Say which rule has read the frame and who called; hand frames without partners on."""
    government = verbs.government
    marker = frame.called[0].marker if frame.called and not frame.pronoun else ""
    if government == "receive" or (marker == "from" and government != "make"):
        frame.rule = "receive" if government == "receive" else "from"
        frame.callers, frame.called = frame.called, frame.callers
        frame.directed = True
        frame.back = frame.definite and not frame.callers and not frame.pronoun and not frame.several
    elif frame.called:
        frame.joint = frame.joint or (marker == "with" and _is_one_call(around, frame))
        frame.rule = frame.rule or ("make" if government == "make" else "to" if marker == "to" else "with")
        frame.directed = not mutual and (
            government == "make" or (frame.rule == "genitive" and not frame.mutual) or marker == "to"
        )
    elif frame.definite and not mutual and not (frame.several and government == "make"):
        frame.rule = "definite"
        frame.back = True
        # `A هو الذي بادر إلى الاتصال`
        frame.initiative = frame.initiative or (next(iter(frame.callers), None) if government == "make" else None)
    elif frame.several and frame.rule != "genitive" and not unknown and read_several(around, frame):
        frame.directed = government == "make" and not mutual
    elif frame.several or (frame.rule == "genitive" and not mutual):
        frame.directed = government == "make" or frame.rule == "genitive"
    elif not unknown:
        read_clause(around, frame)
        # `أعرب A ل B عن …، وذلك في اتصال أجراه`
        frame.directed = verbs.behind >= 0 and not mutual


def _is_one_call(around: Surroundings, frame: Frame) -> bool:
    """`مكالمة مع B وC`: one noun and one preposition for several partners."""
    single = not frame.several and not is_talks(around.items[frame.position].key)
    return single and len(frame.called) > 1 and not any(place.own or not place.linked for place in frame.called[1:])
