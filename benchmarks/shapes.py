"""The bundles that the benchmarks measure: the compact one that ships, and a random one of AraBERT's shape."""

import json
import shutil
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hatif.models.bundle import TOKENIZER, WORD_FORMS, default_bundle, write_about
from hatif.tagging.probabilities import Calibration
from measuring import in_child, parser

_WORDS = {"compact": 12_000, "arabert": 1_500}
"""Words that each side reads in a round, by shape: the large model is an order of magnitude slower."""
_VOCABULARY = 64_000
_WINDOW, _OVERLAP = 256, 64
"""As `configs/arabert.toml` has them."""
_OUTSIDE = 1.0
"""Added to the logit of O: most words are outside all spans, as in real text, so that no side's decoding is flooded."""


def shape_arguments(description: str | None) -> Namespace:
    """The arguments of a benchmark that measures either shape: `--shape`, `--words` and what all benchmarks take."""
    options = parser(description, rounds=3)
    options.add_argument("--shape", choices=_WORDS, default="compact")
    options.add_argument("--words", type=int, help=f"words that each side reads in a round ({_WORDS})")
    arguments = options.parse_args()
    arguments.words = arguments.words or _WORDS[arguments.shape]
    return arguments


@contextmanager
def bundle_of(shape: str) -> Iterator[Path]:
    """The directory of a bundle of the shape; a random one is gone afterwards."""
    if shape == "compact":
        yield default_bundle()
        return
    with TemporaryDirectory() as folder:
        in_child(_write_arabert, Path(folder))
        yield Path(folder)


def _write_arabert(out: Path) -> None:
    """Random weights in the shape of `bert-base-arabertv02`, with the compact bundle's pieces and idle ones, and its
    word forms.
    """
    import torch
    from tokenizers import Tokenizer
    from transformers import BertForTokenClassification
    from transformers.utils import logging

    from hatif.models.saving import export_onnx, save_encoder
    from hatif.models.starting import encoder_config
    from hatif.settings import EncoderSettings
    from hatif.tagging.tags import TAG_INDEX, TAGS

    logging.disable_progress_bar()
    about = json.loads((default_bundle() / TOKENIZER).read_text(encoding="utf-8"))
    pieces = about["model"]["vocab"]
    pieces |= {f"[unused{number}]": number for number in range(len(pieces), _VOCABULARY)}
    settings = EncoderSettings(
        start="", vocabulary=_VOCABULARY, layers=12, width=768, heads=12, feed_forward=3072, positions=512
    )
    labels = {"id2label": dict(enumerate(TAGS)), "label2id": TAG_INDEX}
    torch.manual_seed(13)
    model = BertForTokenClassification(encoder_config(settings, _VOCABULARY, 0.0, **labels)).eval()
    with torch.no_grad():
        model.classifier.bias[0] += _OUTSIDE
    save_encoder(model, Tokenizer.from_str(json.dumps(about)), out)
    export_onnx(model, out, keep_fp32=False)
    shutil.copy(default_bundle() / WORD_FORMS, out)
    write_about(out, _WINDOW, _OVERLAP, Calibration())
