"""Whatever is put in: one line that helps and exit code 2, or a right answer; never a half-written file."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import Ended, Hatif
from hatif.data.jsonl import read_documents

ARTICLE = "أجرى بوتين اتصالا هاتفيا"  # Putin made a telephone call


def assert_one_line(ended: Ended, told: str) -> None:
    code, _, err = ended
    assert code == 2, err
    assert err.startswith("hatif: "), err
    assert err.count("\n") == 1, err
    assert told in err


BAD_FILES: list[tuple[str, bytes, str]] = [
    ("a.txt", b"", "a.txt: empty, no text to read"),
    ("a.txt", b"\xef\xbb\xbf \n", "a.txt: empty, no text to read"),
    ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt: binary data, not text; hatif reads text in UTF-8, UTF-16 and"),
    ("a.txt", ARTICLE.encode()[1:], "a.txt: not valid UTF-8 (invalid start byte at byte 0)"),
    ("a.txt", "élu président".encode("latin-1"), "save it as UTF-8"),
    ("a.jsonl", b"", "a.jsonl: empty file; it holds one JSON document a line"),
    ("a.jsonl", b'{"id": "a"', "a.jsonl:1: invalid JSON (Expecting"),
    ("a.jsonl", b'{"id": "a"}', "a.jsonl:1: no document of hatif's schema: key 'text' is missing"),
    ("a.jsonl", b'{"id": "a", "text": "a"}\n' * 2, "the id 'a' occurs twice"),
    ("a.jsonl", '{"id": "قطر"}'.encode("cp1256"), "a.jsonl:1: not UTF-8"),
    ("\x1b[31m\na.txt", b"", r"\x1b[31m a.txt: empty"),
]


@pytest.mark.parametrize(("name", "content", "told"), BAD_FILES, ids=[told for *_, told in BAD_FILES])
def test_a_bad_file_is_one_line_and_the_run_goes_on_or_stops(
    hatif: Hatif, bundle: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    good, bad, last, out = tmp_path / "0.txt", tmp_path / name, tmp_path / "z.txt", tmp_path / "out.jsonl"
    good.write_text(ARTICLE, encoding="utf-8")
    last.write_text(ARTICLE, encoding="utf-8")
    bad.write_bytes(content)
    options = ("--model", bundle, "--format", "jsonl", "--out", out)
    assert_one_line(hatif("predict", good, bad, last, *options, "--strict"), told)
    assert sorted(tmp_path.iterdir()) == sorted([good, bad, last])
    out.write_text("before", encoding="utf-8")
    assert_one_line(hatif("predict", good, bad, last, *options, "--strict"), told)
    assert out.read_text(encoding="utf-8") == "before"
    assert_one_line(hatif("predict", good, bad, last, *options), told)
    assert [document.id for document in read_documents(out) if document.id != "a"] == [str(good), str(last)]


def test_nothing_but_faults_leaves_the_output_alone(hatif: Hatif, bundle: Path, tmp_path: Path) -> None:
    bad, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    bad.write_text('{"id": "a"}\n{\n', encoding="utf-8")
    code, told, err = hatif("predict", bad, "--model", bundle, "--format", "jsonl", "--out", out)
    assert (code, told) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == [f"{bad}:1", f"{bad}:2"]
    assert list(tmp_path.iterdir()) == [bad]


def test_a_source_that_is_not_there_is_told_before_the_model_is_opened(hatif: Hatif, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    for source, told in [("missing.txt", "no such file or folder"), ("inner", "no .txt or .jsonl file in this folder")]:
        ended = hatif("predict", tmp_path / source, "--model", tmp_path / "no-model")
        assert_one_line(ended, f"{tmp_path / source}: {told}")


def test_duplicate_ids_across_sources_are_told(hatif: Hatif, bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    ended = hatif("predict", tmp_path, tmp_path / "a.txt", "--model", bundle)
    assert_one_line(ended, "occurs twice")


@pytest.mark.parametrize(
    ("name", "told"),
    [(".", "is a folder; name a file to write"), ("missing/out", "cannot be written (No such file or directory)")],
)
@pytest.mark.parametrize("form", ["page", "jsonl", "conll"])
def test_an_output_that_cannot_be_written_is_told(
    hatif: Hatif, bundle: Path, tmp_path: Path, name: str, told: str, form: str
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    ended = hatif("predict", article, "--model", bundle, "--format", form, "--out", tmp_path / name)
    assert_one_line(ended, told)
    assert list(tmp_path.iterdir()) == [article]


def edited(name: str, **changes: object) -> Callable[[Path], None]:
    """Change keys of one of a bundle's JSON files."""

    def edit(bundle: Path) -> None:
        content = json.loads((bundle / name).read_text(encoding="utf-8"))
        (bundle / name).write_text(json.dumps({**content, **changes}), encoding="utf-8")

    return edit


def replaced(name: str, content: bytes | None) -> Callable[[Path], None]:
    """Give a file of a bundle other bytes, or none."""

    def replace(bundle: Path) -> None:
        (bundle / name).unlink()
        if content is not None:
            (bundle / name).write_bytes(content)

    return replace


def cut(bundle: Path) -> None:
    weights = bundle / "model.onnx"
    weights.write_bytes(weights.read_bytes()[:-100])


