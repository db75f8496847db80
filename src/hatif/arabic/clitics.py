"""The words of a span as a dictionary writes them: without the proclitics و ف ب ل ك on the first word.

Pronoun suffixes stay (`نظيره`, his counterpart). Whether a first letter is a proclitic is read from the table of states
for a COUNTRY, from the known first words of a TITLE or CALL, and for a LEADER from the document's other names, a small
lexicon, the spelling, and what is likely, in this order.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from hatif.arabic.countries import folded, named_country, plain, readings
from hatif.domain import Label

_LETTERS = ("و", "ف", "ب", "ل", "ك")


def _folded_set(words: str) -> frozenset[str]:
    return frozenset(folded(words).split())


# Names that open like a proclitic, or like one with the article: Walid, Waldheim; Bakr, Balladur; Lamia.
_WHOLE_NAMES = _folded_set(
    "وليد وليام وهبي وهيب وهاب وهبة ولد ورقنه ورقنة وسام وسيم وسيلة وصفي وضاح وحيد وحيدة وجدي وجيه وجيهة وداد وديع"
    " ورد وردة وفاء وفيق ونستون وندي وسلي ولسون والتر والتس والاس والسا والدهايم والكر والدو والدن"
    " بتول بتريوس بجاد بخيت بخاري بختيار بطرس بطي بغدادي بقائي بكر بكري بكير بكداش"
    " بالما بالمر بالادور بالاكريشنان بالدوين بالاغير بالاجي بالينت بالاسوريا بالبو بلال بلقيس بليغ"
    " كالفن كالاس كالاما كالونزو كالديرون كالاهان كاليغاري كالينيت كالفو كالوفيتس"
    " فالح فالتر فالنتين فالنتينا فالنتينو فالداس فالديس فاليري فاليريو فاليريا فالكون فالديز فالكنر"
    " لؤي لطفي لطيف لطيفة لبنى لمياء لميس لحود لعمامرة لحسن لخضر لقمان لجين لندسي لزهر لحبيب لخويا"
)
# Names that the news often joins to ب or ل, which many names begin with too.
_BARE_NAMES = _folded_set(
    "ترامب ترمب بوتين بايدن ماكرون ميركل زيلينسكي نتنياهو بلينكن لافروف لوكاشينكو غورباتشوف تشافيز مادورو مودي شولتس"
    " ساركوزي هولاند شيراك كيري كلينتون بوش روبيو جونسون ستارمر شي كيم عون سلام بري خاتمي روحاني ظريف عراقجي عباس حفتر"
    " برهان حميدتي مبارك مرسي صدام قذافي محمد محمود مصطفى علي عمر عثمان خالد سعد سعود سعيد سلمان سلطان سليمان صالح طارق"
    " تميم حمد حمدان جابر جاسم حسن حسني حسين قابوس هيثم نواف مشعل ناصر نبيل نجيب نوري كامل معمر منصور موسى سامح قيس"
    " عبد ابو ابن بن يوسف يحيى ياسر ياسين يائير يوري يلتسين يوهانيس ييلين جون جورج جو جيمس دونالد ديفيد رجب ريكس"
    " سيرغي سيرجي شينزو فلاديمير فيصل بشار بنيامين نيكولاس هيلاري عمران شهباز كمال كريم"
    " أردوغان أوباما أحمد إبراهيم أمين إسماعيل أنور ألكسندر أنجيلا أنغيلا إيمانويل أنتوني أنطونيو"
)
# Beginnings of the first words: those that look like a proclitic, and those that proclitics stand before.
_HEADS = {
    Label.TITLE: _folded_set(
        "وزير وزراء ولي ولاة والي وكيل وكلاء وفد وصي وريث والدة وجيه وسيط فخامة فريق فضيلة فارس فيلد فقيد فيكونت"
        " بطريرك بطرك بابا باشا بارون بروفيسور بروفسور بريغادير برنس لواء لورد ليدي لفتنانت ليوتنان"
        " كاتب كاتبة كبير كبار كابتن كاهن كولونيل كوماندور كردينال كاردينال كاثوليكوس كونت"
        " رئيس رؤساء نظير نظراء ملك أمير أمراء أمين سلطان خادم سمو صاحب جلالة معالي سعادة دولة سيادة سيد محافظ"
        " نائب نواب مبعوث مستشار سفير سفراء قائد قادة مدير زعيم زعماء مساعد معاون شيخ حاكم مرشد عضو أعضاء قائم عاهل"
        " مفوض ممثل متحدث ناطق عميد عقيد قنصل سكرتير جنرال مشير دكتور حضرة منسق قاضي مفتي مندوب"
    ),
    Label.CALL: _folded_set(
        "اتصال اتصل يتصل تتصل مكالم محادث مباحث مشاور تشاور مداخل محاور هاتف مهاتف مخابر تلفون تليفون قمة حديث حوار"
        " مؤتمر اجتماع تواصل لقاء بحث فيديو كلم كالم عبر سكايب زوم تباحث نقاش"
    ),
}
# Heads too short to be told by their beginning: bey, wali.
_SHORT_HEADS = _folded_set("بك بيك بيه باي وال")


class _Evidence(NamedTuple):
    """The document's other names, folded: whole, word by word, and the words that no proclitic can stand before."""

    names: frozenset[str]
    words: frozenset[str]
    inner: frozenset[str]


