"""Call nouns whose parties stand in a shape of their own: `اتصال بين A وB`, `اتصالات شملت A وB`, `قمة عبر الفيديو`."""

import re

from hatif.calls.frame import Frame
from hatif.calls.offices import compatible, kinds_of
from hatif.calls.places import Place, chain, is_person
from hatif.calls.surroundings import FAR, Surroundings, governed, subjects
from hatif.calls.words import BOTH

_GATHERED = re.compile(r"[وف]*(?:قد)?[يت]?جمعت?")


def read_between(around: Surroundings, frame: Frame, group: list[Place]) -> bool:
    """`اتصال بين A وB`, `مكالمة بينهما`, `بين الزعيمين`; whether the trigger has such parties."""
    position = frame.position
    for place in around.right(position, 25):
        if place.marker == "between":
            if place.position - position > (4 if place.is_state else 14):
                return False
            if group and group[0].position < place.position:
                return False
            if place.is_group:
                frame.office = place.office if kinds_of(place.office) == {"minister"} else ""
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
    """`بينهما`: the last two people whom the sentence has named before, else those of the last call."""
    frame.rule = "both"
    people = governed(around.left(frame.position), ("", "with", "to", "from", "for", "by", "between"))
    distinct = list({place.entity: place for place in people if compatible(place.office, frame.office)}.values())
    if len(distinct) >= 2 and not frame.definite:
        frame.callers, frame.called = distinct[-2:-1], distinct[-1:]
    else:
        frame.back = frame.two = True


def read_list(around: Surroundings, frame: Frame, group: list[Place], verb: int) -> bool:
    """`أجرى A اتصالات شملت B وC`, `مكالمة جمعت A وB`; whether a list follows the verb."""
    listed = governed(around.right(verb, 9), ("", "with", "to"))
    if not listed:
        return False
    called = around.chain(listed[0])
    if group and group[0].marker in ("to", "with") and group[0] not in called and not frame.several:
        called += group
    subject = around.subject(frame.position, {place.entity for place in called})
    frame.rule = "list"
    # `مكالمة أجراها A وشارك فيها B وC`
    frame.joint = frame.joint or (not frame.several and subject is not None and len(called) > 1)
    frame.directed = frame.several and not frame.joint
    frame.callers, frame.called = ([subject] if subject else []), called
    if subject is None and len(called) > 1 and not frame.several:
        frame.callers, frame.called = called[:1], called[1:]
    return True


def read_gathered(around: Surroundings, frame: Frame, verb: int) -> bool:
    """`المكالمة التي جمعت A بـ B وC`: whether the verb behind the trigger says whom the call has brought together."""
    if verb < 0 or not _GATHERED.fullmatch(around.items[verb].key):
        return False
    people = [place for place in around.right(verb, 9) if is_person(place)]
    if len(people) < 2 or people[0].position != verb + 1 or people[1].position > verb + 3:
        return False
    if people[1].marker not in ("to", "with"):
        return False
    frame.take_all([people[0], *around.chain(people[1])], "list")
    return True


def read_among(around: Surroundings, frame: Frame, verb: int) -> bool:
    """`قمة هاتفية تضمه وB وC`, `مكالمة تجمعهما بـ C`: a list beside a pronoun for people named before."""
    key = around.items[verb].key
    listed = governed(around.right(verb, 9), ("", "with", "to", "aside"))
    before = governed(around.left(frame.position), ("", "with", "to", "for"))
    people = list({place.entity: place for place in before}.values())
    if listed and key.endswith("هما") and len(people) > 1:
        people = people[-2:]
    elif listed and key.endswith(("ه", "ها")) and listed[0].marker in ("", "aside"):
        people = people[:1]
    else:
        return False
    frame.rule, frame.joint = "list", True
    frame.callers, frame.called = people, around.chain(listed[0])
    return True


def read_summit(around: Surroundings, frame: Frame) -> bool:
    """`قمة عبر الفيديو`: all who speak, chair or take part in the sentence; whether there are three or more."""
    people = [
        place
        for place in around.left(frame.position) + around.right(frame.position, 3 * FAR)
        if is_person(place) and (place.marker in ("", "with") or _takes_part(around, place))
    ]
    distinct = list({place.entity: place for place in people}.values())
    if len(distinct) < 3:
        return False
    frame.take_all(distinct, "summit")
    return True


def read_delivery(around: Surroundings, frame: Frame) -> bool:
    """`اتصال ورد إلى A من B`; whether both prepositions follow."""
    behind = around.right(frame.position, 25)
    called, callers = governed(behind, ("to",))[:1], governed(behind, ("from",))[:1]
    if not called or not callers or callers[0].position < called[0].position:
        return False
    frame.callers, frame.called = around.chain(callers[0]), called
    frame.rule, frame.directed = "receive", True
    return True


def read_phoning(around: Surroundings, frame: Frame) -> bool:
    """`بادر A إلى مهاتفة B`; whether the noun governs whom it phones."""
    behind = subjects(around.right(frame.position, 2))
    if not behind:
        return False
    frame.rule, frame.directed = "phone", True
    frame.called = around.chain(behind[0])
    subject = around.subject(frame.position, {place.entity for place in frame.called})
    frame.callers = [subject] if subject else []
    return True


def _takes_part(around: Surroundings, place: Place) -> bool:
    """Whether `بمشاركة` or `برئاسة` stands before the person or before the list with it."""
    while place.linked and around.index_at[place.position]:
        place = around.places[around.index_at[place.position] - 1]
    keys = around.keys(place.position - 3, place.position)
    return not {"بمشاركه", "برياسه", "جانب", "تراسها"}.isdisjoint(keys)
