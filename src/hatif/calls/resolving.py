"""Parties read again in the light of all the document's records: offices without a name, names without a state."""

from collections.abc import Sequence

from hatif.calls.drafts import Draft
from hatif.calls.entities import Entity
from hatif.calls.offices import compatible, kinds_of
from hatif.calls.places import Place


def fold_unnamed(drafts: Sequence[Draft], entities: Sequence[Entity]) -> list[Draft]:
    """Merge a record into another of the same people, where one names whom the other calls by office.

    A headline says `رئيس الدولة يهاتف رئيسة ناميبيا`, the article then gives both names. What a headline alone tells
    of somebody whose calls the article goes on to tell is one of these.
    """
    kept: list[Draft] = []
    by_size: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_size.setdefault(len(draft.parties), []).append(draft)
    for draft in drafts:
        if all(entities[entity].name for entity in draft.parties) and not draft.only_headline:
            kept.append(draft)
            continue
        # Reports of one call stand near each other; the bound keeps long documents cheap.
        peers = by_size[len(draft.parties)]
        at = peers.index(draft)
        other = next((one for one in peers[max(0, at - 20) : at + 20] if _names(one, draft, entities)), None)
        if other is None:
            kept.append(draft)
        else:
            other.absorb(draft)
            peers.remove(draft)
    return kept


def tell_states(drafts: Sequence[Draft], entities: Sequence[Entity], placed: Sequence[Sequence[Place]]) -> None:
    """Give a named party without a state the one of an office beside it that is nobody else's.

    `أجرى بوتين اتصالا بالرئيس السيسي … أطلع الرئيس المصري`: the Egyptian president is no other than Sisi.
    """
    parties = {entity for draft in drafts for entity in draft.parties}
    for draft in drafts:
        for entity in draft.parties:
            person = entities[entity]
            if person.country is None and person.name and person.office:
                taken = {entities[one].country for one in draft.parties}
                beside = (place.entity for reading in draft.readings for place in placed[reading.frame.row])
                person.country = next(
                    (
                        entities[one].country
                        for one in beside
                        if one not in parties
                        and not entities[one].name
                        and entities[one].country not in taken
                        and kinds_of(entities[one].office) & kinds_of(person.office)
                    ),
                    None,
                )


def tell_roles(drafts: Sequence[Draft], entities: Sequence[Entity]) -> None:
    """Give the parties of a call of which no verb says who called the roles that the initiative for it implies."""
    for draft in drafts:
        who = next((reading.frame.initiative.entity for reading in draft.readings if reading.frame.initiative), None)
        if who is not None and not draft.roles:
            callers = [one for one in draft.parties if one == who] or _of_state(entities[who], draft, entities)
            if len(callers) == 1:
                draft.direct(callers)


def _of_state(who: Entity, draft: Draft, entities: Sequence[Entity]) -> list[int]:
    """`بمبادرة من الجانب التركي`: the parties that are Turkish, else those that may be."""
    if who.name or not who.country:
        return []
    states = {one: entities[one].country for one in draft.parties}
    return [one for one in states if states[one] == who.country] or [one for one in states if not states[one]]


def _names(other: Draft, draft: Draft, entities: Sequence[Entity]) -> bool:
    """Whether the other tells the draft's call: each party that it lacks can be one that it has instead."""
    if other is draft:
        return False
    if _heads(draft, other):
        return True
    left = [entity for entity in draft.parties if entity not in other.parties]
    right = [entity for entity in other.parties if entity not in draft.parties]
    for entity in left:
        match = next((one for one in right if _holds(entities[one], entities[entity], alone=len(left) == 1)), None)
        if match is None:
            return False
        right.remove(match)
    return True


def _heads(draft: Draft, other: Draft) -> bool:
    """Whether the draft is the headline of the other's call, in short and perhaps misread: one party is the same."""
    return draft.only_headline and not other.only_headline and bool(draft.parties.keys() & other.parties.keys())


def _holds(person: Entity, office: Entity, alone: bool) -> bool:
    """Whether the person can be meant by the unnamed office; `alone` says that the other party is the same anyway."""
    if office.name or (person.country and office.country and person.country != office.country):
        return False
    if not compatible(person.office, office.office):
        return False
    kinds = kinds_of(office.office)
    same_state = office.country is not None and office.country == person.country
    return same_state or bool(kinds & kinds_of(person.office)) or (alone and "counterpart" in kinds)
