"""Fine-tuning a token classifier with `transformers.Trainer` into a bundle.

Every row of the training set is one window of one document in one epoch, augmented by a generator seeded with the
document and the epoch: the order, and so a resumed run, depends on nothing but the seed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from safetensors.torch import load_model
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import (
    EvalPrediction,
    PreTrainedModel,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

from hatif.arabic.words import Word, split_words
from hatif.domain import Document, HatifError
from hatif.evaluation.scores import score_spans
from hatif.models.bundle import SETTINGS, WEIGHTS
from hatif.models.tokenizer import PAD
from hatif.settings import FineTuningSettings, TrainSettings, as_toml
from hatif.tagging.probabilities import core_probabilities
from hatif.tagging.reading import read_spans
from hatif.tagging.tags import TAG_INDEX, TAGS, spans_to_tags
from hatif.tagging.windows import Window, WordEncoder, cut_windows, piece_id
from hatif.tagging.word_forms import FormReader, WordForms
from hatif.training.augmentation import Augmenter
from hatif.training.checkpoints import Patience, best_checkpoint, clear_checkpoints, has_ended, latest_checkpoint
from hatif.training.precision import has_bf16
from hatif.training.progress import TrainingProgress
from hatif.training.sampling import LikeLengths

_IGNORED = -100
_AVERAGE = "average.pt"
_KEYS = ("document", "epoch", "part", "length")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document cut for the model: its words, its windows, and the tag of every word."""

    document: Document
    words: Sequence[Word]
    windows: Sequence[Window]
    tags: Sequence[int]


def prepare(document: Document, encoder: WordEncoder, tuning: FineTuningSettings) -> Prepared:
    """Words, windows and tags of an annotated document.

    Raises:
        ValueError: a span cuts a word.
    """
    words = split_words(document.text)
    pieces = encoder.encode(document.text, words)
    windows = tuple(cut_windows(pieces, encoder.tokenizer, tuning.window, tuning.overlap))
    tags = [TAG_INDEX[tag] for tag in spans_to_tags(words, document.spans)]
    return Prepared(document, words, windows, tags)


def example(prepared: Prepared, window: Window) -> dict[str, list[int]]:
    """One row for the model: pieces, mask, and tags at the first pieces of the window's own words, -100 elsewhere."""
    labels = np.full(len(window.pieces), _IGNORED, dtype=np.int64)
    core = slice(window.core_start - window.start, window.core_end - window.start)
    labels[window.firsts[core]] = prepared.tags[window.core_start : window.core_end]
    return {
        "input_ids": window.pieces.tolist(),
        "attention_mask": [1] * len(window.pieces),
        "labels": labels.tolist(),
    }


def training_set(
    documents: Sequence[Document], encoder: WordEncoder, settings: TrainSettings, augmenter: Augmenter
) -> Dataset:
    """All rows of all epochs, as `(document, epoch, part)` keys that become examples when they are read.

    Beside the keys stands the length of the window before augmentation, in pieces.
    """
    keys: list[tuple[int, int, int, int]] = []
    epochs = max(1, round(settings.tuning.epochs))
    for index, document in enumerate(documents):
        windows = prepare(document, encoder, settings.tuning).windows
        lengths = [len(window.pieces) for window in windows]
        keys += [(index, epoch, part, length) for epoch in range(epochs) for part, length in enumerate(lengths)]

    def read(batch: Mapping[str, Sequence[int]]) -> dict[str, list[list[int]]]:
        rows = []
        for index, epoch, part in zip(*(batch[name] for name in _KEYS[:3]), strict=True):
            changed = augmenter.augment(documents[index], index, epoch)
            prepared = prepare(changed, encoder, settings.tuning)
            rows.append(example(prepared, prepared.windows[min(part, len(prepared.windows) - 1)]))
        return {key: [row[key] for row in rows] for key in ("input_ids", "attention_mask", "labels")}

    columns = {name: [key[position] for key in keys] for position, name in enumerate(_KEYS)}
    return Dataset.from_dict(columns).with_transform(read)


