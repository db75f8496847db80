"""Pretraining: masks of whole words, text held out for good, and runs that survive a kill."""

import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

import tiny
from hatif.domain import HatifError
from hatif.models.bundle import METRICS, SETTINGS, open_bundle
from hatif.models.starting import load_masked, load_start
from hatif.settings import EncoderSettings, PretrainingSettings, PretrainSettings, load_settings
from hatif.training import pretraining
from hatif.training.corpus import read_paragraphs
from hatif.training.pretrain_run import parse_weights, pretrain_encoder
from hatif.training.pretraining import Progress, Sampler, rate_at, split_held_out
from hatif.training.run import train

SPECIALS = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4}
VOCABULARY = 60
CONTINUES = np.arange(VOCABULARY) >= 40
"""Pieces from 40 on go on with a word."""
RECIPE = PretrainingSettings(batch=6, length=33, masked=0.25, held_out=10)


def pieces(count: int, seed: int = 0, vocabulary: int = VOCABULARY) -> np.ndarray:
    """Random text: words of one to four pieces, a [SEP] here and there."""
    rng = np.random.default_rng(seed)
    text = rng.integers(5, vocabulary, count)
    text[rng.random(count) < 0.03] = SPECIALS["[SEP]"]
    return text.astype(np.uint16)


def sampler(*arrays: np.ndarray, weights: list[float] | None = None, recipe: PretrainingSettings = RECIPE) -> Sampler:
    return Sampler(arrays, weights or [1.0] * len(arrays), CONTINUES, SPECIALS, recipe, positions=64)


