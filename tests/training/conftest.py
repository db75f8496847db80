"""An encoder of two tiny layers to start from."""

from pathlib import Path

import pytest
import torch

import tiny
from hatif.models.saving import save_encoder
from hatif.models.starting import random_start


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an encoder with random weights, laid out as pretraining leaves it; not to be changed."""
    path = tmp_path_factory.mktemp("encoder")
    torch.manual_seed(13)
    save_encoder(random_start(tiny.SHAPE, tiny.tokenizer(), 0.0).base_model, tiny.tokenizer(), path)
    return path
