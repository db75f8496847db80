"""A bundle of two tiny layers with random weights."""

from pathlib import Path

import pytest

import tiny


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a bundle with random weights, in safetensors and both ONNX exports; not to be changed."""
    path = tmp_path_factory.mktemp("tiny")
    tiny.write_bundle(path)
    return path
