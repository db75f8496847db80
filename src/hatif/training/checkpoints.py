"""Checkpoints of a fine-tuning run: which one is whole, which one is best, whether the run had ended."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

_STATE = "trainer_state.json"


def latest_checkpoint(run: Path) -> Path | None:
    """The newest checkpoint of a run that a kill did not leave half-written, if there is one."""
    return next((path for path in reversed(_checkpoints(run)) if _read_state(path)), None)


def clear_checkpoints(run: Path) -> None:
    """Take the checkpoints of an earlier run away, lest they pass for those of the one that begins."""
    for path in _checkpoints(run):
        shutil.rmtree(path)


def _checkpoints(run: Path) -> list[Path]:
    numbered = {path: path.name.removeprefix("checkpoint-") for path in run.glob("checkpoint-*")}
    return sorted((path for path, step in numbered.items() if step.isdecimal()), key=lambda path: int(numbered[path]))


def _read_state(checkpoint: Path) -> Mapping[str, Any]:
    """What the Trainer wrote last into a checkpoint; empty where a kill came first."""
    try:
        state = json.loads((checkpoint / _STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def best_checkpoint(run: Path) -> Path | None:
    """The checkpoint with the best F1 of a run, wherever the run's directory lies now; None if nothing was scored."""
    newest = latest_checkpoint(run)
    step = _read_state(newest).get("best_global_step") if newest else None
    return run / f"checkpoint-{step}" if step else None


def has_ended(checkpoint: Path, patience: int) -> bool:
    """Whether training was over at this checkpoint: no step was left, or no patience."""
    state = _read_state(checkpoint)
    return state["global_step"] >= state["max_steps"] or _is_exhausted(state["log_history"], patience)


class Patience(TrainerCallback):
    """Stops training after as many evaluations in a row without a better F1.

    It counts in the run's log, which every checkpoint holds, so that a resumed run stops where an undisturbed one does.
    """

    def __init__(self, evaluations: int) -> None:
        self.evaluations = evaluations

    def on_evaluate(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        """Look whether the evaluation just logged was the last that patience allows."""
        if _is_exhausted(state.log_history, self.evaluations):
            control.should_training_stop = True


def _is_exhausted(log: Sequence[Mapping[str, float]], patience: int) -> bool:
    scores = [entry["eval_f1"] for entry in log if "eval_f1" in entry]
    return bool(scores) and len(scores) - 1 - scores.index(max(scores)) >= patience
