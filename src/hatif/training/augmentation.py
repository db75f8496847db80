"""Training documents changed anew in every epoch: other names, other states, newsroom spelling, cuts.

Every change is a list of edits on whole words, so spans move with the text and stay exact; the generator is seeded with
`(seed, document, epoch)`, so the same call gives the same document. Changed documents carry no call records.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from random import Random

from hatif.arabic.countries import named_country, nationality_adjectives
from hatif.arabic.words import split_words
from hatif.domain import Document, Label, Span
from hatif.settings import AugmentationSettings

Edit = tuple[int, int, str]
"""`[start, end)` of the text and what takes its place."""

_SENTENCE = re.compile(r"\n+|(?<=[.!?؟])\s+")


def rewrite(document: Document, edits: Sequence[Edit]) -> Document:
    """The document with edits applied; an edit lies inside a span, around whole spans, or outside all.

    A span that an edit swallows whole is dropped.
    """
    pieces: list[str] = []
    moves: list[tuple[int, int, int]] = []
    last = length = 0
    for start, end, new in sorted(edits):
        if start < last:
            continue
        pieces += [document.text[last:start], new]
        length += start - last
        moves.append((start, end, len(new)))
        length += len(new)
        last = end
    pieces.append(document.text[last:])
    spans = []
    for span in document.spans:
        start, end = _moved(span.start, moves, False), _moved(span.end, moves, True)
        if start < end:
            spans.append(Span(start, end, span.label))
    return replace(document, text="".join(pieces), spans=tuple(spans), calls=())


def _moved(offset: int, moves: Sequence[tuple[int, int, int]], is_end: bool) -> int:
    shift = 0
    for start, end, length in moves:
        if end <= offset and not (is_end and start == end == offset):
            shift += length - (end - start)
        elif start < offset:
            return start + shift + length
        else:
            break
    return offset + shift


class LetterChain:
    """Words that nobody has seen, drawn letter by letter in the likeness of given ones: a chain of letter trigrams."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.follows: dict[str, list[str]] = defaultdict(list)
        for word in words:
            padded = f"^^{word}$"
            for left, middle, right in zip(padded, padded[1:], padded[2:], strict=False):
                self.follows[left + middle].append(right)

    def invent(self, rng: Random) -> str:
        """A new word of three to nine letters."""
        context, word = "^^", ""
        while len(word) < 9:
            letter = rng.choice(self.follows[context])
            if letter == "$":
                break
            word += letter
            context = context[1] + letter
        return word if len(word) > 2 else rng.choice(self.words)


class Names:
    """Leaders' names of the training data: whole, recombined, and invented in their likeness."""

    def __init__(self, documents: Sequence[Document]) -> None:
        names = {
            document.words_of(span) for document in documents for span in document.spans if span.label is Label.LEADER
        }
        self.full = sorted(name for name in names if " " in name)
        self.words = sorted({word for name in self.full for word in name.split() if len(word) > 2})
        self.chain = LetterChain(self.words)

    def draw(self, words: int, rng: Random) -> list[str]:
        """A name of `words` words."""
        fate = rng.random()
        if words > 1 and fate < 0.45:
            same = [name for name in rng.sample(self.full, min(40, len(self.full))) if name.count(" ") == words - 1]
            if same:
                return same[0].split()
        return [self.chain.invent(rng) if rng.random() < 0.4 else rng.choice(self.words) for _ in range(words)]


def _outside_words(documents: Sequence[Document]) -> list[str]:
    """The longer words outside all spans, each once."""
    found: set[str] = set()
    for document in documents:
        covered = {offset for span in document.spans for offset in range(span.start, span.end)}
        for word in split_words(document.text):
            text = document.text[word.start : word.end]
            if word.start not in covered and len(text) > 3 and text.isalpha():
                found.add(text)
    return sorted(found)