BAD_BUNDLES: list[tuple[str, Callable[[Path], None], str]] = [
    ("nothing", shutil.rmtree, "no such model directory; give --model a bundle"),
    ("no bundle.json", replaced("bundle.json", None), "bundle.json: this file of the bundle cannot be read"),
    ("no config", replaced("config.json", None), "config.json: this file of the bundle cannot be read"),
    ("no tokenizer", replaced("tokenizer.json", None), "tokenizer.json: this file of the bundle is missing"),
    ("no weights", replaced("model.onnx", None), "holds neither model.int8.onnx nor model.safetensors"),
    ("cut weights", cut, "model.onnx: the weights are damaged (their checksum differs)"),
    ("damaged json", replaced("bundle.json", b"{"), "bundle.json: damaged, not valid JSON"),
    ("binary json", replaced("config.json", b"\xff\xfe"), "config.json: damaged, not valid JSON"),
    ("list", replaced("config.json", b"[]"), "config.json: damaged, no JSON object"),
    ("damaged tokenizer", replaced("tokenizer.json", b"{}"), "tokenizer.json: damaged, no tokenizer"),
    ("other labels", edited("config.json", id2label={"0": "O", "1": "B-PER"}), "labels disagree with hatif's"),
    ("no labels", edited("config.json", id2label=None), "labels disagree with hatif's"),
    ("other tags", edited("bundle.json", tags=["O"]), "labels disagree with hatif's"),
    ("later format", edited("bundle.json", format=2), "bundle format 2, this hatif reads 1"),
    ("no calibration", edited("bundle.json", calibration={"temperature": 1}), "bundle.json: damaged"),
    ("odd window", edited("bundle.json", window="wide"), "bundle.json: damaged"),
]


@pytest.mark.parametrize(("spoil", "told"), [row[1:] for row in BAD_BUNDLES], ids=[row[0] for row in BAD_BUNDLES])
def test_a_bad_bundle_is_told(
    hatif: Hatif, bundle: Path, tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    article, copy = tmp_path / "a.txt", tmp_path / "copy"
    article.write_text(ARTICLE, encoding="utf-8")
    shutil.copytree(bundle, copy)
    spoil(copy)
    ended = hatif("predict", article, "--model", copy)
    assert_one_line(ended, told)
    assert ended[1] == ""


def test_an_unknown_device_is_told(hatif: Hatif, bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    ended = hatif("predict", tmp_path / "a.txt", "--model", bundle, "--device", "tpu")
    assert_one_line(ended, "device 'tpu' is unknown; use auto, cpu or cuda")


@pytest.mark.parametrize("form", ["page", "jsonl", "conll"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Putin called Trump",
        "\ud800 بوتين \udfff",
        "\u202eبوتين\u202c \u2066قطر\u2069",
        "\x1b[2J\x9b31m\x07 بوتين",
        "a" * 100_000,
        "\u064b\u0640\u200f",
        "بوتين\u2028قطر\x85",
    ],
    ids=["empty", "latin", "surrogates", "bidi", "escapes", "endless word", "marks", "separators"],
)
def test_strange_text_gets_a_right_answer(hatif: Hatif, bundle: Path, tmp_path: Path, text: str, form: str) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    source.write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
    assert hatif("predict", source, "--model", bundle, "--format", form, "--out", out) == (0, "", "")
    content = out.read_text(encoding="utf-8")
    code, told, err = hatif("predict", source, "--model", bundle, "--format", form)
    assert (code, err) == (0, "")
    if form == "jsonl":
        (document,) = read_documents(out)
        assert document.text == text
        assert [document.words_of(span).strip("\u202e\u202c\u2066\u2069") for span in document.spans] == [
            word for word in ("بوتين", "قطر") if word in text
        ]
    if form == "page":
        assert not {"\x1b", "\x9b", "\x07"} & {*content, *told}


def test_a_closed_standard_input_is_told(hatif: Hatif, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert_one_line(hatif("predict", "-", "--model", bundle), "stdin: empty, no text to read")


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("tuning.epoch=3", "--set: unknown setting 'tuning.epoch'; did you mean 'tuning.epochs'?"),
        ("tuning.epochs=many", "--set: 'tuning.epochs' must be float, got 'many'"),
        ("tuning.batch=0", "--set: tuning.batch must be above 0"),
    ],
)
@pytest.mark.parametrize("command", ["train", "pretrain"])
def test_a_mistaken_setting_is_told_before_anything_is_written(
    hatif: Hatif, tmp_path: Path, command: str, override: str, told: str
) -> None:
    config = tmp_path / "a.toml"
    config.write_text("", encoding="utf-8")
    if command == "pretrain":
        override, told = (line.replace("tuning.epoch", "pretraining.minute") for line in (override, told))
        override, told = (line.replace("tuning.batch", "pretraining.batch") for line in (override, told))
    sources = ["a.txt"] if command == "pretrain" else []
    ended = hatif(command, *sources, "--config", config, "--set", override, "--out", tmp_path / "out")
    assert_one_line(ended, told)
    assert not (tmp_path / "out").exists()


def test_a_missing_settings_file_is_told(hatif: Hatif, tmp_path: Path) -> None:
    ended = hatif("train", "--config", tmp_path / "a.toml", "--out", tmp_path / "out")
    assert_one_line(ended, "a.toml: no settings file that can be read")
