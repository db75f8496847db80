"""`scripts/pretrain.py` whole: texts in, an encoder that fine-tuning starts from out."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from hatif.domain import HatifError
from hatif.models.bundle import METRICS, SETTINGS, TOKENIZER
from hatif.models.tokenizer import SPECIAL_PIECES, train_tokenizer
from hatif.settings import EncoderSettings, PretrainSettings, as_toml
from hatif.tagging.windows import piece_id
from hatif.training.corpus import continuation_mask, encode_corpus, sample_paragraphs
from hatif.training.vectors import train_vectors

if TYPE_CHECKING:
    from transformers import BertForMaskedLM

RUN = "run"
_SOURCES = "sources.json"
_VECTOR_PIECES = 4_000_000
"""Pieces of a text of weight under 1/2 that the static vectors see: enough for its words, soon done."""


def parse_weights(sources: Sequence[str]) -> list[tuple[str, float]]:
    """`FILE` or `FILE=WEIGHT` to pairs; a text of weight 2 is drawn twice as often for its size as one of weight 1.

    Raises:
        HatifError: a weight is no positive number, or there is no text.
    """
    weighted: list[tuple[str, float]] = []
    for source in sources:
        name, equals, weight = source.rpartition("=")
        try:
            value = float(weight) if equals else 1.0
        except ValueError as error:
            raise HatifError(f"{source}: the weight {weight!r} is no number; write FILE=2") from error
        if not 0 < value < math.inf:
            raise HatifError(f"{source}: the weight {weight!r} must be a number above 0")
        weighted.append((name if equals else source, value))
    if not weighted:
        raise HatifError("no text to pretrain on; give files (.txt, .xz, .gz) or datasets:OWNER/NAME/CONFIGURATION")
    return weighted


def pretrain_encoder(
    sources: Sequence[str], settings: PretrainSettings, out: Path, tell: Callable[[str], None]
) -> None:
    """Train tokenizer, vectors and encoder on texts and write them to `out`, laid out as `transformers` reads them.

    Every stage is kept in `out/run`; called again after a kill, finished stages are taken from there and the encoder
    goes on from its last checkpoint. A budget of 0 minutes leaves the encoder with its static vectors alone.

    Raises:
        HatifError: a text cannot be read or holds too little, or `out` holds a run that was begun otherwise.
    """
    from transformers.utils.logging import disable_progress_bar, set_verbosity_error

    from hatif.models.saving import save_encoder
    from hatif.training.pretraining import Progress, Sampler, pretrain

    set_verbosity_error()
    disable_progress_bar()
    weighted = parse_weights(sources)
    run = out / RUN
    try:
        run.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HatifError(f"{out}: cannot be written ({error.strerror or error}); give another --out") from error
    encoder, recipe = settings.encoder, settings.pretraining
    _check_same(weighted, run)
    tokenizer = _tokenizer(weighted, encoder, run, tell)
    arrays = [_pieces(index, source, tokenizer, run, tell) for index, (source, _) in enumerate(weighted)]
    model = _starting_model(arrays, weighted, tokenizer, settings, run, tell)
    specials = {piece: piece_id(tokenizer, piece) for piece in SPECIAL_PIECES}
    weights = [weight for _, weight in weighted]
    positions = model.config.max_position_embeddings
    sampler = Sampler(arrays, weights, continuation_mask(tokenizer), specials, recipe, positions)

    def report(progress: Progress) -> None:
        rate = progress.pieces / max(progress.seconds, 1e-9)
        tell(
            f"{progress.seconds / 60:6.1f} of {recipe.minutes:g} min  {progress.pieces / 1e6:7.2f} M pieces  "
            f"{rate:7,.0f}/s  loss {progress.loss:.3f}  held-out {progress.held_out:.3f}"
        )

    progress = pretrain(model, sampler, recipe, run, report, new_head=bool(encoder.start))
    save_encoder(model.base_model, tokenizer, out)
    (out / SETTINGS).write_text(as_toml(settings), encoding="utf-8")
    (out / METRICS).write_text(json.dumps(asdict(progress), indent=2) + "\n", encoding="utf-8")


def _check_same(weighted: Sequence[tuple[str, float]], run: Path) -> None:
    """Refuse to go on with pieces of other texts than those that the run in `run` was begun with."""
    path = run / _SOURCES
    told = json.dumps(weighted, ensure_ascii=False, indent=2) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") != told:
        raise HatifError(f"{path}: the run in this --out was begun with other texts; give the same, or another --out")
    path.write_text(told, encoding="utf-8")


def _tokenizer(
    weighted: Sequence[tuple[str, float]], encoder: EncoderSettings, run: Path, tell: Callable[[str], None]
) -> Tokenizer:
    path = run / TOKENIZER
    if not path.is_file():
        if encoder.start:
            from hatif.models.starting import load_tokenizer

            load_tokenizer(encoder.start).save(str(path))
        else:
            tell(f"training a tokenizer of {encoder.vocabulary:,} pieces")
            train_tokenizer(sample_paragraphs(weighted), encoder.vocabulary).save(str(path))
    return Tokenizer.from_file(str(path))


def _pieces(
    index: int, source: str, tokenizer: Tokenizer, run: Path, tell: Callable[[str], None]
) -> NDArray[np.uint16]:
    path = run / f"pieces-{index}.npy"
    if not path.is_file():
        tell(f"encoding {source}")
        _save_array(path, encode_corpus(source, tokenizer))
    array: NDArray[np.uint16] = np.load(path, mmap_mode="r")
    return array


def _starting_model(
    arrays: Sequence[NDArray[np.uint16]],
    weighted: Sequence[tuple[str, float]],
    tokenizer: Tokenizer,
    settings: PretrainSettings,
    run: Path,
    tell: Callable[[str], None],
) -> "BertForMaskedLM":
    """The encoder to go on from, or one of the settings' shape, with static vectors of its pieces if asked for."""
    import torch
    from transformers import BertForMaskedLM

    from hatif.models.initial import initialise
    from hatif.models.starting import encoder_config, load_masked

    torch.manual_seed(settings.pretraining.seed)
    if settings.encoder.start:
        return load_masked(settings.encoder.start)
    model = BertForMaskedLM(encoder_config(settings.encoder, tokenizer.get_vocab_size(), dropout=0.0))
    if settings.pretraining.vector_epochs:
        vectors = _vectors(arrays, weighted, tokenizer, settings, run, tell)
        initialise(model, torch.from_numpy(vectors), settings.pretraining.seed)
    return model


