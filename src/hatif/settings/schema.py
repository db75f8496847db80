"""The settings of training and pretraining, one field one unit; a value out of its range is a `ValueError`."""

from collections.abc import Sequence
from dataclasses import dataclass, field


def _check(
    settings: object, *, above_zero: Sequence[str] = (), not_negative: Sequence[str] = (), shares: Sequence[str] = ()
) -> None:
    for name in above_zero:
        if not getattr(settings, name) > 0:
            raise ValueError(f"{name} must be above 0, got {getattr(settings, name)}")
    for name in not_negative:
        if not getattr(settings, name) >= 0:
            raise ValueError(f"{name} must not be negative, got {getattr(settings, name)}")
    for name in shares:
        if not 0 <= getattr(settings, name) <= 1:
            raise ValueError(f"{name} must lie in 0–1, got {getattr(settings, name)}")


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """Where the encoder comes from, and its shape where it is built from nothing."""

    start: str = "models/encoder"
    """A local directory or a hub name to start from; empty: random weights of the shape below."""
    vocabulary: int = 16_000
    """Pieces of the tokenizer, trained on the text at hand where the start brings none."""
    layers: int = 4
    """Transformer layers."""
    width: int = 256
    """Hidden units."""
    heads: int = 4
    """Attention heads; they divide the width."""
    feed_forward: int = 1024
    """Units of the feed-forward layers."""
    positions: int = 256
    """Longest sequence in pieces, [CLS] and [SEP] included."""

    def __post_init__(self) -> None:
        _check(self, above_zero=("vocabulary", "layers", "width", "heads", "feed_forward", "positions"))
        if self.width % self.heads:
            raise ValueError(f"heads must divide the width of {self.width}, got {self.heads}")


@dataclass(frozen=True, slots=True)
class FineTuningSettings:
    """How the token classifier is trained."""

    epochs: float = 24.0
    """Passes over the training data."""
    batch: int = 16
    """Windows a step and device."""
    accumulation: int = 1
    """Steps whose gradients are added up before the weights move."""
    rate: float = 3e-4
    """Peak learning rate of the encoder's uppermost layer."""
    head_rate: float = 1e-3
    """Peak learning rate of the classifier."""
    layer_decay: float = 0.9
    """Factor on the learning rate from each layer to the one below; 1: the same for all."""
    warmup: float = 0.1
    """Share of the steps in which the rate rises; then it falls linearly to zero."""
    weight_decay: float = 0.01
    """AdamW's decay of the weight matrices."""
    dropout: float = 0.1
    """Share of hidden units and attentions dropped while training."""
    smoothing: float = 0.0
    """Label smoothing, the probability taken from the gold tag."""
    outside_weight: float = 1.0
    """Weight of a word outside all spans in the loss; a word inside one counts 1."""
    average: float = 0.03
    """Share of all steps that the moving average of weights spans, which is scored and kept; 0: the last weights."""
    patience: int = 6
    """Evaluations on dev without a better micro F1 before training stops."""
    window: int = 256
    """Pieces of a window, [CLS] and [SEP] included."""
    overlap: int = 64
    """Pieces that neighbouring windows share."""
    bf16: bool = True
    """Compute in bfloat16 where the device has it."""
    seed: int = 13
    """Of the weights, the order of the data, dropout and augmentation."""

    def __post_init__(self) -> None:
        _check(
            self,
            above_zero=("epochs", "batch", "accumulation", "layer_decay", "window"),
            not_negative=("rate", "head_rate", "weight_decay", "outside_weight", "patience", "overlap", "seed"),
            shares=("layer_decay", "warmup", "dropout", "smoothing", "average"),
        )


@dataclass(frozen=True, slots=True)
class AugmentationSettings:
    """What is changed in training documents, anew in every epoch; all are probabilities per document."""

    swap: float = 0.5
    """Leaders, titles' states and countries exchanged for others that agree."""
    noise: float = 0.4
    """Newsroom spelling: hamza, ى/ي, ة/ه, tanween, tatweel, glued words, Arabic-Indic digits."""
    strange: float = 0.4
    """Words outside spans exchanged for invented ones."""
    crop: float = 0.2
    """Only a run of the document's sentences is kept."""
    hashtags: float = 0.05
    """Spans joined into a hashtag."""

    def __post_init__(self) -> None:
        _check(self, shares=("swap", "noise", "crop", "hashtags"))


@dataclass(frozen=True, slots=True)
class WordFormSettings:
    """How the model of word forms, which has its say beside the encoder, is fitted to the training documents."""

    epochs: int = 8
    """Passes over the words; 0: none is made, and the encoder alone decides."""
    batch: int = 2048
    """Words a step."""
    rate: float = 0.02
    """Peak learning rate of Adam, falling to its end."""
    decay: float = 3e-3
    """Of the squares of the weights that a step uses, a word of it."""
    least: int = 2
    """Times that a feature must occur."""
    seed: int = 13
    """Of the order of words."""

    def __post_init__(self) -> None:
        _check(self, above_zero=("batch", "least"), not_negative=("epochs", "rate", "decay", "seed"))


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """`scripts/train.py`: everything that decides a fine-tuned bundle."""

    train: str = "data/annotated/train.jsonl"
    """Documents to train on."""
    dev: str = "data/annotated/dev.jsonl"
    """Documents that choose the weights and calibrate the scores."""
    encoder: EncoderSettings = field(default_factory=EncoderSettings)
    tuning: FineTuningSettings = field(default_factory=FineTuningSettings)
    augmentation: AugmentationSettings = field(default_factory=AugmentationSettings)
    word_forms: WordFormSettings = field(default_factory=WordFormSettings)


@dataclass(frozen=True, slots=True)
class PretrainingSettings:
    """How the encoder learns from open text."""

    minutes: float = 90.0
    """Wall-clock budget of the whole run, kill and resume included; the rate decays to its end. 0: vectors alone."""
    batch: int = 24
    """Sequences a step."""
    length: int = 128
    """Pieces of a sequence."""
    masked: float = 0.2
    """Share of the pieces that is masked, whole words at a time."""
    rate: float = 5e-4
    """Peak learning rate of AdamW: embeddings, biases, norms."""
    hidden_rate: float = 1e-3
    """Peak learning rate of Muon: the matrices of the layers."""
    warmup: float = 0.02
    """Share of the budget in which the rate rises."""
    weight_decay: float = 0.01
    """AdamW's decay of the weight matrices."""
    vector_epochs: int = 2
    """Passes of CBOW for the starting embeddings; 0: random embeddings."""
    checkpoint_minutes: float = 5.0
    """Time between checkpoints."""
    held_out: int = 256
    """Sequences kept out of training for the held-out loss."""
    compile: bool = True
    """Use `torch.compile`."""
    seed: int = 13
    """Of the weights, the order of the data and the masks."""

    def __post_init__(self) -> None:
        _check(
            self,
            above_zero=("batch", "length"),
            not_negative=(
                "minutes",
                "rate",
                "hidden_rate",
                "weight_decay",
                "vector_epochs",
                "checkpoint_minutes",
                "held_out",
                "seed",
            ),
            shares=("masked", "warmup"),
        )


@dataclass(frozen=True, slots=True)
class PretrainSettings:
    """`scripts/pretrain.py`: everything that decides a pretrained encoder."""

    encoder: EncoderSettings = field(default_factory=lambda: EncoderSettings(start=""))
    pretraining: PretrainingSettings = field(default_factory=PretrainingSettings)