def evaluation_set(prepared: Sequence[Prepared]) -> Dataset:
    """The windows of annotated documents, in order."""
    return Dataset.from_list([example(item, window) for item in prepared for window in item.windows])


def spans_of(
    prepared: Sequence[Prepared], logits: Iterable[NDArray[np.float32]], forms: FormReader | None
) -> list[Document]:
    """The documents with the spans that the logits of `evaluation_set` mark, decoded as prediction decodes."""
    tagged = []
    rows = iter(logits)
    for item in prepared:
        probabilities = np.zeros((len(item.words), len(TAGS)), dtype=np.float32)
        for window in item.windows:
            probabilities[window.core_start : window.core_end] = core_probabilities(window, next(rows))
        spans = read_spans(item.document.text, item.words, probabilities, forms)
        tagged.append(item.document.with_spans(tuple(spans)))
    return tagged


def strict_f1(prepared: Sequence[Prepared], forms: FormReader | None) -> Callable[[EvalPrediction], dict[str, float]]:
    """`compute_metrics` for the Trainer: strict micro precision, recall and F1 of the decoded dev spans."""

    def compute(prediction: EvalPrediction) -> dict[str, float]:
        tagged = spans_of(prepared, np.asarray(prediction.predictions, dtype=np.float32), forms)
        score = score_spans([item.document for item in prepared], tagged).micro
        return {"f1": score.f1, "precision": score.precision, "recall": score.recall}

    return compute


def collate(pad: int) -> Callable[[Sequence[Mapping[str, Sequence[int]]]], dict[str, Tensor]]:
    """A collator that pads on the right: pieces with `pad`, masks with 0, labels with -100."""
    fillers = {"input_ids": pad, "attention_mask": 0, "labels": _IGNORED}

    def join(rows: Sequence[Mapping[str, Sequence[int]]]) -> dict[str, Tensor]:
        longest = max(len(row["input_ids"]) for row in rows)
        return {
            key: torch.tensor([[*row[key], *[filler] * (longest - len(row[key]))] for row in rows])
            for key, filler in fillers.items()
        }

    return join


class AveragedWeights(TrainerCallback):
    """An exponential moving average of the weights; it is what is scored on dev and what is kept.

    It is kept by parameters, not by the state dict, in which tied weights would stand, and be swapped, twice.
    """

    def __init__(self, decay: float) -> None:
        self.decay = decay
        self.average: dict[str, Tensor] = {}
        self.steps = 0

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        """Take the step's weights into the average; early steps count more, so that the start is forgotten soon."""
        model: nn.Module = kwargs["model"]
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                if name not in self.average:
                    self.average[name] = parameter.detach().clone()
                else:
                    # A restored average lies on the CPU until it meets its parameter; `to` costs nothing from then on.
                    self.average[name] = self.average[name].to(parameter.device).lerp_(parameter, 1 - decay)

    def exchange(self, model: nn.Module) -> None:
        """Swap the model's weights and the average in place; a second call swaps them back."""
        if not self.average:
            return
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                kept = parameter.detach().clone()
                parameter.copy_(self.average[name])
                self.average[name] = kept

    def save(self, directory: Path) -> None:
        """Keep the average beside a checkpoint."""
        torch.save({"steps": self.steps, "average": self.average}, directory / _AVERAGE)

    def restore(self, directory: Path) -> None:
        """Take the average up again from a checkpoint."""
        saved = torch.load(directory / _AVERAGE, map_location="cpu", weights_only=True)
        self.steps, self.average = saved["steps"], saved["average"]