def _vectors(
    arrays: Sequence[NDArray[np.uint16]],
    weighted: Sequence[tuple[str, float]],
    tokenizer: Tokenizer,
    settings: PretrainSettings,
    run: Path,
    tell: Callable[[str], None],
) -> NDArray[np.float32]:
    from hatif.models.initial import PLACE
    from hatif.training.pretraining import split_held_out

    width = settings.encoder.width - PLACE
    if width <= 0:
        raise HatifError(f"encoder.width is {settings.encoder.width}; with static vectors it must be above {PLACE}")
    path = run / "vectors.npy"
    if not path.is_file():
        tell("training static vectors")
        recipe = settings.pretraining
        trained = [split_held_out(arrays[0], recipe)[0], *arrays[1:]]
        kept = [
            array if weight >= 0.5 else array[:_VECTOR_PIECES]
            for array, (_, weight) in zip(trained, weighted, strict=True)
        ]
        vocabulary, epochs = tokenizer.get_vocab_size(), recipe.vector_epochs
        _save_array(path, train_vectors(kept, vocabulary, width, epochs=epochs, seed=recipe.seed))
    vectors: NDArray[np.float32] = np.load(path)
    return vectors


def _save_array(path: Path, array: NDArray[np.uint16] | NDArray[np.float32]) -> None:
    partial = path.with_suffix(".part.npy")
    np.save(partial, array)
    partial.replace(path)