def _form(country: str) -> tuple[str, bool, str, int]:
    """What a state's surface must share with the one that takes its place: proclitic, article, ending, words.

    The ending tells adjective from name and carries gender and number, so that the swap agrees.
    """
    named = named_country(country)
    bare = named[0] if named else country
    # The alef of the article falls behind ل: `للجزائر` does not end in `الجزائر`.
    proclitic = country.removesuffix(bare) if country.endswith(bare) else country[:2]
    last = country.split()[-1]
    ending = next((end for end in ("ية", "يه", "يا", "يين", "يون", "يان", "ي", "ى", "ا") if last.endswith(end)), "")
    return proclitic, bare.startswith("ال"), ending, country.count(" ")


class Augmenter:
    """Changes training documents with names drawn from the training documents, states from them and from all states."""

    def __init__(self, documents: Sequence[Document], settings: AugmentationSettings, seed: int) -> None:
        self.settings = settings
        self.seed = seed
        self.names = Names(documents)
        pools: dict[tuple[str, bool, str, int], set[str]] = defaultdict(set)
        for document in documents:
            for span in document.spans:
                if span.label is Label.COUNTRY:
                    pools[_form(document.words_of(span))].add(document.words_of(span))
        for adjective in nationality_adjectives():
            for clitic, ending in product(("", "ال", "وال", "بال", "لل", "و"), ("", "ة")):
                word = clitic + adjective + ending
                pools[_form(word)].add(word)
        self.outside = LetterChain(_outside_words(documents))
        self.countries = {form: sorted(pool) for form, pool in pools.items()}

    def augment(self, document: Document, index: int, epoch: int) -> Document:
        """The document as epoch `epoch` sees it; epoch 0 sees every document as it was written."""
        if epoch == 0:
            return document
        rng = Random(f"{self.seed}-{index}-{epoch}")
        steps: list[tuple[float, Callable[[Document, Random], Document]]] = [
            (self.settings.crop, cropped),
            (self.settings.swap, self.swapped),
            (self.settings.strange, self.with_strange_words),
            (self.settings.hashtags, with_hashtags),
            (self.settings.noise, misspelt),
        ]
        for chance, step in steps:
            if rng.random() < chance:
                document = step(document, rng)
        return document

    def swapped(self, document: Document, rng: Random) -> Document:
        """Leaders and states exchanged, each the same way throughout the document."""
        share = rng.uniform(0.3, 1.0)
        people: dict[str, str] = {}
        states: dict[str, str] = {}
        edits: list[Edit] = []
        for span in document.spans:
            text = document.words_of(span)
            if span.label is Label.COUNTRY:
                if text not in states:
                    pool = self.countries.get(_form(text), [text])
                    states[text] = rng.choice(pool) if rng.random() < share else text
                edits.append((span.start, span.end, states[text]))
            elif span.label is Label.LEADER:
                edits.append((span.start, span.end, self._renamed(text, people, share, rng)))
        return rewrite(document, edits)

    def with_strange_words(self, document: Document, rng: Random) -> Document:
        """Some words outside spans exchanged for invented ones, so that a strange word alone does not make a name."""
        share = rng.uniform(0.02, 0.15)
        covered = {offset for span in document.spans for offset in range(span.start, span.end)}
        edits = [
            (word.start, word.end, self.outside.invent(rng))
            for word in split_words(document.text)
            if self.outside.words and word.start not in covered and word.end - word.start > 3 and rng.random() < share
        ]
        return rewrite(document, edits)

    def _renamed(self, name: str, people: dict[str, str], share: float, rng: Random) -> str:
        words = name.split()
        last = words[-1]
        if last not in people:
            changes = self.names.words and rng.random() < share
            people[last] = " ".join(self.names.draw(max(2, len(words)), rng)) if changes else ""
        renamed = people[last].split()
        if not renamed:
            return name
        # A short mention keeps the last word of the new name, and every mention its own clitic.
        clitic = "و" if name.startswith("و") and not renamed[0].startswith("و") and rng.random() < 0.5 else ""
        return clitic + " ".join(renamed[-len(words) :] if len(words) == 1 else renamed)


