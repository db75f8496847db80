"""Settings from TOML and --set: what is told of a mistake, and the way back to TOML."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.domain import HatifError
from hatif.settings import (
    AugmentationSettings,
    EncoderSettings,
    FineTuningSettings,
    PretrainSettings,
    TrainSettings,
    as_toml,
    load_settings,
)

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.toml"))


def test_what_nothing_names_keeps_its_default() -> None:
    assert load_settings(TrainSettings) == TrainSettings()


def test_overrides_win_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text('train = "a.jsonl"\n[tuning]\nepochs = 2\nbatch = 4\n', encoding="utf-8")
    settings = load_settings(TrainSettings, file, ["tuning.epochs = 3", "encoder.start=", "dev=b.jsonl"])
    assert settings.train == "a.jsonl"
    assert settings.dev == "b.jsonl"
    assert settings.encoder.start == ""
    assert settings.tuning == FineTuningSettings(epochs=3.0, batch=4)
    assert type(settings.tuning.epochs) is float


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("tuning.epoch=3", "unknown setting 'tuning.epoch'; did you mean 'tuning.epochs'?"),
        ("epochs=3", "unknown setting 'epochs'; did you mean 'tuning.epochs'?"),
        ("tunning.rate=1", "unknown setting 'tunning'; did you mean 'tuning'?"),
        ("encoder.layer=1", "did you mean 'encoder.layers'?"),
        ("tuning.batch=2.5", "'tuning.batch' must be int, got 2.5"),
        ("tuning.batch=true", "'tuning.batch' must be int, got True"),
        ("tuning.rate=fast", "'tuning.rate' must be float, got 'fast'"),
        ("tuning.bf16=1", "'tuning.bf16' must be bool, got 1"),
        ("train=7", "'train' must be str, got 7"),
        ("tuning=3", r"'tuning' is a section, \[tuning\]; got 3"),
        ("train.a=3", "'train' must be str"),
        ("tuning.epochs", "write it as section.key=value"),
        ("=3", "write it as section.key=value"),
        ("tuning.epochs=0", "tuning.epochs must be above 0, got 0"),
        ("tuning.dropout=1.5", "tuning.dropout must lie in 0–1, got 1.5"),
        ("tuning.rate=-1", "tuning.rate must not be negative, got -1"),
        ("tuning.rate=nan", "tuning.rate must not be negative, got nan"),
        ("encoder.heads=3", "encoder.heads must divide the width of 256, got 3"),
        ("augmentation.noise=2", "augmentation.noise must lie in 0–1"),
    ],
)
def test_a_mistaken_override_is_told_with_the_way_out(override: str, told: str) -> None:
    with pytest.raises(HatifError, match=rf"^--set.*{told}"):
        load_settings(TrainSettings, overrides=[override])


def test_a_value_is_no_section() -> None:
    with pytest.raises(HatifError, match="'train' is a value, not a section"):
        load_settings(TrainSettings, overrides=["train=a.jsonl", "train.b=1"])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[tuning]\nepoch = 3", "unknown setting 'tuning.epoch'; did you mean 'tuning.epochs'"),
        ("[tuning]\nepochs = -3", "tuning.epochs must be above 0"),
        ("[tuning", "not valid TOML"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_path(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "a.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(HatifError, match=rf"a\.toml: {told}"):
        load_settings(TrainSettings, file, ["tuning.batch=3"])


def test_a_settings_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_bytes(b"train = '\xff'")
    for name in ("missing.toml", "b.toml", "."):
        with pytest.raises(HatifError, match="no settings file that can be read"):
            load_settings(TrainSettings, tmp_path / name)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.name)
def test_the_shipped_settings_load_and_survive_the_way_through_toml(path: Path, tmp_path: Path) -> None:
    kind = PretrainSettings if path.name == "pretrain.toml" else TrainSettings
    settings = load_settings(kind, path)
    copy = tmp_path / "copy.toml"
    copy.write_text(as_toml(settings), encoding="utf-8")
    assert load_settings(kind, copy) == settings


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
probabilities = st.floats(0, 1)


@given(words, words, probabilities, st.floats(1e-12, 1e12), st.integers(0, 2**40), st.booleans())
def test_any_settings_survive_the_way_through_toml(
    train: str, start: str, noise: float, rate: float, seed: int, bf16: bool
) -> None:
    settings = TrainSettings(
        train=train,
        encoder=EncoderSettings(start=start),
        tuning=replace(FineTuningSettings(), rate=rate, seed=seed, bf16=bf16),
        augmentation=AugmentationSettings(noise=noise),
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.toml"
        file.write_text(as_toml(settings), encoding="utf-8", newline="")
        assert load_settings(TrainSettings, file) == settings
