"""Masked-word pretraining of the encoder, within a wall-clock budget and across kills.

Whole words are masked (BERT's 80/10/10 split, Devlin et al. 2019), without dropout, in many small steps; the learning
rate follows the share of the budget that is spent, so a run always decays to its end. Hidden weight matrices move by
Muon, everything else by AdamW.
"""

import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertForMaskedLM

from hatif.domain import HatifError
from hatif.settings import PretrainingSettings
from hatif.training.muon import Muon
from hatif.training.precision import has_bf16

_CHECKPOINT = "checkpoint.pt"
_CURVE = "curve.jsonl"


@dataclass(slots=True)
class Progress:
    """How far a run is: steps and pieces done, seconds of the budget spent, last losses."""

    steps: int = 0
    pieces: int = 0
    seconds: float = 0.0
    loss: float = math.nan
    held_out: float = math.nan


def split_held_out(
    array: NDArray[np.uint16], settings: PretrainingSettings
) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """A text without its tail, and the tail that nothing is ever trained on: `held_out` sequences, a quarter at most.

    The first text is split so: the one that is weighted most, if the caller puts it first.
    """
    body = settings.length - 1
    held = min(settings.held_out, len(array) // (4 * body)) * body
    return array[: len(array) - held], array[len(array) - held :]


class Sampler:
    """Packed sequences and their whole-word masks, drawn from weighted arrays of pieces.

    Every step is drawn from `(seed, step)` alone, so a resumed run sees what an undisturbed one would have seen.
    """

    def __init__(
        self,
        arrays: Sequence[NDArray[np.uint16]],
        weights: Sequence[float],
        continues: NDArray[np.bool_],
        specials: dict[str, int],
        settings: PretrainingSettings,
        positions: int,
    ) -> None:
        """Take the texts in; too short ones are passed over.

        Raises:
            HatifError: every text is shorter than two sequences.
        """
        self.body = settings.length - 1
        first, self.held_out = split_held_out(arrays[0], settings)
        pairs = zip((first, *arrays[1:]), weights, strict=True)
        usable = [(array, weight) for array, weight in pairs if len(array) > 2 * self.body]
        if not usable:
            raise HatifError(
                f"no text is longer than {2 * self.body} pieces, two sequences of pretraining.length; give more text"
            )
        self.arrays = [array for array, _ in usable]
        shares = np.array([weight * len(array) for array, weight in usable])
        self.shares = shares / shares.sum()
        self.continues, self.specials = continues, specials
        self.settings, self.positions = settings, positions
        # A fixed number of masked slots a step keeps the compiled graph's shapes.
        self.slots = int(settings.batch * self.body * settings.masked)

    def log_frequencies(self) -> NDArray[np.float32]:
        """The log share of every piece in the weighted text, shape `(vocabulary,)`."""
        counts = np.ones(len(self.continues))
        for array, share in zip(self.arrays, self.shares, strict=True):
            sample = array[:: max(1, len(array) // 2_000_000)]
            counts += 1e6 * share * np.bincount(sample, minlength=len(counts)) / len(sample)
        logs: NDArray[np.float32] = np.log(counts / counts.sum()).astype(np.float32)
        return logs

    def batch(self, step: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Step `step`: pieces and positions `(batch, length)`, flat masked slots and what they hid `(slots,)`."""
        rng = np.random.default_rng((self.settings.seed, step))
        rows = []
        for source in rng.choice(len(self.arrays), self.settings.batch, p=self.shares):
            array = self.arrays[source]
            start = int(rng.integers(0, len(array) - self.body))
            rows.append(array[start : start + self.body])
        return self._masked(np.stack(rows).astype(np.int64), rng)

    def held_out_batches(self) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
        """The held-out text with the same masks every time, in whole batches, or one smaller where it fills none."""
        rng = np.random.default_rng(self.settings.seed)
        rows = self.held_out.reshape(-1, self.body).astype(np.int64)
        size = max(1, min(self.settings.batch, len(rows)))
        for start in range(0, len(rows) - size + 1, size):
            yield self._masked(rows[start : start + size], rng)

    def _masked(self, rows: NDArray[np.int64], rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        batch = rows.shape[0]
        first = np.full((batch, 1), self.specials["[CLS]"], dtype=np.int64)
        pieces = np.concatenate([first, rows], axis=1)
        flat = pieces.reshape(-1)
        allowed = ~np.isin(flat, list(self.specials.values()))
        word = np.cumsum(~self.continues[flat])
        order = rng.random(word[-1] + 1)[word]
        order[~allowed] = 2.0
        slots = self.slots * batch // self.settings.batch
        ranked = np.argsort(order, kind="stable")
        chosen = ranked[:slots]
        # The last word to be drawn may not fit whole into the slots: its pieces stay as they are and are not asked for.
        asked = allowed[chosen] & ~(word[chosen] == word[ranked[slots]])
        targets = np.where(asked, flat[chosen], -100)
        fate = np.where(asked, rng.random(len(chosen)), 1.0)
        flat[chosen[fate < 0.8]] = self.specials["[MASK]"]
        noise = (fate >= 0.8) & (fate < 0.9)
        flat[chosen[noise]] = rng.integers(len(self.specials), len(self.continues), int(noise.sum()))
        length = pieces.shape[1]
        # Random first positions train all of the position table on sequences shorter than it.
        offsets = rng.integers(0, max(1, self.positions - length + 1), (batch, 1))
        offsets[rng.random((batch, 1)) < 0.5] = 0
        positions = offsets + np.arange(length)[None, :]
        return (
            torch.from_numpy(pieces),
            torch.from_numpy(positions),
            torch.from_numpy(chosen),
            torch.from_numpy(targets),
        )


def _optimizers(model: nn.Module, settings: PretrainingSettings) -> list[torch.optim.Optimizer]:
    hidden, matrices, vectors, head = [], [], [], []
    for name, parameter in model.named_parameters():
        if name.startswith("cls."):
            head.append(parameter)
        elif parameter.ndim < 2:
            vectors.append(parameter)
        elif ".encoder.layer." in name:
            hidden.append(parameter)
        else:
            matrices.append(parameter)
    return [
        Muon(hidden, lr=settings.hidden_rate, weight_decay=settings.weight_decay),
        torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": settings.weight_decay},
                {"params": vectors, "weight_decay": 0.0},
                {"params": head, "weight_decay": 0.0, "head": True},
            ],
            lr=settings.rate,
            betas=(0.9, 0.98),
            fused=True,
        ),
    ]


def rate_at(share: float, settings: PretrainingSettings, waits: float = 0.0) -> float:
    """The factor on the peak rate when `share` of the budget, in [0, 1], is spent: linear up, then linear to zero.

    It rises once the share `waits` is spent.
    """
    warm = waits + settings.warmup
    if share < warm:
        return max(0.0, share - waits) / settings.warmup
    return max(0.0, (1.0 - share) / (1.0 - warm))


def pretrain(
    model: BertForMaskedLM,
    sampler: Sampler,
    settings: PretrainingSettings,
    out: Path,
    report: Callable[[Progress], None],
    *,
    new_head: bool,
) -> Progress:
    """Train the model in place, or go on from the checkpoint in `out`, until the budget is spent.

    `new_head` says that the encoder has learned and its head has not: the head then warms up alone, and the rest after
    it, lest the encoder unlearn in a hundred steps what it knows.

    Raises:
        HatifError: the checkpoint is damaged, or that of another encoder.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    # The softmax starts from the pieces' frequencies. Left at zero, this bias takes thousands of steps to learn them,
    # and the embeddings learn them in its place: their common direction then buries what the static vectors know.
    model.cls.predictions.bias.data.copy_(torch.from_numpy(sampler.log_frequencies()))
    model.to(device).train()
    optimizers = _optimizers(model, settings)
    progress = _restore(out, model, optimizers, device)

    def loss_of(pieces: Tensor, positions: Tensor, chosen: Tensor, targets: Tensor) -> Tensor:
        hidden = model.bert(input_ids=pieces, position_ids=positions).last_hidden_state
        logits = model.cls(hidden.reshape(-1, hidden.shape[-1])[chosen])
        return functional.cross_entropy(logits.float(), targets, ignore_index=-100)

    step_loss: Callable[..., Tensor] = torch.compile(loss_of) if settings.compile else loss_of
    budget = settings.minutes * 60
    groups = [group for optimizer in optimizers for group in optimizer.param_groups]
    for group in groups:
        group.setdefault("peak", group["lr"])
    bf16 = has_bf16(device)
    started = time.monotonic() - progress.seconds
    saved = progress.seconds
    recent: list[float] = []
    while progress.seconds < budget:
        share = progress.seconds / budget
        for group in groups:
            waits = settings.warmup if new_head and not group.get("head") else 0.0
            group["lr"] = group["peak"] * rate_at(share, settings, waits)
        batch = [tensor.to(device, non_blocking=True) for tensor in sampler.batch(progress.steps)]
        with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
            loss = step_loss(*batch)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        recent.append(float(loss.detach()))
        progress.steps += 1
        progress.pieces += batch[0].numel()
        progress.seconds = time.monotonic() - started
        if progress.steps % 50 == 0:
            progress.loss = float(np.mean(recent))
            recent.clear()
            report(progress)
        if progress.seconds - saved > settings.checkpoint_minutes * 60:
            saved = progress.seconds
            progress.held_out = _held_out(step_loss, sampler, device)
            _save(out, model, optimizers, progress)
    progress.held_out = _held_out(step_loss, sampler, device)
    _save(out, model, optimizers, progress)
    report(progress)
    return progress


def _held_out(step_loss: Callable[..., Tensor], sampler: Sampler, device: torch.device) -> float:
    losses = []
    with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=has_bf16(device)):
        for batch in sampler.held_out_batches():
            losses.append(float(step_loss(*(tensor.to(device) for tensor in batch))))
    return float(np.mean(losses)) if losses else math.nan


def _save(out: Path, model: nn.Module, optimizers: Sequence[torch.optim.Optimizer], progress: Progress) -> None:
    state: dict[str, Any] = {
        "model": model.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "progress": asdict(progress),
    }
    temporary = out / f"{_CHECKPOINT}.part"
    torch.save(state, temporary)
    temporary.replace(out / _CHECKPOINT)
    with (out / _CURVE).open("a", encoding="utf-8") as curve:
        curve.write(json.dumps(asdict(progress)) + "\n")


def _restore(
    out: Path, model: nn.Module, optimizers: Sequence[torch.optim.Optimizer], device: torch.device
) -> Progress:
    path = out / _CHECKPOINT
    if not path.is_file():
        return Progress()
    try:
        state = torch.load(path, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        return Progress(**state["progress"])
    except (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError, UnpicklingError) as error:
        first = (str(error).strip().splitlines() or [repr(error)])[0]
        raise HatifError(
            f"{path}: no checkpoint of this encoder ({first}); delete it to train anew, or give another --out"
        ) from error
