"""Kinds of offices: which titles can belong to the same person, and which speak of several people."""

import re
from functools import lru_cache

# Tried in order on the folded title without its article; the first that matches names the kind.
_KINDS = (
    ("counterpart", r"نظير|نظرا|زميل"),
    ("vice", r"(?:.* )?(?:نايبه?|مساعده?|معاون|وكيله?) (?:ال)?(?:رييس|وزير|وزاره|قايد|امين)|نايبه|نايبها|وكيله? وزاره"),
    ("spokesman", r"(?:.* )?(?:ال)?(?:متحدثه?|ناطقه?)\b"),
    ("crown prince", r"(?:.* )?(?:ال)?ولي (?:ال)?عهده?\b"),
    ("premier", r"(?:.* )?(?:ال)?(?:رييسه? (?:ال)?(?:مجلس )?(?:ال)?(?:وزرا|حكوم)|وزيره? (?:ال)?اول\b|مستشاره?$)"),
    ("king", r"(?:.* )?(?:ال)?(?:ملكه?|عاهل|خادم الحرمين|امبراطور|سلطان)\b"),
    ("minister", r"(?:.* )?(?:ال)?وزير(?:ه|ا|ي)?\b"),
    ("secretary", r"(?:.* )?(?:ال)?(?:امينه?|سكرتيره?) (?:ال)?عام"),
    ("envoy", r"(?:.* )?(?:ال)?(?:مبعوثه?|سفيره?|مندوبه?|ممثله?|منسقه?)\b"),
    ("speaker", r"(?:.* )?(?:ال)?رييسه? (?:ال)?(?:مجلس|برلمان|جمعيه|كنيست)"),
    ("commander", r"(?:.* )?(?:ال)?(?:قايد|جنرال|لوا|فريق|مشير|عقيد|عميد|مقدم|عماد)\b|رييس (?:هييه )?(?:ال)?اركان"),
    (
        "president",
        r"(?:.* )?(?:ال)?(?:رييسه?|رييسنا|زعيم)(?: (?:ال)?(?:جمهوريه|دوله|بلاد|دكتور|اخ)| /|$)"
        r"|سيد (?:ال)?(?:كرملين|بيت|اليزيه|بيشتبه)",
    ),
    ("prince", r"(?:.* )?(?:ال)?(?:اميره?|شيخه?)\b"),
    ("head", r"(?:.* )?(?:ال)?رييسه?\b"),
    ("sir", r"(?:ال)?(?:سيده?|دكتوره?|نايب|معالي|سعاده|فخامه|دوله|سمو|مهندس|مستشار|جلاله)\b"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_GROUP = re.compile(
    r"(?:ال)?(?:(?:رييس|زعيم|قايد|امير|وزير|ملك|نظير|مسوول|رجل|جنرال|طرف|جانب|ديبلوماسي|سياسي|عاهل|مبعوث|نايب)"
    r"(?:ان|ين|يه|يها|ي|ا|تان|تين|تي|تيه)|نظرا\w*|روسا\w*|وزرا\w*|قاده|زعما\w*|ملوك|امرا|نواب\w*|رييستا\w*|رييسات)\b"
)
# Kinds that one person may be called by in turn; the honorific kinds go with all.
_ALIKE = frozenset(
    map(
        frozenset,
        (
            {"king", "prince"}, {"crown prince", "prince"}, {"crown prince", "premier"}, {"prince", "premier"},
            {"prince", "president"}, {"prince", "minister"}, {"president", "head"}, {"premier", "head"},
            {"speaker", "head"}, {"president", "commander"}, {"vice", "minister"}, {"head", "commander"},
        ),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def kinds_of(office: str) -> frozenset[str]:
    """The kinds of the titles in an office, which ` / ` separates; of none, the empty set."""
    kinds = set()
    for title in office.split(" / "):
        kinds.update([kind for kind, pattern in _COMPILED if pattern.match(title)][:1] or ([title] if title else []))
    return frozenset(kinds)


@lru_cache(maxsize=4096)
def is_group(office: str) -> bool:
    """Whether the title speaks of several people: `الزعيمان`, `نظرائه`, `وزيري الخارجية`."""
    return bool(_GROUP.match(office))


@lru_cache(maxsize=4096)
def compatible(office: str, other: str) -> bool:
    """Whether one person may hold both offices."""
    ones, twos = kinds_of(office) - {"sir"}, kinds_of(other) - {"sir"}
    if not ones or not twos or "counterpart" in ones | twos:
        return True
    if ones & twos:
        if ones & twos == {"minister"} and len(ones) == len(twos) == 1:
            return _portfolio(office) == _portfolio(other) or not _portfolio(office) or not _portfolio(other)
        return True
    return any(frozenset({one, two}) in _ALIKE for one in ones for two in twos)


def _portfolio(office: str) -> str:
    """`وزير الخارجيه` -> `خارجيه`: the first word behind the minister's."""
    words = office.split(" / ")[0].split()
    return words[1].removeprefix("ال") if len(words) > 1 else ""
