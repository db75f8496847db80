"""Typed settings, read from `configs/*.toml` and `--set key=value`."""

from hatif.settings.loading import as_toml, load_settings
from hatif.settings.schema import (
    AugmentationSettings,
    EncoderSettings,
    FineTuningSettings,
    PretrainingSettings,
    PretrainSettings,
    TrainSettings,
    WordFormSettings,
)

__all__ = [
    "AugmentationSettings",
    "EncoderSettings",
    "FineTuningSettings",
    "PretrainSettings",
    "PretrainingSettings",
    "TrainSettings",
    "WordFormSettings",
    "as_toml",
    "load_settings",
]
