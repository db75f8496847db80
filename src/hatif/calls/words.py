"""The verbs, prepositions and nouns that tell the sides of a call apart, in folded spelling (`أجرى` is `اجري`)."""

import re
from collections.abc import Collection
from functools import lru_cache


def word_set(words: str) -> frozenset[str]:
    """The words of a string as a set."""
    return frozenset(words.split())


_SUFFIX = r"(?:ه|ها|هما|هم|هن|ني|نا)?"
_MAKE = re.compile(
    rf"[وفل]*(?:قد)?[سبل]?(?:(?:اجر[يا]|اجرت|يجري|تجري|نجري|اجريا|اجرتا|اجروا|اجريت|اجرينا|يجريان|يجريا|اجرا|الاجرا"
    rf"|اجراي|اجراو|عقد|عقدت|يعقد|تعقد|عقدا|عقدتا|بادر|بادرت|يبادر|انهي|انهيت|انهت|كرر|اوصل|يعاود|عاود|عاودت|استهل|افتتح"
    rf"|اختتم|ختم|ختمت|واصل|كثف|ابتدا|بدا|بدات){_SUFFIX})"
)
_RECEIVE = re.compile(
    rf"[وفل]*(?:قد)?[سبل]?(?:(?:تلق[يا]|تلقت|تلق|يتلق|يتلقي|تتلقي|تلقيا|تلقيت|تلقينا|يتلقيان|تلقوا|التلقي|يتلقا"
    rf"|ورد|وردت|ورود|وصل|وصلت|وصول|استقبلت?|تسلم|قبول|يقبل|اقبل){_SUFFIX}|جات?(?:ه|ها|هم|هما|ني|نا))"
)
_PASS = re.compile(
    rf"[وفل]*(?:قد)?[سبل]?(?:(?:جر[يت]|جرتا|جريا|تجري|دار|دارت|تدور|دارا|تم|تمت|يتم|جمع|جمعت|يجمع|تجمع|تضم|ضم|ضمت|يضم|ربط"
    rf"|كان|كانت|حدث|حصل|حصلت|وقع){_SUFFIX})"
)
_COVER = re.compile(
    r"[وف]*(?:شمل|شملت|تشمل|يشمل|طالت|تضم|ضم|ضمت|يضم|ابرزها|بينها|بينهم|منهم|ابرزهم|اولهم|اولها|وهم|هم|هما|جمع|جمعت|تجمع|يجمع)(?:ه|ها|هما|هم)?"
)
_CROWD = re.compile(
    r"(?:[بلو]|ال)*(?:ملوك|زعما|قاده|عدد|روسا\w*|نظرا\w*|مسوولين|وزرا|اعضا|جيران\w*|قيادات|نواب|سفرا|شخصيات|اطراف"
    r"|طرفي|اهالي|انصار\w*|رجال|ضباط|سكان|بعثه|رييس|لاعبي|امه|ابنه|والد)"
)
KIN = re.compile(r"(ب|ل)?(?:اخ|اخو|شقيق|اشقا|اخوان|والد|نجل|صديق|زميل|حليف|ضيف|خصم|غريم)[يهاتمو]{0,5}")
# A title that the tagger has missed, with what it may have missed behind it: `بالرئيس المصري`.
UNTAGGED_TITLE = re.compile(
    r"و?([بل])?(?:ا?ل)?(?:رييسه?|وزيره?|ملك|امير|عاهل|سلطان|شيخ|مستشاره?|زعيم|قايد|نظير(?:ه|ها|ته|تها)|جنرال|سمو|جلاله|فخامه"
    r"|معالي|سفير|مبعوث|دكتور|سيده?)"
)
_PHONE = re.compile(rf"[وفل]*(?:قد)?[سل]?(?:هاتف|هاتفت|يهاتف|تهاتف|هاتفا|اهاتف|هاتفوا|كلم|كلمت|يكلم){_SUFFIX}")
_PHONING = re.compile(r"[وف]?[بلك]?مهاتف(?:ه|ته|تها)")
_RING = re.compile(r"[وفل]*(?:قد)?[سل]?(?:اتصل|اتصلت|يتصل|تتصل|اتصلا|اتصلوا|يتصلوا|نتصل)(?: .*)?")
_ADVERB = re.compile(
    r"و?(?:هاتفيا\w*|تليفونيا|تلفونيا|مرييا|افتراضيا|ب(?:ال)?(?:هاتف|تليفون|تلفون|فيديو)"
    r"|(?:عبر|علي|من خلال|عن طريق|في) .*)"
)
_PLURAL = re.compile(r"[وفبلك]*(?:ال|ل)?(?:اتصالات|مكالمات|تهاني|مهاتفات|مكالمات)\w*(?: .*)?|.*محادثات هاتفيه.*")
_TALKS = re.compile(r"[وفبلك]*(?:ال|ل)?(?:محادثات|مباحثات|مشاورات)(?: .*)?")
_DUAL = re.compile(r"[وفبلك]*(?:ال|ل)?(?:اتصال|مكالمت|محادثت|مداخلت)(?:ان|ين|ي)(?: .*)?")
_JOINT = re.compile(r".*(?:قمه|موتمر|اجتماع|جماعي|مشترك|ثلاثي|رباعي|خماسي|لقا|حلقه|ندوه)")
_DEFINITE = re.compile(
    r"[وفبك]?(?:ال|لل)\w+.*|[وفبكل]*(?:اتصالات|اتصال|اتصالي|مكالمات|مكالمت|محادثات|محادثت|مشاورات|مباحثات|مداخلت"
    r"|حديث|مهاتفت|حوار|تواصل)(?:ه|ها|هم)(?: .*)?"
)
_OUTSIDERS = re.compile(
    r"(?:[وبكل]|ال)*(?:وكاله|قناه|صحيفه|برنامج|اذاعه|تلفزيون|تليفزيون|راديو|مراسل\w*|صحفي\w*|صحافي\w*|اعلامي\w*|مذيع\w*"
    r"|موقع|جريده|مجله|شبكه|زوجه|زوجته\w*|والده|والدته|عايله|اسره|ابن|ابنه|اهل|اهالي|ذوي|مواطن\w*|لاعب\w*|شاب|طفل\w*|امهات"
    r"|فضاييه|مقدم|مدرب|رييس نادي|فنان\w*|ضحايا|مصاب\w*|نجل|قنوات|صحف|اسر|عايلات|مستمع\w*|متابع\w*)"
)


