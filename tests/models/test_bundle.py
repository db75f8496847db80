"""A bundle opens whole or says in one line which file is at fault."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import transformers

from hatif.arabic.words import split_words
from hatif.domain import HatifError
from hatif.inference.tagger import Tagger
from hatif.models.backends import open_backend
from hatif.models.bundle import (
    BUNDLE,
    CONFIG,
    ONNX_FP32,
    ONNX_INT8,
    TOKENIZER,
    WEIGHTS,
    WORD_FORMS,
    default_bundle,
    open_bundle,
    write_about,
)
from hatif.tagging.probabilities import Calibration
from hatif.tagging.tags import TAGS
from hatif.tagging.windows import WordEncoder

Damage = Callable[[Path], object]


@pytest.fixture
def copy(tiny_bundle: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_bundle, tmp_path / "copy"))


def edited(name: str, **changes: object) -> Damage:
    """Damage that sets keys of a JSON file."""

    def damage(path: Path) -> None:
        content = json.loads((path / name).read_text(encoding="utf-8"))
        (path / name).write_text(json.dumps(content | changes), encoding="utf-8")

    return damage


def written(name: str, content: str | bytes) -> Damage:
    """Damage that puts other bytes in a file's place."""
    data = content if isinstance(content, bytes) else content.encode()
    return lambda path: (path / name).write_bytes(data)


def flipped(name: str) -> Damage:
    """Damage to one byte in the middle of a file."""

    def damage(path: Path) -> None:
        content = bytearray((path / name).read_bytes())
        content[len(content) // 2] ^= 1
        (path / name).write_bytes(content)

    return damage


def missing(name: str) -> Damage:
    return lambda path: (path / name).unlink()


def without_exports(path: Path) -> None:
    for name in (ONNX_INT8, ONNX_FP32):
        (path / name).unlink()


WRONG_LABELS = {str(index): tag for index, tag in enumerate(reversed(TAGS))}


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (shutil.rmtree, "no such model directory"),
        (missing(BUNDLE), BUNDLE),
        (missing(CONFIG), CONFIG),
        (missing(TOKENIZER), TOKENIZER),
        (written(BUNDLE, "{"), BUNDLE),
        (written(BUNDLE, "[]"), BUNDLE),
        (written(BUNDLE, b"\xff\xfe\x00"), BUNDLE),
        (written(BUNDLE, ""), BUNDLE),
        (written(CONFIG, "not JSON"), CONFIG),
        (written(CONFIG, "7"), CONFIG),
        (written(TOKENIZER, "{}"), TOKENIZER),
        (written(TOKENIZER, "no tokenizer"), TOKENIZER),
        (written(TOKENIZER, b"\x00\xff"), TOKENIZER),
        (edited(BUNDLE, format=2), "format 2"),
        (edited(BUNDLE, format=None), "format None"),
        (edited(BUNDLE, tags=list(reversed(TAGS))), "labels disagree"),
        (edited(BUNDLE, tags=None), "labels disagree"),
        (edited(BUNDLE, tags=5), "labels disagree"),
        (edited(CONFIG, id2label=WRONG_LABELS), "labels disagree"),
        (edited(CONFIG, id2label={"0": "LABEL_0"}), "labels disagree"),
        (edited(CONFIG, id2label=None), "labels disagree"),
        (edited(BUNDLE, window="wide"), BUNDLE),
        (edited(BUNDLE, window=None), BUNDLE),
        (edited(BUNDLE, window=20), BUNDLE),
        (edited(BUNDLE, window=512), "longer than its model reads"),
        (edited(BUNDLE, calibration={"slope": 1.0}), BUNDLE),
        (edited(BUNDLE, calibration={"slope": "steep", "intercept": 0.0}), BUNDLE),
        (edited(BUNDLE, calibration=3), BUNDLE),
        (edited(BUNDLE, sha256=None), BUNDLE),
        (missing(ONNX_INT8), ""),
        (flipped(ONNX_INT8), "checksum"),
        (written(ONNX_INT8, ""), "checksum"),
        (edited(BUNDLE, sha256={}), "checksum"),
        (missing(WORD_FORMS), "cannot be read"),
        (flipped(WORD_FORMS), "checksum"),
        (lambda path: (without_exports(path), flipped(WEIGHTS)(path)), "checksum"),
        (lambda path: (without_exports(path), missing(WEIGHTS)(path)), "holds neither"),
    ],
)
def test_damage_is_one_line_with_the_path(copy: Path, damage: Damage, told: str) -> None:
    damage(copy)
    if not told:  # the other export takes its place
        Tagger.load(copy)
        return
    with pytest.raises(HatifError) as error:
        Tagger.load(copy)
    assert str(copy) in str(error.value)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_weights_that_are_no_onnx_are_told(copy: Path) -> None:
    written(ONNX_INT8, "no graph")(copy)
    bundle = open_bundle(copy)
    write_about(copy, bundle.window, bundle.overlap, bundle.calibration)
    with pytest.raises(HatifError, match="ONNX Runtime cannot load it"):
        Tagger.load(copy)


