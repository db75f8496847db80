"""A model bundle: a directory that holds everything that prediction needs, checked when it is opened.

`model.safetensors`, `config.json` and `tokenizer.json` are laid out as `transformers` reads them; `bundle.json` says
what only hatif knows; `model.int8.onnx` is what the CPU runs; `word_forms.npz` has its say beside the model.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from hatif.domain import HatifError
from hatif.tagging.probabilities import Calibration
from hatif.tagging.tags import TAGS
from hatif.tagging.windows import cut_windows
from hatif.tagging.word_forms import WordForms

FORMAT = 1
BUNDLE, CONFIG, TOKENIZER = "bundle.json", "config.json", "tokenizer.json"
WEIGHTS, ONNX_INT8, ONNX_FP32 = "model.safetensors", "model.int8.onnx", "model.onnx"
WORD_FORMS = "word_forms.npz"
SETTINGS, METRICS, CARD = "settings.toml", "metrics.json", "README.md"


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle: where it lies, its tokenizer, the size of its windows in pieces, its calibration, digests of
    its weights, and its model of word forms if it has one.
    """

    path: Path
    tokenizer: Tokenizer
    window: int
    overlap: int
    calibration: Calibration
    digests: Mapping[str, str]
    word_forms: WordForms | None = None


def default_bundle() -> Path:
    """The directory of the bundle that ships: inside the installed package, or in the project's `models/`."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "compact"
    return installed if installed.is_dir() else package.parents[1] / "models" / "compact"


def open_bundle(path: Path) -> Bundle:
    """Open a bundle and check that it is whole and speaks of our labels.

    Raises:
        HatifError: the directory or a file is missing or damaged, its format is unknown, or its labels disagree.
    """
    if not path.is_dir():
        raise HatifError(f"{path}: no such model directory; give --model a bundle that scripts/train.py wrote")
    about = _json(path / BUNDLE)
    config = _json(path / CONFIG)
    if about.get("format") != FORMAT:
        raise HatifError(
            f"{path / BUNDLE}: bundle format {about.get('format')!r}, this hatif reads {FORMAT}; "
            "retrain or upgrade hatif"
        )
    names, listed = config.get("id2label"), about.get("tags")
    tags = tuple(names.get(str(index)) for index in range(len(names))) if isinstance(names, dict) else ()
    if tags != TAGS or listed != list(TAGS):
        raise HatifError(
            f"{path}: the model's labels disagree with hatif's: found {list(tags)}, expected {list(TAGS)}; retrain it"
        )
    try:
        bundle = Bundle(
            path,
            _tokenizer(path / TOKENIZER),
            int(about["window"]),
            int(about["overlap"]),
            Calibration(float(about["calibration"]["slope"]), float(about["calibration"]["intercept"])),
            dict(about["sha256"]),
        )
        if WORD_FORMS in bundle.digests:
            bundle = replace(bundle, word_forms=WordForms.from_bytes(checked_weights(bundle, WORD_FORMS)))
        # Cutting one word tells now, not in the middle of a document, what no document can be read with.
        next(cut_windows([[0]], bundle.tokenizer, bundle.window, bundle.overlap))
        if bundle.window > int(config.get("max_position_embeddings", bundle.window)):
            raise ValueError(f"its window of {bundle.window} pieces is longer than its model reads")
        return bundle
    except (KeyError, TypeError, ValueError) as error:
        raise HatifError(f"{path / BUNDLE}: damaged ({error!r}); copy the bundle again") from error


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise HatifError(f"{path}: this file of the bundle cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise HatifError(f"{path}: damaged, not valid JSON ({error}); copy the bundle again") from error
    if not isinstance(content, dict):
        raise HatifError(f"{path}: damaged, no JSON object; copy the bundle again")
    return content


def _tokenizer(path: Path) -> Tokenizer:
    if not path.is_file():
        raise HatifError(f"{path}: this file of the bundle is missing; copy the bundle again")
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception for every fault of the file
        raise HatifError(f"{path}: damaged, no tokenizer ({error}); copy the bundle again") from error


def checked_weights(bundle: Bundle, name: str) -> bytes:
    """The bytes of a weights file, after comparing them with the digest that was saved beside it.

    Raises:
        HatifError: the file is missing or its bytes have changed.
    """
    path = bundle.path / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HatifError(f"{path}: the weights cannot be read ({error.strerror or error})") from error
    if hashlib.sha256(content).hexdigest() != bundle.digests.get(name):
        raise HatifError(f"{path}: the weights are damaged (their checksum differs); copy the bundle again")
    return content


def write_about(path: Path, window: int, overlap: int, calibration: Calibration) -> None:
    """Write `bundle.json` with the digests of the weights that lie in `path`."""
    digests = {
        name: hashlib.sha256((path / name).read_bytes()).hexdigest()
        for name in (WEIGHTS, ONNX_INT8, ONNX_FP32, WORD_FORMS)
        if (path / name).is_file()
    }
    about = {
        "format": FORMAT,
        "tags": TAGS,
        "window": window,
        "overlap": overlap,
        "calibration": asdict(calibration),
        "sha256": digests,
    }
    (path / BUNDLE).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