LETTERS = word_set("برقيه رساله")
"""What one receives beside calls: `تلقى برقية من C`."""
TOPIC_OPENERS = word_set(
    "بحثا بحثت تناول تناولا تناولت ناقشا ناقش خلاله خلالها فيه فيها حول بشان لبحث لمناقشه بحث تناولته"
)
"""Words behind a trigger with which the topic of the call begins."""
PRONOUN_PARTNERS = word_set("معه به معها بها منه منها اليه اليها معهما بهما معهم بهم بي معي مني")
REQUESTS = word_set("طلب طلبت يطلب تطلب عرض عرضت")
RELATIVES_OF = word_set("والد والده ذوو ذوي اسره عايله شقيق شقيقه ارمله زوجه زوج")
"""Kinsmen of somebody, who speak for themselves: `قال والد الشهيد إن A هاتفه`."""
BOTH = word_set("بينهما بينهم الرجلين القايدين")
"""Words for two parties at once."""
BOTH_DID = word_set("الرجلان الرجلين الجانبان الجانبين الطرفان الطرفين الاثنان القايدان")
"""Nouns for two parties at once as the subject of a call: `تحدث الرجلان عبر الهاتف`."""
EXCHANGED = word_set("تبادل تبادلت تبادلا تبادلوا يتبادل يتبادلان وتبادل وتبادلا")
"""Verbs with which the subjects' calls are each other's: `تبادل A وB المكالمات`."""
ROYAL_PRONOUNS = word_set("جلالته سموه معاليه سيادته فخامته دولته سعادته")
"""`His Majesty` and the like, which stand for the sentence's first subject."""
ORDINALS = word_set(
    "والثانيه والثاني والثالثه والثالث وثانيها وثانيتها وثالثها وثانيهما وثانيتهما واخرها والاخري والاخيره والاخر اخري"
    " واخري وثانيا وثالثا ورابعا وثانيه وثالثه واخر ومماثلا وثان ومثله ومثلها"
)
"""Words with which an enumeration of calls goes on: `والثانية`, `وآخر`."""
_OTHER = word_set("اخر اخري ثان ثانيه ثانيا سابق سابقه ثالث ثالثه رابع رابعا السابقه")
_TOLD = re.compile(
    r"[وفل]*(?:هنا|هنات|ابلغ|ابلغت|عزا|عزت|نصح|طمان|طمانت|كلم|كلمت|حادث|حادثت|شكر|شكرت|اطلع|وعد|ودع|سال|سالت)(?:ه|ها)"
)
_ARRIVING = re.compile(r"[وف]?(?:جات?|وردت?|وصلت?)(?:ه|ها|هم|هما|ني|نا)")
_MUTUAL = re.compile(r"[وفس]*(?:قد)?(?:[يتن]?عقد[تا]?|[يت]?جمعت?|[يت]?نهي|انهي|انهت|انهيا)(?:ه|ها|هما)?")
_DUAL_VERBS = word_set("اجريا اجرياه اجرياها اجرتا اجرتاها عقداه عقدا عقداها اجروها اجروه")