def hidden(batch: tuple[torch.Tensor, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The pieces of a batch as they were written, flat, and whether each is asked for."""
    read, _, chosen, targets = (tensor.numpy() for tensor in batch)
    asked = np.zeros(read.size, dtype=bool)
    asked[chosen[targets != -100]] = True
    written = read.reshape(-1).copy()
    written[chosen[targets != -100]] = targets[targets != -100]
    return written, asked


def test_a_step_is_drawn_from_its_number_alone() -> None:
    one, other = sampler(pieces(5000)), sampler(pieces(5000))
    one.batch(3)
    for left, right in zip(one.batch(7), other.batch(7), strict=True):
        assert torch.equal(left, right)
    assert not torch.equal(one.batch(7)[0], one.batch(8)[0])


@pytest.mark.parametrize("step", range(20))
def test_whole_words_are_masked_and_about_the_share_that_was_asked(step: int) -> None:
    batch = sampler(pieces(5000)).batch(step)
    written, asked = hidden(batch)
    special = np.isin(written, list(SPECIALS.values()))
    assert not asked[special].any()
    word = np.cumsum(~CONTINUES[written])
    for number in np.unique(word):
        inside = (word == number) & ~special
        assert asked[inside].all() or not asked[inside].any()
    assert 0.2 < asked.sum() / written.size <= RECIPE.masked
    read = batch[0].numpy().reshape(-1)
    assert (read[~asked] == written[~asked]).all()
    assert not np.isin(written, [SPECIALS["[MASK]"]]).any()


def test_of_the_chosen_pieces_a_tenth_stays_and_a_tenth_is_another() -> None:
    source = sampler(pieces(5000))
    read, written = [], []
    for step in range(200):
        batch = source.batch(step)
        before, asked = hidden(batch)
        read.append(batch[0].numpy().reshape(-1)[asked])
        written.append(before[asked])
    seen, truth = np.concatenate(read), np.concatenate(written)
    assert (seen == SPECIALS["[MASK]"]).mean() == pytest.approx(0.8, abs=0.02)
    assert (seen == truth).mean() == pytest.approx(0.1, abs=0.02)


def test_shapes_never_change_and_positions_stay_on_the_table() -> None:
    source = sampler(pieces(5000))
    shapes = {tuple(tensor.shape for tensor in source.batch(step)) for step in range(20)}
    assert len(shapes) == 1
    positions = torch.stack([source.batch(step)[1] for step in range(20)])
    assert positions.min() == 0
    assert 32 < int(positions.max()) < 64


@pytest.mark.parametrize("count", [66, 200, 700, 5000, 50_000])
def test_held_out_text_is_never_trained_on(count: int) -> None:
    text = np.arange(count, dtype=np.uint16)
    kept, held = split_held_out(text, RECIPE)
    assert np.array_equal(np.concatenate([kept, held]), text)
    assert len(held) == min(RECIPE.held_out, count // 128) * 32
    continues = np.zeros(count + 1, dtype=bool)
    source = Sampler([text], [1.0], continues, dict.fromkeys(SPECIALS, count), RECIPE, positions=64)
    assert all(int(piece) < len(kept) for array in source.arrays for piece in array)
    assert not len(held) or list(source.held_out_batches())


def test_held_out_masks_are_the_same_every_time() -> None:
    source = sampler(pieces(5000))
    for one, other in zip(source.held_out_batches(), source.held_out_batches(), strict=True):
        assert all(torch.equal(left, right) for left, right in zip(one, other, strict=True))


def test_texts_are_drawn_by_size_and_weight() -> None:
    """A text too short to draw from takes no share, and its weight passes to no other."""
    first, short, last = np.full(4000, 10, np.uint16), np.full(20, 20, np.uint16), np.full(2000, 30, np.uint16)
    source = sampler(first, short, last, weights=[1.0, 50.0, 2.0], recipe=PretrainingSettings(batch=64, length=33))
    drawn = np.concatenate([hidden(source.batch(step))[0] for step in range(20)])
    kept = 4000 - len(split_held_out(first, PretrainingSettings(batch=64, length=33))[1])
    assert not (drawn == 20).any()
    assert (drawn == 30).sum() / (drawn == 10).sum() == pytest.approx(2 * 2000 / kept, rel=0.15)


def test_too_little_text_is_told() -> None:
    with pytest.raises(HatifError, match="give more text"):
        sampler(pieces(50), pieces(60))


def test_frequencies_are_those_of_the_weighted_text() -> None:
    text = np.repeat(np.array([10, 11], np.uint16), [3000, 1000])
    logs = sampler(np.random.default_rng(0).permutation(text)).log_frequencies()
    assert np.exp(logs).sum() == pytest.approx(1.0, abs=1e-3)
    assert np.exp(logs[10] - logs[11]) == pytest.approx(3.0, rel=0.1)


def test_the_rate_rises_and_falls_to_the_end_of_the_budget() -> None:
    recipe = PretrainingSettings(warmup=0.1)
    assert [rate_at(share, recipe) for share in (0.0, 0.05, 0.1, 0.55, 1.0, 1.2)] == pytest.approx(
        [0.0, 0.5, 1.0, 0.5, 0.0, 0.0]
    )
    assert rate_at(0.0, PretrainingSettings(warmup=0.0)) == 1.0
    assert [rate_at(share, recipe, 0.1) for share in (0.05, 0.1, 0.15, 0.2, 0.6, 1.0)] == pytest.approx(
        [0.0, 0.0, 0.5, 1.0, 0.5, 0.0]
    )


# ---- a whole run, on a few KB of text, in seconds


def write_text(path: Path, paragraphs: int = 220) -> Path:
    """Sentences of a small world, shuffled word by word: enough for a few pieces, and nobody's text."""
    words = " ".join(document.text for document in tiny.documents(tiny.TRAIN)).split()
    rng = Random(4)
    lines = [" ".join(rng.choice(words) for _ in range(rng.randrange(8, 30))) for _ in range(paragraphs)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def recipe_of(**changes: object) -> PretrainSettings:
    values = {"minutes": 0.03, "batch": 4, "length": 32, "vector_epochs": 0, "compile": False, "held_out": 4}
    shape = EncoderSettings(start="", vocabulary=300, layers=2, width=32, heads=2, feed_forward=64, positions=64)
    return PretrainSettings(shape, PretrainingSettings(**(values | {"checkpoint_minutes": 0.02} | changes)))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    return write_text(tmp_path / "text.txt")


class Killed(Exception):  # noqa: N818  it is no error
    """Stands for the end of the process."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that moves on by a tenth of a second whenever it is read, so that runs do not depend on the machine."""
    now = [0.0]

    def monotonic() -> float:
        now[0] += 0.1
        return now[0]

    monkeypatch.setattr(pretraining.time, "monotonic", monotonic)
    return now


def curve(out: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (out / "run" / "curve.jsonl").read_text().splitlines()]


def test_a_killed_run_goes_on_and_never_restarts(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    chosen = recipe_of(minutes=0.2, checkpoint_minutes=0.015)
    whole, out = tmp_path / "whole", tmp_path / "killed"
    pretrain_encoder([str(text)], chosen, whole, lambda line: None)
    done = Progress(**json.loads((whole / METRICS).read_text()))
    assert done.steps > 100
    drawn: list[int] = []
    draw = Sampler.batch

    def counted(self: Sampler, step: int) -> tuple[torch.Tensor, ...]:
        drawn.append(step)
        if len(drawn) == 70:
            raise Killed
        return draw(self, step)

    monkeypatch.setattr(Sampler, "batch", counted)
    with pytest.raises(Killed):
        pretrain_encoder([str(text)], chosen, out, lambda line: None)
    kept = curve(out)[-1]
    assert 50 < kept["steps"] < 70
    assert not (out / "config.json").exists()
    told: list[str] = []
    pretrain_encoder([str(text)], chosen, out, told.append)
    assert drawn[70] == kept["steps"]
    assert not any("training a tokenizer" in line or "encoding" in line for line in told)
    steps = [point["steps"] for point in curve(out)]
    assert steps == sorted(steps)
    again = Progress(**json.loads((out / METRICS).read_text()))
    assert again.steps == pytest.approx(done.steps, abs=3)
    assert again.pieces == again.steps * 4 * 32
    assert again.seconds >= 0.2 * 60
    # A run that is over is not begun again: it is written once more as it is.
    before = len(drawn)
    pretrain_encoder([str(text)], chosen, out, lambda line: None)
    assert len(drawn) == before


def test_undisturbed_and_resumed_runs_are_one(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    """From the same checkpoint both go through the same steps to the same weights, as long as the clock runs alike."""
    chosen = recipe_of(minutes=0.05, checkpoint_minutes=0.01)
    results = []
    for name in ("one", "other"):
        out = tmp_path / name
        clock[0] = 0.0
        pretrain_encoder([str(text)], chosen, out, lambda line: None)
        results.append(torch.load(out / "run" / "checkpoint.pt", weights_only=True))
        (tmp_path / "other" / "run").mkdir(parents=True, exist_ok=True)
        (tmp_path / "other" / "run" / "tokenizer.json").write_bytes((out / "run" / "tokenizer.json").read_bytes())
    first, second = (result["model"] for result in results)
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_it_learns_and_reports(text: Path, tmp_path: Path, clock: list[float]) -> None:
    told: list[str] = []
    chosen = recipe_of(minutes=0.3, checkpoint_minutes=0.05, hidden_rate=1e-2, rate=1e-2)
    pretrain_encoder([str(text)], chosen, tmp_path / "out", told.append)
    points = curve(tmp_path / "out")
    assert points[-1]["held_out"] < points[0]["held_out"]
    assert all(np.isfinite(point["held_out"]) for point in points)
    assert "held-out" in told[-1]
    assert load_settings(PretrainSettings, tmp_path / "out" / SETTINGS) == chosen


@pytest.mark.parametrize("vector_epochs", [0, 1])
def test_the_result_is_an_encoder_to_start_from(
    text: Path, tmp_path: Path, vector_epochs: int, clock: list[float]
) -> None:
    out = tmp_path / "out"
    chosen = recipe_of(vector_epochs=vector_epochs)
    if vector_epochs:  # static vectors stand beside the units that hold positions
        shape = EncoderSettings(start="", vocabulary=300, layers=2, width=96, heads=4, feed_forward=64, positions=64)
        chosen = PretrainSettings(shape, chosen.pretraining)
    pretrain_encoder([str(text)], chosen, out, lambda line: None)
    model, tokenizer = load_start(EncoderSettings(start=str(out)), 0.1)
    state = torch.load(out / "run" / "checkpoint.pt", weights_only=True)["model"]
    for name, value in model.base_model.state_dict().items():
        assert torch.equal(value, state[f"bert.{name}"].half().float())
    assert tokenizer.get_vocab_size() == model.config.vocab_size
    train(tiny.settings(tmp_path, f"encoder.start='{out}'", "tuning.epochs=1"), tmp_path / "bundle")
    assert open_bundle(tmp_path / "bundle").window == 64


def test_it_goes_on_from_an_encoder_and_warms_its_head_up_first(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    pretrain_encoder([str(text)], recipe_of(), first, lambda line: None)
    before = load_masked(str(first)).state_dict()
    chosen = PretrainSettings(EncoderSettings(start=str(first)), recipe_of(minutes=0.2, warmup=0.3).pretraining)
    draw = Sampler.batch
    drawn: list[int] = []

    def counted(self: Sampler, step: int) -> tuple[torch.Tensor, ...]:
        drawn.append(step)
        if len(drawn) == 30:
            raise Killed
        return draw(self, step)

    with monkeypatch.context() as patch:
        patch.setattr(Sampler, "batch", counted)
        with pytest.raises(Killed):
            pretrain_encoder([str(text)], chosen, second, lambda line: None)
    kept = torch.load(second / "run" / "checkpoint.pt", weights_only=True)
    assert 0 < kept["progress"]["seconds"] < 0.3 * 12
    moved = {name for name, value in kept["model"].items() if not torch.equal(value, before[name])}
    assert moved
    assert all(name.startswith("cls.") for name in moved)
    pretrain_encoder([str(text)], chosen, second, lambda line: None)
    after = torch.load(second / "run" / "checkpoint.pt", weights_only=True)["model"]
    name = "bert.encoder.layer.0.output.dense.weight"
    assert not torch.equal(after[name], before[name])
    assert (first / "tokenizer.json").read_text() == (second / "tokenizer.json").read_text()


def test_an_encoder_that_is_not_there_is_told(text: Path, tmp_path: Path) -> None:
    chosen = PretrainSettings(EncoderSettings(start=str(tmp_path / "none")), recipe_of().pretraining)
    with pytest.raises(HatifError, match="none"):
        pretrain_encoder([str(text)], chosen, tmp_path / "out", lambda line: None)


def test_packed_texts_read_alike(text: Path, tmp_path: Path) -> None:
    content = text.read_bytes()
    (tmp_path / "text.xz").write_bytes(lzma.compress(content))
    (tmp_path / "text.gz").write_bytes(gzip.compress(content))
    plain = list(read_paragraphs(str(text)))
    assert plain == list(read_paragraphs(str(tmp_path / "text.xz"))) == list(read_paragraphs(str(tmp_path / "text.gz")))
    assert len(plain) == 220


def damaged_gz(path: Path) -> bytes:
    content = bytearray(gzip.compress("نص طويل بلا معنى ".encode() * 4000 + bytes(range(97, 123)) * 90))
    content[40:60] = b"\xff" * 20
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.txt", None),
        ("latin.txt", "نص".encode("cp1256")),
        ("cut.xz", lzma.compress("نص بلا نهاية".encode() * 99)[:-20]),
        ("plain.xz", "نص".encode()),
        ("cut.gz", gzip.compress("نص بلا نهاية".encode() * 99)[:-8]),
        ("plain.gz", "نص".encode()),
        ("bad.gz", damaged_gz(Path())),
    ],
)
def test_a_text_that_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(HatifError, match=name):
        pretrain_encoder([str(tmp_path / name)], recipe_of(), tmp_path / "out", lambda line: None)


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ([], "no text to pretrain on"),
        (["a.txt=much"], "is no number"),
        (["a.txt=0"], "above 0"),
        (["a.txt=-1"], "above 0"),
        (["a.txt=nan"], "above 0"),
        (["a.txt=inf"], "above 0"),
    ],
)
def test_faulty_weights_are_told(sources: list[str], told: str) -> None:
    with pytest.raises(HatifError, match=told):
        parse_weights(sources)


def test_weights_follow_the_last_equals_sign() -> None:
    assert parse_weights(["a.txt", "b=c.xz=2.5"]) == [("a.txt", 1.0), ("b=c.xz", 2.5)]


def damage_checkpoint(out: Path) -> None:
    (out / "run" / "checkpoint.pt").write_bytes(b"no checkpoint")


def cut_checkpoint(out: Path) -> None:
    path = out / "run" / "checkpoint.pt"
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("damage", "changes", "told"),
    [
        (damage_checkpoint, {}, "no checkpoint of this encoder"),
        (cut_checkpoint, {}, "no checkpoint of this encoder"),
        (lambda out: None, {"layers": 3}, "no checkpoint of this encoder"),
        (lambda out: None, {"width": 64}, "no checkpoint of this encoder"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_told(
    text: Path, tmp_path: Path, damage: Callable[[Path], None], changes: dict[str, int], told: str
) -> None:
    out = tmp_path / "out"
    pretrain_encoder([str(text)], recipe_of(minutes=0.005), out, lambda line: None)
    damage(out)
    shape = {"vocabulary": 300, "layers": 2, "width": 32, "heads": 2, "feed_forward": 64, "positions": 64} | changes
    chosen = PretrainSettings(EncoderSettings(start="", **shape), recipe_of(minutes=0.01).pretraining)
    with pytest.raises(HatifError, match=told) as error:
        pretrain_encoder([str(text)], chosen, out, lambda line: None)
    assert "\n" not in str(error.value)


def test_other_texts_do_not_go_on_with_the_pieces_of_the_first(text: Path, tmp_path: Path) -> None:
    pretrain_encoder([str(text)], recipe_of(minutes=0.002), tmp_path / "out", lambda line: None)
    other = write_text(tmp_path / "other.txt")
    with pytest.raises(HatifError, match="begun with other texts"):
        pretrain_encoder([str(other)], recipe_of(minutes=0.002), tmp_path / "out", lambda line: None)


def test_vectors_need_room_beside_positions(text: Path, tmp_path: Path) -> None:
    with pytest.raises(HatifError, match=r"encoder\.width is 32"):
        pretrain_encoder([str(text)], recipe_of(vector_epochs=1), tmp_path / "out", lambda line: None)


def test_an_output_that_cannot_be_written_is_told(text: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HatifError, match="cannot be written"):
        pretrain_encoder([str(text)], recipe_of(), tmp_path / "file" / "out", lambda line: None)