def normalized(text: str, label: Label, known: Collection[str] = ()) -> str:
    """The span's words without marks, tatweel and proclitics: `بالعاهل` -> `العاهل`, `لبنان` -> `لبنان`.

    `known` holds other names of the same document: `بوتين` among them proves the و of `وبوتين`.
    """
    words = plain(text)
    if label is Label.COUNTRY:
        named = named_country(text)
        return named[0] if named else words
    if label is Label.LEADER:
        # A tatweel keeps a proclitic apart from a foreign name: `لـماكرون`; elsewhere it only fills a line: `بـوتين`.
        parted = re.match(r"[وف]?[بلك]ـ+(?=\w)", text)
        if parted and not _is_listed(_first(words)):
            return plain(text[parted.end() :])
        return _bare_name(words, _evidence(frozenset(known)))
    return _bare_phrase(words, tuple(_HEADS[label]))


def _bare_phrase(words: str, heads: tuple[str, ...]) -> str:
    """A title or call from its head on; with an unknown head, less an article's proclitic or a و."""
    for reading in readings(words):
        if _opens_with(reading, heads):
            return reading
    for reading in readings(words):
        if reading != words and reading.startswith("ال"):
            return reading
    return words.removeprefix("و")


def _opens_with(phrase: str, heads: tuple[str, ...]) -> bool:
    word = _first(phrase)
    return any(form.startswith(heads) or form in _SHORT_HEADS for form in (word, word.removeprefix("ال")))


def _bare_name(name: str, evidence: _Evidence) -> str:
    """The name less its proclitics: at most و or ف, then one of ب ل ك; the surest evidence is asked first."""
    rests = list(_less_a_letter(name))
    if not rests or _first(name) in evidence.inner:
        return name
    for rest in rests:
        if folded(rest) in evidence.names:
            return rest
    if _first(name) in _WHOLE_NAMES:
        return name
    for proves in (_is_known, _is_marked, _is_likely):
        for rest in rests:
            if proves(name[0], rest, evidence):
                return _bare_name(rest, evidence) if name[0] in "وف" and rest[0] in "بلك" else rest
    return name


def _less_a_letter(name: str) -> Iterator[str]:
    """The name without its first letter; `للحريري` also as `الحريري`."""
    if name.startswith("لل"):
        yield "ا" + name[1:]
    if name.startswith(_LETTERS) and len(_first(name)) > 2:
        yield name[1:]


def _is_known(_letter: str, rest: str, evidence: _Evidence) -> bool:
    """The document or the lexicon has the name without the letter."""
    word = _first(rest)
    return _is_listed(word) or (len(word) > 2 and word in evidence.words)


def _is_listed(word: str) -> bool:
    return word in _BARE_NAMES or word in _WHOLE_NAMES or word.startswith("عبد")


def _is_marked(_letter: str, rest: str, _evidence: _Evidence) -> bool:
    """The rest opens with the article or with a hamza on alef, which Arabic spells within few names."""
    return rest.startswith(("أ", "إ", "آ")) or (rest.startswith("ال") and len(_first(rest)) > 4)


def _is_likely(letter: str, rest: str, _evidence: _Evidence) -> bool:
    """The letter seldom opens a name before such a rest.

    Foreign names write w and l before a vowel letter (`ويلسون`, `لافروف`) and hardly before a consonant; ب stands
    before some consonants in few names. ف and ك seldom stand before names at all, which often begin with them.
    """
    if letter in "ول":
        return rest[0] not in "اويؤئ"
    return letter == "ب" and rest[0] in "بتثجخذصضطظغفقكم"


@lru_cache(maxsize=16)  # read anew for each span, the names of a long document would take hours
def _evidence(known: frozenset[str]) -> _Evidence:
    names = frozenset(folded(plain(name)) for name in known)
    words = [name.split() for name in names]
    return _Evidence(names, frozenset(chain(*words)), frozenset(chain.from_iterable(name[1:] for name in words)))


def _first(phrase: str) -> str:
    """The first word, folded; an empty string where there is none."""
    return (folded(phrase).split() or [""])[0]