@lru_cache(maxsize=16_384)
def verb_class(key: str) -> str:
    """`make` (held a call), `receive`, `pass` (took place), `cover` (included) or an empty string."""
    for name, pattern in (("cover", _COVER), ("make", _MAKE), ("receive", _RECEIVE), ("pass", _PASS)):
        if pattern.fullmatch(key):
            return name
    return ""


@lru_cache(maxsize=16_384)
def trigger_class(key: str) -> str:
    """What a trigger is: `phone` (`هاتف A B`), `ring` (`اتصل A ب B`), `adverb` (`هاتفيا`), else `noun`."""
    for name, pattern in (("phone", _PHONE), ("ring", _RING), ("adverb", _ADVERB)):
        if pattern.fullmatch(key):
            return name
    return "noun"


def is_several(key: str) -> bool:
    """Whether the trigger names several calls: a plural or a dual."""
    return bool(_PLURAL.fullmatch(key) or _DUAL.fullmatch(key))


def is_talks(key: str) -> bool:
    """Whether the trigger names talks, which are one call or several: `مباحثات هاتفية`."""
    return bool(_TALKS.fullmatch(key))


def is_round(key: str) -> bool:
    """Whether the trigger names three calls or more: a plural."""
    return bool(_PLURAL.fullmatch(key))


def is_told(key: str) -> bool:
    """Whether the verb says something to whom its pronoun means: `هنأه`, `أبلغها`, `حادثه`."""
    return bool(_TOLD.fullmatch(key))


def is_arriving(key: str) -> bool:
    """Whether the verb carries to whom the call came: `جاءه اتصال`."""
    return bool(_ARRIVING.fullmatch(key))


def is_dual(key: str) -> bool:
    """Whether the trigger names two calls."""
    return bool(_DUAL.fullmatch(key))


def is_joint(key: str) -> bool:
    """Whether the trigger names one call of many: a summit, conference or meeting."""
    return bool(_JOINT.match(key))


def is_phoning(key: str) -> bool:
    """Whether the noun governs whom somebody phones, as its verb does: `مهاتفة B`."""
    return bool(_PHONING.fullmatch(key))


def is_definite(key: str) -> bool:
    """Whether the trigger points back to a call: it has the article or a pronoun."""
    return bool(_DEFINITE.fullmatch(key))


def is_outsider(key: str) -> bool:
    """Whether the noun names a medium, a family or the public, calls with which are no records."""
    return bool(_OUTSIDERS.fullmatch(key))


def is_crowd(key: str) -> bool:
    """Whether the noun stands for partners that it does not name: `ملوك وزعماء`, `عدد من نظرائه`."""
    return bool(_CROWD.fullmatch(key))


def is_mutual_verb(key: str) -> bool:
    """Whether the verb leaves open who called: `أجرياها` (both held it), `عقد اجتماعا مع`, `أنهى اتصالا مع`."""
    return key.lstrip("وف") in _DUAL_VERBS or bool(_MUTUAL.fullmatch(key))


def has_object_pronoun(key: str) -> bool:
    """Whether a verb carries its object: `هاتفه`, `هاتفتها`."""
    return len(key) > 4 and key.endswith(("ه", "ها", "هما", "هم"))


def tells_apart(trigger: str, around: Collection[str]) -> bool:
    """Whether the words around a trigger tell its call from one before: `مكالمة أخرى`, `آخر مكالمة`."""
    return not trigger.startswith("ال") and not _OTHER.isdisjoint(around)
