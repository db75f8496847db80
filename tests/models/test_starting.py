"""Where fine-tuning starts: a directory laid out as AraBERT is published, or one line that says both ways on."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForTokenClassification, AutoTokenizer, BertConfig, BertForMaskedLM, pipeline

import tiny
from hatif.arabic.words import split_words
from hatif.domain import HatifError
from hatif.inference.tagger import Tagger
from hatif.models.bundle import open_bundle
from hatif.models.starting import load_start
from hatif.settings import EncoderSettings, TrainSettings, load_settings
from hatif.tagging.tags import TAGS
from hatif.tagging.windows import WordEncoder
from hatif.training.run import train

PROJECT = Path(__file__).parents[2]
SPECIALS = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "sep", "pad", "cls", "mask")}
LETTERS = [*"ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي0123456789.,:!()-_#٠١٢٣٤٥٦٧٨٩،؟«»"]
WORDS = [
    "الرئيس",
    "رئيس",
    "الروسي",
    "السعودى",
    "بوتين",
    "أجرى",
    "اتصالا",
    "هاتفيا",
    "مكالمة",
    "إلى",
    "على",
    "##ين",
    "##ها",
]


def write_arabert(path: Path, *, with_tokenizer_json: bool) -> None:
    """A tiny checkpoint with the files of `aubmindlab/bert-base-arabertv02`, no letter folded in its vocabulary."""
    path.mkdir()
    reserved = ["[رابط]", "[بريد]", "[مستخدم]"]  # [link], [mail], [user], as its own preprocessor writes them
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *reserved, *LETTERS, *(f"##{c}" for c in LETTERS), *WORDS]
    pieces = list(dict.fromkeys(pieces))
    (path / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    told = {"do_lower_case": False, "max_len": 512, "never_split": reserved, "do_basic_tokenize": True, **SPECIALS}
    told |= {"strip_accents": None, "tokenize_chinese_chars": True, "name_or_path": "aubmindlab/bert-base-arabertv02"}
    (path / "tokenizer_config.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    (path / "special_tokens_map.json").write_text(json.dumps(SPECIALS), encoding="utf-8")
    torch.manual_seed(2)
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    config = BertConfig(vocab_size=len(pieces), type_vocab_size=2, max_position_embeddings=512, **shape)
    BertForMaskedLM(config).save_pretrained(path)
    if with_tokenizer_json:
        AutoTokenizer.from_pretrained(path).backend_tokenizer.save(str(path / "tokenizer.json"))
    published = {"config.json", "vocab.txt", "tokenizer_config.json", "special_tokens_map.json", "model.safetensors"}
    assert {file.name for file in path.iterdir()} - {"generation_config.json", "tokenizer.json"} == published


@pytest.fixture(params=[False, True], ids=["vocab.txt", "tokenizer.json"])
def arabert(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "arabert"
    write_arabert(path, with_tokenizer_json=request.param)
    return path


def start(path: Path | str) -> tuple[object, Tokenizer]:
    return load_start(EncoderSettings(start=str(path)), dropout=0.1)


def test_arabert_letters_stay_and_marks_go(arabert: Path) -> None:
    _, tokenizer = start(arabert)
    marked = "أَجْرَى \u200fالرَّئِيـــسُ\u200f السعودى مكالمةً إلى ٢٠١٧"  # the Saudi president made a call to … 2017
    plain = "أجرى الرئيس السعودى مكالمة إلى ٢٠١٧"
    assert tokenizer.normalizer.normalize_str(marked) == plain
    assert tokenizer.encode(marked).tokens == tokenizer.encode(plain).tokens
    assert tokenizer.encode(plain).tokens[:6] == ["[CLS]", "أجرى", "الرئيس", "السعودى", "مكالمة", "إلى"]
    assert "[UNK]" not in tokenizer.encode(marked).tokens
    for piece, (begin, end) in zip(
        tokenizer.encode(marked).tokens[1:-1], tokenizer.encode(marked).offsets[1:-1], strict=True
    ):
        assert marked[begin:end][0] == piece.removeprefix("##")[0]


def test_arabert_layout_is_fine_tuned_saved_and_read_again(arabert: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    overrides = (f"encoder.start='{arabert}'", "tuning.window=128", "tuning.epochs=1", "augmentation.noise=1.0")
    train(tiny.settings(tmp_path, *overrides), out)
    text = "أَجْرَى #الرَّئِيس_الروسيّ \u202bبُوتِيـن\u202c اتّصالاً هاتفيًّا بالعاهل السعودى، في ٢٠١٧."
    tagged = Tagger.load(out).tag(text)
    assert tagged.text == text
    edges = [(word.start, word.end) for word in split_words(text)]
    for span in tagged.spans:
        assert span.start in {start for start, _ in edges}
        assert span.end in {end for _, end in edges}
    ours = WordEncoder(open_bundle(out).tokenizer).encode(text, split_words(text))
    theirs = AutoTokenizer.from_pretrained(out)
    assert theirs(text, add_special_tokens=False)["input_ids"] == [piece for word in ours for piece in word]
    assert theirs.model_max_length == 512
    model = AutoModelForTokenClassification.from_pretrained(out)
    assert tuple(model.config.id2label[index] for index in range(len(TAGS))) == TAGS
    assert {item["entity"] for item in pipeline("token-classification", model=str(out), device="cpu")(text)} <= set(
        TAGS
    )


def test_encoder_weights_arrive(arabert: Path) -> None:
    model, _ = start(arabert)
    source = BertForMaskedLM.from_pretrained(arabert).state_dict()
    for name, value in model.bert.state_dict().items():  # type: ignore[attr-defined]
        assert torch.equal(value, source[f"bert.{name}"])


def rewritten(name: str, **changes: object) -> Callable[[Path], object]:
    def damage(path: Path) -> None:
        content = json.loads((path / name).read_text())
        (path / name).write_text(json.dumps(content | changes))

    return damage


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda path: (path / "config.json").unlink(), "holds no encoder"),
        (lambda path: (path / "config.json").write_text("{"), "holds no encoder"),
        (lambda path: (path / "config.json").write_text("{}"), "holds no encoder"),
        (lambda path: (path / "model.safetensors").unlink(), "holds no encoder"),
        (lambda path: (path / "model.safetensors").write_bytes(b"weights"), "holds no encoder"),
        (lambda path: (path / "vocab.txt").unlink(), ""),
        (lambda path: (path / "tokenizer.json").write_text("{}"), "holds no encoder"),
        (lambda path: (path / "vocab.txt").write_text("\n".join(SPECIALS.values())), "no vocabulary"),
        (rewritten("config.json", hidden_size=48), "do not fill the encoder"),
        (rewritten("config.json", num_hidden_layers=3), "do not fill the encoder"),
        (lambda path: (path / "vocab.txt").open("a").write("\n".join(map(str, range(300)))), "more pieces than"),
        (lambda path: shutil.rmtree(path), "either connect to the hub"),
    ],
)
def test_a_damaged_encoder_is_one_line(
    tmp_path: Path, damage: Callable[[Path], object], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hatif.models.starting.is_offline_mode", lambda: True)
    path = tmp_path / "arabert"
    write_arabert(path, with_tokenizer_json=False)
    damage(path)
    with pytest.raises(HatifError) as error:
        start(path)
    assert str(path) in str(error.value)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["aubmindlab/bert-base-arabertv02", "models/none", "/no/such/directory", "../none"])
def test_without_network_and_copy_one_line_names_both_ways(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("hatif.models.starting.is_offline_mode", lambda: True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("transformers.utils.hub.constants.HF_HUB_CACHE", str(tmp_path))
    begun = time.monotonic()
    with pytest.raises(HatifError) as error:
        start(name)
    assert time.monotonic() - begun < 5
    message = str(error.value)
    assert f"'{name}'" in message
    assert "no such local directory" in message
    assert "connect to the hub" in message
    assert "encoder.start=DIRECTORY" in message
    assert "\n" not in message


def test_a_hub_that_does_not_answer_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Port 9 discards: nothing listens there."""
    monkeypatch.setattr("hatif.models.starting.is_offline_mode", lambda: False)
    monkeypatch.setattr("hatif.models.starting.ENDPOINT", "http://127.0.0.1:9")
    begun = time.monotonic()
    with pytest.raises(HatifError, match="cannot be reached"):
        start("aubmindlab/bert-base-arabertv02-none")
    assert time.monotonic() - begun < 5


@pytest.mark.slow
def test_the_command_ends_with_code_2_and_one_line(tmp_path: Path) -> None:
    chosen = tiny.settings(tmp_path)
    command = [sys.executable, "scripts/train.py", "--config", "configs/arabert.toml", "--out", str(tmp_path / "out")]
    command += ["--set", f"train={chosen.train}", "--set", f"dev={chosen.dev}"]
    surroundings = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PYTHONPATH": str(PROJECT / "src")}
    ended = subprocess.run(
        command, cwd=PROJECT, env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert line.startswith("hatif: encoder 'aubmindlab/bert-base-arabertv02'")


def test_arabert_settings_are_those_published() -> None:
    chosen = load_settings(TrainSettings, PROJECT / "configs" / "arabert.toml")
    assert chosen.encoder.start == "aubmindlab/bert-base-arabertv02"
    assert chosen.tuning.rate == 5e-5