def test_word_forms_that_are_none_are_told(copy: Path) -> None:
    written(WORD_FORMS, "no table")(copy)
    bundle = json.loads((copy / BUNDLE).read_text(encoding="utf-8"))
    bundle["sha256"][WORD_FORMS] = hashlib.sha256(b"no table").hexdigest()
    written(BUNDLE, json.dumps(bundle))(copy)
    with pytest.raises(HatifError, match="damaged"):
        Tagger.load(copy)


def test_a_bundle_without_word_forms_is_whole(copy: Path) -> None:
    missing(WORD_FORMS)(copy)
    write_about(copy, 60, 10, Calibration())
    assert open_bundle(copy).word_forms is None
    assert Tagger.load(copy).tag("اتصل الرئيس الروسي").text  # the Russian president phoned


def test_unknown_device_is_told(tiny_bundle: Path) -> None:
    with pytest.raises(HatifError, match="use auto, cpu or cuda"):
        open_backend(open_bundle(tiny_bundle), "tpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_cuda_without_a_gpu_is_told(tiny_bundle: Path) -> None:
    with pytest.raises(HatifError, match="sees no GPU"):
        open_backend(open_bundle(tiny_bundle), "cuda")


def test_what_was_written_is_what_is_read(copy: Path) -> None:
    write_about(copy, 60, 10, Calibration(1.5, -0.25))
    bundle = open_bundle(copy)
    assert (bundle.window, bundle.overlap, bundle.calibration) == (60, 10, Calibration(1.5, -0.25))
    assert set(bundle.digests) == {WEIGHTS, ONNX_INT8, ONNX_FP32, WORD_FORMS}


def test_default_bundle_lies_in_the_package_or_the_project() -> None:
    assert default_bundle().name == "compact"


def test_transformers_pipeline_loads_a_bundle(tiny_bundle: Path) -> None:
    classify = transformers.pipeline("token-classification", model=str(tiny_bundle), device="cpu")
    found = classify("أجرى الرئيس الروسي اتصالا هاتفيا بالعاهل السعودي")  # the Russian president called the Saudi king
    assert found
    assert {item["entity"] for item in found} <= set(TAGS)


def test_transformers_reads_the_pieces_that_we_read(tiny_bundle: Path) -> None:
    text = "أَجْرَى #بُوتِيـن_الروسى اتّصالاً «هاتفيًّا» عام ٢٠١٧"  # Putin held a phone call in 2017, with marks
    ours = WordEncoder(open_bundle(tiny_bundle).tokenizer).encode(text, split_words(text))
    theirs = transformers.AutoTokenizer.from_pretrained(tiny_bundle)(text, add_special_tokens=False)["input_ids"]
    assert theirs == [piece for word in ours for piece in word]


def test_weights_travel_in_half_precision_and_may_be_read(tiny_bundle: Path) -> None:
    from safetensors.torch import load_file

    assert {value.dtype for value in load_file(tiny_bundle / WEIGHTS).values()} == {torch.float16}
    assert (tiny_bundle / WEIGHTS).stat().st_mode & 0o777 == 0o644
