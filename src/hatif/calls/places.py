"""Places: the mentions of a sentence with what governs each, a preposition or nothing, and what coordinates them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hatif.calls.mentions import Mention
from hatif.calls.offices import is_group, kinds_of
from hatif.calls.reading import Item, Row
from hatif.calls.words import KIN, UNTAGGED_TITLE, word_set

# What a preposition makes of the mention behind it.
_PREPOSITIONS = {
    "مع": "with", "بين": "between", "من": "from", "الي": "to", "ب": "to", "علي": "to", "ل": "for", "لدي": "about",
    "عن": "about", "حول": "about", "بشان": "about", "في": "about", "ضد": "about", "عند": "about", "بعد": "about",
    "قبل": "by", "بحضور": "about", "خلال": "about", "منذ": "about", "عقب": "about", "دون": "about",
    "برياسه": "about", "ضمن": "about", "اثر": "about", "مثل": "about", "سوي": "",
}  # fmt: skip
# Nouns that a name directly behind them belongs to: `إدارة ترامب`, `مكتب ميقاتي`.
_OF = word_set(
    "اداره مكتب فريق بيان حكومه جانب زياره لقا استقبال كلام منزل وفاه ذكري انتخاب فوز دعوه رساله برقيه عهد "
    "استشهاد رحيل اغتيال اعتقال مبايعه مقتل قصر ديوان تصريحات تصريح كلمه نظام رياسه دور وساطه سياسه "
    "مبادره خطاب عايله اسره مستشار استقاله تنصيب خطه مقترح اقتراح اعلان قرار وصول عوده مغادره قوات ميليشيا "
    "جماعه حزب تيار انصار بتوجيه توجيهات تحيات تعازي تهاني تغريده حساب صفحه مشاركه حياه نجل زوجه شقيق "
    "والده رغبه استعداد نيه عزم مذكرات كتاب اجتماع مباحثات محادثات قمه غياب حضور مرافقه منصب عام "
    "مقاتلي قيادات رجال عدد بعض كلمات طرد سفر سقوط سحب محاكمه زعامه مقابله ادانه سجن ترشح ترشيح استجواب شهاده اشراف "
    "استدعا توقيع جهود خلافه مهمه تكليف تعيين اقاله عزل احتجاز اطلاق ابعاد"
)
# Words and signs between a preposition and its mention.
_TRANSPARENT = word_set(
    'كل كلا كلتا من اخيه اخيها شقيقه شقيقته ايضا كذلك السيد " « » “ ” # _ ( ) [ ] - – : ـ صديقه العزيز قبل نظيره كلا'
    " التوالي ترتيب صحه سلامه"
)
_PLURAL = re.compile(r"ال\w{3,}ين")
"""What several people are called before their names: `مع المرشحين A وB`."""
_BULLETS = word_set("- • * ● ▪ – — 1 2 3 4 5 6 7 8 9 ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩ -- **")
_RELATIVES = word_set("الذي التي الذين اللذين اللذان اللتين ما مما")
# `ما زال A`, `ما دفع A إلى`: no relative clause, or one whose person goes on as a subject.
_NO_CLAUSE = word_set("زال زالت لبث دفع حمل دعا حدا")
# Words and signs between coordinated mentions.
_LINKS = frozenset({"و", "،", ",", "وايضا", "وكذلك", "ثم", "او", "وكل", "ومع", "ومن", "والي", "وبين", "وب"})


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in a sentence.

    `marker` is `with`, `between`, `from`, `to`, `for`, `by`, `about`, `of` (behind a noun), `aside` (of a relative
    clause, or a spokesman) or empty, as of a subject or object; `own` says that the mention has its preposition itself,
    `linked` that it is coordinated with the one before.
    """

    position: int
    mention: int
    entity: int
    marker: str
    own: bool
    linked: bool
    is_state: bool
    is_group: bool
    office: str = ""
    gender: str = ""

    def agrees(self, gender: str) -> bool:
        """Whether the person can be of this gender; an empty one says nothing."""
        return not self.gender or not gender or self.gender == gender