class TaggerTrainer(Trainer):
    """`Trainer` with layer-wise rates, a weighted loss, and averaged weights for scoring and checkpoints."""

    optimizer: torch.optim.Optimizer | None

    def __init__(self, *, tuning: FineTuningSettings, averaged: AveragedWeights | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tuning = tuning
        self.averaged = averaged
        if averaged is not None:
            self.add_callback(averaged)
        # `compute_loss` takes a mean over each batch: the Trainer has to divide it among accumulated batches.
        self.model_accepts_loss_kwargs = False
        weights = torch.ones(len(TAGS))
        weights[0] = tuning.outside_weight
        self.tag_weights = weights

    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:
        """AdamW with a rate for every layer, falling towards the embeddings, and the head's own."""
        if self.optimizer is None:
            groups = parameter_groups(self.model, self.tuning)
            self.optimizer = torch.optim.AdamW(groups, lr=self.tuning.rate, betas=(0.9, 0.98), eps=1e-6)
        return self.optimizer

    def compute_loss(
        self, model: nn.Module, inputs: dict[str, Any], return_outputs: bool = False, **kwargs: Any
    ) -> Any:
        """Cross entropy over the words of the batch, mean by weight."""
        labels = inputs.pop("labels")
        outputs = model(**inputs)
        loss = functional.cross_entropy(
            outputs.logits.float().flatten(0, 1),
            labels.flatten(),
            self.tag_weights.to(outputs.logits.device),
            ignore_index=_IGNORED,
            label_smoothing=self.tuning.smoothing if self.model.training else 0.0,
        )
        return (loss, outputs) if return_outputs else loss

    def evaluate(self, *args: Any, **kwargs: Any) -> dict[str, float]:
        """Score the averaged weights."""
        self._exchange()
        try:
            scores: dict[str, float] = super().evaluate(*args, **kwargs)
        finally:
            self._exchange()
        return scores

    def _save_checkpoint(self, *args: Any, **kwargs: Any) -> None:
        # The average goes first: the state that makes a checkpoint count as whole is the last that the Trainer writes.
        if self.averaged is not None and self.args.should_save:
            checkpoint = Path(self.args.output_dir) / f"checkpoint-{self.state.global_step}"
            checkpoint.mkdir(parents=True, exist_ok=True)
            self.averaged.save(checkpoint)
        super()._save_checkpoint(*args, **kwargs)

    def _get_train_sampler(self, train_dataset: Dataset | None = None) -> LikeLengths:
        rows = (train_dataset or self.train_dataset).with_format(None)
        return LikeLengths(list(rows[_KEYS[3]]), self.args.train_batch_size, self.tuning.seed)

    def _exchange(self) -> None:
        if self.averaged is not None:
            self.averaged.exchange(self.model)


def parameter_groups(model: nn.Module, tuning: FineTuningSettings) -> list[dict[str, Any]]:
    """Groups for AdamW: the classifier at its own rate, layers at rates that fall by `layer_decay` downwards."""
    layers = sum(1 for name, _ in model.named_modules() if name.rsplit(".", 2)[-2:-1] == ["layer"])
    groups: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("classifier"):
            rate = tuning.head_rate
        elif ".layer." in name:
            depth = int(name.split(".layer.")[1].split(".")[0])
            rate = tuning.rate * tuning.layer_decay ** (layers - 1 - depth)
        else:
            rate = tuning.rate * tuning.layer_decay**layers
        groups.setdefault((rate, parameter.ndim >= 2), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "weight_decay": tuning.weight_decay if matrix else 0.0}
        for (rate, matrix), parameters in groups.items()
    ]