def cropped(document: Document, rng: Random) -> Document:
    """A run of the document: whole sentences, or words from anywhere to anywhere, as excerpts have it."""
    words = split_words(document.text)
    if len(words) < 12:
        return document
    if rng.random() < 0.5:
        cuts = [0, *(match.end() for match in _SENTENCE.finditer(document.text)), len(document.text)]
        first = rng.randrange(len(cuts) - 1)
        start, end = cuts[first], cuts[rng.randrange(first + 1, len(cuts))]
    else:
        first = rng.randrange(len(words) - 8)
        start = words[first].start
        end = words[rng.randrange(first + 6, len(words))].end
    for span in document.spans:
        if span.start < start < span.end:
            start = span.start
        if span.start < end < span.end:
            end = span.end
    if not document.text[start:end].strip():
        return document
    return rewrite(document, [(0, start, ""), (end, len(document.text), "")])


def with_hashtags(document: Document, rng: Random) -> Document:
    """Some spans turned into hashtags: `#وزير_الخارجية`."""
    edits: list[Edit] = []
    for span in document.spans:
        text = document.words_of(span)
        before = document.text[span.start - 1 : span.start]
        if rng.random() < 0.3 and before != "#" and re.fullmatch(r"[\w ]+", text):
            edits.append((span.start, span.start, "#"))
            edits += [(span.start + at.start(), span.start + at.end(), "_") for at in re.finditer(" ", text)]
    return rewrite(document, edits)


def misspelt(document: Document, rng: Random) -> Document:
    """Newsroom spelling on a share of the words, glued words and lost commas among them."""
    rate = rng.uniform(0.02, 0.25)
    inside = [False] * (len(document.text) + 1)
    for span in document.spans:
        inside[span.start : span.end] = [True] * (span.end - span.start)
    edits: list[Edit] = []
    words = split_words(document.text)
    for word, following in zip(words, [*words[1:], None], strict=True):
        text = document.text[word.start : word.end]
        if rng.random() < rate:
            changed = _respelt(text, rng)
            if changed != text:
                edits.append((word.start, word.end, changed))
        gap = following is not None and document.text[word.end : following.start] == " "
        # Two words are glued only where no span's edge lies between them.
        if gap and rng.random() < rate / 12 and following is not None:
            one_span = any(s.start <= word.start and following.end <= s.end for s in document.spans)
            if one_span or not (inside[word.start] or inside[following.start]):
                edits.append((word.end, following.start, ""))
        elif gap and text in "،," and rng.random() < rate:
            edits.append((word.end, word.end + 1, ""))
    return rewrite(document, edits)


_RESPELLINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"[أإآ]", ("ا",)),
    (r"^ا(?=\w{3})", ("أ", "إ")),
    (r"ى$", ("ي",)),
    (r"ي$", ("ى",)),
    (r"ة$", ("ه",)),
    (r"ه$", ("ة",)),
    (r"اً$", ("ًا", "ا", "أ")),
    (r"ًا$", ("اً", "ا", "ً")),
    (r"(?<=\w\w)(?=\w\w)", ("ـ",)),
    (r"ؤ", ("و", "ئو")),
    (r"ئ", ("ي", "ىء")),
    (r"(?<=\w)ا(?=\w)", ("",)),
    (r"(?<=[بتثجحخسشصضطظعغفقكلمنه])(?=[بتثجحخسشصضطظعغفقكلمنه])", ("ّ", "ِ", "َ", "ُ")),
)
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _respelt(word: str, rng: Random) -> str:
    if word.isdecimal():
        return word.translate(_ARABIC_DIGITS)
    fitting = [(pattern, news) for pattern, news in _RESPELLINGS if re.search(pattern, word)]
    if not fitting:
        return word
    pattern, news = rng.choice(fitting)
    places = list(re.finditer(pattern, word))
    place = rng.choice(places)
    return word[: place.start()] + rng.choice(news) + word[place.end() :]
