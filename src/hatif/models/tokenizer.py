"""The tokenizer of a bundle: WordPiece, with a normaliser inside that cleans text and keeps offsets.

Cleaning lives in `tokenizer.json`, so training, prediction and `transformers.pipeline` see the same pieces, and
`document.text` is never rewritten.
"""

import sys
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

PAD, UNK, CLS, SEP, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
SPECIAL_PIECES = [PAD, UNK, CLS, SEP, MASK]

_REMOVED = (
    r"[\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed\u08d3-\u08ff"  # tashkeel and Quranic marks
    r"\u0640"  # tatweel
    r"\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"  # soft hyphen, zero-width, bidi controls
)
# Newsrooms write these letters for one another (الى / إلى, السعودى / السعودي, الهاتفيه / الهاتفية), and the Persian and
# Urdu keyboards give other code points for kaf and yeh.
_FOLDED = {
    "[أإآٱ]": "ا",
    "[ىیې]": "ي",
    "[ةۃ]": "ه",
    "[کڪ]": "ك",
    "[ھہەۀ]": "ه",
}
_DIGITS = {f"[{chr(0x660 + n)}{chr(0x6F0 + n)}]": str(n) for n in range(10)}


def mark_stripper() -> normalizers.Normalizer:
    """A normaliser that takes diacritics, tatweel, bidi and zero-width marks off and changes no letter.

    NFKC comes first, for presentation forms (`ﺍﻟﺴﻼﻡ` becomes `السلام`). Offsets point into the original text.
    """
    return normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(_REMOVED), "")])


def letter_folder() -> normalizers.Normalizer:
    """A normaliser that folds the letters which newsrooms interchange, and digits to ASCII."""
    pairs = {**_FOLDED, **_DIGITS}
    return normalizers.Sequence([normalizers.Replace(Regex(old), new) for old, new in pairs.items()])


def train_tokenizer(paragraphs: Iterable[str], vocabulary: int) -> Tokenizer:
    """Train a WordPiece tokenizer of `vocabulary` pieces on paragraphs of text."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNK, max_input_chars_per_word=64))
    tokenizer.normalizer = normalizers.Sequence([mark_stripper(), letter_folder()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            # One mark of punctuation, and `_`, is a word of its own, as in `hatif.arabic.words`.
            pre_tokenizers.Split(Regex(r"[^\w\s]|_"), "isolated"),
        ]
    )
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary,
        min_frequency=5,
        special_tokens=SPECIAL_PIECES,
        limit_alphabet=400,
        show_progress=sys.stderr.isatty(),
    )
    tokenizer.train_from_iterator(paragraphs, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{CLS} $A {SEP}",
        special_tokens=[(piece, tokenizer.token_to_id(piece)) for piece in (CLS, SEP)],
    )
    return tokenizer
