"""Which neighbouring spans name the same person: `الرئيس` + `الروسي` + `فلاديمير بوتين`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hatif.arabic.countries import country_of, folded, plain
from hatif.domain import Label, Span

# What may stand between the parts of one mention: white space, hashtag signs, brackets, a comma, and remarks such as
# `السابق` (former), `المنتهية ولايته` (outgoing), `حفظه الله` (God keep him), `في` (in, before a state).
_SIGNS = r"[\s_#\"«»()\[\]“”’'،,–\-]"
_REMARK = (
    r"(?:ال)?(?:سابق|اسبق|راحل|منتخب|حالي|جديد|مكلف|مقال|موقت|انتقالي|منتهيه|معظم|مفدي|شقيق|صديق|مستقيل|مخلوع|معزول"
    r"|متقاعد|محافظ|شهيد|منهزم|مقبل|ديمقراطي|جمهوري|اول|ثاني|ثالث|موسس)(?:ه|ين|ون)?"
    r"|المعاد|انتخابه|حديثا|انذاك|حينها|حينيذ|ولايته|ولايتها|حفظه|حفظها|الله|ورعاه|رعاه|يحفظه|وفقه|بالانابه|بالوكاله|رحمه|ايده|الامين|الدوري"
)
_REMARKS = re.compile(rf"(?:{_REMARK})(?: (?:{_REMARK}))*")
_PLACE_WORDS = frozenset({"في", "لدي", "ب", "ل", "الي"})
_FIELD = re.compile(r"ل(?:شوون|شيون|قضايا) \w+(?: \w+){0,3}")
"""`لشؤون الشرق الأدنى`: what an assistant secretary or an envoy is in charge of."""


@dataclass(frozen=True, slots=True)
class Part:
    """A span with its words read: `lead` its proclitics, `form` the rest."""

    span: Span
    lead: str
    form: str


def groups(text: str, parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts in order, those that name one person, office holder or state together."""
    group: list[Part] = []
    for position, part in enumerate(parts):
        if group and not _continues(text, group, parts, position):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _continues(text: str, group: Sequence[Part], parts: Sequence[Part], position: int) -> bool:
    """Whether the part at `position` names the same person as the group before it."""
    part = parts[position]
    label, last = part.span.label, group[-1].span
    gap = text[last.end : part.span.start]
    kind = "near" if gap.strip() == "." and last.end - last.start == 1 else _gap_kind(gap)  # `د. بدر`
    if kind == "far" or (kind == "place" and label is not Label.COUNTRY):
        return False
    kind = "near" if kind == "place" else kind
    labels = [member.span.label for member in group]
    named, titled = Label.LEADER in labels, Label.TITLE in labels
    if label is Label.COUNTRY:
        # `المبعوث الأميركي إلى سوريا توم باراك`: a state behind the state.
        behind_state = titled and not named and last.label is Label.COUNTRY and bool(gap.strip())
        return not part.lead.startswith("و") and kind == "near" and (last.label is Label.TITLE or behind_state)
    if part.lead and not (label is Label.TITLE and part.lead == "و" and _second_office(text, group, parts, position)):
        return False
    if label is Label.LEADER:
        if named:
            return False
        return titled or (last.label is Label.COUNTRY and kind == "near" and len(gap) <= 2)
    if named:
        return _is_apposition(group, kind, parts, position) and _no_name_follows(text, parts, position)
    return titled and (kind != "comma" or not _no_name_follows(text, parts, position))


def _is_apposition(group: Sequence[Part], kind: str, parts: Sequence[Part], position: int) -> bool:
    """Whether a title behind the group's name can be that person's.

    It is somebody else's behind a bare surname (`أبلغ بوتين الرئيس الفرنسي`, Putin told the French president), as one
    word with the article (`هاتف المستشار شرودر الملك`, phoned the king), and with another state than the group's.
    """
    labels = [member.span.label for member in group]
    if labels[-1] is Label.COUNTRY:
        return labels[-2:] == [Label.TITLE, Label.COUNTRY]
    if kind == "comma":
        return True
    form = parts[position].form
    if form.startswith("ال") and " " not in form:
        return False
    follower = parts[position + 1] if position + 1 < len(parts) else None
    if follower and follower.span.label is Label.COUNTRY and follower.span.start - parts[position].span.end <= 1:
        own = [country_of(member.form) for member in group if member.span.label is Label.COUNTRY]
        if own and own[0] != country_of(follower.form):
            return False
    name = next(member for member in group if member.span.label is Label.LEADER)
    return labels[0] is not Label.LEADER or " " in name.form


def _second_office(text: str, group: Sequence[Part], parts: Sequence[Part], position: int) -> bool:
    """Whether a title joined by و is a second office of one person.

    It is behind a name, `صباح الخالد نائب رئيس مجلس الوزراء ووزير الخارجية`, and between a deputy's office and the
    name that follows, `نائب رئيس الوزراء ووزير الخارجية أيمن الصفدي`.
    """
    labels = [member.span.label for member in group]
    if labels[-1] is Label.TITLE and Label.LEADER not in labels and group[-1].form.startswith("نائب "):
        return parts[position].form.startswith("وزير ") and not _no_name_follows(text, parts, position)
    return (
        labels[-1] is Label.TITLE
        and Label.LEADER in labels
        and labels.index(Label.LEADER) < len(labels) - 1
        and _no_name_follows(text, parts, position)
        and not (
            position + 1 < len(parts)
            and parts[position + 1].span.label is Label.COUNTRY
            and not parts[position + 1].lead
            and _gap_kind(text[parts[position].span.end : parts[position + 1].span.start]) == "near"
        )
    )


def _no_name_follows(text: str, parts: Sequence[Part], position: int) -> bool:
    """Whether the title at `position` leads to no name of its own."""
    for here, there in zip(parts[position:], parts[position + 1 : position + 5], strict=False):
        if there.lead[:1] in ("و", "ب", "ل") and there.lead and there.span.label is not Label.COUNTRY:
            return True
        kind = _gap_kind(text[here.span.end : there.span.start])
        if kind == "far" or (kind == "comma" and there.span.label is Label.COUNTRY):
            return True
        if there.span.label is Label.LEADER:
            return False
    return True


@lru_cache(maxsize=4096)
def _gap_kind(gap: str) -> str:
    """`near` for signs and remarks alone, `comma` with a comma among them, `place` for `في`, `far` for all else."""
    if len(gap) > 60 or "\n" in gap:
        return "far"
    comma = "،" in gap or "," in gap
    bare = plain(re.sub(_SIGNS, " ", gap))
    words = folded(bare)
    if words and " " not in words and country_of(bare):
        # A nationality that the tagger has missed: `بالرئيس المصري عبد الفتاح السيسي`.
        return "near"
    if words in _PLACE_WORDS and not comma:
        return "place"
    return ("comma" if comma else "near") if not bare or _REMARKS.fullmatch(words) or _FIELD.fullmatch(words) else "far"