def places_of(row: Row, mentions: Sequence[Mention], entity_of: Sequence[int], genders: Sequence[str]) -> list[Place]:
    """All mentions of the sentence in order; `genders` are the entities'."""
    places: list[Place] = []
    for position, item in enumerate(row.items):
        if item.mention is None:
            continue
        mention = mentions[item.mention]
        previous = places[-1] if places else None
        marker, own = marker_of(row.items, position, mention.lead)
        linked = previous is not None and _is_linked(row.items, previous, position, mention)
        listed = previous is not None and previous.is_group and _is_listed(row.items, previous.position, position)
        if (linked or listed) and not own and previous is not None:
            marker, linked = previous.marker, True
        if marker == "" and mention.office and "spokesman" in kinds_of(mention.office):
            marker = "aside"
        elided = (
            linked
            and not own
            and mention.is_state
            and mention.lead.startswith("و")
            and previous is not None
            and not previous.is_state
        )
        places.append(
            Place(
                position,
                item.mention,
                entity_of[item.mention],
                marker,
                own,
                linked,
                is_state=mention.is_state and not elided,
                is_group=is_group(mention.office) and not mention.name and not (elided or mention.country),
                office=mention.office,
                gender=genders[entity_of[item.mention]],
            )
        )
    return places


def marker_of(items: Sequence[Item], position: int, lead: str) -> tuple[str, bool]:
    """What governs the mention at a position: its own proclitics `lead`, else the word before it."""
    for letter, marker in (("ب", "to"), ("ل", "for"), ("ك", "about")):
        if letter in lead:
            # `سبق لـ A أن تحدث`: A has spoken before.
            before = items[position - 1].key if position else ""
            return ("", False) if letter == "ل" and before.lstrip("و") == "سبق" else (marker, True)
    if position + 1 < len(items) and items[position + 1].key == ":" and items[0].key in _BULLETS:
        return "about", True
    at = position - 1
    crossed = ""
    while at >= 0 and (title := UNTAGGED_TITLE.fullmatch(items[at].key)):
        if title[1]:
            return ("to" if title[1] == "ب" else "for"), True
        at -= 1
    if 0 < at == position - 1 and _PLURAL.fullmatch(items[at].key) and items[at - 1].key in _PREPOSITIONS:
        at -= 1
    if at >= 0 and (kin := KIN.fullmatch(items[at].key)):
        if kin[1]:
            return ("to" if kin[1] == "ب" else "for"), True
        at -= 1
    while at >= 0 and items[at].mention is None and items[at].trigger is None and items[at].key in _TRANSPARENT:
        if items[at].key == "من" and not (at and items[at - 1].key in ("كل", "كلا", "بكل", "لكل", "وكل")):
            return ("by", True) if crossed == "قبل" else ("from", True)
        if items[at].key == ":":
            return "", False
        crossed = items[at].key
        at -= 1
    if at < 0 or items[at].mention is not None or items[at].trigger is not None:
        return "", False
    key = items[at].key
    for form in (key, key.removeprefix("و"), key.removeprefix("ف")):
        if form in _PREPOSITIONS:
            return _PREPOSITIONS[form], True
        if form in ("بكل", "باخيه"):
            return "to", True
        if form == "لكل":
            return "for", True
        if form == "من":
            return "from", True
        if at and items[at - 1].key in _RELATIVES and form not in _NO_CLAUSE:
            return "aside", True
        if at == position - 1 and form.removeprefix("ب").removeprefix("ل") in _OF:
            return "of", True
    return "", False


def _is_linked(items: Sequence[Item], previous: Place, position: int, mention: Mention) -> bool:
    """Whether the mention is coordinated with the one before: by و, or in a list by a comma."""
    between = items[previous.position + 1 : position]
    if any(item.mention is not None or item.trigger is not None for item in between):
        return False
    keys = [item.key for item in between]
    joined = mention.lead.startswith("و") or any(key in _LINKS or key.startswith("و") for key in keys)
    if not joined:
        return False
    strange = [
        key
        for key in keys
        if key not in _LINKS and key not in _TRANSPARENT and key.removeprefix("و") not in _PREPOSITIONS
    ]
    return len(strange) <= 1 if mention.lead.startswith("و") else not strange


def _is_listed(items: Sequence[Item], group: int, position: int) -> bool:
    """Whether a list of names explains a group: `نظرائه: التركي A والمصري B`, `نظرائه، وهم A وB`."""
    between = [item.key for item in items[group + 1 : position]]
    return bool(between) and len(between) <= 3 and not {":", "هم", "وهم"}.isdisjoint(between)


def chain(places: Sequence[Place], first: int) -> list[Place]:
    """The place at `first` and those coordinated with it."""
    found = [places[first]]
    while first + len(found) < len(places) and places[first + len(found)].linked:
        found.append(places[first + len(found)])
    return found


def is_person(place: Place) -> bool:
    """Whether the place names somebody who can hold a call."""
    return not place.is_state and not place.is_group