def fine_tune(
    model: PreTrainedModel,
    tokenizer: Tokenizer,
    train: Sequence[Document],
    dev: Sequence[Document],
    settings: TrainSettings,
    run: Path,
    *,
    word_forms: WordForms | None,
    resume: bool,
) -> tuple[PreTrainedModel, list[Document], bool]:
    """Train until dev's strict micro F1 stops rising; returns the best weights, dev as they tag it, and whether this
    process is the one that writes. `word_forms` has its say on dev as it will have in prediction.

    `run` receives checkpoints and TensorBoard logs. With `resume` the newest checkpoint there is taken up, without it
    the checkpoints of an earlier run are taken away.

    Raises:
        HatifError: the run to resume was begun with other settings.
    """
    tuning = settings.tuning
    checkpoint = latest_checkpoint(run) if resume else None
    if checkpoint is not None:
        _check_same(settings, run)
    encoder = WordEncoder(tokenizer)
    forms = FormReader(word_forms) if word_forms is not None else None
    prepared = [prepare(document, encoder, tuning) for document in dev]
    rows = training_set(train, encoder, settings, Augmenter(train, settings.augmentation, tuning.seed))
    arguments = _arguments(tuning, run)
    steps = -(-len(rows) // (tuning.batch * tuning.accumulation * arguments.world_size))
    arguments.eval_steps = arguments.save_steps = max(1, steps // max(1, round(tuning.epochs)))
    arguments.logging_steps = max(1, arguments.eval_steps // 4)
    averaged = AveragedWeights(1 - 1 / max(1.0, tuning.average * steps)) if tuning.average > 0 else None
    with TrainingProgress() as progress:
        trainer = TaggerTrainer(
            tuning=tuning,
            averaged=averaged,
            model=model,
            args=arguments,
            train_dataset=rows,
            eval_dataset=evaluation_set(prepared),
            data_collator=collate(piece_id(tokenizer, PAD)),
            compute_metrics=strict_f1(prepared, forms),
            callbacks=[Patience(tuning.patience), progress],
        )
        trainer.remove_callback(PrinterCallback)
        if checkpoint is None and trainer.is_world_process_zero():
            clear_checkpoints(run)
            (run / SETTINGS).write_text(as_toml(settings), encoding="utf-8")
        if checkpoint is not None and averaged is not None:
            averaged.restore(checkpoint)
        if checkpoint is None or not has_ended(checkpoint, tuning.patience):
            trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        trainer.accelerator.wait_for_everyone()
        _take_best(trainer.model, averaged, run)
        logits = trainer.predict(trainer.eval_dataset).predictions
    return model, spans_of(prepared, np.asarray(logits, dtype=np.float32), forms), trainer.is_world_process_zero()


def _check_same(settings: TrainSettings, run: Path) -> None:
    begun = run / SETTINGS
    if begun.is_file() and begun.read_text(encoding="utf-8") != as_toml(settings):
        raise HatifError(
            f"{begun}: the run that --resume would take up was begun with other settings; give the same, or train anew "
            "without --resume"
        )


def _take_best(model: PreTrainedModel, averaged: AveragedWeights | None, run: Path) -> None:
    """Put the weights of the best checkpoint, averaged ones where they are kept, into the model for good."""
    best = best_checkpoint(run)
    assert best is not None, "the last step is always scored and saved"
    if averaged is None:
        load_model(model, best / WEIGHTS)
    else:
        averaged.restore(best)
        averaged.exchange(model)


def _arguments(tuning: FineTuningSettings, run: Path) -> TrainingArguments:
    bf16 = tuning.bf16 and has_bf16(torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    return TrainingArguments(
        output_dir=str(run),
        num_train_epochs=1,
        per_device_train_batch_size=tuning.batch,
        per_device_eval_batch_size=tuning.batch,
        gradient_accumulation_steps=tuning.accumulation,
        learning_rate=tuning.rate,
        warmup_steps=tuning.warmup,
        lr_scheduler_type="linear",
        max_grad_norm=1.0,
        eval_strategy="steps",
        save_strategy="steps",
        save_total_limit=2,
        metric_for_best_model="f1",
        greater_is_better=True,
        report_to=["tensorboard"],
        bf16=bf16,
        use_cpu=not torch.cuda.is_available(),
        seed=tuning.seed,
        data_seed=tuning.seed,
        remove_unused_columns=False,
        disable_tqdm=True,
        ddp_find_unused_parameters=False,
        label_names=["labels"],
        dataloader_num_workers=0,
    )
