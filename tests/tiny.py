"""Two tiny layers, a dozen short articles and bundles made of them: what the tests of models and training share."""

from collections import Counter
from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from hatif.arabic.words import split_words
from hatif.data.jsonl import format_documents
from hatif.data.markup import parse_markup
from hatif.domain import Document
from hatif.models.bundle import ONNX_INT8, WORD_FORMS, write_about
from hatif.models.saving import export_onnx, save_encoder
from hatif.models.starting import random_start
from hatif.models.tokenizer import SPECIAL_PIECES, UNK, train_tokenizer
from hatif.settings import EncoderSettings, TrainSettings, WordFormSettings, load_settings
from hatif.tagging.probabilities import Calibration
from hatif.training.word_forms import fit_word_forms

CONFIG = Path(__file__).parents[1] / "configs" / "tiny.toml"
SHAPE = EncoderSettings(start="", vocabulary=400, layers=2, width=32, heads=2, feed_forward=64, positions=64)
WINDOW, OVERLAP = 64, 16

TRAIN = """
=== t01
أجرى {T الرئيس} {C الروسي} {L فلاديمير بوتين} {K اتصالا هاتفيا} {T بالعاهل} {C السعودي}.
=== t02
تلقى {T وزير الخارجية} {C المصري} {L سامح شكري} {K اتصالا هاتفيا} من نظيره {C القبرصي}.
=== t03
بحث {T أمير} {C قطر} مع {T الرئيسة} {C التشيلية} أزمة المياه في {K مكالمة هاتفية} مساء الخميس.
=== t04
قال المتحدث إن {T المستشارة} {C الألمانية} {L أنجيلا ميركل} زارت مصنعا للسيارات أمس.
=== t05
نفت {C إيران} أن يكون {T رئيسها} {L حسن روحاني} قد هاتف أحدا من {C الأمريكيين}.
=== t06
افتتحت شركة الاتصالات فرعا جديدا للهواتف الذكية في المدينة القديمة.
=== t07
أعلنت {C تونس} أن {T الرئيس} {L الباجي قائد السبسي} هنأ {T ملك} {C المغرب} في {K اتصال هاتفي}.
=== t08
{L ماكرون} {L وترودو} يناقشان المناخ عبر {K الهاتف} قبل قمة المحيطات.
=== t09
من المقرر أن يجري {T رئيس الوزراء} {C الياباني} {L شينزو آبي} {K محادثة هاتفية} مع زعماء {C الهند}.
=== t10
وصل وفد من {C السودان} إلى {C كينيا} حاملا رسالة خطية من {T الرئيس} {L عمر البشير}.
=== t11
شكر {T السلطان} {L قابوس بن سعيد} {T الرئيس} {C التركي} على {K اتصاله} للاطمئنان على صحته.
=== t12
فازت لاعبة التنس بالبطولة، ثم اتصلت بوالدتها من الملعب لتخبرها بالنتيجة.
"""
DEV = """
=== d01
هاتف {T الرئيس} {C الفرنسي} {L إيمانويل ماكرون} {T ملك} {C الأردن} ليل الجمعة.
=== d02
تناول {K الاتصال الهاتفي} بين {T وزير الخارجية} {C الروسي} {T وأمير} {C قطر} أسعار القمح.
=== d03
سجل المنتخب هدفين في الشوط الثاني وخرج المدرب راضيا عن الأداء.
"""


def documents(marked: str) -> list[Document]:
    """The articles of a marked text."""
    found, problems = parse_markup(marked, "tiny")
    assert not problems
    return found


def settings(folder: Path, *overrides: str, train: str = TRAIN, dev: str = DEV) -> TrainSettings:
    """`configs/tiny.toml` on the articles above, written into `folder`."""
    for name, marked in (("train", train), ("dev", dev)):
        (folder / f"{name}.jsonl").write_text(format_documents(documents(marked)), encoding="utf-8")
    paths = [f"{name}='{folder / name}.jsonl'" for name in ("train", "dev")]
    return load_settings(TrainSettings, CONFIG, [*paths, *overrides])


def tokenizer() -> Tokenizer:
    """Pieces of the articles above: words that recur, and letters. Training would number them anew every time."""
    texts = [document.text for document in documents(TRAIN)]
    made = train_tokenizer(texts, 400)
    plain = made.normalizer.normalize_str(" ".join(texts))
    words = Counter(plain[start:end] for start, end in split_words(plain))
    letters = {letter for word in words for letter in word}
    pieces = {word for word, count in words.items() if count > 1} | letters | {f"##{letter}" for letter in letters}
    vocabulary = {piece: number for number, piece in enumerate([*SPECIAL_PIECES, *sorted(pieces)])}
    made.model = WordPiece(vocabulary, unk_token=UNK, max_input_chars_per_word=64)
    return made


def write_bundle(path: Path, *, onnx: bool = True, calibration: Calibration | None = None) -> None:
    """A bundle with random weights, strong enough that it finds spans; `onnx` asks for both exports."""
    torch.manual_seed(13)
    model = random_start(SHAPE, tokenizer(), 0.0)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim == 2:
                parameter.mul_(8.0)
        # As saved: half precision.
        model.half().float()
    model.eval()
    save_encoder(model, tokenizer(), path)
    if onnx:
        assert export_onnx(model, path, keep_fp32=True)
        assert (path / ONNX_INT8).is_file()
    forms = fit_word_forms(documents(TRAIN), WordFormSettings(epochs=2))
    (path / WORD_FORMS).write_bytes(forms.to_bytes())
    write_about(path, WINDOW, OVERLAP, calibration or Calibration())
