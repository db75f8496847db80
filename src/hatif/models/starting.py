"""What fine-tuning starts from: a shipped or local encoder, one by hub name, or random weights."""

import ssl
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from huggingface_hub.constants import ENDPOINT, HF_HUB_CACHE, is_offline_mode
from safetensors import SafetensorError
from tokenizers import Tokenizer, normalizers
from transformers import (
    AutoConfig,
    AutoModelForTokenClassification,
    AutoTokenizer,
    BertConfig,
    BertForMaskedLM,
    PreTrainedModel,
)

from hatif.domain import HatifError
from hatif.models.tokenizer import SPECIAL_PIECES, mark_stripper
from hatif.settings import EncoderSettings
from hatif.tagging.tags import TAG_INDEX, TAGS

_LABELS = {
    "id2label": dict(enumerate(TAGS)),
    "label2id": TAG_INDEX,
    "num_labels": len(TAGS),
}
_HUB_SECONDS = 10
"""How long the hub may take to answer at all; its own client would go on asking for half a minute."""


def load_start(encoder: EncoderSettings, dropout: float) -> tuple[PreTrainedModel, Tokenizer]:
    """The encoder `encoder.start` with a fresh classifier of our tags on top, and its tokenizer.

    A tokenizer that keeps diacritics, tatweel or bidi marks gets a normaliser in front that takes them off; its letters
    stay as they were trained.

    Raises:
        HatifError: neither a local directory nor the hub has it, or it is no whole encoder of BERT's vocabulary.
    """
    name = encoder.start
    local = Path(name).is_dir()
    reached = not local and _hub_answers()
    try:
        config = AutoConfig.from_pretrained(name, local_files_only=not reached)
        tokenizer = _fast_tokenizer(name, local_files_only=not reached)
        model, loading = AutoModelForTokenClassification.from_pretrained(
            name,
            local_files_only=not reached,
            output_loading_info=True,
            ignore_mismatched_sizes=True,
            **_LABELS,
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=dropout,
        )
    except (OSError, ValueError, TypeError, RuntimeError, SafetensorError) as error:
        raise HatifError(_not_found(name, local, reached, error)) from error
    if missing := [piece for piece in SPECIAL_PIECES if tokenizer.token_to_id(piece) is None]:
        raise HatifError(f"{name}: its tokenizer lacks {', '.join(missing)}; hatif needs an encoder of BERT's kind")
    if not _pieces_beside_specials(tokenizer):
        raise HatifError(f"{name}: there is no vocabulary beside the weights; copy its vocab.txt or tokenizer.json too")
    if tokenizer.get_vocab_size() > config.vocab_size:
        raise HatifError(f"{name}: its tokenizer has more pieces than its model has embeddings")
    if lost := _lost_weights(loading):
        raise HatifError(_not_whole(name, lost))
    return model.float(), tokenizer


def load_masked(name: str) -> BertForMaskedLM:
    """The local encoder `name` with a masked-word head, a fresh one if it brings none, and no dropout.

    Raises:
        HatifError: the directory holds no whole BERT encoder.
    """
    try:
        model, loading = BertForMaskedLM.from_pretrained(
            name,
            local_files_only=True,
            output_loading_info=True,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
    except (OSError, ValueError, TypeError, RuntimeError, SafetensorError) as error:
        raise HatifError(_not_found(name, True, False, error)) from error
    if lost := _lost_weights(loading):
        raise HatifError(_not_whole(name, lost))
    return model.float()


def load_tokenizer(name: str) -> Tokenizer:
    """The tokenizer of the local encoder `name`.

    Raises:
        HatifError: the directory holds none.
    """
    try:
        return _fast_tokenizer(name, local_files_only=True)
    except (OSError, ValueError, TypeError) as error:
        raise HatifError(_not_found(name, True, False, error)) from error


def _not_whole(name: str, lost: Sequence[str]) -> str:
    return (
        f"{name}: its weights do not fill the encoder that its config.json describes ({lost[0]} and "
        f"{len(lost) - 1} more); copy the encoder again"
    )


def _lost_weights(loading: dict[str, Iterable[object]]) -> list[str]:
    """What transformers would fill with random numbers without a word, the heads aside."""
    mismatched = (entry[0] if isinstance(entry, tuple) else entry for entry in loading["mismatched_keys"])
    names = [str(name) for name in (*loading["missing_keys"], *mismatched)]
    return sorted(name for name in names if not name.startswith(("classifier.", "cls.")))


def _pieces_beside_specials(tokenizer: Tokenizer) -> bool:
    # Without a vocabulary file transformers makes a tokenizer of the special pieces alone, and says nothing.
    return tokenizer.get_vocab_size() > len(SPECIAL_PIECES)


def _hub_answers() -> bool:
    """Whether the model hub can be reached from here."""
    if is_offline_mode():
        return False
    try:
        urlopen(Request(ENDPOINT, method="HEAD"), timeout=_HUB_SECONDS).close()
    except HTTPError:
        return True
    except URLError as error:
        # The hub's client brings certificates of its own where this Python has none.
        return isinstance(error.reason, ssl.SSLError)
    except (OSError, ValueError):
        return False
    return True


def _not_found(name: str, local: bool, reached: bool, error: Exception) -> str:
    first = (str(error).strip().splitlines() or [repr(error)])[0]
    if local:
        return f"{name}: this directory holds no encoder that transformers can load ({first})"
    tried = (
        f"the model hub {ENDPOINT} could not give it ({first})"
        if reached
        else f"the model hub {ENDPOINT} cannot be reached, its cache {HF_HUB_CACHE} does not hold it"
    )
    return (
        f"encoder '{name}': no such local directory, and {tried}; either connect to the hub, or copy the encoder's "
        "files here and train with --set encoder.start=DIRECTORY"
    )


def _fast_tokenizer(name: str, *, local_files_only: bool) -> Tokenizer:
    try:
        loaded = AutoTokenizer.from_pretrained(name, local_files_only=local_files_only, use_fast=True)
    except Exception as error:  # tokenizers raises bare Exception for a damaged tokenizer.json
        raise OSError(f"its tokenizer cannot be read: {error}") from error
    backend: Tokenizer = Tokenizer.from_str(loaded.backend_tokenizer.to_str())
    backend.no_padding()
    backend.no_truncation()
    inside = backend.normalizer
    if inside is None:
        backend.normalizer = mark_stripper()
    elif "ـ" in inside.normalize_str("اتـصال"):
        backend.normalizer = normalizers.Sequence([mark_stripper(), inside])
    return backend


def encoder_config(encoder: EncoderSettings, vocabulary: int, dropout: float, **labels: object) -> BertConfig:
    """The shape of a BERT encoder; [PAD] is piece 0, as in every vocabulary that hatif trains."""
    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=encoder.width,
        num_hidden_layers=encoder.layers,
        num_attention_heads=encoder.heads,
        intermediate_size=encoder.feed_forward,
        max_position_embeddings=encoder.positions,
        type_vocab_size=1,
        pad_token_id=0,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        **labels,
    )


def random_start(encoder: EncoderSettings, tokenizer: Tokenizer, dropout: float) -> PreTrainedModel:
    """A BERT token classifier with random weights of the shape that the settings give.

    Raises:
        HatifError: the shape is none that BERT can have.
    """
    try:
        config = encoder_config(encoder, tokenizer.get_vocab_size(), dropout, **_LABELS)
        model: PreTrainedModel = AutoModelForTokenClassification.from_config(config)
    except ValueError as error:
        raise HatifError(f"no encoder of the shape that [encoder] gives: {error}") from error
    return model
